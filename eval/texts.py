"""Words and printed numbers of a text, read for scoring. Pure.

Deliberately not the product's own reading of numbers: a fault there must not hide itself here.
"""

import re
from collections import Counter
from dataclasses import dataclass

_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«\"])|\n+")
_MARK = re.compile(r"\[\d+(?:\s*,\s*\d+)*\]")

# Groups must be three digits: "2022 2023" is two years, not a number.
_NUMBER = re.compile(
    "(?<![\\w.,])"
    "(?:(?P<grouped>\\d{1,3}(?:[ .\u00a0\u202f]\\d{3})+(?!\\d))|(?P<plain>\\d+))"
    "(?P<places>(?(grouped),|[.,])\\d+)?(?!\\d)"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed, its size (never a sign), and how many decimals it shows."""

    text: str
    size: float
    decimals: int = 0


def printed_numbers(text: str) -> list[Printed]:
    """Every number in a text.

    >>> [n.size for n in printed_numbers("−4 893,5 av 12 mill. kr i 2023 2024")]
    [4893.5, 12.0, 2023.0, 2024.0]
    >>> printed_numbers("1.234 og 3.5")
    [Printed(text='1.234', size=1234.0, decimals=0), Printed(text='3.5', size=3.5, decimals=1)]
    """
    found = []
    for match in _NUMBER.finditer(text):
        whole = re.sub("[ .\u00a0\u202f]", "", match["grouped"] or match["plain"])
        places = (match["places"] or "")[1:]
        found.append(Printed(match[0], float(f"{whole}.{places or 0}"), len(places)))
    return found


def without_marks(answer: str) -> str:
    """An answer without its citation marks.

    >>> without_marks("Det var 12 [1] og 13 [2, 3].").split()
    ['Det', 'var', '12', 'og', '13', '.']
    """
    return _MARK.sub(" ", answer)


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text that hold words.

    >>> sentences("Ja. Det var 3,5 mill. kr.\\n- Skole: 2")
    ['Ja.', 'Det var 3,5 mill. kr.', '- Skole: 2']
    """
    return [part for part in _ENDS.split(text) if _WORD.search(part)]


def words(text: str) -> Counter[str]:
    """How often each word stands in a text, without HTML tags.

    >>> words("<b>Sum</b> sum 1,5")
    Counter({'sum': 2, '1': 1, '5': 1})
    """
    return Counter(word_list(text))


def word_list(text: str) -> list[str]:
    """The words of a text in order, in small letters, without HTML tags."""
    return _WORD.findall(_TAG.sub(" ", text).lower())


def overlap(wanted: Counter[str], shown: Counter[str]) -> float:
    """The share of the wanted words that are shown.

    >>> overlap(words("netto drift 5 5"), words("Netto drift: 5"))
    0.75
    """
    return sum(min(n, shown[word]) for word, n in wanted.items()) / max(1, wanted.total())
