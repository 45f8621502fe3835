"""The gate: the bundled samples are answered no worse than eval/baseline.json says.

A change that means to move a figure makes the baseline anew, `python -m eval gate --update`, and
its reviewer reads the difference; see docs/evaluation.md.
"""

import json
from pathlib import Path

import pytest

from eval.__main__ import BASELINE, EVERY, SAMPLES
from eval.factory import run_factory, run_reports
from eval.gate import fallen
from eval.gold import read_gold
from eval.names import KINDS, LANGUAGES
from eval.report import Report, make_report
from eval.run import Run
from kommunesvar.settings import Settings


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_reports(SAMPLES, tmp_path_factory.mktemp("gate") / "index", Settings(), every=EVERY)


@pytest.fixture(scope="module")
def report(run: Run) -> Report:
    return make_report(run)


def test_no_headline_figure_falls_below_the_baseline(run: Run, report: Report) -> None:
    assert fallen(run, report.summary, BASELINE) == []


def test_no_number_is_without_a_source_and_every_quote_is_on_its_page(report: Report) -> None:
    assert report.summary.untraced == 0
    assert report.summary.figures["quotes_on_page"].value == 1


def test_the_gate_asks_every_kind_of_question_in_every_language() -> None:
    asked = read_gold(SAMPLES / "questions.jsonl")[::EVERY]
    assert {gold.kind for gold in asked} == set(KINDS)
    assert {gold.lang for gold in asked} == set(LANGUAGES)
    assert len(asked) >= 150


def test_the_baseline_names_each_figure_with_its_noise() -> None:
    figures = json.loads(BASELINE.read_text(encoding="utf-8"))["figures"]
    assert {"accuracy", "answered_wrong", "cites_the_evidence", "recall@5"} <= figures.keys()
    assert all(0 <= figure["noise"] < 0.2 for figure in figures.values())


def test_fresh_reports_are_made_indexed_and_scored(tmp_path: Path) -> None:
    run = run_factory(tmp_path, Settings(workers=1), count=1, seed=3, kind="markdown", every=20)
    assert len(run.results) > 5
    assert make_report(run).summary.untraced == 0
