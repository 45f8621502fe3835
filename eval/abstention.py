"""How sure each answer was → what would have happened, had only surer ones been given. Pure.

An answer tells how sure it is as `sureness`, 0 to 1, where it knows. A refusal carries no answer,
so the curve ends at the threshold that the program ran with; a run with a lower one shows more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer that was given: how sure it was, and whether it was right."""

    sureness: float
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Had only answers at least so sure been given: shares of all questions."""

    threshold: float
    right: float
    wrong: float


def curve(given: Sequence[Given], of: int) -> tuple[Point, ...]:
    """A point for each threshold that makes a difference, the strictest first.

    >>> sure, unsure = Given(sureness=0.9, right=True), Given(sureness=0.6, right=False)
    >>> for point in curve([unsure, sure, sure], of=4):
    ...     print(point)
    Point(threshold=0.9, right=0.5, wrong=0.0)
    Point(threshold=0.6, right=0.5, wrong=0.25)
    """
    points, right, wrong = [], 0, 0
    surest_first = sorted(given, key=lambda one: -one.sureness)
    for threshold, group in groupby(surest_first, key=lambda one: one.sureness):
        for one in group:
            right, wrong = right + one.right, wrong + (not one.right)
        points.append(Point(threshold=threshold, right=right / of, wrong=wrong / of))
    return tuple(points)


def best_within(points: Sequence[Point], wrong: float) -> Point | None:
    """Where most is answered right with at most such a share wrong; None when nowhere.

    >>> points = curve([Given(sureness=0.9, right=True), Given(sureness=0.6, right=False)], of=2)
    >>> best_within(points, 0.05)
    Point(threshold=0.9, right=0.5, wrong=0.0)
    >>> best_within(points[1:], 0.05)
    """
    allowed = [point for point in points if point.wrong <= wrong]
    return max(allowed, key=lambda point: point.right, default=None)
