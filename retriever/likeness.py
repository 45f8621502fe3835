"""A question and what the reports say → how near they are in meaning, by the bundled embedder.

Says what no list of words does: "kloakk" is near "avløp". Slower than keys that are the same, so
only asked about candidates that are already found.
"""

from collections.abc import Collection, Sequence

from indexer.embed import StaticEmbedder
from retriever.terms import Near
from retriever.vocabulary import Wanted

LEAST = 0.45  # a cosine below this says nothing


def likeness(subject: str, texts: Sequence[str], embedder: StaticEmbedder) -> list[float]:
    """How near each text is to the question, from 0 to 1."""
    nearness = embedder.embed_passages(texts) @ embedder.embed_queries([subject])[0]
    found: list[float] = nearness.clip(0.0, 1.0).tolist()
    return found


def near_keys(terms: Sequence[Wanted], found: Collection[str], embedder: StaticEmbedder) -> Near:
    """Which of the keys that were found mean much the same as a word of the question."""
    said = [key for key in found if not key[0].isdigit()]
    asked = [term.key for term in terms if not term.key[0].isdigit()]
    if not said or not asked:
        return {}
    near = (embedder.embed_keys(said) @ embedder.embed_keys(asked).T).T  # quicker this way round
    return {
        key: {said[i]: float(row[i]) for i in (row > LEAST).nonzero()[0]}
        for key, row in zip(asked, near, strict=True)
    }
