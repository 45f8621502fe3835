"""Documents, pages, passages, tables and cells in one SQLite file that any tool can open.

The numbers of passages and rows are their primary keys; the word and vector indexes beside this
file speak in those numbers. Readers open the file read-only; only a build writes it.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from figures.cells import Box, Cell, Column, Row, Table, Unit
from indexer.records import Document, Page, Passage

SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT, municipality TEXT, year INTEGER, language TEXT, kind TEXT,
    paged INTEGER, sha256 TEXT, pages INTEGER, warnings TEXT, file TEXT);
CREATE TABLE pages (doc TEXT, number INTEGER, text TEXT, width REAL, height REAL,
    PRIMARY KEY (doc, number)) WITHOUT ROWID;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, id TEXT, doc TEXT, page INTEGER, heading TEXT, title TEXT,
    "table" TEXT, context TEXT, text TEXT, box TEXT);
CREATE INDEX passages_of_doc ON passages (doc);
CREATE TABLE tables (
    id TEXT PRIMARY KEY, doc TEXT, page INTEGER, title TEXT, heading TEXT, context TEXT, unit TEXT,
    trust TEXT,
    reasons TEXT, income_negative INTEGER, deviation_good INTEGER, box TEXT);
CREATE INDEX tables_of_doc ON tables (doc);
CREATE TABLE columns (
    "table" TEXT, position INTEGER, name TEXT, measure TEXT, year INTEGER, period TEXT, place TEXT,
    sex TEXT, unit TEXT, scale TEXT, PRIMARY KEY ("table", position)) WITHOUT ROWID;
CREATE TABLE rows (
    number INTEGER PRIMARY KEY, "table" TEXT, doc TEXT, label TEXT, "group" TEXT, line TEXT,
    page INTEGER, total INTEGER, box TEXT);
CREATE INDEX rows_of_table ON rows ("table");
CREATE INDEX rows_of_line ON rows (line, doc) WHERE line != '';
CREATE TABLE cells (
    row INTEGER, position INTEGER, text TEXT, value TEXT, base_value TEXT, unit TEXT, bound TEXT,
    box TEXT, PRIMARY KEY (row, position)) WITHOUT ROWID;
"""


def create_store(path: Path, *more: str) -> sqlite3.Connection:
    """A new, empty store, open for writing; `more` tables are kept by others."""
    connection = sqlite3.connect(path)
    for schema in (SCHEMA, *more):
        connection.executescript(schema)
    return connection


def open_for_writing(path: Path) -> sqlite3.Connection:
    """An existing store, open for writing."""
    return sqlite3.connect(path)


def open_for_reading(path: Path) -> sqlite3.Connection:
    """An existing store that will not change any more; many threads may share it."""
    connection = sqlite3.connect(
        f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    connection.execute("PRAGMA query_only = on")
    return connection


def add_document(
    store: sqlite3.Connection,
    document: Document,
    tables: Sequence[Table],
    passages: Sequence[Passage],
    *,
    file: str,
) -> tuple[list[int], list[int]]:
    """Write one report; return the numbers given to its passages and to its table rows."""
    store.execute(
        "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            *(document.id, document.title, document.municipality, document.year),
            *(document.language, document.kind, document.paged, document.sha256),
            *(len(document.pages), json.dumps(document.warnings, ensure_ascii=False), file),
        ),
    )
    store.executemany(
        "INSERT INTO pages VALUES (?,?,?,?,?)",
        ((document.id, p.number, p.text, p.width, p.height) for p in document.pages),
    )
    passage_numbers = [_add_passage(store, passage) for passage in passages]
    row_numbers = [number for table in tables for number in _add_table(store, table)]
    return passage_numbers, row_numbers


def remove_document(store: sqlite3.Connection, doc: str) -> tuple[list[int], list[int]]:
    """Take one report out; return the passage and row numbers that went with it."""
    passages = [n for (n,) in store.execute("SELECT number FROM passages WHERE doc = ?", (doc,))]
    rows = [n for (n,) in store.execute(f"SELECT number FROM rows WHERE {_OF_DOC}", (doc,))]
    store.execute(
        f"DELETE FROM cells WHERE row IN (SELECT number FROM rows WHERE {_OF_DOC})", (doc,)
    )
    store.execute(f"DELETE FROM rows WHERE {_OF_DOC}", (doc,))
    store.execute(f"DELETE FROM columns WHERE {_OF_DOC}", (doc,))
    for name in ("tables", "passages", "pages"):
        store.execute(f"DELETE FROM {name} WHERE doc = ?", (doc,))
    store.execute("DELETE FROM documents WHERE id = ?", (doc,))
    return passages, rows


