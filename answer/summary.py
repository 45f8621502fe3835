"""What a chapter says, in a few of its own sentences; None where no chapter is what is asked for.

find the chapter by its heading → weigh its sentences → the most telling ones in the text's order

Nothing is said in other words than the report's: lists, goals and table rows are left out.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz.fuzz import ratio

from answer.prose import say_sentences
from answer.records import Answer, Citation, Scope
from answer.texts import plain_label
from indexer.index import Index
from indexer.records import Passage
from indexer.store import passages_of
from indexer.tokens import keys_of, words
from retriever.sentences import Sentence, pieces
from retriever.terms import Sought
from retriever.understand import Query, subject_of
from retriever.vocabulary import query_words

MIN_FIT, SAME = 0.55, 0.9  # of a heading, for its chapter to be what is asked for; to be just that
MONEY = 0.05  # less for a chapter inside the one on the economy
ALL_ASKED = 0.4  # what a heading fits by holding the question, the rest by saying no more
HEADING_WORDS = 8  # a heading of more words is running text
LEAST, MOST = 3, 5  # sentences
ROOM, LEAST_SAID = 600, 120  # letters of an answer's sentences
SHORTEST, LONGEST = 40, 260  # letters of a sentence
ALIKE = 75  # of 100: two sentences that say the same
COMMAS = 3  # a sentence of more is a list
SAME_PASSAGE = 0.4  # what a sentence loses for each one already chosen beside it

_BETWEEN = " › "
_BULLET = re.compile(r"^\W*[•●▪○◦*–-]\s|^\d+[.)]\s")
_NUMBER = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The passages under one heading, or several of one name, and how well its name fits."""

    name: str
    fit: float
    money: bool  # inside a chapter on the economy
    passages: tuple[Passage, ...]


def answer_summary(index: Index, query: Query, _evidence: object, scope: Scope) -> Answer | None:
    """The most telling sentences of the chapter that is asked for."""
    if len(query.places) != 1 or len(query.asked.years) > 1 or not query.docs:
        return None
    doc = query.docs[0]
    asked = subject_of(without_asking(query.question), query.places)
    chapter = find_chapter(index, doc, asked)
    least = SAME if query.asked.operation == "overview" else MIN_FIT
    if chapter is None or chapter.fit < least:
        return None
    chosen = _whole(chapter) or most_telling(index, chapter, asked)
    said, citations = say_sentences(index, chosen)
    lead = _lead(index, doc, chapter, citations, query)
    return Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer=f"{lead} {said}",
        citations=citations,
        scope=replace(scope, docs=(doc,)),
        sureness=min(1.0, chapter.fit),
    )


def without_asking(question: str) -> str:
    """A question without the words that only ask for a summary.

    >>> without_asking("Kan du oppsummere kapitlet om helse i Skarvøy?").split()
    ['helse', 'i', 'Skarvøy?']
    """
    return re.sub(_data()["asking"], " ", question, flags=re.IGNORECASE)


def find_chapter(index: Index, doc: str, asked: str) -> Chapter | None:
    """The chapter of a report whose heading fits best, or None where none fits well."""
    terms = query_words(asked, index.words)
    by_path = _by_path(passages_of(index.store, doc))
    around = frozenset().union(*(keys_of(path[-1]) for path in by_path))
    sought = Sought(terms, around)
    by_name: dict[tuple[str, bool], list[Passage]] = {}
    for path, passages in by_path.items():
        money = len(path) > 1 and bool(re.match(_data()["money"], path[0], re.IGNORECASE))
        by_name.setdefault((plain_label(path[-1]), money), []).extend(passages)
    found = [
        Chapter(
            name=name,
            fit=_fit(sought, name),
            money=money,
            passages=tuple(dict.fromkeys(passages)),
        )
        for (name, money), passages in by_name.items()
    ]
    fitting = [chapter for chapter in found if chapter.fit >= MIN_FIT and _has_enough(chapter)]
    return max(
        fitting,
        key=lambda c: (round(c.fit - MONEY * c.money, 2), _length(c)),
        default=None,
    )


def _has_enough(chapter: Chapter) -> bool:
    """Whether there is something to sum up, or so little that it can be said whole."""
    enough = sum(1 for _ in _candidates(chapter)) >= LEAST
    return enough or (chapter.fit >= SAME and bool(_whole(chapter)))


def _whole(chapter: Chapter) -> list[Sentence]:
    """All that a short chapter says, where it is running text; else nothing."""
    said = [passage for passage in chapter.passages if not passage.table]
    found = [
        _sentence(passage, position, text)
        for passage in said
        for position, text in enumerate(pieces(passage))
    ]
    short = LEAST_SAID <= _length(chapter) <= ROOM and not chapter.money
    flowing = all(one.text.endswith(".") and not _BULLET.match(one.text) for one in found)
    return found if short and flowing else []


