"""Which text may be written, one piece at a time: no number and no mark but the allowed ones. Pure.

A text fits when every number in it that can grow no more is allowed and the one still being written
can become so. Asked before each piece that a model writes, this makes a wrong number impossible to
form; asked once of a whole text (`done`), it is the last check of any draft.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from answer.records import Language
from answer.writers.expressions import (
    WORD,
    Expression,
    Keys,
    find_expressions,
    may_become_number,
    spellings,
    word_key,
)

# Where a mark stood: it parts numbers as a bracket does, and may not be written itself.
_HOLE = "¤"
_OPEN_MARK = re.compile(r"\[(?:[0-9]+, ?)*[0-9]*\Z")
_MARK = re.compile(r"\[([0-9]+(?:, ?[0-9]+)*)\]")
_UNFINISHED = re.compile(rf"{WORD}\Z")
_ONWARDS = re.compile(r"[\s-]*(?:(?:og|and)[\s-]*)?")
_WORD = re.compile(rf"(?<!\w){WORD}(?!\w)")
_MARKUP = frozenset("¤<>{}\\|^_~#*`\ufffd")  # plain sentences need none of these
_POWER = re.compile(r"(?<!\w)m[²³](?!\w)")  # m² and m³ are units
_JOINERS = ("og", "and")
# Stand for any small letter, capital and sign: they begin nothing that is allowed.
LETTER, UPPER, SIGN = "ƿ", "Ƿ", "§"


class Gate:
    """What may be written for one answer."""

    def __init__(
        self, numbers: Iterable[Keys], marks: Iterable[int], language: Language = "nb"
    ) -> None:
        self._numbers = frozenset(numbers)
        self._marks = frozenset(map(str, marks))
        self._language = language
        self._next: dict[Keys, set[str]] = defaultdict(set)  # what may follow a beginning
        for keys in self._numbers:
            for length in range(len(keys)):
                self._next[keys[:length]].add(keys[length])
        self._fits_tail = lru_cache(maxsize=20_000)(self._judge)

    def fits(self, text: str, *, done: bool = False) -> bool:
        """Whether the text may stand: as it is when `done`, else as a beginning."""
        return self._judge(text, done)

    def may_follow(self, tail: str, piece: str, *, done: bool = False) -> bool:
        """The same for a text whose open end is `tail`; remembered, as ends repeat."""
        return self._fits_tail(tail + piece, done)

    def tail(self, text: str) -> str:
        """The end of a text that what follows can still change; the same for all that are alike.

        It begins at the last ordinary word, which stands as one letter: nothing reaches past it.

        >>> Gate((), ()).tail("Av kommunens 12"), Gate((), ()).tail("Av kommunen")
        ('ƿ 12', 'ƿ')
        """
        end = 0
        for match in _WORD.finditer(text, max(0, text.rfind(" ", 0, -40))):
            whole = match.end() < len(text)
            number = word_key(match[0], self._language) if whole else self._may_become(match[0])
            if not number and match[0].lower() not in _JOINERS:
                end = match.end()
        return LETTER + text[end:] if end else text

    def _may_become(self, word: str) -> bool:
        """Whether letters may go on to be a number ("tre", "CO2"): too often rather than not."""
        word = word.lower()
        if any(other.startswith(word) for other in (*self._next[()], *_JOINERS)):
            return True
        return may_become_number(word, self._language)

    def _judge(self, text: str, done: bool) -> bool:
        text = _POWER.sub("m", text)
        if any(map(is_strange, text)):
            return False
        closed = self._without_marks(text, done)
        if closed is None:
            return False
        if closed.endswith(_HOLE):
            done = True  # nothing before a mark grows any more
        word = "" if done else _last_word(closed)
        if word:
            closed = closed[: -len(word)]
        found = find_expressions(closed, self._language)
        if found and not done and self._is_open(closed, found[-1], word):
            found.pop()
        return all(expression.keys in self._numbers for expression in found)

    def _without_marks(self, text: str, done: bool) -> str | None:
        """The text with holes for marks; None when a mark is wrong."""
        for match in _MARK.finditer(text):
            if not all(n.strip() in self._marks for n in match[1].split(",")):
                return None
        text = _MARK.sub(_HOLE, text)
        begun = None if done else _OPEN_MARK.search(text)
        if begun:
            *whole, last = (n.strip() for n in begun[0][1:].split(","))
            if not all(n in self._marks for n in whole):
                return None
            if not any(n.startswith(last) for n in self._marks):
                return None
            text = text[: begun.start()] + _HOLE
        return None if "[" in text or "]" in text else text

    def _is_open(self, text: str, last: Expression, word: str) -> bool:
        """Whether the last number can still become an allowed one."""
        rest = text[last.end :]
        *before, key = last.keys
        begun = self._next.get(tuple(before), ())
        if not word and key[0] != "#":
            written = re.sub(r"\s+", " ", key + rest)
            if any(other.startswith(written) for other in begun if other[0] != "#"):
                return True
        if not _ONWARDS.fullmatch(rest):
            return False
        following = [other for other in self._next.get(last.keys, ()) if other[0] == "#"]
        if not word:
            return bool(following)
        return any(
            spelling.startswith(word.lower())
            for other in following
            for spelling in (*spellings(other, self._language), *_JOINERS)
        )


def _last_word(text: str) -> str:
    """The letters at the end that may go on to be another word; "" after a digit."""
    match = _UNFINISHED.search(text)
    if not match or (match.start() and text[match.start() - 1].isdigit()):
        return ""
    return match[0]


@lru_cache(maxsize=4096)
def is_strange(char: str) -> bool:
    """Numerals that are no plain digits, what cannot be seen, and markup."""
    if char in "\n\t" or "0" <= char <= "9":
        return False
    return char in _MARKUP or char.isnumeric() or unicodedata.category(char)[0] in "CM"
