"""Figures that a change must not spoil: a summary against a baseline file.

A baseline is what an earlier run wrote as figures.json. A figure has fallen when it is worse than
the baseline's by more than the baseline's noise. One number that cannot be traced fails always.
"""

import json
from pathlib import Path
from typing import Any

from eval.run import Run
from eval.scores import Summary
from figures.errors import UsageError

Json = dict[str, Any]

LOWER_IS_BETTER = {"answered_wrong"}
_HAIR = 1e-9


def write_figures(run: Run, summary: Summary, path: Path) -> None:
    """Write what a later run can be held against; rounded, so that a review reads it."""
    figures = {
        name: {"value": round(found.value, 4), "noise": round(found.noise, 4), "of": found.of}
        for name, found in summary.figures.items()
    }
    content = {
        "questions": run.about["questions"],
        "fingerprint": run.about["fingerprint"],
        "untraced": summary.untraced,
        "figures": figures,
    }
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def fallen(run: Run, summary: Summary, baseline: Path) -> list[str]:
    """What is worse than the baseline, a line each; nothing when the run holds."""
    wanted = _read(baseline)
    if wanted["fingerprint"] != run.about["fingerprint"]:
        raise UsageError(
            f"{baseline}: made from other questions than {run.about['gold']}; "
            "make it anew and read its difference; docs/evaluation.md says how"
        )
    lines = []
    if summary.untraced:
        lines.append(f"{summary.untraced} numbers in the answers cannot be traced")
    for name, before in wanted["figures"].items():
        now = summary.figures[name].value if name in summary.figures else 0.0
        drop = now - before["value"] if name in LOWER_IS_BETTER else before["value"] - now
        if drop > before["noise"] + _rounding(before["value"]):
            lines.append(
                f"{name} is {now:.4f}, worse than {before['value']:.4f} by more than the noise, "
                f"{before['noise']:.4f}"
            )
    return lines


def _rounding(value: float) -> float:
    return _HAIR if value in (0, 1) else 0.0001


def _read(path: Path) -> Json:
    try:
        found: Json = json.loads(path.read_text(encoding="utf-8"))
        for figure in found["figures"].values():
            float(figure["value"]), float(figure["noise"])
        found["fingerprint"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{path}: not a baseline ({error!r}); name a figures.json of an earlier run"
        ) from None
    return found
