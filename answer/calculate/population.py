"""How many people live in a whole municipality at the end of a year, where a report surely says so.

Only a table's own row for all inhabitants or a sentence that gives the whole population will do;
where two places say different numbers there is none. Never a part of the people, nor a growth.
"""

import re
from dataclasses import replace

from answer.calculate.operands import CELLS, Found
from answer.evidence import HITS, Evidence, find_passages
from answer.records import Answer, Scope
from answer.values import say_value
from indexer.index import Index
from retriever.cells import FoundCell, find_cells
from retriever.fit import is_just
from retriever.mentions import FoundMention, find_mentions
from retriever.understand import Query, narrowed, subject_of

LEAST = 150  # inhabitants: no municipality has fewer
SURE = 1.2  # how well a population fits a question for it, beside what was found by its words
MENTIONS = 40

START = re.compile(
    r"\b(?:ved (?:inngangen|inngongen|starten|begynnelsen) (?:til|av)|at the (?:start|beginning) of"
    r"|per 1\. januar|per 0?1\.0?1\.|(?:da|då)(?= \d{4} (?:begynte|byrja|starta|startet))) ?"
    r"(?P<year>20\d\d)(?: (?:begynte|byrja|starta|startet))?",
    re.IGNORECASE,
)
_SUBJECT = "folketall innbyggertall befolkning innbyggere totalt"
_PEOPLE = r"innbygg(?:er|jar)\w*|folketal\w*|folkemengde\w*|befolkning\w*|inhabitants?|residents?"
INHABITANTS = re.compile(rf"\b(?:{_PEOPLE}|population|per capita)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\b(?:antall\w*|bodde|budde|bor|bur|live[ds]?|people|begynte|i|in|or)\b", re.I)
_MORE_ASKED = re.compile(r"\w{3}|\d|\bår\b", re.IGNORECASE)  # "over 80 år", "uten fastlege"
_TITLE = re.compile(r"\b\w*(?:folketal|innbyggertal|innbyggjartal|folkemengd|befolkning)", re.I)
_ALL = re.compile(
    rf"\W*(?:(?:antall|antal|tal på|sum|samlet|number of) )?(?:{_PEOPLE}|population)"
    r"(?:,? (?:i alt|totalt|pr\.?|per|ved|31)\b.*)?\W*",
    re.IGNORECASE,
)
_SUM = re.compile(r"\W*(?:totalt?|sum|i alt|totalsum)\W*", re.IGNORECASE)
_COUNTS = ("", "antall", "personer", "innbyggere")
# What a sentence says right before the number of all who live there, and right after it.
_BEFORE = (
    r"(?:\b(?:var|er|ble|blei|vart) (?:vi|det)|\bvi (?:var|er)|\b(?:bodde|bor|budde|bur) det"
    r"|\b(?:befolkning\w*|folketal\w*|innbygg(?:er|jar)tal\w*|population)(?: \w+){{0,4}}?"
    r" (?:på|var|er|ble|vart|of|was)|\b(?:{place}|kommunen)(?: kommune)? (?:hadde|har|had|has)"
    r"|\b(?:hadde|har) (?:{place}|kommunen)(?: kommune)?(?: en| ei)?)(?: totalt| til sammen)?\s*$"
)
_AFTER = re.compile(
    r"\s*(?:innbygg(?:er|jar)\w*|personer|menneske\w*|people|inhabitants|residents)?"
    r"(?!\s*(?:som|over|under|i alder|mellom|med|who|aged|flere|fleire|færre|fra)\b)\s*"
    r"(?:[.,;)]|$|\b(?:per|pr|ved|i|in|at|og|and)\b)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"^[0-9\s.]+")
_CHANGE = re.compile(r"\b(?:vekst|økning|auke|nedgang|growth)\w*\W+(?:\w+\W+){0,3}$", re.IGNORECASE)


def asks_for_population(query: Query) -> bool:
    """Whether a question is about how many live there, and nothing more."""
    rest = _ASIDE.sub(" ", INHABITANTS.sub(" ", query.subject))
    return bool(INHABITANTS.search(query.subject)) and not _MORE_ASKED.search(rest)


def answer_population(
    index: Index, query: Query, _evidence: Evidence, scope: Scope
) -> Answer | None:
    """How many live in the municipality as a year ends or begins, where no more is asked."""
    start = START.search(query.question)
    about = replace(query, subject=subject_of(START.sub(" ", query.question), query.places))
    years = (int(start["year"]) - 1,) if start else query.asked.years
    if not asks_for_population(about) or len(query.places) != 1 or len(years) != 1:
        return None
    found = find_population(index, query, query.places[0], years[0])
    return say_value(index, query, scope, found) if found else None


def find_population(index: Index, query: Query, place: str, year: int | None) -> Found | None:
    """The table cell or the amount in running text that says it, or None where none surely does."""
    asked = replace(query.asked, unit="antall", counted="innbyggere", measure=None)
    about = replace(query, asked=asked, question=_SUBJECT, subject=_SUBJECT, without="")
    about = narrowed(about, index.documents, places=[place], years=[year] if year else None)
    cells: list[Found] = [
        cell
        for cell in find_cells(index, about, limit=CELLS * 2)
        if _is_whole(cell, place) and (year is None or cell.year == year)
    ]
    hits = find_passages(index, about, k=HITS)
    texts = [
        one
        for one in find_mentions(index, about, hits, limit=MENTIONS)
        if _says_whole(one, place) and (year is None or one.year == year)
    ]
    found = [*cells, *texts]
    if len({one.base_value for one in found}) != 1:
        return None
    return replace(found[0], score=SURE)


def _is_whole(found: FoundCell, place: str) -> bool:
    """Whether a cell is the number of all who live in a municipality."""
    table, row, column = found.table, found.row, found.column
    if found.unit not in _COUNTS or found.base_value < LEAST or column.sex not in (None, ""):
        return False
    if column.place or column.measure not in ("value", "result", "accounts"):
        return False
    of_people = bool(_TITLE.search(f"{table.title} {row.group}"))
    whole = _SUM.fullmatch(row.label) or is_just(row.label, place)
    return bool(_ALL.fullmatch(row.label) or (of_people and whole))


def _says_whole(found: FoundMention, place: str) -> bool:
    """Whether a sentence gives an amount as the number of all who live there."""
    number = found.mention.number
    if not number or number.bound or number.unit not in _COUNTS or number.decimals:
        return False
    if found.base_value < LEAST:
        return False
    sentence = " ".join(found.sentence[: found.mention.start].split())
    before = re.compile(_BEFORE.format(place=re.escape(place)), re.IGNORECASE)
    after = _DIGITS.sub("", found.mention.text) + found.sentence[found.mention.end :]
    of_people = INHABITANTS.search(f"{sentence[-60:]} {after[:20]}")
    return bool(
        of_people
        and before.search(sentence)
        and _AFTER.match(after)
        and not _CHANGE.search(sentence[-40:])
    )
