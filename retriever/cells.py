"""Query → the table cells that may answer it, best first, with the reasons.

Rows are found by words and by likeness within the query's reports. A cell then scores by how much
of the question its row, column, table and chapter hold, and by whether its column is the year,
measure, place, sex and unit asked for. A cell of another year or place is never returned.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from figures.cells import Cell, Column, Row, Table
from figures.lines import lines_said
from indexer.index import Index
from indexer.store import places_of_rows
from indexer.tokens import keys, keys_of, words
from retriever.fit import Places, Wish, fit, is_just, read_places, read_wish, year_of
from retriever.likeness import likeness, near_keys
from retriever.questions import Flow, wants_words_too
from retriever.terms import Field, Sought
from retriever.understand import Query
from retriever.vocabulary import Wanted, as_terms, query_words
from retriever.weigh import reasons, weigh

ROWS = 60  # rows looked at from each side

# How much each place counts where a word of the question may stand.
LABEL, COLUMN, GROUP, TITLE, CONTEXT, HEADING = 1.0, 0.95, 0.9, 0.85, 0.7, 0.6

# "Andre skatteinntekter": what is left when what has a name is told.
_REST = re.compile(r"\W*\d*\W*(?:andre|annen|anna|annet|øvrige?|other)\b", re.IGNORECASE)
_REST_ASKED = re.compile(r"\b(?:andre|annen|anna|annet|øvrige?|resten|other)\b", re.IGNORECASE)
# Words by which a row says whether its money came in or went out.
_FLOW_WORDS: dict[Flow, frozenset[str]] = {
    "in": keys_of("inntekt"),
    "out": keys_of("utgift kostnad"),
    "": frozenset(),
}

MOST = 0.7  # of the question that a table holds, for its bare "Sum" to be meant

# What a column's name says beside what it is about.
_NO_SUBJECT = re.compile(
    r"\d+|\b(?:verdi|antall|tal|tall|beløp|resultat|status|enhet|per|pr|kvinner|menn|begge|januar"
    r"|desember|i alt|samlet|samla|sum|totalt?)\b",
    re.IGNORECASE,
)
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
    features: Mapping[str, float]  # what the score is made of, see retriever.weigh

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for and against it, for people."""
        return reasons("cell", self.features)

    @property
    def cell(self) -> Cell:
        """The cell itself."""
        cell = self.row.cells[self.position]
        assert cell is not None
        return cell

    @property
    def base_value(self) -> Decimal:
        """What it amounts to."""
        assert self.cell.base_value is not None
        return self.cell.base_value

    @property
    def unit(self) -> str:
        """Its unit."""
        return self.cell.unit

    @property
    def column(self) -> Column:
        """The column it stands in."""
        return self.table.columns[self.position]


_FLOW_SAID = {"out": "utgifter", "in": "inntekter"}
FLOW_ROWS = 12


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
    by_flow: list[tuple[int, float]] = []
    if said := _FLOW_SAID.get(query.asked.flow):  # "brukte på lønn" is "Lønnsutgifter"
        wanted = query_words(f"{query.subject} {said}", index.row_words)
        by_flow = index.row_words.search(as_terms(wanted), k=FLOW_ROWS, docs=query.docs)
    numbers = sorted({number for number, _ in (*by_words, *by_likeness, *by_flow)})
    of_rows = dict(index.row_vectors.search(vector, len(numbers), np.array(numbers)))
    reports = {document["id"]: document for document in index.documents}
    wish = wish or read_wish(query)
    rows = [
        (number, index.table(table_id), position)
        for number, (table_id, position) in places_of_rows(index.store, numbers).items()
    ]
    around = frozenset().union(*(_keys_around(table, table.rows[i]) for _, table, i in rows))
    sought = Sought(terms, around, near_keys(terms, around, index.word_meanings))
    labels = [f"{row.label} {row.group}" for _, table, i in rows for row in (table.rows[i],)]
    of_labels = likeness(query.subject, labels, index.word_meanings)
    frames: dict[str, _Frame] = {}
    found: list[FoundCell] = []
    for (number, table, position), of_label in zip(rows, of_labels, strict=True):
        if table.id not in frames:
            frames[table.id] = _frame(table, sought, wish, reports[table.doc])
        found += _cells_of_row(
            frames[table.id],
            table.rows[position],
            query,
            sought,
            wish,
            alike={"likeness": max(0.0, of_rows.get(number, 0.0)), "label_likeness": of_label},
        )
    return sorted(found, key=lambda cell: -cell.score)[:limit]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """A table and what holds for all its rows."""

    table: Table
    report_year: int | None
    places: Places
    over: tuple[Field, ...]  # title, context and heading
    columns: tuple[Field, ...]
    of_columns: tuple[dict[str, float], ...]  # what each column says by itself


def _frame(table: Table, sought: Sought, wish: Wish, report: dict[str, Any]) -> _Frame:
    own = report["municipality"]
    columns = tuple(sought.field(keys_of(column.name), COLUMN) for column in table.columns)
    common = _common_keys(table)
    return _Frame(
        table=table,
        report_year=report["year"],
        places=read_places(table, own, wish),
        over=(
            sought.field(keys_of(table.title), TITLE),
            sought.field(keys_of(table.context), CONTEXT),
            sought.field(keys_of(table.heading), HEADING),
        ),
        columns=columns,
        of_columns=tuple(_column_features(column, own, common, sought) for column in table.columns),
    )


