"""A cell → the sum it is a part of, down its column or across its row, where the report's own
numbers add up to it: what does not add up is no whole of these parts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from answer.calculate.tables import MIN_ROWS, TOTALS, Named
from answer.texts import plain_label
from figures.cells import Cell
from retriever.cells import FoundCell

# "Herav kontorsted Vestvik": some of what stands in the column or the row before.
OF_WHICH = re.compile(
    r"\W*(?:her ?av|hvorav|kvarav|derav|av dette|av disse|av desse|of which)\b", re.IGNORECASE
)
NO_PARTS = ("prosent", "prosentpoeng", "promille", "poeng")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A sum and the cells that add up to it."""

    total: FoundCell
    parts: tuple[Named, ...]

    def part(self, cell: FoundCell) -> FoundCell | None:
        """The part that a cell is, if it is one."""
        same = ((cell.row, cell.position) == (one.row, one.position) for _, one in self.parts)
        return cell if any(same) else None


def wholes_of(cell: FoundCell) -> Iterator[Whole]:
    """The sums that a cell is, or is a part of."""
    if cell.unit in NO_PARTS or "/" in cell.unit:
        return
    yield from _down(cell)
    yield from _across(cell)


def _down(cell: FoundCell) -> Iterator[Whole]:
    """The nearest sum at or under a cell that the rows over it add up to."""
    rows = cell.table.rows
    at = rows.index(cell.row)
    for end in range(at, len(rows)):
        if not (rows[end].total or TOTALS.search(rows[end].label)):
            continue
        sums = [i for i in range(end) if TOTALS.search(rows[i].label)]
        for start in dict.fromkeys((0, sums[-1] + 1 if sums else 0)):
            run = [row for row in rows[start:end] if not TOTALS.search(row.label)]
            parts = [
                (plain_label(row.label), replace(cell, row=row))
                for row in run
                if _value_at(row.cells, cell.position) is not None
            ]
            total = replace(cell, row=rows[end])
            if start <= at and _adds_up(total, parts):
                yield Whole(total=total, parts=tuple(parts))
                return


def _across(cell: FoundCell) -> Iterator[Whole]:
    """The last column, where it is a sum of the others of its kind and year."""
    columns = cell.table.columns
    last = len(columns) - 1
    if not TOTALS.search(columns[last].name):
        return
    kind = (columns[last].measure, columns[last].year, columns[last].sex)
    parts = [
        (column.name.strip(), replace(cell, position=i))
        for i, column in enumerate(columns[:last])
        if (column.measure, column.year, column.sex) == kind
        and _value_at(cell.row.cells, i) is not None
    ]
    total = replace(cell, position=last)
    if len(parts) == last - _empty(cell.row.cells[:last]) and _adds_up(total, parts):
        yield Whole(total=total, parts=tuple(parts))


def _empty(cells: Sequence[Cell | None]) -> int:
    return sum(cell is None or cell.base_value is None for cell in cells)


def _value_at(cells: Sequence[Cell | None], position: int) -> Decimal | None:
    cell = cells[position] if position < len(cells) else None
    return cell.base_value if cell and not cell.bound else None


def _adds_up(total: FoundCell, parts: Sequence[Named]) -> bool:
    value = _value_at(total.row.cells, total.position)
    if value is None or len(parts) < MIN_ROWS:
        return False
    if any(part.unit != total.unit for _, part in parts):
        return False
    off = abs(sum(part.base_value for _, part in parts) - value)
    # each part is rounded by itself
    return off <= _step(total.cell) * (len(parts) // 4)


def _step(cell: Cell) -> Decimal:
    """What one of the last printed decimal is worth."""
    if not cell.value or cell.base_value is None:
        return Decimal(0)
    exponent = cell.value.as_tuple().exponent
    decimals = min(int(exponent), 0) if isinstance(exponent, int) else 0
    return abs(cell.base_value / cell.value).scaleb(decimals)
