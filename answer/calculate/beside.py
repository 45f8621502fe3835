"""Two columns of one table held against each other, row by row: which rows rose, fell, kept a goal.

The question names no row, so its table is known by its own words alone: of all the report's tables
that have both columns, the one whose title, headings and rows hold what is asked about. Where two
hold it as well and do not say the same, neither is taken.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from answer.calculate.holding import (
    MIN_KIND,
    OF_A_TABLE,
    SILENT,
    SUPERLATIVE,
    Holding,
    bare,
    is_own,
    rows_asked,
)
from answer.calculate.tables import (
    TOTALS,
    WHOLE_ROW,
    names_own_measures,
    without_left_out,
    without_said,
)
from answer.texts import plain_label
from answer.verdict.claims import poles, side, surely_better
from figures.cells import Column, Row, Table
from figures.places import find_municipalities
from indexer.index import Index
from indexer.store import tables_of
from indexer.table_rows import CAPTION_NUMBER
from indexer.tokens import keys_of
from retriever.cells import FoundCell
from retriever.fit import is_just, place_of_column, unit_fit
from retriever.terms import Field, Sought
from retriever.understand import Query, subject_of
from retriever.vocabulary import Wanted, query_words

MIN_ROWS = 2
MIN_NAMED = 0.6  # of the question that a table holds
OFTEN = 4  # a word in every fourth label is what the rows are
AS_GOOD = 0.1  # a table that holds nearly as much may be the one meant
TITLE, HEADING, COLUMN, NAMED, LABEL, CONTEXT = 1.0, 0.9, 0.9, 0.8, 0.5, 0.5
_TERM = re.compile(r"\D*20\d\d\s*[-–/]\s*(?:20)?\d\d\D*")
_SEX = re.compile(r"\b(?:kvinn\w*|menn\w*|jente\w*|gutt?\w*|women|men|girls|boys)\b", re.IGNORECASE)
_GOALS = re.compile(r"\bmål|indikator|måltal|nøkkeltal|goals|targets|indicators", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\(.*?\)")
_DATED = re.compile(r"\b(?:\d{1,2}\.){1,2}(?=20\d\d)|\b(?:per|pr\.?) ")
_PART_OF = re.compile(r"^\W*(?:herav|hvorav|derav|av dette|av disse|of which)\b", re.IGNORECASE)
_PARTLY_MET = re.compile(r"på vei|på veg|delvis|nesten|i rute|on track|partly", re.IGNORECASE)
_ANSWERS = {"ja": 1, "yes": 1, "nei": -1, "no": -1}
_AMOUNTS = frozenset({"value", "accounts", "result", "share"})
_BOUND = {"<": -1, ">": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One row: its two figures, how far it is on the side asked about, and whether it counts."""

    name: str
    one: FoundCell
    other: FoundCell
    by: Decimal
    counts: bool


def names_rows_of(index: Index, query: Query, table: Table) -> bool:
    """Whether a table says that its rows are what the question calls them."""
    rows = rows_asked(without_said(query.question))
    terms = (
        query_words(subject_of(bare(rows["kind"]), query.places), index.row_words) if rows else []
    )
    fields = _fields(table)[:2]
    return _share(terms, fields, frozenset().union(*(keys for keys, _ in fields))) >= MIN_KIND


def in_column(index: Index, query: Query) -> list[tuple[str, FoundCell]]:
    """The rows of the one column that `subject` is about, in the table that is surely meant."""
    rows = rows_asked(without_said(query.question))
    if rows is None:
        return []
    kind = keys_of(rows["kind"])
    about = " ".join(word for word in query.subject.split() if not keys_of(word) & kind)
    return _ranked(index, query, rows, about)


def ranked(index: Index, query: Query) -> list[tuple[str, FoundCell]]:
    """The rows of the one column that is asked for, in the table that is surely meant."""
    question = without_said(query.question)
    rows = rows_asked(question)
    if rows is None:
        return []
    after = SUPERLATIVE.sub(" ", question[: rows.start()] + " " + question[rows.end() :])
    return _ranked(index, query, rows, after)


