"""Sums down the columns of a table: which rows are sums or differences of which others.

Numbers come as integers in units of the last printed decimal. A row is tried against the rows that
no sum has taken yet, nearest first, so sums of sums are found too. Totals may stand below their
lines (accounts) or above them (balance sheets).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, product
from math import log2

Row = Sequence[int | None]
Cell = tuple[int, int]

# Bits of evidence before a relation is believed at all; more where one column contradicts it.
_ENOUGH = 10.0
_ENOUGH_AGAINST = 16.0
_WIDEST = 5  # last decimals that a sum of many rounded numbers may be off
_REACH = 150  # rows above that a sum may reach over
NO_ROW = -1
_MOST_OPEN = 12  # a result stands near its incomes and expenses, not below a long list
_SIGNS = {n: list(product((1, -1), repeat=n)) for n in (2, 3, 4)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Down:
    """Row `total` is the sum of `lines`, each times its sign, in the columns of `covered`."""

    total: int
    lines: tuple[tuple[int, int], ...]  # row, and 1 or -1
    covered: frozenset[Cell]
    broken: tuple[tuple[Cell, int], ...]  # a total that is not, and what its lines add up to
    bits: float

    @property
    def tested(self) -> int:
        """In how many columns it was tried."""
        return len({column for _, column in self.covered}) + len(self.broken)


def relate_rows(
    values: Sequence[Row], ulps: Sequence[int], named: Sequence[bool] = ()
) -> list[Down]:
    """Every sum that holds, with the columns in which it does not; `named` rows say they are sums.

    `ulps` is the worth of each column's last printed decimal.

    >>> [sum.total for sum in relate_rows([[1204], [3377], [2210], [6791]], ulps=[1])]
    [3]
    """
    named = named or [False] * len(values)
    below = _climb(values, ulps, range(len(values)), named)
    if not all(map(_is_plain, below)):
        below = max(below, _sums_then_results(values, ulps, named), key=_reach)
    plain = {relation.total for relation in below if _is_plain(relation)}
    backwards = range(len(values) - 1, -1, -1)
    above = _climb(values, ulps, backwards, [False] * len(values))
    above = [r for r in above if _is_plain(r) and r.total not in plain]
    # "a = b + c + d" read from below is "d = a − b − c": the sum is what was meant
    sums = {_rows_of(relation) for relation in above}
    below = [r for r in below if _is_plain(r) or _rows_of(r) not in sums]
    known = {relation.total for relation in below}
    lines = {row for relation in below for row, _ in relation.lines}
    above = [r for r in above if r.total not in known and not known & {row for row, _ in r.lines}]
    above = [r for r in above if r.total not in lines or not any(x in lines for x, _ in r.lines)]
    return _without_other_columns(below + above)


def relate_hundreds(values: Sequence[Row], ulps: Sequence[int], one: int) -> list[Down]:
    """Columns of shares that add up to 100; their total is not printed.

    >>> len(relate_hundreds([[502], [301], [197]], ulps=[1], one=10))
    1
    """
    found = []
    for j, ulp in enumerate(ulps):
        parts = [(i, v) for i, row in enumerate(values) if (v := row[j]) is not None]
        off = abs(sum(v for _, v in parts) - 100 * one)
        if len(parts) < 3 or min(v for _, v in parts) < 0 or off > _slack(len(parts)) * ulp:
            continue
        found.append(
            Down(
                total=NO_ROW,
                lines=tuple((i, 1) for i, _ in parts),
                covered=frozenset((i, j) for i, _ in parts),
                broken=(),
                bits=log2(100 * one / (off + 0.5 * ulp)),
            )
        )
    return found


def _rows_of(relation: Down) -> frozenset[int]:
    return frozenset((relation.total, *(row for row, _ in relation.lines)))


def _is_plain(relation: Down) -> bool:
    return all(sign == 1 for _, sign in relation.lines)


def _reach(relations: list[Down]) -> int:
    return len({cell for relation in relations for cell in relation.covered})


def _sums_then_results(
    values: Sequence[Row], ulps: Sequence[int], named: Sequence[bool]
) -> list[Down]:
    """Sums first, and differences only between rows that are no sum's lines.

    In a balance sheet the last debt is the assets less all the rest, which is no result.
    """
    sums = _climb(values, ulps, range(len(values)), named, signed=False)
    lines = {row for relation in sums for row, _ in relation.lines}
    totals = {relation.total for relation in sums}
    found, open_rows = [], list[int]()
    for row in range(len(values)):
        relation = None if row in totals else _signed_sum(values, ulps, open_rows, row)
        if relation:
            found.append(relation)
            taken = {line for line, _ in relation.lines}
            open_rows = [line for line in open_rows if line not in taken]
        if row not in lines:
            open_rows.append(row)
    return sums + found


def _climb(
    values: Sequence[Row],
    ulps: Sequence[int],
    order: Iterable[int],
    named: Sequence[bool],
    *,
    signed: bool = True,
) -> list[Down]:
    found = []
    open_rows: list[int] = []  # what no sum has taken yet, the nearest last
    for row in order:
        if all(value is None for value in values[row]):
            continue
        relation = _plain_sum(values, ulps, open_rows, row, named[row])
        if relation is None and signed:
            relation = _signed_sum(values, ulps, open_rows, row)
        if relation:
            found.append(relation)
            taken = {line for line, _ in relation.lines}
            open_rows = [line for line in open_rows if line not in taken]
        open_rows.append(row)
    return found


def _plain_sum(
    values: Sequence[Row], ulps: Sequence[int], open_rows: list[int], row: int, named: bool
) -> Down | None:
    columns = [j for j, value in enumerate(values[row]) if value is not None]
    filled = [j for j in columns if values[row][j]]
    if not filled or len(open_rows) < 2:
        return None
    nearest_first = open_rows[: -_REACH - 1 : -1]
    counts: set[int] = set()
    for j in filled[:2]:
        target, slack = values[row][j] or 0, _WIDEST * ulps[j]
        low, high = target - slack, target + slack
        sums_so_far = accumulate([values[r][j] or 0 for r in nearest_first])
        counts.update([n for n, total in enumerate(sums_so_far, 1) if low <= total <= high])
    best: Down | None = None
    for count in sorted(counts):
        chosen = open_rows[-count:]
        terms = sum(any(values[r][j] for j in columns) for r in chosen)
        if terms < 2:
            continue
        lines = tuple((r, 1) for r in chosen)
        sums = {j: sum(values[r][j] or 0 for r in chosen) for j in columns}
        tries = 0 if named else len(open_rows)
        relation = _judge(values, ulps, row, lines, sums, _slack(terms), tries)
        if relation and (best is None or len(relation.broken) < len(best.broken)):
            best = relation
            if not best.broken:
                break
    return best


def _signed_sum(
    values: Sequence[Row], ulps: Sequence[int], open_rows: list[int], row: int
) -> Down | None:
    """ "Inntekter − utgifter = resultat": two to four open rows, some of them taken away."""
    probe = next((j for j, value in enumerate(values[row]) if value), None)
    if probe is None or not 2 <= len(open_rows) <= _MOST_OPEN:
        return None
    columns = [j for j, value in enumerate(values[row]) if value is not None]
    target, slack = values[row][probe] or 0, 2 * ulps[probe]
    low, high = target - slack, target + slack
    nearest = values[open_rows[-1]][probe] or 0
    results = [nearest, -nearest]  # of every choice of signs, in the order of _SIGNS
    for count in range(2, min(4, len(open_rows)) + 1):
        chosen = open_rows[-count:]
        first = values[chosen[0]][probe] or 0
        results = [first + rest for rest in results] + [rest - first for rest in results]
        fitting = [nth for nth, result in enumerate(results) if low <= result <= high]
        for nth in fitting:
            if nth == 0:  # takes nothing away
                continue
            lines = tuple(zip(chosen, _SIGNS[count][nth], strict=True))
            sums = {j: sum(s * (values[r][j] or 0) for r, s in lines) for j in columns}
            relation = _judge(values, ulps, row, lines, sums, _slack(count), 8 * count)
            if relation and not relation.broken:
                return relation
    return None


def _judge(
    values: Sequence[Row],
    ulps: Sequence[int],
    row: int,
    lines: tuple[tuple[int, int], ...],
    sums: dict[int, int],
    slack: int,
    tries: int,
) -> Down | None:
    """The relation with its evidence, or None where there is too little of it."""
    bits, holds, fails = -log2(tries + 1), [], []
    for j, total in sums.items():
        printed = values[row][j] or 0
        if not _near(total, printed, slack * ulps[j]):
            fails.append(j)
        elif printed or total:
            holds.append(j)
            parts = [abs(values[r][j] or 0) for r, _ in lines]
            if sum(map(bool, parts)) > 1:  # 7 = 7 + 0 says little
                bits += max(
                    0.0, log2(max(abs(printed), *parts) / (abs(total - printed) + 0.5 * ulps[j]))
                )
    if fails and (2 * len(fails) > len(holds) or bits < _ENOUGH_AGAINST):
        return None
    if bits < _ENOUGH:
        return None
    rows = [row, *(r for r, _ in lines)]
    good = [j for j in sums if j not in fails]
    return Down(
        total=row,
        lines=lines,
        covered=frozenset((r, j) for r in rows for j in good if values[r][j] is not None),
        broken=tuple(((row, j), sums[j]) for j in fails),
        bits=bits,
    )


def _without_other_columns(relations: list[Down]) -> list[Down]:
    """A column of shares or averages never adds up, which breaks nothing."""
    holds: dict[int, int] = {}
    fails: dict[int, int] = {}
    for relation in relations:
        for (_, j), _ in relation.broken:
            fails[j] = fails.get(j, 0) + 1
        for j in {j for _, j in relation.covered}:
            holds[j] = holds.get(j, 0) + 1
    other = {j for j in fails if fails[j] >= holds.get(j, 0)}
    return [
        replace(r, broken=tuple(b for b in r.broken if b[0][1] not in other)) for r in relations
    ]


def _slack(terms: int) -> int:
    """How far a sum of rounded numbers may be off, in units of the last decimal."""
    return max(1, min(_WIDEST, terms // 2))


def _near(one: int, other: int | None, slack: int) -> bool:
    return other is not None and abs(one - other) <= slack
