"""Questions whose answer is known -> retriever/data/weights.json, what candidates are weighed by.

Three kinds of questions: those in data/questions.jsonl, written by us for real reports that lie
beside the project; those to the reports that we wrote ourselves (samples/written/learnt); and those
that the sample factory makes with its fictional reports. For each,
the candidates that the retriever finds are marked right or wrong, and "none" is right where no
candidate is. The weights are those under which what is right is likeliest; most may speak only for
a candidate or only against it, so that the file can be read.
"""

import json
import sys
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from answer.answer import WRITERS
from answer.calculate.stated import answer_share_as_it_stands, answer_stated
from answer.evidence import Evidence, gather
from answer.prose import answer_prose, wants_a_figure
from answer.values import of_the_kind_asked_for
from answer.verdict.claims import is_yesno
from indexer.build import build_index
from indexer.embed import load_embedder
from indexer.index import Index
from retriever.cells import FoundCell
from retriever.mentions import FoundMention
from retriever.sentences import Sentence, following
from retriever.understand import Query, understand
from retriever.weigh import chances, telling
from samples.__main__ import write_all
from samples.factory import make_reports
from samples.written import LEARNT, draw_written, written_questions

QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"
REPORTS, SEED = 10, 9_100  # fictional reports, far from those that are bundled and tested with
FICTION = 0.3  # how much all questions to fictional reports count beside those to real ones
DECAY = 2e-4
SHARPNESS, NONE = 6.0, 0.6  # the scale of a score: see retriever.weigh
WINDOW, LIST_WINDOW = (3, 700), (12, 1100)  # sentences and characters that an answer may hold
MOST = 0.6  # of a list that a window must hold to be right
HELD_OUT = 3  # every third question is kept for the telling

AGAINST = frozenset(
    "column_unasked doubtful earlier first_missing label_unasked lacks_most left_out "
    "measure_unasked measure_wrong measure_plain name_missing per_unasked place_other "
    "place_unnamed period_other sex_missing sex_unasked sex_wrong total_unasked unit_none change "
    "unit_count counted_other loose rough other_year short flow_wrong mean_unasked "
    "unit_other named in_question rest".split()
)
EITHER = frozenset("bias what unit_unasked opens table".split())
# What counts at least so much, though few questions show it.
AT_LEAST = {"left_out": 0.2, "doubtful": 0.1, "place_other": 0.2, "rest": 0.1}

_AS_IT_STANDS = {answer_stated, answer_share_as_it_stands}  # writers of one figure as printed

Json = dict[str, Any]
Vector = NDArray[np.float64]
Features = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """One question's candidates, each with its kind and features, and which are right."""

    question: str
    kinds: tuple[str, ...]
    features: tuple[Features, ...]
    right: tuple[bool, ...]
    values: tuple[str, ...] = ()  # of figures: what each amounts to


