"""What the HTTP layer needs from the product, and nothing about how it is done.

The real one stands over an index folder; tests use a small one in memory. Everything that crosses
this line is a record of the project or plain JSON in the contract's shape.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from answer.answer import Tell, tell_nobody
from answer.records import Answer, Language, Turn
from figures.cells import Box
from indexer.records import Page

Json = dict[str, Any]


class Service(Protocol):
    """Questions, figures and reports. Called from several threads at the same time."""

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
        """One answer; `kommune`, `year` and `docs` are filters, `lang` the answer's language.

        `tell` is called with the scope as soon as the question is understood. It raises when
        nobody waits for the answer any more; the exception passes, and the work stops there.
        """
        ...

    def stand_alone(self, question: str, history: Sequence[Turn]) -> str:
        """The question with what it takes from the conversation: what a link to it must hold."""
        ...

    def search(
        self, query: str, *, k: int, kommune: str | None = None, year: int | None = None
    ) -> list[Json]:
        """Passages, best first: doc, page, heading, text, score."""
        ...

    def figures(
        self, query: str, *, limit: int, kommune: str | None = None, year: int | None = None
    ) -> list[Json]:
        """Rows of the figure store: flat objects that all have the same keys."""
        ...

    def table(self, table_id: str) -> Json | None:
        """A whole table in the contract's shape."""
        ...

    def documents(self) -> list[Json]:
        """Every report: id, title, municipality, year, pages, language, kind, paged."""
        ...

    def page(self, doc: str, number: int) -> Page | None:
        """A page's text and size."""
        ...

    def page_image(self, doc: str, number: int, boxes: Sequence[Box]) -> bytes | None:
        """A page as JPEG with the places marked; None where there is no such picture."""
        ...

    def file(self, doc: str) -> Path | None:
        """The report's own file."""
        ...

    def status(self) -> Json:
        """What the index holds and which models are in use."""
        ...

    def examples(self, lang: Language) -> list[str]:
        """Questions that this index can answer, to show a newcomer."""
        ...


class Library(Protocol):
    """Reports in and out of the index. Called from one thread, for seconds or minutes."""

    def change(
        self,
        *,
        add: Sequence[Path],
        drop: Sequence[str],
        progress: Callable[[str, int, int], None],
    ) -> list[str]:
        """Add these files and drop these documents, wholly or not at all; give warnings.

        `progress` is called when a file has been read. A file that cannot be is a ReadError.
        """
        ...

    def files(self) -> dict[str, Path]:
        """The file that each document was read from."""
        ...
