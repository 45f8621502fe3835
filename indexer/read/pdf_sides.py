"""A table region -> itself, or two where two tables stand side by side without a rule between.

The second table begins with labels of its own: a column of words, right of columns of figures,
that repeats the first table's labels or stands clearly apart from what is left of it.
"""

from dataclasses import replace
from statistics import median

from indexer.read.pdf_areas import Region, cut_lines
from indexer.read.pdf_columns import Columns, region_to_columns
from indexer.read.pdf_lines import Line
from indexer.read.pdf_tables import lines_to_cells
from indexer.read.pdf_values import is_figure


def side_by_side(region: Region) -> list[Region]:
    """One region for each table."""
    columns = region_to_columns(region)
    if columns.count < 4:
        return [region]
    cells = lines_to_cells(region.lines, columns)
    for at in range(2, columns.count - 1):
        if _begins_a_table(at, cells, columns):
            border = columns.borders[at]
            left = _part(region, region.x0, border)
            right = _part(region, border, region.x1)
            return [left, *side_by_side(right)]
    return [region]


def _begins_a_table(at: int, cells: list[list[Line]], columns: Columns) -> bool:
    """Whether a column holds the labels of a second table."""
    words = [line for line in cells[at] if any(c.isalpha() for c in line.text)]
    if len(words) < 3 or len(words) < 0.7 * len(cells[at]):
        return False
    if not (_has_figures(cells[at - 1]) and _has_figures(cells[at + 1])):
        return False
    texts = [line.text for line in words]
    labels = {line.text for line in cells[0]}
    shared = sum(text in labels for text in texts)
    if 2 * shared >= len(texts):
        return True
    left = sorted(line.x0 for line in words)
    flush = left[-1] - left[0] < 0.5 * words[0].size or left[len(left) // 2] - left[0] < 1.0
    return (
        flush
        and len(words) >= 4
        and len(set(texts)) == len(texts)
        and _gap_before(at, cells)
        > 1.6 * median(_gap_before(i, cells) for i in range(1, columns.count))
        and abs(len(words) - len(cells[0])) <= 0.3 * len(cells[0])
    )


def _has_figures(column: list[Line]) -> bool:
    figures = sum(is_figure(line.text) for line in column)
    return figures >= 2 and 2 * figures >= 0.8 * len(column)


def _gap_before(at: int, cells: list[list[Line]]) -> float:
    """The white strip left of a column."""
    right = max((line.x1 for line in cells[at - 1]), default=0.0)
    left = min((line.x0 for line in cells[at]), default=right)
    return max(0.0, left - right)


def _part(region: Region, x0: float, x1: float) -> Region:
    lines = cut_lines(region.lines, x0 + 4, -1e9, x1 - 4, 1e9)
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return replace(
        region,
        x0=max(x0, left - 4),
        x1=min(x1, right + 4),
        top=min(line.top for line in lines),
        bottom=max(line.bottom for line in lines),
        lines=lines,
        rules=[
            replace(r, x0=max(r.x0, x0), x1=min(r.x1, x1))
            for r in region.rules
            if min(r.x1, x1) - max(r.x0, x0) > 10
        ],
        uprights=[u for u in region.uprights if x0 - 2 <= u.x <= x1 + 2],
        bands=[
            replace(b, x0=max(b.x0, x0), x1=min(b.x1, x1))
            for b in region.bands
            if min(b.x1, x1) - max(b.x0, x0) > 10
        ],
    )
