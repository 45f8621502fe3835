"""A table's figure held against its goal, its budget or nought → a verdict.

What is not found surely, stands in a doubtful table or may be read both ways gives None.
"""

from dataclasses import replace

from answer.calculate.operands import to_operand
from answer.citing import cite_cell
from answer.records import Language
from answer.values import say_cell
from answer.verdict.claims import Claim, better, poles, says, side
from answer.verdict.limits import holds
from answer.verdict.verdicts import Verdict, best_of
from figures.cells import Measure
from figures.wording import format_number
from indexer.index import Index
from indexer.tokens import tokens
from retriever.cells import FoundCell, find_cells
from retriever.terms import coverage
from retriever.understand import Query
from retriever.vocabulary import query_words

MIN_GOAL = 0.8  # of a row, below which it is not the goal that is meant
MIN_BUDGET = 0.7
MIN_NAMED = 0.5  # of the question that a row with a goal must name
MIN_RESULT = 0.7
AS_GOOD = 0.15  # rows with a goal that fit nearly as well must say the same

_RESULTS: frozenset[Measure] = frozenset({"result", "accounts", "value"})
_WORDS: dict[str, dict[Language, str]] = {
    "goal": {
        "nb": "{what} var {actual}{when}, og målet var {goal} [1].",
        "nn": "{what} var {actual}{when}, og målet var {goal} [1].",
        "en": "{what} was {actual}{when}, and the target was {goal} [1].",
    },
    "budget": {
        "nb": "{what} var {actual}{when}, og budsjettet var {goal} [1].",
        "nn": "{what} var {actual}{when}, og budsjettet var {goal} [1].",
        "en": "{what} was {actual}{when}, and the budget was {goal} [1].",
    },
    "in": {"nb": " i {}", "nn": " i {}", "en": " in {}"},
    "surplus": {"nb": "overskudd", "nn": "overskot", "en": "surplus"},
    "deficit": {"nb": "underskudd", "nn": "underskot", "en": "deficit"},
    "result": {
        "nb": "{what} var et {which} på {value}{when} [1].",
        "nn": "{what} var eit {which} på {value}{when} [1].",
        "en": "{what} was a {which} of {value}{when} [1].",
    },
}  # fmt: skip


def against_goal(index: Index, query: Query, claim: Claim) -> Verdict | None:
    """A row that has both the goal and the result, or says itself whether it was reached."""
    if claim.some or claim.every:
        return None
    verdicts = []
    for found in _rows(index, query, claim, minimum=MIN_GOAL):
        goal, result = _only(found, frozenset({"target"})), _only(found, _RESULTS)
        if result is None or not _names(index, claim.subject, found):
            continue
        reached = None if claim.passed else _status(found)
        if reached is None and goal:
            reached = _reached(claim, result, goal)
        if reached is None:
            continue
        why = _compared(index, query, "goal", result, goal)
        citations = (cite_cell(index, result, 1),)
        verdicts.append((found.score, Verdict(yes=reached, why=why, citations=citations)))
    return best_of(verdicts, near=AS_GOOD)


def _reached(claim: Claim, result: FoundCell, goal: FoundCell) -> bool | None:
    """Whether a result is as good as its goal, or on the side of it that is asked about."""
    actual, aim = result.cell.base_value, goal.cell.base_value
    if actual is None or aim is None or result.cell.unit != goal.cell.unit:
        return None
    if claim.passed:
        return actual * claim.passed > aim * claim.passed
    way = {"<": -1, ">": 1}.get(goal.cell.bound[:1], 0)
    way = way or better(f"{result.row.label} {result.row.group}")
    return actual * way >= aim * way if way else None


def against_budget(index: Index, query: Query, claim: Claim) -> Verdict | None:
    """A row that has both the accounts and the budget."""
    if not claim.direction:
        return None
    verdicts = []
    for found in _rows(index, query, claim, minimum=MIN_BUDGET, unit="kr"):
        spent = _only(found, frozenset({"accounts"}))
        planned = _only(found, frozenset({"revised_budget"}))
        if spent is None or planned is None or spent.cell.unit != planned.cell.unit:
            continue
        about = f"{found.table.title} {found.table.heading}"
        if says("words.investment", about) != says("words.investment", query.question):
            continue
        a, b = to_operand(index, spent).value, to_operand(index, planned).value
        if a * b < 0:
            continue
        more = abs(a) > abs(b)
        within = claim.direction < 0 and says("claim.within", query.question)
        yes = more if claim.direction > 0 else abs(a) <= abs(b) if within else abs(a) < abs(b)
        why = _compared(index, query, "budget", spent, planned)
        citations = (cite_cell(index, spent, 1),)
        verdicts.append((found.score, Verdict(yes=yes, why=why, citations=citations)))
    return best_of(verdicts)


