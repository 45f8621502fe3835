"""Whether a cell is of the year, place, measure, sex and unit that are asked for. Pure.

`fit` gives what holds of a cell, by name, or None where the cell is of another year or place than
the question names: such a cell must never answer. What each counts for: data/weights.json.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from figures.cells import Cell, Column, Measure, Row, Table
from figures.places import find_municipalities
from indexer.tokens import keys_of
from retriever.understand import Query

_PLAIN: frozenset[Measure] = frozenset({"value", "accounts", "result"})
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_BEFORE = re.compile(
    r"\b(?:før|tidlig(?:ere|are)|tidlegare|forrige|førre|before|earlier|previous|prior)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)?(?![\d.,]*\d)")
_PERIOD = re.compile(
    r"\b(januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|des"
    r"|(?:1|2|første|andre|fyrste)\.? halvår|[1-4]\. (?:kvartal|tertial)|january|february|march"
    r"|may|june|july|october|december|first half|second half)\b",
    re.IGNORECASE,
)
_SEXES = (
    ("kvinner", re.compile(r"\b(kvinn\w*|jente\w*|women|female|girls?)\b", re.IGNORECASE)),
    (
        "menn",
        re.compile(
            r"\b(menn(?!esk)\w*|mann(?!skap)\w*|manl[ie]\w+|gutt?\w*|men|male|boys?)\b",
            re.IGNORECASE,
        ),
    ),
)
_SEX_WORD = re.compile(
    r"\b(?:(?P<kvinner>kvinn\w*|jente\w*|women|female\w*|girls?)"
    r"|(?P<menn>menn(?!esk)\w*|mann(?!skap)\w*|gutt\w*|male|boys?))\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(i alt|til sammen|til saman|totalt?|totale|samlet|samla|samlede|sum|alle|altogether|hele"
    r"|heile|under ei?tt|begge kjønn\w*|both sexes)\b",
    re.IGNORECASE,
)
_MEAN = re.compile(r"snitt|\bmedian|\baverage|\bmean\b|\bvanlige? ", re.IGNORECASE)
_TOTAL_COLUMN = re.compile(r"\b(sum|totalt?|i alt|begge|slutt?sum|totalsum|alle)\b", re.IGNORECASE)
_PER = re.compile(r"\b(?:per|pr\.?|hver|kvar|each)\b(?! (?:måned|månad|31|1\.))|/", re.IGNORECASE)
_SAID: dict[Measure, re.Pattern[str]] = {
    "deviation": re.compile(r"avvik|merforbruk|mindreforbruk|meirforbruk", re.IGNORECASE),
    "forecast": re.compile(r"prognose|framskriving|fremskriving", re.IGNORECASE),
}
_EARLIER = re.compile(r"\b(?:tidligere|tidlegare|forrige|førre) år", re.IGNORECASE)
_BEGAN = re.compile(
    r"\b(?:1\. ?(?:1\.|januar\b|january\b)|(?:start|starten|inngangen|begynnelsen|byrjinga|begyn\w+"
    r"|start|beginning|opening)\b|inngående|inngåande|ib\b|da \d{4} begynte|ved nyttår)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?<![\d.])0?1\.0?1\.|(?<!\d)1\. ?januar|^(?:IB|inngående)\b", re.IGNORECASE)
_CLOSING = re.compile(r"31\.12\.|31\. ?desember|^(?:UB|utgående)\b", re.IGNORECASE)
_SPAN = re.compile(r"(?<!\d)(20\d\d)\s*[-–]\s*(?:20)?(\d\d)(?!\d)")
TIMES = frozenset({"dager", "uker", "måneder", "timer", "år", "minutter", "døgn"})
# What is measured, not counted.
_MEASURED = TIMES | {"tonn", "kg", "kWh", "MWh", "GWh", "km", "m²", "m³", "meter", "daa", "liter"}
_HALVES = {"første": "1", "fyrste": "1", "andre": "2", "first": "1", "second": "2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a question says of the column it wants."""

    years: tuple[int, ...]
    elsewhere: frozenset[str]  # other places that are named, in lower case
    measure: Measure | None
    unit: str
    sex: str
    total: bool
    mean: bool
    earlier: bool  # what came before the year that is named
    numbers: frozenset[Decimal]  # that the question itself states: none is its answer
    periods: frozenset[str]
    per: bool  # an amount for each of something
    opening: bool  # how things stood when a year began
    spans: frozenset[str]  # runs of years: "2023–2027"
    said: str  # the question in lower case
    words: frozenset[str]
    keys: frozenset[str]


def read_wish(query: Query) -> Wish:
    """The question's wishes, read once for all cells."""
    text = query.question
    return Wish(
        years=query.asked.years,
        elsewhere=frozenset(place.lower() for place in query.elsewhere),
        measure=query.asked.measure,
        unit=query.asked.unit,
        sex=sex_asked(text),
        total=bool(_TOTAL.search(text)),
        mean=_says_mean(text),
        earlier=bool(_BEFORE.search(text)),
        numbers=numbers_in(text),
        periods=_periods(text),
        per=bool(_PER.search(text)),
        opening=bool(_BEGAN.search(text)),
        spans=_spans(text),
        said=text.lower(),
        words=frozenset(re.findall(r"\w+", text.lower())),
        keys=keys_of(text),
    )