def train_weights(reports: Path, path: Path) -> None:
    """Fit on all questions and write; tell how a third of the real ones comes out unseen."""
    asked = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    folders = sorted(path for path in reports.iterdir() if path.is_dir())
    real = [_of_reports(folder, asked) for folder in folders]
    with tempfile.TemporaryDirectory() as folder:
        questions = written_questions(LEARNT)
        real += [_of_reports(drawn, questions) for drawn in draw_written(LEARNT, Path(folder))]
    with tempfile.TemporaryDirectory() as folder:
        write_all(make_reports(SEED, REPORTS), Path(folder), {"pdf"})
        lines = (Path(folder) / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        fiction = _of_reports(Path(folder), [json.loads(line) for line in lines])
    weights: dict[str, dict[str, float]] = {}
    for look, kinds in LOOKS.items():
        lists = [one for found in real for one in found[look]]
        seen = [one for one in lists if zlib.crc32(one.question.encode()) % HELD_OUT]
        unseen = [one for one in lists if not zlib.crc32(one.question.encode()) % HELD_OUT]
        of_seen = fit(seen, fiction[look])
        share = first_share(unseen, of_seen)
        print(  # noqa: T201
            f"{' and '.join(kinds)}: right one first {share:.3f} of those that have one, "
            f"in {len(unseen)} questions not fitted with",
            file=sys.stderr,
        )
        found = fit(lists, fiction[look])
        weights |= {kind: of_kind(found, kind) for kind in kinds}
        if look is figures:
            weights["sure"] = fit_sureness(unseen, of_seen)
    weights["none"] = {"score": NONE, "sharpness": SHARPNESS}
    made = {"made_by": "python -m training weights", "weights": weights}
    path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _of_reports(reports: Path, asked: Sequence[Json]) -> "dict[Look, list[Candidates]]":
    """The candidates of every question for a figure, and of every one for words."""
    with tempfile.TemporaryDirectory() as folder:
        build_index([reports], Path(folder), embedder=load_embedder())
        index = Index(Path(folder), embedder="bundled")
        return {
            look: [found for one in asked if (found := look(index, one)) is not None]
            for look in LOOKS
        }


def _understood(index: Index, one: Json) -> Query | None:
    query = understand(one["question"], index.documents)
    lost = query.unknown or query.open_places or not query.docs or is_yesno(query.question)
    return None if lost else query


def figures(index: Index, one: Json) -> Candidates | None:
    """The cells and amounts that may answer a question for one figure."""
    query = _understood(index, one)
    if query is None or not _AS_IT_STANDS & set(WRITERS.get(query.asked.operation, ())):
        return None
    evidence: Evidence = of_the_kind_asked_for(query, gather(index, query))
    found: list[FoundCell | FoundMention] = [*evidence.cells, *evidence.mentions]
    return Candidates(
        question=one["question"],
        kinds=tuple("mention" if isinstance(f, FoundMention) else "cell" for f in found),
        features=tuple(f.features for f in found),
        right=tuple(_is_figure(f.base_value, f.unit, one) for f in found),
        values=tuple(f"{abs(f.base_value.normalize())} {f.unit}" for f in found),
    )


def _is_figure(value: Any, unit: str, one: Json) -> bool:
    wanted = one.get("figure")
    if not wanted or one["kind"] == "unanswerable":
        return False
    of_money = unit.startswith("kr"), wanted["base_unit"].startswith("kr")
    of_share = unit.startswith("prosent"), wanted["base_unit"].startswith("prosent")
    near = max(wanted["tolerance"], 0.001 * abs(wanted["base_value"])) + 1e-9
    same = abs(abs(float(value)) - abs(wanted["base_value"])) <= near
    return same and len(set(of_money)) == 1 and len(set(of_share)) == 1


def sentences(index: Index, one: Json) -> Candidates | None:
    """The sentences that may answer a question for words."""
    query = _understood(index, one)
    if query is None or one["kind"] not in ("text", "list", "unanswerable"):
        return None
    if answer_prose not in WRITERS.get(query.asked.operation, (answer_prose,)):
        return None
    if wants_a_figure(query):
        return None
    found = gather(index, query).sentences
    shares = [_share_said(sentence, one) for sentence in found]
    enough = max([MOST, *shares])
    return Candidates(
        question=one["question"],
        kinds=("sentence",) * len(found),
        features=tuple(sentence.features for sentence in found),
        right=tuple(share >= enough for share in shares),
    )


def _share_said(sentence: Sentence, one: Json) -> float:
    """How much of what a right answer must say stands in a sentence and those after it."""
    groups = one.get("accept")
    if not groups or one["kind"] == "unanswerable":
        return 0.0
    most, length = LIST_WINDOW if one["kind"] == "list" else WINDOW
    texts = [sentence.text, *(text for text, _ in following(sentence))][:most]
    said = " ".join(texts)[:length].lower()
    return sum(any(word.lower() in said for word in group) for group in groups) / len(groups)


Look = Callable[[Index, Json], Candidates | None]
LOOKS: dict[Look, tuple[str, ...]] = {figures: ("cell", "mention"), sentences: ("sentence",)}


def fit(real: Sequence[Candidates], fiction: Sequence[Candidates]) -> dict[str, float]:
    """Weights, named "kind.feature", under which what is right is likeliest (listwise softmax)."""
    lists = [*real, *fiction]
    names = sorted(
        {
            f"{kind}.{name}"
            for one in lists
            for kind, features in zip(one.kinds, one.features, strict=True)
            for name in features
        }
    )
    place = {name: number for number, name in enumerate(names)}
    rows: list[Vector] = []
    right: list[bool] = []
    starts: list[int] = []
    for one in lists:
        starts.append(len(rows))
        for kind, features in zip(one.kinds, one.features, strict=True):
            row = np.zeros(len(names))
            for name, value in features.items():
                row[place[f"{kind}.{name}"]] = value
            rows.append(row)
        rows.append(np.zeros(len(names)))  # none of them
        right += [*one.right, not any(one.right)]
    values, is_right = np.array(rows), np.array(right)
    first = np.array(starts)
    whose = np.repeat(np.arange(len(lists)), np.diff([*starts, len(rows)]))
    share = FICTION * len(real) / max(1, len(fiction))
    weight = np.array([1.0] * len(real) + [share] * len(fiction))
    weight /= weight.sum()

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = values @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, first)[whose])
        all_ = np.add.reduceat(raised, first)
        good = np.add.reduceat(raised * is_right, first) + 1e-12
        pull = (raised / all_[whose] - raised * is_right / good[whose]) * weight[whose]
        cost = -(weight * np.log(good / all_)).sum() + DECAY * weights @ weights
        return float(cost), values.T @ pull + 2 * DECAY * weights

    bounds = [_bounds(name.partition(".")[2]) for name in names]
    start = np.array([max(low or 0.0, 0.0) + min(high or 0.0, 0.0) for low, high in bounds])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return {name: float(one) for name, one in zip(names, found.x, strict=True)}


