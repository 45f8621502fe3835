"""Query + passages → the amounts in running text that may answer it, best first.

An amount scores by how much of the question its own sentence holds, a little by what stands around
it, and by whether its unit and the year named nearest are those asked for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from figures.mentions import Mention, find_numbers
from indexer.index import Index
from indexer.records import Passage
from indexer.tokens import tokens
from retriever.search import Hit
from retriever.sentences import split_sentences
from retriever.terms import coverage
from retriever.understand import Query
from retriever.vocabulary import Wanted, query_words

# How much each place counts where a word of the question may stand.
NEAR, SENTENCE, PASSAGE, HEADING = 1.0, 0.9, 0.5, 0.55

_CLAUSE = re.compile(r"[,;:–(]| og | men | mens | mot | fra | til | frå ")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMention:
    """An amount in running text that may answer."""

    passage: Passage
    sentence: str
    mention: Mention
    year: int | None
    score: float
    covered: float
    reasons: tuple[str, ...]


def find_mentions(
    index: Index, query: Query, hits: Sequence[Hit], *, limit: int
) -> list[FoundMention]:
    """The best amounts in the found passages."""
    terms = query_words(query.subject, index.words)
    years = {document["id"]: document["year"] for document in index.documents}
    found = [
        one
        for hit in hits
        if not hit.passage.table
        for one in _mentions_of(hit.passage, query, terms, years[hit.passage.doc])
    ]
    found.sort(key=lambda one: -one.score)
    return found[:limit]


def _mentions_of(
    passage: Passage, query: Query, terms: Sequence[Wanted], report_year: int | None
) -> Iterator[FoundMention]:
    heading = frozenset(tokens(passage.heading))
    whole = frozenset(tokens(passage.text))
    for sentence in split_sentences(passage.text):
        numbers = find_numbers(sentence)
        amounts = [m for m in numbers if m.kind == "amount" and m.number]
        if not amounts:
            continue
        keys = frozenset(tokens(sentence))
        for mention in amounts:
            year, named = _year_of(sentence, mention, report_year)
            if query.asked.years and year not in query.asked.years:
                continue
            near = frozenset(tokens(_around(sentence, mention)))
            fields = [(near, NEAR), (keys, SENTENCE), (heading, HEADING), (whole, PASSAGE)]
            covered = coverage(terms, fields)
            score = covered + _unit_fit(query.asked.unit, mention) + (0.05 if named else 0.0)
            yield FoundMention(
                passage=passage,
                sentence=sentence,
                mention=mention,
                year=year,
                score=score,
                covered=covered,
                reasons=(f"words {covered:.2f}",),
            )


def _around(sentence: str, mention: Mention) -> str:
    """The clause that the amount stands in."""
    cuts = [match.start() for match in _CLAUSE.finditer(sentence)]
    start = max((cut for cut in cuts if cut <= mention.start - 12), default=0)
    end = min((cut for cut in cuts if cut >= mention.end + 12), default=len(sentence))
    return sentence[start:end]


def _year_of(sentence: str, mention: Mention, report_year: int | None) -> tuple[int | None, bool]:
    """The year named nearest to the amount in its sentence, else the report's own."""
    years = [(abs(m.start() - mention.start), int(m.group(1))) for m in _YEAR.finditer(sentence)]
    return (min(years)[1], True) if years else (report_year, False)


def _unit_fit(wanted: str, mention: Mention) -> float:
    assert mention.number is not None
    unit = mention.number.unit
    kind = "kr" if unit.startswith("kr") else unit
    if not wanted:
        return 0.0
    if wanted in ("prosent", "prosentpoeng"):
        return 0.1 if kind in ("prosent", "prosentpoeng") else -0.4
    if wanted == "antall":
        return 0.05 if kind in ("", "antall") else -0.3
    if kind == wanted:
        return 0.1
    return -0.3 if kind or wanted == "kr" else -0.1
