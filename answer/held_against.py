"""A figure held against a goal, a limit, its budget or nought: cells and amounts → a verdict.

A verdict is yes or no with the words that say why and their citations. What is not found surely,
or may be read both ways, gives None.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from answer.citing import cite_cell
from answer.claims import Claim, Limit, better, poles, says, side
from answer.operands import Found, cite, to_operand
from answer.records import Calculation, Citation, Language
from answer.statements import known_words, very_words
from answer.values import say_cell
from figures.calculate import Condition
from figures.cells import Measure
from figures.mentions import find_numbers
from figures.wording import format_number
from indexer.index import Index
from indexer.tokens import tokens
from retriever.cells import FoundCell, find_cells
from retriever.fit import TIMES
from retriever.mentions import FoundMention, find_mentions
from retriever.search import Hit
from retriever.terms import coverage
from retriever.understand import Query
from retriever.vocabulary import query_words

MIN_GOAL = 0.8  # of a row, below which it is not the goal that is meant
MIN_BUDGET = 0.7
MIN_ABOUT, OF_TABLE = 0.6, 0.8  # of the question that a figure's row must hold; its table's words
MIN_NAMED = 0.5  # of the question that a row with a goal must name
MIN_CELL, MIN_AMOUNT = 0.7, 0.7  # of a figure, as a cell or in running text
AS_GOOD = 0.06  # figures that fit nearly as well must say the same

_RESULTS: frozenset[Measure] = frozenset({"result", "accounts", "value"})
_DAYS = {"timer": Decimal(1) / 24, "dager": 1, "døgn": 1, "uker": 7, "måneder": 30, "år": 365}
_OK = {
    "over": lambda value, limit: value > limit,
    "under": lambda value, limit: value < limit,
    "at_least": lambda value, limit: value >= limit,
    "at_most": lambda value, limit: value <= limit,
}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Yes or no, and why; `partly` where it is no, but not wholly."""

    yes: bool
    why: str
    citations: tuple[Citation, ...]
    partly: bool = False
    calculation: Calculation | None = None


def against_goal(index: Index, query: Query, claim: Claim) -> Verdict | None:
    """A row that has both the goal and the result."""
    if claim.some or claim.every:
        return None
    verdicts = []
    for found in _rows(index, query, claim, minimum=MIN_GOAL):
        goal = _only(found, lambda measure: measure == "target")
        result = _only(found, lambda measure: measure in _RESULTS)
        status = _status(found)
        if result is None or (goal is None and status is None):
            continue
        if not _names(index, claim.subject, found):
            continue
        label = f"{found.row.label} {found.row.group}"
        if status is None:
            assert goal is not None
            if goal.cell.unit != result.cell.unit:
                continue
            bound = goal.cell.bound[:1]
            way = -1 if bound == "<" else 1 if bound == ">" else better(label)
            if way == 0:
                continue
            a, b = result.cell.base_value, goal.cell.base_value
            assert a is not None
            assert b is not None
            status = a * way >= b * way
        why = _compared(index, query, "goal", result, goal)
        verdicts.append((found.score, Verdict(yes=status, why=why, citations=(cite_cell(index, result, 1),))))
    return _best(verdicts)


def against_budget(index: Index, query: Query, claim: Claim) -> Verdict | None:
    """A row that has both the accounts and the budget."""
    if not claim.direction:
        return None
    verdicts = []
    for found in _rows(index, query, claim, minimum=MIN_BUDGET, unit="kr"):
        spent = _only(found, lambda measure: measure == "accounts")
        planned = _only(found, lambda measure: measure == "revised_budget")
        if spent is None or planned is None or spent.cell.unit != planned.cell.unit:
            continue
        if says("words.investment", f"{found.table.title} {found.table.heading}") != says("words.investment", query.question):
            continue
        a, b = to_operand(index, spent).value, to_operand(index, planned).value
        if a * b < 0:
            continue
        more = abs(a) > abs(b)
        within = claim.direction < 0 and says("claim.within", query.question)
        yes = more if claim.direction > 0 else abs(a) <= abs(b) if within else abs(a) < abs(b)
        why = _compared(index, query, "budget", spent, planned)
        verdicts.append((found.score, Verdict(yes=yes, why=why, citations=(cite_cell(index, spent, 1),))))
    return _best(verdicts)


