"""Which row, place, month or year has most, or least, and how much that is."""

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.budgets import Kept, against_budget
from answer.citing import cite_cell
from answer.claims import better
from answer.comparisons import LEAST
from answer.evidence import Evidence
from answer.operands import to_operand
from answer.records import Answer, Calculation, Figure, Language, Point, Scope, Series
from answer.tables import (
    MIN_ROWS,
    MIN_TABLE,
    Named,
    best_table,
    periods,
    places_asked_about,
    rows_beside,
)  # fmt: skip
from answer.texts import plain_label
from figures.calculate import difference
from figures.errors import Incomparable
from figures.wording import format_number
from indexer.index import Index
from retriever.cells import FoundCell, find_cells
from retriever.fit import unit_fit
from retriever.understand import Query

SHOWN = 12  # rows in a series

_MONTH = re.compile(r"\b(?:hvilken måned|kva månad|which month|what month)", re.IGNORECASE)
_YEAR = re.compile(
    r"\b(?:(?:hvilket|kva|which|what) (?:år|year)|hvilket av årene|kva for eit år)\b", re.IGNORECASE
)
_EXCEPT = re.compile(r"\b(?:utenom|utanom|unntatt|bortsett fra|except|other than)\b", re.IGNORECASE)
_GOOD = re.compile(r"\b(?:best\w*)\b", re.IGNORECASE)
_BAD = re.compile(r"\b(?:dårligst\w*|dårlegast\w*|verst\w*|worst)\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:økt\w*|økning\w*|auk\w*|vokst\w*|vekst|steg|grew|increase\w*|growth)\b", re.IGNORECASE
)
_FELL = re.compile(
    r"\b(?:kutt\w*|reduser\w*|redusert|reduksjon\w*|falt|fall|sank|gikk (?:mest )?ned|nedgang\w*"
    r"|minket|minka|cut|reduced|fell|decrease\w*|drop\w*)\b",
    re.IGNORECASE,
)
_WORDS: dict[str, dict[Language, str]] = {
    "extreme": {
        "nb": "{name}, med {value}{when} [1].", "nn": "{name}, med {value}{when} [1].",
        "en": "{name}, with {value}{when} [1].",
    },
    "in": {"nb": " i {}", "nn": " i {}", "en": " in {}"},
}  # fmt: skip


def answer_extreme(index: Index, query: Query, _evidence: Evidence, scope: Scope) -> Answer | None:
    """The row, place, month or year that has most, or least; None where that cannot be told."""
    if kept := against_budget(index, query):
        return _furthest(index, query, scope, kept)
    line = _line(index, query)
    if len(line) < MIN_ROWS:
        return None
    first = line[0][1]
    way = _way(query.question, f"{first.row.label} {first.table.title} {query.question}")
    if not way:
        return None
    ranked = sorted(line, key=lambda one: to_operand(index, one[1]).value * way, reverse=True)
    values = [to_operand(index, cell) for _, cell in ranked]
    if values[0].value == values[1].value:
        return None
    best, (name, cell) = values[0], ranked[0]
    text = format_number(best.value, best.unit, query.language)
    year = str(best.year) if best.year and cell.column.measure != "change" else ""
    when = _WORDS["in"][query.language].format(year) if year and year not in name else ""
    across = cell.row == ranked[-1][1].row
    return Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer=_WORDS["extreme"][query.language].format(name=name, value=text, when=when),
        figure=Figure(base_value=best.value, base_unit=best.unit, text=text),
        citations=(cite_cell(index, cell, 1),),
        scope=scope,
        series=Series(
            name=plain_label(cell.row.label) if across else cell.column.name,
            base_unit=best.unit,
            points=tuple(
                Point(label=label, base_value=value.value, citation=1)
                for (label, _), value in zip(ranked[:SHOWN], values, strict=False)
            ),
        ),
    )


def _furthest(index: Index, query: Query, scope: Scope, kept: Sequence[Kept]) -> Answer | None:
    """The service that passed its budget by most, or by least where that is asked."""
    passed = sorted((one for one in kept if one.excess > 0), key=lambda one: -one.excess)
    if not passed:
        return None
    best = passed[-1 if LEAST.search(query.question) else 0]
    spent, planned = to_operand(index, best.spent), to_operand(index, best.planned)
    try:
        result = difference(spent, planned, query.language)
    except Incomparable:
        return None
    text = format_number(best.excess, spent.unit, query.language)
    when = _WORDS["in"][query.language].format(spent.year) if spent.year else ""
    return Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer=_WORDS["extreme"][query.language].format(name=best.name, value=text, when=when),
        figure=Figure(base_value=best.excess, base_unit=spent.unit, text=text),
        calculation=Calculation(
            expression=result.expression, result=text, steps=result.steps, operands=(1, 2)
        ),
        citations=(cite_cell(index, best.spent, 1), cite_cell(index, best.planned, 2)),
        scope=scope,
    )


def _line(index: Index, query: Query) -> list[Named]:
    """The cells to rank, and what each is called."""
    months = bool(_MONTH.search(query.question))
    if months or _YEAR.search(query.question):
        return periods(index, query, months=months)
    cells = _changes(index, query) or best_table(index, query)
    if not cells:
        return []
    if places := places_asked_about(index, cells[0], query):
        return places
    rows = rows_beside(cells[0])
    if _EXCEPT.search(query.question):
        named = [place.lower() for place in query.places]
        rows = [(n, c) for n, c in rows if not any(name in n.lower() for name in named)]
    elif len(query.places) > 1:  # which of them, not which of all
        asked = [place.lower() for place in query.places]
        rows = [(n, c) for n, c in rows if any(name in n.lower() for name in asked)]
    return rows


def _changes(index: Index, query: Query) -> Sequence[FoundCell]:
    """The cells of a column of changes, where it is asked what changed most."""
    if not (_CHANGED.search(query.question) or _FELL.search(query.question)):
        return []
    asked = replace(query.asked, measure="change", years=())
    cells = [
        cell
        for cell in find_cells(index, replace(query, asked=asked), limit=80)
        if cell.column.measure == "change" and unit_fit(query.asked.unit, cell.cell.unit) != "wrong"
    ]
    return cells if cells and cells[0].score >= MIN_TABLE else []


def _way(question: str, about: str) -> int:
    """1 where the largest is asked for, -1 for the smallest, 0 where nobody can tell."""
    good, bad = bool(_GOOD.search(question)), bool(_BAD.search(question))
    if good != bad:
        return better(about) * (1 if good else -1)
    least = bool(LEAST.search(question)) != bool(_FELL.search(question))
    return -1 if least else 1
