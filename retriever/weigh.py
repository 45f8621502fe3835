"""Features of a candidate → how well it fits what is asked. Pure.

A candidate, a table cell, an amount in running text or a sentence, is described by named features
between −1 and 1. Their weights are in data/weights.json, made by `python -m training weights`, and
can be read there. A score is about 1 where a question is wholly held; `chances` makes likelihoods
of scores.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

ALONE = -1.0  # what the next score counts as where there is none

Kind = Literal["cell", "mention", "sentence"]


@cache
def load_weights() -> dict[str, dict[str, float]]:
    """What each feature counts for, for each kind; under "none" the score of no candidate."""
    text = (files(__package__) / "data" / "weights.json").read_text(encoding="utf-8")
    weights: dict[str, dict[str, float]] = json.loads(text)["weights"]
    return weights


def weigh(kind: Kind, features: Mapping[str, float]) -> float:
    """How well a candidate fits."""
    weights = load_weights()[kind]
    return sum([weights.get(name, 0.0) * value for name, value in features.items() if value])


def reasons(kind: Kind, features: Mapping[str, float]) -> tuple[str, ...]:
    """What each feature that counts adds, for people."""
    weights = load_weights()[kind]
    return tuple(
        f"{name} {weights[name] * value:+.2f}"
        for name, value in features.items()
        if value and weights.get(name)
    )


def none_score() -> float:
    """The score at which a candidate is as likely as that there is none."""
    return load_weights()["none"]["score"]


def chances(
    scores: Sequence[float], none: float | None = None, sharpness: float | None = None
) -> list[float]:
    """How likely each candidate is the one asked for; what is missing to 1 is that none is."""
    of_none = load_weights()["none"]
    all_ = [*scores, of_none["score"] if none is None else none]
    sharp = of_none["sharpness"] if sharpness is None else sharpness
    best = max(all_)
    parts = [math.exp(sharp * (score - best)) for score in all_]
    total = sum(parts)
    return [part / total for part in parts[:-1]]


def telling(chance: float, score: float, others: Sequence[float]) -> dict[str, float]:
    """What tells how sure the likeliest figure is; `others` are the scores of other figures."""
    odds = math.log((chance + 1e-3) / (1.001 - chance))
    return {"odds": odds, "score": score, "ahead": score - max(others, default=ALONE)}


def sureness(chance: float, score: float, others: Sequence[float]) -> float:
    """How likely the likeliest figure is right, as questions that were not fitted with showed."""
    weights = load_weights()["sure"]
    told = telling(chance, score, others)
    logit = weights["bias"] + sum(weights[name] * value for name, value in told.items())
    return 1 / (1 + math.exp(-logit))
