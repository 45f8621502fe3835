"""Query → all that may answer it: passages, table cells and amounts in running text."""

from dataclasses import dataclass

from indexer.index import Index
from retriever.cells import FoundCell, find_cells
from retriever.mentions import FoundMention, find_mentions
from retriever.questions import FIGURE_OPERATIONS
from retriever.search import Hit, search
from retriever.sentences import Sentence, rank_sentences
from retriever.understand import Query

HITS, CELLS, MENTIONS, SENTENCES = 20, 40, 20, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was found for one query, each kind best first."""

    hits: tuple[Hit, ...]
    cells: tuple[FoundCell, ...]
    mentions: tuple[FoundMention, ...]
    sentences: tuple[Sentence, ...]


def gather(index: Index, query: Query) -> Evidence:
    """Look in the query's reports, and nowhere else."""
    hits = find_passages(index, query, k=HITS)
    figure = query.asked.operation in FIGURE_OPERATIONS or query.asked.operation == "extreme"
    return Evidence(
        hits=tuple(hits),
        cells=tuple(find_cells(index, query, limit=CELLS)) if figure else (),
        mentions=tuple(find_mentions(index, query, hits, limit=MENTIONS)) if figure else (),
        sentences=tuple(rank_sentences(index, query, hits, limit=SENTENCES)),
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
