"""A run → what each answer was worth, and the headline figures of all of them. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from eval.abstention import Given, Point, curve
from eval.gold import UNANSWERED
from eval.metrics import (
    Fault,
    Outcome,
    cited,
    difficulty,
    fault,
    outcome,
    short_enough,
    shows,
    supported,
    untraced,
)
from eval.ranking import ndcg, reciprocal, within
from eval.run import DEPTH, Result, Run
from eval.statistics import Measured, measure, percentile

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one answer was worth."""

    result: Result
    outcome: Outcome
    fault: Fault
    cited: bool
    sources_right: tuple[bool, ...]  # for each citation: it shows some of the evidence
    evidence_shown: tuple[bool, ...]  # for each piece of evidence: some citation shows it
    supported: tuple[bool, ...]  # for each sentence: its sources or the question hold its words
    untraced: tuple[str, ...]
    language_right: bool
    short_enough: bool

    @property
    def right(self) -> bool:
        """Whether the answer, the refusal or the question back was what it should be."""
        return self.outcome.endswith("_right")

    @property
    def answered(self) -> bool:
        """Whether it claims to know."""
        return self.outcome.startswith("answered")

    @property
    def sureness(self) -> float | None:
        """How sure the answer says it is, 0 to 1; None where it does not say."""
        said = self.result.answer.get("sureness")
        return float(said) if isinstance(said, int | float) and 0 <= said <= 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of a run: shares of 1, counts, and milliseconds."""

    figures: dict[str, Measured]
    untraced: int
    milliseconds: dict[str, float]
    outcomes: dict[str, int]
    groups: dict[str, dict[str, Measured]]  # "kind", "lang" … → name → accuracy
    curve: tuple[Point, ...] = ()  # empty where no answer says how sure it is

    def to_json(self) -> Json:
        """As plain JSON types."""
        return asdict(self)


def score_run(run: Run) -> list[Score]:
    """Every answer judged."""
    return [score(result) for result in run.results]


def score(result: Result) -> Score:
    """One answer judged."""
    gold, answer = result.gold, result.answer
    answered = answer["status"] == "answered"
    return Score(
        result=result,
        outcome=outcome(gold, answer),
        fault=fault(gold, answer) if answered and gold.kind not in UNANSWERED else "",
        cited=cited(gold, answer),
        sources_right=tuple(any(shows(c, e) for e in gold.evidence) for c in answer["citations"]),
        evidence_shown=tuple(any(shows(c, e) for c in answer["citations"]) for e in gold.evidence),
        supported=supported(gold.question, answer) if answered else (),
        untraced=untraced(gold.question, answer) if answered else (),
        language_right=answer["language"] == gold.lang,
        short_enough=short_enough(gold, answer),
    )


def summarise(scores: Sequence[Score]) -> Summary:
    """The headline figures. `answered_wrong` is better when lower, all others when higher."""
    answered = [s for s in scores if s.answered]
    due = [s for s in answered if s.result.gold.kind not in UNANSWERED]
    answerable = [s for s in scores if s.result.gold.kind not in UNANSWERED]
    searched = [s.result.ranks for s in answerable if s.result.ranks]
    ranks = [rank for found in searched for rank in found]
    times = [s.result.answer["timing_ms"]["total"] for s in scores]
    measured: dict[str, Sequence[float]] = {
        "accuracy": [s.right for s in scores],
        "figures_right": [s.right for s in answerable if s.result.gold.figure],
        "answered_wrong": [not s.right for s in answered],
        "refused_right": [s.right for s in scores if s.result.gold.kind == "unanswerable"],
        "not_refused_wrongly": [s.outcome != "refused_wrong" for s in answerable],
        "cites_the_evidence": [s.cited for s in due],
        "citation_precision": [right for s in due for right in s.sources_right],
        "citation_recall": [shown for s in due for shown in s.evidence_shown],
        "quotes_on_page": [held for s in scores for held in s.result.on_page],
        "boxes_on_page": [held for s in scores for held in s.result.boxes if held is not None],
        "sentences_supported": [held for s in answered for held in s.supported],
        "recall@5": [within(rank, 5) for rank in ranks],
        f"recall@{DEPTH}": [within(rank, DEPTH) for rank in ranks],
        "mrr": [reciprocal(rank) for rank in ranks],
        f"ndcg@{DEPTH}": [ndcg(found) for found in searched],
        "language_right": [s.language_right for s in scores],
        "short_enough": [s.short_enough for s in scores],
    }
    return Summary(
        figures={name: measure(values) for name, values in measured.items() if values},
        untraced=sum(len(s.untraced) for s in scores),
        milliseconds={
            "p50": round(median(times), 1) if times else 0.0,
            "p95": round(percentile(times, 0.95), 1),
        },
        outcomes=dict(Counter(s.outcome for s in scores).most_common()),
        groups={
            "kind": _accuracy_by(scores, lambda s: s.result.gold.kind),
            "municipality": _accuracy_by(scores, lambda s: s.result.municipality),
            "lang": _accuracy_by(scores, lambda s: s.result.gold.lang),
            "difficulty": _accuracy_by(scores, lambda s: difficulty(s.result.gold)),
            "file": _accuracy_by(scores, lambda s: s.result.file_kind),
        },
        curve=_curve(scores),
    )


def _curve(scores: Sequence[Score]) -> tuple[Point, ...]:
    """What other thresholds would give; an answer that does not say is always given."""
    answered = [score for score in scores if score.answered]
    if all(score.sureness is None for score in answered):
        return ()
    given = [
        Given(sureness=1.0 if score.sureness is None else score.sureness, right=score.right)
        for score in answered
    ]
    return curve(given, of=len(scores))


def _accuracy_by(scores: Iterable[Score], key: Callable[[Score], str]) -> dict[str, Measured]:
    groups: dict[str, list[bool]] = {}
    for one in scores:
        groups.setdefault(key(one), []).append(one.right)
    return {name: measure(groups[name]) for name in sorted(groups)}
