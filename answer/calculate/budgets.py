"""The services of a municipality held against their budgets: who spent more, and how much."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from answer.calculate.beside import names_rows_of
from answer.calculate.operands import with_unit
from answer.calculate.tables import named_group, rows_beside, tables_by_fit, without_left_out
from figures.cells import Measure, Table
from indexer.index import Index
from retriever.cells import FoundCell
from retriever.understand import Query

_OVERSPENT = re.compile(
    r"\b(?:brukte|bruka|brukt|spent)\b.{0,60}\b(?:mer|meir|more)\b|\bmerforbruk|\bmeirforbruk|overspen"
    r"|\bsprakk\b|\boverskred|\boverskrid|\b(?:gikk|gjekk) over\b",
    re.IGNORECASE,
)
_OVERRUN = re.compile(r"\boverskrid\w+", re.IGNORECASE)
_UNDERSPENT = re.compile(
    r"\b(?:brukte|bruka|brukt|spent)\b.{0,60}\b(?:mindre|less)\b|\bmindreforbruk|underspen", re.I
)
# "holdt seg innenfor budsjettet", "klarte å holde ramma", "stayed within its budget"
_WITHIN = re.compile(
    r"\b(?:innenfor|innanfor|within)\b.{0,40}(?:budsjett|\bramm[ea]|budget)"
    r"|\b(?:hold[te]?|holdt|heldt?|halde|overholdt|overheldt|kept)\b.{0,30}"
    r"(?:budsjett|\bramm[ea]|budget)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One service: what it spent, what it was given, and by how much it passed that."""

    name: str
    spent: FoundCell
    planned: FoundCell
    excess: Decimal  # positive on the side that is asked about: spent too much, or too little
    counts: bool  # whether it is on that side; all that was given is still within it


def against_budget(index: Index, query: Query) -> list[Kept]:
    """The rows of the table of services that fits best; none where no such thing is asked."""
    over, under = _OVERSPENT.search(query.question), _UNDERSPENT.search(query.question)
    within = _WITHIN.search(query.question)
    if not (over or under or within):
        return []
    about = with_unit(query, "kr")
    if _OVERRUN.search(query.question):
        about = replace(about, asked=replace(about.asked, measure="deviation"))
    fitting = [
        (cells, columns["accounts"], columns["revised_budget"])
        for cells in tables_by_fit(index, about)
        if not _is_accounts(cells[0].table)
        and {"accounts", "revised_budget"}
        <= (columns := _columns(cells[0].table, query.asked.years)).keys()
    ]
    if not fitting:
        return []
    named = (one for one in fitting if names_rows_of(index, query, one[0][0].table))
    cells, accounts, budget = next(named, fitting[0])
    row = replace(cells[0].row, group=named_group(cells, query))
    kept = []
    for name, spent in rows_beside(replace(cells[0], position=accounts, row=row), any_unit=True):
        planned = spent.row.cells[budget] if budget < len(spent.row.cells) else None
        if planned is None or planned.base_value is None or spent.cell.base_value is None:
            continue
        excess = (spent.cell.base_value - planned.base_value) * (1 if over else -1)
        counts = excess > 0 or (excess == 0 and not (over or under))
        planned_cell = replace(spent, position=budget)
        kept.append(
            Kept(name=name, spent=spent, planned=planned_cell, excess=excess, counts=counts)
        )
    return [one for _, one in without_left_out([(one.name, one) for one in kept], query.question)]


def _columns(table: Table, years: Sequence[int]) -> dict[Measure, int]:
    """The first column of each kind; of two years' accounts that of the year asked about.

    Where no year is asked about, it is that of the budget they are held against.
    """
    first = {c.measure: c for c in reversed(table.columns)}
    budget = first.get("revised_budget")
    wanted: set[int | None] = set(years) or {budget.year if budget else None}
    found = list(enumerate(table.columns))
    found.sort(key=lambda one: one[1].year is not None and one[1].year not in wanted)
    return {c.measure: i for i, c in reversed(found)}


def _is_accounts(table: Table) -> bool:
    """Whether rows are kinds of income and cost, not services that have a budget to keep."""
    lines = sum(bool(row.line) for row in table.rows)
    return lines * 2 > len(table.rows)
