"""A table's numbers -> whether they agree with each other. No labels, no units: only arithmetic.

Two kinds of relation are searched for. Down a column: a row is the sum (or a difference) of rows
above or below it, in every column at once. Across: a column is the difference, the sum or the
percentage of two others, in every row. A relation counts only with enough evidence: what would
often hold by chance, such as 1 + 2 = 3 once, proves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from figures.across import Across, relate_columns
from figures.cells import Trust
from figures.down import Down, relate_rows
from figures.numbers import Number

# A cell is covered when a relation that holds runs through it. Below this share of the cells, a
# wrong one could hide among those that nothing runs through.
_COVERED = 0.9
# Bits of evidence: how unlikely it is that everything found would hold among random numbers.
_PROOF = 24.0
# More broken relations than this and it is our reading, not a slip in the report.
_BROKEN = 0.2

Values = tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was recomputed, and what that says of the table."""

    trust: Trust
    reasons: tuple[str, ...] = ()
    totals: tuple[bool, ...]  # for each row: it is the sum of others
    doubts: tuple[str, ...]  # for each row: why its numbers do not agree, or empty
    across: tuple[Across, ...] = ()  # which columns are made of which


def check_table(
    rows: Sequence[Sequence[Number | None]],
    *,
    named_sums: Sequence[bool] = (),
    skip: frozenset[int] = frozenset(),
) -> Check:
    """Recompute whatever can be recomputed; columns in `skip` hold years and take no part.

    >>> from figures.numbers import parse_number
    >>> rows = [["1 204", "1 190", "14"], ["3 377", "3 390", "-13"], ["2 210", "2 300", "-90"],
    ...         ["6 791", "6 880", "-89"]]
    >>> check = check_table([[parse_number(text) for text in row] for row in rows])
    >>> check.trust, check.totals
    ('verified', (False, False, False, True))
    """
    values, places = _as_integers(rows, skip)
    down = relate_rows(values)
    across = relate_columns(values, places)
    numeric = {
        (i, j) for i, row in enumerate(values) for j, value in enumerate(row) if value is not None
    }
    covered = {cell for relation in (*down, *across) for cell in relation.covered}
    broken = {cell: why for relation in (*down, *across) for cell, why in relation.broken}
    bits = sum(relation.bits for relation in (*down, *across))
    totals = tuple(any(i == d.total for d in down) for i in range(len(rows)))
    missed = _missed_sums(values, totals, named_sums)
    doubts = tuple(
        next((why for (row, _), why in broken.items() if row == i), missed.get(i, ""))
        for i in range(len(rows))
    )
    tried = len(covered) + len(broken)
    trust: Trust = "plain"
    if broken and len(broken) > _BROKEN * tried and len(broken) > 2:
        trust = "doubtful"
    elif not broken and not missed and numeric and bits >= _PROOF:
        nonzero = {(i, j) for i, j in numeric if values[i][j]}
        if len(covered & nonzero) >= _COVERED * len(nonzero):
            trust = "verified"
    return Check(
        trust=trust,
        reasons=_reasons(down, across, broken),
        totals=totals,
        doubts=doubts,
        across=tuple(across),
    )


def _as_integers(
    rows: Sequence[Sequence[Number | None]], skip: frozenset[int]
) -> tuple[Values, tuple[int, ...]]:
    """Every value in units of its column's last printed decimal; the decimals of each column.

    Sums run down a column and differences across, so all columns share the finest unit.
    """
    places = max((n.decimals for row in rows for n in row if n), default=0)
    places = min(places, 6)
    width = max((len(row) for row in rows), default=0)
    factor = Decimal(10) ** places
    values = tuple(
        tuple(
            int(n.value * n.scale * factor) if n is not None and j not in skip and not n.bound else None
            for j, n in enumerate(row)
        )
        for row in rows
    )
    own = [
        max((row[j].decimals for row in rows if j < len(row) and row[j]), default=0)  # type: ignore[union-attr]
        for j in range(width)
    ]
    return values, tuple(10 ** (places - min(p, places)) for p in own)


def _missed_sums(
    values: Values, totals: tuple[bool, ...], named: Sequence[bool]
) -> dict[int, str]:
    return {}


def _reasons(down: Sequence[Down], across: Sequence[Across], broken: dict[tuple[int, int], str]) -> tuple[str, ...]:
    return ()