_OF_DOC = '"table" IN (SELECT id FROM tables WHERE doc = ?)'


def _add_passage(store: sqlite3.Connection, passage: Passage) -> int:
    cursor = store.execute(
        "INSERT INTO passages VALUES (NULL,?,?,?,?,?,?,?,?,?)",
        (
            *(passage.id, passage.doc, passage.page, passage.heading),
            *(passage.title, passage.table, passage.context, passage.text, _dump(passage.box)),
        ),
    )
    return int(cursor.lastrowid or 0)


def _add_table(store: sqlite3.Connection, table: Table) -> list[int]:
    store.execute(
        "INSERT INTO tables VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            *(table.id, table.doc, table.page, table.title, table.heading),
            *(table.context, table.unit),
            *(table.trust, json.dumps(table.reasons, ensure_ascii=False)),
            *(table.income_negative, table.deviation_good, _dump(table.box)),
        ),
    )
    store.executemany(
        "INSERT INTO columns VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            (
                *(table.id, position, c.name, c.measure, c.year, c.period, c.place, c.sex),
                *((c.unit.name, str(c.unit.scale)) if c.unit else (None, None)),
            )
            for position, c in enumerate(table.columns)
        ),
    )
    numbers = []
    for row in table.rows:
        cursor = store.execute(
            "INSERT INTO rows VALUES (NULL,?,?,?,?,?,?,?,?)",
            (
                *(table.id, table.doc, row.label, row.group, row.line),
                *(row.page, row.total, _dump(row.box)),
            ),
        )
        number = int(cursor.lastrowid or 0)
        numbers.append(number)
        store.executemany(
            "INSERT INTO cells VALUES (?,?,?,?,?,?,?,?)",
            (
                (
                    *(number, position, cell.text, _text(cell.value), _text(cell.base_value)),
                    *(cell.unit, cell.bound, _dump(cell.box)),
                )
                for position, cell in enumerate(row.cells)
                if cell
            ),
        )
    return numbers


def load_passages(store: sqlite3.Connection, numbers: Sequence[int]) -> list[Passage]:
    """Passages by number, in the order asked for."""
    marks = ",".join("?" * len(numbers))
    found = {
        row[0]: _passage(row)
        for row in store.execute(f"SELECT * FROM passages WHERE number IN ({marks})", numbers)
    }
    return [found[number] for number in numbers if number in found]


def passages_of(store: sqlite3.Connection, doc: str) -> list[Passage]:
    """All passages of a report, in reading order."""
    rows = store.execute("SELECT * FROM passages WHERE doc = ? ORDER BY number", (doc,))
    return [_passage(row) for row in rows]


def _passage(row: tuple[Any, ...]) -> Passage:
    _, id_, doc, page, heading, title, table, context, text, box = row
    return Passage(
        id=id_, doc=doc, page=page, heading=heading, title=title, table=table, text=text,
        box=_box(box), context=context,
    )  # fmt: skip


def load_table(store: sqlite3.Connection, id_: str) -> Table | None:
    """A whole table by its id."""
    row = store.execute("SELECT * FROM tables WHERE id = ?", (id_,)).fetchone()
    if row is None:
        return None
    _, doc, page, title, heading, context, unit, trust, reasons, income_negative, good, box = row
    columns = tuple(
        Column(
            name=name, measure=measure, year=year, period=period, place=place, sex=sex,
            unit=Unit(name=unit_name, scale=Decimal(scale)) if unit_name else None,
        )
        for _, _, name, measure, year, period, place, sex, unit_name, scale in store.execute(
            'SELECT * FROM columns WHERE "table" = ? ORDER BY position', (id_,)
        )
    )  # fmt: skip
    rows = store.execute('SELECT * FROM rows WHERE "table" = ? ORDER BY number', (id_,)).fetchall()
    cells = _cells(store, [row[0] for row in rows])
    return Table(
        id=id_, doc=doc, page=page, title=title, heading=heading, context=context, unit=unit,
        columns=columns,
        rows=tuple(_row(row, cells[row[0]], len(columns)) for row in rows),
        trust=trust, reasons=tuple(json.loads(reasons)), income_negative=bool(income_negative),
        deviation_good=None if good is None else bool(good), box=_box(box),
    )  # fmt: skip


