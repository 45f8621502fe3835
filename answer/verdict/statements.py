"""What the found passages say, sentence by sentence, and how much of a question each speaks of.

Cells of tables with words in them are sentences too. A sentence speaks of a question by its own
words and by those right around it. What it says of it is for others to read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from answer.records import Language
from indexer.index import Index
from indexer.records import Passage
from indexer.tokens import keys_of
from retriever.search import Hit
from retriever.sentences import split_sentences
from retriever.terms import Sought
from retriever.vocabulary import TYPO, Wanted, query_words

HITS = 8
NEAR = 2  # sentences before and after that a sentence may lean on
BEFORE, AFTER, HEADING, PASSAGE = 0.85, 0.65, 0.6, 0.3
OWN, RANKED = 0.25, 0.02  # its own words beside all; each passage before its own
LENGTH = 420
LEAD_IN = 25


# A word that no report uses, beside what it would count; English ones are seldom there to be found.
UNKNOWN, UNKNOWN_ENGLISH = 0.35, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence, and how much of the question it holds."""

    text: str
    passage: Passage
    position: int  # among its passage's sentences
    start: int  # in its passage's text
    own: float  # held by its own words
    near: float  # held by the very words of it and of the sentences beside it
    covered: float  # held by its own words and those around it
    score: float

    @property
    def end(self) -> int:
        """Where it ends in its passage's text."""
        return self.start + len(self.text)


def known_words(terms: Sequence[Wanted], index: Index, language: Language) -> list[Wanted]:
    """The words of a claim, those that no report uses telling less."""
    less = UNKNOWN_ENGLISH if language == "en" else UNKNOWN
    return [
        term if term.kin or _known(term, index) else replace(term, rarity=term.rarity * less)
        for term in terms
    ]


def _known(term: Wanted, index: Index) -> bool:
    return any(index.words.frequency(key) > 0 for key in (term.key, *term.parts))


def mostly_known(subject: str, index: Index) -> bool:
    """Whether the reports use most of the words, or some that mean the same."""
    terms = query_words(subject, index.words)
    return 2 * sum(bool(term.kin) or _known(term, index) for term in terms) >= len(terms)


def very_words(terms: Sequence[Wanted], language: Language) -> list[Wanted]:
    """The words of a claim without those near in meaning; English ones are found by no others."""
    if language == "en":
        return list(terms)
    return [replace(term, kin=tuple(kin for kin in term.kin if kin[1] == TYPO)) for term in terms]


def statements(
    hits: Sequence[Hit], terms: Sequence[Wanted], index: Index, language: Language
) -> list[Statement]:
    """The sentences of the best passages, those that speak most of the question first."""
    known = known_words(terms, index, language)
    exact = very_words(known if language == "en" else terms, language)
    found = [
        one
        for rank, hit in enumerate(hits[:HITS])
        for one in _of_passage(
            hit.passage, RANKED * rank, known if language == "en" else terms, known, exact
        )
    ]
    return sorted(found, key=lambda one: -one.score)


def _of_passage(
    passage: Passage,
    behind: float,
    terms: Sequence[Wanted],
    known: Sequence[Wanted],
    exact: Sequence[Wanted],
) -> Iterator[Statement]:
    lines = passage.text.replace("\t", "\n").split("\n")
    pieces = [piece for line in lines for piece in _sentences(line)]
    keys = [keys_of(piece) for piece in pieces]
    around = [
        (keys_of(f"{passage.heading} {passage.title}"), HEADING),
        (keys_of(passage.text), PASSAGE),
    ]
    everywhere = frozenset[str]().union(*keys, *(own for own, _ in around))
    its_own, very, all_known = (Sought(words, everywhere) for words in (terms, exact, known))
    start = 0
    for position, piece in enumerate(pieces):
        start = passage.text.index(piece, start)
        before = frozenset[str]().union(*keys[max(0, position - NEAR) : position])
        after = frozenset[str]().union(*keys[position + 1 : position + NEAR + 1])
        fields = [(keys[position], 1.0), (before, BEFORE), (after, AFTER), *around]
        own = its_own.coverage(*fields[:1])
        near = very.coverage(*fields[:-1])
        covered = all_known.coverage(*fields)
        yield Statement(
            text=piece,
            passage=passage,
            position=position,
            start=start,
            own=own,
            near=near,
            covered=covered,
            score=covered + OWN * own - behind,
        )
        start += len(piece)


def _sentences(line: str) -> Iterator[str]:
    """Sentences as they stand; a short lead-in ("Resultat:") goes with what it leads to."""
    pieces = split_sentences(line)
    start = 0
    for position, piece in enumerate(pieces):
        begins = line.index(piece, start)
        if piece.endswith(":") and len(piece) <= LEAD_IN and position + 1 < len(pieces):
            continue
        lead = pieces[position - 1] if position else ""
        if lead.endswith(":") and len(lead) <= LEAD_IN:
            begins = line.rindex(lead, 0, begins)
        start = begins + len(piece)
        yield line[begins : line.index(piece, begins) + len(piece)]


def beside(
    one: Statement, all_of_them: Sequence[Statement], *, within: int = NEAR
) -> list[Statement]:
    """The sentences right before and after one, in reading order."""
    return sorted(
        (
            other
            for other in all_of_them
            if other.passage.id == one.passage.id
            and 0 < abs(other.position - one.position) <= within
        ),
        key=lambda other: other.position,
    )


def quote(said: Sequence[Statement]) -> str:
    """The passage's text from the first to the last of some sentences, or only the first named.

    Sentences of two cells, or too far apart, cannot be quoted as one.
    """
    text = said[0].passage.text
    whole = text[min(s.start for s in said) : max(s.end for s in said)]
    return whole if len(whole) <= LENGTH and "\t" not in whole else said[0].text
