"""Passages + query → the sentences that answer, best first. Pure.

A sentence is scored by how much of the question it holds (rare words weigh more), by words that
mark the kind of answer asked for (a cause, a date, a number), and by its passage's rank; what each
counts for was learned, see retriever.weigh.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.index import Index
from indexer.records import Passage
from indexer.tokens import keys_of
from retriever.likeness import likeness, near_keys
from retriever.questions import Operation
from retriever.search import Hit, behind_best
from retriever.terms import Sought
from retriever.understand import Query
from retriever.vocabulary import query_words
from retriever.weigh import weigh

# How much each place counts where a word of the question may stand.
PASSAGE, HEADING = 0.6, 0.6
BEFORE = 0.8  # what the sentence before said, where this one points back to it
NAME = 1.5  # a name tells more than another word as rare
ROW_WORDS = 14  # a cell of more words than this is running text in a box
TABLE_HEAD = 2  # lines of a table's passage that hold its title and column names
NUMBERS = 2  # a row of so many numbers is for figures, not for words
SHORT = 5  # words of a sentence that says little
LEAST_WORDS = 4  # a row of fewer words says nothing by itself

_POINTS_BACK = re.compile(
    r"(?:dette|det|dei|de|disse|desse|denne|årsaken|årsaka|her|this|it|they)\b|status",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_END = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÆØÅ0-9«\"●•–-])|\n+")
_LEADERS = re.compile(r"(?:\. ?){5}")  # from a heading to its page
_CONTENTS = re.compile(r"\d+(?:\.\d+)+\.? [^\d.!?]{3,60} \d{1,3}")  # "6.5 Barnevern 33"
_ABBREVIATION = re.compile(
    r"(?:\b(?:bl\.a|f\.eks|ca|jf|jfr|nr|kl|kr|mill|mrd|pkt|kap|inkl|ekskl|dvs|evt|ass|st|prp|meld|adm"
    r"|pr|ref|mv|mm|osv|tlf|gnr|bnr|hhv|div|maks|min|vgs|avd|tab|fig|[A-ZÆØÅ])|^\d{1,2})\.$",
    re.IGNORECASE,
)

_DAY = re.compile(r"\b\d{1,2}\.$")
_MONTH = re.compile(
    r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b",
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
    features: Mapping[str, float]  # what the score is made of, see retriever.weigh


@lru_cache(maxsize=20_000)
def split_sentences(text: str) -> tuple[str, ...]:
    """Sentences as they stand, so that each is a substring of the text.

    >>> split_sentences("Det kostet 3 mill. kr. Byggingen starter 1. mai 2025. Ferdig!")
    ('Det kostet 3 mill. kr.', 'Byggingen starter 1. mai 2025.', 'Ferdig!')

    A line of a table of contents is none.

    >>> split_sentences("32 14.2 Sykefravær . . . . . ."), split_sentences("6.5 Barnevern 33")
    ((), ())
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
        ) or (_DAY.search(piece) and _MONTH.match(text, match.end())):
            continue
        sentences.append(piece)
        start = match.end()
    sentences.append(text[start:])
    told = (s.strip() for s in sentences if not _LEADERS.search(s))
    return tuple(s for s in told if s and not _CONTENTS.fullmatch(s))


def _ends_after_unit(piece: str, text: str, match: re.Match[str]) -> bool:
    """ "… 3 mill. kr. Byggingen": after a unit, a capital letter begins a new sentence."""
    unit = re.search(r"\b(?:kr|mill|mrd|mv|mm|osv)\.$", piece)
    following = text[match.end() : match.end() + 1]
    return bool(unit) and following.isupper()


@lru_cache(maxsize=20_000)
def pieces(passage: Passage) -> tuple[str, ...]:
    """What an answer is made of, as it stands on the page.

    A passage's sentences; of a table, its rows, or the sentences of cells that hold running text.
    """
    if not passage.table:
        return split_sentences(passage.text)
    found: list[str] = []
    for line in passage.text.split("\n")[TABLE_HEAD:]:
        cells = [cell for cell in line.split("\t") if cell.strip()]
        if any(len(cell.split()) > ROW_WORDS for cell in cells):
            found += [sentence for cell in cells for sentence in split_sentences(cell)]
        elif len(line.split()) >= LEAST_WORDS and sum(map(_is_number, cells)) < NUMBERS:
            found.append(line)
    return tuple(found)


