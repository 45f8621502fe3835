"""The top of a table -> where its header ends, and what it says.

A header ends at the first ruling line (or edge of colour) below words that name the columns, or,
without rulings, above the first line with a figure that is no year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.read.pdf_areas import Region
from indexer.read.pdf_columns import Columns
from indexer.read.pdf_lines import Line, join_texts
from indexer.read.pdf_names import header_names
from indexer.read.pdf_rulings import clusters
from indexer.read.pdf_values import is_figure, is_value, is_year


@dataclass(slots=True, kw_only=True)
class Header:
    """What the top of a table says."""

    names: tuple[str, ...]
    corner: str = ""
    title: str = ""  # a row across the whole table above the header
    unsure: str = ""


def split_header(
    cells: list[list[Line]], columns: Columns, region: Region
) -> tuple[Header, list[list[Line]], list[float]]:
    """The header, the body's lines by column, and the lines drawn between rows of the body."""
    separators = wide_levels(region)
    end, title_end = _header_end(cells, region, separators)
    title = join_texts(line.text for column in cells for line in column if line.middle < title_end)
    head = [[line for line in column if title_end <= line.middle < end] for column in cells]
    body = [[line for line in column if line.middle >= end] for column in cells]
    lines = [line for line in region.lines if title_end <= line.middle < end]
    names = header_names(lines if any(head[1:]) else [], body, columns, region)
    corner = join_texts(line.text for line in head[0])
    header = Header(names=names, corner=corner, title=title)
    return header, body, [y for y in separators if y > end + 1]


def wide_levels(region: Region) -> list[float]:
    """Heights at which a rule or an edge of colour runs across most of the table."""
    pieces: list[tuple[float, float, float]] = [(r.y, r.x0, r.x1) for r in region.rules]
    for band in region.bands:
        pieces += [(band.top, band.x0, band.x1), (band.bottom, band.x0, band.x1)]
    wide = region.x1 - region.x0
    levels: list[float] = []
    for group in clusters((y for y, _, _ in pieces), 2.2):
        low, high = group[0] - 0.01, group[-1] + 0.01
        spans = sorted((x0, x1) for y, x0, x1 in pieces if low <= y <= high)
        covered, reach = 0.0, region.x0
        for x0, x1 in spans:
            covered += max(0.0, x1 - max(x0, reach))
            reach = max(reach, x1)
        if covered > 0.8 * wide:
            levels.append(sum(group) / len(group))
    return [y for y in levels if region.top + 2 < y < region.bottom - 2]


def _header_end(
    cells: list[list[Line]], region: Region, separators: list[float]
) -> tuple[float, float]:
    """Where the header ends, and where a title row above it ends (region's top when none)."""
    value_lines = sorted(
        (line for column in cells[1:] for line in column), key=lambda line: line.middle
    )
    top = region.top - 1
    first = _first_figure(value_lines)
    if first is None:
        return _words_only_end(cells, separators, top), top
    start = first.middle
    bounds = [top, *[y for y in separators if y < start], region.bottom + 1]
    bounds[-1] = next((y for y in separators if y > start), region.bottom + 1)
    title_end, end = top, top
    for upper, lower in pairwise(bounds):
        inside = [x for x in value_lines if upper <= x.middle < lower]
        labels = [x for x in cells[0] if upper <= x.middle < lower]
        if lower > start:
            break
        if not inside:
            if end == top and _next_names(lower, start, value_lines, separators):
                title_end = end = lower
                continue
            break
        if end > title_end and not _names_on(inside, labels, cells, title_end, end):
            break
        end = lower
    if end > title_end:
        return end, title_end
    # No line is drawn below the header: it ends above the first row with a figure.
    zone = [
        x
        for x in value_lines
        if title_end <= x.middle and x.bottom <= first.bottom - 0.5 * first.size
    ]
    row_top = first.bottom - 0.5 * first.size
    above = [x for x in zone if x.bottom < row_top - 0.2 * x.size]
    if not above:
        return title_end, title_end
    lowest = max(x.bottom for x in above)
    return min(lowest + 0.2 * first.size, row_top), title_end


def _first_figure(lines: Sequence[Line]) -> Line | None:
    """The first figure of the body: a line with more words than figures is still the header."""
    row: list[Line] = []
    for line in [*lines, None]:
        if line is not None and (not row or line.bottom - row[0].bottom < 0.3 * line.size):
            row.append(line)
            continue
        figures = [x for x in row if is_figure(x.text)]
        if figures and 3 * len(figures) >= len(row):
            return figures[0]
        row = [line] if line is not None else []
    return None


def _next_names(
    after: float, start: float, value_lines: Sequence[Line], separators: Sequence[float]
) -> bool:
    """Whether the band below a title row holds column names."""
    lower = next((y for y in separators if y > after + 1), 1e9)
    inside = [x for x in value_lines if after <= x.middle < lower]
    return bool(inside) and lower <= start


def _names_on(
    inside: Sequence[Line],
    labels: Sequence[Line],
    cells: list[list[Line]],
    top: float,
    end: float,
) -> bool:
    """Whether a band below the first row of names goes on naming columns."""
    named = [x for x in inside if _names_something(x.text)]
    if 4 * len(named) < 3 * len(inside):
        return False
    if not labels:
        return True
    above = [[x.text for x in column if top <= x.middle < end] for column in cells[1:]]
    here = [any(x in inside for x in column) for column in cells[1:]]
    # With words in the label column it is a row of text, unless columns still lack a name.
    return all(here) and (not all(above) or len({tuple(a) for a in above}) < len(above))


def _names_something(text: str) -> bool:
    return not is_value(text) or is_year(text)


def _words_only_end(cells: list[list[Line]], separators: list[float], top: float) -> float:
    """A table of words: its first drawn row is the header if it is bold or clearly shorter."""
    if not separators:
        return top
    first = [line for column in cells for line in column if line.middle < separators[0]]
    rest = [line for column in cells for line in column if line.middle >= separators[0]]
    filled = sum(any(x.middle < separators[0] for x in column) for column in cells)
    if not rest or filled < len(cells) - 1 or not first:
        return top
    if all(line.bold for line in first) and not all(line.bold for line in rest):
        return separators[0]
    length = sum(len(line.text) for line in first)
    usual = sum(len(line.text) for line in rest) / len(separators)
    longest = max(sum(len(x.text) for x in c if x.middle < separators[0]) for c in cells)
    return separators[0] if longest < 120 and length < 0.7 * usual else top
