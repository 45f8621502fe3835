"""Which row, place, month or year has most, or least, and how much that is."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from answer.calculate.beside import Held, held, ranked
from answer.calculate.budgets import Kept, against_budget
from answer.calculate.comparisons import LEAST
from answer.calculate.holding import (
    about_row,
    asks_for_places,
    names_its_rows,
    number_said,
    read_holding,
)
from answer.calculate.operands import to_operand
from answer.calculate.tables import (
    MIN_ROWS,
    MIN_TABLE,
    Named,
    best_table,
    of_named_group,
    periods,
    places_asked_about,
    rows_beside,
    without_left_out,
)  # fmt: skip
from answer.citing import cite_cell
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Figure, Language, Point, Scope, Series
from answer.texts import plain_label
from answer.verdict.claims import better
from figures.calculate import difference, growth
from figures.errors import Incomparable
from figures.places import find_municipalities
from figures.wording import format_number
from indexer.index import Index
from indexer.tokens import keys_of
from retriever.cells import FoundCell, find_cells
from retriever.fit import place_of_column, unit_fit
from retriever.understand import Query

SHOWN = 12  # rows in a series

MIN_PLACES = 3  # columns that make a table one that compares municipalities
AS_LIKELY = 0.1  # a row that fits nearly as well may be the one meant

_SEVERAL = re.compile(
    r"\b(?:asss\w*|\w*snitt\w*|land\w*|kostra\w*|\w*gruppe\w*|sum\w*|total\w*|fylk\w*|i alt"
    r"|average|norge|noreg)\b",
    re.IGNORECASE,
)
_SPENDING = re.compile(
    r"\b(?:korrigerte|korrigert|netto|brutto|samlede|samla|\w*driftsutgift\w*|utgift(?:er)?"
    r"|kostnad(?:er)?|per|pr\.?|kr(?:oner)?|i)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(r"\b(?:hvilken måned|kva månad|which month|what month)", re.IGNORECASE)
_YEAR = re.compile(
    r"\b(?:(?:hvilket|kva|which|what) (?:år|year)|hvilket av årene|kva for eit år)\b", re.IGNORECASE
)
_PERCENT = re.compile(r"\b(?:prosent(?!poeng)\w*|relativt|percent|per cent)\b|%", re.IGNORECASE)
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
    "rose": {
        "nb": "{name}, opp {by}: fra {old} til {new} [1].",
        "nn": "{name}, opp {by}: frå {old} til {new} [1].",
        "en": "{name}, up {by}: from {old} to {new} [1].",
    },
    "fell": {
        "nb": "{name}, ned {by}: fra {old} til {new} [1].",
        "nn": "{name}, ned {by}: frå {old} til {new} [1].",
        "en": "{name}, down {by}: from {old} to {new} [1].",
    },
    "in": {"nb": " i {}", "nn": " i {}", "en": " in {}"},
}  # fmt: skip


def answer_extreme(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """The row, place, month or year that has most, or least; None where that cannot be told."""
    if kept := against_budget(index, query):
        return _furthest(index, query, scope, kept)
    if changed := answer_changed_most(index, query, evidence, scope):
        return changed
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


def answer_changed_most(
    index: Index, query: Query, _evidence: Evidence, scope: Scope
) -> Answer | None:
    """The row that rose or fell most between two years' columns, in amount or in percent."""
    holding = read_holding(index, query)
    if holding is None or holding.kind != "years":
        return None
    rows = held(index, query, holding)
    if any(cell.base_value < 0 for row in rows for cell in (row.one, row.other)):
        return None  # a cost with a minus grows downwards
    language = query.language
    in_percent = bool(_PERCENT.search(query.question))
    if in_percent:
        rows = [row for row in rows if row.other.base_value]
    moved = sorted(rows, key=lambda row: _moved(row, in_percent=in_percent), reverse=True)
    if LEAST.search(query.question) and all(row.counts for row in moved):
        moved.reverse()
    elif LEAST.search(query.question):
        return None
    if len(moved) < MIN_ROWS or not moved[0].counts:
        return None
    best = moved[0]
    if _moved(best, in_percent=in_percent) == _moved(moved[1], in_percent=in_percent):
        return None
    new, old = to_operand(index, best.one), to_operand(index, best.other)
    try:
        result = growth(old, new, language) if in_percent else difference(new, old, language)
    except Incomparable:
        return None
    text = format_number(abs(result.value), result.unit, language)
    said = _WORDS["rose" if new.value > old.value else "fell"][language].format(
        name=best.name,
        by=text,
        old=format_number(old.value, old.unit, language),
        new=format_number(new.value, new.unit, language),
    )
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=said,
        figure=Figure(base_value=abs(result.value), base_unit=result.unit, text=text),
        calculation=Calculation(
            expression=result.expression, result=text, steps=result.steps, operands=(1, 2)
        ),
        citations=(cite_cell(index, best.one, 1), cite_cell(index, best.other, 2)),
        scope=scope,
    )


