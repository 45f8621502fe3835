"""The command line: one clear line for what is wrong, results alone on stdout."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kommunesvar.__main__ import main


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in a folder of their own, so that no settings file is found by chance."""
    monkeypatch.chdir(tmp_path)


def test_ask_prints_the_answer_with_its_source(
    samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = "Hva var netto driftsresultat i Skarvøy i 2024?"
    assert main(["ask", question, "--index", str(samples_index)]) == 0
    out = capsys.readouterr().out
    assert "23 869 000 kr" in out
    assert "Skarvøy kommune – Årsrapport 2024, side" in out


def test_ask_json_has_the_shape_of_the_contract(
    samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "rammetilskudd Granmo 2024", "--json", "--index", str(samples_index)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == [
        "question", "language", "status", "answer", "figure", "calculation", "citations", "clarify",
        "scope", "series", "generator", "timing_ms", "sureness",
    ]  # fmt: skip
    assert set(answer["timing_ms"]) == {"understand", "search", "generate", "total"}
    assert len(answer["citations"][0]["bbox"]) == 4


def test_explain_shows_what_was_understood_and_found(
    samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = "Hvor høyt var sykefraværet i Granmo i 2024?"
    assert main(["ask", question, "--explain", "--index", str(samples_index)]) == 0
    shown = capsys.readouterr().err
    assert "looked in   granmo-2024" in shown
    assert "unit prosent" in shown


def test_batch_answers_in_order_and_names_a_bad_line(
    samples_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions, answers = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [{"id": str(n), "question": f"Hva var skatten i Granmo i {2022 + n}?"} for n in (1, 2)]
    questions.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert main(["batch", str(questions), str(answers), "--index", str(samples_index)]) == 0
    ids = [json.loads(line)["id"] for line in answers.read_text(encoding="utf-8").splitlines()]
    assert ids == ["1", "2"]
    questions.write_text('{"id": "1", "question": "Hva?"}\nnonsense\n')
    answers.unlink()
    assert main(["batch", str(questions), str(answers), "--index", str(samples_index)]) == 2
    assert "in.jsonl:2: not a question" in capsys.readouterr().err
    assert not answers.exists()


def test_search_tables_figures_and_status_speak_json(
    samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = ["--index", str(samples_index)]
    for arguments, kind in (
        (["search", "ny skole i Granmo", "-k", "3", "--json"], dict),
        (["tables", "granmo-2024", "--json"], list),
        (["figures", "lønnsutgifter Granmo 2024", "--json"], list),
        (["status", "--json"], dict),
    ):
        assert main([*arguments, *index]) == 0
        assert isinstance(json.loads(capsys.readouterr().out), kind)


def test_figures_can_be_had_as_csv(samples_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "sykefravær Granmo", "--csv", "--index", str(samples_index)]) == 0
    assert capsys.readouterr().out.startswith("municipality,year,row,")


def test_tables_html_is_one_file_with_pictures(samples_index: Path, tmp_path: Path) -> None:
    page = tmp_path / "tables.html"
    index = ["--index", str(samples_index)]
    assert main(["tables", "granmo-2023", "--html", str(page), *index]) == 0
    text = page.read_text(encoding="utf-8")
    assert "data:image/webp;base64," in text
    assert "Rammetilskudd" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["index", "nowhere"], "nowhere: no such file or folder"),
        (["index", "."], "no reports in this folder"),
        (["ask", "Hva?", "--index", "nothing"], "no finished index here"),
        (["frobnicate"], "No such command"),
        (["ask"], "Missing argument"),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert "Traceback" not in captured.err
    assert captured.out == ""


def test_an_unknown_report_or_municipality_is_named_with_what_there_is(
    samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = ["--index", str(samples_index)]
    assert main(["ask", "Hva?", "--doc", "oslo-2020", *index]) == 2
    assert "no report 'oslo-2020'" in capsys.readouterr().err
    assert main(["ask", "Hva?", "--kommune", "Atlantis", *index]) == 2
    assert "Granmo" in capsys.readouterr().err


def test_a_port_in_use_is_said(samples_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["serve", "--port", port, "--index", str(samples_index)]) == 2
    assert port in capsys.readouterr().err


def test_a_figure_question_never_imports_torch(samples_index: Path) -> None:
    program = (
        "import sys; from kommunesvar.__main__ import main; main(sys.argv[1:]);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'fastapi')"
        " if m in sys.modules], file=sys.stderr)"
    )
    question = "Hva var netto driftsresultat i Skarvøy i 2024?"
    run = subprocess.run(
        [sys.executable, "-c", program, "ask", question, "--index", str(samples_index)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "23 869 000" in run.stdout
    assert run.stderr.strip().endswith("[]")


def test_tools_list_their_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tools", "--json"]) == 0
    names = [tool["function"]["name"] for tool in json.loads(capsys.readouterr().out)]
    assert names[:3] == ["look_up", "value", "difference"]


def test_a_tool_calculates_with_figures_that_were_looked_up(
    samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(name: str, arguments: dict[str, object]) -> dict[str, Any]:
        assert main(["tool", name, json.dumps(arguments), "--index", str(samples_index)]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    def find(year: int) -> str:
        asked = {"query": "lønnsutgifter", "kommune": "Skarvøy", "year": year}
        best = run("look_up", asked)["figures"][0]
        assert (best["row"], best["year"]) == ("Lønnsutgifter", year)
        return str(best["id"])

    result = run("difference", {"figure": find(2024), "minus": find(2023)})
    assert result["text"] == "27 726 000 kr"
    assert [figure["year"] for figure in result["figures"]] == [2024, 2023]


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("value", "{", "not JSON"),
        ("value", "[1]", "must be an object"),
        ("value", '{"figure": "granmo-2024/t0/999/0"}', "look it up first"),
        ("value", '{"figure": "../etc/0/0"}', "look it up first"),
        ("look_up", '{"query": 3}', "look_up takes query"),
        ("eval", '{"expression": "1+1"}', "no tool 'eval'"),
    ],
)
def test_a_tool_call_that_cannot_be_run_is_said_in_one_line(
    name: str, arguments: str, said: str, samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tool", name, arguments, "--index", str(samples_index)]) == 2
    assert said in capsys.readouterr().err
