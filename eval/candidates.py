"""What readers told of answers → candidates for gold questions, for a person to confirm.

A candidate is a line of a gold file with `confirmed: false`, which no run accepts. The person looks
up the right answer, fills in kind, docs, answer, figure or accept, and evidence, and sets it true.
Texts are there only where the reader chose to send them; feedback without its question is counted
and left out.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from figures.errors import UsageError
from indexer.language import language_of

Json = dict[str, Any]

STORE = "api.sqlite"  # its name in a data folder
FIELDS = ("number", "day", "verdict", "reason", "comment", "question", "answer")
REASONS = {
    "wrong_figure": "wrong figure",
    "wrong_year": "wrong year",
    "wrong_place": "wrong place",
    "wrong_source": "wrong source",
    "not_answered": "not answered",
    "hard_to_understand": "hard to understand",
    "other": "another reason",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One row that a reader sent."""

    number: int
    day: str
    verdict: str
    reason: str
    comment: str
    question: str
    answer: str


def read_feedback(data: Path) -> list[Feedback]:
    """Every row of the feedback table, in a data folder or its database."""
    path = data / STORE if data.is_dir() else data
    if not path.is_file():
        raise UsageError(f"{path}: no such file; name the folder that holds {STORE}, or the file")
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            asked = f"SELECT {', '.join(FIELDS)} FROM feedback ORDER BY number"  # noqa: S608
            found = connection.execute(asked).fetchall()
    except sqlite3.Error as error:
        raise UsageError(f"{path}: holds no feedback ({error})") from None
    return [
        Feedback(
            number=number, **dict(zip(FIELDS[1:], (text or "" for text in texts), strict=True))
        )
        for number, *texts in found
    ]


def candidates(feedback: Iterable[Feedback]) -> Iterator[Json]:
    """A candidate for each question that was sent, once, with all that was said of it."""
    asked: dict[str, list[Feedback]] = {}
    for one in feedback:
        if one.question.strip():
            asked.setdefault(" ".join(one.question.split()), []).append(one)
    for question, said in asked.items():
        good = [one.answer for one in said if one.verdict == "good" and one.answer]
        yield {
            "id": f"feedback-{said[0].number}",
            "confirmed": False,
            "question": question,
            "lang": language_of(question),
            "kind": "text",
            "docs": [],
            "answer": good[0] if good else "",
            "figure": None,
            "accept": [],
            "evidence": [],
            "note": " / ".join(_told(one) for one in said),
        }


def _told(one: Feedback) -> str:
    """One reader's words: when, why, and of which answer.

    >>> _told(Feedback(number=1, day="2026-03-01", verdict="bad", reason="wrong_year",
    ...                comment="", question="?", answer="12 i 2023"))
    'marked bad 2026-03-01 (wrong year); answered: 12 i 2023'
    """
    why = f" ({REASONS.get(one.reason, one.reason)})" if one.reason else ""
    comment = f"; comment: {one.comment}" if one.comment else ""
    answered = f"; answered: {one.answer}" if one.answer else "; the answer was not sent"
    return f"marked {one.verdict} {one.day}{why}{comment}{answered}"


def write_candidates(found: Iterable[Json], path: Path) -> int:
    """Write the candidates as JSON lines; never over a file that somebody may have worked on."""
    if path.exists():
        raise UsageError(f"{path}: is there already; name another file, or move it away")
    lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in found]
    path.write_text("".join(lines), encoding="utf-8")
    return len(lines)
