"""The questions of the fictional reports: well formed, and true to the tables they point at."""

import json
from pathlib import Path
from typing import Any

from samples.__main__ import main
from samples.ask_together import ask_together
from samples.factory import bundled_reports, make_report, make_reports
from samples.truth import question_line, table_line

REPORTS = Path(__file__).parent.parent / "samples" / "reports"
KINDS = {
    "figure", "computed", "compare", "text", "list", "yesno", "unanswerable", "clarify"
}  # fmt: skip
KEYS = {
    "id", "question", "lang", "kind", "docs", "answer", "figure", "accept", "evidence", "note"
}  # fmt: skip


def read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_every_question_has_the_gold_shape_and_its_own_id() -> None:
    reports = make_reports(4, 6)
    facts = [f for r in reports for f in r.truth.facts] + list(ask_together(reports))
    lines = [question_line(fact) for fact in facts]
    assert len({line["id"] for line in lines}) == len(lines)
    for line in lines:
        assert set(line) == KEYS
        assert line["kind"] in KINDS
        assert line["lang"] in {"nb", "nn", "en"}
        assert "{" not in line["question"] + line["answer"]
        if line["kind"] == "figure":
            assert line["figure"]["tolerance"] >= 0
        elif line["kind"] not in {"unanswerable", "clarify"}:
            assert line["figure"] or line["accept"], line
        if line["kind"] not in {"unanswerable", "clarify"}:
            assert line["evidence"]


def test_an_accepted_word_stands_in_the_expected_answer() -> None:
    for report in bundled_reports():
        for fact in report.truth.facts:
            for group in fact.accept:
                answer = fact.answer.lower()
                assert any(word.lower() in answer for word in group), fact


def test_every_kind_of_question_is_asked_in_three_languages() -> None:
    facts = [f for report in bundled_reports() for f in report.truth.facts]
    facts += ask_together(bundled_reports())
    assert {fact.kind for fact in facts} == KINDS
    assert {fact.lang for fact in facts} == {"nb", "nn", "en"}


def test_a_table_line_has_one_value_for_each_column() -> None:
    report = make_report(8)
    for table in report.truth.tables:
        line = table_line(table, report.doc)
        for row in line["rows"]:
            assert len(row["values"]) == len(line["columns"])


def test_base_values_are_printed_values_in_base_units() -> None:
    for table in make_report(12).truth.tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.value is not None:
                    assert cell.base_value == cell.value * cell.scale


def test_the_truth_is_plain_json() -> None:
    report = make_report(3)
    assert json.loads(json.dumps(report.truth.to_json()))["doc"] == report.doc


def test_the_command_writes_reports_with_their_truth(tmp_path: Path) -> None:
    assert main(["make", "--out", str(tmp_path), "--count", "2", "--seed", "7", "--text"]) == 0
    texts = list(tmp_path.glob("*.txt"))
    assert len(texts) == 2
    docs = {path.stem for path in texts}
    assert {line["doc"] for line in read(tmp_path / "tables.jsonl")} == docs
    assert {doc for line in read(tmp_path / "questions.jsonl") for doc in line["docs"]} == docs


def test_the_committed_questions_are_about_the_committed_reports() -> None:
    docs = {path.stem for path in REPORTS.glob("*.pdf")}
    lines = read(REPORTS / "questions.jsonl")
    assert {doc for line in lines for doc in line["docs"]} == docs
    assert {line["doc"] for line in read(REPORTS / "tables.jsonl")} == docs
