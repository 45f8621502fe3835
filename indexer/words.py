"""The word side of the index: passages' keys in, passage numbers by BM25 out. tantivy's only door.

Text is turned into keys by indexer.tokens before tantivy sees it, and queries are built from
terms, never parsed, so nothing a person types is syntax. A passage is known by its number.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from indexer.tokens import tokens

_KEYS = "whitespace"  # the keys come separated by spaces; tantivy must not analyse them again
_HEAP = 50_000_000
_SCOPES = 64  # scopes whose passage numbers are remembered
_FIELDS = ("text", "heading", "title")

# A word in a heading or a table's title says more about a passage than one in its text.
WEIGHTS: Mapping[str, float] = {"text": 1.0, "heading": 0.5, "title": 0.5}

# Weighted terms: (key, weight).
Terms = Iterable[tuple[str, float]]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True, indexed=True, fast=True)
    builder.add_text_field("doc", stored=False, tokenizer_name="raw", index_option="basic")
    for field in _FIELDS:
        builder.add_text_field(field, stored=False, tokenizer_name=_KEYS, index_option="freq")
    return builder.build()


class WordsWriter:
    """Adds and removes passages; nothing shows to readers before `commit`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(_schema(), path=str(folder))
        self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)

    def add(self, number: int, doc: str, heading: str, title: str, text: str) -> None:
        """Add one passage under its number."""
        self._writer.add_document(
            tantivy.Document(
                number=number,
                doc=doc,
                heading=" ".join(tokens(heading)),
                title=" ".join(tokens(title)),
                text=" ".join(tokens(text)),
            )
        )

    def remove(self, doc: str) -> None:
        """Remove every passage of a document."""
        self._writer.delete_documents_by_term("doc", doc)

    def commit(self) -> None:
        """Write what was added and removed; the writer is finished afterwards."""
        self._writer.commit()
        self._writer.wait_merging_threads()


class Words:
    """A finished word index, read-only."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._numbers: dict[frozenset[str], NDArray[np.int64]] = {}
        self._beginning: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self,
        query: str | Terms,
        *,
        k: int,
        docs: Collection[str] | None = None,
        weights: Mapping[str, float] = WEIGHTS,
    ) -> list[tuple[int, float]]:
        """Best passages for a question or for weighted keys: (number, BM25 score), best first."""
        terms = [(key, 1.0) for key in tokens(query)] if isinstance(query, str) else list(query)
        if not terms or k < 1 or (docs is not None and not docs):
            return []
        wanted = self._any_of(terms, weights)
        if docs is not None and self.scope(docs) is not None:
            scope = tantivy.Query.const_score_query(
                tantivy.Query.term_set_query(self._schema, "doc", list(docs)), 0.0
            )
            wanted = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, wanted), (tantivy.Occur.Must, scope)]
            )
        hits = self._searcher.search(wanted, limit=k, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        return [
            (int(number), float(score)) for number, (score, _) in zip(numbers, hits, strict=True)
        ]

    def _any_of(self, terms: Terms, weights: Mapping[str, float]) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.boost_query(
                        tantivy.Query.term_query(self._schema, field, key, index_option="freq"),
                        weight * weights[field],
                    ),
                )
                for key, weight in terms
                for field in weights
            ]
        )

    def scope(self, docs: Collection[str]) -> NDArray[np.int64] | None:
        """The numbers of all passages of these documents; None where that is every passage."""
        numbers = self.numbers(docs)
        return None if len(numbers) == len(self) else numbers

    def numbers(self, docs: Collection[str]) -> NDArray[np.int64]:
        """The numbers of all passages of these documents, for filters elsewhere."""
        wanted = frozenset(docs)
        if wanted not in self._numbers:
            scope = tantivy.Query.term_set_query(self._schema, "doc", list(wanted))
            hits = self._searcher.search(scope, limit=max(1, len(self)), count=False).hits
            found = self._searcher.fast_field_values("number", [address for _, address in hits])
            if len(self._numbers) > _SCOPES:
                self._numbers.clear()
            self._numbers[wanted] = np.sort(np.array(found, np.int64))
        return self._numbers[wanted]

    def frequency(self, key: str) -> int:
        """In how many passages' text a key stands."""
        return int(self._searcher.doc_freq("text", key))

    def starting_with(self, prefix: str) -> list[str]:
        """Keys of the index that begin with these letters, for typing errors."""
        if len(prefix) > 1:
            return [term for term, _ in self._searcher.terms_with_prefix("text", prefix)]
        if prefix not in self._beginning:  # a share of all keys: found once
            found = self._searcher.terms_with_prefix("text", prefix)
            self._beginning[prefix] = [term for term, _ in found]
        return self._beginning[prefix]
