"""From a run to other tools' rows, and from feedback to gold candidates."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from api.feedback import SCHEMA
from eval.__main__ import main
from eval.convert import rows
from eval.gold import Evidence, Gold, read_gold
from eval.run import Result, Run, write_run
from figures.errors import UsageError

GOLD = Gold(
    id="tax", question="Hva var skatten?", lang="nb", kind="text", docs=["by-2024"],
    answer="12 mill. kr", figure=None, accept=[["12"]],
    evidence=[Evidence(doc="by-2024", quote="Skatt 12")],
)  # fmt: skip
CITATION = {"n": 1, "title": "By 2024", "table": "Tabell 1", "column": "2024", "quote": "Skatt 12"}
RUN = Run(
    about={"format": 1},
    results=(
        Result(
            gold=GOLD,
            municipality="By",
            answer={
                "status": "answered",
                "answer": "Skatten var 12 mill. kr [1].",
                "citations": [CITATION],
            },
            on_page=(True,),
            ranks=(1,),
            places=(None,),
            passages=({"doc": "by-2024", "page": 1, "heading": "1 Økonomi", "text": "Skatt 12"},),
        ),
    ),
)


def test_a_run_becomes_rows_for_ragas_and_for_deepeval() -> None:
    (row,) = rows(RUN, "ragas")
    assert row["user_input"] == "Hva var skatten?"
    assert row["response"] == "Skatten var 12 mill. kr."
    assert row["retrieved_contexts"] == ["By 2024\nTabell 1\n2024\nSkatt 12", "1 Økonomi\nSkatt 12"]
    assert row["reference"] == "12 mill. kr"
    assert row["reference_contexts"] == ["Skatt 12"]
    (other,) = rows(RUN, "deepeval")
    assert other["retrieval_context"] == row["retrieved_contexts"]
    assert set(other) >= {"input", "actual_output", "expected_output", "context"}


def test_rows_are_written_from_a_folder_of_a_run(tmp_path: Path) -> None:
    write_run(RUN, tmp_path / "run.json")
    out = tmp_path / "rows.jsonl"
    assert main(["convert", str(tmp_path), str(out), "--to", "ragas"]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "tax"


def store(folder: Path, *sent: Sequence[Any]) -> Path:
    with closing(sqlite3.connect(folder / "api.sqlite")) as connection, connection:
        connection.executescript(SCHEMA)
        connection.executemany("INSERT INTO feedback VALUES (NULL, ?, ?, ?, ?, ?, ?)", sent)
    return folder


def test_feedback_becomes_candidates_that_a_person_must_confirm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, day = "Hva var skatten i By i 2024?", "2026-03-01"
    data = store(
        tmp_path,
        (day, "bad", "wrong_year", "Det er 2023.", asked, "11 mill. kr"),
        (day, "bad", None, None, None, None),  # sent without texts
        (day, "good", None, None, asked, "12 mill. kr"),
    )
    out = tmp_path / "candidates.jsonl"
    assert main(["candidates", str(out), "--data", str(data)]) == 0
    assert "1 candidates" in (told := capsys.readouterr().err)
    assert "1 of 3 without their question" in told
    candidate = json.loads(out.read_text(encoding="utf-8"))
    assert candidate["answer"] == "12 mill. kr"
    assert (
        "marked bad 2026-03-01 (wrong year); comment: Det er 2023.; answered: 11 mill. kr"
        in (candidate["note"])
    )
    with pytest.raises(UsageError, match=r":1: feedback-1 is a candidate that nobody has confirm"):
        read_gold(out)
    done = candidate | {"confirmed": True, "docs": ["by-2024"], "accept": [["12"]]}
    out.write_text(json.dumps(done), encoding="utf-8")
    assert read_gold(out)[0].question == asked


def test_candidates_are_never_written_over_and_a_missing_store_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = store(tmp_path)
    out = tmp_path / "candidates.jsonl"
    out.write_text("worked on", encoding="utf-8")
    assert main(["candidates", str(out), "--data", str(data)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["candidates", str(tmp_path / "new"), "--data", str(tmp_path / "none")]) == 2
    assert "no such file" in capsys.readouterr().err
