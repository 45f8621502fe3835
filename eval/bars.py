"""Numbers → bars as inline SVG, each with its numbers in words for those who do not see them."""

from collections.abc import Sequence
from html import escape

from eval.statistics import Measured, likely

WIDTH, HEIGHT = 640, 26


def percent(share: float) -> str:
    """A share as people read it; never 100 % for less than all, never 0 % for more than none.

    >>> percent(0.725), percent(0.9996), percent(0.0004), percent(1)
    ('72 %', '99,9 %', '0,1 %', '100 %')
    """
    if 0 < share < 0.01 or 0.99 < share < 1:
        tenths = min(99.9, max(0.1, round(100 * share, 1)))
        return f"{tenths:.1f} %".replace(".", ",")
    return f"{100 * share:.0f} %"


def stacked_bar(parts: Sequence[tuple[str, int, str]]) -> str:
    """One bar of (name, count, colour), as wide as the page."""
    total = sum(count for _, count, _ in parts) or 1
    said = ", ".join(f"{name}: {count}" for name, count, _ in parts if count)
    drawn, left = [], 0.0
    for name, count, colour in parts:
        wide = WIDTH * count / total
        drawn.append(
            f'<rect x="{left:.1f}" width="{wide:.1f}" height="{HEIGHT}" fill="{colour}">'
            f"<title>{escape(name)}: {count}</title></rect>"
        )
        left += wide
    return _svg(said, HEIGHT, drawn)


def share_bar(name: str, found: Measured, colour: str = "#1d6b3a") -> str:
    """A share as a bar, with a thin line over where it lies for all such questions."""
    low, high = likely(found)
    line = f'<line x1="{WIDTH * low:.1f}" x2="{WIDTH * high:.1f}" y1="13" y2="13"'
    drawn = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#eef1f4"/>',
        f'<rect width="{WIDTH * found.value:.1f}" height="{HEIGHT}" fill="{colour}"/>',
        f'{line} stroke="#fff" stroke-width="6"/>{line} stroke="#10181f" stroke-width="2"/>',
    ]
    return _svg(f"{name}: {percent(found.value)} av {found.of}", HEIGHT, drawn)


def _svg(said: str, height: int, drawn: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(said)}">{"".join(drawn)}</svg>'
    )