def against_nought(index: Index, query: Query, claim: Claim) -> Verdict | None:
    """Whether the year's result was a surplus or a deficit, and of the amount that is named."""
    if not claim.sign:
        return None
    result = replace(
        query,
        subject=" ".join(["netto driftsresultat", claim.subject]),
        asked=replace(query.asked, operation="value", unit="kr", measure=None),
    )
    cells = [
        cell
        for cell in find_cells(index, result, limit=20)
        if cell.row.line == "netto driftsresultat"
    ]
    found = next((cell for cell in cells if cell.score >= MIN_RESULT), None)
    if found is None:
        return None
    value = to_operand(index, found).value
    if value == 0:
        return None
    yes = (value > 0) == (claim.sign > 0)
    if yes and claim.limit:
        yes = holds(abs(value), claim.limit)
    language = query.language
    why = _WORDS["result"][language].format(
        what=found.row.label.strip(" .:0123456789"),
        which=_WORDS["surplus" if value > 0 else "deficit"][language],
        value=format_number(abs(value), found.cell.unit, language),
        when=_when(found, language),
    )
    return Verdict(yes=yes, why=why, citations=(cite_cell(index, found, 1),))


def _rows(
    index: Index, query: Query, claim: Claim, *, minimum: float, unit: str = ""
) -> list[FoundCell]:
    """The best cell of each row that fits what the question is about."""
    asked = replace(query.asked, measure=None, unit=unit, operation="value")
    about = replace(query, asked=asked, subject=claim.subject)
    best: dict[tuple[str, str, str], FoundCell] = {}
    for cell in find_cells(index, about, limit=40):
        if cell.score >= minimum and cell.table.trust != "doubtful":
            best.setdefault((cell.table.id, cell.row.group, cell.row.label), cell)
    return list(best.values())


def _names(index: Index, subject: str, found: FoundCell) -> bool:
    """Whether a row's own words, not only their kin, hold most of what is asked about."""
    terms = [replace(term, kin=()) for term in query_words(subject, index.row_words)]
    own = frozenset(tokens(f"{found.row.label} {found.row.group}"))
    return coverage(terms, [(own, 1.0)]) >= MIN_NAMED


def _only(found: FoundCell, measures: frozenset[Measure]) -> FoundCell | None:
    """The one cell of a row whose column is of a kind, in the year of the found cell."""
    places = [
        position
        for position, (cell, column) in enumerate(
            zip(found.row.cells, found.table.columns, strict=False)
        )
        if cell is not None
        and cell.base_value is not None
        and column.measure in measures
        and not column.place
        and not column.sex
        and (column.year is None or found.year is None or column.year == found.year)
    ]
    return replace(found, position=places[0]) if len(places) == 1 else None


def _status(found: FoundCell) -> bool | None:
    """What a row says of itself in words: "Nådd", "Ikke nådd"."""
    reach = poles()[0]
    said = {
        side(cell.text, reach)
        for cell in found.row.cells
        if cell is not None and cell.value is None and not says("words.partly", cell.text)
    } - {0}
    return said.pop() > 0 if len(said) == 1 else None


def _compared(
    index: Index, query: Query, key: str, result: FoundCell, goal: FoundCell | None
) -> str:
    language = query.language
    if goal is None:
        return say_cell(index, query, result).sentence
    a, b = to_operand(index, result), to_operand(index, goal)
    return _WORDS[key][language].format(
        what=result.row.label.strip(" .:"),
        actual=format_number(abs(a.value) if key == "budget" else a.value, a.unit, language),
        goal=format_number(abs(b.value) if key == "budget" else b.value, b.unit, language),
        when=_when(result, language),
    )


def _when(found: FoundCell, language: Language) -> str:
    return _WORDS["in"][language].format(found.year) if found.year else ""
