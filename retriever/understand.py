"""Question + what the index holds → query: which reports to look in, and for what. Pure.

Scope is settled before anything is ranked, and it is hard: a report of another municipality or
year is never searched. What could not be settled is said (`open_places`, `unknown`).
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from figures.places import find_municipalities, read_place
from indexer.language import Language, language_of
from retriever.questions import SILENT, Asked, read_question


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question understood."""

    question: str
    language: Language
    asked: Asked
    places: tuple[str, ...]  # municipalities with reports in the index that are meant
    elsewhere: tuple[str, ...]  # other places that are named
    docs: tuple[str, ...]  # reports to look in, the most fitting first
    later: tuple[str, ...]  # reports of later years, which look back
    open_places: bool  # none is named though the index holds several
    only: tuple[str, ...] = ()  # reports chosen by hand
    unknown: str = ""  # a municipality or year that is asked for and not in the index
    subject: str = ""  # the question without its municipality, years and question words
    without: str = ""  # what it leaves out: "uten sosiale utgifter"


def understand(
    question: str,
    documents: Sequence[dict[str, Any]],
    *,
    kommune: str | None = None,
    year: int | None = None,
    docs: Sequence[str] = (),
    language: Language | None = None,
) -> Query:
    """Settle what is asked and where to look; the filters are the ones a person set by hand."""
    asked = read_question(question)
    held = municipalities(documents)
    named = named_places(question, held)
    others = _elsewhere(question, named)
    chosen = (kommune,) if kommune else named
    candidates = [d for d in documents if not docs or d["id"] in docs]
    if chosen:
        candidates = _of(candidates, chosen)
    elif others and not docs and len(held) > 1:
        candidates = []
    within = {d["municipality"] for d in candidates}
    years = (year,) if year else asked.years
    found = _reports(candidates, asked.report_years, years)
    return Query(
        question=question,
        language=language or language_of(question),
        asked=asked,
        places=chosen or (tuple(within) if len(within) == 1 else ()),
        elsewhere=others,
        docs=tuple(d["id"] for d in found),
        later=_later(candidates, found, asked.report_years),
        only=tuple(docs),
        open_places=not chosen and not docs and len(within) > 1,
        unknown=_unknown(candidates, found, chosen or others, asked.report_years or years),
        subject=subject_of(question, named),
        without=" ".join(match.group() for match in _WITHOUT.finditer(question)),
    )


def narrowed(
    query: Query,
    documents: Sequence[dict[str, Any]],
    *,
    places: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    report_years: Sequence[int] | None = None,
) -> Query:
    """The same question about fewer places or other years: one side of a comparison."""
    places = query.places if places is None else places
    years = query.asked.years if years is None else years
    reports = query.asked.report_years if report_years is None else report_years
    candidates = [
        d
        for d in (_of(documents, places) if places else documents)
        if not query.only or d["id"] in query.only
    ]
    asked = replace(query.asked, years=tuple(years), report_years=tuple(reports))
    found = _reports(candidates, reports, years)
    return replace(
        query,
        asked=asked,
        places=tuple(places),
        docs=tuple(d["id"] for d in found),
        later=_later(candidates, found, reports),
    )


def municipalities(documents: Sequence[dict[str, Any]]) -> dict[str, list[int]]:
    """Whose reports the index holds, and for which years."""
    held: dict[str, list[int]] = {}
    for d in documents:
        if d["municipality"]:
            held.setdefault(d["municipality"], []).extend([d["year"]] if d["year"] else [])
    return held


def named_places(question: str, held: Iterable[str]) -> tuple[str, ...]:
    """Municipalities of the index that the question names, genitives included.

    >>> named_places("Brukte Vestviks skoler mer enn Øyra kommune?", ["Øyra", "Vestvik", "Vik"])
    ('Vestvik', 'Øyra')
    >>> named_places("Hvor mange laks gikk opp i Vestvikselva?", ["Øyra", "Vestvik", "Vik"])
    ('Vestvik',)
    """
    found = [
        (match.start(), name) for name in held if (match := _name_or_people(name).search(question))
    ]
    if not found and not find_municipalities(question):
        return tuple(name for name in held if _bears(name).search(question))
    return tuple(name for _, name in sorted(found))


@cache
def _bears(name: str) -> re.Pattern[str]:
    """What bears the name of a municipality: "Vestviksfjorden"."""
    return re.compile(rf"(?<!\w){re.escape(name)}s[a-zæøå]{{3,}}")


