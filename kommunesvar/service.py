"""The product over one index folder: what the commands and the HTTP layer call.

Opens the index when first asked, and again when a newer generation has been committed, so that a
server answers from new reports without a restart.
"""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from answer.answer import Tell, answer_question, tell_nobody
from answer.conversation import stand_alone
from answer.evidence import gather
from answer.records import Answer, Language, Turn
from figures.cells import Box, Table
from figures.conflicts import Stated
from figures.errors import UsageError
from figures.wording import format_number
from indexer.commit import current_generation
from indexer.index import Index
from indexer.records import Page
from indexer.store import count, load_page, load_passages, load_table, tables_of
from indexer.tables import table_to_json
from kommunesvar.settings import Settings
from kommunesvar.tools import LOOK_UP, calculate, figure_id, look_up_arguments
from retriever.cells import cell_to_json, find_cells
from retriever.otherwise import stated_otherwise
from retriever.search import Hit, search
from retriever.understand import municipalities, understand

Json = dict[str, Any]

LOOKED_UP = 10  # figures that a tool call gets


class IndexService:
    """Questions, figures and reports, from one index folder."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opened: Index | None = None
        self._lock = threading.Lock()

    @property
    def index(self) -> Index:
        """The newest finished generation."""
        with self._lock:
            newest = current_generation(self._settings.index)
            if self._opened is None or self._opened.folder != newest:
                self._opened = Index(self._settings.index, embedder=self._settings.embedder)
            return self._opened

    def ask(
        self,
        question: str,
        *,
        kommune: str | None = None,
        year: int | None = None,
        docs: Sequence[str] = (),
        lang: Language | None = None,
        history: Sequence[Turn] = (),
        tell: Tell = tell_nobody,
    ) -> Answer:
        """One answer."""
        index = self.index
        self._check_filters(index, kommune, docs)
        return answer_question(
            question,
            index,
            kommune=kommune,
            year=year,
            docs=docs,
            language=lang,
            history=history,
            tell=tell,
            generator=self._settings.generator,
        )

    def stand_alone(self, question: str, history: Sequence[Turn]) -> str:
        """The question with what it takes from the conversation."""
        return stand_alone(question, history, municipalities(self.index.documents))

    def explain(
        self,
        question: str,
        *,
        kommune: str | None = None,
        year: int | None = None,
        docs: Sequence[str] = (),
    ) -> str:
        """What was understood of a question and found for it."""
        from kommunesvar.explain import explain

        index = self.index
        query = understand(question, index.documents, kommune=kommune, year=year, docs=docs)
        return explain(query, gather(index, query))

    def search(
        self, query: str, *, k: int, kommune: str | None = None, year: int | None = None
    ) -> list[Json]:
        """Passages, best first."""
        index = self.index
        self._check_filters(index, kommune, ())
        understood = understand(query, index.documents, kommune=kommune, year=year)
        if not understood.docs:
            return []
        hits = search(
            query,
            words=index.words,
            vectors=index.vectors,
            embedder=index.embedder,
            docs=understood.docs,
            later=understood.later,
            k=k,
            passages=lambda numbers: load_passages(index.store, numbers),
            leave_out=understood.places,
        )
        return [_hit_to_json(hit) for hit in hits]

    def figures(
        self, query: str, *, limit: int, kommune: str | None = None, year: int | None = None
    ) -> list[Json]:
        """Cells that fit the words, best first, as flat rows."""
        index = self.index
        self._check_filters(index, kommune, ())
        understood = understand(query, index.documents, kommune=kommune, year=year)
        whose = {document["id"]: document["municipality"] for document in index.documents}
        return [
            {
                **cell_to_json(found, municipality=whose[found.table.doc]),
                "id": figure_id(found),
                "also_stated": "; ".join(map(_stated, stated_otherwise(index, found))),
            }
            for found in find_cells(index, understood, limit=limit)
        ]

    def tool(self, name: str, arguments: Json) -> Json:
        """Run one of the tools that `kommunesvar.tools.schemas` lists."""
        if name == LOOK_UP:
            return {"figures": self.figures(**look_up_arguments(arguments), limit=LOOKED_UP)}
        return calculate(self.index, name, arguments)

    def tables(self, docs: Sequence[str] = ()) -> list[Json]:
        """Every table of the named reports, or of all."""
        return [table_to_json(table) for table in self.understood_tables(docs)]

    def understood_tables(self, docs: Sequence[str] = ()) -> list[Table]:
        """The same tables as records."""
        index = self.index
        self._check_filters(index, None, docs)
        return list(tables_of(index.store, docs))

    def table(self, table_id: str) -> Json | None:
        """One table."""
        found = load_table(self.index.store, table_id)
        return table_to_json(found) if found else None

    def documents(self) -> list[Json]:
        """Every report, without its text and without where it lies on this machine."""
        hidden = ("file", "sha256")
        return [
            {name: value for name, value in document.items() if name not in hidden}
            for document in self.index.documents
        ]

    def page(self, doc: str, number: int) -> Page | None:
        """A page's text and size."""
        return load_page(self.index.store, doc, number)

    def page_image(self, doc: str, number: int, boxes: Sequence[Box]) -> bytes | None:
        """A page as a picture with the places marked."""
        from indexer.render import render_page

        path = self.file(doc)
        if path is None or path.suffix.lower() != ".pdf":
            return None
        return render_page(path, number, boxes)

    def file(self, doc: str) -> Path | None:
        """The report's own file, if it is still where it was read."""
        found = next((d for d in self.index.documents if d["id"] == doc), None)
        path = Path(found["file"]) if found else None
        return path if path and path.is_file() else None

    def status(self) -> Json:
        """What the index holds, and the models in use."""
        index = self.index
        documents = index.documents
        return {
            "index": str(self._settings.index),
            "generation": index.manifest["generation"],
            **count(index.store),
            "municipalities": sorted({d["municipality"] for d in documents if d["municipality"]}),
            "years": sorted({d["year"] for d in documents if d["year"]}),
            "reports": [
                {name: d[name] for name in ("id", "title", "municipality", "year", "pages")}
                for d in documents
            ],
            "models": {**index.manifest["models"], "generator": self._settings.generator},
        }

    def examples(self, lang: Language) -> list[str]:
        """Questions that this index can answer, to show a newcomer."""
        from answer.examples import example_questions

        return example_questions(self.index, lang)

    def _check_filters(self, index: Index, kommune: str | None, docs: Sequence[str]) -> None:
        ids = [document["id"] for document in index.documents]
        for doc in docs:
            if doc not in ids:
                raise UsageError(f"no report {doc!r} in the index; it holds {', '.join(ids)}")
        names = sorted({d["municipality"] for d in index.documents if d["municipality"]})
        if kommune and kommune.lower() not in (name.lower() for name in names):
            raise UsageError(f"no reports of {kommune!r} in the index; it holds {', '.join(names)}")


def _stated(stated: Stated) -> str:
    """Another amount given for a figure, and where: "51,6 mill. kr (vik-2024 s. 8)"."""
    amount = format_number(stated.base_value, stated.unit)
    return f"{amount} ({stated.doc} s. {stated.page})"


def _hit_to_json(hit: Hit) -> Json:
    passage = hit.passage
    return {
        "doc": passage.doc,
        "page": passage.page,
        "heading": passage.heading,
        "text": passage.text,
        "score": round(hit.score, 4),
    }
