"""Accuracy as tables and the index grow: small strains by hand, and one whole stress run."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.charts import Line, lines_over, share_against_share
from eval.gold import Evidence, Gold
from eval.run import Result
from eval.scores import Score, score
from eval.sizes import by_size
from eval.tables import TableScore

TABLE = TableScore(
    id="by-2024/t1", doc="by-2024", title="Tabell 1", rows=3, columns=2, pages=1,
    cells=6, right=6, missed=(),
)  # fmt: skip


def scored(title: str, status: str, says: str = "skole") -> Score:
    gold = Gold(
        id="q", question="Hva?", lang="nb", kind="text", docs=["by-2024"], answer="", figure=None,
        accept=[["skole"]], evidence=[Evidence(doc="by-2024", quote="x", table=title)],
    )  # fmt: skip
    answer = {"status": status, "answer": says, "language": "nb", "citations": []}
    return score(
        Result(gold=gold, municipality="By", answer=answer, on_page=(), ranks=(), places=())
    )


def test_a_question_counts_under_the_size_of_the_table_its_answer_stands_in() -> None:
    long = replace(TABLE, title="Tabell 2", rows=30, columns=5, pages=2, cells=4, right=3)
    scores = [
        scored("Tabell 1", "answered"),
        scored("Tabell 2", "answered", says="nei"),
        scored("Tabell 2", "not_found"),
        scored("Tabell 9", "answered"),  # transcribed nowhere
    ]
    rows, columns, breaks = by_size(scores, [TABLE, long])
    assert [step.name for step in rows.steps] == ["1–4", "20+"]
    assert [step.right.value for step in rows.steps] == [1, 0]
    assert [step.wrong.value for step in rows.steps] == [0, 0.5]
    assert [step.cells and step.cells.value for step in rows.steps] == [1, 0.75]
    assert [step.name for step in columns.steps] == ["1–2", "5–6"]
    assert [step.name for step in breaks.steps] == ["0", "1"]


def test_a_chart_says_its_numbers_in_words_and_escapes_names() -> None:
    line = Line(name="<Riktig>", colour="#000", values=(0.5, 0.25), bands=((0.4, 0.6), (0.2, 0.3)))
    drawn = lines_over(["1", "2"], [line], below="kommuner")
    assert 'aria-label="&lt;Riktig&gt;: 1 50 %, 2 25 %"' in drawn
    assert drawn.count("<circle") == 2
    curve = share_against_share([(0.1, 0.5)], colour="#000", below="galt", beside="riktig")
    assert 'aria-label="riktig: 50 %; galt: 10 %"' in curve


def test_a_stress_run_is_one_command_and_draws_each_strain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["stress", "--count", "1", "--most", "2", "--every", "40", "--workers", "1"]
    assert main([*command, "--out", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["n"] > 3
    strains = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))["strains"]
    assert [s["name"] for s in strains] == ["rows", "columns", "breaks", "municipalities", "years"]
    assert [step["name"] for step in strains[3]["steps"]] == ["1", "2"]
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count('class="chart"') >= 5
    assert "## Jo flere kommuner å lete blant" in (tmp_path / "report.md").read_text("utf-8")
