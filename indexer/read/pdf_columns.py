"""A table region -> its columns, each from its left to its right border. No rows, no headers.

Cells of a table never overlap sideways, so between two columns there is a strip that no cell of
the whole table crosses: a river. Rivers are searched over all rows at once, after the parts of
a number ("1 234") and of a label have been put together. Where the table is drawn with upright
lines, or with level lines in pieces, those say it outright.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from indexer.read.pdf_areas import Region
from indexer.read.pdf_lines import Line
from indexer.read.pdf_marks import Word
from indexer.read.pdf_rulings import clusters
from indexer.read.pdf_values import continues_number, is_figure, is_value

_UNITS = {"%", "‰", "kr", "kr.", "kroner", "mill", "mill.", "mrd.", "pst.", "stk", "stk.", "år"}


_Cell = tuple[float, float, str]  # x0, x1, text


@dataclass(frozen=True, slots=True)
class Columns:
    """Borders between columns, left to right: n + 1 borders make n columns."""

    borders: tuple[float, ...]
    drawn: bool  # the rulings say so

    @property
    def count(self) -> int:
        """How many columns, the label's included."""
        return len(self.borders) - 1

    def at(self, x: float) -> int:
        """The column that holds a place."""
        for index in range(1, self.count):
            if x < self.borders[index]:
                return index - 1
        return self.count - 1


def region_to_columns(region: Region) -> Columns:
    """Find the borders; one column only when there is no table in it."""
    rivers = _rivers(region)
    edges = [x for x in _drawn_edges(region) if region.x0 + 4 < x < region.x1 - 4]
    missing = [r for r in rivers if not any(r[0] - 3 <= x <= r[1] + 3 for x in edges)]
    if edges and (_closed(region) or len(missing) <= 0.34 * len(rivers)):
        return Columns((region.x0, *edges, region.x1), drawn=True)
    lines = [cells_of_line(line, 0.4) for line in region.lines] if missing else []
    borders = sorted([*edges, *(_least_crossed(strip, lines) for strip in missing)])
    return Columns((region.x0, *borders, region.x1), drawn=False)


def _least_crossed(strip: tuple[float, float], lines: list[list[_Cell]]) -> float:
    """The place in a strip that the fewest cells cross: headers are wider than figures.

    A lower line weighs more: the upper lines of a header may span columns.
    """
    near = [
        (x0, x1, weight)
        for weight, cells in enumerate(lines, 1)
        for x0, x1, _ in cells
        if x0 < strip[1] and x1 > strip[0]
    ]
    ends = sorted({*strip, *(x for x0, x1, _ in near for x in (x0, x1))})
    pieces = [
        (sum(weight for x0, x1, weight in near if x0 < b and x1 > a), a - b, (a + b) / 2)
        for a, b in pairwise(ends)
        if a >= strip[0] - 0.01 and b <= strip[1] + 0.01 and b - a > 0.5
    ]
    return min(pieces)[2] if pieces else (strip[0] + strip[1]) / 2


# --- drawn


def _drawn_edges(region: Region) -> list[float]:
    """Where upright lines stand or pieces of level lines meet, through most of the table."""
    height = region.bottom - region.top
    found: list[float] = []
    for group in clusters((u.x for u in region.uprights), 3.0):
        x = sum(group) / len(group)
        high = sum(
            min(u.bottom, region.bottom) - max(u.top, region.top)
            for u in region.uprights
            if abs(u.x - x) <= 3.0
        )
        if high > 0.4 * height:
            found.append(x)
    pieces = [r for r in region.rules if r.cuts] + [b for b in region.bands if b.cuts]
    whole = [r for r in region.rules if not r.cuts and r.x1 - r.x0 > 0.8 * (region.x1 - region.x0)]
    if len(pieces) >= 0.5 * len(whole):
        cuts = clusters((x for piece in pieces for x in piece.cuts), 2.5)
        found += [sum(g) / len(g) for g in cuts if len(g) >= max(1, 0.5 * len(pieces))]
    crossed = [x for x in found if _crossings(region, x) <= max(1, len(region.lines) // 8)]
    return [sum(g) / len(g) for g in clusters(crossed, 3.0)]


def _crossings(region: Region, x: float) -> int:
    """How many lines have a word across a place."""
    return sum(any(w.x0 < x - 1.5 and w.x1 > x + 1.5 for w in line.words) for line in region.lines)


def _closed(region: Region) -> bool:
    """Whether upright lines stand at both sides: then every column has its own."""
    sides = [u.x for u in region.uprights]
    return bool(sides) and min(sides) < region.x0 + 5 and max(sides) > region.x1 - 5


# --- rivers


def _rivers(region: Region) -> list[tuple[float, float]]:
    """The strips that no cell of the body crosses."""
    size = sorted(line.size for line in region.lines)[len(region.lines) // 2]
    lines = [cells_of_line(line) for line in region.lines]
    body = (
        [cells for cells in lines if _has_values(cells, is_figure)]
        or [cells for cells in lines if _has_values(cells, is_value)]
        or lines
    )
    marks: list[tuple[float, int]] = []
    for cells in body:
        for x0, x1, _ in cells:
            marks += [(x0, 1), (x1, -1)]
    marks.sort()
    tolerance = len(body) // 12
    strips: list[tuple[float, float]] = []
    depth, start = 0, None
    for x, step in marks:
        depth += step
        if depth <= tolerance and start is None and step < 0:
            start = x
        elif depth > tolerance and start is not None:
            if x - start >= 0.3 * size:
                strips.append((start, x))
            start = None
    first = min(cells[0][0] for cells in body)
    labels = [cells[-1][1] for cells in lines if cells[-1][1] < first]
    if labels and first - max(labels) >= 0.3 * size:
        # Figures that stand a little lower than their labels share no line with them.
        strips.insert(0, (max(labels), first))
    return strips


def _has_values(cells: list[_Cell], is_one: Callable[[str], bool]) -> bool:
    """A row of the body: it holds values, and not one among many words as a header may."""
    values = sum(is_one(text) for _, _, text in cells[1:])
    if is_one(cells[0][2]):
        values += 1
    return values > 0 and 3 * values >= len(cells) - 1


def cells_of_line(line: Line, space: float = 0.75) -> list[_Cell]:
    """A line's words put together to cells: parts of a number, words less than a space apart."""
    cells: list[_Cell] = []
    for word in line.words:
        if cells and _same_cell(cells[-1], word, line.size, space):
            x0, x1, text = cells[-1]
            cells[-1] = (x0, max(x1, word.x1), f"{text} {word.text}")
        else:
            cells.append((word.x0, word.x1, word.text))
    return cells


def _same_cell(cell: _Cell, word: Word, size: float, space: float) -> bool:
    text = cell[2]
    gap = word.x0 - cell[1]
    if word.glued or gap < 0.12 * size:
        return True
    before, after = is_value(text), is_value(word.text)
    if word.text in _UNITS and before:
        return gap < 0.8 * size
    if before and after:
        return (text in ("-", "−", "–", "+") and gap < 0.35 * size) or (
            gap < 0.42 * size and continues_number(text, word.text)
        )
    if before or after:
        return gap < 0.42 * size
    return gap < space * size
