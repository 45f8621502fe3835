"""One set of questions asked of a program changed in several ways → what each change is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.changes import Change
from eval.compare import Comparison, compare_runs
from eval.gold import Gold
from eval.run import Progress, run_gold
from eval.scores import Summary, score_run, summarise
from eval.statistics import Measured
from kommunesvar.settings import Settings

Json = dict[str, Any]

AS_IS = "as it is"
# The figures that are shown for each trial, as far as the questions measure them.
SHOWN = ("accuracy", "answered_wrong", "refused_right", "cites_the_evidence", "recall@5", "mrr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The program with some changes, and what became of the questions."""

    name: str
    changes: tuple[Change, ...]
    summary: Summary
    against: Comparison  # to the program as it is

    @property
    def wrong(self) -> float:
        """Wrong answers, of all questions."""
        counts = self.summary.outcomes
        return counts.get("answered_wrong", 0) / max(1, sum(counts.values()))

    def figure(self, name: str) -> Measured | None:
        """One of the run's figures, where it was measured."""
        return self.summary.figures.get(name)

    def to_json(self) -> Json:
        """As plain JSON types."""
        return {
            "name": self.name,
            "changes": [str(change) for change in self.changes],
            "figures": {name: round(f.value, 4) for name, f in self.summary.figures.items()},
            "wrong_of_all": round(self.wrong, 4),
            "untraced": self.summary.untraced,
            "difference": round(self.against.difference, 4),
            "interval": [round(end, 4) for end in self.against.interval],
            "chance": round(self.against.chance, 4),
            "p50_ms": self.summary.milliseconds["p50"],
        }


def run_trials(
    changed: Mapping[str, Sequence[Change]],
    golds: Sequence[Gold],
    settings: Settings,
    *,
    source: str = "",
    progress: Progress = lambda _done, _of: None,
) -> list[Trial]:
    """Ask of the program as it is, and then with each named set of changes."""
    as_is = run_gold(golds, settings, source=source, progress=progress)
    trials = []
    for name, changes in {AS_IS: (), **changed}.items():
        run = as_is
        if changes:
            run = run_gold(golds, settings, source=source, changes=changes, progress=progress)
        trials.append(
            Trial(
                name=name,
                changes=tuple(changes),
                summary=summarise(score_run(run)),
                against=compare_runs(as_is, run),
            )
        )
    return trials
