"""Where things stand in the indexed reports: a piece of evidence, a quote. Reads the index only.

A report typeset anew breaks lines and cells differently than the text a gold file was written
from, so evidence is looked for by its words; a citation's quote must be found letter by letter.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from eval.gold import Evidence, Gold
from eval.texts import overlap, words
from figures.cells import Row, Table
from figures.errors import UsageError
from indexer.index import Index
from indexer.records import Passage
from indexer.store import load_page, load_table, passages_of

Json = dict[str, Any]

STANDS = 0.5  # less than half of a quote's words on any page: it is not in the report
FOUND = 0.8  # a passage shows the evidence when it holds so much of it
NEIGHBOURS = 4  # rows shown above and below the one that was asked for
EDGE = 1.0  # points that a box may reach over the paper's edge
NAMED = 3  # faults told before the rest is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Some rows of a table around one, as printed."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: int  # the position of the row that matters


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The passage that holds most of a piece of evidence, and its table if it is one."""

    doc: str
    page: int
    heading: str
    text: str
    table: Excerpt | None = None

    def to_json(self) -> Json:
        """As plain JSON types, the same as when read again."""
        plain: Json = json.loads(json.dumps(asdict(self)))
        return plain


class Places:
    """Looks things up in one index; keeps the words of what it has read."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._read_pages = lru_cache(maxsize=None)(self._load_pages)
        self._read_passages = lru_cache(maxsize=None)(self._load_passages)

    def check(self, golds: Sequence[Gold], source: str) -> None:
        """Raise when a question is about a report, or rests on words, that the index lacks."""
        known = {document["id"] for document in self._index.documents}
        missing = sorted({doc for gold in golds for doc in gold.docs} - known)
        if missing:
            raise UsageError(
                f"{source}: asks about {', '.join(missing)}, which the index lacks; "
                f"it holds {', '.join(sorted(known))}"
            )
        faults = [
            f"{gold.id}: the quote {evidence.quote[:60]!r} is not in {evidence.doc}"
            for gold in golds
            for evidence in gold.evidence
            if not self._stands(evidence)
        ]
        if faults:
            more = f"; and {len(faults) - NAMED} more" if len(faults) > NAMED else ""
            raise UsageError(f"{source}: {'; '.join(faults[:NAMED])}{more}")

    def find(self, evidence: Evidence) -> Place | None:
        """The passage nearest to the evidence; none when its report has no passages."""
        wanted = words(evidence.quote)
        best = max(
            self._read_passages(evidence.doc),
            key=lambda read: overlap(wanted, read[1]),
            default=None,
        )
        if best is None:
            return None
        passage = best[0]
        table = load_table(self._index.store, passage.table) if passage.table else None
        return Place(
            doc=passage.doc,
            page=passage.page,
            heading=passage.heading,
            text=passage.text,
            table=excerpt(table, wanted) if table and table.rows else None,
        )

    def holds(self, citation: Json) -> bool:
        """Whether the citation's quote is a substring of the page that it names."""
        quote, page = citation.get("quote") or "", citation.get("page")
        return bool(quote) and any(
            quote in text
            for number, (text, _) in self._read_pages(citation["doc"]).items()
            if page in (None, number)
        )

    def boxed(self, citation: Json) -> bool | None:
        """Whether the citation's box lies on the page that it names; None where it has no box."""
        box, number = citation.get("bbox"), citation.get("page")
        if box is None:
            return None
        page = load_page(self._index.store, citation["doc"], number) if number else None
        left, top, right, bottom = box
        return page is not None and (
            -EDGE <= left < right <= page.width + EDGE
            and -EDGE <= top < bottom <= page.height + EDGE
        )

    def _stands(self, evidence: Evidence) -> bool:
        wanted = words(evidence.quote)
        pages = self._read_pages(evidence.doc).values()
        return any(overlap(wanted, shown) >= STANDS for _, shown in pages)

    def _load_pages(self, doc: str) -> dict[int, tuple[str, Counter[str]]]:
        store, count = self._index.store, self._index.document(doc)["pages"]
        pages = (load_page(store, doc, number) for number in range(1, count + 1))
        return {page.number: (page.text, words(page.text)) for page in pages if page}

    def _load_passages(self, doc: str) -> list[tuple[Passage, Counter[str]]]:
        passages = passages_of(self._index.store, doc)
        return [(passage, words(passage.text)) for passage in passages]


def ranks(evidence: Sequence[Evidence], passages: Sequence[Json]) -> list[int | None]:
    """For each piece of evidence, the place of the first found passage that shows it.

    >>> found = [{"doc": "by-2024", "text": "Om skole."}, {"doc": "by-2024", "text": "Skatt 12"}]
    >>> evidence = Evidence(doc="by-2024", quote="skatt 12")
    >>> ranks([evidence, evidence.model_copy(update={"doc": "by-2023"})], found)
    [2, None]
    """
    shown = [(passage["doc"], words(passage["text"])) for passage in passages]
    return [
        next(
            (
                place
                for place, (doc, text) in enumerate(shown, start=1)
                if doc == piece.doc and overlap(words(piece.quote), text) >= FOUND
            ),
            None,
        )
        for piece in evidence
    ]


def excerpt(table: Table, wanted: Counter[str]) -> Excerpt:
    """The rows around the one that holds most of the wanted words."""
    shown = [_printed(row) for row in table.rows]
    marked = max(range(len(shown)), key=lambda at: overlap(wanted, words(" ".join(shown[at]))))
    first = max(0, marked - NEIGHBOURS)
    return Excerpt(
        title=table.title,
        columns=tuple(column.name for column in table.columns),
        rows=tuple(shown[first : marked + NEIGHBOURS + 1]),
        marked=marked - first,
    )


def _printed(row: Row) -> tuple[str, ...]:
    return (row.label, *(cell.text if cell else "" for cell in row.cells))
