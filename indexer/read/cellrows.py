"""Rows of cell texts in (from Markdown, Word or HTML), grids out.

Here a table already has its cells; what is missing is which rows are header, which are groups,
which columns are labels, and where one table ends and the next begins. See header_names for how
header rows become column names. No numbers are understood here, only told from words.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.read.captions import subject, without_footnote_mark
from indexer.read.header_names import column_names, mend_words
from indexer.records import Grid, GridRow

_NUMBER = r"[-−–+]?\d{1,3}(?:[ .\u00a0\u2009\u202f]\d{3})+(?:,\d+)?|[-−–+]?\d+(?:[.,]\d+)?"
_VALUE = re.compile(
    rf"[(<>≤≥~*\s]*(?:ca\.?\s*)?(?:{_NUMBER})\s*[)*]*\s*(?:%|prosent|kr|kroner|[A-Za-zæøå²/]{{1,12}})?[*)]*"
)
_YEAR = re.compile(
    r"(?:(?:19|20)\d\d|\d{1,2}\.\d{1,2}\.(?:19|20)?\d\d|\d\.?\s*(?:kvartal|halvår|tertial))\*?"
)
_HEADER_WORD = re.compile(
    r"(?:19|20)\d\d|\b(?:resultat|mål|regnskap|rekneskap|budsjett|avvik|endring|antall|andel|årsverk"
    r"|verdi|status|prognose|sum|total|prosent)",
    re.IGNORECASE,
)
_LONGEST_NAME = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class CellText:
    """A cell as the file has it, marks of emphasis already taken off."""

    text: str
    bold: bool = False


CellRow = tuple[CellText, ...]


def is_value(text: str) -> bool:
    """Tell a cell that holds a figure ("1 234", "≤6", "32,6 prosent") from one with words."""
    return bool(_VALUE.fullmatch(text.strip()))


def is_year(text: str) -> bool:
    """Tell a cell that names a time ("2024", "31.12.2024") and so may stand in a header."""
    return bool(_YEAR.fullmatch(text.strip()))


def grids_from_rows(
    rows: Sequence[CellRow], *, title: str, notes: str, page: int, words: Counter[str]
) -> tuple[Grid, ...]:
    """Make grids of rows of cells: one, or several where a new header stands among the rows.

    `words` counts the document's words; it tells which header words were cut in two.
    """
    width = max((len(row) for row in rows), default=0)
    table = [_padded(row, width) for row in rows if not _is_ruler(row)]
    table = [row for row in table if any(cell.text for cell in row)]
    if width < 2 or not table:
        return ()
    table = _without_empty_columns(table)
    grids = []
    for part in _parts(table):
        grid = _grid(part, title=title, notes=notes, page=page, words=words)
        if grid.rows:
            grids.append(grid)
            notes = notes or grid.notes
    return tuple(grids)


def is_continuation(above: Sequence[CellRow], below: Sequence[CellRow]) -> bool:
    """Tell whether rows with only a break before them belong to the table above.

    They do when they are as wide and begin with figures, a group, or the header printed again.
    """
    rows = [row for row in below if any(cell.text for cell in row) and not _is_ruler(row)]
    if not rows or max(map(len, above)) != max(map(len, rows)):
        return False
    first = _texts(rows[0])
    repeated = any(_texts(row)[1:] == first[1:] for row in above) and any(first[1:])
    return repeated or not _is_headerish(rows[0])


def _padded(row: CellRow, width: int) -> CellRow:
    return row + (CellText(text=""),) * (width - len(row))


def _is_ruler(row: CellRow) -> bool:
    return any(cell.text for cell in row) and all(
        re.fullmatch(r":?-{2,}:?|", cell.text) for cell in row
    )


def _without_empty_columns(table: list[CellRow]) -> list[CellRow]:
    kept = [i for i in range(len(table[0])) if i == 0 or any(row[i].text for row in table)]
    return [tuple(row[i] for i in kept) for row in table]


def _texts(row: CellRow) -> list[str]:
    return [cell.text for cell in row]


def _has_value(row: CellRow) -> bool:
    return any(is_value(t) and not is_year(t) for t in _texts(row)[1:])


def _is_lone_label(row: CellRow) -> bool:
    return bool(row[0].text) and not any(cell.text for cell in row[1:])


def _is_headerish(row: CellRow) -> bool:
    """Only names, years and gaps beside the first cell, and none as long as a sentence."""
    rest = [t for t in _texts(row)[1:] if t]
    return bool(rest) and not _has_value(row) and all(len(t) <= _LONGEST_NAME for t in rest)


def _parts(table: list[CellRow]) -> list[list[CellRow]]:
    """Cut where a row in the middle is a header of its own; drop a header printed again."""
    header = table[: _header_depth(table)]
    seen = {tuple(_texts(row)[1:]) for row in header}
    parts = [list(header)]
    values = False
    for row in table[len(header) :]:
        names = tuple(_texts(row)[1:])
        if names in seen and any(names):
            continue
        if values and _is_new_header(row):
            parts.append([])
            seen = {names}
        parts[-1].append(row)
        values = values or _has_value(row)
    return parts


def _is_new_header(row: CellRow) -> bool:
    rest = _texts(row)[1:]
    names = sum(bool(_HEADER_WORD.search(text)) for text in rest)
    return _is_headerish(row) and all(rest) and 2 * names >= len(rest) and bool(row[0].text)


def _header_depth(table: list[CellRow]) -> int:
    """How many of the first rows name the columns."""
    depth = 0
    if len(table) > 1 and _is_lone_label(table[0]) and _is_headerish(table[1]):
        depth = 1  # the table's own name over its header
    if not _is_headerish(table[depth]):
        return 0
    if any(map(_has_value, table)):
        first = depth
        depth += 1
        while depth < len(table) - 1 and _continues_header(table[first:depth], table[depth]):
            depth += 1
        return depth
    return depth + 1 if _names_columns_of_words(table[depth], table[depth + 1 :]) else depth


def _continues_header(above: list[CellRow], row: CellRow) -> bool:
    named = any(part[0].text for part in above)
    return _is_headerish(row) and not (named and row[0].text)


def _names_columns_of_words(first: CellRow, rest: list[CellRow]) -> bool:
    lengths = [len(text) for row in rest for text in _texts(row)[1:] if text]
    mine = [len(text) for text in _texts(first)[1:] if text]
    return bool(lengths and mine) and max(mine) <= 60 and sum(lengths) / len(lengths) > max(mine)


def _grid(part: list[CellRow], *, title: str, notes: str, page: int, words: Counter[str]) -> Grid:
    depth = _header_depth(part)
    header, body = part[:depth], part[depth:]
    grouped = _first_column_groups(body)
    labels = 2 if grouped else 1
    corner = " ".join(dict.fromkeys(r[i].text for r in header for i in range(labels) if r[i].text))
    names = column_names([_texts(row)[labels:] for row in header], words)
    if not header:
        width = len(part[0]) - labels
        names = (subject(title),) if width == 1 else ("",) * width
    rows: list[GridRow] = []
    for row in body:
        if grouped and row[0].text and row[1].text:
            empty = (None,) * len(names)
            rows.append(GridRow(label=row[0].text, cells=empty, page=page, bold=row[0].bold))
        if grouped and not row[1].text and not any(cell.text for cell in row[2:]):
            label, bold = row[0].text, row[0].bold
        else:
            label, bold = row[labels - 1].text, row[labels - 1].bold
        cells = tuple(cell.text or None for cell in row[labels:])
        label = without_footnote_mark(label)
        rows.append(GridRow(label=label, cells=cells, page=page, bold=bold))
    return Grid(
        title=title or mend_words(corner, words),
        corner=mend_words(corner, words),
        notes=notes,
        columns=names,
        rows=tuple(rows),
        page=page,
        unsure="" if header or len(names) == 1 else "tabellen har ingen overskriftsrad",
    )


def _first_column_groups(body: list[CellRow]) -> bool:
    """Tell whether the first column names groups and the second the rows in them."""
    filled = [row for row in body if any(cell.text for cell in row[1:])]
    if len(filled) < 3 or len(filled[0]) < 3:
        return False
    wordy = sum(bool(row[1].text) and not is_value(row[1].text) for row in filled)
    nameless = sum(not row[0].text for row in filled)
    return wordy == len(filled) and 4 * nameless >= len(filled)