def _ranked(
    index: Index, query: Query, rows: re.Match[str], after: str
) -> list[tuple[str, FoundCell]]:
    measured = rows.groupdict().get("measured")
    if measured or len(query.places) > 1 or _SEX.search(query.question):
        return []
    holding = Holding(
        kind="years",
        way=1,
        rows=subject_of(bare(rows["kind"]), query.places),
        own_kind=is_own(rows),
        measured=False,
        about=subject_of(SILENT.sub(" ", bare(OF_A_TABLE.sub(r" \1 ", after))), query.places),
    )
    if not holding.about:
        return []
    for doc in _by_year(index, query, holding):
        fitting = [
            (score, line)
            for table, score in _named(index, holding, list(tables_of(index.store, [doc])))
            if len(line := _one_column(index, query, holding, table)) >= MIN_ROWS
        ]
        if fitting:
            best = max(score for score, _ in fitting)
            near = [line for score, line in fitting if score > best - AS_GOOD]
            return near[0] if len(near) == 1 else []
    return []


def _one_column(
    index: Index, query: Query, holding: Holding, table: Table
) -> list[tuple[str, FoundCell]]:
    """The rows of the column of the year asked about; of several kinds, the one that is named."""
    own = index.document(table.doc)["municipality"]
    rows = things(table, own)
    if names_own_measures(rows):
        return []
    year = max(query.asked.years, default=0) or max((c.year or 0 for c in table.columns), default=0)
    columns = [
        i
        for i, column in enumerate(table.columns)
        if column.measure in _AMOUNTS
        and (column.year or 0) == year
        and not column.sex
        and not _PART_OF.match(column.name)
        and not place_of_column(table, column, own)
        and any(_at(table, row, i) for row in rows)
    ]
    if len(columns) > 1:
        about = query_words(holding.about, index.row_words)
        names = {i: keys_of(table.columns[i].name) for i in columns}
        around = frozenset().union(*names.values())
        shares = {i: _share(about, [(keys, 1.0)], around) for i, keys in names.items()}
        best = max(shares.values())
        columns = [i for i, share in shares.items() if share == best and best > 0]
    if len(columns) != 1:
        return []
    cells = [
        (plain_label(row.label), cell) for row in rows if (cell := _at(table, row, columns[0]))
    ]
    units = {cell.cell.unit for _, cell in cells}
    wrong = any(unit_fit(query.asked.unit, unit) == "wrong" for unit in units)
    return without_left_out(cells, query.question) if len(units) == 1 and not wrong else []


def held(index: Index, query: Query, holding: Holding) -> list[Held]:
    """The rows of the table that is surely meant, held together; none where no table is."""
    for doc in _by_year(index, query, holding):
        fitting = []
        for table, score in _named(index, holding, list(tables_of(index.store, [doc]))):
            every = [(row.name, row) for row in _rows(index, query, holding, table)]
            rows = [row for _, row in without_left_out(every, query.question)]
            if len(rows) >= MIN_ROWS and holding.number in (0, len(rows)):
                fitting.append((score, rows))
        if fitting:
            best = max(score for score, _ in fitting)
            near = [rows for score, rows in fitting if score > best - AS_GOOD]
            same = {frozenset((r.name, r.by, r.counts) for r in rows) for rows in near}
            return near[0] if len(same) == 1 else []
    return []


def _by_year(index: Index, query: Query, holding: Holding) -> Sequence[str]:
    """The reports, that of the year asked about first; without a year only the newest."""
    year = max((holding.later, holding.earlier, *query.asked.years))
    docs = [doc for doc in query.docs if not year or index.document(doc)["year"] == year]
    return docs or query.docs[:1]


def _named(
    index: Index, holding: Holding, tables: Sequence[Table]
) -> Iterator[tuple[Table, float]]:
    """The tables that hold what the question is about, and how much of it."""
    rows = query_words(holding.rows, index.row_words)
    about = query_words(holding.about, index.row_words)
    fields = {table.id: _fields(table) for table in tables}
    around = frozenset().union(*(keys for own in fields.values() for keys, _ in own))
    for table in tables:
        of_rows = _share(rows, [*fields[table.id], _of_labels(table)], around)
        of_about = _share(about, fields[table.id], around)
        if holding.own_kind and of_rows < holding.least:
            continue
        if (
            about
            and not holding.terms
            and of_about < MIN_NAMED * (1 if not holding.own_kind else 0.5)
        ):
            continue
        if (about and not holding.terms) or of_rows >= holding.least:
            yield table, of_about + of_rows