def tables_of(store: sqlite3.Connection, docs: Collection[str]) -> Iterator[Table]:
    """The tables of some reports, or of all when none is named, in reading order."""
    ids = [
        id_
        for id_, doc in store.execute("SELECT id, doc FROM tables ORDER BY rowid").fetchall()
        if not docs or doc in docs
    ]
    for id_ in ids:
        table = load_table(store, id_)
        if table:
            yield table


def places_of_rows(store: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, tuple[str, int]]:
    """For each row number the id of its table, and its place among that table's rows."""
    marks = ",".join("?" * len(numbers))
    found = store.execute(
        'SELECT number, "table", number - (SELECT min(number) FROM rows AS first WHERE '
        f'first."table" = rows."table") FROM rows WHERE number IN ({marks})',
        numbers,
    )
    return {number: (table, position) for number, table, position in found}


def rows_on_lines(store: sqlite3.Connection, doc: str, lines: Collection[str]) -> list[int]:
    """The numbers of a report's rows that are one of some accounting lines, in reading order."""
    marks = ",".join("?" * len(lines))
    found = store.execute(
        f"SELECT number FROM rows WHERE doc = ? AND line IN ({marks}) ORDER BY number",
        (doc, *lines),
    )
    return [number for (number,) in found]


def _cells(store: sqlite3.Connection, rows: Sequence[int]) -> dict[int, dict[int, Cell]]:
    """The cells of one table's rows, which have numbers in a row, by row and column."""
    found: dict[int, dict[int, Cell]] = {row: {} for row in rows}
    for row, position, text, value, base_value, unit, bound, box in store.execute(
        "SELECT * FROM cells WHERE row BETWEEN ? AND ?",
        (min(rows, default=0), max(rows, default=0)),
    ):
        found[row][position] = Cell(
            text=text, value=_decimal(value), base_value=_decimal(base_value), unit=unit,
            bound=bound, box=_box(box),
        )  # fmt: skip
    return found


def _row(row: tuple[Any, ...], cells: dict[int, Cell], width: int) -> Row:
    _, _, _, label, group, line, page, total, box = row
    width = max(width, max(cells, default=-1) + 1)
    return Row(
        label=label, group=group, line=line, page=page, total=bool(total), box=_box(box),
        cells=tuple(cells.get(position) for position in range(width)),
    )  # fmt: skip


def load_documents(store: sqlite3.Connection) -> list[dict[str, Any]]:
    """What the index holds, a row for each report, without the text."""
    cursor = store.execute("SELECT * FROM documents ORDER BY municipality, year, id")
    names = [column[0] for column in cursor.description]
    found = [dict(zip(names, row, strict=True)) for row in cursor]
    return [
        {**row, "paged": bool(row["paged"]), "warnings": json.loads(row["warnings"])}
        for row in found
    ]


def load_page(store: sqlite3.Connection, doc: str, number: int) -> Page | None:
    """One page's text and size."""
    row = store.execute(
        "SELECT number, text, width, height FROM pages WHERE doc = ? AND number = ?", (doc, number)
    ).fetchone()
    return Page(number=row[0], text=row[1], width=row[2], height=row[3]) if row else None


def count(store: sqlite3.Connection) -> dict[str, int]:
    """How much there is of everything."""
    return {
        name: store.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("documents", "pages", "passages", "tables", "cells")
    }


def _dump(box: Box | None) -> str | None:
    return None if box is None else json.dumps([round(side, 1) for side in box])


def _box(text: str | None) -> Box | None:
    if text is None:
        return None
    x0, top, x1, bottom = json.loads(text)
    return (x0, top, x1, bottom)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
