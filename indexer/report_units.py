"""Tables of one report → the same, where tables that print no unit take the report's own.

Many reports say "Tall i tusen kr" once and then leave it out. Only money is guessed, only where all
the report's other accounts agree on one scale, and only if the amounts then stay within reason. It
is told among the table's reasons.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from figures.cells import Cell, Row, Table, Unit
from figures.units import is_money, say_unit

_KRONER = ("", "kr")
_SMALLEST = 100_000  # kroner: the largest amount of a table of accounts is no less


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """How a table that prints its unit looks."""

    scale: Decimal
    decimals: bool
    budget: bool


def share_report_units(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Give money tables without a unit the scale that the report's other accounts are in."""
    bare = [_lacks_unit(table) for table in tables]
    if not any(bare):
        return tuple(tables)
    known = [found for table in tables if (found := _known(table))]
    largest = max((abs(c.base_value) for t in tables for c in _money(t) if c.base_value), default=0)
    shared: list[Table] = []
    for table, lacks in zip(tables, bare, strict=True):
        scales = set()
        if lacks and _speaks_of_money(table):
            scales = _fitting(table, known, largest)
        elif lacks and shared and _continues(table, shared[-1]):
            scales = {found.scale for found in [_known(shared[-1])] if found}
        shared.append(_in_scale(table, scales.pop()) if len(scales) == 1 else table)
    return tuple(shared)


def _continues(table: Table, before: Table) -> bool:
    """Further columns of the table before it: the same rows again."""
    labels = [row.label for row in table.rows if row.label.strip(" 0123456789.")]
    above = {row.label for row in before.rows}
    return len(labels) >= 4 and sum(label in above for label in labels) >= 0.7 * len(labels)


def _cells(table: Table) -> list[Cell]:
    return [c for row in table.rows for c in row.cells if c is not None and c.value is not None]


def _money(table: Table) -> list[Cell]:
    return [cell for cell in _cells(table) if cell.unit == "kr"]


def _known(table: Table) -> _Known | None:
    """A table whose money is all in one scale."""
    money = _money(table)
    scales = {(c.base_value / c.value).normalize() for c in money if c.value and c.base_value}
    if len(scales) != 1 or len(money) < 4:
        return None
    return _Known(scale=scales.pop(), decimals=_has_decimals(money), budget=_is_budget(table))


def _lacks_unit(table: Table) -> bool:
    """Numbers of this municipality with no unit on them: no comparison with other places."""
    bare = [cell for cell in _cells(table) if not cell.unit]
    return (
        len(bare) >= 2
        and 2 * len(bare) > len(_cells(table))
        and any(column.name.strip() for column in table.columns)  # a table of contents has none
        and not any(column.place for column in table.columns)
    )


def _speaks_of_money(table: Table) -> bool:
    money = [is_money(row.label) for row in table.rows]
    return _is_budget(table) or is_money(table.title) or 2 * sum(money) > len(money)


def _is_budget(table: Table) -> bool:
    return any(
        column.measure in ("accounts", "revised_budget", "original_budget")
        for column in table.columns
    )


def _fitting(table: Table, known: Sequence[_Known], largest: Decimal | int) -> set[Decimal]:
    """The scales of tables that look like this one and leave its amounts within reason."""
    bare = [cell for cell in _cells(table) if not cell.unit]
    size = max((abs(cell.value) for cell in bare if cell.value), default=0)
    decimals, budget = _has_decimals(bare), _is_budget(table)
    return {
        other.scale
        for other in known
        if other.decimals == decimals
        and (other.budget or not budget)
        and _SMALLEST <= size * other.scale <= largest
    }


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
