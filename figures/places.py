"""Names of places in text: the 357 municipalities, and what figures are compared with.

Knows genitives ("Trondheims", "Os'") and "X kommune"; not old names, towns or parts of towns.
"""

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_DATA = tomllib.loads((files("figures") / "data" / "places.toml").read_text(encoding="utf-8"))
_EVERYDAY = frozenset(_DATA["everyday"])
_GROUPS = [(group["name"], re.compile(group["pattern"])) for group in _DATA["group"]]
_COUNTY = re.compile(r" \(.+\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """One municipality: its official number, its name as people say it, and its county."""

    number: str
    name: str  # "Herøy": two municipalities may share a name
    county: str


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All municipalities, in the order of their numbers."""
    text = (files("figures") / "data" / "kommuner.csv").read_text(encoding="utf-8")
    return tuple(
        Municipality(number=row["number"], name=_COUNTY.sub("", row["name"]), county=row["county"])
        for row in csv.DictReader(text.splitlines())
    )


@lru_cache(maxsize=65536)
def find_municipalities(text: str) -> tuple[tuple[str, int, int], ...]:
    """The municipalities named in a text: name, start and end, longest names first at a place.

    >>> find_municipalities("Trondheims utgifter og Nord-Fron kommune")
    (('Trondheim', 0, 10), ('Nord-Fron', 23, 32))
    """
    found = []
    for match in _names().finditer(text):
        name = match["name"]
        known = bool(match["kommune"])
        if name in _EVERYDAY and not known and _begins_a_sentence(text, match.start()):
            continue
        found.append((name, match.start(), match.end("full")))
    return tuple(found)


def read_place(header: str, municipality: str = "") -> str:
    """The place a header or a label names; empty when it names none, or the report's own.

    >>> read_place("ASSS gjennomsnit t 2023"), read_place("Stavange r 2023"), read_place("2023")
    ('ASSS', 'Stavanger', '')
    >>> read_place("Kostragr. 11", "Elverum"), read_place("Elverum 2023", "Elverum")
    ('KOSTRA-gruppe 11', '')
    """
    words = re.sub(r"\s+", " ", header.lower()).strip(" *:.")
    without_year = re.sub(r"\b(?:19|20)[0-9]{2}\b", "", words).strip(" *:.")
    for name, pattern in _GROUPS:
        if match := pattern.search(without_year):
            return str(name.format(**{k: v for k, v in match.groupdict().items() if v}))
    if county := _counties().get(without_year):
        return county
    named = find_municipalities(header)
    name = named[0][0] if named else _by_letters().get(re.sub(r"[^a-zæøåäöášŋđ-]", "", words), "")
    return "" if name == municipality else name


@cache
def _counties() -> dict[str, str]:
    return {m.county.lower(): m.county for m in municipalities() if m.county != "Oslo"}


@cache
def _names() -> re.Pattern[str]:
    names = sorted({m.name for m in municipalities()}, key=len, reverse=True)
    either = "|".join(re.escape(name) for name in names)
    return re.compile(
        rf"(?<![\wÆØÅæøå-])(?P<full>(?P<name>{either})(?:s|'|’s|'s)?)(?![\wæøå]|-[A-ZÆØÅ])"
        # "Lund barnehage" is a nursery's name
        r"(?P<kommune> (?:kommune|herad|municipality))?(?! (?:barnehage|skole|skule|barneskole"
        r"|ungdomsskole|ungdomsskule|barneskule|sykehjem|sjukeheim|omsorgssenter|helsehus|kirke"
        r"|kyrkje|renseanlegg|bofellesskap|bufellesskap|bibliotek|idrettslag|nursery|school)\b)"
    )


@cache
def _by_letters() -> dict[str, str]:
    """Names by their letters alone, for headers that a narrow column broke: "Stavange r"."""
    return {re.sub(r"[^a-zæøåäöášŋđ-]", "", m.name.lower()): m.name for m in municipalities()}


def _begins_a_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return bool(text.strip() != text[start:].strip() or " " in text.strip()) and (
        not before or before[-1] in ".!?:•–"
    )