@lru_cache(maxsize=1024)
def numbers_in(question: str) -> frozenset[Decimal]:
    """The amounts that a question states.

    >>> numbers_in("Hvilken plass kom vi på i 2025, etter nummer 59 året før?")
    frozenset({Decimal('59')})
    """
    said = _NUMBER.findall(_YEAR.sub(" ", question))
    return frozenset(Decimal(number.replace(",", ".")) for number in said)


def year_of(
    column: Column, row: Row, table: Table, report_year: int | None
) -> tuple[int | None, bool]:
    """The year a cell is for, and whether the table itself names it."""
    if column.year and str(column.year) in column.name:
        return column.year, True
    for text in (row.label, row.group, table.title):
        if year := _only_year(text):
            return year, True
    return column.year or report_year, bool(column.year)


@lru_cache(maxsize=50_000)
def _only_year(text: str) -> int:
    """The one year a text names, or 0."""
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places a table's columns are for, in lower case, beside the municipality of its report.

    `named` are those that a question names. `by_sex`: the table tells women, men and both apart.
    """

    own: str
    of_columns: tuple[str, ...]
    named: frozenset[str]
    by_sex: bool


def read_places(table: Table, own: str, wish: Wish) -> Places:
    """Whose figures a table holds, read once for all its cells."""
    of_columns = tuple(place_of_column(table, column, own) for column in table.columns)
    named = frozenset(place for place in of_columns if place and place in wish.said)
    by_sex = any(column.sex for column in table.columns) or _rows_by_sex(table)
    return Places(own=own, of_columns=of_columns, named=named, by_sex=by_sex)


def fit(
    wish: Wish,
    table: Table,
    row: Row,
    position: int,
    cell: Cell,
    places: Places,
    *,
    year: int | None,
    named: bool,
) -> dict[str, float] | None:
    """What holds of a cell, by name; None when it is of another year or place than asked for."""
    if wish.years and year not in wish.years:
        return None
    if _is_other_time(wish, table, position):
        return None
    place = _place(wish, places, position, row)
    if place is None:
        return None
    column = table.columns[position]
    said = (row.label, column.name, row.group, table.title, table.heading)
    if wish.sex and not column.sex and wish.sex not in sexes_said(" ".join(said)):
        return None  # a figure for all is not for the women
    total = row.total or _says_total(column.name) or _says_total(row.label)
    found = {
        "year": bool(wish.years) and named,
        "earlier": _says_earlier(column.name) and not wish.earlier,
        "in_question": cell.value is not None and abs(cell.value) in wish.numbers,
        "doubtful": table.trust == "doubtful",
        "verified": table.trust == "verified",
        "mean_unasked": not wish.mean and _says_mean(f"{column.name} {row.label} {table.title}"),
        "total": wish.total and total,
        "total_unasked": not wish.total and total and not (places.by_sex and not wish.sex),
        place: True,
        _measure(wish.measure, column.measure, f"{row.label} {row.group} {table.title}"): True,
        f"unit_{unit_fit(wish.unit, cell.unit)}": True,
        _per(wish, cell): True,
        _period(wish.periods, column, row): True,
        _sex_fit(wish.sex, column, row): True,
    }
    return dict.fromkeys([name for name, holds in found.items() if name and holds], 1.0)


def _is_other_time(wish: Wish, table: Table, position: int) -> bool:
    """Whether a column is of another run of years than asked for, or of a balance brought forward.

    The balance that a year began with is the one before's, where the table has its own too.
    """
    name = table.columns[position].name
    if wish.spans and (spans := _spans(name)) and not spans & wish.spans:
        return True
    return (
        not wish.opening
        and bool(_OPENING.search(name))
        and any(_CLOSING.search(column.name) for column in table.columns)
    )


@lru_cache(maxsize=50_000)
def _spans(text: str) -> frozenset[str]:
    """Runs of years that a text names.

    >>> _spans("Mandater 2023–2027"), _spans("i perioden 2019-23")
    (frozenset({'2023-27'}), frozenset({'2019-23'}))
    """
    return frozenset(f"{first}-{last}" for first, last in _SPAN.findall(text))


def _place(wish: Wish, places: Places, position: int, row: Row) -> str | None:
    own, of_column = places.own, places.of_columns[position]
    if places.named:
        return "place" if of_column in places.named else None
    of_row = {name.lower() for name, _, _ in find_municipalities(row.label)}
    if wish.elsewhere:
        if {of_column, row.label.lower(), *of_row} & wish.elsewhere:
            return "place"
        return None if any(places.of_columns) or of_row - {own.lower()} else "place_unnamed"
    if of_column and of_column != own.lower():
        return None
    if of_row - {own.lower()}:
        return "place_other"
    return ""


def place_of_column(table: Table, column: Column, own: str) -> str:
    """The other place a column is for, in lower case; in a table with a column of its own for the
    report's municipality, all the others are for other places."""
    if column.place or not own:
        return column.place.lower()
    mine = own.lower()
    if mine not in column.name.lower() and any(mine in c.name.lower() for c in table.columns):
        name = _YEAR.sub("", column.name).strip(" –-,").lower()
        return name if column.measure == "value" else ""
    return ""


