"""Drafts of one report -> the same with tables that ran over a page's end made whole."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.read.pdf_headers import Header
from indexer.read.pdf_tables import Draft
from indexer.records import GridRow


def continues(before: Draft, after: Draft) -> bool:
    """Whether a table at the top of a page goes on with the one at the foot of the page before."""
    if after.page != before.last_page + 1:
        return False
    if after.title and not (after.title_below and not before.title_below):
        return False
    if before.columns.count != after.columns.count:
        return False
    names, others = before.header.names, after.header.names
    if any(others) and [n.lower() for n in others] != [n.lower() for n in names]:
        return False
    a, b = before.columns.borders, after.columns.borders
    wide = (a[-1] - a[0]) / before.columns.count
    if abs(a[0] - b[0]) > 12 or abs(a[-1] - b[-1]) > max(12, 0.6 * wide):
        return False
    return all(abs(x - y) < 0.6 * wide for x, y in zip(a, b, strict=True)) or any(others)


def join(before: Draft, after: Draft) -> None:
    """Add the rows of the later part; a row cut by the page's end is mended."""
    rows = list(after.rows)
    if rows and before.rows and _cut_row(before.rows[-1], rows[0]):
        before.rows[-1] = _mended(before.rows[-1], rows.pop(0))
    before.rows += rows
    before.last_page = after.page
    if after.title:
        before.title, before.title_below = after.title, True
    before.notes += after.notes
    if not any(before.header.names) and any(after.header.names):
        before.header = replace_names(before.header, after.header.names)


def replace_names(header: Header, names: Sequence[str]) -> Header:
    """The header with other names."""
    return replace(header, names=tuple(names))


def _cut_row(last: GridRow, first: GridRow) -> bool:
    """A first row that begins in the middle of a sentence goes on with the last row."""
    words = first.label or next((c for c in first.cells if c), "")
    if not words[:1].islower():
        return False
    both = [
        (a, b) for a, b in zip(last.cells, first.cells, strict=True) if a and b and b[:1].isdigit()
    ]
    return not both


def _mended(last: GridRow, first: GridRow) -> GridRow:
    return replace(
        last,
        label=f"{last.label} {first.label}".strip(),
        cells=tuple(
            " ".join(part for part in pair if part) or None
            for pair in zip(last.cells, first.cells, strict=True)
        ),
        boxes=tuple(a or b for a, b in zip(last.boxes, first.boxes, strict=True)),
    )
