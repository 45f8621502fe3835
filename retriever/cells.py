"""Query → the table cells that may answer it, best first, with the reasons.

Rows are found by words and by vector likeness within the query's reports. A cell then scores by
how much of the question its row, column, table and chapter hold, and by whether its column is the
year, measure, place and unit asked for. A cell of another year or place is never returned.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from figures.cells import Cell, Column, Measure, Row, Table
from indexer.index import Index
from indexer.store import places_of_rows
from indexer.tokens import tokens
from retriever.terms import coverage
from retriever.understand import Query
from retriever.vocabulary import Wanted, as_terms, query_words

ROWS = 60  # rows looked at from each side

# How much each place counts where a word of the question may stand.
LABEL, COLUMN, GROUP, TITLE, HEADING = 1.0, 1.0, 0.9, 0.85, 0.6

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_PLAIN_MEASURES: frozenset[Measure] = frozenset({"value", "accounts", "result"})
_MONTHS = re.compile(
    r"\b(januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|(?:1|2|første|andre|fyrste)\.? halvår|\d\. kvartal|january|february|march|may|june|july"
    r"|october|december|first half|second half)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCell:
    """A cell that may answer, where it stands, how well it fits and why."""

    table: Table
    row: Row
    position: int
    year: int | None  # the year it is for, by its column, row or report
    score: float
    covered: float  # the share of the question that its words hold
    reasons: tuple[str, ...]

    @property
    def cell(self) -> Cell:
        """The cell itself."""
        cell = self.row.cells[self.position]
        assert cell is not None
        return cell

    @property
    def column(self) -> Column:
        """The column it stands in."""
        return self.table.columns[self.position]


def find_cells(index: Index, query: Query, *, limit: int) -> list[FoundCell]:
    """The best cells within the query's reports."""
    if not query.docs:
        return []
    terms = query_words(query.subject, index.row_words)
    wanted = as_terms(terms)
    by_words = index.row_words.search(wanted, k=ROWS, docs=query.docs)
    allowed = index.row_words.numbers(query.docs)
    vector = index.embedder.embed_queries([query.subject])[0]
    by_vectors = index.row_vectors.search(vector, ROWS, allowed)
    likeness = dict(by_vectors)
    numbers = dict.fromkeys([number for number, _ in by_words] + [n for n, _ in by_vectors])
    years = {document["id"]: document["year"] for document in index.documents}
    places = {document["id"]: document["municipality"] for document in index.documents}
    found: list[FoundCell] = []
    for number, (table_id, position) in places_of_rows(index.store, list(numbers)).items():
        table = index.table(table_id)
        found += _cells_of_row(
            table,
            table.rows[position],
            query,
            terms,
            likeness=likeness.get(number, 0.0),
            report_year=years[table.doc],
            own=places[table.doc],
        )
    found.sort(key=lambda cell: -cell.score)
    return found[:limit]


def _cells_of_row(
    table: Table,
    row: Row,
    query: Query,
    terms: Sequence[Wanted],
    *,
    likeness: float,
    report_year: int | None,
    own: str,
) -> Iterator[FoundCell]:
    around = [
        (_keys(row.label), LABEL),
        (_keys(row.group), GROUP),
        (_keys(table.title), TITLE),
        (_keys(table.heading), HEADING),
    ]
    extra = _unasked(row.label, terms)
    for position, (cell, column) in enumerate(zip(row.cells, table.columns, strict=False)):
        if cell is None or cell.base_value is None:
            continue
        year, named = _year_of(column, row, table, report_year)
        fit = _fit(query, table, row, column, cell, year=year, named=named, own=own)
        if fit is None:
            continue
        adjustment, reasons = fit
        covered = coverage(terms, [*around, (_keys(column.name), COLUMN)])
        yield FoundCell(
            table=table,
            row=row,
            position=position,
            year=year,
            covered=covered,
            score=covered + 0.25 * likeness - 0.15 * extra + adjustment,
            reasons=(f"words {covered:.2f}", f"likeness {likeness:.2f}", *reasons),
        )