def _keys_around(table: Table, row: Row) -> frozenset[str]:
    """All keys of a row and of what stands over it."""
    columns = (keys_of(column.name) for column in table.columns)
    said = (row.label, row.group, table.title, table.context, table.heading)
    return frozenset().union(*columns, *map(keys_of, said))


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
    frame: _Frame,
    row: Row,
    query: Query,
    sought: Sought,
    wish: Wish,
    *,
    alike: Mapping[str, float],
) -> Iterator[FoundCell]:
    table, newest = frame.table, frame.report_year
    fitting = []
    for position, (cell, column) in enumerate(zip(row.cells, table.columns, strict=False)):
        if cell is None or cell.base_value is None:
            continue
        year, named = year_of(column, row, table, newest)
        fits = fit(wish, table, row, position, cell, frame.places, year=year, named=named)
        if fits is not None:
            fitting.append((position, year, fits))
    if not fitting:
        return
    label, group = sought.field(keys_of(row.label), LABEL), sought.field(keys_of(row.group), GROUP)
    around = (label, group, *frame.over)
    of_row = {
        "what": float(wants_words_too(query.asked)),
        **alike,
        **_row_features(frame, row, query, sought, around),
    }
    counted = keys_of(query.asked.counted)
    for position, year, fits in fitting:
        fields = (*around, frame.columns[position])
        found = sought.look(*fields)
        features = {
            "bias": 1.0,
            "covered": found.covered,
            "lacks_most": found.lacks_most,
            "meant": found.meant,
            "counted": sought.held(frozenset().union(*(f[0] for f in fields)), counted)
            if counted
            else 0.0,
            **frame.of_columns[position],
            **of_row,
            **fits,
        }
        yield FoundCell(
            table=table,
            row=row,
            position=position,
            year=year,
            covered=found.covered,
            score=weigh("cell", features),
            features=features,
        )


def _column_features(
    column: Column, own: str, common: frozenset[str], sought: Sought
) -> dict[str, float]:
    """What a column says by itself, whichever row is asked for."""
    plain = column.measure == "value" and not column.place
    return {
        "column_words": sought.coverage((keys_of(column.name) - common, 1.0)),
        "column_unasked": _unasked(_NO_SUBJECT.sub(" ", column.name), sought)
        if plain and own.lower() not in column.name.lower()
        else 0.0,
    }


def _common_keys(table: Table) -> frozenset[str]:
    """What more than half of a table's columns say, which tells none of them from the others."""
    said = Counter(key for column in table.columns for key in keys_of(column.name))
    return frozenset(key for key, count in said.items() if 2 * count > len(table.columns))


def _row_features(
    frame: _Frame, row: Row, query: Query, sought: Sought, around: Sequence[Field]
) -> dict[str, float]:
    """What speaks for and against a row, whichever column is asked for."""
    label = row.label
    said = query.question.replace(query.without, " ") if query.without else query.question
    everywhere = (*around, *frame.columns)
    out = bool(query.without)
    return {
        "label_words": sought.look(*around[:1]).coverage,
        "label_phrase": _phrase(label, said),
        "label_unasked": 0.0
        if is_just(label, frame.places.own)
        else _unasked(label, sought, _FLOW_WORDS[query.asked.flow]),
        **_flow(query.asked.flow, f"{row.group} {label}"),
        "rest": float(bool(_REST.match(label)) and not _REST_ASKED.search(said)),
        "just_sum": float(_is_bare(label) and sought.look(*around[1:]).coverage >= MOST),
        "line": float(bool(row.line) and row.line in lines_said(query.subject)),
        "left_out": _phrase(label, query.without) + _left_out(label, query) if out else 0.0,
        "name_missing": float(sought.name_missing(*everywhere)),
    }


@lru_cache(maxsize=50_000)
def _flow(asked: Flow, said: str) -> dict[str, float]:
    """Whether a row says that it is of the money, in or out, that is asked for, or of the other."""
    found = {flow for flow, own in _FLOW_WORDS.items() if own & keys_of(said)}
    if not asked or not found:
        return {}
    return {"flow": 1.0} if asked in found else {"flow_wrong": 1.0}


@lru_cache(maxsize=50_000)
def _is_bare(label: str) -> bool:
    """Whether a label is a "Sum" and no more."""
    return not _TOTAL.sub("", label).strip(" .:0123456789")


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


def _unasked(label: str, sought: Sought, but: frozenset[str] = frozenset()) -> float:
    """The share of a label's words that the question does not hold, nor means."""
    own = _words_but_total(label)
    return sum(_word_unasked(word, sought, but) for word in own) / max(1, len(own))


def _word_unasked(word: tuple[str, ...], sought: Sought, but: frozenset[str]) -> float:
    """How much of a word: of a compound, what is missing of the whole or of its parts."""
    whole, *parts = (
        0.0 if key in sought.asked or key in but else 1 - sought.nearest(key) for key in word
    )
    return min(whole, sum(parts) / len(parts)) if parts else whole


@lru_cache(maxsize=50_000)
def _words_but_total(label: str) -> tuple[tuple[str, ...], ...]:
    """The keys of each word of a label."""
    said = dict.fromkeys(words(_TOTAL.sub(" ", label)))
    return tuple(dict.fromkeys(own for word in said if (own := keys(word))))


def _left_out(label: str, query: Query) -> bool:
    """Whether a row is about what the question leaves out, by how its words begin."""
    only = {key[:6] for key in keys_of(query.without)} - {key[:6] for key in keys_of(query.subject)}
    own = {key[:6] for key in keys_of(label)}
    return bool(only) and only <= own


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
