"""Drafts of one report -> the same with tables that ran over a page's end made whole."""

from collections.abc import Sequence
from dataclasses import replace

from figures.cells import Box
from indexer.read.pdf_lines import OPEN_ENDS, Line, join_texts
from indexer.read.pdf_tables import Draft
from indexer.records import GridRow


def continued_rows(before: Draft, after: Draft) -> list[GridRow] | None:
    """The rows of a table at the top of a page as rows of the one at the foot of the page before.

    None when it is another table: it has a caption or a header of its own, or its cells do not
    stand in the columns of the first.
    """
    if after.page != before.last_page + 1:
        return None
    if after.title and not (after.title_below and not before.title_below):
        return None
    names, others = before.header.names, after.header.names
    if any(others) and [n.lower() for n in others] != [n.lower() for n in names]:
        return None
    if any(others) and len(others) == len(names):
        return list(after.rows)
    a, b = before.columns.borders, after.columns.borders
    wide = (a[-1] - a[0]) / before.columns.count
    if abs(a[0] - b[0]) > 12 or abs(a[-1] - b[-1]) > max(12, 0.6 * wide):
        return None
    rows = [_row_in_columns(row, before) for row in after.rows]
    fitting = [row for row in rows if row is not None]
    return fitting if len(fitting) == len(rows) else None


def _row_in_columns(row: GridRow, draft: Draft) -> GridRow | None:
    """A row with its cells in another draft's columns; None when two fall into one."""
    count = draft.columns.count - 1
    cells: list[str | None] = [None] * count
    boxes: list[Box | None] = [None] * count
    for cell, box in zip(row.cells, row.boxes, strict=True):
        if cell is None or box is None:
            continue
        at = draft.columns.at((box[0] + box[2]) / 2) - 1
        if at < 0 or cells[at] is not None:
            return None
        cells[at], boxes[at] = cell, box
    return replace(row, cells=tuple(cells), boxes=tuple(boxes))


def join(before: Draft, after: Draft, rows: Sequence[GridRow], label_start: str = "") -> None:
    """Add the rows of the later part; a row cut by the page's end is mended.

    `label_start` is the first line of a label that the page's end cut from its figures.
    """
    added = list(rows)
    if label_start and added:
        added[0] = replace(added[0], label=join_texts([label_start, added[0].label]))
    elif added and before.rows and _cut_row(before.rows[-1], added[0]):
        before.rows[-1] = _mended(before.rows[-1], added.pop(0))
    before.rows += added
    before.last_page = after.page
    before.notes += after.notes
    if after.title:
        before.title, before.title_below = after.title, True


def is_label_start(lines: Sequence[Line], draft: Draft) -> bool:
    """Whether lines right below a table are the start of a label, its figures on the next page."""
    return len(lines) <= 2 and all(
        line.x1 <= draft.columns.borders[1] + 3
        and abs(line.x0 - draft.columns.borders[0]) < 8
        and abs(line.size - draft.size) < 0.3
        and line.top - draft.box[3] < (1 + number) * 1.3 * line.size
        for number, line in enumerate(lines)
    )


def _cut_row(last: GridRow, first: GridRow) -> bool:
    """A first row that begins in the middle of a sentence goes on with the last row."""
    if last.bold != first.bold:
        return False
    if not any(last.cells) and any(first.cells):
        return last.label.endswith(OPEN_ENDS) or first.label[:1].islower()
    words = first.label or next((c for c in first.cells if c), "")
    return words[:1].islower() and not any(
        a and b and b[:1].isdigit() for a, b in zip(last.cells, first.cells, strict=True)
    )


def _mended(last: GridRow, first: GridRow) -> GridRow:
    return replace(
        last,
        label=join_texts(part for part in (last.label, first.label) if part),
        cells=tuple(
            join_texts(part for part in pair if part) or None
            for pair in zip(last.cells, first.cells, strict=True)
        ),
        boxes=tuple(a or b for a, b in zip(last.boxes, first.boxes, strict=True)),
    )
