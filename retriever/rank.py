"""Candidates -> the same, in the order of what they say about the question. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.records import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage that one of the searches found, and how well each liked it."""

    number: int
    passage: Passage
    words: float  # BM25; 0 where only the vectors found it
    vector: float  # cosine; 0 where only the words found it
    fused: float


def rank(
    query: str, terms: Sequence[tuple[str, float]], candidates: Sequence[Candidate]
) -> list[tuple[Candidate, float, tuple[str, ...]]]:
    """Each candidate with its score and the reasons for it, best first."""
    ordered = sorted(candidates, key=lambda one: -one.fused)
    return [(one, one.fused, ()) for one in ordered]
