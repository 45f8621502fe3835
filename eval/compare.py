"""Two runs of the same questions → what got better, what got worse, and whether it is chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.run import Run
from eval.scores import Score, score_run
from eval.statistics import bootstrap_interval, sign_test
from figures.errors import UsageError

SURE = 0.05  # a difference that chance makes more often than this is not called one


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The first run against the second, question by question."""

    questions: int
    better: tuple[tuple[Score, Score], ...]  # wrong before, right after
    worse: tuple[tuple[Score, Score], ...]
    difference: float  # of accuracy, after minus before
    interval: tuple[float, float]  # where it lies in 95 of 100 redrawn sets of questions
    chance: float  # how often chance alone would do as much (McNemar)
    only_before: int = 0  # questions that only one of the runs has
    only_after: int = 0


def compare_runs(before: Run, after: Run) -> Comparison:
    """Compare by the questions that both runs have."""
    first = {score.result.gold.id: score for score in score_run(before)}
    second = {score.result.gold.id: score for score in score_run(after)}
    pairs = [(first[id_], second[id_]) for id_ in first if id_ in second]
    if not pairs:
        raise UsageError("the two runs have no question in common; compare runs of one gold file")
    changed = [a.result.gold.id for a, b in pairs if a.result.gold != b.result.gold]
    if changed:
        raise UsageError(
            f"the gold of {len(changed)} questions differs between the runs, first {changed[0]!r}; "
            "run both again with one gold file"
        )
    better = tuple(pair for pair in pairs if pair[1].right and not pair[0].right)
    worse = tuple(pair for pair in pairs if pair[0].right and not pair[1].right)
    differences = [float(b.right) - float(a.right) for a, b in pairs]
    return Comparison(
        questions=len(pairs),
        better=better,
        worse=worse,
        difference=(len(better) - len(worse)) / len(pairs),
        interval=bootstrap_interval(differences),
        chance=sign_test(len(better), len(worse)),
        only_before=len(first) - len(pairs),
        only_after=len(second) - len(pairs),
    )


def comparison_to_text(comparison: Comparison) -> str:
    """The comparison for a terminal, worse first."""
    low, high = comparison.interval
    lines = [
        *_changes("worse", comparison.worse),
        *_changes("better", comparison.better),
        f"{comparison.questions} questions: {len(comparison.better)} better, "
        f"{len(comparison.worse)} worse; accuracy {_points(comparison.difference)} points "
        f"(95 %: {_points(low)} to {_points(high)}), chance alone p = {comparison.chance:.3f}: "
        + ("a real change" if comparison.chance < SURE else "no sure change"),
    ]
    if comparison.only_before or comparison.only_after:
        lines.append(
            f"left out: {comparison.only_before} questions that only the first run has, "
            f"{comparison.only_after} that only the second has"
        )
    return "\n".join(lines)


def _changes(word: str, pairs: Sequence[tuple[Score, Score]]) -> list[str]:
    lines = []
    for before, after in pairs:
        gold = after.result.gold
        lines += [
            f"{word}  {gold.id}  {gold.kind}: {gold.question}",
            f"    right   {gold.answer}",
            f"    before  {_said(before)}",
            f"    after   {_said(after)}",
        ]
    return lines


def _said(score: Score) -> str:
    text = " ".join((score.result.answer["answer"] or "").split())
    return f"{score.outcome}: {text[:160]}"


def _points(share: float) -> str:
    return f"{100 * share:+.1f}"
