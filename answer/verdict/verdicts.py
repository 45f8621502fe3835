"""Yes or no and why, before it is said; the choice between several. No index is looked into."""

from collections.abc import Sequence
from dataclasses import dataclass

from answer.records import Calculation, Citation

AS_GOOD = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Yes or no, and why; `partly` where it is no, but not wholly."""

    yes: bool
    why: str
    citations: tuple[Citation, ...]
    partly: bool = False
    calculation: Calculation | None = None


def best_of(verdicts: Sequence[tuple[float, Verdict]], *, near: float = AS_GOOD) -> Verdict | None:
    """The verdict of the figure that fits best, unless one that fits nearly as well disagrees."""
    if not verdicts:
        return None
    score, best = max(verdicts, key=lambda one: one[0])
    rivals = [verdict for other, verdict in verdicts if other >= score - near]
    return best if all(verdict.yes == best.yes for verdict in rivals) else None


def agreed(figures: Verdict | None, words: Verdict | None) -> Verdict | None:
    """What the figures say, else what the words say; nothing where they disagree."""
    if figures and words and figures.yes != words.yes:
        return None
    return figures or words
