"""Shares as lines in inline SVG: over thresholds, over the values of a setting, over sizes.

Each chart says its numbers in words too; a table beside it says them again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from eval.bars import percent

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 56, 24, 14, 54
TICKS = 4
GREY, INK = "#d9e0e6", "#45525f"

Share = float
XY = tuple[float, Share]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a chart; `bands` says where each point likely lies."""

    name: str
    colour: str
    values: tuple[Share, ...]
    bands: tuple[tuple[Share, Share], ...] = ()


def lines_over(labels: Sequence[str], lines: Sequence[Line], *, below: str) -> str:
    """Lines with a place on the x axis for each label."""
    step = (WIDTH - LEFT - RIGHT) / max(1, len(labels))
    places = [LEFT + step * (at + 0.5) for at in range(len(labels))]
    top = _round_up(max((v for line in lines for v in _heights(line)), default=1))
    drawn = [*_frame(top)]
    for place, label in zip(places, labels, strict=True):
        drawn.append(_text(place, HEIGHT - BOTTOM + 18, label))
    drawn.append(_text(LEFT + (WIDTH - LEFT - RIGHT) / 2, HEIGHT - 8, below))
    for line in lines:
        for place, (low, high) in zip(places, line.bands, strict=False):
            drawn.append(
                f'<line x1="{place:.1f}" x2="{place:.1f}" y1="{_y(low, top):.1f}" '
                f'y2="{_y(high, top):.1f}" stroke="{line.colour}" stroke-opacity=".35" '
                'stroke-width="6"/>'
            )
        drawn += _drawn(line, [(x, _y(v, top)) for x, v in zip(places, line.values, strict=True)])
    said = "; ".join(
        f"{line.name}: "
        + ", ".join(f"{label} {percent(v)}" for label, v in zip(labels, line.values, strict=True))
        for line in lines
    )
    return _svg(said, drawn)


def share_against_share(line: Sequence[XY], *, colour: str, below: str, beside: str) -> str:
    """A line through points of two shares, from nothing of both."""
    wide = _round_up(max((x for x, _ in line), default=1))
    top = _round_up(max((y for _, y in line), default=1))
    scale = (WIDTH - LEFT - RIGHT) / wide
    spots = [(LEFT + scale * x, _y(y, top)) for x, y in ((0.0, 0.0), *line)]
    drawn = [*_frame(top)]
    for tick in range(TICKS + 1):
        share = wide * tick / TICKS
        drawn.append(_text(LEFT + scale * share, HEIGHT - BOTTOM + 18, percent(share)))
    drawn.append(_text(LEFT + (WIDTH - LEFT - RIGHT) / 2, HEIGHT - 8, below))
    drawn.append(_text(LEFT + 6, TOP + 12, beside, anchor="start"))
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="3"/>')
    last, said = spots[-1], line[-1] if line else (0.0, 0.0)
    drawn.append(f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="5" fill="{colour}"/>')
    return _svg(f"{beside}: {percent(said[1])}; {below}: {percent(said[0])}", drawn)


def _heights(line: Line) -> Iterator[Share]:
    yield from line.values
    yield from (high for _, high in line.bands)


def _drawn(line: Line, spots: Sequence[tuple[float, float]]) -> Iterator[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    yield f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="2.5"/>'
    for (x, y), value in zip(spots, line.values, strict=True):
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{line.colour}">'
            f"<title>{escape(line.name)}: {percent(value)}</title></circle>"
        )


def _frame(top: Share) -> Iterator[str]:
    """Lines across at each tick, with their shares."""
    for tick in range(TICKS + 1):
        share = top * tick / TICKS
        y = _y(share, top)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GREY}"/>'
        yield _text(LEFT - 8, y + 4, percent(share), anchor="end")


def _round_up(share: Share) -> Share:
    """The top of an axis: a share that four ticks divide well.

    >>> [_round_up(share) for share in (0.03, 0.11, 0.2, 0.41, 0.97)]
    [0.04, 0.12, 0.2, 0.6, 1.0]
    """
    return next((top for top in (0.04, 0.08, 0.12, 0.2, 0.4, 0.6, 0.8) if share <= top), 1.0)


def _y(share: Share, top: Share) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(share, top) / top


def _text(x: float, y: float, text: str, *, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="13" '
        f'fill="{INK}">{escape(text)}</text>'
    )


def _svg(said: str, drawn: Sequence[str]) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(said)}">{"".join(drawn)}</svg>'
    )
