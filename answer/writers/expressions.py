"""Text → the number expressions in it: "12 345", "658 mill", "to hundre og fem". Pure.

An expression is as long as it can be read: what a person could take for one number is one, so that
two allowed numbers cannot be set side by side to make a third. It says nothing of what is allowed.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from indexer.language import Language

# A run of digits is its own key ("12 345"); a number word's is its value ("#3", "#1/2").
Keys = tuple[str, ...]

_TABLE = tomllib.loads((files("answer") / "data" / "number_words.toml").read_text(encoding="utf-8"))
_SIGNS = "-−–"
# Before a digit anything but a bracket or a dash makes one run: "12 345", "3,2", "10:30", "1/3".
_JOIN = rf"(?:\s+|\s*[^\w\s()\[\]{_SIGNS}])(?=[0-9])"
_UPPER = "A-ZÆØÅÄÖÉÈÜÁǷ"
# A capital after a small letter begins another word: "sjuBarn" is read as two.
CAPITAL = re.compile(f"[{_UPPER}]")
WORD = rf"(?:[{_UPPER}]*[^\W0-9{_UPPER}]+|[{_UPPER}]+)"
_ATOM = re.compile(rf"(?P<run>(?<!\w)[{_SIGNS}]?[^\W0-9]*[0-9]\w*(?:{_JOIN}\w+)*)|(?P<word>{WORD})")
_GAP = re.compile(r"[\s-]*")
_AND = re.compile(r"[\s-]+(?:og|and)[\s-]+")
_ENDING = r"(?:(?:år|dobl|dobb|gang|tall|sifr)\w*|fold|vis)"
_AFTER_NUMBER = ("og", "år", "dobl", "dobb", "gang", "tall", "sifr", "fold", "vis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """One number as long as it can be read; `text[start:end]` holds it."""

    keys: Keys
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Atom:
    key: str
    start: int
    end: int


def find_expressions(text: str, language: Language) -> list[Expression]:
    """Every number expression of a text, in order.

    >>> [e.keys for e in find_expressions("I 2024 gikk 3,2 mill. kr til to skoler", "nb")]
    [('2024',), ('3,2', '#1000000'), ('#2',)]
    """
    found: list[Expression] = []
    last: _Atom | None = None
    for atom in _atoms(text, language):
        if last and _are_one(last.key, atom.key, text[last.end : atom.start]):
            before = found.pop()
            keys, start = (*before.keys, atom.key), before.start
        else:
            keys, start = (atom.key,), atom.start
        found.append(Expression(keys=keys, start=start, end=atom.end))
        last = atom
    return found


def _atoms(text: str, language: Language) -> Iterator[_Atom]:
    for match in _ATOM.finditer(text):
        key = run_key(match[0]) if match["run"] else word_key(match[0], language)
        if key:
            yield _Atom(key=key, start=match.start(), end=match.end())


def _are_one(one: str, two: str, gap: str) -> bool:
    """Whether two numbers beside each other are read as one."""
    if _GAP.fullmatch(gap):
        if one[0] == "#" and two[0] == "#":
            return True
        return _multiplies(two if two[0] == "#" else one)
    if one[0] == "#" and two[0] == "#" and _AND.fullmatch(gap):
        first, second = _size(one), _size(two)
        return second < first if first >= 20 else first < 10 and 20 <= second < 100
    return False


def _multiplies(key: str) -> bool:
    return key[0] == "#" and (not key[1:].isdigit() or int(key[1:]) >= 100)


def _size(key: str) -> int:
    return int(key[1:]) if key[1:].isdigit() else 0


def run_key(run: str) -> str:
    """A run of digits in one way of writing: plain spaces, one kind of minus, lower case.

    >>> run_key("−12\u00a0345")
    '-12 345'
    """
    sign = "-" if run[0] in _SIGNS else ""
    return sign + re.sub(r"\s+", " ", run.lstrip(_SIGNS)).lower()


@cache
def word_key(word: str, language: Language) -> str:
    """The key of a number word, compounds too; "" for any other word.

    >>> word_key("førtifem", "nb"), word_key("Treårig", "nb"), word_key("trenger", "nb")
    ('#45', '#3', '')
    """
    word = word.lower().strip("_")
    simple, compound, _ = _words(language)
    if word in simple:
        return "#" + simple[word]
    if match := compound.fullmatch(word):
        values = [int(simple[part]) for part in _parts(match["number"], language)]
        return "#" + str(_value(values))
    return ""


def spellings(key: str, language: Language) -> tuple[str, ...]:
    """The words that have this key."""
    simple = _words(language)[0]
    return tuple(word for word, value in simple.items() if "#" + value == key)


@lru_cache(maxsize=20_000)
def may_become_number(word: str, language: Language) -> bool:
    """Whether more letters could make it a number word; at times yes where the answer is no.

    >>> may_become_number("trett", "nb"), may_become_number("trenger", "nb")
    (True, False)
    """
    word = word.lower()
    numbers = _words(language)[0]
    parts = (*numbers, *_AFTER_NUMBER)
    return any(number.startswith(word) for number in numbers) or any(
        part.startswith(rest) or rest.startswith(part)
        for number in numbers
        if word.startswith(number)
        for rest in [word[len(number) :]]
        for part in parts
    )


@cache
def _words(language: Language) -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """Word → value, and what a compound and a part of it look like."""
    ordinary = set(_TABLE["ordinary"][language])
    simple = {
        word: value
        for kind in ("cardinals", "scales", "parts")
        for value, words in _TABLE[kind].items()
        for word in words
        if word not in ordinary
    }
    billion = "1000000000" if language == "en" else "1000000000000"
    simple |= dict.fromkeys(("billion", "billioner", "billions"), billion)
    whole = sorted((w for w, value in simple.items() if value.isdigit()), key=len, reverse=True)
    part = "|".join(map(re.escape, whole))
    compound = re.compile(rf"(?P<number>(?:{part})(?:(?:og)?(?:{part}))*){_ENDING}?")
    return simple, compound, re.compile(part)


def _parts(number: str, language: Language) -> list[str]:
    return _words(language)[2].findall(number)


def _value(values: list[int]) -> int:
    """[2, 100, 45] is two hundred and forty-five."""
    total, group = 0, 0
    for value in values:
        if value == 100:
            group = max(group, 1) * value
        elif value > 100:
            total, group = total + max(group, 1) * value, 0
        else:
            group += value
    return total + group
