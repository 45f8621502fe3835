"""How a line looks: its chunks (words without a wide gap), and whether figures stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.read.pdf_lines import Line
from indexer.read.pdf_marks import Word
from indexer.read.pdf_values import is_figure, is_value, is_year


@dataclass(slots=True)
class Shape:
    """How a line looks: its chunks (words without a wide gap), and whether figures end it."""

    chunks: list[tuple[float, float, str]]
    tabular: bool
    prose: bool


def shape_of(line: Line, size: float) -> Shape:
    """Split a line at its wide gaps. Justified prose has wide gaps too, but all alike."""
    words = line.words
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    usual = sorted(gaps)[len(gaps) // 4] if len(gaps) >= 4 else 0.3 * size
    wide = max(0.85 * size, min(1.9 * usual, 1.3 * size))
    chunks: list[tuple[float, float, str]] = []
    start = 0
    for at in range(1, len(words) + 1):
        if (
            at == len(words)
            or gaps[at - 1] >= wide
            or (gaps[at - 1] > 0.2 * size and _two_figures(words[at - 1], words[at], size))
        ):
            run = words[start:at]
            chunks.append((run[0].x0, run[-1].x1, " ".join(w.text for w in run)))
            start = at
    values = [is_value(text) for _, _, text in chunks]
    tabular = any(values[1:]) or (values[0] and all(values))
    return Shape(chunks, tabular, not tabular and len(chunks) < 2)


def _two_figures(a: Word, b: Word, size: float) -> bool:
    """Figures of two columns that stand close: a sign, or more than a thousands space."""
    if not a.text[-1].isdigit():
        return False
    if b.text[0] in "-−–(" and b.text[1:2].isdigit():
        return is_value(a.text)
    return b.text[0].isdigit() and b.x0 - a.x1 > 0.45 * size and is_value(a.text)


def header_inside(shapes: Sequence[Shape]) -> int | None:
    """Where a caption line and a header without figures stand below rows with figures."""
    seen = False
    left = min((shape.chunks[0][0] for shape in shapes), default=0.0)
    for at, shape in enumerate(shapes):
        seen = seen or (shape.tabular and any(is_figure(c[2]) for c in shape.chunks))
        if (
            seen
            and len(shape.chunks) == 1
            and not shape.tabular
            and shape.chunks[0][0] < left + 6
            and at + 1 < len(shapes)
            and len(shapes[at + 1].chunks) > 2
            and not any(is_value(c[2]) and not is_year(c[2]) for c in shapes[at + 1].chunks)
        ):
            return at
    return None


def all_years(shape: Shape) -> bool:
    """Whether the line's figures are years: a header, more likely than a row."""
    return all(is_year(c[2]) for c in shape.chunks if is_value(c[2]))
