"""Sweeps and ablations: a changed program answers the same questions."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.changes import Change, check, read_sweep
from eval.gold import read_gold
from eval.parts import PARTS
from eval.trials import AS_IS, run_trials
from figures.errors import UsageError
from kommunesvar.settings import Settings

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
EVERY = 40


@pytest.mark.parametrize("part", PARTS)
def test_each_part_that_can_be_switched_off_is_there(part: str) -> None:
    check(PARTS[part])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("answer.values.MIN_SUR=1", "no 'MIN_SUR' to change; the nearest is 'MIN_SURE'"),
        ("answer.nowhere.K=1", "no module 'answer.nowhere'"),
        ("answer.values.MIN_SURE=", "write it as module.NAME=value,value"),
        ("answer.values.MIN_SURE=high", "not Python values"),
    ],
)
def test_a_change_of_what_is_not_there_is_told(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read_sweep(text)


def test_what_others_took_from_a_module_and_its_defaults_change_too() -> None:
    """In a process of its own, as the runner does it."""
    program = (
        "from eval.changes import Change, change_modules\n"
        "change_modules([Change(module='retriever.search', name='_FUSE', value='0'),"
        " Change(module='indexer.words', name='Words.search', value='lambda *_: 7'),"
        " Change(module='answer.evidence', name='HITS', value='3')])\n"
        "import answer.answer, answer.evidence, indexer.words, retriever.search\n"
        "print(retriever.search._FUSE, indexer.words.Words.search(1), answer.evidence.HITS)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout.split() == ["0", "7", "3"], run.stderr


def test_a_program_that_finds_no_words_and_no_vectors_searches_in_vain(
    samples_index: Path,
) -> None:
    golds = read_gold(SAMPLES / "questions.jsonl")[::EVERY]
    blind = [*PARTS["words"], *PARTS["vectors"]]
    settings = Settings(index=samples_index, workers=1)
    as_is, changed = run_trials({"blind": blind}, golds, settings)
    assert as_is.name == AS_IS
    assert as_is.against.difference == 0
    assert changed.summary.figures["recall@5"].value == 0
    assert changed.against.difference < 0
    assert as_is.summary.figures["recall@5"].value > 0.5  # this process was not changed


def test_a_sweep_is_drawn_and_written_for_people_and_machines(
    samples_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = str(SAMPLES / "questions.jsonl")
    common = [gold, "--index", str(samples_index), "--every", str(EVERY), "--workers", "1"]
    change = "retriever.search._POOL=1,40"
    assert main(["sweep", change, *common, "--out", str(tmp_path)]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert list(last) == [AS_IS, "1", "40"]
    assert last["40"]["difference"] == 0
    page = (tmp_path / "trials.html").read_text(encoding="utf-8")
    assert page.count('class="chart"') == 2
    assert "Sweep of retriever.search._POOL" in page
    assert (tmp_path / "trials.json").exists()
    assert "| as it is |" in (tmp_path / "trials.md").read_text(encoding="utf-8")
    assert main(["ablate", *common, "--part", "voice"]) == 2
    assert "no part 'voice'; the parts are words, vectors" in capsys.readouterr().err


def test_a_change_reads_as_it_is_written() -> None:
    assert str(Change(module="a.b", name="C", value="1")) == "a.b.C=1"
