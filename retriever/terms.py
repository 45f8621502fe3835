"""How much of a question a text holds: used for table rows, columns and sentences alike. Pure."""

from collections.abc import Collection, Sequence

from retriever.vocabulary import TYPO, Wanted

KIN = 0.75  # a word near in meaning holds this much of the word asked for
LIKE = 0.8  # a word that begins with it, as "besøkende" with "besøk"
PARTS, SOME_PARTS = 0.9, 0.6  # a compound whose parts stand apart; one of which only some stand
LONG = 5  # letters of a key that another may begin with


def held(term: Wanted, text: Collection[str]) -> float:
    """How much of one word a text's keys hold: 1 for the word itself, less for parts or kin."""
    if term.key in text:
        return 1.0
    best = _like(term.key, text)
    for key, weight in term.kin:
        if key in text:
            best = max(best, 1.0 if weight == TYPO else KIN)
    if term.parts:
        share = sum(max(float(part in text), _like(part, text)) for part in term.parts)
        share /= len(term.parts)
        best = max(best, PARTS * share if share > PARTS else SOME_PARTS * share)
    return best


def _like(key: str, text: Collection[str]) -> float:
    if len(key) < LONG:
        return 0.0
    return LIKE if any(other.startswith(key) for other in text) else 0.0


def coverage(terms: Sequence[Wanted], fields: Sequence[tuple[frozenset[str], float]]) -> float:
    """The share of the words, rare ones counting more, that the best field for each holds."""
    total = sum(term.rarity for term in terms)
    if not total:
        return 0.0
    return sum(term.rarity * _best(term, fields) for term in terms) / total


def _best(term: Wanted, fields: Sequence[tuple[frozenset[str], float]]) -> float:
    return max((weight * held(term, text) for text, weight in fields), default=0.0)


def names_missing(terms: Sequence[Wanted], fields: Sequence[tuple[frozenset[str], float]]) -> bool:
    """Whether a name in the question stands in none of the fields."""
    return any(term.name and not _best(term, fields) for term in terms)
