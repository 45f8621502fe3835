"""The same questions in other words: the file of wordings, and a few of the samples asked."""

import json
import re
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.gold import Gold, read_gold
from eval.run import Result
from eval.scores import Score, score
from eval.wordings import (
    AS_ASKED,
    SAMPLES,
    WAYS,
    Moved,
    Pair,
    read_real,
    read_wordings,
    told,
    wordings_to_text,
)
from figures.errors import UsageError

WORDINGS = read_wordings()
ASKED = {gold.id: gold for gold in (*read_gold(SAMPLES / "questions.jsonl"), *read_real())}
CITED = {"doc": "by-2024", "page": 3, "quote": "Skolen fikk ny sal."}


def test_each_wording_is_of_a_question_that_exists_and_each_question_has_its_id() -> None:
    assert set(WORDINGS) <= set(ASKED)
    real = [gold.id for gold in read_real()]
    assert len(set(real)) == len(real)


def test_the_wordings_of_a_question_differ_from_it_and_from_each_other() -> None:
    for id_, ways in WORDINGS.items():
        said = [ASKED[id_].question, *ways.values()]
        assert len({" ".join(one.lower().split()) for one in said}) == 1 + len(WAYS), id_


def test_every_wording_keeps_the_years_and_municipalities_of_its_question() -> None:
    kept = re.compile("20[0-9]{2}|Elverum|Stjørdal|Trondheim|Granmo|Hjellefjord|Skarvøy|Stavanger")
    for id_, ways in WORDINGS.items():
        for way, said in ways.items():
            assert set(kept.findall(ASKED[id_].question)) <= set(kept.findall(said)), (id_, way)


def test_nynorsk_is_no_bokmal() -> None:
    bokmal = {"hva", "hvor", "hvorfor", "hvem", "hvilke", "hvilken", "ikke", "fra", "mye", "ble"}
    for id_, ways in WORDINGS.items():
        assert not bokmal & set(ways["nynorsk"].lower().split()), id_


def test_a_file_with_a_wording_too_few_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wordings.jsonl"
    file.write_text('{"id": "a", "everyday": "Hva?", "nynorsk": "Kva?"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"wordings\.jsonl:1: wants a new id, everyday, nynorsk"):
        read_wordings(file)


def answered(says: str, figure: float | None = None, status: str = "answered") -> Score:
    gold = Gold(
        id="q", question="Hva?", lang="nb", kind="text", docs=["by-2024"], answer="", figure=None,
        accept=[["skole"]], evidence=[],
    )  # fmt: skip
    value = {"base_value": figure, "base_unit": "kr", "text": "x"} if figure else None
    answer = {
        "status": status, "answer": says, "language": "nb", "citations": [CITED], "figure": value,
    }  # fmt: skip
    return score(
        Result(gold=gold, municipality="By", answer=answer, on_page=(), ranks=(), places=())
    )


def test_an_answer_changes_with_what_it_tells_and_not_with_its_words() -> None:
    one, nynorsk = answered("Skole ble bygd."), answered("Skule vart bygd.")
    assert told(one.result.answer) == told(nynorsk.result.answer)
    assert told(one.result.answer) != told(answered("Skole.", figure=2.0).result.answer)
    assert told(answered("Ja, det.").result.answer) != told(answered("Nei.").result.answer)


def test_the_score_moves_by_what_is_lost_and_won() -> None:
    right, wrong, refused = answered("skole"), answered("hage"), answered("", status="not_found")
    before, after = (right, right, right, refused), (right, wrong, refused, right)
    pairs = tuple(Pair(before=b, after=a) for b, a in zip(before, after, strict=True))
    moved = Moved(way="terse", pairs=pairs).to_json()
    assert (moved["right"], moved["answered_wrong"]) == (0.5, 0.25)
    assert (moved["lost"], moved["won"], moved["changed"]) == (2, 1, 2)
    assert moved["lost_by_kind"] == {"text": 2}
    assert moved["right_moves"]["value"] == -0.25
    low, high = moved["right_moves"]["interval"]
    assert low < -0.25 < high
    shown = wordings_to_text({"samples": [Moved(way="terse", pairs=pairs)]}, answers=True)
    assert "| terse | 4 | 0.500 | 0.250 | -25.0 |" in shown
    assert "answered_wrong: hage" in shown


def test_the_wordings_of_a_few_samples_are_one_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["wordings", "--every", "20", "--workers", "1", "--out", str(tmp_path)]
    assert main(command) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert list(found) == ["samples"]
    assert list(found["samples"]) == [AS_ASKED, *WAYS]
    assert found["samples"]["terse"]["questions"] == 3
    assert found["samples"][AS_ASKED]["changed"] == 0
    assert (tmp_path / "wordings.md").read_text(encoding="utf-8").startswith("## samples")
