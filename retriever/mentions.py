"""Query + passages → the amounts in running text that may answer it, best first.

An amount scores by how much of the question its own sentence holds, a little by what stands around
it, and by whether its unit and the year named nearest are those asked for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from figures.mentions import Mention, find_numbers
from indexer.index import Index
from indexer.records import Passage
from indexer.tokens import keys_of
from retriever.fit import unit_fit
from retriever.questions import Asked
from retriever.search import Hit
from retriever.sentences import split_sentences
from retriever.terms import coverage, held, names_missing
from retriever.understand import Query
from retriever.vocabulary import Wanted, query_words

# How much each place counts where a word of the question may stand.
NEAR, SENTENCE, BEFORE, PASSAGE, HEADING = 1.0, 0.9, 0.8, 0.5, 0.55
COUNTED = 0.15  # the thing counted is the thing asked for
LOOSE = 0.1  # a sentence that speaks of much else
# A name in the question that nothing around holds; words of what was to be left out.
NAME_MISSING, LEFT_OUT = 0.6, 0.3

# A sentence that begins so speaks of what the one before it said.
_POINTS_BACK = re.compile(
    r"(?:dette|det|dei|de|disse|denne|årsaken|årsaka|av disse|av desse)\b", re.I
)
_WHOLE = re.compile(r"\d av (?:de |dei |totalt )?$")  # the 14 of "7 av 14" is no answer by itself
_WORD = re.compile(r"\s*([^\W\d_]{3,})")

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
    out = keys_of(query.without) - keys_of(query.subject)
    heading = keys_of(passage.heading)
    whole = keys_of(passage.text)
    before: frozenset[str] = frozenset()
    for sentence in split_sentences(passage.text):
        keys = keys_of(sentence)
        fields = [(keys, SENTENCE), (heading, HEADING), (whole, PASSAGE)]
        if _POINTS_BACK.match(sentence):
            fields.append((before, BEFORE))
        before = keys
        loose = LOOSE * (1 - min(1.0, len(terms) / max(1, len(keys))))
        missing = NAME_MISSING * names_missing(terms, fields)
        missing += LEFT_OUT * bool(out & keys)
        for mention in _numbers(sentence):
            if mention.kind != "amount" or mention.number is None:
                continue
            if _WHOLE.search(sentence[: mention.start]):
                continue
            year, named = _year_of(sentence, mention, report_year)
            if query.asked.years and year not in query.asked.years:
                continue
            near = keys_of(_around(sentence, mention))
            covered = coverage(terms, [(near, NEAR), *fields])
            counted = _counted(sentence, mention, terms)
            unit = _unit_fit(query.asked, mention)
            yield FoundMention(
                passage=passage,
                sentence=sentence,
                mention=mention,
                year=year,
                covered=covered,
                score=covered + unit + counted + (0.05 if named else 0.0) - missing - loose,
                reasons=(f"words {covered:.2f}", f"unit {unit:+.2f}", f"counted {counted:+.2f}"),
            )


@lru_cache(maxsize=20_000)
def _numbers(sentence: str) -> tuple[Mention, ...]:
    return find_numbers(sentence)


def _counted(sentence: str, mention: Mention, terms: Sequence[Wanted]) -> float:
    """Whether the word right after a bare number is one that was asked for: "21 936 innbyggere"."""
    assert mention.number is not None
    following = _WORD.match(sentence, mention.end)
    if mention.number.unit not in ("", "antall", "personer") or not following:
        return 0.0
    keys = keys_of(following.group(1))
    if not keys:
        return 0.0
    return COUNTED * max((held(term, [(keys, 1.0)]) for term in terms), default=0.0) or -0.1


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


def _unit_fit(asked: Asked, mention: Mention) -> float:
    assert mention.number is not None
    unit = mention.number.unit
    if asked.unit:
        return unit_fit(asked.unit, "antall" if not unit and asked.unit == "antall" else unit)
    return 0.0 if unit else -0.15
