"""Chance with an address: the same key always draws the same number, in any order of asking.

A report for 2024 must print the very figures the report for 2023 printed, so nothing may depend
on what was drawn before. Every draw names what it is for.
"""

from random import Random


def rng(*key: object) -> Random:
    """A generator that belongs to this key alone.

    >>> rng("x", 1).random() == rng("x", 1).random()
    True
    """
    return Random("|".join(map(str, key)))  # noqa: S311 - invented figures, not secrets


def wobble(width: float, *key: object) -> float:
    """A factor near 1: wobble(0.02, ...) lies between 0.98 and 1.02."""
    return 1 + width * (2 * rng(*key).random() - 1)


def to_grain(amount: float, grain: int) -> int:
    """Round kroner to what the report prints (1, 1 000, 100 000), so that printed sums hold.

    >>> to_grain(1_234_567, 1000)
    1235000
    """
    return round(amount / grain) * grain
