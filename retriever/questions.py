"""A question's words → what it asks for: which operation, measure, unit and years. Pure.

Only the question is looked at, never a report: what the system does is decided by the person who
asks, from the closed sets below; their words stand in `data/questions.toml`.
"""

import itertools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from figures.cells import Measure
from figures.units import attached_unit, read_unit
from indexer.tokens import keys, words

# What the answer is. The first group are figures, the second are words.
Operation = Literal[
    "value",  # one figure as it stands
    "difference",  # how much more, how much did it grow in kroner
    "growth",  # by how many percent did it grow
    "share",  # how large a part of
    "sum",
    "mean",
    "count",  # how many of them are or did
    "extreme",  # who has most, which is highest
    "ratio",  # per inhabitant
    "what",  # a figure if there is one, else words: "hva ble resultatet", "hva er planen"
    "why",
    "when",
    "where",
    "who",
    "which",  # a list or a name
    "yesno",
    "define",
    "summary",  # of what a chapter says: "hva skriver rapporten om barnehage"
    "overview",  # how something went: "hvordan gikk det med økonomien"
    "tell",  # any other passage
]

Flow = Literal["in", "out", ""]

FIGURE_OPERATIONS: frozenset[Operation] = frozenset(
    {"value", "difference", "growth", "share", "sum", "mean", "count", "ratio", "what"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question asks for, before anybody asks where or about whom."""

    operation: Operation
    measure: Measure | None = None
    unit: str = ""  # "prosent", "kr", "antall" …; empty when any will do
    counted: str = ""  # the words after "hvor mange", "antall": what is counted
    flow: Flow = ""  # whether money that came in or went out is asked for
    years: tuple[int, ...] = ()
    report_years: tuple[int, ...] = ()  # "ifølge årsrapporten for 2024"
    last_years: int = 0  # "de siste tre årene"
    year_before: bool = False  # "i fjor", "året før"


_VERB = re.compile(
    r"\b(er|var|ble|blei|vart|har|hadde|fikk|fekk|gjør|gjorde|skal|vil|kan|did|does|was|were|is|are|has"
    r"|had|skjer|skjedde|handler|står|betyr|gikk|gjekk|kom|mener|sier)\b",
    re.IGNORECASE,
)
KEYWORDS = 10  # so few words without a verb are keywords, as in a search box

_YEAR = re.compile(r"(?:(?<![\d.,])|(?<=\d\d\.\d\d\.))(19[89]\d|20[0-4]\d)(?![\d]|[.,]\d)")
_RANGE = re.compile(r"\b(20\d\d)\s*(?:[-–]|til og med|through)\s*(20\d\d)\b")
_REPORT_WORD = r"(?:års|annual\s*)(?:rapport|beretning|melding|report)\w*"
_REPORT_YEAR = re.compile(
    rf"{_REPORT_WORD}\s*(?:for|frå|fra|from|of)?\s*\(?(20\d\d)"
    rf"|(20\d\d)\s*{_REPORT_WORD}",
    re.IGNORECASE,
)
_REPORT_YEARS_BOTH = re.compile(
    rf"{_REPORT_WORD}\s*(?:for|frå|fra)?\s*(20\d\d)\s*(?:og|and)\s*(?:den for |i )?(20\d\d)",
    re.IGNORECASE,
)
# The end of 2023: "ved nyttår 2023/2024", "ved årsskiftet 2023/24".
_TURN_OF_YEAR = re.compile(
    r"(?:(?<=nyttår )|(?<=årsskiftet ))(20\d\d)\s*/\s*(?:20)?\d\d", re.IGNORECASE
)
_COUNT_WORDS = {
    "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9,
    "ti": 10, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10,
}  # fmt: skip
_LAST_YEARS = re.compile(
    rf"\b(?:de|dei|the)?\s*(?:siste|last|past)\s+(\d+|{'|'.join(_COUNT_WORDS)})\s+(?:år|years)",
    re.IGNORECASE,
)
# "hvor mange nye boliger ble": what follows, up to a word that names nothing.
_COUNTED = re.compile(
    r"\b(?P<asks>hvor mange|kor mange|how many)\b\s*(?P<what>[^?,;:()]*)"
    r"|\b(?:antall(?:et)?|tal(?:et)? på|(?:the )?number of)\b\s*(?P<number>[^?,;:()]*)",
    re.IGNORECASE,
)
_MONEY_WORDS = re.compile(
    r"(?:penger|pengar|millio\w+|mill\b|milliard\w*|mrd\b|tusen)", re.IGNORECASE
)
_COUNTED_WORDS = 3
_YEAR_BEFORE = re.compile(
    r"\b(i fjor|året før|året føre|last year|the year before)\b", re.IGNORECASE
)


def _compile(table: str) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            entry["name"],
            re.compile("|".join(f"(?:{words})" for words in entry["words"]), re.IGNORECASE),
            re.compile(entry.get("also", ""), re.IGNORECASE),
        )
        for entry in _DATA[table]
    )


_DATA = tomllib.loads((Path(__file__).parent / "data/questions.toml").read_text(encoding="utf-8"))
_OPERATIONS, _KEYWORDS, _MEASURES, _UNITS, _FLOWS = (
    _compile(name) for name in ("operation", "keyword", "measure", "unit", "flow")
)

# Words that say how something is asked, not what about.
SILENT = re.compile(
    "|".join(rf"(?<!\w)(?:{words})(?!\w)" for words in _DATA["silent"]["words"]), re.I
)


def _first(
    patterns: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...], text: str
) -> str | None:
    return next(
        (n for n, words, also in patterns if words.search(text) and also.search(text)), None
    )


def read_question(question: str) -> Asked:
    """What is asked for.

    >>> read_question("Hvor mange prosent økte gebyret fra 2023 til 2024?").operation
    'growth'
    >>> read_question("Kvifor vart det meirforbruk i barnehagane i 2024?").operation
    'why'
    >>> read_question("Revidert budsjett, ifølge årsrapporten for 2023?").report_years
    (2023,)
    """
    report_years = _report_years(question)
    last = _LAST_YEARS.search(question)
    counted = _COUNTED.search(question)
    unit = _unit_counted(counted) or _first(_UNITS, question) or ""
    return Asked(
        operation=cast(Operation, _first(_OPERATIONS, question) or _unworded(question, unit)),
        measure=cast(Measure | None, _first(_MEASURES, question)),
        unit=unit,
        counted=_counted(counted),
        flow=cast(Flow, _first(_FLOWS, question) or ""),
        years=_years(question, report_years),
        report_years=report_years,
        last_years=_to_int(last.group(1)) if last else 0,
        year_before=bool(_YEAR_BEFORE.search(question)),
    )


def _unit_counted(found: re.Match[str] | None) -> str:
    """What "hvor mange" is followed by: "kilometer vei" is km, "boliger" a number of them."""
    if not found or not found["asks"]:
        return ""
    what = found["what"].lower()
    if re.match(r"år\b", what):
        return "år"
    if re.match(r"(?:blir|vart|ble|blei|er|var|does|is) (?:det|dei|de|that|it)\b", what):
        return ""  # what is counted stands before
    attached = attached_unit(what)
    unit = attached[0] if attached else read_unit(what.partition(" ")[0])
    if (unit and unit.name.startswith(("kr", "prosent"))) or _MONEY_WORDS.match(what):
        return ""  # other words of the question tell which
    return unit.name if unit else "antall"


def _counted(found: re.Match[str] | None) -> str:
    """The words that name what is counted.

    >>> read_question("Hvor mange nye boliger ble bygd?").counted
    'nye boliger'
    """
    if not found:
        return ""
    said = words(found["what"] or found["number"] or "")
    own = itertools.takewhile(lambda word: keys(word) and not SILENT.fullmatch(word), said)
    return " ".join(itertools.islice(own, _COUNTED_WORDS))


def wants_words_too(asked: Asked) -> bool:
    """Whether words may answer as well as a figure: "hva ble resultatet"."""
    return asked.operation == "what" and not asked.unit


def _unworded(question: str, unit: str) -> Operation:
    """A question that says of no operation what it wants: "sykefravær Vestvik 2024"."""
    bare = not _VERB.search(question) and (unit or len(question.split()) <= KEYWORDS)
    if bare:
        return cast(Operation, _first(_KEYWORDS, question) or ("value" if unit else "what"))
    asks = re.match(r"(?:hva|kva|what)\b", question, re.IGNORECASE)
    if not bare and asks and unit:
        return "what"
    return "value" if unit in ("kr", "prosent") else "tell"


def _report_years(question: str) -> tuple[int, ...]:
    both = _REPORT_YEARS_BOTH.search(question)
    if both:
        return (int(both.group(1)), int(both.group(2)))
    found = [int(a or b) for a, b in _REPORT_YEAR.findall(question)]
    another = re.search(r"\b(?:til|og|and|with) den for (20\d\d)", question)
    if found and another:
        found.append(int(another.group(1)))
    return tuple(dict.fromkeys(found))


def _years(question: str, report_years: tuple[int, ...]) -> tuple[int, ...]:
    """Years that figures are asked for; a year that only names a report is not one of them.

    >>> _years("Utviklingen 2020–2022", ()), _years("fra 2020 til 2022 for SFO-plasser", ())
    ((2020, 2021, 2022), (2020, 2022))
    """
    without_reports = _REPORT_YEARS_BOTH.sub(" ", question)
    without_reports = _REPORT_YEAR.sub(" ", without_reports)
    without_reports = _TURN_OF_YEAR.sub(r"\1", without_reports)
    years = [int(year) for year in _YEAR.findall(without_reports)]
    for first, last in _RANGE.findall(without_reports):
        if 0 < int(last) - int(first) <= 30:
            years += range(int(first), int(last) + 1)
    return tuple(sorted(set(years))) or report_years


def _to_int(word: str) -> int:
    return _COUNT_WORDS.get(word.lower()) or int(word)
