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
from figures.lines import canonical_line
from figures.numbers import Number, Style, guess_style, parse_number, parse_share
from figures.units import say_unit
from indexer.records import Grid, GridRow
from indexer.table_signs import budget_doubt, deviation_is_good, income_is_negative
from indexer.table_units import (
    cell_unit,
    implied_around,
    in_whole_kroner,
    share_row_units,
    table_unit,
    year_columns,
)

_SUM = re.compile(
    r"^\W*(?:sum|total|totalt|totalsum|sluttsum|i alt|samlet|samla|til sammen|totale"
    r"|netto driftsresultat|brutto driftsresultat)(?![a-zæøå])"
    r"|(?<![a-zæøå])(?:totalt|i alt|til sammen)\W*$",
    re.IGNORECASE,
)
_YEAR_LABEL = re.compile(
    r"^\W*(?:(?:per|pr\.?) )?(?:[0-9]{1,2}\.[0-9]{1,2}\.?)?((?:19|20)[0-9]{2})\W*$"
)
_MARK = re.compile(r"(?<=[a-zæøå])[0-9]\)$|[¹²³⁴⁵]+$")  # a footnote mark: "Skole1)"
_CAPTION_NUMBER = re.compile(
    r"^(?:tabell|figur|oversikt) [0-9]+(?:[.\-][0-9]+)*[.:]?\s*", re.IGNORECASE
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
    whole = table_unit(grid.corner, grid.title, grid.notes, context, heading, after)
    whole = whole or _implied_kroner(grid, numbers)
    years = year_columns(grid.columns, [row.cells for row in grid.rows])
    sums = [bool(_SUM.search(row.label)) for row in grid.rows]
    check = check_table(numbers, named_sums=sums, skip=years)
    around = implied_around(grid.title, context, heading)
    rows = share_row_units(
        _rows(grid, columns, numbers, check, sums, whole=whole, around=around, years=years)
    )
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
    return bool(title and _CAPTION_NUMBER.match(words) and not words.startswith(title[:12]))


def row_in_words(table: Table, row: Row) -> str:
    """What a row is about, for search: its path, its table and its columns, without the numbers."""
    columns = ", ".join(column.name for column in table.columns)
    title = _CAPTION_NUMBER.sub("", table.title)
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


def _implied_kroner(grid: Grid, numbers: Numbers) -> Unit | None:
    words = [grid.title, *grid.columns, *(row.label for row in grid.rows)]
    flat = [number for row in numbers for number in row if number]
    return Unit(name="kr") if in_whole_kroner(flat, words) else None


def _rows(
    grid: Grid,
    columns: Sequence[Column],
    numbers: Numbers,
    check: Check,
    sums: Sequence[bool],
    *,
    whole: Unit | None,
    around: Unit | None,
    years: frozenset[int],
) -> tuple[Row, ...]:
    rows: list[Row] = []
    path: list[GridRow] = []
    last_was_heading = False
    for i, printed in enumerate(grid.rows):
        if not any(printed.cells):
            if printed.label.strip():
                path = _deeper(path, printed, last_was_heading=last_was_heading)
                last_was_heading = True
            continue
        last_was_heading = False
        group = " › ".join(heading.label.strip(" :") for heading in path)
        cells = tuple(
            _cell(printed, j, numbers[i][j], group, columns, whole, around, years)
            for j in range(len(printed.cells))
        )
        total = check.totals[i] or sums[i]
        rows.append(
            Row(
                label=_MARK.sub("", printed.label) or _label_of_one(grid),
                group=group,
                line=_line(printed.label, cells),
                cells=cells,
                page=printed.page,
                box=printed.box,
                total=total,
            )
        )
        if path and _closes(printed.label, path[-1].label):
            path = path[:-1]
    return tuple(rows)


def _deeper(path: list[GridRow], heading: GridRow, *, last_was_heading: bool) -> list[GridRow]:
    """The headings a row stands under, with one more: below the last, or in its place."""
    if not path or (last_was_heading and not _same_style(path[-1], heading)):
        return [*path, heading]
    if last_was_heading:
        return [*path, heading] if len(path) < 2 else [*path[:-1], heading]
    while path and not _same_style(path[-1], heading) and len(path) > 1:
        path = path[:-1]
    return [*path[:-1], heading]


def _same_style(one: GridRow, other: GridRow) -> bool:
    return one.bold == other.bold and abs(one.indent - other.indent) < 2


def _closes(label: str, heading: str) -> bool:
    """ "Sum driftsinntekter" ends "Driftsinntekter", and so does a bare "Sum"."""
    words = label.strip().lower()
    if not _SUM.search(words):
        return False
    return (
        words in ("sum", "totalt", "total") or words.removeprefix("sum ").strip() in heading.lower()
    )


def _label_of_one(grid: Grid) -> str:
    """A lone row without a label is what the caption says."""
    filled = [row for row in grid.rows if any(row.cells)]
    return _CAPTION_NUMBER.sub("", grid.title) if len(filled) == 1 else ""


def _cell(
    row: GridRow,
    j: int,
    number: Number | None,
    group: str,
    columns: Sequence[Column],
    whole: Unit | None,
    around: Unit | None,
    years: frozenset[int],
) -> Cell | None:
    text = row.cells[j]
    if text is None:
        return None
    box = row.boxes[j] if j < len(row.boxes) else None
    if number is None:
        return Cell(text=text, value=None, base_value=None, unit="", box=box)
    if j in years:
        return Cell(text=text, value=number.value, base_value=number.value, unit="år", box=box)
    column = columns[j] if j < len(columns) else Column(name="")
    unit = cell_unit(number, row.label, group, column, whole, around) or Unit(name="")
    scale = number.scale if number.scale != 1 else unit.scale
    return Cell(
        text=text,
        value=number.value,
        base_value=number.value * scale,
        unit=unit.name,
        bound=number.bound,
        box=box,
    )


def _line(label: str, cells: Sequence[Cell | None]) -> str:
    """The accounting line; a line printed as a share of the incomes is another line."""
    line = canonical_line(label)
    units = {cell.unit for cell in cells if cell and cell.value is not None}
    if line and units == {"prosent"} and "prosent" not in line:
        return canonical_line(f"{line} i prosent av driftsinntektene")
    return line


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
