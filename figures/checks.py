"""A table's numbers -> whether they agree with each other. No labels, no units: only arithmetic.

Two kinds of relation are searched for. Down a column: a row is the sum (or a difference) of rows
above or below it, in every column at once. Across: a column is the difference, the sum or the
percentage of two others, in every row. A relation counts only with enough evidence: what would
often hold by chance, such as 1 + 2 = 3 once, proves nothing. A table is verified only when a
relation that holds runs through every one of its numbers: a wrong one could hide among the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from figures.across import Across, relate_columns
from figures.cells import Trust
from figures.down import Down, relate_hundreds, relate_rows
from figures.numbers import Number
from figures.wording import format_digits

# Bits of evidence: how unlikely it is that everything found would hold among random numbers.
_PROOF = 14.0
# More broken relations than this and it is our reading, not a slip in the report.
_BROKEN = 0.2
# A named sum that misses its lines by less than this share was meant to be their sum.
_NEAR_MISS = 0.05

Cell = tuple[int, int]
Values = tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was recomputed, and what that says of the table."""

    trust: Trust
    reasons: tuple[str, ...]
    totals: tuple[bool, ...]  # for each row: it is the sum of others
    doubts: tuple[str, ...]  # for each row: why its numbers do not agree, or empty
    across: tuple[Across, ...] = ()  # which columns are made of which


def check_table(
    rows: Sequence[Sequence[Number | None]],
    *,
    named_sums: Sequence[bool] = (),
    skip: frozenset[int] = frozenset(),
) -> Check:
    """Recompute whatever can be recomputed; columns in `skip` (years) take no part.

    >>> from figures.numbers import parse_number
    >>> rows = [["1 204", "1 190", "14"], ["3 377", "3 390", "-13"], ["2 210", "2 300", "-90"],
    ...         ["6 791", "6 880", "-89"]]
    >>> check = check_table([[parse_number(text) for text in row] for row in rows])
    >>> check.trust, check.totals
    ('verified', (False, False, False, True))
    """
    values, ulps, one = _as_integers(rows, skip)
    down = relate_rows(values, ulps, named_sums) + relate_hundreds(values, ulps, one)
    across = relate_columns(values, ulps, one)
    relations: list[Down | Across] = [*down, *across]
    covered = {cell for relation in relations for cell in relation.covered}
    broken: dict[Cell, int] = {c: want for r in relations for c, want in r.broken}
    summed = {relation.total for relation in down}
    totals = tuple(i in summed for i in range(len(rows)))
    missed = _missed_sums(values, ulps, totals, named_sums)
    doubts = _doubts(values, {**missed, **broken}, one)
    filled = {(i, j) for i, row in enumerate(values) for j, v in enumerate(row) if v}
    bits = sum(relation.bits for relation in relations)
    trust: Trust = "plain"
    if _mostly_broken(down) or any(_mostly_broken([relation]) for relation in across):
        trust = "doubtful"
    elif filled and bits >= _PROOF and not any(doubts):
        trust = "verified" if filled <= covered else "plain"
    return Check(
        trust=trust,
        reasons=_reasons(down, across, len(broken) + len(missed)),
        totals=totals,
        doubts=doubts,
        across=tuple(across),
    )


def _mostly_broken(relations: Sequence[Down | Across]) -> bool:
    """Too much does not agree for it to be a slip or two in the report."""
    broken = sum(len(relation.broken) for relation in relations)
    return broken > max(2, _BROKEN * sum(relation.tested for relation in relations))


def _as_integers(
    rows: Sequence[Sequence[Number | None]], skip: frozenset[int]
) -> tuple[Values, tuple[int, ...], int]:
    """All values in units of the finest printed decimal; each column's own; what a 1 is worth."""
    width = max((len(row) for row in rows), default=0)
    own = [0] * width
    for row in rows:
        for j, number in enumerate(row):
            if number is not None and number.decimals > own[j]:
                own[j] = min(number.decimals, 6)
    places = max(own, default=0)
    factor = Decimal(10) ** places
    values = tuple(
        tuple(
            None if n is None or n.bound or j in skip else int(n.value * factor)
            for j, n in enumerate(row)
        )
        + (None,) * (width - len(row))
        for row in rows
    )
    return values, tuple(10 ** (places - p) for p in own), 10**places


def _missed_sums(
    values: Values, ulps: Sequence[int], totals: tuple[bool, ...], named: Sequence[bool]
) -> dict[Cell, int]:
    """Rows that call themselves a sum and nearly are: the lines since the sum before them."""
    missed: dict[Cell, int] = {}
    since = 0
    for row, is_named in enumerate(named):
        if is_named and not totals[row] and row - since >= 3:
            for j, printed in enumerate(values[row]):
                lines = [v for line in values[since:row] if (v := line[j])]
                if not printed or len(lines) < 3 or min(lines) <= printed <= max(lines):
                    continue  # an average lies among its lines
                if 5 * ulps[j] < abs(sum(lines) - printed) <= _NEAR_MISS * abs(printed):
                    missed[row, j] = sum(lines)
        if is_named or totals[row]:
            since = row + 1
    return missed


def _doubts(values: Values, broken: dict[Cell, int], one: int) -> tuple[str, ...]:
    doubts = [""] * len(values)
    for (row, column), want in broken.items():
        printed = values[row][column] or 0
        doubts[row] = doubts[row] or (f"regnet ut: {_say(want, one)}, trykt: {_say(printed, one)}")
    return tuple(doubts)


def _say(value: int, one: int) -> str:
    return format_digits((Decimal(value) / one).normalize())


def _reasons(down: Sequence[Down], across: Sequence[Across], broken: int) -> tuple[str, ...]:
    reasons = []
    if down:
        reasons.append(f"{len(down)} {'summer' if len(down) > 1 else 'sum'} regnet etter")
    for relation in across:
        *parts, last = (str(j + 1) for j in relation.columns)
        kind = "prosent" if relation.kind == "percent" else "sum eller differanse"
        reasons.append(f"kolonne {', '.join(parts)} og {last} stemmer med hverandre ({kind})")
    if broken:
        reasons.append(f"{broken} tall stemmer ikke med de andre")
    return tuple(reasons)