@lru_cache(maxsize=50_000)
def _keys(text: str) -> frozenset[str]:
    return frozenset(tokens(text))


def _unasked(label: str, terms: Sequence[Wanted]) -> float:
    """The share of a label's words that the question does not hold."""
    asked = {k for t in terms for k in (t.key, *t.parts, *(near for near, _ in t.kin))}
    own = _keys(label)
    return sum(key not in asked for key in own) / len(own) if own else 0.0


def _year_of(
    column: Column, row: Row, table: Table, report_year: int | None
) -> tuple[int | None, bool]:
    """The year a cell is for, and whether the table itself names it."""
    if column.year:
        return column.year, True
    for text in (row.label, row.group, table.title):
        years = _YEAR.findall(text)
        if len(set(years)) == 1:
            return int(years[0]), True
    return report_year, False


def _fit(
    query: Query,
    table: Table,
    row: Row,
    column: Column,
    cell: Cell,
    *,
    year: int | None,
    named: bool,
    own: str,
) -> tuple[float, list[str]] | None:
    """How well column and unit are what is asked for; None when the year or place is another."""
    asked = query.asked
    reasons: list[str] = []
    score = 0.0
    if asked.years:
        if year not in asked.years:
            return None
        score += 0.1 if named else 0.0
        reasons.append(f"year {year}")
    if not _place_fits(query, column, row, own):
        return None
    measure = asked.measure
    if measure in (None, "target") and column.measure in _PLAIN_MEASURES:
        score += 0.05
    elif measure is not None and column.measure == measure:
        score += 0.2
        reasons.append(measure)
    elif column.measure not in _PLAIN_MEASURES or measure not in (None, "deviation", "target"):
        score -= 0.3
    score += _unit_fit(asked.unit, cell.unit)
    score += _period_fit(query.question, column)
    if table.trust == "verified":
        score += 0.03
    elif table.trust == "doubtful":
        score -= 0.05
    return score, reasons


def _place_fits(query: Query, column: Column, row: Row, own: str) -> bool:
    place = column.place
    if query.elsewhere:
        named = [name.lower() for name in query.elsewhere]
        return place.lower() in named or row.label.lower() in named
    if not place or place.lower() == own.lower():
        return True
    return bool(set(tokens(place)) & set(tokens(query.subject)))


def _unit_fit(wanted: str, unit: str) -> float:
    if not wanted:
        return 0.0
    kind = "kr" if unit.startswith("kr") else unit
    if wanted in ("prosent", "prosentpoeng"):
        return 0.1 if kind in ("prosent", "prosentpoeng") else -0.4
    if wanted == "antall":
        return 0.05 if kind not in ("kr", "prosent", "prosentpoeng") else -0.3
    return 0.1 if kind == wanted else -0.25


def _period_fit(question: str, column: Column) -> float:
    wanted = {match.group().lower() for match in _MONTHS.finditer(question)}
    printed = {
        match.group().lower() for match in _MONTHS.finditer(f"{column.period} {column.name}")
    }
    if wanted & printed:
        return 0.15
    return -0.15 if printed or (wanted and column.period) else 0.0


def cell_to_json(found: FoundCell, *, municipality: str) -> dict[str, Any]:
    """A found cell as a flat row for tables and programs."""
    cell, column = found.cell, found.column
    assert cell.base_value is not None
    return {
        "municipality": municipality,
        "year": found.year,
        "row": found.row.label,
        "group": found.row.group,
        "column": column.name,
        "measure": column.measure,
        "place": column.place,
        "text": cell.text,
        "base_value": float(cell.base_value),
        "unit": cell.unit,
        "bound": cell.bound,
        "trust": found.table.trust,
        "table": found.table.title,
        "table_id": found.table.id,
        "doc": found.table.doc,
        "page": found.row.page,
        "line": found.row.line,
        "score": round(found.score, 3),
        "reasons": "; ".join(found.reasons),
    }
