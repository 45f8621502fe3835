"""The words of a question -> what to search by: its own words, their kin, and mistyped ones."""

import math
import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.kept import kept
from indexer.tokens import STEMMER, WORD_LISTS, keys, tokens, words
from indexer.words import Words

_PART = 0.5  # a compound's part beside the compound itself
_KIN = 0.25  # a word near in meaning, beside a word that the reports use
_INSTEAD = 0.7  # the same where the reports never use the question's own word
_BEGINS = 0.5  # a longer word that begins with a rare one: "ukraina", "ukrainanettverk"
_RARE, _LONGER = 2, 8  # passages that hold the rare one; longer words looked for
_ASIDE = 0.4  # a word that says what to do with a figure
TYPO = 0.8
_TYPO_LENGTH = 5  # shorter words are too near to too many others
_LONG = 8  # longer words may have two letters wrong
_VOCABULARY = Path(__file__).parent / "data" / "vocabulary.toml"
_MAX_WORDS = 64  # of a question: nobody asks more, and each costs time

# What a question says of every report alike.
_REPORTS = ("kommune", "kommunen", "årsrapport", "årsberetning", "årsmelding", "annual", "report")
_YEAR = re.compile(r"(?:19|20)\d\d")
_INNER_CAPITAL = re.compile(r"(?<=[^\s.?!:] )[A-ZÆØÅ][^\W\d_]+")

# A key and what it counts for.
Term = tuple[str, float]
# The keys that call for it, and the keys to look for too.
Entry = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One word of a question."""

    key: str
    parts: tuple[str, ...] = ()  # of a compound
    kin: tuple[
        Term, ...
    ] = ()  # keys that mean nearly the same, or what was meant by a typing error
    weight: float = 1.0  # in a word search
    rarity: float  # how telling the word is: high for a word that few passages hold
    name: bool = False  # written with a capital inside the question


def query_words(query: str, index: Words, *, leave_out: Collection[str] = ()) -> list[Wanted]:
    """The telling words of a question in order; `index` tells which keys the reports know."""
    ignored = _ignored(leave_out)
    capitals = {word.lower() for word in _INNER_CAPITAL.findall(query)}
    asked: dict[str, tuple[str, ...]] = {}
    names: set[str] = set()
    for word in words(query)[:_MAX_WORDS]:
        own = keys(word)
        if own and own[0] not in ignored:
            asked.setdefault(own[0], own)
            if word in capitals:
                names.add(own[0])
    meant = {key: _meant(own, index) for key, own in asked.items()}
    kin = _kin([key for own in asked.values() for key in own] + [m for m in meant.values() if m])
    total = len(index)
    found = []
    for key, own in asked.items():
        often = index.frequency(key)
        weight = _ASIDE if key in _aside() else 1.0
        near = dict.fromkeys(_called_by(own, meant[key], kin), _KIN if often else _INSTEAD)
        if often <= _RARE and len(key) >= _TYPO_LENGTH and key[0].isalpha():
            near |= dict.fromkeys(index.starting_with(key)[:_LONGER], _BEGINS)
            near.pop(key, None)
        if meant[key]:
            near[meant[key]] = TYPO
        found.append(
            Wanted(
                key=key,
                parts=own[1:],
                kin=tuple(
                    (other, weight) for other, weight in near.items() if other not in ignored
                ),
                rarity=math.log(1 + (total + 1) / (often + 1)) * weight,
                weight=weight,
                name=key in names,
            )
        )
    return found


def subject(query: str, *, leave_out: Collection[str] = ()) -> str:
    """The question without the words that only say which report it is about, to be embedded.

    >>> subject("Hvor mange elever hadde Vågan kommune i 2023?", leave_out=["Vågan"])
    'hvor mange elever hadde i'
    """
    ignored = _ignored(leave_out)
    said = [
        word
        for word in words(query)[:_MAX_WORDS]
        if not ignored.intersection(keys(word)) and not _YEAR.fullmatch(word)
    ]
    return " ".join(said) or query


def _ignored(leave_out: Collection[str]) -> set[str]:
    return {key for name in (*leave_out, *_REPORTS) for key in tokens(name)[:1]}


def as_terms(wanted: Iterable[Wanted]) -> list[Term]:
    """Keys with weights for a word search; a key wanted twice counts as its best."""
    found: dict[str, float] = {}
    for word in wanted:
        for key, share in ((word.key, 1.0), *((part, _PART) for part in word.parts), *word.kin):
            found[key] = max(word.weight * share, found.get(key, 0.0))
    return list(found.items())


def _meant(own: Sequence[str], index: Words) -> str:
    """The nearest key that a report holds, for a word that none does; else nothing."""
    whole = own[0]
    if len(whole) < _TYPO_LENGTH or not whole.replace("_", "").isalpha():
        return ""
    if any(map(index.frequency, own)):
        return ""
    allowed = 1 if len(whole) < _LONG else 2
    nearby = index.starting_with(whole[0])
    best = process.extractOne(whole, nearby, scorer=OSA.distance, score_cutoff=allowed)
    return str(best[0]) if best else ""


def _kin(present: Sequence[str]) -> list[Entry]:
    """(the keys that call for it, the keys to look for too) for each entry that is asked for."""
    asked = set(present)
    return [
        (trigger, kin)
        for first in dict.fromkeys(present)
        for trigger, kin in _near().get(first, ())
        if asked.issuperset(trigger)
    ]


def _called_by(own: Sequence[str], meant: str, kin: Iterable[Entry]) -> list[str]:
    """The kin that this word calls for; a phrase's kin goes with its first word."""
    return [key for trigger, near in kin if trigger[0] in (*own, meant) for key in near]


@cache
def lexicon() -> tuple[list[list[str]], list[tuple[str, list[str]]]]:
    """Groups of words near in meaning; English words with their Norwegian ones."""
    found = _read()
    return list(found["near"].values()), list(found["english"].items())


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(_VOCABULARY.read_text(encoding="utf-8"))


@cache
def _aside() -> frozenset[str]:
    """Keys of words that say what to do with a figure, not what it is about."""
    return frozenset(_prepared()["aside"])


def _near() -> dict[str, list[Entry]]:
    """First key of a trigger -> its entries."""
    near: dict[str, list[Entry]] = _prepared()["near"]
    return near


@cache
def _prepared() -> dict[str, Any]:
    """The vocabulary in keys."""
    sources = (_VOCABULARY, Path(__file__), *WORD_LISTS)
    return dict(kept(sources, _prepare, version=STEMMER))


def _prepare() -> dict[str, Any]:
    near: dict[str, list[Entry]] = {}

    def learn(entry: str, kin: Iterable[str]) -> None:
        trigger = _wholes(entry)
        others = dict.fromkeys(key for other in kin for key in _wholes(other))
        if trigger:
            wanted = tuple(key for key in others if key not in trigger)
            near.setdefault(trigger[0], []).append((trigger, wanted))

    groups, english = lexicon()
    for group in groups:
        for entry in group:
            learn(entry, (other for other in group if other != entry))
    for word, norwegian in english:
        learn(word, norwegian)
    aside = words(" ".join(_read()["aside"].values()))
    return {"near": near, "aside": sorted({key for word in aside for key in keys(word)})}


@cache
def _wholes(entry: str) -> tuple[str, ...]:
    return tuple(own[0] for word in words(entry) if (own := keys(word)))
