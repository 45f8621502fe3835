"""A draft and the answer it says again → what is wrong with the draft, in words.

The same for every writer. A draft keeps the figure, the numbers with their units, the names and
the direction of what it says again; each sentence is supported by what it cites. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from answer.records import Answer, Language
from answer.verify import untraced_numbers
from answer.writers.allowed import MARKS, allowed_numbers, evidence_texts, marks_of, sentences
from answer.writers.expressions import find_expressions
from answer.writers.gate import Gate
from figures.mentions import find_numbers
from figures.places import find_municipalities
from indexer.language import language_of
from indexer.tokens import tokens

MAX_LENGTH, MAX_LIST_LENGTH = 700, 1200
MIN_SUPPORT = 0.6  # of a sentence's keys, found in what it cites or in the question
_ADDRESS = re.compile(r"://|www\.|@")
_ENDS = (".", "!", "?", "»", "”", '"', ")", "]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<!\w)[A-ZÆØÅ][^\W\d_]+")


def faults(draft: str, answer: Answer) -> Iterator[str]:
    """Why this draft may not stand in for the answer, one after the other; none when it may."""
    if not draft.strip():
        yield "empty"
        return
    marks = {citation.n for citation in answer.citations}
    if not Gate(allowed_numbers(answer), marks, answer.language).fits(draft, done=True):
        yield "a number, a mark or a sign that the evidence does not give"
    if untraced := untraced_numbers(replace(answer, answer=draft)):
        yield f"numbers that stand nowhere: {', '.join(untraced)}"
    if answer.figure and answer.figure.text not in draft:
        yield "the figure is gone"
    if len(draft) > (MAX_LIST_LENGTH if len(answer.answer) > MAX_LENGTH else MAX_LENGTH):
        yield "too long"
    if not draft.endswith(_ENDS):
        yield "unfinished"
    if language_of(draft, answer.language) != answer.language:
        yield "another language"
    if _repeats(draft):
        yield "says the same again"
    if _ADDRESS.search(draft):
        yield "an address"
    if not marks_of(draft):
        yield "nothing cited"
    for sentence, cited in _with_marks(draft):
        yield from _unsupported(sentence, cited, answer)
    yield from _turned(draft, answer)


def _repeats(draft: str) -> bool:
    """Whether six words in a row come twice, as when a small model runs in circles."""
    words = draft.lower().split()
    sixes = [tuple(words[i : i + 6]) for i in range(len(words) - 5)]
    return len(set(sixes)) < len(sixes)


def _with_marks(draft: str) -> Iterator[tuple[str, set[int]]]:
    """Each sentence with what it cites: its own marks, or those of the next that has some."""
    parts = sentences(draft)
    for i, sentence in enumerate(parts):
        yield sentence, next((marks for part in parts[i:] if (marks := marks_of(part))), set())


def _unsupported(sentence: str, cited: set[int], answer: Answer) -> Iterator[str]:
    """What one sentence says that does not stand in what it cites."""
    if not cited:
        yield f"cites nothing: {sentence}"
        return
    texts = list(evidence_texts(answer, cited))
    bare = MARKS.sub(" ", sentence)
    if not Gate(allowed_numbers(answer, cited), cited, answer.language).fits(bare, done=True):
        yield f"a number from elsewhere: {sentence}"
    amounts = _amounts(bare) - {amount for text in texts for amount in _amounts(text)}
    if amounts:
        yield f"another unit or scale: {sentence}"
    for citation in answer.citations:
        if citation.n in cited:  # whose report and which chapter; their numbers do not count
            texts += [citation.title, citation.heading, citation.table or ""]
    if _reordered(bare, answer):
        yield f"numbers in another order: {sentence}"
    known = {key for text in texts for key in tokens(text)}
    said = [key for key in tokens(bare) if not key[0].isdigit()]
    if said and sum(key in known for key in said) < MIN_SUPPORT * len(said):
        yield f"not supported: {sentence}"
    written = {_plain(word) for text in texts for word in _WORD.findall(text)}
    for name in _names(bare):
        if not {_plain(word) for word in _WORD.findall(name)} <= written:
            yield f"a name from elsewhere: {name}"


def _reordered(sentence: str, answer: Answer) -> bool:
    """Whether amounts, or years, change places: "from 12 to 10" for "from 10 to 12"."""
    for years in (False, True):
        meant = _numbers(answer.answer, answer.language, years=years)
        said = _numbers(sentence, answer.language, years=years)
        kept = [number for number in said if number in meant]
        if kept != sorted(kept, key=meant.index):
            return True
    return False


def _numbers(text: str, language: Language, *, years: bool) -> list[str]:
    """The different years, or the different other numbers, in the order they first come."""
    found = find_expressions(MARKS.sub(" ¤ ", text), language)
    numbers = [" ".join(number.keys).replace(" ", "").replace("#", "") for number in found]
    return list(dict.fromkeys(n for n in numbers if bool(_YEAR.fullmatch(n)) == years))


def _names(sentence: str) -> set[str]:
    """Municipalities, and words with a capital that do not begin the sentence."""
    capitals = [match[0] for match in _NAME.finditer(sentence) if match.start() > 0]
    return {*capitals, *(name for name, _, _ in find_municipalities(sentence))}


def _plain(word: str) -> str:
    return word.lower().removesuffix("s")


def _amounts(text: str) -> set[tuple[object, str]]:
    """Amounts that have a unit, without their sign: direction is said in words."""
    return {
        (abs(mention.number.base_value), mention.number.unit)
        for mention in find_numbers(text)
        if mention.kind == "amount" and mention.number and mention.number.unit
    }


def _turned(draft: str, answer: Answer) -> Iterator[str]:
    """Sides that the draft takes and the answer does not, or the other way for a "not"."""
    said, meant = _words(draft), _words(answer.answer)
    for one, other in _opposites():
        here = (_says(said, one), _says(said, other))
        there = (_says(meant, one), _says(meant, other))
        if not other and here[0] != there[0]:
            yield f"more or less: {one[0]}"
        if other and ((here[0] and there == (False, True)) or (here[1] and there == (True, False))):
            yield f"turned round: {' '.join(one[:2])} / {' '.join(other[:2])}"


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _says(words: set[str], side: tuple[str, ...]) -> bool:
    begins = tuple(word[:-1] for word in side if word[-1] == "*")
    return any(word in side or word.startswith(begins) for word in words)


@cache
def _opposites() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    text = (files("answer") / "data" / "opposites.txt").read_text(encoding="utf-8")
    pairs = [line.partition("|") for line in text.splitlines() if line and line[0] != "#"]
    return tuple((tuple(one.split()), tuple(other.split())) for one, _, other in pairs)
