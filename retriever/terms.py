"""How much of a question a text holds: used for table rows, columns and sentences alike. Pure."""

from collections.abc import Sequence
from functools import lru_cache

from retriever.vocabulary import TYPO, Wanted

KIN = 0.75  # a word near in meaning holds this much of the word asked for
LIKE = 0.8  # a word that begins with it, as "besøkende" with "besøk"
SHORTER = 0.6  # a word that it begins with, as "avløpsinvest." with "avløp"
PARTS = 0.9  # a compound whose parts stand apart
SOME_PARTS = 0.6  # one of which the first part stands: "biblioteksbesøk" with "bibliotek"
LAST_PART = 0.2  # one of which it does not: a "byrådsleder" is no "avdelingsleder"
LONG = 5  # letters of a key that another may begin with

# A text's keys, and how much it counts that a word stands there.
Field = tuple[frozenset[str], float]


def held(term: Wanted, fields: Sequence[Field]) -> float:
    """How much of one word the fields hold: 1 for the word itself, less for its parts or kin."""
    worth = _worth(term)
    best = 0.0
    for keys, weight in fields:
        for key in worth.keys() & keys:
            best = max(best, weight * worth[key])
    if best < LIKE:
        best = max(best, _stands(term.key, fields))
    if term.parts and best < PARTS:
        parts = [_stands(part, fields) for part in term.parts]
        whole = PARTS if min(parts) else SOME_PARTS if parts[0] else LAST_PART
        best = max(best, whole * sum(parts) / len(parts))
    return best


@lru_cache(maxsize=10_000)
def _worth(term: Wanted) -> dict[str, float]:
    """The keys that stand for a word, and how much of it each holds."""
    worth = {key: 1.0 if weight == TYPO else KIN for key, weight in term.kin}
    return {**worth, term.key: 1.0}


def coverage(terms: Sequence[Wanted], fields: Sequence[Field]) -> float:
    """The share of the words, rare ones counting more, that the fields hold."""
    total = sum(term.rarity for term in terms)
    if not total:
        return 0.0
    return sum(term.rarity * held(term, fields) for term in terms) / total


def _exact(key: str, fields: Sequence[Field]) -> float:
    best = 0.0
    for keys, weight in fields:
        if weight > best and key in keys:
            best = weight
    return best


def _stands(key: str, fields: Sequence[Field]) -> float:
    """The weight of the best field that holds a key, or a word that begins alike."""
    best = _exact(key, fields)
    if best or len(key) < LONG:
        return best
    for keys, weight in fields:
        best = max(best, weight * _like(key, keys))
    return best


@lru_cache(maxsize=500_000)
def _like(key: str, keys: frozenset[str]) -> float:
    best = 0.0
    for other in keys:
        if other.startswith(key):
            return LIKE
        if len(other) >= LONG and key.startswith(other):
            best = SHORTER
    return best


def names_missing(terms: Sequence[Wanted], fields: Sequence[Field]) -> bool:
    """Whether a name in the question stands in none of the fields, not even mistyped."""
    return any(
        term.name
        and not _stands(term.key, fields)
        and not any(weight == TYPO and _exact(key, fields) for key, weight in term.kin)
        for term in terms
    )
