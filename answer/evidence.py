"""Query → all that may answer it: passages, table cells and amounts in running text.

Each kind is looked for when a writer first asks for it: few questions need them all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, overload

from indexer.index import Index
from retriever.cells import FoundCell, find_cells
from retriever.mentions import FoundMention, find_mentions
from retriever.questions import FIGURE_OPERATIONS
from retriever.search import Hit, search
from retriever.sentences import Sentence, rank_sentences
from retriever.understand import Query

HITS, CELLS, MENTIONS, SENTENCES = 20, 40, 20, 20

Found = TypeVar("Found")


class WhenAsked(Sequence[Found]):
    """What a search finds, searched for when it is first looked at."""

    def __init__(self, search: Callable[[], Sequence[Found]]) -> None:
        self._search = search

    @cached_property
    def _found(self) -> tuple[Found, ...]:
        return tuple(self._search())

    @overload
    def __getitem__(self, at: int) -> Found: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Found, ...]: ...
    def __getitem__(self, at: int | slice) -> Found | tuple[Found, ...]:
        return self._found[at]

    def __len__(self) -> int:
        return len(self._found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was found for one query, each kind best first."""

    hits: Sequence[Hit]
    cells: Sequence[FoundCell]
    mentions: Sequence[FoundMention]
    sentences: Sequence[Sentence]


def gather(index: Index, query: Query) -> Evidence:
    """Look in the query's reports, and nowhere else."""
    hits = find_passages(index, query, k=HITS)
    figure = query.asked.operation in FIGURE_OPERATIONS or query.asked.operation == "extreme"
    cells = WhenAsked(lambda: find_cells(index, query, limit=CELLS))
    mentions = WhenAsked(lambda: find_mentions(index, query, hits, limit=MENTIONS))
    return Evidence(
        hits=hits,
        cells=cells if figure else (),
        mentions=mentions if figure else (),
        sentences=WhenAsked(lambda: rank_sentences(index, query, hits, limit=SENTENCES)),
    )


def find_passages(index: Index, query: Query, *, k: int) -> list[Hit]:
    """Passages in the query's scope, best first."""
    if not query.docs:
        return []
    return search(
        query.question,
        words=index.words,
        vectors=index.vectors,
        embedder=index.embedder,
        docs=query.docs,
        k=k,
        passages=index.passages,
        leave_out=query.places,
    )
