"""training/data/asked.jsonl -> questions, each with the rows or sentences it must choose among.

Written by us: tables and passages as reports have them, with questions in everyday words to each
row and sentence, and the reports' own terms with how people say them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ASKED = Path(__file__).parent / "data" / "asked.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A row, a sentence or a term: what names it, and all that is said of it."""

    name: str
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """A question and what stands together, of which one answers it."""

    question: str
    choices: tuple[Choice, ...]
    right: int


def read_asked(path: Path = ASKED) -> Iterator[Choosing]:
    """Every question; of a term, each way to say it."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        choices, asked = _READ[record["kind"]](record)
        for place, questions in enumerate(asked):
            for question in questions:
                yield Choosing(question=question, choices=choices, right=place)


_Read = tuple[tuple[Choice, ...], list[list[str]]]


def _table(record: dict[str, Any]) -> _Read:
    over = f"{record['title']}. {' '.join(record['columns'])}"
    rows = record["rows"]
    choices = (
        Choice(
            name=f"{row['label']} {row.get('group', '')}",
            whole=f"{row['label']}. {row.get('group', '')}. {over}",
        )
        for row in rows
    )
    return tuple(choices), [row["asked"] for row in rows]


def _passage(record: dict[str, Any]) -> _Read:
    said = record["sentences"]
    choices = (Choice(name=s["text"], whole=f"{record['heading']} {s['text']}") for s in said)
    return tuple(choices), [sentence["asked"] for sentence in said]


def _term(record: dict[str, Any]) -> _Read:
    return (Choice(name=record["term"], whole=record["term"]),), [record["also"]]


_READ = {"table": _table, "passage": _passage, "term": _term}
