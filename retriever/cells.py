"""Query → the table cells that may answer it, best first, with the reasons.

Rows are found by words and by likeness within the query's reports. A cell then scores by how much
of the question its row, column, table and chapter hold, and by whether its column is the year,
measure, place, sex and unit asked for. A cell of another year or place is never returned.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from figures.cells import Cell, Column, Row, Table
from figures.lines import lines_said
from indexer.index import Index
from indexer.store import places_of_rows
from indexer.tokens import keys_of, words
from retriever.fit import Wish, fit, read_wish, year_of
from retriever.terms import Field, coverage, held, names_missing
from retriever.understand import Query
from retriever.vocabulary import Wanted, as_terms, query_words

ROWS = 60  # rows looked at from each side

# How much each place counts where a word of the question may stand.
LABEL, COLUMN, GROUP, TITLE, CONTEXT, HEADING = 1.0, 0.95, 0.9, 0.85, 0.7, 0.6

# What a cell's likeness, a label that stands whole in the question, a label's words that nobody
# asked for, and a named accounting line count beside the words.
LIKENESS, PHRASE, EXTRA, LINE = 0.35, 0.2, 0.2, 0.15
# A name in the question that nothing around the cell holds; a row of what was to be left out.
NAME_MISSING, LEFT_OUT = 1.0, 0.3
TOTAL = 0.15  # a row that is just "Sum": what is meant where the table itself is named
MOST = 0.7
COLUMN_EXTRA = 0.12  # a column that is about something else than what is asked
FIRST_MISSING = 0.15  # what is asked for is mostly the question's first noun

_YEAR = re.compile(r"(?:19|20)\d\d")
_TOTAL = re.compile(r"\b(?:sum|total(?:t|e|sum)?|i alt|til sammen|til saman|samlet|samla)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCell:
    """A cell that may answer, where it stands, how well it fits and why."""

    table: Table
    row: Row
    position: int
    year: int | None  # the year it is for, by its column, row or report
    score: float
    covered: float  # the share of the question that its words hold
    likeness: float  # of the row to the question, by meaning
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


def find_cells(
    index: Index, query: Query, *, limit: int, wish: Wish | None = None
) -> list[FoundCell]:
    """The best cells within the query's reports; `wish` is read from the question if not given."""
    if not query.docs:
        return []
    terms = as_rare_as_in_text(query_words(query.subject, index.row_words), index)
    vector = index.embedder.embed_queries([query.subject])[0]
    allowed = index.row_words.scope(query.docs)
    by_words = index.row_words.search(as_terms(terms), k=ROWS, docs=query.docs)
    by_likeness = index.row_vectors.search(vector, ROWS, allowed)
    numbers = sorted({number for number, _ in (*by_words, *by_likeness)})
    likeness = dict(index.row_vectors.search(vector, len(numbers), np.array(numbers)))
    reports = {document["id"]: document for document in index.documents}
    wish = wish or read_wish(query)
    found: list[FoundCell] = []
    telling: dict[frozenset[str], frozenset[str]] = {}  # what of a column name is asked for
    for number, (table_id, position) in places_of_rows(index.store, numbers).items():
        table = index.table(table_id)
        found += _cells_of_row(
            table,
            table.rows[position],
            query,
            terms,
            wish,
            likeness=max(0.0, likeness.get(number, 0.0)),
            report=reports[table.doc],
            telling=telling,
        )
    return sorted(found, key=lambda cell: -cell.score)[:limit]


def as_rare_as_in_text(terms: Sequence[Wanted], index: Index) -> list[Wanted]:
    """Verbs and the like are rare in tables but common in running text: they tell little."""
    total = len(index.words)
    return [
        replace(
            term,
            rarity=min(
                term.rarity,
                math.log(1 + (total + 1) / (max(0, index.words.frequency(term.key)) + 1)),
            ),
        )
        for term in terms
    ]


