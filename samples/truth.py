"""What a report says, known because we wrote it: every table cell, every fact, the right answers.

In: nothing, these are records. Out: plain JSON in the shapes of the gold files
(`questions.jsonl` and `tables.jsonl`). It does not say how a report looks; see layouts.

Amounts are signed as printed. `base_value` is in base units: kroner, never thousands.
"""

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthCell:
    """One printed cell. Words and dashes have no value; an empty cell has no text either."""

    text: str
    value: Decimal | None = None
    base_value: Decimal | None = None
    unit: str = ""
    scale: int = 1
    bound: str = ""  # "<" in "<23,0"


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthColumn:
    """A column: its name in full, however the header was broken, and what it means."""

    name: str
    measure: str = "value"
    year: int | None = None
    place: str = ""
    unit: str = ""
    over: str = ""  # the header that spans it, where there are two levels


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthRow:
    """A row. `path` holds the group rows above it, outermost first."""

    key: str  # ours, "block_grant": what the questions find it by
    label: str
    path: tuple[str, ...] = ()
    total: bool = False
    unit: str = ""
    note: str = ""  # the footnote mark printed after the label
    cells: tuple[TruthCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthTable:
    """A whole table, also when it runs over pages; `pages` is empty until a PDF was written."""

    id: str
    kind: str  # ours, "art", "services": what the questions find it by
    title: str
    heading: str = ""
    unit: str = ""  # as a person says it, "mill. kr"; empty where rows or columns differ
    columns: tuple[TruthColumn, ...]
    rows: tuple[TruthRow, ...]
    holds: bool | None = None  # its sums or differences hold; None: it has none
    income_negative: bool = False
    deviation_good: bool | None = None
    notes: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()

    def row(self, key: str) -> TruthRow | None:
        """The row with this key, if the table has it."""
        return next((row for row in self.rows if row.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where the answer stands: the exact words, and the table's title for a cell."""

    doc: str
    quote: str
    table: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFigure:
    """The number that answers, in base units, signed as a person would say it."""

    base_value: Decimal
    base_unit: str
    tolerance: Decimal
    as_stated: str
    sign_free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One question with its right answer."""

    id: str
    question: str
    lang: str
    kind: str
    docs: tuple[str, ...]
    answer: str
    figure: GoldFigure | None = None
    accept: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Everything known about one report."""

    doc: str
    title: str
    municipality: str
    year: int
    language: str
    tables: tuple[TruthTable, ...]
    facts: tuple[Fact, ...]
    contradictions: tuple[str, ...] = field(default=())  # planted on purpose, in words

    def table(self, kind: str) -> TruthTable:
        """The table of this kind."""
        return next(table for table in self.tables if table.kind == kind)

    def to_json(self) -> Json:
        """The whole truth as plain JSON types."""
        return plain(asdict(self))  # type: ignore[no-any-return]


def plain(value: Any) -> Any:
    """Decimals as JSON numbers, tuples as lists."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def question_line(fact: Fact) -> Json:
    """A fact as a line of questions.jsonl."""
    return plain(asdict(fact))  # type: ignore[no-any-return]


def table_line(table: TruthTable, doc: str) -> Json:
    """A table as a line of tables.jsonl; only numbers count, an empty or worded cell is null."""
    units = [column.unit for column in table.columns]
    line: Json = {
        "id": f"{doc}/{table.id}",
        "doc": doc,
        "title": table.title,
        "unit": table.unit or None,
        "columns": [column.name for column in table.columns],
        "rows": [
            {
                "label": row.label,
                "group": row.path[-1] if row.path else None,
                "unit": row.unit or None,
                "values": [cell.value for cell in row.cells],
            }
            for row in table.rows
        ],
        "pages": table.pages,
        "holds": table.holds,
        "income_negative": table.income_negative,
        "deviation_good": table.deviation_good,
    }
    if any(units):
        line["column_units"] = [unit or table.unit or None for unit in units]
    return plain(line)  # type: ignore[no-any-return]
