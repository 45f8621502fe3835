"""Files of questions in, files of answers out, a JSON object a line, in order."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from answer.records import Turn
from figures.errors import UsageError
from kommunesvar.service import IndexService


def answer_file(service: IndexService, source: Path, target: Path) -> None:
    """Answer each line; the output appears only when it is whole."""
    lines = (
        {
            "id": asked["id"],
            **service.ask(
                asked["question"], lang=asked.get("lang"), history=_history(asked)
            ).to_json(),
        }
        for asked in read_questions(source)
    )
    _write_lines(target, lines)


def search_file(service: IndexService, source: Path, target: Path, *, k: int) -> None:
    """Search for each line."""
    lines = (
        {"id": asked["id"], "passages": service.search(asked["question"], k=k)}
        for asked in read_questions(source)
    )
    _write_lines(target, lines)


def read_questions(source: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file of questions; a bad line is named by its number."""
    with source.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                asked = json.loads(line)
                asked["id"], asked["question"].strip()
            except (ValueError, KeyError, TypeError, AttributeError):
                raise UsageError(
                    f'{source}:{number}: not a question; write {{"id": "…", "question": "…"}}'
                ) from None
            yield asked


def _history(asked: dict[str, Any]) -> list[Turn]:
    return [
        Turn(question=turn.get("question", ""), answer=turn.get("answer", ""))
        for turn in asked.get("history") or []
    ]


def _write_lines(target: Path, lines: Iterator[dict[str, Any]]) -> None:
    unfinished = target.with_name(target.name + ".part")
    with unfinished.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    unfinished.replace(target)
