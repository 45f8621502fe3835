"""One file → a shard: the report read and understood, all that the index needs of it.

A pure function of the file: no index, no models. It runs in a process of its own.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from figures.cells import Table
from figures.conflicts import Conflict
from indexer.conflicts import report_conflicts
from indexer.identify import identify
from indexer.passages import chapter_paths, document_to_passages
from indexer.read.files import read_file
from indexer.records import Block, Document, Passage
from indexer.report_checks import check_against_overviews
from indexer.report_units import share_report_units
from indexer.tables import understand_table

CONTEXT = 200  # characters kept of what stands before and after a table


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One report, read and understood."""

    document: Document
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]
    conflicts: tuple[Conflict, ...] = ()  # its text against its tables


def report_to_shard(path: Path) -> Shard:
    """One file → all that the index needs of it. Pure: no index, no models."""
    reading = read_file(path)
    document = identify(
        reading, stem=path.stem, kind=path.suffix.lower().lstrip("."), sha256=checksum(path)
    )
    tables = check_against_overviews(share_report_units(tuple(document_to_tables(document))))
    passages = tuple(document_to_passages(document, tables))
    conflicts = report_conflicts(document, tables, passages)
    return Shard(document=document, tables=tables, passages=passages, conflicts=conflicts)


def document_to_tables(document: Document) -> Iterator[Table]:
    """Each grid understood as a table, with what is said just before and after it."""
    placed = list(chapter_paths(document.blocks))
    position = 0
    introduced = ""  # tables in a row without titles share what comes before the first
    for number, (block, heading) in enumerate(placed):
        if block.grid is None:
            continue
        before = _nearest(block for block, _ in reversed(placed[:number]))
        after = _nearest(block for block, _ in placed[number + 1 :])
        follows = number > 0 and placed[number - 1][0].grid is not None
        introduced = introduced if follows and not block.grid.title else before
        table = understand_table(
            block.grid,
            id=f"{document.id}/t{position}",
            doc=document.id,
            heading=heading,
            year=document.year,
            municipality=document.municipality,
            context=before,
            after=after,
        )
        yield replace(table, context=f"{introduced[-CONTEXT:]} {after[:CONTEXT]}".strip())
        position += 1


def _nearest(blocks: Iterable[Block]) -> str:
    """The text of the first paragraph, unless another table or a heading comes before it."""
    block = next(iter(blocks), None)
    return block.text if block and block.kind in ("paragraph", "footnote") else ""


def checksum(path: Path) -> str:
    """What a file is known by: unchanged content is not read again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