def against_limit(
    index: Index, query: Query, claim: Claim, hits: Sequence[Hit]
) -> Verdict | None:
    """A figure of the limit's unit, as a cell or in running text."""
    if claim.limit is None:
        return None
    limit = claim.limit
    asked = replace(query.asked, measure=None, operation="value", unit=_unit_wish(limit))
    amounts = replace(query, asked=asked, subject=claim.subject)
    cells: list[Found] = [
        cell for cell in find_cells(index, amounts, limit=20) if cell.score >= MIN_CELL
    ]
    texts = [
        mention
        for mention in find_mentions(index, amounts, _with_words_in_tables(hits), limit=20)
        if mention.score >= MIN_AMOUNT
        and "\t" not in mention.sentence
        and not _states_goal(mention)
    ]
    asked_years = {int(m.text) for m in find_numbers(query.question) if m.kind == "year"}
    verdicts = []
    for found in [*cells, *texts]:
        value = _comparable(index, found, limit)
        if value is None or (found.year and asked_years and found.year not in asked_years):
            continue
        citation = cite(index, found, 1)
        if not is_about(index, query, claim, citation):
            continue
        why = _said(index, query, found)
        verdict = Verdict(yes=_holds(value, limit), why=why, citations=(citation,))
        verdicts.append((found.score, verdict))
    return _best(verdicts)


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
    found = next((cell for cell in cells if cell.score >= MIN_CELL), None)
    if found is None:
        return None
    value = to_operand(index, found).value
    if value == 0:
        return None
    yes = (value > 0) == (claim.sign > 0)
    if yes and claim.limit:
        yes = _holds(abs(value), claim.limit)
    language = query.language
    why = _WORDS["result"][language].format(
        what=found.row.label.strip(" .:0123456789"),
        which=_WORDS["surplus" if value > 0 else "deficit"][language],
        value=format_number(abs(value), found.cell.unit, language),
        when=_when(found, language),
    )
    return Verdict(yes=yes, why=why, citations=(cite_cell(index, found, 1),))


def is_about(index: Index, query: Query, claim: Claim, citation: Citation) -> bool:
    """Whether a figure's row, or its sentence, holds most of what is asked about."""
    fields = [
        (frozenset(tokens(citation.row or citation.quote)), 1.0),
        (frozenset(tokens(f"{citation.table} {citation.column}")), OF_TABLE),
    ]
    terms = query_words(claim.subject, index.words)
    if query.language == "en":
        terms = known_words(terms, index, query.language)
    return coverage(very_words(terms, query.language), fields) >= MIN_ABOUT


def _rows(
    index: Index, query: Query, claim: Claim, *, minimum: float, unit: str = ""
) -> list[FoundCell]:
    """The best cell of each row that fits what the question is about."""
    asked = replace(query.asked, measure=None, unit=unit, operation="value")
    about = replace(query, asked=asked, subject=claim.subject)
    best: dict[tuple[str, str, str], FoundCell] = {}
    for cell in find_cells(index, about, limit=40):
        if cell.score >= minimum:
            best.setdefault((cell.table.id, cell.row.group, cell.row.label), cell)
    return list(best.values())


def _names(index: Index, subject: str, found: FoundCell) -> bool:
    """Whether a row's own words, not only their kin, hold most of what is asked about."""
    terms = [replace(term, kin=()) for term in query_words(subject, index.row_words)]
    own = frozenset(tokens(f"{found.row.label} {found.row.group}"))
    return coverage(terms, [(own, 1.0)]) >= MIN_NAMED


def _only(found: FoundCell, wanted: object) -> FoundCell | None:
    """The one cell of a row whose column is of a kind, in the year of the found cell."""
    assert callable(wanted)
    places = [
        position
        for position, (cell, column) in enumerate(
            zip(found.row.cells, found.table.columns, strict=False)
        )
        if cell is not None
        and cell.base_value is not None
        and wanted(column.measure)
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


def _best(verdicts: list[tuple[float, Verdict]]) -> Verdict | None:
    """The verdict of the figure that fits best, unless one that fits nearly as well disagrees."""
    if not verdicts:
        return None
    verdicts.sort(key=lambda one: -one[0])
    score, best = verdicts[0]
    near = [verdict for other, verdict in verdicts if other >= score - AS_GOOD]
    return best if all(verdict.yes == best.yes for verdict in near) else None


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


def _said(index: Index, query: Query, found: Found) -> str:
    if isinstance(found, FoundMention):
        return f"{' '.join(found.sentence.split()).rstrip('.')} [1]."
    return say_cell(index, query, found).sentence


def _states_goal(found: FoundMention) -> bool:
    """Whether an amount is what was aimed at, not what came of it."""
    before = found.sentence[: found.mention.start]
    return says("goal.stated", before[-60:])


def _with_words_in_tables(hits: Sequence[Hit]) -> list[Hit]:
    """Sentences in cells count as running text."""
    return [replace(hit, passage=replace(hit.passage, table="")) for hit in hits]


def _unit_wish(limit: Limit) -> str:
    return "tid" if limit.unit in TIMES else limit.unit or "antall"


def _comparable(index: Index, found: Found, limit: Limit) -> Decimal | None:
    """The figure in the unit of the limit, or None when it is of another kind."""
    operand = to_operand(index, found)
    if limit.unit in _DAYS and operand.unit in _DAYS:
        return operand.value * _DAYS[operand.unit] / _DAYS[limit.unit]
    counts = {"", "antall", "personer"}
    if operand.unit == limit.unit or {operand.unit, limit.unit} <= counts:
        return operand.value
    return None


def _holds(value: Decimal, limit: Limit) -> bool:
    condition: Condition | None = limit.condition
    if condition is None:
        step = Decimal(1).scaleb(limit.value.normalize().as_tuple().exponent)  # type: ignore[arg-type]
        return abs(value - limit.value) <= step / 2
    return bool(_OK[condition](value, limit.value))

