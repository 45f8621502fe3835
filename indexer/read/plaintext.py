"""A plain text report in, blocks out: paragraphs joined from their lines, headings, lists, tables.

Such files are what is left of a PDF: lines broken where the page was full, tables flattened to
runs of numbers (see flat_tables). Form feeds, where the file has them, are page ends; else
everything is page 1.
"""

import re
from dataclasses import replace
from pathlib import Path

from indexer.read.assemble import table_block
from indexer.read.captions import is_caption, is_unit_remark
from indexer.read.encoding import read_text
from indexer.read.flat_lines import Line, to_lines
from indexer.read.flat_tables import find_tables
from indexer.read.paragraphs import (
    continues,
    ends_sentence,
    is_capitals,
    is_item,
    is_running_head,
    is_short_title,
    is_unfinished,
    join_lines,
    numbered_level,
)
from indexer.records import Block, Kind, Reading

_BULLET = re.compile(r"^\s*(?:[●•○▪◦‣·]|[-–*](?=\s))\s*")
# A line is broken because the page was full only where the next word would not have fitted.
_FULL = 0.84
_BELOW_ALL = 5


def read_plaintext(path: Path) -> Reading:
    """Read one plain text file."""
    text = read_text(path)
    return Reading(blocks=plaintext_blocks(text), paged="\f" in text.strip("\f\n "))


def plaintext_blocks(text: str) -> tuple[Block, ...]:
    """Turn plain text into blocks."""
    lines = to_lines(text)
    blocks: list[Block] = []
    start = 0
    width = _width(lines)
    for table in find_tables(lines):
        blocks += _prose(lines[start : table.first], width)
        blocks.append(table_block(table.grid))
        start = table.last + 1
    blocks += _prose(lines[start:], width)
    return tuple(_with_headings(blocks))


def _width(lines: list[Line]) -> int:
    """How long a full line is: of the longest lines, one that many reach."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 30)
    return lengths[int(0.9 * len(lengths))] if lengths else 80


def _prose(lines: list[Line], width: int) -> list[Block]:
    """Join lines to paragraphs and items; what stands alone is marked a heading later."""
    blocks: list[Block] = []
    last: Line | None = None  # the line just above, if it is not blank
    for line in lines:
        if not line.text or is_running_head(line.text):
            last = None
            continue
        previous = blocks[-1] if blocks else None
        if previous and _goes_on(previous, last, line, width):
            blocks[-1] = replace(previous, text=join_lines(previous.text, line.text))
        elif is_item(line.text) and not (numbered_level(line.text) and not _is_full(line, width)):
            text = _BULLET.sub("", line.text, count=1)
            blocks.append(Block(kind="item", text=text or line.text, page=line.page))
        else:
            kind: Kind = "footnote" if line.text.startswith(("*", "Note:")) else "paragraph"
            blocks.append(Block(kind=kind, text=line.text, page=line.page))
        last = line
    return blocks


def _goes_on(previous: Block, last: Line | None, line: Line, width: int) -> bool:
    """Tell whether a line belongs to the paragraph before it."""
    text = line.text
    if is_item(text) and not text[0].isdigit():
        return False
    if last is None or line.page != last.page:
        return previous.page == line.page and continues(previous.text, text)
    if continues(previous.text, text) or is_unfinished(last.text):
        return True
    room = width * _FULL - len(last.text) - 1
    if len(text.split(" ")[0]) < room:
        return False  # the line was ended on purpose
    return not (numbered_level(text) and ends_sentence(previous.text))


def _is_full(line: Line, width: int) -> bool:
    return len(line.text) > _FULL * width


def _with_headings(blocks: list[Block]) -> list[Block]:
    """Mark the short lines that stand over something as headings."""
    out = list(blocks)
    chaptered = any(numbered_level(block.text) > 1 for block in blocks)
    for i, block in enumerate(blocks):
        if block.kind != "paragraph":
            continue
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        level = _heading_level(block.text, following)
        if level == 1 and not chaptered:
            level = _BELOW_ALL  # "1. Mer trivsel" is a point where no heading is "1.1"
        if level:
            out[i] = replace(block, kind="heading", level=level)
    return out


def _heading_level(text: str, following: Block | None) -> int:
    numbered = numbered_level(text)
    if following is None or is_caption(text) or is_unit_remark(text):
        return 0
    if numbered:
        return numbered
    if not is_short_title(text) or re.match(r"\d", text):
        return 0
    if following.kind == "item" and text.endswith(":"):
        return 0  # the words that lead in a list
    if is_capitals(text):
        return 3
    leads = following.kind in ("item", "table") or is_caption(following.text)
    return 4 if leads or _is_prose(following.text) or is_short_title(following.text) else 0


def _is_prose(text: str) -> bool:
    return len(text) > 60
