"""Gold files: read whole, or refused at the first line that cannot be used."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.gold import fingerprint, read_gold
from figures.errors import UsageError

LINE: dict[str, Any] = {
    "id": "q1",
    "question": "Hva var netto driftsresultat i Fjordvik i 2024?",
    "lang": "nb",
    "kind": "figure",
    "docs": ["fjordvik-2024"],
    "answer": "12 mill. kr",
    "figure": {
        "base_value": 12e6,
        "base_unit": "kr",
        "tolerance": 50000,
        "as_stated": "12,0",
        "sign_free": False,
    },
    "accept": [],
    "evidence": [{"doc": "fjordvik-2024", "quote": "Netto driftsresultat 12,0", "table": None}],
    "note": "",
}


def written(folder: Path, *lines: Any) -> Path:
    path = folder / "gold.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_a_gold_file_is_read_line_by_line_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    golds = read_gold(written(tmp_path, LINE, "", LINE | {"id": "q2"}, ""))
    assert [gold.id for gold in golds] == ["q1", "q2"]
    assert golds[0].figure is not None
    assert golds[0].figure.base_value == 12_000_000


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not a JSON object"),
        ("[1]", "the line: "),
        (LINE | {"knd": "figure"}, "unknown key 'knd'; the nearest known is 'kind'"),
        ({k: v for k, v in LINE.items() if k != "kind"}, "kind is missing"),
        (LINE | {"kind": "riddle"}, 'kind: Input should be .*, not "riddle"'),
        (LINE | {"lang": "sv"}, 'lang: .*, not "sv"'),
        (LINE | {"docs": "fjordvik-2024"}, "docs: .* array"),
        (LINE | {"question": "  "}, "question: "),
        (LINE | {"figure": LINE["figure"] | {"base_value": "12"}}, "figure.base_value: "),
        (LINE | {"figure": LINE["figure"] | {"tolerance": -1}}, "figure.tolerance: "),
        (LINE | {"figure": LINE["figure"] | {"unit": "kr"}}, "unknown key 'figure.unit'"),
        (LINE | {"figure": None}, "needs a figure or words in accept"),
        (LINE | {"accept": [[]]}, "accept.0: "),
        (LINE | {"evidence": [{"doc": "fjordvik-2024"}]}, "evidence.0.quote is missing"),
        (LINE | {"evidence": [{"doc": "by-2024", "quote": "x"}]}, "evidence from 'by-2024'"),
        (LINE | {"confirmed": False}, "q1 is a candidate that nobody has confirmed; fill in"),
        (LINE | {"id": "q0"}, "the id 'q0' is taken by line 1"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_what_is_wrong(
    tmp_path: Path, line: Any, told: str
) -> None:
    path = written(tmp_path, LINE | {"id": "q0"}, line)
    with pytest.raises(UsageError, match=rf"gold\.jsonl:2: .*{told}"):
        read_gold(path)


def test_no_questions_and_no_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no questions"):
        read_gold(written(tmp_path, ""))
    with pytest.raises(UsageError, match="cannot be read"):
        read_gold(tmp_path / "nowhere.jsonl")


def test_the_fingerprint_changes_with_an_answer_but_not_with_the_spelling_of_json(
    tmp_path: Path,
) -> None:
    before = fingerprint(read_gold(written(tmp_path, LINE)))
    assert fingerprint(read_gold(written(tmp_path, json.dumps(LINE, indent=None) + " "))) == before
    confirmed = LINE | {"confirmed": True}
    assert fingerprint(read_gold(written(tmp_path, confirmed))) == before
    assert fingerprint(read_gold(written(tmp_path, LINE | {"answer": "13"}))) != before
