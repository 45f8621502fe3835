"""A found cell → the other amounts that reports give for the same figure.

for other in stated_otherwise(index, found):
    …"også oppgitt som 8,2 mill. kr (granmo-2024 side 8)"
"""

from figures.conflicts import Stated
from indexer.conflicts import conflicts_of
from indexer.index import Index
from retriever.cells import FoundCell


def stated_otherwise(index: Index, found: FoundCell) -> tuple[Stated, ...]:
    """Where a later or earlier report, or the report's own text, gives this figure otherwise."""
    row = found.table.rows.index(found.row)
    return conflicts_of(index.store, found.table.id, row, found.position)
