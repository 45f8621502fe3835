"""Tables of one report → the same, where tables that print no unit take the report's own.

Many reports say "Tall i tusen kr" once and then leave it out. Only money is guessed, only where all
the report's other accounts agree on one scale, and only if the amounts then stay within reason. It
is told among the table's reasons.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from figures.cells import Cell, Row, Table, Unit
from figures.units import is_money, say_unit

_KRONER = ("", "kr")


def share_report_units(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Give money tables without a unit the scale that the report's other accounts are in."""
    largest = max((abs(c.base_value) for t in tables for c in _money(t) if c.base_value), default=0)
    shared = []
    for table in tables:
        if not _lacks_unit(table):
            shared.append(table)
            continue
        alike = [t for t in tables if _is_budget(t) or not _is_budget(table)]
        scales = {scale for t in alike if (scale := _scale(t)) is not None}
        fitting = [scale for scale in scales if _fits(table, scale, alike, largest)]
        shared.append(_in_scale(table, fitting[0]) if len(fitting) == 1 else table)
    return tuple(shared)


def _cells(table: Table) -> list[Cell]:
    return [c for row in table.rows for c in row.cells if c is not None and c.value is not None]


def _money(table: Table) -> list[Cell]:
    return [cell for cell in _cells(table) if cell.unit == "kr"]


def _scale(table: Table) -> Decimal | None:
    """The scale of a table whose money is all in one."""
    scales = {
        (cell.base_value / cell.value).normalize()
        for cell in _money(table)
        if cell.value and cell.base_value
    }
    return scales.pop() if len(scales) == 1 and len(_money(table)) >= 4 else None


def _lacks_unit(table: Table) -> bool:
    """Money of this municipality, and no unit on it: not a comparison with other places."""
    bare = [cell for cell in _cells(table) if not cell.unit]
    words = (table.title, *(row.label for row in table.rows))
    return (
        len(bare) >= 2
        and 2 * len(bare) > len(_cells(table))
        and not any(column.place for column in table.columns)
        and (_is_budget(table) or any(is_money(word) for word in words))
    )


def _is_budget(table: Table) -> bool:
    return any(
        column.measure in ("accounts", "revised_budget", "original_budget")
        for column in table.columns
    )


def _fits(table: Table, scale: Decimal, tables: Sequence[Table], largest: Decimal | int) -> bool:
    """Printed like that scale's tables (with or without decimals), and no larger than they are."""
    bare = [cell for cell in _cells(table) if not cell.unit]
    sizes = [abs(cell.value) for cell in bare if cell.value]
    if not sizes or max(sizes) * scale > largest:
        return False
    alike = [t for t in tables if _scale(t) == scale]
    return any(_has_decimals(_money(t)) == _has_decimals(bare) for t in alike) and (
        max(sizes) * scale >= 100_000
    )


def _has_decimals(cells: Sequence[Cell]) -> bool:
    return any("," in cell.text for cell in cells)


def _in_scale(table: Table, scale: Decimal) -> Table:
    said = say_unit(Unit(name="kr", scale=scale))
    return replace(
        table,
        rows=tuple(_scaled(row, scale) for row in table.rows),
        unit=table.unit or (said if all(c.unit in _KRONER for c in _cells(table)) else ""),
        trust="plain" if table.trust == "verified" else table.trust,
        reasons=(*table.reasons, f"enheten er ikke trykt; {said} som i rapportens andre tabeller"),
    )


def _scaled(row: Row, scale: Decimal) -> Row:
    cells = tuple(
        replace(cell, unit="kr", base_value=cell.value * scale)
        if cell is not None and cell.value is not None and not cell.unit
        else cell
        for cell in row.cells
    )
    return replace(row, cells=cells)
