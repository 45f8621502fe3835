"""A question and a scope -> the passages that may answer it, best first.

words and vectors each give their best; the two lists are fused by rank, and the candidates ranked
again by what they say (retriever.rank). The scope is a hard filter: nothing outside it is seen.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from indexer.embed import Embedder
from indexer.records import Passage
from indexer.vectors import Vectors
from indexer.words import Words
from retriever.rank import Candidate, rank
from retriever.vocabulary import Wanted, as_terms, query_words, subject

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_POOL = 60  # candidates from each side
_READ = 40  # of them, those that are read before they are ranked
_OWN = 0.4  # what it counts there to be of the year asked about
_FUSE = 60  # the usual constant of reciprocal rank fusion: how little the first ranks stand out


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found, its number in the index, how well it fits and why."""

    passage: Passage
    number: int
    score: float
    reasons: tuple[str, ...]


def behind_best(hit: Hit, hits: Sequence[Hit]) -> float:
    """How far a passage is behind the best, as a share of the best one's score."""
    best = hits[0].score
    return max(-1.0, min(0.0, hit.score / best - 1)) if best > 0 else 0.0


def search(
    query: str,
    *,
    words: Words,
    vectors: Vectors,
    embedder: Embedder,
    docs: Collection[str] | None = None,
    later: Collection[str] = (),
    k: int = 10,
    passages: Callable[[Sequence[int]], list[Passage]],
    leave_out: Collection[str] = (),
) -> list[Hit]:
    """The best passages within `docs`; names in `leave_out` (the scope's own) do not count.

    Those of `later` reports, which look back on the year of `docs`, are found too, but rank lower.
    """
    wanted, candidates = find_candidates(
        query,
        words=words,
        vectors=vectors,
        embedder=embedder,
        docs=docs,
        later=later,
        passages=passages,
        leave_out=leave_out,
    )
    hits = [
        Hit(passage=one.passage, number=one.number, score=score, reasons=reasons)
        for one, score, reasons in rank(query, wanted, candidates, embedder)
    ]
    if docs is not None and _compares(query, leave_out):
        hits = _each_first(hits)
    return hits[:k]


def find_candidates(
    query: str,
    *,
    words: Words,
    vectors: Vectors,
    embedder: Embedder,
    docs: Collection[str] | None,
    later: Collection[str] = (),
    passages: Callable[[Sequence[int]], list[Passage]],
    leave_out: Collection[str] = (),
) -> tuple[list[Wanted], list[Candidate]]:
    """What the question asks for, and the passages that either search found, fused by rank."""
    wanted = query_words(query, words, leave_out=leave_out)
    scope = None if docs is None else [*docs, *later]
    by_words = dict(words.search(as_terms(wanted), k=_POOL, docs=scope))
    allowed = None if scope is None else words.scope(scope)
    about = subject(query, leave_out=leave_out)
    by_vectors = dict(vectors.search(embedder.embed_queries([about])[0], _POOL, allowed))
    own = set(words.numbers(docs).tolist()) if docs is not None and later else None
    numbers = _likeliest(_fuse(by_words, by_vectors), by_words, by_vectors, own)
    candidates = [
        Candidate(
            number=number,
            passage=passage,
            words=by_words.get(number, 0.0),
            vector=by_vectors.get(number, 0.0),
            own=own is None or number in own,
        )
        for number, passage in zip(numbers, passages(numbers), strict=True)
    ]
    return wanted, candidates


def _likeliest(
    numbers: Sequence[int],
    by_words: dict[int, float],
    by_vectors: dict[int, float],
    own: Collection[int] | None,
) -> list[int]:
    """Those that the searches like best: to read a passage costs more than to find it."""
    most = max(by_words.values(), default=0.0) or 1.0
    nearest = max(by_vectors.values(), default=0.0) or 1.0

    def liked(number: int) -> float:
        found = by_words.get(number, 0.0) / most + by_vectors.get(number, 0.0) / nearest
        return found + _OWN * (own is None or number in own)

    return sorted(numbers, key=liked, reverse=True)[:_READ]


def _compares(query: str, places: Collection[str]) -> bool:
    """Whether a question names several municipalities or years, and so wants each one's report."""
    return len(set(places)) > 1 or len(set(_YEAR.findall(query))) > 1


def _each_first(hits: Sequence[Hit]) -> list[Hit]:
    """The best hit of each report before the second best of any."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.passage.doc, hit)
    return [*best.values(), *(hit for hit in hits if best[hit.passage.doc] is not hit)]


def _fuse(*lists: dict[int, float]) -> list[int]:
    """Reciprocal rank fusion: the numbers of all lists, best first.

    >>> _fuse({1: 9.0, 2: 8.0}, {2: 0.5, 3: 0.4})
    [2, 1, 3]
    """
    fused: dict[int, float] = {}
    for found in lists:
        for place, number in enumerate(found):
            fused[number] = fused.get(number, 0.0) + 1 / (_FUSE + place + 1)
    return sorted(fused, key=lambda number: -fused[number])
