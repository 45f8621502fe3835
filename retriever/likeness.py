"""Words of a question and of the reports → how near they are in meaning, by the bundled embedder.

Says what no list of words does: "kloakk" is near "avløp". Slower than keys that are the same, so
only asked about the words around candidates that are already found.
"""

from collections.abc import Collection, Mapping, Sequence

from indexer.embed import StaticEmbedder
from retriever.terms import Field, held
from retriever.vocabulary import Wanted

LEAST = 0.45  # a cosine below this says nothing

# A word of the question → the keys near it in meaning, and how near.
Near = Mapping[str, Mapping[str, float]]


def near_keys(terms: Sequence[Wanted], found: Collection[str], embedder: StaticEmbedder) -> Near:
    """Which of the keys that were found mean much the same as a word of the question."""
    said = [key for key in found if not key[0].isdigit()]
    asked = [term.key for term in terms if not term.key[0].isdigit()]
    if not said or not asked:
        return {}
    likeness = embedder.embed_keys(asked) @ embedder.embed_keys(said).T
    return {
        key: {said[i]: float(row[i]) for i in (row > LEAST).nonzero()[0]}
        for key, row in zip(asked, likeness, strict=True)
    }


def meant(terms: Sequence[Wanted], fields: Sequence[Field], near: Near) -> float:
    """The share of the words that the fields hold by meaning and not by their keys."""
    total = sum(term.rarity for term in terms)
    if not total or not near:
        return 0.0
    return sum(term.rarity * _more(term, fields, near) for term in terms) / total


def _more(term: Wanted, fields: Sequence[Field], near: Near) -> float:
    keys = near.get(term.key)
    if not keys:
        return 0.0
    best = max((keys[key] for found, _ in fields for key in found & keys.keys()), default=0.0)
    return max(0.0, best - held(term, fields)) if best else 0.0
