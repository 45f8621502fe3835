"""The lines of a plain text in, the tables flattened in them out, each with the lines it fills.

Rows are lines that end in figures; where several stand near each other, there is a table. How
many columns it has is what header and rows agree on best. See flat_rows for the ways to split a
row, flat_arithmetic for the choice between them, flat_header for the names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.read.captions import is_caption, is_unit_remark, split_caption, subject
from indexer.read.flat_body import Body, read_body
from indexer.read.flat_header import Header, read_header
from indexer.read.flat_lines import Line
from indexer.read.flat_rows import Tail, fewest_cells, parse_mixed_tail, parse_tail
from indexer.read.paragraphs import ends_sentence, is_item, is_running_head
from indexer.records import Grid, GridRow

_HEADER_WORD = re.compile(r"(?:19|20)\d\d|regnskap|rekneskap|budsjett|avvik|endring", re.IGNORECASE)
_MOST_COLUMNS = 16
_LONGEST_LABEL = 95
_MOST_LINES_BETWEEN = 9
_MOST_PARAGRAPHS_BETWEEN = 4
_MOST_HEADER_LINES = 60
_FULL = 0.75  # a line this full is prose


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatTable:
    """A table and the lines it fills, its caption left out."""

    first: int
    last: int
    grid: Grid


def find_tables(lines: Sequence[Line]) -> list[FlatTable]:
    """Find all tables, in order."""
    width = _width(lines)
    tables: list[FlatTable] = []
    end = -1
    for first, last in _clusters(lines, width):
        if first <= end:
            continue
        table = _table(lines, first, last, end + 1, width, tables[-1] if tables else None)
        if table is not None:
            if tables and table.first <= tables[-1].last:
                tables.pop()  # it goes on: the joined table takes the place of its first part
            tables.append(table)
            end = table.last
    return tables


def _width(lines: Sequence[Line]) -> int:
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 30)
    return lengths[int(0.9 * len(lengths))] if lengths else 80