@cache
def _name_or_people(name: str) -> re.Pattern[str]:
    """A municipality by name, or its people: "Vestvik", "Vestviks", "vestvikingene"."""
    stem = re.escape(name[: max(5, len(name) - 3)])
    if name.lower().endswith("land"):  # "hovlendingene" of Hovland
        stem = f"{re.escape(name[:-4])}lend"
    people = rf"{stem}\w*?(?:inger|ingar|ing|ere|erne|ingene|ingane)"
    return re.compile(rf"(?<!\w)(?:{re.escape(name)}(?:s|'s|'|’s)?|{people})(?!\w)", re.IGNORECASE)


def _elsewhere(question: str, named: Sequence[str]) -> tuple[str, ...]:
    """Places that figures may be compared with: other municipalities, "ASSS", "landet"."""
    found = find_municipalities(question)
    rest = question
    for _, start, end in reversed(found):
        rest = rest[:start] + rest[end:]
    names = [name for name, _, _ in found if name not in named]
    return tuple(dict.fromkeys(filter(None, [*names, read_place(rest)])))


def _of(documents: Sequence[dict[str, Any]], chosen: Sequence[str]) -> list[dict[str, Any]]:
    """The reports of these municipalities."""
    names = {name.lower() for name in chosen}
    return [d for d in documents if d["municipality"].lower() in names]


def _reports(
    candidates: Sequence[dict[str, Any]], report_years: Sequence[int], years: Sequence[int]
) -> list[dict[str, Any]]:
    """The reports for the years asked about: a year's own, else the next, which looks back."""
    newest_first = sorted(candidates, key=lambda d: -(d["year"] or 0))
    if report_years:
        return [d for d in newest_first if d["year"] in report_years]
    if not years:
        return newest_first
    by_municipality: dict[str, list[dict[str, Any]]] = {}
    for d in newest_first:
        by_municipality.setdefault(d["municipality"], []).append(d)
    found: list[dict[str, Any]] = []
    for own in by_municipality.values():
        for year in sorted(years, reverse=True):
            same = [d for d in own if d["year"] == year]
            later = [d for d in own if d["year"] and d["year"] > year]
            found += same or later[-1:] or own[:1]
    return list({d["id"]: d for d in found}.values())


def _later(
    candidates: Sequence[dict[str, Any]],
    found: Sequence[dict[str, Any]],
    report_years: Sequence[int],
) -> tuple[str, ...]:
    """Reports of the same municipalities for later years, unless one year's own was asked for."""
    if report_years:
        return ()
    chosen = {d["id"] for d in found}
    first = {
        d["municipality"]: d["year"] or 0 for d in sorted(found, key=lambda d: -(d["year"] or 0))
    }
    return tuple(
        d["id"]
        for d in candidates
        if d["id"] not in chosen and (d["year"] or 0) > first.get(d["municipality"], math.inf)
    )


def _unknown(
    candidates: Sequence[dict[str, Any]],
    found: Sequence[dict[str, Any]],
    places: Sequence[str],
    years: Sequence[int],
) -> str:
    if not candidates:
        return ", ".join(places)
    if not found:
        return ", ".join(str(year) for year in years)
    return ""


_WITHOUT = re.compile(
    r",?\s*\b(?:når|om|if|when) (?:man|ein|en|vi|du|you|we) "
    r"(?:(?:ser bort fr[aå]|trekke?r fr[aå]|leave out)\b[^,)?]*|(?:holder|held) [^,)?]*"
    r"\b(?:uten(?:om|for)|utafor|utan(?:om|for)))"
    r"|\([^)]*\b(?:utenom|ikke medregnet|ikkje medrekna|unntatt)\)"
    r"|[(,]?\s*\b(?:uten|utan|utenom(?! (?:\w+ )?\w*(?:tid|tida|tiden|sesong\w*)\b)|unntatt"
    r"|unnateke|eksklusive|ekskl\.?|ikke medregnet|(?:bortsett|sett bort|med unntak) (?:fr[aå]|av)"
    r"|utanom|excluding|not counting|without|except(?: for)?|apart from)\b[^,)?]*\)?",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b(?:\s*[-–]\s*(?:19|20)?\d\d)?")


def subject_of(question: str, named: Sequence[str]) -> str:
    """The words that say what the question is about.

    >>> subject_of("Hvor mange årsverk hadde Vestvik kommune i 2024?", ["Vestvik"])
    'årsverk i'
    """
    text = question
    for name in named:
        text = _name_or_people(name).sub(" ", text)
    text = _YEARS.sub(" ", _WITHOUT.sub(" ", text))
    text = SILENT.sub(" ", text)
    return " ".join(re.findall(r"[\w%][\w%+/.-]*", text)).strip(" .")