@lru_cache(maxsize=50_000)
def is_just(label: str, municipality: str) -> bool:
    """Whether a row is the municipality's own in a table of several.

    >>> is_just("Vestvik kommune (vertskommune)", "Vestvik"), is_just("Vestvik havn", "Vestvik")
    (True, False)
    """
    bare = re.sub(r"\(.*\)|\bkommune\b|\W", "", label.lower())
    return bare == re.sub(r"\W", "", municipality.lower())


def _measure(wanted: Measure | None, got: Measure, over: str) -> str:
    if wanted is None:
        return "" if got in _PLAIN else "measure_unasked"
    if got == wanted or (got in _PLAIN and wanted in _SAID and _says(wanted, over)):
        return "measure"
    return "measure_plain" if got in _PLAIN else "measure_wrong"


@lru_cache(maxsize=50_000)
def _says(measure: Measure, text: str) -> bool:
    """Whether a row or its title says which measure all its cells are."""
    return bool(_SAID[measure].search(text))


def _per(wish: Wish, cell: Cell) -> str:
    if "/" in cell.unit:
        each = keys_of(cell.unit.partition("/")[2])  # "hva koster en plass": a price for each
        return "" if wish.per or each & wish.keys else "per_unasked"
    return ""


UnitFit = Literal["unasked", "right", "none", "wrong", "count", "other"]


@lru_cache(maxsize=1024)
def unit_fit(wanted: str, unit: str) -> UnitFit:
    """Whether a unit is of the kind asked for.

    >>> unit_fit("kr", "kr/innbygger"), unit_fit("prosent", "prosentpoeng"), unit_fit("tid", "")
    ('right', 'wrong', 'none')
    """
    kind = unit.partition("/")[0]
    if not wanted:
        return "unasked"
    if wanted == "mengde":  # "hvor mye": anything but a number of things
        return "count" if kind == "antall" else "unasked"
    if wanted == "antall":
        if kind in ("kr", "prosent", "prosentpoeng"):
            return "wrong"
        return "other" if kind in _MEASURED or kind == "årsverk" else "right"
    if not kind:
        return "none"
    if kind == "antall" and wanted in _MEASURED - TIMES:
        return "other"  # a length counted in a table that does not say so
    right = {
        "tid": TIMES,
        "kr": {"kr", "øre"},
        "prosentpoeng": {"prosent", "prosentpoeng"},  # a change in points is made of levels
    }.get(wanted, {wanted})
    return "right" if kind in right else "wrong"


@lru_cache(maxsize=50_000)
def _periods(text: str) -> frozenset[str]:
    """Months by their first three letters, halves and quarters by number.

    >>> sorted(_periods("Andre halvår, og i mars"))
    ['2 halvår', 'mar']
    """
    found = set()
    for match in _PERIOD.finditer(text):
        words = match.group().lower().replace(".", "").split()
        if len(words) == 2:
            found.add(f"{_HALVES.get(words[0], words[0])} {words[1]}")
        else:
            found.add(words[0][:3])
    return frozenset(found)


def _period(wanted: frozenset[str], column: Column, row: Row) -> str:
    printed = _periods(f"{column.name} {column.period} {row.label}")
    if wanted & printed:
        return "period"
    return "period_other" if printed else ""


@lru_cache(maxsize=50_000)
def _sex(text: str) -> str:
    found = [sex for sex, pattern in _SEXES if pattern.search(text)]
    return found[0] if len(found) == 1 else ""


def sex_asked(question: str) -> str:
    """The one sex that a question is about, or nothing."""
    return _sex(question)


@lru_cache(maxsize=50_000)
def sexes_said(text: str) -> tuple[str, ...]:
    """The sexes that a text names, in order.

    >>> sexes_said("Jentene gikk ut med 44,6 poeng og guttene med 39,8")
    ('kvinner', 'menn')
    """
    return tuple(str(match.lastgroup) for match in _SEX_WORD.finditer(text))


def _sex_fit(wanted: str, column: Column, row: Row) -> str:
    got = column.sex or _sex(row.label)
    if wanted:
        return "sex" if got == wanted else "sex_wrong" if got else "sex_missing"
    return "sex_unasked" if got else ""


def _rows_by_sex(table: Table) -> bool:
    return any(row.total for row in table.rows) and any(_sex(row.label) for row in table.rows)


@lru_cache(maxsize=50_000)
def _says_total(text: str) -> bool:
    return bool(_TOTAL_COLUMN.search(text))


@lru_cache(maxsize=50_000)
def _says_mean(text: str) -> bool:
    return bool(_MEAN.search(text))


@lru_cache(maxsize=50_000)
def _says_earlier(text: str) -> bool:
    return bool(_EARLIER.search(text))
