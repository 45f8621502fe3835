"""How a table uses signs: is income printed with a minus, is a positive deviation good news.

From the words around the table where they say so, else from its arithmetic; None when unknown.
"""

import re
from collections.abc import Sequence

from figures.across import Across
from figures.cells import Column, Row
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


def income_is_negative(rows: Sequence[Row], words: str) -> bool:
    """Whether incomes are printed with a minus and expenses without."""
    if _INCOME_MINUS.search(words):
        return True
    minus = plus = expenses = 0
    for row in rows:
        kind = line_kind(row.label)
        values = [cell.value for cell in row.cells[:3] if cell and cell.value]
        if kind == "income" and values:
            minus += sum(value < 0 for value in values)
            plus += sum(value > 0 for value in values)
        elif kind == "expense":
            expenses += sum(value > 0 for value in values)
    return minus >= 2 and minus >= 4 * plus and (expenses > 0 or plus == 0)


def deviation_is_good(
    rows: Sequence[Row],
    columns: Sequence[Column],
    across: Sequence[Across],
    words: str,
    *,
    income_negative: bool,
) -> bool | None:
    """Whether a positive deviation is good news: income above or expense below the budget."""
    if not any(column.measure == "deviation" for column in columns):
        return None
    said = words.lower()
    good, bad = _POSITIVE_IS_GOOD.search(said), _POSITIVE_IS_BAD.search(said)
    if bool(good) != bool(bad):
        return bool(good)
    for relation in across:
        minus_accounts = _budget_minus_accounts(relation, columns)
        if minus_accounts is None:
            continue
        if relation.kind == "either":
            return True if _has_both(rows) else None
        if income_negative or _mostly_expense(rows):
            return minus_accounts
    return None


def _budget_minus_accounts(relation: Across, columns: Sequence[Column]) -> bool | None:
    """True for budget − accounts, False for accounts − budget, None where it is neither."""
    at = {columns[j].measure: j for j in relation.columns if j < len(columns)}
    if not {"accounts", "deviation"} <= at.keys() or len(relation.columns) != 3:
        return None
    if relation.kind == "either":
        return True
    if relation.kind != "sum":
        return None
    first, second, third = relation.columns
    weight = {first: relation.signs[0], second: relation.signs[1], third: -1}
    return weight[at["accounts"]] == weight[at["deviation"]]


def _has_both(rows: Sequence[Row]) -> bool:
    """Incomes and expenses: a deviation whose sign follows the row is good when positive."""
    return any(line_kind(row.label) == "income" for row in rows) and any(
        line_kind(row.label) == "expense" for row in rows
    )


def _mostly_expense(rows: Sequence[Row]) -> bool:
    """No incomes among the rows: services, projects, expenses, or their net."""
    return not any(line_kind(row.label) == "income" for row in rows)
