"""Means with their noise, and whether a difference between two runs is more than chance. Pure."""

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt

RESAMPLES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A mean of so many cases; `noise` is its standard error."""

    value: float
    of: int
    noise: float


def measure(values: Sequence[float]) -> Measured:
    """The mean and its standard error.

    >>> measure([1, 1, 0, 0])
    Measured(value=0.5, of=4, noise=0.25)
    >>> measure([True, True])  # what never failed has no noise: one failure shows
    Measured(value=1.0, of=2, noise=0.0)
    >>> measure([])
    Measured(value=0.0, of=0, noise=0.0)
    """
    if not values:
        return Measured(value=0.0, of=0, noise=0.0)
    numbers = [float(value) for value in values]
    noise = statistics.pstdev(numbers) / sqrt(len(numbers))
    return Measured(value=statistics.fmean(numbers), of=len(numbers), noise=noise)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of the others do not exceed; 0 for none.

    >>> percentile([5, 1, 3, 2, 4], 0.5), percentile([5, 1, 3, 2, 4], 0.95), percentile([], 0.5)
    (3, 4, 0.0)
    """
    return sorted(values)[int(share * (len(values) - 1))] if values else 0.0


def bootstrap_interval(differences: Sequence[float], *, seed: int = 0) -> tuple[float, float]:
    """Where the mean of paired differences lies, in 95 of 100 redrawn sets of questions.

    >>> bootstrap_interval([1, 1, 1])
    (1.0, 1.0)
    >>> low, high = bootstrap_interval([1, 0, 0, -1] * 20)
    >>> low < 0 < high
    True
    """
    chance = random.Random(seed)  # noqa: S311 - statistics, not secrets
    means = sorted(
        statistics.fmean(chance.choices(differences, k=len(differences))) for _ in range(RESAMPLES)
    )
    return means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES) - 1]


def sign_test(better: int, worse: int) -> float:
    """How often chance alone would split the changed questions at least so unevenly (McNemar).

    >>> sign_test(5, 0)  # 2 of 32 ways
    0.0625
    >>> sign_test(3, 3), sign_test(0, 0)
    (1.0, 1.0)
    """
    changed = better + worse
    tail = sum(comb(changed, k) for k in range(min(better, worse) + 1))
    return min(1.0, float(2 * tail / 2**changed))


def likely(share: Measured) -> tuple[float, float]:
    """Where a share lies for all such questions, 95 times of 100 (Wilson).

    >>> low, high = likely(Measured(value=1.0, of=10, noise=0.0))
    >>> round(low, 2), round(high, 2)
    (0.72, 1.0)
    >>> likely(Measured(value=0.0, of=0, noise=0.0))
    (0.0, 1.0)
    """
    if not share.of:
        return 0.0, 1.0
    wide = 1.96**2 / share.of
    middle = (share.value + wide / 2) / (1 + wide)
    half = sqrt(wide * (share.value * (1 - share.value) + wide / 4)) / (1 + wide)
    return max(0.0, middle - half), min(1.0, middle + half)
