"""An answer as the product gives it; `to_json` is the contract other programs rely on.

answered    the text and its citations are set
not_found   the reports do not say; the text names what was searched and what is there instead
clarify     the readings give different answers; `clarify` holds them as questions to choose from
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from figures.cells import Box

Status = Literal["answered", "not_found", "clarify"]
Language = Literal["nb", "nn", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An earlier question of the same conversation, and what was answered."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where something stands, precise enough to open the report at that place and see it."""

    n: int
    doc: str
    title: str
    page: int | None  # None for a report without pages
    heading: str
    quote: str  # an exact substring of the page's text
    table: str | None = None  # the table's title
    table_id: str | None = None
    row: str | None = None
    column: str | None = None
    bbox: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The one number that answers the question, in base units, and how it stands in the text."""

    base_value: Decimal
    base_unit: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """Arithmetic that was done, so that a person can do it again."""

    expression: str
    result: str
    steps: tuple[str, ...] = ()
    operands: tuple[int, ...] = ()  # citation numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One reading of an unclear question, with the question that asks for it."""

    label: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarify:
    """What is asked back."""

    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What was searched: shown to the person who asked."""

    kommuner: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    docs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a series, comparison or ranking."""

    label: str
    base_value: Decimal
    citation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Figures that a page can draw and an API export."""

    name: str
    base_unit: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything a person or a program gets back."""

    question: str
    language: Language
    status: Status
    answer: str
    figure: Figure | None = None
    calculation: Calculation | None = None
    citations: tuple[Citation, ...] = ()
    clarify: Clarify | None = None
    scope: Scope = Scope()
    series: Series | None = None
    generator: str = "extract"
    timing_ms: dict[str, float] = field(default_factory=dict)
    sureness: float | None = None  # how likely a single figure is the one asked for

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON types, in the contract's shape."""
        plain: dict[str, Any] = _plain(self)
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
