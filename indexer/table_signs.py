"""How a table uses signs: is income printed with a minus, is a positive deviation good news.

From the words around the table where they say so, else from its arithmetic; None when unknown.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from figures.cells import Column, Measure, Row
from figures.lines import line_kind

_GOOD = r"(?:mindreforbruk|mindre ?utgift\w*|mer-?inntekt\w*|meir-?inntekt\w*|besparelse|innsparing"
_GOOD += r"|høyere inntekter|lavere utgifter|høgare inntekter|lågare utgifter|underforbruk)"
_BAD = (
    r"(?:mer-?forbruk|meir-?forbruk|merutgift\w*|overforbruk|mindre-?inntekt\w*|overskridelse\w*)"
)
_PLUS = r"(?:positivt?e?|pluss|\+|uten fortegn)"
_MINUS = r"(?:negativt?e?|minus|-|−|–)"
_TELLS = r"[^.;]{0,60}?"
_POSITIVE_IS_GOOD = re.compile(
    rf"{_PLUS}\b{_TELLS}{_GOOD}|{_GOOD} ?\(\+\)"
    rf"|(?:{_MINUS}\b|\({_MINUS}\)){_TELLS}{_BAD}|{_BAD} ?\({_MINUS}\)"
)
_POSITIVE_IS_BAD = re.compile(
    rf"{_PLUS}\b{_TELLS}{_BAD}|{_MINUS}\b{_TELLS}{_GOOD}|{_BAD} ?\(\+\)|{_GOOD} ?\({_MINUS}\)"
)
_INCOME_MINUS = re.compile(
    r"(?:negative|minus)[^.;]{0,40}(?:inntekt)|inntekter[^.;]{0,40}(?:negativ|minus)", re.IGNORECASE
)


_MOST, _SOME = 0.85, 0.15  # a line or two may be of another kind than its words say
_DISTANCES = ("deviation", "change", "share")
_REVISED = re.compile(r"rev|reg(?:ulert|\.)|just")


def income_is_negative(rows: Sequence[Row], columns: Sequence[Column], words: str) -> bool:
    """Whether incomes are printed with a minus and expenses without."""
    if _INCOME_MINUS.search(words):
        return True
    levels = [column.measure not in _DISTANCES for column in columns]
    minus = plus = expenses = 0
    for row in rows:
        kind = line_kind(row.label)
        values = [c.value for c, level in zip(row.cells, levels, strict=False) if level and c]
        if kind == "income":
            minus += sum(value < 0 for value in values if value)
            plus += sum(value > 0 for value in values if value)
        elif kind == "expense":
            expenses += sum(value > 0 for value in values if value)
    return minus >= 2 and minus >= 4 * plus and (expenses > 0 or plus == 0)


def deviation_is_good(
    rows: Sequence[Row], columns: Sequence[Column], words: str, *, income_negative: bool
) -> bool | None:
    """Whether a positive deviation is good news: income above or expense below the budget."""
    measures = [column.measure for column in columns]
    if "deviation" not in measures:
        return None
    said = words.lower()
    good, bad = _POSITIVE_IS_GOOD.search(said), _POSITIVE_IS_BAD.search(said)
    if bool(good) != bool(bad):
        return bool(good)
    kinds = [line_kind(row.label) for row in rows]
    told = next((few for few in (("income", "expense"), ("result",)) if {*few} & {*kinds}), ("",))
    good_votes = votes = 0
    for row, kind in zip(rows, kinds, strict=True):
        saving = _is_saving(row, measures)
        if saving is None or kind not in told:
            continue  # without such lines the rows are services, and their cost is an expense
        more_is_good = kind in ("income", "result")
        if kind == "result":
            more_is_good = not income_negative
        elif _is_printed_negative(row, measures):
            more_is_good = not more_is_good
        votes += 1
        good_votes += saving != more_is_good
    if not votes or votes * _SOME < good_votes < votes * _MOST:
        return None
    return good_votes >= votes * _MOST


def _is_printed_negative(row: Row, measures: Sequence[Measure]) -> bool:
    """By its accounts: a cost printed as −5 grows towards −6."""
    values = [
        cell.value
        for measure, cell in zip(measures, row.cells, strict=False)
        if measure == "accounts" and cell and cell.value
    ]
    return bool(values) and values[0] < 0 and bool(line_kind(row.label))


def budget_doubt(rows: Sequence[Row], columns: Sequence[Column]) -> str:
    """Why the budget columns cannot be believed: the deviation is from another than it says.

    "Avvik regnskap og revidert budsjett" that fits the original budget, and never the revised one,
    means that the two columns changed places or shifted.
    """
    measures = [column.measure for column in columns]
    named = [c.name.lower() for c in columns if c.measure == "deviation"]
    if not any(_REVISED.search(name) for name in named):
        return ""
    revised: list[Measure] = ["value" if m == "original_budget" else m for m in measures]
    original: list[Measure] = ["value" if m == "revised_budget" else m for m in measures]
    fits_revised = sum(_is_saving(row, revised) is not None for row in rows)
    fits_original = sum(_is_saving(row, original) is not None for row in rows)
    if fits_original and not fits_revised:
        return "avviket er regnet fra opprinnelig budsjett: budsjettene kan ha byttet plass"
    return ""


def _is_saving(row: Row, measures: Sequence[Measure]) -> bool | None:
    """True where the deviation is budget − accounts, False for the reverse, None for neither."""

    def printed(*wanted: Measure) -> list[Decimal]:
        return [
            cell.value
            for measure, cell in zip(measures, row.cells, strict=False)
            if measure in wanted and cell and cell.value is not None and cell.unit != "prosent"
        ]

    budgets = printed("revised_budget", "original_budget")
    for deviation in printed("deviation"):
        slack = Decimal("1.5").scaleb(int(deviation.as_tuple().exponent))
        if abs(deviation) <= slack:
            continue
        for accounts, budget in product(printed("accounts"), budgets):
            for saving in (True, False):
                saved = budget - accounts if saving else accounts - budget
                if abs(saved - deviation) <= slack:
                    return saving
    return None
