"""A paragraph -> the figures it states, each with what it is about: words, year, kind of figure.

So that text can be compared with tables and a number in prose can answer like a cell. It reads
what stands in the sentence; what a pronoun points back to is not resolved.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from figures.cells import Cell, Measure
from figures.lines import lines_said
from figures.mentions import Mention, find_numbers
from figures.numbers import Number, normal

_DATA = tomllib.loads((files("figures") / "data" / "prose.toml").read_text(encoding="utf-8"))
_CHANGE = re.compile("|".join(_DATA["change"]))
_CHANGE_AFTER = re.compile("|".join(_DATA["change_after"]))
_DEVIATION = re.compile("|".join(_DATA["deviation"]))
_EMPTY = frozenset(_DATA["empty"])
_WORD = re.compile(r"[a-zæøåéôü][a-zæøåéôü-]+")
# A full stop ends a sentence before a capital; after a shortened word only some of them do.
_END = re.compile(
    r"(?:(?<![0-9 .(])(?<!\bjf)(?<!\bnr)(?<!\bpr)(?<!\bkap)(?<!\bca)(?<!\binkl)(?<!\bekskl)"
    r"(?<!\bbl\.a)(?<!\bpkt)(?<!\bs)[.!?]|(?<=[0-9])\.)(?=\s+(?!Kr\b)[A-ZÆØÅ][a-zæøå ])"
    r"|(?<=[a-zæøå]{3})[.!?](?<!mill\.)(?<!ekskl\.)(?<!inkl\.)(?<!kap\.)(?<!pkt\.)(?=\s+[A-ZÆØÅ0-9])"
    r"|\n\s*\n"
)
_COMPARED_WITH = re.compile(
    r"(?:fra|frå|enn i|enn|siden|sidan|mot|med|forhold til|from|since|than in)\s*$"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_PER_TIME = re.compile(r"(?:per|pr\.?|i) (?:år|året|måned|månad|mnd)")
_PAY = re.compile(r"lønn|(?<![a-zæøå])løn|kostnad|pris|gebyr|husleie|husleige|tilskudd|tilskot")
_BUDGET = re.compile(r"budsjett|budget")

# level    136 mill. kr in the fund
# change   an increase of 5 mill. kr; 5 mill. kr more than
Role = Literal["level", "change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseFigure:
    """One amount in a text and what the sentence says it is."""

    start: int
    end: int
    text: str  # "136 mill. kr"
    number: Number
    role: Role
    year: int | None  # None where the sentence names none
    measure: Measure
    words: tuple[str, ...]  # what it is about, nearest words first
    lines: tuple[str, ...]  # accounting lines named in the sentence
    sentence: str


@lru_cache(maxsize=4096)
def read_prose(text: str) -> tuple[ProseFigure, ...]:
    """The figures of a text, in order.

    >>> figure = read_prose("Disposisjonsfondet økte med 5 mill. kr i 2024.")[0]
    >>> figure.role, figure.year, figure.lines, figure.number.base_value
    ('change', 2024, ('disposisjonsfond',), Decimal('5000000'))
    """
    figures: list[ProseFigure] = []
    for start, sentence in split_sentences(text):
        mentions = find_numbers(sentence)
        amounts = [m for m in mentions if m.kind == "amount"]
        figures += [_figure(start, sentence, m, mentions, amounts) for m in amounts]
    return tuple(figures)


def split_sentences(text: str) -> tuple[tuple[int, str], ...]:
    """The sentences of a text, each with where it begins.

    >>> [s for _, s in split_sentences("Det var 3,5 mill. kr. Resultatet ble svakt. Jf. kap. 3.")]
    ['Det var 3,5 mill. kr.', 'Resultatet ble svakt.', 'Jf. kap. 3.']
    """
    ends = [m.end() for m in _END.finditer(text)] + [len(text)]
    found, start = [], 0
    for end in ends:
        piece = text[start:end]
        if stripped := piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), stripped))
        start = end
    return tuple(found)


def agrees(figure: ProseFigure, cell: Cell) -> bool:
    """Whether a text and a table say the same: as near as the coarser of the two is printed.

    >>> from figures.cells import Cell
    >>> cell = Cell(text="136,4", value=Decimal("136.4"), base_value=Decimal(136400000), unit="kr")
    >>> agrees(read_prose("Fondet var på 136 mill. kr.")[0], cell)
    True
    """
    if cell.base_value is None or cell.value is None or figure.number.unit != cell.unit:
        return False
    scale = cell.base_value / cell.value if cell.value else Decimal(1)
    printed = Decimal(5).scaleb(int(cell.value.as_tuple().exponent) - 1) * scale
    slack = max(figure.number.slack * figure.number.scale, printed)
    if figure.number.bound == "about":
        slack *= 2
    return abs(abs(figure.number.base_value) - abs(cell.base_value)) <= slack


def _figure(
    offset: int,
    sentence: str,
    mention: Mention,
    mentions: Sequence[Mention],
    amounts: Sequence[Mention],
) -> ProseFigure:
    assert mention.number is not None
    before = normal(sentence[: mention.start])
    after = normal(sentence[mention.end :])
    nth = amounts.index(mention)
    left = amounts[nth - 1].end if nth else 0
    right = amounts[nth + 1].start if nth + 1 < len(amounts) else len(sentence)
    changes = _CHANGE.search(before) or _CHANGE_AFTER.search(after)
    return ProseFigure(
        start=offset + mention.start,
        end=offset + mention.end,
        text=mention.text,
        number=_number(mention.number, after, normal(sentence)),
        role="change" if changes else "level",
        year=_year(sentence, mention, mentions, left, right),
        measure=_measure(before, normal(sentence[left:right])),
        words=_words(sentence[left : mention.start], sentence[mention.end : right], sentence),
        lines=_lines(sentence, mention, left, right),
        sentence=sentence,
    )


def _number(number: Number, after: str, sentence: str) -> Number:
    """ "Lønnsforskjellen er 91 800 per år" is in kroner."""
    if not number.unit and _PER_TIME.match(after) and _PAY.search(sentence):
        return replace(number, unit="kr")
    return number


def _year(
    sentence: str, mention: Mention, mentions: Sequence[Mention], left: int, right: int
) -> int | None:
    """The year between this amount and its neighbours, after it rather than before; else the only.

    A year that is compared with ("fra 2023", "enn i 2023") is not this amount's.
    """
    years = [
        (m.start, m.end, int(found[-1]))
        for m in mentions
        if m.kind in ("year", "date")
        and (found := _YEAR.findall(m.text))
        and not _COMPARED_WITH.search(sentence[: m.start].lower())
    ]
    after = [year for start, _, year in years if mention.end <= start < right]
    before = [year for _, end, year in years if left <= end <= mention.start]
    if after or before:
        return after[0] if after else before[-1]
    anywhere = {year for *_, year in years}
    return anywhere.pop() if len(anywhere) == 1 else None


def _lines(sentence: str, mention: Mention, left: int, right: int) -> tuple[str, ...]:
    """The accounting lines spoken of; not what a percentage is a percentage of."""
    if mention.number is not None and mention.number.unit == "prosent":
        right = mention.end
    return lines_said(sentence[left:right]) or lines_said(sentence[:right])


def _measure(before: str, around: str) -> Measure:
    if _DEVIATION.search(before):
        return "deviation"
    if re.search(r"(?:opprinnelig|opphavleg|vedtatt|vedteke) " + _BUDGET.pattern, around):
        return "original_budget"
    if re.search(r"(?:budsjettert|budsjettet|budsjett)(?:(?: med| til| på| var| er))*$", before):
        return "revised_budget"
    return "value"


def _words(before: str, after: str, sentence: str) -> tuple[str, ...]:
    """The subject's words: nearest before the amount, then after it, then the rest."""
    ordered = [
        *reversed(_WORD.findall(before.lower())),
        *_WORD.findall(after.lower()),
        *_WORD.findall(sentence.lower()),
    ]
    return tuple(dict.fromkeys(word for word in ordered if word not in _EMPTY))
