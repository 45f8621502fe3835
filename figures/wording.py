"""A base value and its unit -> words: "658 mill. kr", "3,2 prosent", "NOK 658 million".

Nothing is rounded unless `decimals` says so: the text always reads back to the same value.
"""

import tomllib
from decimal import ROUND_HALF_UP, Decimal
from importlib.resources import files
from typing import Literal

Language = Literal["nb", "nn", "en"]

_DATA = tomllib.loads((files("figures") / "data" / "wording.toml").read_text(encoding="utf-8"))
_MILLION, _BILLION = Decimal(1_000_000), Decimal(1_000_000_000)


def format_number(
    value: Decimal,
    unit: str = "",
    lang: Language = "nb",
    *,
    decimals: int | None = None,
    scale: Decimal | None = None,
) -> str:
    """Say an amount given in base units; `scale` and `decimals` fix how, else it is chosen.

    >>> format_number(Decimal(658_000_000), "kr")
    '658 mill. kr'
    >>> format_number(Decimal(1_074_000), "kr")
    '1 074 000 kr'
    >>> format_number(Decimal("3.2"), "prosent", "en")
    '3.2 percent'
    """
    if not unit.startswith("kr"):
        number = format_digits(value, lang, decimals=decimals)
        return _say_unit(number, unit, lang, one=abs(value) == 1)
    by = _money_scale(value) if scale is None else scale
    amount = value / by
    if scale is not None and decimals is None and len(_places(amount)) > 3:
        decimals = 1
    return _say_money(format_digits(amount, lang, decimals=decimals), unit, by, lang)


def format_digits(value: Decimal, lang: Language = "nb", *, decimals: int | None = None) -> str:
    """Only the digits: groups of three after a space, decimal comma (point in English), "−".

    >>> format_digits(Decimal("-12345.50"))
    '−12 345,50'
    """
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, places = f"{abs(value):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", " ")
    sign = "−" if value < 0 else ""
    point = "." if lang == "en" else ","
    return sign + grouped + (point + places if places else "")


def _money_scale(value: Decimal) -> Decimal:
    """The largest scale that says the amount exactly with at most one decimal."""
    size = abs(value)
    for scale in (_BILLION, _MILLION):
        if size >= scale and (size * 10) % scale == 0 and (scale == _MILLION or size % scale):
            return scale
    return Decimal(1)


def _places(value: Decimal) -> str:
    return f"{value.normalize():f}".partition(".")[2]


def _say_money(number: str, unit: str, scale: Decimal, lang: Language) -> str:
    word = _DATA["scale"][lang].get(str(int(scale)), "")
    per = unit.partition("/")[2]
    tail = f" per {_say_per(per, lang)}" if per else ""
    if lang == "en":
        return f"NOK {number}{' ' + word if word else ''}{tail}"
    return f"{number}{' ' + word if word else ''} kr{tail}"


def _say_unit(number: str, unit: str, lang: Language, *, one: bool) -> str:
    name, _, per = unit.partition("/")
    forms = _DATA["unit"].get(name, {}).get(lang)
    said = forms[0 if one else 1].format(n=number) if forms else f"{number} {name}".strip()
    return f"{said} per {_say_per(per, lang)}" if per else said


def _say_per(per: str, lang: Language) -> str:
    count, _, word = per.rpartition(" ")
    said = _DATA["per"].get(word, {}).get(lang, word)
    return f"{format_digits(Decimal(count))} {said}" if count.isdigit() else said