def _share(terms: Sequence[Wanted], fields: Sequence[Field], around: frozenset[str]) -> float:
    return Sought(terms, around).coverage(*fields) if terms else 0.0


def _fields(table: Table) -> list[Field]:
    """What a table says of itself; a caption over it that is another table's is none of it."""
    heads = table.heading.split(" › ")
    if CAPTION_NUMBER.match(table.title):
        heads = [head for head in heads if not CAPTION_NUMBER.match(head)]
    own = [head for head in heads if CAPTION_NUMBER.match(head)]
    return [
        (keys_of(" ".join([table.title, *own])), TITLE),
        (keys_of(" ".join(heads)), HEADING),
        (keys_of(" ".join(column.name for column in table.columns)), COLUMN),
        (keys_of(" ".join(row.label for row in table.rows)), LABEL),
        (keys_of(table.context), CONTEXT),
    ]


def _of_labels(table: Table) -> Field:
    """What many rows are called: "Nes skole", "Vik skole" are schools, whatever the title says."""
    said = Counter(key for row in table.rows for key in keys_of(row.label))
    often = frozenset(key for key, n in said.items() if n > 1 and n * OFTEN >= len(table.rows))
    return often, NAMED


def _rows(index: Index, query: Query, holding: Holding, table: Table) -> list[Held]:
    """The rows of a table held together; none where its columns or its rows do not suit."""
    own = index.document(table.doc)["municipality"]
    rows = things(table, own)
    if names_own_measures(rows) and not holding.measured:
        return []
    if holding.measured and not holding.own_kind and not _are_measures(table, rows):
        return []
    if holding.kind == "goal":
        return _goal_rows(query, holding, table, rows)
    pairs = (
        _place_columns(holding, table, own)
        if holding.kind == "place"
        else _term_columns(table)
        if holding.terms
        else year_columns(table, own, holding.later, holding.earlier, query.question)
    )
    if len(pairs) != 1:
        return []
    one, other = pairs[0]
    found = []
    for row in rows:
        a, b = _at(table, row, one), _at(table, row, other)
        if a is None or b is None:
            continue
        if a.cell.unit != b.cell.unit:
            return []
        way = holding.way
        if holding.by_worth:
            way *= surely_better(f"{row.label} {row.group} {table.title} {table.heading}")
            if not way:
                return []
        by = (a.base_value - b.base_value) * way
        found.append(Held(name=plain_label(row.label), one=a, other=b, by=by, counts=by > 0))
    units = {row.one.cell.unit for row in found}
    if holding.number_of and any(unit.startswith(("kr", "prosent")) for unit in units):
        return []
    if query.asked.operation == "extreme" and query.asked.unit not in ("prosent", "antall"):
        found = [row for row in found if unit_fit(query.asked.unit, row.one.cell.unit) != "wrong"]
    return found if len(units) == 1 or holding.measured else []


def things(table: Table, own: str) -> list[Row]:
    """The rows that are no sums, no parts of other rows and not the municipality as a whole.

    Rows that add up by chance are no sums: outside tables whose sums were checked, words decide.
    """
    places = sum(bool(find_municipalities(row.label)) for row in table.rows)
    return [
        row
        for row in table.rows
        if not TOTALS.search(row.label)
        and not WHOLE_ROW.search(row.label)
        and not _PART_OF.match(row.label)
        and not (row.total and table.trust == "verified")
        and not (places < MIN_ROWS and is_just(row.label, own))
    ]


def _are_measures(table: Table, rows: Sequence[Row]) -> bool:
    """Whether the rows are indicators or goals, not things that have one each."""
    units = {cell.unit for row in rows for cell in row.cells if cell and cell.value is not None}
    return names_own_measures(rows) or len(units) > 1 or bool(_GOALS.search(table.title))


def _at(table: Table, row: Row, position: int) -> FoundCell | None:
    cell = row.cells[position] if position < len(row.cells) else None
    if cell is None or cell.base_value is None or cell.bound:
        return None
    return FoundCell(
        table=table, row=row, position=position, year=table.columns[position].year,
        score=1.0, covered=1.0, features={},
    )  # fmt: skip


