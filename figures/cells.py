"""What a table holds once it is understood: columns that mean something, rows, typed cells.

A cell keeps what was printed (`text`, `value`) beside what it amounts to in base units
(`base_value` in `unit`): kroner, not thousands of kroner; percent as 3.2. Calculate only with
`base_value`.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points, from the page's top left corner."""

# verified   its sums or differences were recomputed and hold
# plain      nothing to check
# doubtful   a check fails, or the columns could not be told apart
Trust = Literal["verified", "plain", "doubtful"]

# What a number measures. "value" where the header names no measure (a year, a municipality).
Measure = Literal[
    "value",
    "accounts",  # regnskap
    "revised_budget",  # revidert, regulert, justert budsjett
    "original_budget",  # opprinnelig, vedtatt budsjett
    "deviation",  # avvik
    "change",  # endring
    "share",  # andel
    "target",  # mål
    "result",  # resultat, måloppnåelse
    "forecast",  # prognose
]

# How a bound or a rough number was printed: "<205", "≤6", "om lag 70".
Bound = Literal["", "<", "<=", ">", ">=", "about"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A base unit ("kr", "prosent", "årsverk", "kr/innbygger"); a printed 1 is worth `scale`."""

    name: str
    scale: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column's numbers are: the header as printed, and what it was understood to mean."""

    name: str  # "Revidert budsjett 2024"
    measure: Measure = "value"
    year: int | None = None
    period: str = ""  # finer than a year, as printed: "31.12", "1. halvår", "2023/24", "mars"
    place: str = ""  # "Oslo", "ASSS", "landet"; empty is the report's own municipality
    sex: str = ""  # "kvinner" or "menn", where the header says so
    unit: Unit | None = None  # where the header names one


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One printed value. `value` is None for words and dashes ("Ikke målt", "-")."""

    text: str
    value: Decimal | None
    base_value: Decimal | None
    unit: str
    bound: Bound = ""
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A label with one cell for each column; None where the report prints nothing."""

    label: str
    group: str = ""  # the heading row above it, "Driftsinntekter"
    line: str = ""  # canonical accounting line, "rammetilskudd"; see figures/data/lines.toml
    cells: tuple[Cell | None, ...]
    page: int
    box: Box | None = None
    total: bool = False  # a sum of other rows, by its words or by arithmetic


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A whole table, also when it ran over several pages."""

    id: str  # "trondheim-2024/t12": document and position
    doc: str
    page: int  # where it begins, 1-based
    title: str
    heading: str  # chapter path, "1. Økonomi › Balansen"
    context: str = ""  # what is said just before and after it
    unit: str  # as a person would say it: "mill. kr"; empty where rows or columns differ
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    trust: Trust
    reasons: tuple[str, ...] = ()  # what was recomputed, what failed
    income_negative: bool = False  # incomes are printed with a minus
    deviation_good: bool | None = None  # a positive deviation is good news; None: not known
    box: Box | None = None
