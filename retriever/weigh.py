"""Features of a figure → how well it fits what is asked. Pure.

A candidate figure, a cell or an amount in running text, is described by named features between −1
and 1. Their weights are in data/figures.json, made by `python -m training figures`, and can be read
there. A score is in units of a question wholly held; `chances` makes likelihoods of scores.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["cell", "mention"]


@cache
def load_weights() -> dict[str, dict[str, float]]:
    """What each feature counts for, for each kind; under "none" the score of no figure at all."""
    text = (files(__package__) / "data" / "figures.json").read_text(encoding="utf-8")
    weights: dict[str, dict[str, float]] = json.loads(text)["weights"]
    return weights


def weigh(kind: Kind, features: Mapping[str, float]) -> float:
    """How well a candidate fits."""
    weights = load_weights()[kind]
    return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())


def reasons(kind: Kind, features: Mapping[str, float]) -> tuple[str, ...]:
    """What each feature that counts adds, for people."""
    weights = load_weights()[kind]
    return tuple(
        f"{name} {weights[name] * value:+.2f}"
        for name, value in features.items()
        if value and weights.get(name)
    )


def chances(cells: Sequence[float], mentions: Sequence[float]) -> tuple[list[float], list[float]]:
    """How likely each candidate is the one asked for; what is missing to 1 is that none is."""
    none = load_weights()["none"]
    scores = [*cells, *mentions, none["score"]]
    best = max(scores)
    parts = [math.exp(none["sharpness"] * (score - best)) for score in scores]
    total = sum(parts)
    likely = [part / total for part in parts[:-1]]
    return likely[: len(cells)], likely[len(cells) :]
