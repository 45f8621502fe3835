"""How much of a question a text holds: used for table rows, columns and sentences alike. Pure."""

from collections.abc import Collection, Sequence

from retriever.vocabulary import TYPO, Wanted

KIN = 0.75  # a word near in meaning holds this much of the word asked for
PARTS, SOME_PARTS = 0.9, 0.6  # a compound whose parts stand apart; one of which only some stand


def held(term: Wanted, text: Collection[str]) -> float:
    """How much of one word a text's keys hold: 1 for the word itself, less for parts or kin."""
    if term.key in text:
        return 1.0
    best = max(
        (1.0 if weight == TYPO else KIN for key, weight in term.kin if key in text), default=0
    )
    if term.parts:
        share = sum(part in text for part in term.parts) / len(term.parts)
        best = max(best, PARTS if share == 1 else SOME_PARTS * share)
    return best


def coverage(terms: Sequence[Wanted], fields: Sequence[tuple[frozenset[str], float]]) -> float:
    """The share of the words, rare ones counting more, that the best field for each holds."""
    total = sum(term.rarity for term in terms)
    if not total:
        return 0.0
    return sum(term.rarity * _best(term, fields) for term in terms) / total


def _best(term: Wanted, fields: Sequence[tuple[frozenset[str], float]]) -> float:
    return max((weight * held(term, text) for text, weight in fields), default=0.0)
