"""Reading comprehension by path: a small file in NorQuAD's shape, made here."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.__main__ import main
from eval.norquad import compare_ways, judge, read_norquad
from figures.errors import UsageError

CONTEXTS = {
    "Storfoss kraftverk\nKraftverket i Storfoss ble åpnet i 1921 av statsråd Anna Berg.": [
        ("Hvem åpnet kraftverket i Storfoss?", "statsråd Anna Berg"),
        ("Når ble kraftverket i Storfoss åpnet?", "1921"),
    ],
    "Sjøfugl på Lyngøya\nPå Lyngøya hekker det lunde og krykkje. Øya er fredet.": [
        ("Hvilke fugler hekker på Lyngøya?", "lunde og krykkje"),
    ],
    "Operaen i Havn\nOperahuset i Havn ble tegnet av arkitekt Per Moe og har 900 seter.": [
        ("Hvem tegnet operahuset i Havn?", "arkitekt Per Moe"),
    ],
}


def rows() -> list[dict[str, Any]]:
    return [
        {
            "question": question, "context": context, "answer": answer, "doc_id": str(number),
            "doc_split": "train" if "Operaen" in context else "test",
        }
        for number, (context, asked) in enumerate(CONTEXTS.items())
        for question, answer in asked
    ]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "norquad.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows())
    return file


def test_only_the_part_is_asked_and_all_contexts_may_be_searched(path: Path) -> None:
    part = read_norquad(path, part="test")
    assert (len(part.asked), len(part.contexts)) == (3, 2)
    assert len(read_norquad(path, part="test", among="all").contexts) == 3
    with pytest.raises(UsageError, match="no questions with doc_split 'dev'"):
        read_norquad(path, part="dev")
    with pytest.raises(UsageError, match="not NorQuAD"):
        read_norquad(path.with_name("nowhere.jsonl"), part="test")


def test_search_and_reading_are_one_command(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["norquad", str(path), "--workers", "1"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["retrieval"]["hybrid"]["figures"]["recall@1"]["value"] == 1
    assert found["retrieval"]["bm25"]["against"]["mrr"] == [0, 0, 0]
    assert set(found["reading"]) == {"context given", "context found"}


def test_ways_to_search_are_held_against_words_alone_question_by_question() -> None:
    found = compare_ways({"bm25": [1, 2, None, 1], "hybrid": [1, 1, 3, 1]})
    assert found["hybrid"].figures["recall@1"].value == 0.75
    difference, low, high = found["hybrid"].against["recall@1"]
    assert difference == 0.25
    assert 0 <= low <= difference <= high


def test_a_sentence_is_not_an_exact_answer_but_holds_it_and_a_refusal_says_nothing() -> None:
    sentence = {"status": "answered", "answer": "Det ble åpnet i 1921 [1].", "figure": None}
    refusal = {"status": "not_found", "answer": "Jeg fant ikke 1921."}
    read = judge([("1921", sentence), ("1921", refusal)])
    assert read.exact.value == 0
    assert read.f1.value == pytest.approx((2 / 6) / 2)
    assert read.contains.value == 0.5
    assert read.answered.value == 0.5