def _moved(row: Held, *, in_percent: bool) -> Decimal:
    return row.by / row.other.base_value if in_percent else row.by


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
    if asks_for_places(query.question) and len(query.places) < MIN_ROWS:
        return _places_in_a_row(index, query) or _rows_of_places(index, query)
    cells = _changes(index, query)
    if not cells and read_holding(index, query):
        return []  # what changed most is not what is highest
    if not cells and names_its_rows(query.question) and (named := ranked(index, query)):
        return named
    cells = cells or best_table(index, query)
    if not cells:
        return ranked(index, query)
    if places := places_asked_about(index, cells[0], query):
        return places
    rows = rows_beside(of_named_group(cells, query))
    if len(rows) < MIN_ROWS:
        return ranked(index, query)
    kept = without_left_out(rows, query.question)
    if len(kept) != len(rows):
        return kept or ranked(index, query)
    if len(query.places) > 1:  # which of them, not which of all
        asked = [place.lower() for place in query.places]
        rows = [(n, c) for n, c in rows if any(name in n.lower() for name in asked)]
    return rows


def _places_in_a_row(index: Index, query: Query) -> list[Named]:
    """Municipalities beside each other in a table, by the row that is surely asked for."""
    about = replace(query, subject=about_row(query), elsewhere=())
    best: dict[tuple[str, str, str], FoundCell] = {}
    for cell in find_cells(index, about, limit=80):
        own = index.document(cell.table.doc)["municipality"]
        if len(_columns_of_places(cell, own)) >= MIN_PLACES:
            best.setdefault((cell.table.id, cell.row.group, cell.row.label), cell)
    rows = list(best.values())
    if (
        query.asked.flow == "out"
        and len(whole := [one for one in rows if _all_spent(one, about)]) == 1
    ):
        rows = whole
    elif not rows or rows[0].score < MIN_TABLE:
        return []
    first = rows[0]
    if any(other.score > first.score - AS_LIKELY for other in rows[1:]):
        return []
    places = _columns_of_places(first, index.document(first.table.doc)["municipality"])
    if number_said(query.question) not in (0, len(places)):
        return []
    return without_left_out(places, query.question)


def _all_spent(found: FoundCell, query: Query) -> bool:
    """Whether a row is all that was spent on what is asked about, and not on a part of it."""
    label = found.row.label
    rest = keys_of(_SPENDING.sub(" ", label))
    asked = keys_of(query.subject)
    return bool(_SPENDING.search(label)) and bool(rest) and rest <= asked


def _columns_of_places(first: FoundCell, own: str) -> list[Named]:
    """The cells of a row that are each a municipality's, of one year; means and sums are none."""
    found: dict[str, FoundCell] = {}
    for position, (cell, column) in enumerate(
        zip(first.row.cells, first.table.columns, strict=False)
    ):
        place = place_of_column(first.table, column, own)
        name = column.place or place.title() or own
        mine = not place and (own in column.name or column.measure == "value")
        if (
            cell is None
            or cell.base_value is None
            or not (place or mine)
            or _SEVERAL.search(f"{column.name} {place}")
        ):
            continue
        before = found.get(name)
        if before is None or (before.column.year or 0) < (column.year or 0):
            found[name] = replace(first, position=position, year=column.year)
    newest = max((cell.column.year or 0 for cell in found.values()), default=0)
    return [(name, cell) for name, cell in found.items() if (cell.column.year or 0) == newest]


def _rows_of_places(index: Index, query: Query) -> list[Named]:
    """The same in a table with a row for each."""
    cells = best_table(index, query)
    rows = rows_beside(cells[0]) if cells else []
    places = [one for one in rows if find_municipalities(one[0])]
    return without_left_out(places, query.question) if len(places) * 2 > len(rows) else []


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
