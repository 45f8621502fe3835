"""Reports written by hand are drawn, read back whole, and their questions fit them."""

import json
from pathlib import Path

import pytest

from eval.factory import run_written
from eval.gold import read_gold
from indexer.read.pdf import read_pdf
from kommunesvar.settings import load_settings
from samples.written import EXAM, LEARNT, draw_written, written_reports


@pytest.mark.parametrize("folder", [LEARNT, EXAM], ids=["learnt", "exam"])
def test_every_question_is_to_a_report_that_is_there_and_quotes_it(folder: Path) -> None:
    held = {path.stem: path.read_text("utf-8") for path in folder.glob("*.json")}
    golds = read_gold(folder / "questions.jsonl")
    assert len(golds) >= 140 * len(held) // 2
    for gold in golds:
        for evidence in gold.evidence:
            quote = json.dumps(evidence.quote, ensure_ascii=False)[1:-1]
            assert quote in held[evidence.doc], gold.id


def test_nothing_is_fitted_with_the_exam() -> None:
    learnt, exam = ({r.municipality.name for r in written_reports(f)} for f in (LEARNT, EXAM))
    assert learnt
    assert exam
    assert not learnt & exam


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    pdf, text = draw_written(EXAM, tmp_path)
    source = json.loads((EXAM / "bjorkelid-2024.json").read_text("utf-8"))
    said = " ".join(block.text for block in read_pdf(pdf / "bjorkelid-2024.pdf").blocks)
    paragraphs = [block["p"] for block in source["blocks"] if "p" in block]
    whole = [one for one in paragraphs if one[:60] in said]
    assert len(whole) >= 0.95 * len(paragraphs)
    assert (text / "bjorkelid-2024.txt").read_text("utf-8").count("Bjørkelid") > 0


def test_the_exam_is_asked_and_scored(tmp_path: Path) -> None:
    run = run_written(tmp_path, load_settings(), every=20)
    assert len(run.results) == len(read_gold(EXAM / "questions.jsonl")[::20])
    assert any(result.answer["status"] == "answered" for result in run.results)
