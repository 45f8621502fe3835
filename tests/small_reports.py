"""Small reports written in a test: indexed for real, asked for real."""

from decimal import Decimal
from pathlib import Path

from answer.answer import answer_question
from answer.records import Answer
from answer.verify import untraced_numbers
from indexer.index import Index
from kommunesvar.__main__ import main


def index_of(folder: Path, **reports: str) -> Index:
    """An index of reports in Markdown, each under the name it is given by."""
    for name, text in reports.items():
        (folder / f"{name.replace('_', '-')}.md").write_text(text, encoding="utf-8")
    assert main(["index", str(folder), "--index", str(folder / "index")]) == 0
    return Index(folder / "index", embedder="bundled")


def ask(index: Index, question: str) -> Answer:
    """The answer, in which every number is traced."""
    answer = answer_question(question, index)
    assert untraced_numbers(answer) == []
    return answer


def value(answer: Answer) -> Decimal | None:
    """What its figure amounts to."""
    return answer.figure.base_value if answer.figure else None
