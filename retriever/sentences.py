"""Passages + query → the sentences that answer, best first. Pure.

A sentence is scored by how much of the question it holds (rare words weigh more), by words that
mark the kind of answer asked for (a cause, a date, a number), and by its passage's rank.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.index import Index
from indexer.records import Passage
from indexer.tokens import keys_of
from retriever.questions import Operation
from retriever.search import Hit
from retriever.terms import coverage
from retriever.understand import Query
from retriever.vocabulary import Wanted, query_words

# How much the words around a sentence count, a word that marks the answer's kind, a first rank,
# and how far its passage is behind the first.
PASSAGE, HEADING, SIGN, FIRST, RANKED = 0.6, 0.6, 0.25, 0.3, 0.2

_END = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÆØÅ0-9«\"●•–-])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:bl\.a|f\.eks|ca|jf|jfr|nr|kl|kr|mill|mrd|pkt|kap|inkl|ekskl|dvs|evt|ass|st|prp|meld|adm"
    r"|pr|ref|mv|mm|osv|tlf|gnr|bnr|hhv|div|maks|min|vgs|avd|tab|fig|[A-ZÆØÅ])|^\d{1,2})\.$",
    re.IGNORECASE,
)

# Words that a sentence of each kind tends to hold.
_SIGNS: dict[Operation, re.Pattern[str]] = {
    "why": re.compile(
        r"\b(skyld\w+|fordi|årsak\w*|grunn\w*|på grunn av|som følge av|derfor|forklar\w+|kommer av"
        r"|medfør\w+|førte til|ettersom|siden|skuldast|difor|knytt\w* til|henger sammen|heng saman"
        r"|gjorde at|gjør at|gjer at|innebær\w+|bidr\w+|påvirk\w+|påverk\w+)\b",
        re.IGNORECASE,
    ),
    "when": re.compile(
        r"\b(\d{1,2}\.\s?(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober"
        r"|november|desember)|\d{1,2}\.\d{1,2}\.\d{2,4}|januar|februar|mars|april|mai|juni|juli|august"
        r"|september|oktober|november|desember|20\d\d|halvår|kvartal)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a passage, exactly as it stands there."""

    text: str
    passage: Passage
    position: int  # in its passage
    score: float
    covered: float  # the share of the question that it and its passage hold


@lru_cache(maxsize=20_000)
def split_sentences(text: str) -> tuple[str, ...]:
    """Sentences as they stand, so that each is a substring of the text.

    >>> split_sentences("Det kostet 3 mill. kr. Byggingen starter 1. mai 2025. Ferdig!")
    ('Det kostet 3 mill. kr.', 'Byggingen starter 1. mai 2025.', 'Ferdig!')
    """
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.start()]
        line_ends = "\n" in match.group()
        if (
            not line_ends
            and _ABBREVIATION.search(piece)
            and not _ends_after_unit(piece, text, match)
        ):
            continue
        sentences.append(piece)
        start = match.end()
    sentences.append(text[start:])
    return tuple(sentence.strip() for sentence in sentences if sentence.strip())


def _ends_after_unit(piece: str, text: str, match: re.Match[str]) -> bool:
    """ "… 3 mill. kr. Byggingen": after a unit, a capital letter begins a new sentence."""
    unit = re.search(r"\b(?:kr|mill|mrd|mv|mm|osv)\.$", piece)
    following = text[match.end() : match.end() + 1]
    return bool(unit) and following.isupper()


def rank_sentences(
    index: Index, query: Query, hits: Sequence[Hit], *, limit: int
) -> list[Sentence]:
    """The best sentences of the found prose passages."""
    terms = query_words(query.subject, index.words)
    sign = _SIGNS.get(query.asked.operation)
    ranked = [
        sentence
        for rank, hit in enumerate(hit for hit in hits if not hit.passage.table)
        for sentence in _sentences_of(hit.passage, rank, hit.score - hits[0].score, terms, sign)
    ]
    return sorted(ranked, key=lambda sentence: -sentence.score)[:limit]


def _sentences_of(
    passage: Passage,
    rank: int,
    behind: float,
    terms: Sequence[Wanted],
    sign: re.Pattern[str] | None,
) -> Iterator[Sentence]:
    heading = keys_of(passage.heading)
    whole = keys_of(passage.text)
    for position, text in enumerate(split_sentences(passage.text)):
        own = keys_of(text)
        inside = coverage(terms, [(own, 1.0), (heading, HEADING)])
        covered = coverage(terms, [(own, 1.0), (whole, PASSAGE), (heading, HEADING)])
        marked = SIGN if sign and sign.search(text) else 0.0
        yield Sentence(
            text=text,
            passage=passage,
            position=position,
            score=inside + covered + marked + FIRST / (1 + rank) + RANKED * behind,
            covered=covered,
        )


def following(sentence: Sentence) -> Iterator[tuple[str, int]]:
    """The sentences after one in the same passage, with their positions."""
    texts = split_sentences(sentence.passage.text)
    for position in range(sentence.position + 1, len(texts)):
        yield texts[position], position