def year_columns(
    table: Table, own: str, later: int, earlier: int, question: str
) -> list[tuple[int, int]]:
    """The columns of two years that are of one kind; of several kinds the one asked about."""
    series: dict[tuple[str, str, str], dict[int, list[int]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for position, column in enumerate(table.columns):
        if column.measure in _AMOUNTS and not place_of_column(table, column, own) and column.year:
            series[column.measure, column.sex, _series(column, own)][column.year].append(position)
    found = {
        key: (years[later][0], years[earlier][0])
        for key, years in series.items()
        if len(years[later]) == len(years[earlier]) == 1
    }
    if len(found) > 1:
        asked = keys_of(question)
        found = {key: pair for key, pair in found.items() if keys_of(key[2]) & asked}
    return list(found.values())


def _term_columns(table: Table) -> list[tuple[int, int]]:
    """The columns of two terms of office, the later one first."""
    found = [i for i, column in enumerate(table.columns) if _TERM.fullmatch(column.name)]
    found.sort(key=lambda i: -(table.columns[i].year or 0))
    return [(found[0], found[1])] if len(found) == 2 else []


def _series(column: Column, own: str) -> str:
    """What a column is beside its year: "Elever 2024" is one of "elever"."""
    if column.measure == "accounts":
        return ""
    name = _DATED.sub(" ", _PARENTHESIS.sub(" ", column.name.replace(own, " ")))
    return " ".join(re.findall(r"[^\W\d_]+", name)).lower()


def _place_columns(holding: Holding, table: Table, own: str) -> list[tuple[int, int]]:
    """The municipality's own column and that of the place it is held against, of one year."""
    year = holding.later
    there = [
        (position, column)
        for position, column in enumerate(table.columns)
        if place_of_column(table, column, own).lower() == holding.place.lower()
        and (not year or column.year == year)
    ]
    newest = max((column.year or 0 for _, column in there), default=0)
    there = [(position, column) for position, column in there if (column.year or 0) == newest]
    here = [
        position
        for position, column in enumerate(table.columns)
        if not place_of_column(table, column, own)
        and column.measure in _AMOUNTS
        and (column.year or 0) == newest
        and not column.sex
    ]
    return [(here[0], there[0][0])] if len(here) == len(there) == 1 else []


def _goal_rows(query: Query, holding: Holding, table: Table, rows: Sequence[Row]) -> list[Held]:
    """Rows held against their goals, by what they say of themselves or by their figures.

    None where of any row nobody can tell whether high or low is good.
    """
    year = max(query.asked.years, default=0) or max((c.year or 0 for c in table.columns), default=0)
    goals = [i for i, c in enumerate(table.columns) if c.measure == "target"]
    results = [
        i
        for i, c in enumerate(table.columns)
        if c.measure in _AMOUNTS and c.year == year and not c.place and not c.sex
        if not _PART_OF.match(c.name)
        if any(_at(table, row, i) for row in rows)
    ]
    if len(goals) != 1 or len(results) != 1:
        return []
    says_itself = sum(_status(row) is not None for row in rows) * 2 > len(rows)
    if not says_itself and table.columns[goals[0]].year not in (None, year):
        return []
    found = []
    for row in rows:
        actual, aim = _at(table, row, results[0]), row.cells[goals[0]]
        if actual is None or aim is None or aim.base_value is None:
            continue
        by = actual.base_value - aim.base_value
        goal = replace(actual, position=goals[0])
        name = plain_label(row.label)
        if holding.passed:
            counts = by * holding.way > 0
        elif says_itself:
            status = _status(row)
            if status is None or (holding.way < 0 and status == 0):
                return []
            counts = status == holding.way
        else:
            about = f"{row.label} {row.group} {table.title} {table.heading}"
            way = _BOUND.get(aim.bound[:1]) or surely_better(about)
            if not way or actual.cell.unit != aim.unit:
                return []
            counts = (by * way >= 0) == (holding.way > 0)
        found.append(Held(name=name, one=actual, other=goal, by=by, counts=counts))
    return found


def _status(row: Row) -> int | None:
    """What a row says of its goal: 1 reached, -1 not, 0 on its way; None where it says nothing."""
    words = [cell.text for cell in row.cells if cell is not None and cell.value is None]
    if answers := {word.strip().lower() for word in words} & _ANSWERS.keys():
        return _ANSWERS[answers.pop()] if len(answers) == 1 else None
    said = {
        0 if _PARTLY_MET.search(text) else side(text, poles()[0])
        for text in words
        if _PARTLY_MET.search(text) or side(text, poles()[0])
    }
    return said.pop() if len(said) == 1 else None
