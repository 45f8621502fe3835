"""Words -> Unit: "Tall i tusen kr", "kroner per m²", "Andel … (prosent)". Only words, no numbers.

`read_unit` believes what is printed; `imply_unit` says what a label must be counted in when nothing
is printed ("Antall saker", "Dekningsgrad"). Vocabulary in `data/units.toml`.
"""

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from figures.cells import Unit

_DATA = tomllib.loads((files("figures") / "data" / "units.toml").read_text(encoding="utf-8"))
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")


def _any_of(words: Iterable[str]) -> str:
    """A pattern for whole words; "*" at either end lets the word be a part of a longer one."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        core = re.escape(word.strip("*")).replace(r"\ ", " ?")
        head = "" if word.startswith("*") else r"(?<![a-zæøåä0-9])"
        tail = "[a-zæøå]*" if word.endswith("*") else r"(?![a-zæøåä0-9])"
        parts.append(head + core + tail)
    return "(?:" + "|".join(parts) + ")"


def _lookup(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words}


_CURRENCY = r"(?:kroner|krone|kr|nok)(?![a-zæøå])\.?"
_SCALE_OF = _lookup(_DATA["money"]["scales"])
_SCALE = "(?:" + "|".join(re.escape(w) for w in sorted(_SCALE_OF, key=len, reverse=True)) + ")"
_PER_OF = _lookup(_DATA["per"])
_PER_WORD = "(?:" + "|".join(re.escape(w) for w in sorted(_PER_OF, key=len, reverse=True)) + ")"
_SILENT = frozenset(_DATA["silent_per"]["words"])
_LEAD = _any_of(_DATA["money"]["lead"])

# "tall i tusen kr", "beløp i 1000", "(1000 kr)", "mill. kroner", "i hele tusen kroner".
_SCALED_MONEY = re.compile(
    rf"(?<![a-zæøå0-9,.])(?P<scale>{_SCALE})(?![0-9a-zæøå])\.?[ -]?(?:norske )?{_CURRENCY}"
    rf"|{_CURRENCY} ?i (?:hele )?(?P<after>{_SCALE})(?![0-9a-zæøå])"
    rf"|{_CURRENCY} (?P<behind>{_SCALE})(?![0-9a-zæøå])"
)
_LED_MONEY = re.compile(rf"{_LEAD} ?(?:hele |heile )?(?P<scale>{_SCALE})(?![0-9a-zæøå])")
_BARE_SCALE = re.compile(rf"^\(?(?:i )?(?P<scale>{_SCALE})\)?$|\((?:i )?(?P<bracket>mill\.?|mrd\.?|mnok|mkr|tkr)\)")
_ALONE = re.compile(_any_of(_DATA["money"]["alone"]))
_MONEY = re.compile(rf"(?<![a-zæøå]){_CURRENCY}(?![a-zæøå])|(?<![a-zæøå])kr(?=/)")
_PER = re.compile(
    r"(?:(?<![a-zæøå])(?:per|pr)(?![a-zæøå])\.?|/) ?"
    r"(?P<count>1 ?000|10 ?000|100 ?000|1\.000|10\.000|100|1000)? ?"
    rf"(?P<what>{_PER_WORD}(?![a-zæøå0-9])|[a-zæøå²³]{{2,}})?"
)
_UNITS = [(entry["name"], re.compile(_any_of(entry["words"]))) for entry in _DATA["unit"]]
_IMPLIED = [(name, re.compile(_any_of(words))) for name, words in _DATA["implied"].items()]
_ACCOUNTING = re.compile(_any_of(_DATA["accounting"]["words"]))
_MONEY_WORD = re.compile(r"utgift|inntekt|kostnad|beløp|kroner|(?<![a-zæøå])kr(?![a-zæøå])|gebyr|stønad")
_AGE = re.compile(r"[0-9]+ ?(?:[-–] ?[0-9]+ ?)?(?:år|\+)(?: og over| eller eldre)?")
_FRIST = re.compile(
    r"[0-9]+[ -]?(?:ukers?|ukes|vekers?|dagers?|dagars?|timers?|måneders?|månaders?)[ -]*(?:frist[a-zæøå]*|saker)?"
    r"|(?:innen|innan|etter|maks\.?|over|under|minst|mer enn|meir enn|siste|for|i løpet av) [0-9]+"
    r" (?:uker|veker|dager|dagar|timer|timar|måneder|månader|minutter|år)"
)


def plain(text: str) -> str:
    """Lower case, one space between words, and "m ²", "m2" written as "m²"."""
    text = _SPACES.sub(" ", text.lower()).strip()
    return re.sub(r"\bm ?2(?![0-9])|m (?=[²])", "m²", text).replace("m²²", "m²")


@lru_cache(maxsize=65536)
def read_unit(text: str) -> Unit | None:
    """The unit that is printed in a caption, a corner, a header or a label.

    >>> read_unit("Tall i tusen kr")
    Unit(name='kr', scale=Decimal('1000'))
    >>> read_unit("Renholdskostnad – kroner per m ² bruttoareal").name
    'kr/m²'
    >>> read_unit("Tabell 4.3 Nøkkeltall for barnehage") is None
    True
    """
    words = plain(text)
    if not words:
        return None
    per = _denominator(words)
    scale = _money_scale(words)
    if scale is None and (_MONEY.search(words) or (per and "utgift" in words)):
        scale = Decimal(1)
    other = _first_unit(words)
    if scale is not None and not (other in ("prosent", "prosentpoeng") and scale == 1 and not _kr_last(words)):
        return Unit(name=f"kr/{per}" if per else "kr", scale=scale)
    if other is None:
        return None
    counted = other in ("antall", "årsverk", "timer", "tonn", "kg", "kWh", "dager")
    return Unit(name=f"{other}/{per}" if per and counted and per != other else other)


@lru_cache(maxsize=65536)
def imply_unit(text: str) -> Unit | None:
    """The unit a label must have by what it is about, where none is printed.

    >>> imply_unit("Andel barnehagelærere i forhold til grunnbemanning").name
    'prosent'
    >>> imply_unit("Snitt årslønn").name
    'kr'
    >>> imply_unit("Rammetilskudd") is None  # money, but in thousands or millions?
    True
    """
    words = plain(text)
    hits = [(m.start(), name) for name, pattern in _IMPLIED if (m := pattern.search(words))]
    return Unit(name=min(hits)[1]) if hits else None


@lru_cache(maxsize=65536)
def is_money(text: str) -> bool:
    """Whether a label is about money without saying in what: "Driftsutgifter", "Regnskap 2024"."""
    return bool(_ACCOUNTING.search(plain(text)))


def say_unit(unit: Unit) -> str:
    """A table's unit as a person would say it.

    >>> say_unit(Unit(name="kr", scale=Decimal(1000000)))
    'mill. kr'
    """
    prefix = {Decimal(1000): "tusen ", Decimal(1000000): "mill. ", Decimal(1000000000): "mrd. "}
    return prefix.get(unit.scale, "") + unit.name


def _money_scale(words: str) -> Decimal | None:
    if match := _SCALED_MONEY.search(words):
        word = match["scale"] or match["after"] or match["behind"]
        return Decimal(_SCALE_OF[word])
    if match := _ALONE.search(words):
        return Decimal(_DATA["money"]["alone"][match[0]])
    if match := _LED_MONEY.search(words):
        return Decimal(_SCALE_OF[match["scale"]])
    if match := _BARE_SCALE.search(words):
        return Decimal(_SCALE_OF[match["scale"] or match["bracket"]])
    return None


def _denominator(words: str) -> str:
    """What an amount is spread on: "innbygger", "1000 innbygger"; empty when it is not."""
    for match in _PER.finditer(words):
        what, count = match["what"], match["count"]
        if not what or what in _SILENT or (match[0].startswith("/") and what not in _PER_OF):
            continue
        if what not in _PER_OF and not _MONEY_WORD.search(words):
            continue
        name = _PER_OF.get(what, what)
        return f"{count.replace(' ', '').replace('.', '')} {name}" if count else name
    return ""


def _first_unit(words: str) -> str | None:
    """The unit that is named, not counting deadlines and ages ("innen 12 uker", "1-5 år")."""
    words = _FRIST.sub(" ", _AGE.sub(" ", words))
    hits = [(m.start(), -len(m[0]), name) for name, pattern in _UNITS if (m := pattern.search(words))]
    if not hits:
        return None
    names = {name for _, _, name in hits}
    if "antall" in names and (words.startswith(("antall", "antal"))):
        # "Antall dager ventetid" is counted in days; "Antall vedtak om timer" is not in hours.
        after = words.split(" ", 2)[1:2]
        named = next((n for n, p in _UNITS if after and n != "antall" and p.fullmatch(after[0])), None)
        return named or "antall"
    for whole in ("prosentpoeng", "prosent"):
        if whole in names:
            return whole
    return min(hits)[2]


def _kr_last(words: str) -> bool:
    return bool(re.search(rf"\(?{_CURRENCY}\)?$", words))