def _sentence(passage: Passage, position: int, text: str, score: float = 0.0) -> Sentence:
    return Sentence(
        text=text, passage=passage, position=position, score=score, covered=0.0, features={}
    )


def _by_path(passages: Sequence[Passage]) -> dict[tuple[str, ...], list[Passage]]:
    """The passages under each heading, those under its own headings among them."""
    found: dict[tuple[str, ...], list[Passage]] = {}
    for passage in passages:
        path = tuple(passage.heading.split(_BETWEEN)) if passage.heading else ()
        for depth in range(1, len(path) + 1):
            found.setdefault(path[:depth], []).append(passage)
    return found


def _fit(sought: Sought, heading: str) -> float:
    """How much of what is asked a heading holds, less where it holds more than that."""
    own = [found for word in words(heading) if (found := keys_of(word))]
    if not own or len(own) > HEADING_WORDS:
        return 0.0
    covered = sought.coverage((frozenset().union(*own), 1.0))
    asked = sum(sought.held(word, frozenset()) for word in own) / len(own)
    return covered * (ALL_ASKED + (1 - ALL_ASKED) * asked)


def _length(chapter: Chapter) -> int:
    return sum(len(passage.text) for passage in chapter.passages if not passage.table)


def _candidates(chapter: Chapter) -> Iterator[tuple[Passage, int, str]]:
    """The sentences of running text that can stand alone."""
    for passage in chapter.passages:
        own = passage.heading.split(_BETWEEN)[-1]
        if not passage.table and not re.search(_data()["heads"], own, re.IGNORECASE):
            for position, text in enumerate(pieces(passage)):
                if is_plain_prose(text):
                    yield passage, position, text


def is_plain_prose(text: str, *, longest: int = LONGEST) -> bool:
    """Whether a sentence is whole and stands by itself: no item of a list, no pointer, no goal.

    >>> is_plain_prose("I 2024 fikk 94 prosent av barna plass i barnehagen de ønsket seg.")
    True
    >>> is_plain_prose("• Flere barn i barnehage"), is_plain_prose("Dette skyldes lavere renter.")
    (False, False)
    """
    return (
        SHORTEST <= len(text) <= longest
        and text.endswith(".")
        and text[0].isupper()
        and "\t" not in text
        and "](" not in text
        and not _BULLET.match(text)
        and not re.search(_data()["leans"], text, re.IGNORECASE)
        and bool(re.search(_data()["verbs"], text, re.IGNORECASE))
    )


def most_telling(index: Index, chapter: Chapter, asked: str) -> list[Sentence]:
    """The sentences that say most of what the chapter is about, in its order."""
    sentences = list(_weighed(index, chapter, asked))
    order = {id(sentence): at for at, sentence in enumerate(sentences)}
    chosen: list[Sentence] = []
    room = ROOM
    while len(chosen) < MOST:
        left = [
            one
            for one in sentences
            if len(one.text) <= room
            and all(one is not s and ratio(one.text, s.text) < ALIKE for s in chosen)
        ]
        if not left:
            break
        best = max(left, key=lambda one: one.score - SAME_PASSAGE * _beside(one, chosen))
        chosen.append(best)
        room -= len(best.text)
    return sorted(chosen, key=lambda sentence: order[id(sentence)])


def _beside(one: Sentence, chosen: Sequence[Sentence]) -> int:
    return sum(one.passage.id == other.passage.id for other in chosen)


def _weighed(index: Index, chapter: Chapter, asked: str) -> Iterator[Sentence]:
    """The sentences that can be said, with what speaks for each added up."""
    found = list(_candidates(chapter))
    around = frozenset().union(*(keys_of(text) for _, _, text in found))
    sought = Sought(query_words(asked, index.words), around)
    seen: set[str] = set()
    for at, (passage, position, text) in enumerate(found):
        score = (
            1.0 * (at == 0)
            + 0.4 * (position == 0)
            + 0.7 * bool(_NUMBER.search(_YEAR.sub("", text)))
            + 0.6 * bool(re.search(_data()["tells"], text, re.IGNORECASE))
            - 0.9 * bool(re.search(_data()["wants"], text, re.IGNORECASE))
            + 0.9 * sought.coverage((keys_of(text), 1.0))
            - 0.5 * (text.count(",") > COMMAS)
            - 0.3 * (passage.id in seen and position > 0)
        )
        seen.add(passage.id)
        yield _sentence(passage, position, text, score)


def _lead(
    index: Index, doc: str, chapter: Chapter, citations: Sequence[Citation], query: Query
) -> str:
    """Whose chapter it is and where it stands."""
    said = _data()["words"][query.language]
    pages = [citation.page for citation in citations if citation.page]
    where = ""
    if pages:
        first, last = min(pages), max(pages)
        where = said["page"].format(first) if first == last else said["pages"].format(first, last)
    title = index.document(doc)["title"]
    return str(said["lead"].format(title=title, chapter=chapter.name, pages=where))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("answer") / "data" / "summary.toml").read_text(encoding="utf-8"))
