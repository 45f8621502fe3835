"""Grid → Table: columns that mean something, cells that are numbers in base units, and trust.

Pure: a table is understood from itself, its caption and the words just before it. What its numbers
say of each other is `figures.checks`; which unit a cell is in, `indexer.table_units`.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from figures.cells import Cell, Column, Row, Table, Unit
from figures.checks import Check, check_table
from figures.columns import mend_header, name_places, read_column, years_in
from figures.numbers import Number, Style, guess_style, parse_number, parse_share
from figures.units import say_unit
from indexer.records import Grid
from indexer.table_rows import CAPTION_NUMBER, is_sum, read_rows
from indexer.table_signs import budget_doubt, deviation_is_good, income_is_negative
from indexer.table_units import share_row_units, table_units

_YEAR_LABEL = re.compile(
    r"^\W*(?:(?:per|pr\.?) )?(?:[0-9]{1,2}\.[0-9]{1,2}\.?)?((?:19|20)[0-9]{2})\W*$"
)

Numbers = list[list[Number | None]]


def understand_table(
    grid: Grid,
    *,
    id: str,
    doc: str,
    heading: str,
    year: int | None,
    municipality: str,
    context: str = "",
    after: str = "",
) -> Table:
    """Understand one grid; `context` is the line or paragraph before it, `after` the next."""
    if _is_other_caption(context, grid.title):
        context = ""
    columns = _columns(grid, year, municipality)
    numbers = _numbers(grid)
    units = table_units(grid, numbers, before=context, heading=heading, after=after)
    sums = [is_sum(row.label) for row in grid.rows]
    check = check_table(numbers, named_sums=sums, skip=units.no_amounts)
    totals = [found or named for found, named in zip(check.totals, sums, strict=True)]
    rows = share_row_units(read_rows(grid, columns, numbers, units, totals))
    doubt = grid.unsure or budget_doubt(rows, columns)
    words = f"{grid.title} {grid.notes} {context}"
    income_negative = income_is_negative(rows, columns, words)
    return Table(
        id=id,
        doc=doc,
        page=grid.page,
        title=grid.title,
        heading=heading,
        unit=_common_unit(rows),
        columns=columns,
        rows=rows,
        trust="doubtful" if doubt else check.trust,
        reasons=_reasons(grid, check, doubt),
        income_negative=income_negative,
        deviation_good=deviation_is_good(rows, columns, words, income_negative=income_negative),
        box=grid.box,
    )


def _is_other_caption(words: str, title: str) -> bool:
    """Where captions stand below, the words before a table are the caption of the one before."""
    return bool(title and CAPTION_NUMBER.match(words) and not words.startswith(title[:12]))


def row_in_words(table: Table, row: Row) -> str:
    """What a row is about, for search: its path, its table and its columns, without the numbers."""
    columns = ", ".join(column.name for column in table.columns)
    title = CAPTION_NUMBER.sub("", table.title)
    return ". ".join(filter(None, (row.label, row.group, title, columns, table.unit)))


def table_to_json(table: Table) -> dict[str, Any]:
    """The table in the contract's shape, with what was understood beside what was printed."""
    return {
        "id": table.id,
        "doc": table.doc,
        "page": table.page,
        "title": table.title,
        "unit": table.unit,
        "heading": table.heading,
        "trust": table.trust,
        "reasons": list(table.reasons),
        "columns": [column.name for column in table.columns],
        "rows": [
            {
                "label": row.label,
                "group": row.group,
                "line": row.line,
                "total": row.total,
                "values": [_cell_to_json(cell) for cell in row.cells],
            }
            for row in table.rows
        ],
    }


def _cell_to_json(cell: Cell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    return {
        "text": cell.text,
        "value": _plain(cell.value),
        "base_value": _plain(cell.base_value),
        "base_unit": cell.unit,
    }


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _columns(grid: Grid, year: int | None, municipality: str) -> tuple[Column, ...]:
    """The columns; without a year of their own they are of the title's year, or the report's."""
    labels = [row.label for row in grid.rows if any(row.cells)]
    in_rows = sum(bool(_YEAR_LABEL.match(label)) for label in labels) > len(labels) / 2
    titled = years_in(grid.title)
    default = None if in_rows else titled[0] if len(titled) == 1 else year
    columns = [
        read_column(mend_header(name), year=default, municipality=municipality)
        for name in grid.columns
    ]
    return name_places(columns, municipality)


def _numbers(grid: Grid) -> Numbers:
    style = guess_style([cell for row in grid.rows for cell in row.cells if cell])
    return [[_number(cell, style) if cell else None for cell in row.cells] for row in grid.rows]


def _number(text: str, style: Style) -> Number | None:
    """A cell's number; of "25 av 30" the 25."""
    if number := parse_number(text, style):
        return number
    share = parse_share(text)
    return Number(value=share[0]) if share else None


def _common_unit(rows: Sequence[Row]) -> str:
    """The unit as a person would say it, where the whole table has one."""
    cells = [cell for row in rows for cell in row.cells if cell and cell.unit not in ("", "år")]
    names = {cell.unit for cell in cells}
    scales = {c.base_value / c.value for c in cells if c.base_value and c.value}
    if len(names) != 1 or len(scales) > 1:
        return ""
    return say_unit(Unit(name=names.pop(), scale=scales.pop() if scales else Decimal(1)))


def _reasons(grid: Grid, check: Check, doubt: str) -> tuple[str, ...]:
    unsure = (doubt,) if doubt else ()
    doubts = tuple(
        f"{row.label}: {why}" for row, why in zip(grid.rows, check.doubts, strict=True) if why
    )
    return unsure + check.reasons + doubts