def _cells_of_row(
    table: Table,
    row: Row,
    query: Query,
    terms: Sequence[Wanted],
    wish: Wish,
    *,
    likeness: float,
    report: dict[str, Any],
    telling: dict[frozenset[str], frozenset[str]],
) -> Iterator[FoundCell]:
    own = report["municipality"]
    fitting = []
    for position, (cell, column) in enumerate(zip(row.cells, table.columns, strict=False)):
        if cell is None or cell.base_value is None:
            continue
        year, named = year_of(column, row, table, report["year"])
        fits = fit(wish, table, row, column, cell, year=year, named=named, own=own)
        if fits is not None:
            fitting.append((position, column, year, fits))
    if not fitting:
        return
    around = [
        (keys_of(row.label), LABEL),
        (keys_of(row.group), GROUP),
        (keys_of(table.title), TITLE),
        (keys_of(table.context), CONTEXT),
        (keys_of(table.heading), HEADING),
    ]
    of_row = LIKENESS * likeness + _row_score(table, row, query, terms, around)
    # Most column names hold nothing of the question, and then add nothing.
    covered_by = {frozenset[str](): coverage(terms, around)}
    for position, column, year, fits in fitting:
        keys = keys_of(column.name)
        if keys not in telling:
            telling[keys] = keys if any(held(t, [(keys, 1.0)]) for t in terms) else frozenset()
        keys = telling[keys]
        if keys not in covered_by:
            covered_by[keys] = coverage(terms, [*around, (keys, COLUMN)])
        covered = covered_by[keys]
        if (
            column.measure == "value"
            and not column.place
            and own.lower() not in column.name.lower()
        ):
            fits["column"] = -COLUMN_EXTRA * _unasked(_YEAR.sub(" ", column.name), terms)
        yield FoundCell(
            table=table,
            row=row,
            position=position,
            year=year,
            covered=covered,
            likeness=likeness,
            score=covered + of_row + sum(fits.values()),
            reasons=(
                f"words {covered:.2f}",
                f"row {of_row:.2f}",
                *(f"{name} {value:+.2f}" for name, value in fits.items() if value),
            ),
        )


def _row_score(
    table: Table, row: Row, query: Query, terms: Sequence[Wanted], around: Sequence[Field]
) -> float:
    """What speaks for and against a row, whichever column is asked for."""
    label = row.label
    said = query.question.replace(query.without, " ") if query.without else query.question
    score = PHRASE * _phrase(label, said) - EXTRA * _unasked(label, terms)
    if not _TOTAL.sub("", label).strip(" .:0123456789"):
        score += TOTAL * (coverage(terms, around[1:]) >= MOST)
    if row.line and row.line in lines_said(query.subject):
        score += LINE
    if query.without:
        score -= LEFT_OUT * (_phrase(label, query.without) + _left_out(label, query))
    everywhere = [*around, *((keys_of(column.name), COLUMN) for column in table.columns)]
    score -= NAME_MISSING * names_missing(terms, everywhere)
    return score - FIRST_MISSING * (not terms or not held(terms[0], everywhere))


@lru_cache(maxsize=50_000)
def _label_words(label: str) -> tuple[str, ...]:
    return tuple(word for word in words(label) if not re.fullmatch(r"[\d.]+", word))


@lru_cache(maxsize=20_000)
def _phrase(label: str, question: str) -> float:
    """The share of a label that stands in the question as it is, word after word.

    >>> _phrase("8. Tilskudd fra andre", "Hva var tilskudd fra andre?")
    1.0
    """
    own, asked = _label_words(label), list(_label_words(question))
    if not own:
        return 0.0
    longest = 0
    heads = {word[:4] for word in own}  # words that are alike begin alike
    for start in range(len(asked)):
        for first in range(len(own)) if asked[start][:4] in heads else ():
            length = 0
            while (
                start + length < len(asked)
                and first + length < len(own)
                and _alike(asked[start + length], own[first + length])
            ):
                length += 1
            longest = max(longest, length)
    return longest / len(own)


def _alike(one: str, other: str) -> bool:
    """The same word, or the same up to its ending."""
    if one == other:
        return True
    stem = min(len(one), len(other)) - 1
    return stem >= 4 and one[:stem] == other[:stem] and abs(len(one) - len(other)) <= 3


def _unasked(label: str, terms: Sequence[Wanted]) -> float:
    """The share of a label's words that the question does not hold."""
    asked = {key for t in terms for key in (t.key, *t.parts, *(near for near, _ in t.kin))}
    own = keys_of(_TOTAL.sub(" ", label))
    return sum(key not in asked for key in own) / len(own) if own else 0.0


def _left_out(label: str, query: Query) -> bool:
    """Whether a row is about what the question leaves out, by how its words begin."""
    only = {key[:6] for key in keys_of(query.without)} - {key[:6] for key in keys_of(query.subject)}
    return any(key[:6] in only for key in keys_of(label))


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
