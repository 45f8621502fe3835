"""Relations between the columns of a table: A − B = avvik, A + B = sum, the change in percent.

Numbers come as integers in units of the last printed decimal, with each column's own last decimal
beside. A relation must hold in nearly every row; the rows where it does not are told.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2
from typing import Literal

Row = Sequence[int | None]  # or a column
Cell = tuple[int, int]

# sum      first × sign + second × sign = third
# either   the difference of the first two, with a sign that follows the row (income or expense)
# percent  the third is the percentage change between, or the share of, the first two
# whole    the last column is the sum of the others
Kind = Literal["sum", "either", "percent", "whole"]

_ENOUGH = 8.0
_MOST = 0.7  # of the rows
_WIDEST = 10  # columns; wider tables are matrices, not differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """`columns` are bound together: the last of them is made of the others."""

    kind: Kind
    columns: tuple[int, ...]
    signs: tuple[int, ...] = ()
    covered: frozenset[Cell]
    broken: tuple[tuple[Cell, int], ...]  # a cell that is not, and what it should have been
    bits: float

    @property
    def tested(self) -> int:
        """In how many rows it was tried."""
        return len({row for row, _ in self.covered}) + len(self.broken)


def relate_columns(values: Sequence[Row], ulps: Sequence[int], one: int = 1) -> list[Across]:
    """Every relation between columns that holds.

    `ulps` is the worth of each column's last decimal, `one` that of a printed 1.
    """
    width = len(ulps)
    found: list[Across] = []
    if 3 <= width <= _WIDEST:
        columns = list(zip(*values, strict=True))
        for triple in combinations(range(width), 3):
            relation = _relate_three(columns, ulps, triple, one)
            if relation:
                found.append(relation)
    if width >= 4 and (whole := _relate_whole(values, ulps)):
        found.append(whole)
    return found


def _relate_three(
    columns: Sequence[Row], ulps: Sequence[int], triple: tuple[int, int, int], one: int
) -> Across | None:
    a, b, c = triple
    rows = [
        (i, x, y, z)
        for i, (x, y, z) in enumerate(zip(columns[a], columns[b], columns[c], strict=True))
        if x is not None and y is not None and z is not None and (x or y)
    ]
    if not any(z for *_, z in rows):
        return None
    slack = max(1, (ulps[a] + ulps[b] + ulps[c]) // 2)
    # most columns have nothing to do with each other: where sizes disagree, no signs will help
    apart = _may_hold(sum([abs(abs(x - y) - abs(z)) > slack for _, x, y, z in rows]), len(rows))
    together = _may_hold(sum([abs(x + y - z) > slack for _, x, y, z in rows]), len(rows))
    ways = [(1, -1), (-1, 1)] * apart + [(1, 1)] * together
    found = []
    for first, second in ways:
        expected = (first * x + second * y for _, x, y, _ in rows)
        if relation := _weigh(rows, expected, slack, triple, signs=(first, second)):
            found.append(relation)
    if apart and not found:
        sized = (abs(x - y) if z >= 0 else -abs(x - y) for _, x, y, z in rows)
        if relation := _weigh(rows, sized, slack, triple, signs=()):
            found.append(relation)
    best = max(found, key=lambda relation: relation.bits, default=None)
    return best or _relate_percent(rows, triple, ulps, one)


def _may_hold(fails: int, rows: int) -> bool:
    return fails <= max(1, int(rows * (1 - _MOST)))


def _weigh(
    rows: list[tuple[int, int, int, int]],
    expected: Iterable[int],
    slack: int,
    triple: tuple[int, int, int],
    *,
    signs: tuple[int, ...],
) -> Across | None:
    """The relation, if nearly all rows agree and that could not be chance."""
    holds, fails, bits = [], [], -5.0
    for (i, x, y, z), want in zip(rows, expected, strict=True):
        if abs(z - want) <= slack:
            holds.append(i)
            if x and y and z:
                bits += max(0.0, log2(min(abs(z), abs(x), abs(y)) / slack))
                bits += 0.0 if signs else -1.0
        else:
            fails.append(((i, triple[2]), want))
    if not _may_hold(len(fails), len(rows)):
        return None
    if bits < _ENOUGH or (fails and (len(holds) < 3 or bits < 2 * _ENOUGH)):
        return None
    return Across(
        kind="sum" if signs else "either",
        columns=triple,
        signs=signs,
        covered=frozenset((i, j) for i in holds for j in triple),
        broken=tuple(fails),
        bits=bits,
    )


_PERCENTS: tuple[Callable[[float, float], float], ...] = (
    lambda x, y: (y - x) / abs(x),
    lambda x, y: (x - y) / abs(y),
    lambda x, y: x / y,
    lambda x, y: y / x,
)


def _relate_percent(
    rows: list[tuple[int, int, int, int]],
    triple: tuple[int, int, int],
    ulps: Sequence[int],
    one: int,
) -> Across | None:
    a, b, c = triple
    usable = [(i, x, y, z) for i, x, y, z in rows if x and y]
    if len(usable) < 2:
        return None
    for formula in _PERCENTS:
        holds, bits = [], -5.0
        for i, x, y, z in usable:
            loose = 100 * one * (ulps[a] / abs(x) + ulps[b] / abs(y)) * max(1.0, abs(x / y))
            slack = 0.51 * ulps[c] + 0.5 * loose
            # sizes: the sign may follow the deviation, or the row
            if abs(abs(formula(x, y)) * 100 * one - abs(z)) <= slack:
                holds.append(i)
                bits += max(0.0, log2(max(abs(z), 1) / slack) - 1)
            elif len(usable) < 8 or len(holds) < i / 2:
                break
        if bits >= _ENOUGH and len(holds) >= 0.9 * len(usable):
            covered = frozenset((i, j) for i in holds for j in triple)
            return Across(kind="percent", columns=triple, covered=covered, broken=(), bits=bits)
    return None


def _relate_whole(values: Sequence[Row], ulps: Sequence[int]) -> Across | None:
    """The last column is the sum of all the others, row for row."""
    last = len(ulps) - 1
    holds, fails, bits = [], [], -2.0
    for i, row in enumerate(values):
        whole, parts = row[last], [v for v in row[:last] if v is not None]
        if whole is None or len(parts) < 2 or not (whole or any(parts)):
            continue
        slack = max(1, len(parts) // 3) * max(ulps)
        if abs(sum(parts) - whole) <= slack:
            holds.append(i)
            bits += max(0.0, log2(max(abs(whole), 1) / slack))
        else:
            fails.append(((i, last), sum(parts)))
    if bits < _ENOUGH or len(fails) > (1 - _MOST) * (len(holds) + len(fails)):
        return None
    covered = frozenset((i, j) for i in holds for j in range(last + 1) if values[i][j] is not None)
    return Across(
        kind="whole",
        columns=tuple(range(last + 1)),
        covered=covered,
        broken=tuple(fails),
        bits=bits,
    )
