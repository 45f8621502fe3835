"""Conflicts in the index: found when it is built, kept in a table of their own, asked for by cell.

What a report's own text gives otherwise comes with its shard; what a later report of the same
municipality restates is found when all reports are in.
"""

import sqlite3
from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from figures.cells import Table
from figures.conflicts import Conflict, Stated, Text, conflicts_with_text, restated
from indexer.records import Document, Passage
from indexer.store import load_documents, load_table

SCHEMA = """
CREATE TABLE conflicts (
    kind TEXT, label TEXT, year INTEGER,
    doc TEXT, page INTEGER, text TEXT, base_value TEXT, unit TEXT,
    "table" TEXT, row INTEGER, position INTEGER, passage TEXT, sentence TEXT,
    other_doc TEXT, other_page INTEGER, other_text TEXT, other_base_value TEXT, other_unit TEXT,
    other_table TEXT, other_row INTEGER, other_position INTEGER, other_passage TEXT,
    other_sentence TEXT);
CREATE INDEX conflicts_of_cell ON conflicts ("table", row, position);
CREATE INDEX conflicts_of_other ON conflicts (other_table, other_row, other_position);
"""
_FIRST = 'doc, page, text, base_value, unit, "table", row, position, passage, sentence'
_OTHER = (
    "other_doc, other_page, other_text, other_base_value, other_unit, other_table, other_row, "
    "other_position, other_passage, other_sentence"
)


def report_conflicts(
    document: Document, tables: Sequence[Table], passages: Sequence[Passage]
) -> tuple[Conflict, ...]:
    """Where a report's running text gives another amount than its tables."""
    texts = (
        Text(id=p.id, doc=p.doc, page=p.page, heading=p.heading, text=p.text)
        for p in passages
        if not p.table
    )
    return conflicts_with_text(
        tables, texts, municipality=document.municipality, year=document.year
    )


def add_conflicts(store: sqlite3.Connection, conflicts: Sequence[Conflict]) -> None:
    """Write them down."""
    store.executemany(
        f"INSERT INTO conflicts VALUES ({','.join('?' * 23)})",
        ((c.kind, c.label, c.year, *_columns(c.first), *_columns(c.other)) for c in conflicts),
    )


def remove_conflicts(store: sqlite3.Connection, doc: str) -> None:
    """Forget those that a report takes part in."""
    store.execute("DELETE FROM conflicts WHERE doc = ? OR other_doc = ?", (doc, doc))


def add_restated(store: sqlite3.Connection, added: Collection[str]) -> None:
    """Hold the added reports against the municipality's other ones."""
    documents = load_documents(store)
    touched = {d["municipality"] for d in documents if d["id"] in added and d["municipality"]}
    for municipality in sorted(touched):
        own = [d for d in documents if d["municipality"] == municipality and d["year"]]
        if len({d["year"] for d in own}) < 2:
            continue
        tables = {d["id"]: _tables(store, d["id"]) for d in own}
        for one, other in combinations(own, 2):
            earlier, later = sorted((one, other), key=lambda d: int(d["year"]))
            if {one["id"], other["id"]} & set(added) and earlier["year"] < later["year"]:
                add_conflicts(store, restated(tables[earlier["id"]], tables[later["id"]]))


def conflicts_of(
    store: sqlite3.Connection, table: str, row: int, position: int
) -> tuple[Stated, ...]:
    """The other amounts given for a cell, named by its table and its place in it."""
    place = (table, row, position)
    where = '"table" = ? AND row = ? AND position = ?'
    others = store.execute(f"SELECT {_OTHER} FROM conflicts WHERE {where}", place)
    where = "other_table = ? AND other_row = ? AND other_position = ?"
    firsts = store.execute(f"SELECT {_FIRST} FROM conflicts WHERE {where}", place)
    return tuple(_stated(found) for found in (*others, *firsts))


def _tables(store: sqlite3.Connection, doc: str) -> list[Table]:
    ids = store.execute("SELECT id FROM tables WHERE doc = ? ORDER BY rowid", (doc,)).fetchall()
    return [table for (id_,) in ids if (table := load_table(store, id_))]


def _columns(stated: Stated) -> tuple[Any, ...]:
    return (
        *(stated.doc, stated.page, stated.text, str(stated.base_value), stated.unit),
        *(stated.table, stated.row, stated.position, stated.passage, stated.sentence),
    )


def _stated(found: tuple[Any, ...]) -> Stated:
    doc, page, text, base_value, unit, table, row, position, passage, sentence = found
    return Stated(
        doc=doc, page=page, text=text, base_value=Decimal(base_value), unit=unit, table=table,
        row=row, position=position, passage=passage, sentence=sentence,
    )  # fmt: skip
