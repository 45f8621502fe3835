"""Running text -> each number in it, with its span, its unit and what kind of number it is.

Years, dates, page and paragraph numbers, ages and telephone numbers are found too, and marked as
what they are, so that nobody takes them for amounts. What an amount is about: `figures.prose`.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from figures.numbers import BOUND_OF, DIGITS, WORDS, Number, normal, read_digits
from figures.units import attached_unit

# amount     counts or measures something
# year       2024; also each end of 2021–2024
# date       31.12.2024, 1. mars
# clock      kl. 10.30
# reference  side 12, § 14-2, tabell 1.1, sak 23/24: points somewhere
# ordinal    3. plass, 1. halvår, 10. trinn
# age        18–24 år, over 80 år
# phone      72 54 00 00
# code       f201, CO2, an e-mail, a web address
Kind = Literal["amount", "year", "date", "clock", "reference", "ordinal", "age", "phone", "code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One number in a text; `text[start:end]` holds it with its bound, currency and unit."""

    start: int
    end: int
    text: str
    kind: Kind
    number: Number | None = None  # amounts, and years


def _either(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_MONTH = rf"(?:{_either(WORDS['months']['names'])})(?![a-zæøå])\.?"
_FREE = r"(?<![0-9.,])"  # nothing before that would make it the tail of a longer number
_DAY = r"[0-3]?[0-9]\. ?"
_DAY_END = r"(?![0-9]|[.,][0-9])"
_POINTING = (
    rf"(?<![a-zæøå0-9-])(?:{_either(WORDS['references']['words'])})[ :]+[0-9]+(?:[.\-–/][0-9]+)*"
    r"(?:[ ,]+(?:og|til|-) [0-9]+(?:[.-][0-9]+)*)?(?![0-9]|,[0-9]| ?%)"
)
_AGE = (
    rf"{_FREE}[0-9]{{1,2}} ?(?:-|til|og) ?[0-9]{{1,3}}[ -]?"
    r"(?:år(?:ene|ige|inger)?|åring[a-zæøå]*)(?![a-zæøå])"
    r"|(?:under|over|fylte?|fra|frå|alderen|minst) [0-9]{1,3} år(?![a-zæøå])(?! siden| sidan)"
    rf"|{_FREE}[0-9]{{1,3}} år (?:og|eller) (?:over|eldre|oppover|mer|meir)"
    rf"|{_FREE}[0-9]{{1,3}} år (?:gammel|gamal)|{_FREE}[0-9]{{1,3}}[ -]?(?:åring|årig)[a-zæøå]*"
)
_ORDINAL = rf"{_FREE}[0-9]{{1,2}}\.(?= ?-? ?(?!mill|mrd)[a-zæøå]{{2}})(?! [0-9])"
_LEAD = (
    r"(?<![a-zæøå])(?:tal|tall|beløp|figures|amounts|oppgitt|oppgjeve)(?:a|ene|ane)?"
    r" (?:i|in)(?: hei?le)?"
)
_CODE = r"[a-zæøå_]+[0-9]+[a-zæøå0-9_]*|[0-9]+[a-zæøå]{1,2}[0-9]+|(?<![a-zæøå])[a-z]-?[0-9]+"
_YEAR = r"(?:(?<=[0-9]-)|(?<![0-9.,+<>-]))(?<![0-9] )(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])"
# In order: what is not an amount is recognised first, and takes its digits away.
_OTHERS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("code", re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")),
    ("phone", re.compile(r"(?:tlf\.?|telefon|mobil|\+47)[ :]*[0-9][0-9 ]{6,10}[0-9]")),
    ("phone", re.compile(rf"(?<![0-9] ){_FREE}[0-9]{{2}}(?: [0-9]{{2}}){{3}}(?! ?[0-9])")),
    ("date", re.compile(rf"{_FREE}{_DAY}[01]?[0-9]\. ?(?:19|20)?[0-9]{{2}}{_DAY_END}")),
    ("date", re.compile(rf"{_FREE}{_DAY}{_MONTH}(?: (?:19|20)[0-9]{{2}})?")),
    ("date", re.compile(rf"{_FREE}(?:19|20)[0-9]{{2}}/(?:20)?[0-9]{{2}}(?![0-9])")),
    ("reference", re.compile(_POINTING)),
    ("date", re.compile(rf"{_FREE}(?:31|30|0?1)\.(?:12|0?[1-9]|1[01])\.?{_DAY_END}(?! ?%)")),
    ("clock", re.compile(r"(?:kl\.?|klokka|klokken) ?[0-2]?[0-9](?:[.:][0-5][0-9])?")),
    ("clock", re.compile(r"(?<![0-9.,:])[0-2]?[0-9]:[0-5][0-9](?![0-9])")),
    ("reference", re.compile(rf"{_FREE}[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{2,}}(?![0-9])")),
    ("reference", re.compile(r"§+ ?[0-9]+(?:[-.][0-9]+)*(?: ?[a-z](?![a-zæøå]))?")),
    ("reference", re.compile(r"\[[0-9]+(?:, ?[0-9]+)*\]|(?<![0-9])[0-9]{1,4}/[0-9]{2,4}(?![0-9])")),
    # what a table is counted in: "beløp i 1000 kr", "Hele 1 000 kroner"
    ("reference", re.compile(rf"(?:{_LEAD}|^hei?le) ?1[ .,]?000 (?:kr|kroner|nok)(?![a-zæøå])")),
    ("age", re.compile(_AGE)),
    ("ordinal", re.compile(_ORDINAL)),
    ("code", re.compile(_CODE)),
    ("year", re.compile(_YEAR)),
)
_BOUND_WORDS = _either([w for w in BOUND_OF if w[0].isalpha()]).replace(r"\ ", " ")
_NUMBER_WORDS = _either(list(WORDS["words"]))
_DIGIT = re.compile("[0-9]")
_AMOUNT = re.compile(
    r"(?:(?<![a-zæøå])|(?=[0-9.,+m-]))"  # nothing else begins inside a word: most are passed over
    r"(?:"
    rf"(?:(?<![a-zæøå])(?P<bound>(?:{_BOUND_WORDS})(?= )|[<>≤≥~≈]=?) ?)?"
    r"(?P<before>(?<![a-zæøå])(?:kr\.?|nok|kroner) ?)?"
    r"(?:(?P<sign>(?<![0-9a-zæøå])-|minus |\+)(?=[0-9]))?"
    rf"(?P<digits>(?<![0-9]){DIGITS})(?![0-9])(?P<whole>,-+)?"
    rf"|(?<![a-zæøå-])(?P<word>{_NUMBER_WORDS})(?= ))"
)
_AFTER_SCALE = re.compile(
    rf" ?(?:[.,;:)\]]|$|(?:{_either(WORDS['after_scale']['words'])})(?![a-zæøå]))"
)
_JOINED = re.compile(r" ?(?:-|til|to) ?(?:kr\.? ?)?")
COUNTS = ("", "antall", "personer")
SHORT = 1000  # below, a number is in the scale of the amount it is held against
_AGAINST = re.compile(
    r",? (?:(?:opp|ned|up|down|en [a-zæøå]{4,12}) )?"
    r"(?:mot|fra|frå|against|from|(?:sammenlignet|samanlikna|compared) (?:med|with|to)) "
)
# "44,6 poeng og guttene med 39,8": the second is told of as the first was.
_ALIKE = re.compile(r" (?:og|and) (?:[a-zæøå]+ ){1,3}")
# "av de 31,6 millionene gikk 18,9 til": the parts of a sum are in its unit; "850 000 av dem" too.
_WHOLE = re.compile(r"(?:^|[^a-zæøå])(?:av|of) (?:de|dei|the) $")
_PART = re.compile(r"[a-zæøå ]+")
_OF_THEM = re.compile(r" (?:av (?:dem|dei|disse|desse|dette)|of (?:them|this|these))(?![a-zæøå])")
_ENDS = re.compile(r" ?(?:[.,;:)]|$|(?:i|in|året|the year|for|ved|og|mens|til) )")
_PAIRED = re.compile(r"(?:mellom|frå|fra|henholdsvis|between|from) .{0,30}$")


@lru_cache(maxsize=4096)
def find_numbers(text: str) -> tuple[Mention, ...]:
    """Every number in a text, in order.

    >>> [(m.text, m.kind) for m in find_numbers("I 2024 var det 136 mill. kr, se side 12.")]
    [('2024', 'year'), ('136 mill. kr', 'amount'), ('side 12', 'reference')]
    """
    words = _same_length(text)
    taken: list[Mention] = []
    free = words
    for kind, pattern in _OTHERS:
        if kind != "code" and not _DIGIT.search(free):
            continue  # only an address holds none
        for match in list(pattern.finditer(free)):
            if kind == "year" and _is_amount_after_all(words, match.end()):
                continue
            value = Number(value=Decimal(match[0])) if kind == "year" else None
            taken.append(_mention(text, match.start(), match.end(), kind, value))
            free = _blank(free, match.start(), match.end())
    amounts: list[Mention] = []
    for match in _AMOUNT.finditer(free):
        amount = _amount(text, words, match, after=amounts[-1].end if amounts else 0)
        if amount:
            amounts.append(amount)
    return tuple(sorted(taken + _share_units(words, amounts), key=lambda m: m.start))


def _same_length(text: str) -> str:
    """`normal`, but letter for letter, so that spans hold."""
    lowered = text.lower() if len(text.lower()) == len(text) else text
    return lowered.translate(_SAME)


class _Letters(dict[int, str]):
    """Each letter as `normal` has it, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = letter if letter.isalnum() else normal(letter) or " "
        return self[code]


_SAME = _Letters()


def _blank(words: str, start: int, end: int) -> str:
    return words[:start] + "\x00" * (end - start) + words[end:]


def _mention(text: str, start: int, end: int, kind: Kind, number: Number | None) -> Mention:
    return Mention(start=start, end=end, text=text[start:end], kind=kind, number=number)


def _is_amount_after_all(words: str, end: int) -> bool:
    """ "2000 kr", "2024 prosent": four digits with a unit are no year."""
    attached = attached_unit(words, end)
    return attached is not None and attached[0].name != ""


def _amount(text: str, words: str, match: re.Match[str], *, after: int) -> Mention | None:
    start, end = match.start(), match.end()
    attached = attached_unit(words, end)
    if match["word"]:
        if attached is None:
            return None  # "en", "to" are only numbers before a unit
        value, decimals = Decimal(WORDS["words"][match["word"]]), 0
    else:
        value, decimals = read_digits(match["digits"])
    unit = "kr" if match["before"] or match["whole"] else ""
    if start < after:  # "… mill. kr 30 …": the currency belongs to the amount before
        start, unit = match.start("digits"), ""
    scale = Decimal(1)
    if attached and not match["whole"]:
        scale, end = attached[0].scale, attached[1]
        bare = not attached[0].name and scale >= 1_000_000 and _AFTER_SCALE.match(words, end)
        unit = attached[0].name or ("kr" if bare else unit)
    if words[start:end].endswith(("kr.", "kroner.")):
        end -= 1  # the end of the sentence
    negative = (match["sign"] or "").startswith(("-", "minus"))
    number = Number(
        value=-value if negative else value,
        decimals=decimals,
        unit=unit,
        scale=scale,
        bound=BOUND_OF.get(match["bound"] or "", ""),
    )
    return _mention(text, start, end, "amount", number)


def _share_units(words: str, amounts: list[Mention]) -> list[Mention]:
    """ "10–12 prosent", "mellom 5 og 7 mill. kr": the first number is in the unit of the second."""
    shared = list(amounts)
    for i in range(len(shared) - 2, -1, -1):
        one, two = shared[i], shared[i + 1]
        if one.number is None or two.number is None or one.number.unit not in ("", two.number.unit):
            continue
        between = words[one.end : two.start]
        joined = _JOINED.fullmatch(between) or (
            between in (" og ", " and ") and _PAIRED.search(words[: one.start])
        )
        if joined and one.number.scale == 1 and two.number.unit:
            number = replace(one.number, unit=two.number.unit, scale=two.number.scale)
            shared[i] = replace(one, number=number)
    return _carry_units(words, shared)


def _carry_units(words: str, amounts: list[Mention]) -> list[Mention]:
    """ "23 dager, mot 41 i 2023": what is held against an amount is in that one's unit."""
    carried = list(amounts)
    whole: Number | None = None
    for i, (one, two) in enumerate(pairwise(amounts), start=1):
        first = carried[i - 1].number or one.number
        if first is not None and first.unit and _WHOLE.search(words[: one.start]):
            whole = first
        if first is None or two.number is None or not first.unit:
            continue
        between, plain = words[one.end : two.start], not two.number.unit and two.number.scale == 1
        if plain and whole is not None and _is_part(two.number, whole, between):
            unit, scale = whole.unit, whole.scale
        elif plain and first.unit == "kr" and _OF_THEM.match(words, two.end):
            unit = first.unit
            scale = first.scale if abs(two.number.value) < SHORT else Decimal(1)
        elif (
            plain and first.unit not in COUNTS and two.number.decimals and _ALIKE.fullmatch(between)
        ):
            unit, scale = first.unit, first.scale
        else:
            unit = ""
        if unit:
            carried[i] = replace(two, number=replace(two.number, unit=unit, scale=scale))
            continue
        bare = not two.number.unit or (
            two.number.scale == first.scale > 1 and "kr" not in words[two.start : two.end]
        )
        against = _AGAINST.fullmatch(between)
        if bare and against and _ENDS.match(words, two.end):
            short = two.number.scale == 1 and abs(two.number.value) < SHORT  # "5 mill., mot 7"
            scale = first.scale if short else two.number.scale
            carried[i] = replace(two, number=replace(two.number, unit=first.unit, scale=scale))
    return carried


def _is_part(number: Number, whole: Number, between: str) -> bool:
    """Whether an amount without a unit is a part of a sum of money that was told right before."""
    money = whole.unit == "kr" and whole.scale > 1
    return money and 0 < number.value < whole.value and bool(_PART.fullmatch(between))
