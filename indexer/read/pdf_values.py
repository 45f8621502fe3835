"""What a printed cell looks like: a value, a year, words. Only looks; figures/ reads numbers."""

import re

_GAP = "[ \u00a0\u2009\u202f]"
_UNIT = r"(?:%|‰|kr\.?|kroner|mill\.?|mrd\.?|stk\.?|pst\.?|MNOK|NOK|m²|m2|km|år|,-)"
_VALUE = re.compile(
    rf"(?:ca\.?\s*)?[<>≤≥~±]?\s*[(\[]?\s*(?:{_UNIT}\s*)?[-−–+±]?\s*[<>≤≥]?\s*"
    rf"(?:[0-9]{{1,3}}(?:[.,  ’']?[0-9]{{3}})*|[0-9]+)(?:[.,:/][0-9]+)*"
    rf"(?:\s*{_UNIT}){{0,2}}\s*[)\]]?\s*{_UNIT}?\s*(?:\*{{1,3}}|[0-9]?\))?"
)
_DASH = re.compile(r"[-−–—*.:]{1,3}|i\.?a\.?|n/?a|[xX]|u\.?off\.?|[↑↓→↗↘]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\s*[-−–/]\s*(?:(?:19|20)?[0-9]{2}))?\*{0,2}")
_DATE = re.compile(r"[0-3]?[0-9]\.\s?(?:[01]?[0-9]\.?(?:\s?(?:19|20)?[0-9]{2})?)")
_GROUP_END = re.compile(r"(?:^|[^0-9])[0-9]{1,3}$")
_GROUP = re.compile(r"[0-9]{3}(?![0-9])")
_DIGIT = re.compile(r"[0-9]")


def is_value(text: str) -> bool:
    """A number with its sign and unit, or a mark for none.

    >>> [is_value(t) for t in ("1 234,5", "−4 893", "(12)", "13,5 %", "-", "<5", "25 av 30")]
    [True, True, True, True, True, True, False]
    """
    return bool(_VALUE.fullmatch(text) or _DASH.fullmatch(text))


def is_number(text: str) -> bool:
    """A value with a digit in it."""
    return bool(_DIGIT.search(text)) and is_value(text)


def is_year(text: str) -> bool:
    """A year, a span of years or a date: a header more often than a value.

    >>> [is_year(t) for t in ("2023", "2022-2025", "31.12.24", "31.12", "1 234", "5,5")]
    [True, True, True, True, False, False]
    """
    if "," in text:
        return False
    return bool(
        _YEAR.fullmatch(text) or (_DATE.fullmatch(text) and text.count(".") >= 1 and _two(text))
    )


def _two(text: str) -> bool:
    """31.12 is a date; 5.1 and 10.000 are not."""
    parts = [part for part in text.replace(" ", "").split(".") if part]
    if len(parts) < 2 or not all(p.isdigit() for p in parts):
        return False
    return len(parts) == 3 or (len(parts[1]) == 2 and int(parts[0]) >= 28)


def is_figure(text: str) -> bool:
    """A value that no header would print: not a year and not a date."""
    return is_value(text) and not is_year(text)


def continues_number(before: str, after: str) -> bool:
    """Whether a space between the two can be a thousands separator: "19" + "724".

    >>> continues_number("-4", "893"), continues_number("1 585", "493"), continues_number("12", "5")
    (True, True, False)
    """
    return bool(_GROUP_END.search(before) and _GROUP.match(after))
