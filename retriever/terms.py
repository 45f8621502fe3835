"""The words that say what a question is about, how rare each is, and how much of them a text holds.

Used wherever something is compared with a question: table rows, columns, sentences.
"""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from indexer.tokens import keys, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of the question."""

    word: str
    keys: tuple[str, ...]  # the word's own key, then those of a compound's parts
    weight: float  # how rare it is in the reports
    kin: tuple[tuple[str, float], ...] = ()  # keys of words that mean nearly the same


def read_terms(subject: str, *, frequency: Callable[[str], int], total: int) -> list[Term]:
    """The telling words of a question; `frequency` says in how many texts a key stands."""
    terms: dict[str, Term] = {}
    for word in words(subject):
        found = keys(word)
        if not found or found[0] in terms:
            continue
        rarity = max(frequency(found[0]), 0)
        terms[found[0]] = Term(
            word=word,
            keys=found,
            weight=math.log(1 + (total + 1) / (rarity + 1)),
        )
    return list(terms.values())


def held(term: Term, text: Collection[str]) -> float:
    """How much of a term a text's keys hold: 1 for the word itself, less for a part or kin."""
    if term.keys[0] in text:
        return 1.0
    best = max((weight for key, weight in term.kin if key in text), default=0.0)
    if len(term.keys) > 1:
        parts = term.keys[1:]
        share = sum(part in text for part in parts) / len(parts)
        best = max(best, 0.9 * share if share == 1 else 0.6 * share)
    return best


def coverage(terms: Sequence[Term], fields: Sequence[tuple[frozenset[str], float]]) -> float:
    """The share of the terms, rare ones counting more, that the best field for each holds."""
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    got = sum(
        term.weight * max((weight * held(term, text) for text, weight in fields), default=0.0)
        for term in terms
    )
    return got / total
