"""The prose: stories, causes and measures from prose/*.toml, filled in for a municipality and year.

A story is a few sentences about one area, with questions that it answers. Which stories a year
tells follows from the municipality and the year; a story told one year is not told the next, so a
question about it is unanswerable from the other year's report.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from samples.draws import rng
from samples.municipalities import Municipality

_FOLDER = Path(__file__).parent / "prose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question a story answers, in the report's language; `english` may be empty."""

    kind: str
    wordings: tuple[str, ...]
    english: str
    answer: str
    accept: tuple[tuple[str, ...], ...]
    quote: str  # the sentence that answers
    value: str = ""  # for a figure: the number as drawn
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A paragraph and what it answers."""

    key: str
    area: str
    text: str
    asks: tuple[Ask, ...]


@cache
def _bank(language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"story": [], "cause": [], "measure": [], "text": {}}
    for path in sorted(_FOLDER.glob(f"{language}*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for name in ("story", "cause", "measure"):
            found[name] += data.get(name, [])
        found["text"].update(data.get("text", {}))
    return found


def told(m: Municipality, area: str, year: int) -> list[Story]:
    """The stories the year's report tells about an area."""
    return [_fill(m, year, raw) for raw in _chosen(m, area, year)]


def untold(m: Municipality, area: str, year: int) -> list[Story]:
    """The stories it does not tell: what the report does not say."""
    chosen = {raw["key"] for raw in _chosen(m, area, year)}
    return [_fill(m, year, raw) for raw in _stories(m, area) if raw["key"] not in chosen]


def _chosen(m: Municipality, area: str, year: int) -> list[dict[str, Any]]:
    stories = _stories(m, area)
    half = (len(stories) + 1) // 2
    return stories[:half] if year % 2 else stories[half:]


def _stories(m: Municipality, area: str) -> list[dict[str, Any]]:
    found = []
    for number, raw in enumerate(_bank(m.language)["story"]):
        if raw["area"] == area and not (raw.get("coast") and not m.coast):
            found.append({"key": f"{area}{number}", **raw})
    rng(m.seed, "stories", area).shuffle(found)
    return found


def _fill(m: Municipality, year: int, raw: dict[str, Any]) -> Story:
    slots: dict[str, Any] = {**m.names, "year": year, "last": year - 1, "next": year + 1}
    for name, choices in raw.get("draw", {}).items():
        chance = rng(m.seed, raw["key"], name, year)
        whole = all(isinstance(choice, int) for choice in choices)
        slots[name] = chance.randint(*choices) if whole else chance.choice(choices)
    sentences = [line.format(**slots) for line in raw["text"].strip().splitlines()]
    asks = tuple(_ask(raw_ask, slots, sentences) for raw_ask in raw.get("ask", []))
    return Story(key=raw["key"], area=raw["area"], text=" ".join(sentences), asks=asks)


def _ask(raw: dict[str, Any], slots: dict[str, Any], sentences: list[str]) -> Ask:
    accept = tuple(tuple(word.format(**slots) for word in group) for group in raw.get("acc", []))
    return Ask(
        kind=raw["k"],
        wordings=tuple(q.format(**slots) for q in raw["q"]),
        english=raw.get("en", "").format(**slots),
        answer=raw["a"].format(**slots),
        accept=accept,
        quote=sentences[raw["s"]],
        value=raw["fig"][0].format(**slots) if "fig" in raw else "",
        unit=raw["fig"][1] if "fig" in raw else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why an area spent more or less than budgeted: the words, and what an answer must mention."""

    text: str
    accept: tuple[tuple[str, ...], ...]


def cause(m: Municipality, area: str, year: int, *, over: bool) -> Cause:
    """One reason, drawn for the municipality and year."""
    side = "over" if over else "under"
    found = [c for c in _bank(m.language)["cause"] if c["area"] == area and c["side"] == side]
    raw = rng(m.seed, "cause", area, year, side).choice(found)
    slots = {**m.names, "year": year, "last": year - 1}
    return Cause(
        text=raw["text"].format(**slots), accept=tuple(tuple(group) for group in raw["acc"])
    )


def measures_for(m: Municipality, area: str, year: int) -> list[tuple[str, str]]:
    """Planned work with its status in words."""
    found = [x for x in _bank(m.language)["measure"] if x["area"] == area]
    slots = {**m.names, "year": year, "last": year - 1, "next": year + 1}
    return [
        (
            x["plan"].format(**slots),
            rng(m.seed, "measure", x["plan"], year).choice(x["status"]).format(**slots),
        )
        for x in found
    ]


def sentence(m: Municipality, key: str, *, turn: object, **slots: Any) -> str:
    """One of the wordings of a fixed text; `turn` keeps the choice from being the same all over."""
    choices = _bank(m.language)["text"][key]
    chosen: str = rng(m.seed, key, turn).choice(choices)
    return chosen.format(**{**m.names, **slots})


def sentences(m: Municipality, key: str, **slots: Any) -> tuple[str, ...]:
    """All the lines of a fixed text: the items of a list."""
    return tuple(line.format(**{**m.names, **slots}) for line in _bank(m.language)["text"][key])
