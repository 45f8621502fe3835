"""The words of a question -> weighted keys to search by: its own, its kin's, and mistyped ones."""

import tomllib
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.tokens import keys, tokens, words
from indexer.words import Words

_PART = 0.5  # a compound's part beside the compound itself
_KIN = 0.25  # a word near in meaning, beside a word that the reports use
_INSTEAD = 0.7  # the same where the reports never use the question's own word
_TYPO = 0.8
_TYPO_LENGTH = 5  # shorter words are too near to too many others
_MAX_WORDS = 64  # of a question: nobody asks more, and each costs time

# A key and what it counts for.
Term = tuple[str, float]


def query_terms(query: str, index: Words, *, leave_out: Collection[str] = ()) -> list[Term]:
    """Keys with weights, the question's own first; `index` tells which keys the reports know."""
    ignored = {key for name in leave_out for key in tokens(name)}
    found: dict[str, float] = {}

    def add(key: str, weight: float) -> None:
        if key not in ignored and weight > found.get(key, 0.0):
            found[key] = weight

    asked = [own for word in words(query)[:_MAX_WORDS] if (own := keys(word))]
    for own in asked:
        for key, weight in _spelled(own, index):
            add(key, weight)
    present = [key for own in asked for key in own]
    strange = {own[0] for own in asked if not any(map(index.frequency, own))}
    for trigger, kin in _kin(present):
        weight = _INSTEAD if strange.intersection(trigger) else _KIN
        for key in kin:
            add(key, weight)
    return list(found.items())


def _spelled(own: Sequence[str], index: Words) -> list[Term]:
    """A word's own keys; for one that no report holds, the nearest key that one does."""
    whole, *parts = own
    terms = [(whole, 1.0), *((part, _PART) for part in parts)]
    if any(map(index.frequency, own)) or not whole.isalpha() or len(whole) < _TYPO_LENGTH:
        return terms
    allowed = 1 if len(whole) < 8 else 2
    nearby = index.starting_with(whole[0])
    best = process.extractOne(whole, nearby, scorer=OSA.distance, score_cutoff=allowed)
    return [*terms, (best[0], _TYPO)] if best else terms


def _kin(present: Iterable[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(the keys that called for it, the keys to look for as well) for each word near in meaning."""
    asked = set(present)
    return [
        (trigger, kin)
        for first in dict.fromkeys(present)
        for trigger, kin in _near().get(first, ())
        if asked.issuperset(trigger)
    ]


@cache
def lexicon() -> tuple[list[list[str]], list[tuple[str, list[str]]]]:
    """Groups of words near in meaning; English words with their Norwegian ones."""
    text = (files(__package__) / "data" / "vocabulary.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return list(found["near"].values()), list(found["english"].items())


@cache
def _near() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """First key of a trigger -> (all its keys, the keys of its kin)."""
    near: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}

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
    return near


def _wholes(entry: str) -> tuple[str, ...]:
    return tuple(own[0] for word in words(entry) if (own := keys(word)))
