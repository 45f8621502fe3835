"""An opened index: what a question is answered from. Parts are opened when first needed."""

import sqlite3
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from figures.cells import Table
from figures.errors import IndexMismatch
from indexer.commit import current_generation, read_manifest
from indexer.embed import BUNDLED, Embedder, StaticEmbedder, load_embedder
from indexer.records import Passage
from indexer.store import load_documents, load_passages, load_table, open_for_reading
from indexer.vectors import Vectors
from indexer.words import Words

KEPT = 5000  # tables kept in memory, and passages


class Index:
    """One finished generation, read-only. Build anew and open again to see changes."""

    def __init__(self, folder: Path, *, embedder: str) -> None:
        """Open the current generation; `embedder` must be the one that it was made with."""
        self.folder = current_generation(folder)
        self.manifest: dict[str, Any] = read_manifest(self.folder)
        self._embedder_name = embedder
        self._tables: dict[str, Table] = {}
        self._passages: dict[int, Passage] = {}

    @cached_property
    def store(self) -> sqlite3.Connection:
        """Documents, pages, passages, tables, cells."""
        return open_for_reading(self.folder / "records.sqlite")

    @cached_property
    def documents(self) -> list[dict[str, Any]]:
        """What the index holds, a row for each report."""
        return load_documents(self.store)

    def document(self, id_: str) -> dict[str, Any]:
        """One report's row, by an id that the index holds."""
        return next(document for document in self.documents if document["id"] == id_)

    def table(self, id_: str) -> Table:
        """A table that is known to be there; those that questions need stay in memory."""
        if id_ not in self._tables:
            table = load_table(self.store, id_)
            assert table is not None
            if len(self._tables) >= KEPT:
                self._tables.clear()
            self._tables[id_] = table
        return self._tables[id_]

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """Passages by number, in the order asked for; those that questions need stay in memory."""
        if len(self._passages) >= KEPT:
            self._passages = {}
        kept = self._passages
        new = [number for number in numbers if number not in kept]
        if new:
            kept |= zip(new, load_passages(self.store, new), strict=True)
        return [kept[number] for number in numbers]

    @cached_property
    def words(self) -> Words:
        """The passages by their words."""
        return Words(self.folder / "words")

    @cached_property
    def row_words(self) -> Words:
        """The table rows by their words."""
        return Words(self.folder / "rows")

    @cached_property
    def vectors(self) -> Vectors:
        """The passages by meaning."""
        return Vectors(self.folder / "passages.faiss")

    @cached_property
    def row_vectors(self) -> Vectors:
        """The table rows by meaning."""
        return Vectors(self.folder / "rows.faiss")

    @cached_property
    def word_meanings(self) -> StaticEmbedder:
        """The bundled model, whichever made the vectors: it knows single words."""
        embedder = self.embedder
        return embedder if isinstance(embedder, StaticEmbedder) else StaticEmbedder(BUNDLED)

    @cached_property
    def embedder(self) -> Embedder:
        """The model that made the vectors."""
        embedder = load_embedder(self._embedder_name)
        made_with = self.manifest["models"]["embedder"]
        if embedder.name != made_with:
            raise IndexMismatch(
                f"{self.folder.parent}: built with embedder {made_with!r}, but this run uses "
                f"{embedder.name!r}; index the reports again, or set KOMMUNESVAR_EMBEDDER"
            )
        return embedder
