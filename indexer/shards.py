"""One file → a shard: the report read and understood, all that the index needs of it.

A pure function of the file: no index, no models. It runs in a process of its own.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from figures.cells import Table
from indexer.identify import identify
from indexer.passages import chapter_paths, document_to_passages
from indexer.read.files import read_file
from indexer.records import Document, Passage
from indexer.tables import understand_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One report, read and understood."""

    document: Document
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]


def report_to_shard(path: Path) -> Shard:
    """One file → all that the index needs of it. Pure: no index, no models."""
    reading = read_file(path)
    document = identify(
        reading, stem=path.stem, kind=path.suffix.lower().lstrip("."), sha256=checksum(path)
    )
    tables = tuple(document_to_tables(document))
    passages = tuple(document_to_passages(document, tables))
    return Shard(document=document, tables=tables, passages=passages)


def document_to_tables(document: Document) -> Iterator[Table]:
    """Each grid understood as a table, with what is said just before it."""
    before = ""
    position = 0
    for block, heading in chapter_paths(document.blocks):
        if block.grid is None:
            before = block.text if block.kind in ("paragraph", "heading") else before
            continue
        yield understand_table(
            block.grid,
            id=f"{document.id}/t{position}",
            doc=document.id,
            heading=heading,
            year=document.year,
            municipality=document.municipality,
            context=before,
        )
        position += 1
        before = ""


def checksum(path: Path) -> str:
    """What a file is known by: unchanged content is not read again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