def fit_sureness(unseen: Sequence[Candidates], weights: Mapping[str, float]) -> dict[str, float]:
    """How likely a first figure is right, by its chance, its score and how far the next one is.

    Learned on questions that the weights were not fitted with, so that it is no better than true.
    """
    rows: list[list[float]] = []
    right: list[bool] = []
    for one in unseen:
        if not one.right:
            continue
        scores = [
            sum(weights.get(f"{kind}.{name}", 0.0) * value for name, value in features.items())
            / SHARPNESS
            + NONE
            for kind, features in zip(one.kinds, one.features, strict=True)
        ]
        likely: dict[str, float] = defaultdict(float)
        for value, chance in zip(one.values, chances(scores, NONE, SHARPNESS), strict=True):
            likely[value] += chance
        best = max(likely, key=lambda value: likely[value])
        own = [i for i, value in enumerate(one.values) if value == best]
        first = max(own, key=lambda i: scores[i])
        others = [score for i, score in enumerate(scores) if i not in own]
        rows.append([1.0, *telling(likely[best], scores[first], others).values()])
        right.append(one.right[first])
    values, sign = np.array(rows), 2 * np.array(right) - 1.0

    def loss(w: Vector) -> tuple[float, Vector]:
        agree = sign * (values @ w)
        pull = -sign / (1 + np.exp(agree))
        ridge = np.array([0.0, *w[1:]])
        return float(np.logaddexp(0, -agree).sum() + ridge @ ridge), values.T @ pull + 2 * ridge

    found = minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B")
    names = ["bias", *telling(0.5, 0.0, []).keys()]
    return {name: round(float(one), 3) for name, one in zip(names, found.x, strict=True)}


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in EITHER:
        return None, None
    least = SHARPNESS * AT_LEAST.get(name, 0.0)
    return (None, -least) if name in AGAINST else (least, None)


def of_kind(weights: Mapping[str, float], kind: str) -> dict[str, float]:
    """One kind's weights on the scale of scores, those that count."""
    found = {
        name.removeprefix(f"{kind}."): weight / SHARPNESS
        for name, weight in weights.items()
        if name.startswith(f"{kind}.")
    }
    found["bias"] = found.get("bias", 0.0) + NONE
    return {name: round(weight, 3) for name, weight in found.items() if abs(weight) >= 0.0005}


def first_share(lists: Sequence[Candidates], weights: Mapping[str, float]) -> float:
    """How often a right one comes first, where there is one."""

    def score(kind: str, features: Features) -> float:
        return sum(weights.get(f"{kind}.{name}", 0.0) * value for name, value in features.items())

    firsts = []
    for one in lists:
        if any(one.right):
            scores = [score(k, f) for k, f in zip(one.kinds, one.features, strict=True)]
            firsts.append(one.right[int(np.argmax(scores))])
    return float(np.mean(firsts)) if firsts else 0.0