def running_text(passage: Passage) -> tuple[str, ...]:
    """A passage's sentences; of a table, those of its cells that hold running text."""
    if not passage.table:
        return split_sentences(passage.text)
    return tuple(piece for piece in pieces(passage) if "\t" not in piece)


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"[\d\s.,%–−+-]+", cell))


def rank_sentences(
    index: Index, query: Query, hits: Sequence[Hit], *, limit: int
) -> list[Sentence]:
    """The best sentences of the found passages."""
    terms = [
        replace(term, rarity=NAME * term.rarity) if term.name else term
        for term in query_words(query.subject, index.words)
    ]
    sign = _SIGNS.get(query.asked.operation)
    years = frozenset(query.asked.years)
    around = frozenset().union(*(_keys_around(hit.passage) for hit in hits))
    sought = Sought(terms, around, near_keys(terms, around, index.word_meanings))
    texts = list(dict.fromkeys(text for hit in hits for text in pieces(hit.passage)))
    alike = dict(zip(texts, likeness(query.subject, texts, index.word_meanings), strict=True))
    ranked = [
        sentence
        for rank, hit in enumerate(hits)
        for sentence in _sentences_of(
            hit.passage,
            sought,
            sign,
            years,
            alike,
            behind=behind_best(hit, hits),
            first=1 / (1 + rank),
        )
    ]
    return sorted(ranked, key=lambda sentence: -sentence.score)[:limit]


def _keys_around(passage: Passage) -> frozenset[str]:
    return keys_of(f"{passage.heading} {passage.title}") | keys_of(passage.text)


def _sentences_of(
    passage: Passage,
    sought: Sought,
    sign: re.Pattern[str] | None,
    asked: frozenset[int],
    alike: Mapping[str, float],
    *,
    behind: float,
    first: float,
) -> Iterator[Sentence]:
    heading = sought.field(keys_of(f"{passage.heading} {passage.title}"), HEADING)
    whole = sought.field(keys_of(passage.text), PASSAGE)
    signs = [_signs(text) for text in pieces(passage)]
    alone = [sought.field(one.keys, 1.0) for one in signs]
    own_words = [sought.look(field).coverage for field in alone]
    before: frozenset[str] = frozenset()
    for position, (text, one) in enumerate(zip(pieces(passage), signs, strict=True)):
        own = [alone[position], heading]
        if one.points_back:
            own.append((before, BEFORE))
        before = alone[position][0]
        by_itself, everywhere = sought.look(own[0]), sought.look(*own, whole)
        features = {
            "bias": 1.0,
            "likeness": alike[text],
            "own_words": own_words[position],
            "with_heading": sought.look(*own).coverage,
            "covered": everywhere.covered,
            "lacks_most": everywhere.lacks_most,
            "meant": by_itself.meant,
            "meant_around": everywhere.meant,
            "exact": own_words[position] * min(1.0, len(sought) / max(1, len(one.keys))),
            "next_words": own_words[position + 1] if position + 1 < len(own_words) else 0.0,
            "sign": float(bool(sign and sign.search(text))),
            "other_year": float(bool(asked and one.years and max(one.years) < min(asked))),
            "name_missing": float(sought.name_missing(*own, whole)),
            "short": float(len(one.keys) < SHORT),
            "opens": float(one.opens),
            "table": float(bool(passage.table)),
            "passage": behind,
            "first": first,
        }
        yield Sentence(
            text=text,
            passage=passage,
            position=position,
            score=weigh("sentence", features),
            covered=everywhere.covered,
            features=features,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    """What a sentence shows, whatever is asked."""

    keys: frozenset[str]
    years: frozenset[int]
    points_back: bool
    opens: bool  # a list


@lru_cache(maxsize=50_000)
def _signs(text: str) -> _Signs:
    return _Signs(
        keys=keys_of(text),
        years=frozenset(int(year) for year in _YEAR.findall(text)),
        points_back=bool(_POINTS_BACK.match(text)),
        opens=text.rstrip().endswith(":"),
    )


def following(sentence: Sentence) -> Iterator[tuple[str, int]]:
    """The sentences after one in the same passage, with their positions."""
    texts = pieces(sentence.passage)
    for position in range(sentence.position + 1, len(texts)):
        yield texts[position], position
