"""A column header as printed -> what its numbers are: measure, year, period, place, sex, unit.

Works on row labels as well, where a table has its years or places there. Vocabulary in
`data/columns.toml` and `data/places.toml`.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

from figures.cells import Column, Measure
from figures.numbers import WORDS
from figures.places import municipalities, read_place
from figures.units import read_unit

_DATA = tomllib.loads((files("figures") / "data" / "columns.toml").read_text(encoding="utf-8"))
_MEASURES: list[tuple[Measure, re.Pattern[str]]] = [
    (entry["name"], re.compile(entry["pattern"])) for entry in _DATA["measure"]
]
_MONTHS = "|".join(sorted(WORDS["months"]["names"], key=len, reverse=True))
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_SHORT_YEAR = re.compile(r"(?:31\.12\.|30\.6\.|1\.1\.|[0-9]\.|[rb]-?|['’])([0-9]{2})(?![0-9.])")
_SCHOOL_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}) ?[/–-] ?((?:20)?[0-9]{2})(?![0-9.])")
_PERIODS = (
    _SCHOOL_YEAR,
    re.compile(r"(?<![0-9])[0-3]?[0-9]\.[01]?[0-9](?=[.,]|$|[^0-9])"),
    re.compile(rf"(?<![0-9])[0-3]?[0-9]\. ?(?:{_MONTHS})(?![a-zæøå])"),
    re.compile(r"[1-4]\. ?(?:halvår|kvartal|tertial|kv\.?(?![a-z]))"),
    re.compile(r"(?:første|andre|fyrste|tredje) (?:halvår|kvartal|tertial)"),
    re.compile(rf"(?<![a-zæøå])(?:{_MONTHS})(?![a-zæøå])"),
    re.compile(r"(?:tidligere|tidlegare) år|hittil i år|per måned|per månad"),
    re.compile(r"(?<![a-zæøå])(?:høst|haust|vår|sommer|vinter)(?:en)?(?= |$)"),
)
_SINCE = re.compile(r"(?:fra|frå|siden|sidan|mot) (?:19|20)[0-9]{2}$")
_EARLIER = re.compile(r"(?:tidligere|tidlegare) år")
_PLACE_NAME = re.compile(r"[A-ZÆØÅ][a-zæøå]{2,}(?:[- ][A-ZÆØÅ][a-zæøå]{2,})?")
_LAST_YEAR = re.compile(r"(?:i fjor|fjoråret|forrige år|førre år|last year|året før)(?![a-zæøå])")
_SEXES = (
    ("kvinner", re.compile(r"(?<![a-zæøå])(?:kvinner?|kvinne|jenter?|women|female)(?![a-zæøå])")),
    ("menn", re.compile(r"(?<![a-zæøå])(?:menn|mann|gutter?|gutar|men|male)(?![a-zæøå])")),
)


@lru_cache(maxsize=65536)
def read_column(header: str, *, year: int | None = None, municipality: str = "") -> Column:
    """What a header means; `year` is what counts where the header names none.

    >>> column = read_column("Rev. bud. 2024", year=2024)
    >>> column.measure, column.year
    ('revised_budget', 2024)
    >>> column = read_column("Oslo 2023", year=2024, municipality="Trondheim")
    >>> column.place, column.year, column.measure
    ('Oslo', 2023, 'value')
    """
    words = re.sub(r"\s+", " ", header).strip().lower()
    return Column(
        name=header,
        measure=_measure(words),
        year=_year(words, year),
        period=_period(words),
        place=read_place(header, municipality),
        sex=_sex(words),
        unit=read_unit(header),
    )


def name_places(columns: Sequence[Column], municipality: str) -> tuple[Column, ...]:
    """Names beside this municipality's own, or beside the country's average, are places too.

    >>> columns = [read_column(name, municipality="Vik") for name in ("Vik 2024", "Heggmo 2024")]
    >>> [column.place for column in name_places(columns, "Vik")]
    ['', 'Heggmo']
    """
    own = bool(municipality) and any(municipality in column.name for column in columns)
    if not own and not any(column.place for column in columns):
        return tuple(columns)
    return tuple(
        replace(column, place=name)
        if not column.place
        and column.measure == "value"
        and _PLACE_NAME.fullmatch(name := _without_year(column.name))
        and name != municipality
        and name.lower() not in _header_words()
        else column
        for column in columns
    )


def _without_year(header: str) -> str:
    return _YEAR.sub("", header).strip(" *:–-")


@lru_cache(maxsize=65536)
def mend_header(header: str) -> str:
    """Join the pieces of a word that a narrow column broke in two.

    >>> mend_header("Opprinneli g budsjett 2023"), mend_header("Stavange r 2023")
    ('Opprinnelig budsjett 2023', 'Stavanger 2023')
    """
    known, parts = _header_words(), header.split(" ")
    mended: list[str] = []
    for part in parts:
        before = mended[-1] if mended else ""
        joined = (before.rstrip("-") + part).lower()
        if before and joined in known and not (before.lower() in known and part.lower() in known):
            mended[-1] = before.rstrip("-") + part
        else:
            mended.append(part)
    return " ".join(mended)


def years_in(text: str) -> tuple[int, ...]:
    """The years a text names, in order, each once.

    >>> years_in("Utvikling 2021–2024 (per 31.12.2024)")
    (2021, 2024)
    """
    return tuple(dict.fromkeys(int(year) for year in _YEAR.findall(text)))


def _measure(words: str) -> Measure:
    return next((name for name, pattern in _MEASURES if pattern.search(words)), "value")


def _year(words: str, default: int | None) -> int | None:
    if match := _SCHOOL_YEAR.search(words):
        return int(match[1][: 4 - len(match[2])] + match[2])
    own = _SINCE.sub("", words) if default is not None else words
    if years := _YEAR.findall(own):
        return int(years[-1])
    if match := _SHORT_YEAR.search(words):
        return 2000 + int(match[1])
    if _EARLIER.search(words):
        return None
    if default is not None and _LAST_YEAR.search(words):
        return default - 1
    return default


def _period(words: str) -> str:
    return next((m[0] for pattern in _PERIODS if (m := pattern.search(words))), "")


def _sex(words: str) -> str:
    sexes = [sex for sex, pattern in _SEXES if pattern.search(words)]
    return sexes[0] if len(sexes) == 1 else ""


@cache
def _header_words() -> frozenset[str]:
    return frozenset(_DATA["mend"]["words"]) | {m.name.lower() for m in municipalities()}
