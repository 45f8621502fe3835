"""Tables of one report → the same, held against each other: where a figure stands twice, it agrees.

Many reports have one overview of all services, and a small table for each service in its chapter.
The small table is named by its caption, the row of the overview by its label. Where the two differ
by more than rounding, the small one is doubtful: it is often a copy of another service's.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from figures.cells import Column, Measure, Row, Table
from figures.wording import format_number

_BUDGET: tuple[Measure, ...] = ("accounts", "revised_budget", "original_budget")
_OVERVIEW_ROWS = 5
_AGREEING = 2  # small tables that agree with an overview before it is held against others


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One row of an overview."""

    name: str
    row: Row
    table: Table


def check_against_overviews(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Hold each service's own small table against its row in the overview."""
    lines = [line for table in tables if _is_overview(table) for line in _lines(table)]
    small = {table.id: _named(table, lines) for table in tables if _is_small(table)}
    agreeing = Counter(
        line.table.id
        for table in tables
        for line in small.get(table.id, ())
        if _wrong(table, line) is None
    )
    # a table of investments names the same services, and agrees with none of them
    overviews = {id for id, times in agreeing.items() if times >= _AGREEING}
    return tuple(
        _checked(table, [line for line in small.get(table.id, ()) if line.table.id in overviews])
        for table in tables
    )


def _filled(table: Table) -> list[Row]:
    return [row for row in table.rows if any(c and c.value is not None for c in row.cells)]


def _is_small(table: Table) -> bool:
    return len(_filled(table)) == 1 and len(_amounts(table, _filled(table)[0])) >= 2


def _is_overview(table: Table) -> bool:
    named = sum(column.measure in _BUDGET for column in table.columns)
    return named >= 2 and len(_filled(table)) >= _OVERVIEW_ROWS


def _lines(table: Table) -> Iterator[_Line]:
    for row in _filled(table):
        name = _words(row.label)
        if not row.total and len(name) >= 5:
            yield _Line(name=name, row=row, table=table)


def _words(text: str) -> str:
    return re.sub(r"[^a-zæøåé0-9]+", " ", text.lower()).strip()


def _named(table: Table, lines: Sequence[_Line]) -> list[_Line]:
    """The rows that a caption names, with at least two amounts of the same kind and year."""
    title = f" {_words(table.title)} "
    own = _amounts(table, _filled(table)[0]).keys()
    named = [
        line
        for line in lines
        if f" {line.name} " in title and len(own & _amounts(line.table, line.row).keys()) >= 2
    ]
    longest = max((len(line.name) for line in named), default=0)
    return [line for line in named if len(line.name) == longest]


def _checked(table: Table, lines: Sequence[_Line]) -> Table:
    for line in lines:
        wrong = _wrong(table, line)
        if wrong is None:
            return replace(table, reasons=(*table.reasons, f"stemmer med {_name(line.table)}"))
        said = f"{_name(line.table)} har {format_number(wrong, 'kr')} for {line.row.label}"
        table = replace(table, trust="doubtful", reasons=(*table.reasons, said))
    return table


def _wrong(table: Table, line: _Line) -> Decimal | None:
    """What the overview has where the two differ by more than rounding; None where they agree."""
    own, other = _amounts(table, _filled(table)[0]), _amounts(line.table, line.row)
    slack = _last_decimals(table) + _last_decimals(line.table)
    for key in sorted(own.keys() & other.keys()):
        if abs(own[key] - other[key]) > slack:
            return other[key]
    return None


def _amounts(table: Table, row: Row) -> dict[tuple[Measure, int], Decimal]:
    """Accounts and budgets in kroner, by kind and year; a kind that stands twice is left out."""
    found: dict[tuple[Measure, int], Decimal] = {}
    twice = set()
    for column, cell in zip(table.columns, row.cells, strict=False):
        key = _key(column)
        if key and cell and cell.base_value is not None and cell.unit == "kr":
            if key in found:
                twice.add(key)
            found[key] = cell.base_value
    return {key: amount for key, amount in found.items() if key not in twice}


def _key(column: Column) -> tuple[Measure, int] | None:
    if column.measure not in _BUDGET or column.year is None or column.place:
        return None
    return column.measure, column.year


def _last_decimals(table: Table) -> Decimal:
    """Two of the table's last printed decimals: what rounding, and sums of it, may do."""
    for row in table.rows:
        for cell in row.cells:
            if cell and cell.unit == "kr" and cell.value and cell.base_value:
                places = min(0, int(cell.value.as_tuple().exponent))
                return 2 * Decimal(1).scaleb(places) * cell.base_value / cell.value
    return Decimal(0)


def _name(table: Table) -> str:
    match = re.match(r"(?:tabell|figur) [0-9]+(?:\.[0-9]+)*", table.title, re.IGNORECASE)
    return match[0] if match else table.title[:60] or "oversikten"
