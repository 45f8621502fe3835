"""A question and a scope -> the passages that may answer it, best first.

words and vectors each give their best; the two lists are fused by rank, and the candidates ranked
again by what they say (retriever.rank). The scope is a hard filter: nothing outside it is seen.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from indexer.embed import Embedder
from indexer.records import Passage
from indexer.vectors import Vectors
from indexer.words import Words
from retriever.rank import Candidate, rank
from retriever.vocabulary import as_terms, query_words, subject

_POOL = 50  # candidates from each side
_FUSE = 60  # the usual constant of reciprocal rank fusion: how little the first ranks stand out


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found, its number in the index, how well it fits and why."""

    passage: Passage
    number: int
    score: float
    reasons: tuple[str, ...]


def search(
    query: str,
    *,
    words: Words,
    vectors: Vectors,
    embedder: Embedder,
    docs: Collection[str] | None = None,
    k: int = 10,
    passages: Callable[[Sequence[int]], list[Passage]],
    leave_out: Collection[str] = (),
) -> list[Hit]:
    """The best passages within `docs`; names in `leave_out` (the scope's own) do not count."""
    wanted = query_words(query, words, leave_out=leave_out)
    by_words = dict(words.search(as_terms(wanted), k=_POOL, docs=docs))
    allowed = None if docs is None else words.numbers(docs)
    about = subject(query, leave_out=leave_out)
    by_vectors = dict(vectors.search(embedder.embed_queries([about])[0], _POOL, allowed))
    fused = _fuse(by_words, by_vectors)
    numbers = list(fused)
    candidates = [
        Candidate(
            number=number,
            passage=passage,
            words=by_words.get(number, 0.0),
            vector=by_vectors.get(number, 0.0),
        )
        for number, passage in zip(numbers, passages(numbers), strict=True)
    ]
    return [
        Hit(passage=one.passage, number=one.number, score=score, reasons=reasons)
        for one, score, reasons in rank(query, wanted, candidates)[:k]
    ]


def _fuse(*lists: dict[int, float]) -> dict[int, float]:
    """Reciprocal rank fusion, best first.

    >>> list(_fuse({1: 9.0, 2: 8.0}, {2: 0.5, 3: 0.4}))
    [2, 1, 3]
    """
    fused: dict[int, float] = {}
    for found in lists:
        for place, number in enumerate(found):
            fused[number] = fused.get(number, 0.0) + 1 / (_FUSE + place + 1)
    return dict(sorted(fused.items(), key=lambda item: -item[1]))
