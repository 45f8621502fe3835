"""Printed numbers -> Decimal with unit, scale and bound; only here digits are read.

`parse_number` reads a cell that holds one number and nothing else. Numbers in running text are
found by `figures.mentions`, and said again by `figures.wording`.
"""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from figures.cells import Bound
from figures.units import attached_unit

# How to read "1.234" and "1,234": by their looks, or as a table was seen to write all its numbers.
Style = Literal["", "decimal point", "decimal comma", "thousands comma"]

WORDS = tomllib.loads((files("figures") / "data" / "numbers.toml").read_text(encoding="utf-8"))
BOUND_OF: dict[str, Bound] = {w: bound for bound, ws in WORDS["bounds"].items() for w in ws}
_BOUNDS = "|".join(re.escape(w) for w in sorted(BOUND_OF, key=len, reverse=True))

_ONE_KIND = str.maketrans(
    dict.fromkeys("\u00a0\u2009\u202f\u2007\u2008\t\n", " ") | dict.fromkeys("−–—‐‑‒﹣－", "-")
)
_SPACES = re.compile(" {2,}")
_SUPERSCRIPTS = re.compile(r"(?<=[0-9%)])[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[†‡]")
_MARKS = re.compile(r"^(?:\*+\)?|[0-9a-z]\)) ?|(?<=[0-9%.)a-z]) ?\*+\)?$|(?<=[0-9%]) [0-9]\)$")

# Groups must be three digits: "2022 2023" is two headings that ran together, not a number.
DIGITS = (
    r"(?:[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?"
    r"|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?"
    r"|[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"
    r"|[0-9]{1,3}(?:['’][0-9]{3})+(?:[.,][0-9]+)?"
    r"|[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)"
)
_CELL = re.compile(
    rf"(?:(?P<bound>{_BOUNDS}) ?)?(?P<open>\( ?)?(?P<before>(?:kr\.?|nok) ?)?(?P<sign>[-+±] ?)?"
    rf"(?P<after>(?:kr\.?|nok) ?)?(?P<digits>{DIGITS})(?P<close> ?\))?"
    r"(?P<whole>,-+|\.-+|:-+)?(?P<trail> ?-)?(?P<rest> ?[^0-9 ].*)?"
)
_PLAIN_CELL = re.compile(r"(-)?([0-9]{1,3}(?: [0-9]{3})*|[0-9]+)(?:,([0-9]+))?")
_POINT = re.compile(r"-?(?:0|[0-9]{4,})\.[0-9]{3}")
_ENGLISH = re.compile(
    r"-?[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|-?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"
)
_COMMA = re.compile(r"-?[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|-?0,[0-9]+")
_SHARE = re.compile(r"([0-9]{1,6}) ?(?:av|of|/) ?(?:totalt |i alt )?([0-9]{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number as printed: `value` times `scale` is the amount in base units of `unit`."""

    value: Decimal
    decimals: int = 0
    unit: str = ""  # only what is attached to it: "%" gives "prosent"
    scale: Decimal = Decimal(1)
    bound: Bound = ""

    @property
    def base_value(self) -> Decimal:
        """The amount in base units, as far as the number itself tells."""
        return self.value * self.scale

    @property
    def slack(self) -> Decimal:
        """How far the amount may be from what was rounded to print it, in printed units."""
        return Decimal(5).scaleb(-self.decimals - 1)


@lru_cache(maxsize=65536)
def parse_number(text: str, style: Style = "") -> Number | None:
    """Read a cell that holds one number; None when it holds anything else.

    >>> parse_number("−4 893").value
    Decimal('-4893')
    >>> parse_number("(17 400)").value  # accountants' minus
    Decimal('-17400')
    >>> parse_number("1,2 mrd. kr").base_value
    Decimal('1200000000.0')
    >>> parse_number("145.500").value, parse_number("5.5").value
    (Decimal('145500'), Decimal('5.5'))
    >>> parse_number("2022 2023") is None and parse_number("-") is None
    True
    """
    words = normal(text)
    if match := _PLAIN_CELL.fullmatch(words):  # nearly every cell; the rest costs ten times more
        sign, whole, places = match.groups()
        if not (style == "thousands comma" and places):
            digits = (sign or "") + whole.replace(" ", "") + ("." + places if places else "")
            return Number(value=Decimal(digits), decimals=len(places or ""))
    words = _MARKS.sub("", _SUPERSCRIPTS.sub("", words)).strip()
    match = _CELL.fullmatch(words)
    if not match or bool(match["open"]) != bool(match["close"]):
        return None
    rest = (match["rest"] or "").rstrip(". ")
    unit, scale = "kr" if match["before"] or match["after"] or match["whole"] else "", Decimal(1)
    if rest:
        attached = attached_unit(rest + " ")
        if attached is None or attached[1] < len(rest):
            return None
        unit, scale = attached[0].name or unit or "kr", attached[0].scale
    value, decimals = read_digits(match["digits"], style)
    minus = (match["sign"] or "").startswith("-") or match["trail"] or match["open"]
    return Number(
        value=-value if minus else value,
        decimals=decimals,
        unit=unit,
        scale=scale,
        bound="about" if match["sign"] == "±" else BOUND_OF.get(match["bound"] or "", ""),
    )


@lru_cache(maxsize=65536)
def parse_share(text: str) -> tuple[Decimal, Decimal] | None:
    """Read "25 av 30" as 25 and 30; None for anything else, and where the part is the larger.

    >>> parse_share("25 av 30")
    (Decimal('25'), Decimal('30'))
    """
    match = _SHARE.fullmatch(_MARKS.sub("", normal(text)).strip())
    if not match or "/" in match[0] or int(match[1]) > int(match[2]):
        return None
    return Decimal(match[1]), Decimal(match[2])


def read_digits(digits: str, style: Style = "") -> tuple[Decimal, int]:
    """The value and the number of decimals of a run of digits, groups and one decimal mark.

    >>> read_digits("1.074.000")
    (Decimal('1074000'), 0)
    >>> read_digits("3226.1")
    (Decimal('3226.1'), 1)
    """
    digits = re.sub("[ '’]", "", digits)
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return Decimal(digits), 0
    mark, tail = digits[last], digits[last + 1 :]
    grouped = len(tail) == 3 and 0 < last <= 3 and digits[0] != "0"
    if "." in digits and "," in digits:
        thousands = False
    elif digits.count(mark) > 1:
        thousands = True
    elif mark == ".":
        thousands = grouped and style != "decimal point"
    else:
        thousands = grouped and style == "thousands comma"
    whole = re.sub("[.,]", "", digits if thousands else digits[:last])
    if thousands:
        return Decimal(whole), 0
    return Decimal(f"{whole or 0}.{tail}"), len(tail)


def guess_style(cells: list[str]) -> Style:
    """How one table writes its numbers, where a cell that can be read in only one way tells.

    >>> guess_style(["0.512", "1.234"])
    'decimal point'
    >>> guess_style(["5.5", "145.500"])  # each by its looks
    ''
    """
    words = [normal(cell) for cell in cells if "." in cell or "," in cell]
    if any(map(_POINT.fullmatch, words)):
        return "decimal point"
    if any(map(_ENGLISH.fullmatch, words)) and not any(map(_COMMA.fullmatch, words)):
        return "thousands comma"
    return ""


def normal(text: str) -> str:
    """Lower case, one kind of space and one kind of minus, nothing around."""
    words = text.translate(_ONE_KIND).strip().lower()
    return _SPACES.sub(" ", words) if "  " in words else words
