"""A run over one small report: kept whole, scored, reported, compared, held against a baseline."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.compare import compare_runs, comparison_to_text
from eval.gate import fallen, write_figures
from eval.gold import Evidence, Gold, GoldFigure
from eval.misses import worst_first
from eval.places import Places
from eval.report import make_report, write_report
from eval.run import Result, Run, read_run, run_gold, write_run
from figures.errors import UsageError
from indexer.build import build_index
from indexer.embed import load_embedder
from indexer.index import Index
from kommunesvar.__main__ import main as kommunesvar
from kommunesvar.service import IndexService
from kommunesvar.settings import Settings

REPORT = """# Fjordvik kommune – Årsrapport 2024

## 1 Økonomi

Fjordvik kommune hadde et netto driftsresultat på 41,2 mill. kr i 2024.

| Tall i mill. kr | Regnskap 2024 | Regnskap 2023 |
|---|---|---|
| Skatteinntekter | 312,4 | 298,1 |
| Rammetilskudd | 401,7 | 389,9 |
| Sum frie inntekter | 714,1 | 688,0 |

## 2 Oppvekst

Svanen skole fikk nytt <uteområde> i august.
"""
DOC = "fjordvik-2024"


def gold(id_: str, kind: str, question: str, quote: str, **more: object) -> Gold:
    fields: dict[str, object] = {"id": id_, "kind": kind, "question": question, "docs": [DOC]}
    fields |= {"lang": "nb", "answer": "Fasit", "figure": None, "accept": []}
    evidence = [Evidence(doc=DOC, quote=quote)] if quote else []
    return Gold.model_validate(fields | {"evidence": evidence} | more)


FIGURE = GoldFigure(base_value=312.4e6, base_unit="kr", tolerance=5e4, as_stated="312,4")
GOLDS = [
    gold(
        *("tax", "figure", "Hva var skatteinntektene i Fjordvik i 2024?"),
        *("Skatteinntekter 312,4 298,1",),
        figure=FIGURE,
    ),
    gold(
        *("school", "text", "Hva fikk Svanen skole i Fjordvik?", "fikk nytt uteområde"),
        accept=[["uteområde"]],
    ),
    gold("gap", "unanswerable", "Hvor mange elbiler er registrert i Fjordvik i 2024?", ""),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eval")
    report = folder / f"{DOC}.md"
    report.write_text(REPORT, encoding="utf-8")
    build_index([report], folder / "index", embedder=load_embedder(), workers=1)
    return folder / "index"


@pytest.fixture(scope="module")
def run(index: Path) -> Run:
    return run_gold(GOLDS, Settings(index=index), source="gold.jsonl")


def changed(run: Run, **answers: dict[str, object]) -> Run:
    """The run with other answers to the named questions."""
    results = [replace(r, answer=r.answer | answers.get(r.gold.id, {})) for r in run.results]
    return replace(run, results=tuple(results))


def silent(run: Run) -> Run:
    """The run of a program that never finds anything."""
    refused: dict[str, object] = {"status": "not_found", "answer": "–", "citations": []}
    return changed(run, **{r.gold.id: refused for r in run.results})


def test_a_run_keeps_every_answer_whole_and_says_what_answered(run: Run, tmp_path: Path) -> None:
    write_run(run, tmp_path / "run.json")
    again = read_run(tmp_path / "run.json")
    assert again == run
    assert again.about["generation"] == 1
    assert again.about["settings"]["generator"] == "extract"
    assert again.about["models"]["embedder"]
    assert again.results[0].answer["question"] == GOLDS[0].question
    assert again.results[0].municipality == "Fjordvik"


def test_the_place_of_the_evidence_is_found_with_its_table_and_row(run: Run) -> None:
    (place,) = run.results[0].places
    assert place is not None
    table = place["table"]
    assert table["rows"][table["marked"]] == ["Skatteinntekter", "312,4", "298,1"]
    assert run.results[0].ranks == (1,)
    assert "uteområde" in str(run.results[1].places)


def test_every_quote_stands_on_the_page_that_it_names(run: Run, index: Path) -> None:
    assert all(held for result in run.results for held in result.on_page)
    places = Places(IndexService(Settings(index=index)).index)
    assert places.holds({"doc": DOC, "page": None, "quote": "Svanen skole"})
    assert not places.holds({"doc": DOC, "page": 1, "quote": "Svanen barnehage"})
    assert not places.holds({"doc": DOC, "page": 1, "quote": ""})


def test_a_box_must_lie_on_the_page_that_it_names(samples: Index) -> None:
    places = Places(samples)
    doc = samples.documents[0]["id"]
    cited = {"doc": doc, "page": 3, "bbox": [72.1, 301.5, 520.0, 314.2]}
    assert places.boxed(cited)
    assert places.boxed(cited | {"bbox": None}) is None
    assert places.boxed(cited | {"page": 999}) is False
    assert places.boxed(cited | {"bbox": [72.1, 301.5, 1520.0, 314.2]}) is False
    assert places.boxed(cited | {"bbox": [300, 301.5, 200, 314.2]}) is False


def test_sources_are_counted_both_ways(run: Run) -> None:
    right = {"doc": DOC, "page": 1, "quote": "Skatteinntekter 312,4 298,1", "heading": "", "n": 1}
    other = right | {"quote": "Rammetilskudd 401,7 389,9", "n": 2}
    tax: dict[str, object] = {"citations": [right, other]}
    (score, *_) = make_report(changed(run, tax=tax)).scores
    assert score.sources_right == (True, False)
    assert score.evidence_shown == (True,)


def test_a_figure_of_another_year_is_told_from_a_wrong_one(run: Run) -> None:
    text = "Skatteinntekter i Fjordvik var 298,1 mill. kr i 2023 [1]."
    figure = {"base_value": 298.1e6, "base_unit": "kr", "text": "298,1 mill. kr"}
    wrong: dict[str, object] = {"status": "answered", "answer": text, "figure": figure}
    (score, *_) = make_report(changed(run, tax=wrong)).scores
    assert score.fault == "year"


def test_results_are_told_apart_by_difficulty_and_kind_of_file(run: Run) -> None:
    groups = make_report(run).summary.groups
    assert {name: found.of for name, found in groups["difficulty"].items()} == {
        "": 1,
        "one place": 2,
    }
    assert {name: found.of for name, found in groups["file"].items()} == {"md": 3}


def test_an_older_run_without_the_passages_is_still_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_run(run, path)
    found = json.loads(path.read_text(encoding="utf-8"))
    for result in found["results"]:
        del result["passages"], result["boxes"], result["file_kind"]
    path.write_text(json.dumps(found), encoding="utf-8")
    assert make_report(read_run(path)).summary.figures["accuracy"].of == 3


def test_gold_about_another_report_or_with_words_it_lacks_is_refused(index: Path) -> None:
    settings = Settings(index=index)
    with pytest.raises(UsageError, match="asks about by-2024, which the index lacks"):
        run_gold([GOLDS[0].model_copy(update={"docs": ["by-2024"]})], settings)
    invented = gold("x", "text", "Hva?", "Kulturprisen gikk til mannskoret", accept=[["kor"]])
    with pytest.raises(UsageError, match=r"x: the quote 'Kulturprisen .* is not in fjordvik-2024"):
        run_gold([invented], settings, source="gold.jsonl")


def test_a_program_that_always_refuses_is_right_only_about_what_is_not_there(run: Run) -> None:
    summary = make_report(silent(run)).summary
    assert summary.outcomes == {"refused_wrong": 2, "refused_right": 1}
    assert summary.figures["accuracy"].value == pytest.approx(1 / 3)
    assert summary.groups["kind"]["unanswerable"].value == 1
    assert "answered_wrong" not in summary.figures


def test_the_report_shows_what_a_stricter_threshold_would_give(run: Run, tmp_path: Path) -> None:
    wrong: dict[str, object] = {"status": "answered", "answer": "Mange.", "sureness": 0.55}
    sure = changed(run, tax={"sureness": 0.9}, school={"sureness": None}, gap=wrong)
    report = make_report(sure)
    assert [point.threshold for point in report.summary.curve] == [1.0, 0.9, 0.55]
    assert report.summary.curve[-1].wrong == pytest.approx(1 / 3)
    write_report(report, tmp_path)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "kreves en sikkerhet på 90 %, og 67 % ville få riktig svar" in text
    assert "| 0.55 | 67 % | 33 % |" in (tmp_path / "report.md").read_text(encoding="utf-8")


def test_without_sureness_there_is_no_curve(run: Run) -> None:
    unsaid: dict[str, object] = {"sureness": None}
    plain = changed(run, tax=unsaid, school=unsaid, gap=unsaid)
    assert make_report(plain).summary.curve == ()


def test_the_worst_come_first(run: Run) -> None:
    claims: dict[str, object] = {"status": "answered", "answer": "Det var 77 [1]."}
    missed = worst_first(make_report(changed(silent(run), gap=claims)).scores)
    assert missed[0].result.gold.id == "gap"
    assert missed[0].untraced == ("77",)


def test_the_report_is_one_safe_file_with_the_place_beside_each_miss(
    run: Run, tmp_path: Path
) -> None:
    write_report(make_report(silent(run)), tmp_path / "out")
    text = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert '<html lang="nb">' in text
    assert "Feilene, de verste først (2)" in text
    assert "<caption>" in text
    assert 'class=marked><th scope="row">Skatteinntekter' in text
    assert "&lt;uteområde&gt;" in text
    assert "<li><b>67 %</b>fikk ikke svar, enda det finnes</li>" in text
    assert "I søket var stedet nummer 1." in text
    assert "<script" not in text
    assert "http" not in text
    markdown = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "| accuracy | 0.3333 |" in markdown
    scores = json.loads((tmp_path / "out" / "scores.json").read_text(encoding="utf-8"))
    assert [score["right"] for score in scores["scores"]] == [False, False, True]


def test_two_runs_are_compared_question_by_question(run: Run) -> None:
    said: dict[str, object] = {"status": "answered", "answer": "Nytt uteområde."}
    before, after = silent(run), changed(silent(run), school=said)
    comparison = compare_runs(before, after)
    assert [b.result.gold.id for _, b in comparison.better] == ["school"]
    assert not comparison.worse
    assert comparison.difference == pytest.approx(1 / 3)
    assert comparison.interval[0] == 0
    assert comparison.chance == 1
    assert "3 questions: 1 better, 0 worse" in comparison_to_text(comparison)


def test_runs_of_different_gold_are_not_compared(run: Run) -> None:
    def with_gold(result: Result) -> Result:
        return replace(result, gold=result.gold.model_copy(update={"answer": "Noe annet"}))

    other = replace(run, results=tuple(with_gold(result) for result in run.results))
    with pytest.raises(UsageError, match="the gold of 3 questions differs"):
        compare_runs(run, other)


def test_a_fall_beyond_the_noise_and_any_untraced_number_are_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    write_figures(run, make_report(run).summary, path)
    assert fallen(run, make_report(run).summary, path) == []
    baseline = json.loads(path.read_text(encoding="utf-8"))
    baseline["figures"]["accuracy"] = {"value": 1.0, "noise": 0.1, "of": 3}
    path.write_text(json.dumps(baseline), encoding="utf-8")
    claims: dict[str, object] = {"status": "answered", "answer": "Det var 77 [1]."}
    worse = changed(silent(run), gap=claims)
    told = "\n".join(fallen(worse, make_report(worse).summary, path))
    assert "1 numbers in the answers cannot be traced" in told
    assert "accuracy is 0.0000, worse than 1.0000" in told


def test_a_baseline_of_other_questions_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    write_figures(run, make_report(run).summary, path)
    other = replace(run, about=run.about | {"fingerprint": "another"})
    with pytest.raises(UsageError, match="made from other questions"):
        fallen(other, make_report(other).summary, path)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="not a baseline"):
        fallen(run, make_report(run).summary, path)


def test_the_command_scores_writes_and_holds_against_a_baseline(
    index: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "gold.jsonl"
    lines = (gold.model_dump_json() for gold in GOLDS)
    source.write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "out"
    command = ["eval", str(source), "--index", str(index)]
    assert kommunesvar([*command, "--out", str(out)]) == 0
    figures = json.loads(capfd.readouterr().out.splitlines()[-1])
    assert figures["n"] == 3
    names = ["figures.json", "report.html", "report.md", "run.json", "scores.json"]
    assert sorted(path.name for path in out.iterdir()) == names
    assert main(["compare", str(out), str(out)]) == 0
    assert kommunesvar([*command, "--baseline", str(source)]) == 2
    assert "not a baseline" in capfd.readouterr().err
    held = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    held["figures"]["accuracy"] = {"value": 1.5, "noise": 0.1, "of": 3}
    (out / "figures.json").write_text(json.dumps(held), encoding="utf-8")
    assert main(["score", *command[1:], "--baseline", str(out / "figures.json")]) == 1
    assert "fallen: accuracy" in capfd.readouterr().err


def test_a_file_that_is_no_run_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "run.json"
    path.write_text("[]", encoding="utf-8")
    assert main(["report", str(path), "--out", str(tmp_path)]) == 2
    assert "not a run" in capsys.readouterr().err
