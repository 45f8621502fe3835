"""The lines of a plain text in, the tables flattened in them out, each with the lines it fills.

Rows are lines that end in figures; where several stand near each other, there is a table. How
many columns it has is what header and rows agree on best. See flat_rows for the ways to split a
row, flat_arithmetic for the choice between them, flat_header for the names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.read.captions import is_unit_remark, split_caption, subject, without_footnote_mark
from indexer.read.flat_body import BodyRow, cost_of_rows, goes_on, read_rows, share_checked
from indexer.read.flat_header import Header, read_header
from indexer.read.flat_lines import Line
from indexer.read.flat_regions import (
    Rows,
    caption_below,
    find_rows,
    header_top,
    is_figured,
    last_line,
    line_width,
)
from indexer.read.flat_rows import fewest_cells, parse_mixed_tail, parse_tail
from indexer.read.paragraphs import is_short_title
from indexer.records import Grid, GridRow

# A first column that only numbers the rows, with a second that names them.
_NUMBERING = re.compile(r"(?:nivå|nr\.?|løpenr\.?|post|kode|id|pos\.?|#)\s+\S", re.IGNORECASE)
_ROW_NUMBER = re.compile(r"^\d{1,3}\.?\s+(?=\D)")
_MOST_COLUMNS = 16
_MOST_WEIGHED = 40
_MOST_GONE = 2
_CLOSE = 12.0
_MOST_CLOSE = 3
_CLEAR = 3.0
_BORNE_OUT = 12.0
_MANY_ROWS = 8  # sums in fewer may hold by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatTable:
    """A table and the lines it fills, its caption left out."""

    first: int
    last: int
    grid: Grid


def find_tables(lines: Sequence[Line]) -> list[FlatTable]:
    """Find all tables, in order."""
    width = line_width(lines)
    tables: list[FlatTable] = []
    end = -1
    for rows in find_rows(lines, width):
        if rows.first <= end:
            continue
        table = _table(lines, rows, end + 1, width, tables[-1] if tables else None)
        if table is not None:
            tables.append(table)
            end = table.last
    return tables


def _table(
    lines: Sequence[Line], found: Rows, floor: int, width: int, previous: FlatTable | None
) -> FlatTable | None:
    first, last = found.first, found.last
    top, caption = header_top(lines, first, floor, width, captions_below=found.captioned_below)
    head = lines[top:first]
    last = last_line(lines, last, width)
    if found.captioned_below:
        caption = caption_below(lines, last, width)
    rows = [line for line in lines[first : last + 1] if is_figured(line)]
    widths = [found.columns] if found.columns else _plausible_widths(rows, mixed=found.mixed)
    below = next((i for i in range(last + 1, len(lines)) if lines[i].text), len(lines))
    body_lines = lines[first:below]  # spaces on the blank lines below may be empty cells
    head = [line if not is_unit_remark(line.text) else replace(line, text="") for line in head]
    after_text = top > 0 and bool(lines[top - 1].text)
    best = _best_width(head, body_lines, found, widths, titled=bool(caption), after_text=after_text)
    if best is None:
        return None
    columns, header = best
    named = header.cost < 1e5
    body = read_rows(body_lines, columns, label=header.label, mixed=found.mixed)
    title, notes = _title_and_notes(lines, caption, header.title, header.corner, top, last)
    names, corner, unsure = header.names, header.corner, ""
    if not named:
        continued = previous is not None and len(previous.grid.columns) == columns and not caption
        if continued and previous is not None and _near(lines, previous.last, first):
            names, corner = previous.grid.columns, previous.grid.corner
            title, notes = previous.grid.title, previous.grid.notes
        elif len(rows) < 3:
            return None
        else:
            unsure = "tabellen har ingen overskrift"
    elif len(rows) == 1 and not caption and header.cost > 3:
        return None
    doubtful = [row.label for row in body if not row.sure]
    if doubtful:
        unsure = f"kolonnene kan deles på flere måter: {doubtful[0]}"
    grid = Grid(
        title=title, corner=corner, notes=notes, columns=names,
        rows=(*_groups(header, columns, lines[first].page), *_rows(body, title, corner)),
        page=lines[first].page, unsure=unsure,
    )  # fmt: skip
    start = header.first if named else first
    return FlatTable(first=min(start, first), last=last, grid=grid)


def _best_width(
    head: Sequence[Line],
    body: Sequence[Line],
    found: Rows,
    widths: Sequence[int],
    *,
    titled: bool,
    after_text: bool,
) -> tuple[int, Header] | None:
    """The number of columns that header and rows agree on, sums deciding between near ones."""
    prices = {width: cost_of_rows(body, width, mixed=found.mixed) for width in widths}
    tried: list[tuple[float, int, Header]] = []
    for width, price in sorted(prices.items(), key=lambda item: item[1]):
        if tried and price >= min(cost for cost, _, _ in tried) + _CLOSE:
            break
        header = _header(head, body[0], width, found, titled=titled, after_text=after_text)
        tried.append((min(header.cost, 7.0 + 0.2 * width) + price, width, header))
    if not tried:
        return None
    cheapest = min(cost for cost, _, _ in tried)
    close = sorted((one for one in tried if one[0] <= cheapest + _CLOSE), key=lambda one: one[:2])
    close = close[:_MOST_CLOSE]
    if len(close) > 1 and not (cheapest < _CLEAR < close[1][0] - cheapest):
        weight = _BORNE_OUT * min(1.0, sum(map(is_figured, body)) / _MANY_ROWS)
        close = [
            (cost - weight * share_checked(body, width, mixed=found.mixed) ** 2, width, header)
            for cost, width, header in close
        ]
    _, width, header = min(close, key=lambda one: one[:2])
    return width, header


def _near(lines: Sequence[Line], end: int, first: int) -> bool:
    return sum(bool(line.text) for line in lines[end + 1 : first]) <= 15


def _groups(header: Header, columns: int, page: int) -> tuple[GridRow, ...]:
    return tuple(GridRow(label=g, cells=(None,) * columns, page=page) for g in header.groups)


def _rows(body: Sequence[BodyRow], title: str, corner: str) -> tuple[GridRow, ...]:
    rows = []
    numbered = bool(_NUMBERING.match(corner))
    for i, row in enumerate(body):
        label = _ROW_NUMBER.sub("", row.label) if numbered else row.label
        if not label and i == len(body) - 1 and i > 1:
            label = "Sum"
        elif not label and len(body) == 1:
            label = subject(title)
        label = without_footnote_mark(label)
        rows.append(GridRow(label=label, cells=row.cells, page=row.page))
    return tuple(rows)


def _plausible_widths(rows: Sequence[Line], *, mixed: bool) -> list[int]:
    """The numbers of columns that at least half of the rows could have."""
    parse = parse_mixed_tail if mixed else parse_tail
    tails = [tail for line in rows[:_MOST_WEIGHED] if (tail := parse(line)).pieces]
    bounds = [
        (fewest_cells(tail.pieces) - 2, len(tail.pieces) + tail.after + _MOST_GONE)
        for tail in tails
    ]
    widths = [
        width
        for width in range(1, _MOST_COLUMNS + 1)
        if 2 * sum(low <= width <= high for low, high in bounds) >= len(bounds)
    ]
    return widths or [max(1, min(_MOST_COLUMNS, len(tails[0].pieces)))] if tails else [1]


def _header(
    head: Sequence[Line], row: Line, columns: int, found: Rows, *, titled: bool, after_text: bool
) -> Header:
    own = (parse_mixed_tail if found.mixed else parse_tail)(row).label
    wanted: bool | None = not own or goes_on(own)
    if own and not any(map(str.isalpha, own)):
        wanted = None
    empty = any(
        (line.lead == 1 and not (head[i - 1].text if i else after_text))
        or (not line.text and line.trail in (1, 2) and i + 1 < len(head) and bool(head[i + 1].text))
        for i, line in enumerate(head)
    )
    return read_header(head, columns, label_wanted=wanted, corner_empty=empty, titled=titled)


def _title_and_notes(
    lines: Sequence[Line], caption: str, over: str, corner: str, top: int, last: int
) -> tuple[str, str]:
    """The title from the caption, the words over the header, or the sentence before it."""
    notes = [line.text for line in lines[top : top + 12] if is_unit_remark(line.text)]
    notes += _footnotes(lines, last)
    if caption:
        title, rest = split_caption(caption)
        return re.sub(r"^tabell\s*:\s*", "", title, flags=re.IGNORECASE), " ".join(
            [rest, *notes]
        ).strip()
    for note in notes:
        over = over.replace(note, " ")
    over = " ".join(over.split())
    if over:
        return over.rstrip(": "), " ".join(notes)
    above = [line.text for line in lines[max(0, top - 4) : top] if line.text]
    before = " ".join(above[-1].split()) if above else ""
    if before.endswith(":") or re.search(r"\btabell", before, re.IGNORECASE):
        return before.rstrip(":. "), " ".join(notes)
    if len(corner.split()) > 2 and not re.match(r"tall|beløp", corner, re.IGNORECASE):
        return corner.rstrip(": "), " ".join(notes)
    return before if is_short_title(before) else "", " ".join(notes)


def _footnotes(lines: Sequence[Line], last: int) -> list[str]:
    notes: list[str] = []
    for line in lines[last + 1 : last + 10]:
        if line.text.startswith(("*", "Note", "N/A")):
            notes.append(line.text)
        elif line.text and not (notes and lines[line.number - 1].text and line.lead != 1):
            break
        elif line.text:
            notes[-1] = f"{notes[-1]} {line.text}"
    return notes
