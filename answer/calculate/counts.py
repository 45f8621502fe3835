"""How many rows, months or years are over or under a limit, a budget or a mean.

All that was looked at stands in the steps, so that a person can see what was counted and what not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from answer.calculate.beside import held, in_column, names_rows_of
from answer.calculate.budgets import against_budget
from answer.calculate.holding import asks_for_rows, names_its_rows, read_holding
from answer.calculate.operands import to_operand, with_unit
from answer.calculate.tables import (
    MIN_ROWS,
    Named,
    best_table,
    of_named_group,
    periods,
    rows_beside,
)
from answer.citing import cite_cell
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Figure, Language, Scope
from answer.texts import listed
from answer.verdict.claims import Limit, read_claim
from answer.verdict.limits import holds
from figures.wording import format_number
from indexer.index import Index
from retriever.cells import FoundCell
from retriever.understand import Query

SHOWN = 40  # rows named in an answer

_BUDGET = re.compile(r"budsjett|budget|\bramm[ea]\w*\b|forbruk|spen[dt]|sprakk", re.IGNORECASE)
_HOW_MANY = re.compile(r"\b(?:(?:hvor|kor) mange|how many)\b", re.IGNORECASE)
_PERIODS = re.compile(
    r"\b(?:måneder|månader|måneder|månedene|månadene|months|årene|åra|years|av de \w+ årene)\b",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"\b(?:måned|månad|month)\w*", re.IGNORECASE)
_WORDS: dict[str, dict[Language, str]] = {
    "count": {
        "nb": "{n} av {of}: {names} [1].", "nn": "{n} av {of}: {names} [1].",
        "en": "{n} of {of}: {names} [1].",
    },
    "none": {"nb": "Ingen av {of} [1].", "nn": "Ingen av {of} [1].", "en": "None of {of} [1]."},
    "names": {"nb": "{names} [1].", "nn": "{names} [1].", "en": "{names} [1]."},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One row or period that was looked at: what it is called, its step, and whether it counts."""

    name: str
    cell: FoundCell
    step: str
    chosen: bool


def answer_count(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """How many rows, months or years are on the side of a limit or a budget that is asked for."""
    limit = read_claim(query.question, query.subject).limit
    if _BUDGET.search(query.question) and (counted := _over_budget(index, query, limit)):
        return _say(index, query, scope, counted) if len(counted) >= MIN_ROWS else None
    if answer := answer_rows_held(index, query, evidence, scope):
        return answer
    counted = _against_limit(index, query, limit) if limit and limit.condition else []
    return _say(index, query, scope, counted) if len(counted) >= MIN_ROWS else None


def counts_rows(index: Index, query: Query) -> bool:
    """Whether rows of a table are to be counted, so that no single figure answers."""
    if not _HOW_MANY.search(query.question) or query.asked.unit != "antall":
        return False
    if _BUDGET.search(query.question) and against_budget(index, query):
        return True
    limit = read_claim(query.question, query.subject).limit
    if limit and limit.condition:
        return names_its_rows(query.question) or bool(in_column(index, _about(query, limit)))
    return read_holding(index, query) is not None


def answer_which_rows(
    index: Index, query: Query, _evidence: Evidence, scope: Scope
) -> Answer | None:
    """The rows that reached their goals or budgets, or are above another year's or place's column.

    Where one is asked for and several are on that side, all of them are named.
    """
    if _HOW_MANY.search(query.question) or not asks_for_rows(query.question):
        return None
    counted = _held(index, query)
    if not counted and _BUDGET.search(query.question):
        counted = _over_budget(index, query, None)
        if counted and names_its_rows(query.question):
            counted = counted if names_rows_of(index, query, counted[0].cell.table) else []
    limit = read_claim(query.question, query.subject).limit
    if not counted and limit and limit.condition:
        counted = _against_limit(index, query, limit, sure=True)
    if len(counted) < MIN_ROWS or not any(one.chosen for one in counted):
        return None
    return _say(index, query, scope, counted, names=True)


def answer_rows_held(
    index: Index, query: Query, _evidence: Evidence, scope: Scope
) -> Answer | None:
    """How many rows reached their goals, or are above or below another year's or place's column."""
    counted = _held(index, query) if _HOW_MANY.search(query.question) else []
    return _say(index, query, scope, counted) if counted else None


def _held(index: Index, query: Query) -> list[Counted]:
    holding = read_holding(index, query)
    counted = []
    for row in held(index, query, holding) if holding else []:
        one, other = to_operand(index, row.one), to_operand(index, row.other)
        a = format_number(one.value, one.unit, query.language)
        b = format_number(other.value, other.unit, query.language)
        step = f"{row.name}: {a} / {b}"
        counted.append(Counted(name=row.name, cell=row.one, step=step, chosen=row.counts))
    return counted


def _about(query: Query, limit: Limit) -> Query:
    """What is held against a limit, of the limit's unit."""
    subject = read_claim(query.question, query.subject).subject
    return with_unit(replace(query, subject=subject), limit.unit or query.asked.unit)


def _against_limit(
    index: Index, query: Query, limit: Limit, *, sure: bool = False
) -> list[Counted]:
    """The rows, months or years of one line whose figures are held against an amount.

    `sure` where only a table that is surely meant will do.
    """
    about = _about(query, limit)
    if _PERIODS.search(query.question):
        line: Sequence[Named] = periods(index, about, months=bool(_MONTHS.search(query.question)))
    else:
        line = in_column(index, about)
        if not line and not sure and (cells := best_table(index, about)):
            line = rows_beside(of_named_group(cells, about))
    counted = []
    for name, cell in line:
        operand = to_operand(index, cell)
        text = format_number(operand.value, operand.unit, query.language)
        chosen = holds(operand.value, limit)
        counted.append(Counted(name=name, cell=cell, step=f"{name}: {text}", chosen=chosen))
    return counted


def _over_budget(index: Index, query: Query, limit: Limit | None) -> list[Counted]:
    """The services that spent more, or less, than their budget."""
    counted = []
    for kept in against_budget(index, query):
        spent, planned = to_operand(index, kept.spent), to_operand(index, kept.planned)
        a = format_number(spent.value, spent.unit, query.language)
        b = format_number(planned.value, planned.unit, query.language)
        passed = limit is None or limit.unit != "kr" or _exceeds(kept.excess, limit)
        counted.append(
            Counted(
                name=kept.name,
                cell=kept.spent,
                step=f"{kept.name}: {a} / {b}",
                chosen=kept.counts and passed,
            )
        )
    return counted


def _exceeds(excess: Decimal, limit: Limit) -> bool:
    return excess >= limit.value if limit.condition == "at_least" else excess > limit.value


def _say(
    index: Index, query: Query, scope: Scope, counted: Sequence[Counted], *, names: bool = False
) -> Answer:
    chosen = [one for one in counted if one.chosen]
    n = str(len(chosen))
    sentence = _WORDS["names" if names else "count" if chosen else "none"][query.language].format(
        n=n, of=len(counted), names=listed([c.name for c in chosen[:SHOWN]], query.language)
    )
    citations = tuple(
        cite_cell(index, one.cell, i) for i, one in enumerate(chosen or counted[:1], start=1)
    )
    return Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer=sentence,
        figure=None
        if names
        else Figure(base_value=Decimal(len(chosen)), base_unit="antall", text=n),
        calculation=Calculation(
            expression=f"{n} av {len(counted)}",
            result=n,
            steps=tuple(one.step for one in counted),
            operands=tuple(citation.n for citation in citations),
        ),
        citations=citations,
        scope=scope,
    )
