"""A figure held against a limit that the question names → a verdict."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from answer.calculate.operands import Found, cite, states_goal, to_operand
from answer.records import Citation
from answer.values import say_cell
from answer.verdict.claims import Claim, Limit
from answer.verdict.statements import known_words, very_words
from answer.verdict.verdicts import Verdict, best_of
from figures.calculate import CONDITIONS
from figures.cells import Bound
from figures.mentions import find_numbers
from indexer.index import Index
from indexer.tokens import tokens
from retriever.cells import find_cells
from retriever.fit import TIMES
from retriever.mentions import FoundMention, find_mentions
from retriever.search import Hit
from retriever.terms import coverage
from retriever.understand import Query
from retriever.vocabulary import query_words

MIN_CELL, MIN_AMOUNT = 0.7, 0.7  # of a figure, as a cell or in running text
MIN_ABOUT, OF_TABLE = 0.65, 0.8  # of the question that a figure's row must hold; its table's words
FOUND = 20  # figures looked at of each kind

_DAYS = {
    "timer": Decimal(1) / 24, "dager": Decimal(1), "døgn": Decimal(1), "uker": Decimal(7),
    "måneder": Decimal(30), "år": Decimal(365),
}  # fmt: skip
_COUNTS = {"", "antall", "personer"}


def against_limit(index: Index, query: Query, claim: Claim, hits: Sequence[Hit]) -> Verdict | None:
    """A figure of the limit's unit, as a cell or in running text."""
    if claim.limit is None:
        return None
    limit = claim.limit
    asked = replace(query.asked, measure=None, operation="value", unit=_unit_wish(limit))
    amounts = replace(query, asked=asked, subject=claim.subject)
    cells: list[Found] = [
        cell for cell in find_cells(index, amounts, limit=FOUND) if cell.score >= MIN_CELL
    ]
    texts = [
        mention
        for mention in find_mentions(index, amounts, _with_words_in_tables(hits), limit=FOUND)
        if mention.score >= MIN_AMOUNT and "\t" not in mention.sentence and not states_goal(mention)
    ]
    asked_years = {int(m.text) for m in find_numbers(query.question) if m.kind == "year"}
    verdicts = []
    for found in [*cells, *texts]:
        value = _comparable(index, found, limit)
        if value is None or (found.year and asked_years and found.year not in asked_years):
            continue
        yes = _holds_bound(value, _bound(found), limit)
        if yes is None:
            continue
        citation = cite(index, found, 1)
        if not is_about(index, query, claim, citation):
            continue
        why = _said(index, query, found)
        verdict = Verdict(yes=yes, why=why, citations=(citation,))
        verdicts.append((found.score, verdict))
    return best_of(verdicts)


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


def _said(index: Index, query: Query, found: Found) -> str:
    if isinstance(found, FoundMention):
        return f"{' '.join(found.sentence.split()).rstrip('.')} [1]."
    return say_cell(index, query, found).sentence


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
    if operand.unit == limit.unit or {operand.unit, limit.unit} <= _COUNTS:
        return operand.value
    return None


def _bound(found: Found) -> Bound:
    if isinstance(found, FoundMention):
        return found.mention.number.bound if found.mention.number else ""
    return found.cell.bound


def _holds_bound(value: Decimal, bound: Bound, limit: Limit) -> bool | None:
    """Whether a limit holds for a figure that may itself be "over 50"; None where that is open."""
    if bound in ("", "about"):
        return holds(value, limit)
    above, more = bound.startswith(">"), limit.condition in ("over", "at_least")
    if limit.condition is None:
        return None
    surely = value >= limit.value if above else value <= limit.value
    return (above == more) if surely else None


def holds(value: Decimal, limit: Limit) -> bool:
    """Whether an amount is on the right side of a limit, or is the limit as far as it is said."""
    if limit.condition:
        return CONDITIONS[limit.condition](value, limit.value)
    exponent = limit.value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return abs(value - limit.value) <= Decimal(1).scaleb(exponent) / 2
