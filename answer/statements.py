"""What the found passages say of a claim in words, sentence by sentence.

Cells of tables with words in them are sentences too. A sentence speaks of the question by its own
words and by those right around it; what it says is its side of a pole, as `answer.claims` reads it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import Passage
from indexer.tokens import tokens
from retriever.search import Hit
from retriever.sentences import split_sentences
from retriever.terms import coverage
from retriever.vocabulary import Wanted

HITS = 8
NEAR = 2  # sentences before and after that a sentence may lean on
AROUND, HEADING, PASSAGE = 0.85, 0.7, 0.3
RANKED = 0.02  # for each passage before its own
LENGTH = 420


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence, how much of the question it holds, alone and with its neighbours."""

    text: str
    passage: Passage
    start: int  # in the passage's text
    own: float
    covered: float
    rank: int  # of its passage


def statements(hits: Sequence[Hit], terms: Sequence[Wanted]) -> list[Statement]:
    """The sentences of the best passages, those that speak most of the question first."""
    found = [
        statement
        for rank, hit in enumerate(hits[:HITS])
        for statement in _of_passage(hit.passage, rank, terms)
    ]
    return sorted(found, key=lambda s: -(s.covered + 0.25 * s.own - RANKED * s.rank))


def _of_passage(passage: Passage, rank: int, terms: Sequence[Wanted]) -> Iterator[Statement]:
    pieces = [
        piece for part in passage.text.replace("\t", "\n").split("\n") for piece in sentences(part)
    ]
    keys = [frozenset(tokens(piece)) for piece in pieces]
    heading = frozenset(tokens(f"{passage.heading} {passage.title}"))
    whole = frozenset(tokens(passage.text))
    start = 0
    for position, piece in enumerate(pieces):
        start = passage.text.index(piece, start)
        near = frozenset[str]().union(*keys[max(0, position - NEAR) : position + NEAR + 1])
        own = coverage(terms, [(keys[position], 1.0)])
        covered = coverage(
            terms,
            [(keys[position], 1.0), (near, AROUND), (heading, HEADING), (whole, PASSAGE)],
        )
        yield Statement(
            text=piece, passage=passage, start=start, own=own, covered=covered, rank=rank
        )
        start += len(piece)


def sentences(text: str) -> list[str]:
    """The sentences of a line; a question's or a list's lead-in is one too."""
    return split_sentences(text)


def spread(best: Statement, others: Sequence[Statement]) -> tuple[int, int]:
    """Where the passage is to be quoted: the sentence, and one near it that holds more of it."""
    start, end = best.start, best.start + len(best.text)
    near = [
        other
        for other in others
        if other.passage == best.passage
        and other.own > best.own
        and max(end, other.start + len(other.text)) - min(start, other.start) <= LENGTH
        and "\t" not in best.passage.text[min(start, other.start) : max(end, other.start)]
    ]
    subject = max(near, key=lambda s: s.own, default=best)
    return min(start, subject.start), max(end, subject.start + len(subject.text))
