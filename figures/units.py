"""Words -> Unit: "Tall i tusen kr", "kroner per m²", "Andel … (prosent)". Only words, no numbers.

`read_unit` believes what is printed; `imply_unit` says what a label must be counted in when nothing
is printed ("Antall saker", "Dekningsgrad"). Vocabulary in `data/units.toml`.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache, lru_cache
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


_LETTERS = re.compile(r"[^\W\d_]+")


def _speaks_of(words: Iterable[str]) -> Callable[[str], bool]:
    """Whether a text holds any of the words: most labels hold none, and this is quick to see."""
    exact, starts, ends, phrases = set(), [], [], []
    for word in words:
        core = word.strip("*")
        if not core.isalpha():
            phrases.append(core)
        elif word.startswith("*"):
            ends.append(core)
        elif word.endswith("*"):
            starts.append(core)
        else:
            exact.add(core)
    first, last = tuple(starts), tuple(ends)

    def speaks(text: str) -> bool:
        letters = _LETTERS.findall(text)
        return (
            not exact.isdisjoint(letters)
            or any(word.startswith(first) or word.endswith(last) for word in letters)
            or any(phrase in text for phrase in phrases)
        )

    return speaks


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _lookup(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words}


_CURRENCY = r"(?:kroner|krone|kr|nok)(?![a-zæøå])\.?"
_SCALE_OF = _lookup(_DATA["money"]["scales"])
_SCALE = f"(?:{_either(_SCALE_OF)})"
_PER_OF = _lookup(_DATA["per"])
_PER_WORD = f"(?:{_either(_PER_OF)})"
_SILENT = frozenset(_DATA["silent_per"]["words"])
_LEAD = _any_of(_DATA["money"]["lead"])

# "tall i tusen kr", "beløp i 1000", "(1000 kr)", "mill. kroner", "i hele tusen kroner".
_SCALED_MONEY = re.compile(
    rf"(?<![a-zæøå0-9,.])(?P<scale>{_SCALE})(?![0-9a-zæøå])\.?[ -]?(?:norske )?{_CURRENCY}"
    rf"|{_CURRENCY} ?i (?:hele )?(?P<after>{_SCALE})(?![0-9a-zæøå])"
    rf"|{_CURRENCY} (?P<behind>{_SCALE})(?![0-9a-zæøå])"
)
_LED_MONEY = re.compile(rf"{_LEAD} ?(?:hele |heile )?(?P<scale>{_SCALE})(?![0-9a-zæøå])")
_BARE_SCALE = re.compile(
    rf"^\(?(?:i )?(?P<scale>{_SCALE})\)?$"
    r"|(?<![a-zæøå])(?P<whole>hei?le (?:tusen|1 ?000))(?![0-9])"
    r"|\((?:i )?(?P<bracket>mill\.?|mrd\.?|mnok|mkr|tkr)\)"
)
_ALONE = re.compile(_any_of(_DATA["money"]["alone"]))
_MONEY = re.compile(rf"(?<![a-zæøå]){_CURRENCY}(?![a-zæøå])|(?<![a-zæøå])kr(?=/)")
_PER = re.compile(
    r"(?:(?<![a-zæøå])(?:per|pr)(?![a-zæøå])\.?|/) ?"
    r"(?P<count>100 ?000|10[ .]?000|1[ .]?000|100)? ?"
    rf"(?P<what>{_PER_WORD}(?![a-zæøå0-9])|[a-zæøå]{{2,}})"
)
_KNOWN_PER = re.compile(
    rf"(?:(?<![a-zæøå])(?:per|pr)(?![a-zæøå])\.?|/) ?(?:[0-9][0-9 .]*)?{_PER_WORD}(?![a-zæøå0-9])"
)
_AFTER_MONEY = re.compile(r"(?<![a-zæøå])(?:kr\.?|kroner|nok) ?$")
_NUMBER_OF = re.compile(r"antall? ([a-zæøå]+)")
_SPENDING = re.compile(r"utgift|kostnad|utlegg")
_ENDS_IN_KR = re.compile(rf"\(?{_CURRENCY}\)?$")
_SPREAD = frozenset({"antall", "årsverk", "timer", "tonn", "kg", "kWh", "dager"})
_TIMES = frozenset({"måned", "uke", "dag"})  # "saker per måned" is still a count of cases
_UNITS: list[tuple[str, re.Pattern[str]]] = [
    (entry["name"], re.compile(_any_of(entry["words"]))) for entry in _DATA["unit"]
]
_SOME_MONEY = re.compile(r"kr|nok|mill|mrd|milliard|billion|tusen|thousand|1[ .,']?000|bn")
_WRITTEN_SCALE = (
    "(?:mrd\\.?|milliard(?:er|ar|ene|ane)?|billion|mill\\.?|million(?:er|ar|s|ene|ane)?"
    "|tusen|thousand)"
)
_PLAIN_WORDS = [w for entry in _DATA["unit"] for w in entry["words"] if "*" not in w]
_AFTER_NUMBER = {w: entry["name"] for entry in _DATA["unit"] for w in entry.get("attached", ())}
_ATTACHED = re.compile(
    rf" {{0,2}}-?(?:(?P<scale>{_WRITTEN_SCALE})(?![a-zæøå]))?"
    rf"(?: ?(?:norske )?(?P<currency>{_CURRENCY})"
    r"| ?(?P<alone>mnok|mkr|t\. ?kr|tkr|knok|tnok)(?![a-zæøå])"
    rf"| ?(?P<unit>{_either([*_PLAIN_WORDS, *_AFTER_NUMBER])})"
    r"(?![a-zæøå0-9]))?"
    rf"(?P<per> ?(?:per|pr\.?|/) ?(?:1[ .]?000 )?(?P<what>{_PER_WORD})(?![a-zæøå0-9]))?"
)
_IMPLIED = [(name, re.compile(_any_of(words))) for name, words in _DATA["implied"].items()]
_MONEY_UNIT = (
    rf"(?:{_SCALE}[ -]?)?(?:norske )?{_CURRENCY}(?: ?(?:i )?{_SCALE}(?![0-9]))?"
    rf"(?: ?(?:per|pr\.?|/) ?{_PER_WORD})?"
)
_ANY_UNIT = rf"(?:hele |heile )?(?:{_MONEY_UNIT}|{_SCALE}|{_any_of(_PLAIN_WORDS)})"
_names_a_unit = _speaks_of(word for entry in _DATA["unit"] for word in entry["words"])
_implies_a_unit = _speaks_of(word for words in _DATA["implied"].values() for word in words)
_is_accounting = _speaks_of(_DATA["accounting"]["words"])
_AGE = re.compile(r"[0-9]+ ?(?:[-–] ?[0-9]+ ?)?(?:år|\+)(?: og over| eller eldre)?")
_FRIST = re.compile(
    r"[0-9]+[ -]?(?:ukers?|ukes|vekers?|dagers?|dagars?|timers?|måneders?|månaders?)"
    r"[ -]*(?:frist[a-zæøå]*|saker)?"
    r"|(?:innen|innan|etter|maks\.?|over|under|minst|mer enn|meir enn|siste|for|i løpet av) [0-9]+"
    r" (?:uker|veker|dager|dagar|timer|timar|måneder|månader|minutter|år)"
)


@lru_cache(maxsize=65536)
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
    per = _denominator(words)
    scale = _money_scale(words)
    if scale is None and (_MONEY.search(words) or (per and _SPENDING.search(words))):
        scale = Decimal(1)
    other = _first_unit(words)
    share_of_money = other in ("prosent", "prosentpoeng") and scale == 1
    if scale is not None and not (share_of_money and not _ENDS_IN_KR.search(words)):
        if scale > 1000:  # "utgifter per barn (mill. kr)": nobody costs millions; it is the total
            per = ""
        return Unit(name=f"kr/{per}" if per else "kr", scale=scale)
    if per and other is None and (implied := imply_unit(words)) and implied.name == "antall":
        return Unit(name=f"antall/{per}")  # "Barn per årsverk"
    if other is None:
        return None
    return Unit(name=f"{other}/{per}" if per and other in _SPREAD and per not in _TIMES else other)


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
    if not _implies_a_unit(words):
        return None
    hits = [
        (m.start(), name)
        for name, pattern in _IMPLIED
        if (m := pattern.search(words))
        and (name != "antall" or m.start() == 0 or m.end() == len(words) or "antal" in m[0])
    ]
    return Unit(name=min(hits)[1]) if hits else None


@cache
def _declared() -> tuple[re.Pattern[str], ...]:
    """Made when a table is first read: they are long, and a question never asks."""
    return (
        re.compile(rf"{_LEAD} (?P<unit>{_ANY_UNIT})(?![a-zæøå0-9])"),
        re.compile(rf"\((?:i |tall i )?(?P<unit>{_ANY_UNIT})\)"),
        re.compile(rf"(?<![a-zæøå])i (?P<unit>{_SCALE}[ -]?{_CURRENCY})(?![a-zæøå])"),
        re.compile(rf"(?:^|(?<!mill)(?<!mrd)[.:] )(?P<unit>{_ANY_UNIT})(?:[.:;]|$)"),
    )


@lru_cache(maxsize=16384)
def declared_unit(text: str) -> Unit | None:
    """The unit a sentence near a table gives its numbers; amounts it happens to speak of do not.

    >>> declared_unit("Tabellen viser utgiftene. Alle tall i millioner kroner.").scale
    Decimal('1000000')
    >>> declared_unit("Utgiftene økte med 5 mill. kr i 2024.") is None
    True
    """
    words = plain(text)
    for pattern in _declared():
        if matches := list(pattern.finditer(words)):
            return read_unit("tall i " + matches[-1]["unit"])
    return None


@lru_cache(maxsize=65536)
def is_money(text: str) -> bool:
    """Whether a label is about money without saying in what: "Driftsutgifter", "Regnskap 2024"."""
    return _is_accounting(plain(text))


def say_unit(unit: Unit) -> str:
    """A table's unit as a person would say it.

    >>> say_unit(Unit(name="kr", scale=Decimal(1000000)))
    'mill. kr'
    """
    prefix = {Decimal(1000): "tusen ", Decimal(1000000): "mill. ", Decimal(1000000000): "mrd. "}
    return prefix.get(unit.scale, "") + unit.name


def attached_unit(words: str, start: int = 0) -> tuple[Unit, int] | None:
    """The unit written right after a number, and where it ends: " mill. kr", "%", " kr/m²".

    `words` is in lower case. A scale without a currency gives a unit without a name.

    >>> attached_unit("136 mill. kr i fond", 3)
    (Unit(name='kr', scale=Decimal('1000000')), 12)
    """
    match = _ATTACHED.match(words, start)
    if not match or match.end() == start:
        return None
    scale = Decimal(_SCALE_OF[match["scale"]]) if match["scale"] else Decimal(1)
    if match["alone"]:
        return Unit(name="kr", scale=Decimal(_DATA["money"]["alone"][match["alone"]])), match.end()
    name = "kr" if match["currency"] else ""
    if match["unit"]:
        word = match["unit"]
        name = _AFTER_NUMBER.get(word) or next(n for n, p in _UNITS if p.fullmatch(word))
    if name and match["per"]:
        name += "/" + (_denominator("kr " + match["per"]) or _PER_OF[match["what"]])
    if not name and not match["scale"]:
        return None
    return Unit(name=name, scale=scale), match.end()


def _money_scale(words: str) -> Decimal | None:
    if not _SOME_MONEY.search(words):
        return None
    if match := _SCALED_MONEY.search(words):
        word = match["scale"] or match["after"] or match["behind"]
        return Decimal(_SCALE_OF[word])
    if match := _ALONE.search(words):
        return Decimal(_DATA["money"]["alone"][match[0]])
    if match := _LED_MONEY.search(words):
        return Decimal(_SCALE_OF[match["scale"]])
    if match := _BARE_SCALE.search(words):
        return Decimal(1000 if match["whole"] else _SCALE_OF[match["scale"] or match["bracket"]])
    return None


def _denominator(words: str) -> str:
    """What an amount is spread on: "innbygger", "1000 innbygger"; empty when it is not."""
    for match in _PER.finditer(words):
        what, count = match["what"], match["count"]
        known = _PER_OF.get(what)
        if known is None:  # "kroner per beboer", but not "budsjett per område (mill. kr)"
            if what in _SILENT or not _AFTER_MONEY.search(words[: match.start()]):
                continue
            known = what
        if count:
            return f"{re.sub('[ .]', '', count)} {known}{'e' if known == 'innbygger' else ''}"
        return known
    return ""


def _first_unit(words: str) -> str | None:
    """The unit that is named, not counting deadlines, ages and what it is spread on."""
    if not _names_a_unit(words):
        return None
    words = _KNOWN_PER.sub(" ", _FRIST.sub(" ", _AGE.sub(" ", words)))
    hits = [
        (m.start(), -len(m[0]), name) for name, pattern in _UNITS if (m := pattern.search(words))
    ]
    names = {name for _, _, name in hits}
    if "prosentpoeng" in names or "prosent" in names:
        return "prosentpoeng" if "prosentpoeng" in names else "prosent"
    for counted in _NUMBER_OF.finditer(words):  # "måles i antall dager" is counted in days
        for name, pattern in _UNITS:
            if name != "antall" and pattern.fullmatch(counted[1]):
                return name
    if words.startswith(("antall", "antal")):  # "Antall vedtak om timer" is not in hours
        return "antall"
    return min(hits)[2] if hits else None
