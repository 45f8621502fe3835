"""The rows of a grid → typed rows: the headings above them, their cells, their accounting lines.

A cell keeps its printed number and says what it is worth in base units.
"""

import re
from collections.abc import Sequence

from figures.cells import Cell, Column, Row, Unit
from figures.lines import canonical_line
from figures.numbers import Number
from indexer.records import Grid, GridRow
from indexer.table_units import TableUnits, cell_unit

CAPTION_NUMBER = re.compile(
    r"^(?:tabell|figur|oversikt) [0-9]+(?:[.\-][0-9]+)*[.:]?\s*", re.IGNORECASE
)
_SUM = re.compile(
    r"^\W*(?:sum|total|totalt|totalsum|sluttsum|i alt|samlet|samla|til sammen|totale"
    r"|netto driftsresultat|brutto driftsresultat)(?![a-zæøå])"
    r"|(?<![a-zæøå])(?:totalt|i alt|til sammen)\W*$",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?<=[a-zæøå])[0-9]\)$|[¹²³⁴⁵]+$")  # a footnote mark: "Skole1)"


def is_sum(label: str) -> bool:
    """Whether a row calls itself the sum of others.

    >>> is_sum("Sum driftsinntekter"), is_sum("Innbyggere i alt"), is_sum("Sommerjobb")
    (True, True, False)
    """
    return bool(_SUM.search(label))


def read_rows(
    grid: Grid,
    columns: Sequence[Column],
    numbers: Sequence[Sequence[Number | None]],
    units: TableUnits,
    totals: Sequence[bool],
) -> tuple[Row, ...]:
    """The rows that hold cells; the others are headings, and become the path of those below."""
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
            _cell(printed, j, numbers[i][j], group, columns, units)
            for j in range(len(printed.cells))
        )
        rows.append(
            Row(
                label=_MARK.sub("", printed.label) or _label_of_one(grid),
                group=group,
                line=_line(printed.label, cells),
                cells=cells,
                page=printed.page,
                box=printed.box,
                total=totals[i],
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
    return is_sum(words) and (
        words in ("sum", "totalt", "total") or words.removeprefix("sum ").strip() in heading.lower()
    )


def _label_of_one(grid: Grid) -> str:
    """A lone row without a label is what the caption says."""
    filled = [row for row in grid.rows if any(row.cells)]
    return CAPTION_NUMBER.sub("", grid.title) if len(filled) == 1 else ""


def _cell(
    row: GridRow,
    j: int,
    number: Number | None,
    group: str,
    columns: Sequence[Column],
    units: TableUnits,
) -> Cell | None:
    text = row.cells[j]
    if text is None:
        return None
    box = row.boxes[j] if j < len(row.boxes) else None
    if number is None:
        return Cell(text=text, value=None, base_value=None, unit="", box=box)
    if j in units.no_amounts:
        unit_name = "år" if j in units.years else ""
        return Cell(text=text, value=number.value, base_value=number.value, unit=unit_name, box=box)
    column = columns[j] if j < len(columns) else Column(name="")
    unit = cell_unit(number, row.label, group, column, units) or Unit(name="")
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
