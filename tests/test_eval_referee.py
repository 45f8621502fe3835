"""The harness and the independent referee, where one lies beside the project, judge alike.

The answers are made here from the bundled gold: right ones, and each kind of wrong one.
"""

import importlib.util
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from eval.gold import Gold, read_gold
from eval.metrics import cited, outcome, untraced
from eval.places import ranks
from eval.ranking import ndcg, reciprocal, within
from eval.report import make_report
from eval.run import run_gold
from eval.tables import read_tables, score_tables
from kommunesvar.service import IndexService
from kommunesvar.settings import Settings

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples" / "reports"
GOLDS = read_gold(SAMPLES / "questions.jsonl")
UNITS = ("kr", "NOK", "kr/innbygger", "%", "prosentpoeng", "årsverk", "dager", "")
Json = dict[str, Any]


@pytest.fixture(scope="module")
def referee() -> ModuleType:
    found = sorted(ROOT.parent.glob("*/score/score.py"))
    if not found:
        pytest.skip("no referee beside the project")
    spec = importlib.util.spec_from_file_location("referee", found[0])
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers_to(gold: Gold, chance: random.Random) -> Iterator[Json]:
    """A right answer, and others that are wrong in one way or several."""
    text = f"{gold.answer} {' '.join(group[0] for group in gold.accept)} [1]"
    citations = [
        {"doc": e.doc, "quote": e.quote, "page": 3, "heading": "2 Drift", "table": e.table}
        for e in gold.evidence
    ]
    right: Json = {"status": "answered", "answer": text, "citations": citations, "figure": None}
    if gold.figure:
        shown = f"{gold.figure.base_value:_.0f}".replace("_", " ")
        figure = {"base_value": gold.figure.base_value, "base_unit": gold.figure.base_unit}
        right |= {"answer": f"{text} {shown}", "figure": figure | {"text": shown}}
        for change in (
            {"base_value": -gold.figure.base_value},
            {"base_value": gold.figure.base_value * chance.choice((1.0009, 1.002, 1000))},
            {"base_unit": chance.choice(UNITS)},
            {"base_value": None},
            {"text": "99"},
        ):
            yield right | {"figure": right["figure"] | change}
    yield right
    yield right | {"answer": f"{text} " + chance.choice(("3,7 mill.", "−12", "1.234,5 og 2031"))}
    yield right | {"answer": "Nei, ikke i år."}
    yield right | {"answer": "x" * 700 + text}
    pairs = zip(citations, gold.evidence, strict=True)
    half = [c | {"quote": e.quote[: len(e.quote) // 2]} for c, e in pairs]
    yield right | {"citations": half}
    yield right | {"citations": [c | {"doc": "annen-2024"} for c in citations]}
    yield right | {
        "citations": [],
        "calculation": {"expression": "7 + 5", "result": "12", "steps": []},
    }
    for status in ("not_found", "clarify"):
        yield right | {"status": status}


def test_each_answer_is_judged_as_the_referee_judges_it(referee: ModuleType) -> None:
    chance = random.Random(7)
    judged = 0
    for gold in GOLDS:
        line = gold.model_dump()
        for answer in answers_to(gold, chance):
            assert outcome(gold, answer).endswith("_right") == bool(referee.right(line, answer))
            assert cited(gold, answer) == referee.cited(line, answer)
            theirs = [text.lstrip("−-–+") for text in referee.untraced(answer, gold.question)]
            assert list(untraced(gold.question, answer)) == theirs
            judged += 1
    assert judged > 5000


def test_a_run_gets_the_same_figures_from_both(referee: ModuleType, samples_index: Path) -> None:
    golds = GOLDS[::20]
    run = run_gold(golds, Settings(index=samples_index, workers=1))
    mine = make_report(run).summary
    answers = [{"id": result.gold.id, **result.answer} for result in run.results]
    theirs = referee.score_answers([gold.model_dump() for gold in golds], answers, show=False)
    for name in ("accuracy", "answered_wrong", "cites_the_evidence"):
        assert theirs[name] == pytest.approx(mine.figures[name].value, abs=1e-4)
    assert theirs["untraced_numbers"] == mine.untraced
    found = [{"id": result.gold.id, "passages": result.passages} for result in run.results]
    searched = referee.score_search([gold.model_dump() for gold in golds], found, 5)
    assert searched["recall@5"] == pytest.approx(mine.figures["recall@5"].value, abs=1e-4)


def test_search_is_judged_as_the_referee_judges_it(referee: ModuleType) -> None:
    chance = random.Random(7)
    golds = [gold for gold in GOLDS if gold.evidence]
    pieces = [evidence for gold in golds for evidence in gold.evidence]
    found, results = [], []
    for gold in golds:
        some = chance.sample(pieces, 6) + chance.sample(gold.evidence, 1)
        chance.shuffle(some)
        passages = [{"doc": piece.doc, "text": piece.quote} for piece in some]
        results.append({"id": gold.id, "passages": passages})
        found += ranks(gold.evidence, passages)
    for k in (3, 10):
        theirs = referee.score_search([gold.model_dump() for gold in golds], results, k)
        assert theirs["evidence"] == len(found)
        mine = [within(rank, k) for rank in found]
        assert theirs[f"recall@{k}"] == pytest.approx(sum(mine) / len(mine), abs=1e-4)
        places = [reciprocal(rank if within(rank, k) else None) for rank in found]
        assert theirs["mrr"] == pytest.approx(sum(places) / len(places), abs=1e-4)


def test_tables_are_judged_as_the_referee_judges_them(
    referee: ModuleType, samples_index: Path
) -> None:
    gold = read_tables(SAMPLES / "tables.jsonl")
    extracted = IndexService(Settings(index=samples_index)).tables()
    spoilt = [
        {**table, "rows": table["rows"][::2], "columns": table["columns"][::-1]}
        for table in extracted
    ]
    for tables in (extracted, spoilt):
        found = score_tables(gold, tables)
        theirs = referee.score_tables(gold, tables, show=False)
        cells = sum(table.cells for table in found)
        assert cells == theirs["cells"]
        share = sum(table.right for table in found) / cells
        assert theirs["cells_right_row_and_column"] == pytest.approx(share, abs=5e-4)
        whole = sum(table.whole for table in found) / len(gold)
        assert theirs["tables_whole"] == pytest.approx(whole, abs=5e-3)


def test_search_measures_are_those_of_ir_measures() -> None:
    """Where that package is installed; one rank is one passage, and shows what it shows first."""
    library = pytest.importorskip("ir_measures")
    chance = random.Random(11)
    for _ in range(50):
        found = [chance.choice((*range(1, 11), None)) for _ in range(chance.randint(1, 6))]
        shown = Counter(rank for rank in found if rank)
        unseen = [1] * sum(rank is None for rank in found)
        gains = {f"p{rank}": gain for rank, gain in shown.items()}
        gains |= {f"unseen{n}": gain for n, gain in enumerate(unseen)}
        qrels = [library.Qrel("q", passage, gain) for passage, gain in gains.items()]
        run = [library.ScoredDoc("q", f"p{rank}", 1 / rank) for rank in range(1, 11)]
        measures = [library.nDCG @ 10, library.RR @ 10]
        theirs = library.calc_aggregate(measures, qrels, run)
        assert theirs[library.nDCG @ 10] == pytest.approx(ndcg(found), abs=1e-6)
        first = min((rank for rank in found if rank), default=None)
        assert theirs[library.RR @ 10] == pytest.approx(reciprocal(first), abs=1e-6)
