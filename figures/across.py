"""Relations between the columns of a table: A − B = avvik, A + B = sum, the change in percent.

Numbers come as integers in units of the last printed decimal, with each column's own last decimal
beside. A relation must hold in nearly every row; the rows where it does not are told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2
from typing import Literal

Row = Sequence[int | None]
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


def relate_columns(values: Sequence[Row], ulps: Sequence[int]) -> list[Across]:
    """Every relation between columns that holds; `ulps` is the worth of each one's last decimal."""
    width = len(ulps)
    found: list[Across] = []
    if 3 <= width <= _WIDEST:
        for triple in combinations(range(width), 3):
            relation = _relate_three(values, ulps, triple)
            if relation:
                found.append(relation)
    if width >= 4 and (whole := _relate_whole(values, ulps)):
        found.append(whole)
    return found


def _relate_three(
    values: Sequence[Row], ulps: Sequence[int], triple: tuple[int, int, int]
) -> Across | None:
    a, b, c = triple
    rows = [
        (i, x, y, z)
        for i, row in enumerate(values)
        if (x := row[a]) is not None
        and (y := row[b]) is not None
        and (z := row[c]) is not None
        and (x or y)
    ]
    if not rows or not any(z for *_, z in rows):
        return None
    slack = max(1, (ulps[a] + ulps[b] + ulps[c]) // 2)
    best: Across | None = None
    for first, second in ((1, -1), (-1, 1), (1, 1)):
        expected = [first * x + second * y for _, x, y, _ in rows]
        relation = _weigh(rows, expected, slack, triple, ulps, signs=(first, second))
        if relation and (best is None or relation.bits > best.bits):
            best = relation
    if best is None:
        sized = [abs(x - y) if z >= 0 else -abs(x - y) for _, x, y, z in rows]
        best = _weigh(rows, sized, slack, triple, ulps, signs=())
    return best or _relate_percent(rows, triple, ulps)


def _weigh(
    rows: list[tuple[int, int, int, int]],
    expected: list[int],
    slack: int,
    triple: tuple[int, int, int],
    ulps: Sequence[int],
    *,
    signs: tuple[int, ...],
) -> Across | None:
    """The relation, if nearly all rows agree and that could not be chance."""
    allowed = max(1, int(len(rows) * (1 - _MOST)))
    holds, fails, bits = [], [], -5.0
    for (i, x, y, z), want in zip(rows, expected, strict=True):
        if abs(z - want) <= slack:
            holds.append(i)
            if x and y and z:
                bits += max(0.0, log2(min(abs(z), abs(x), abs(y)) / slack))
                bits += 0.0 if signs else -1.0
        else:
            fails.append(((i, triple[2]), want))
            if len(fails) > allowed:
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
    rows: list[tuple[int, int, int, int]], triple: tuple[int, int, int], ulps: Sequence[int]
) -> Across | None:
    a, b, c = triple
    unit = max(ulps)  # what a printed 1 is worth, at least, so that 100 means percent
    usable = [(i, x, y, z) for i, x, y, z in rows if x and y]
    if len(usable) < 2 or unit < 1:
        return None
    for formula in _PERCENTS:
        holds, bits = [], -5.0
        for i, x, y, z in usable:
            value = formula(x, y) * 100 * _one(ulps)
            slack = ulps[c] * 0.51 + 100 * _one(ulps) * (ulps[a] / abs(y) + ulps[b] / abs(x))
            if abs(value - z) > slack:
                break
            holds.append(i)
            bits += max(0.0, log2(max(abs(z), 1) / slack)) if z else 0.0
        else:
            if bits >= _ENOUGH:
                return Across(
                    kind="percent",
                    columns=triple,
                    covered=frozenset((i, j) for i in holds for j in triple),
                    broken=(),
                    bits=bits,
                )
    return None


def _relate_whole(values: Sequence[Row], ulps: Sequence[int]) -> Across | None:
    return None


def _one(ulps: Sequence[int]) -> int:
    return 1
