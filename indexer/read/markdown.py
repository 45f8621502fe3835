"""A Markdown report in, blocks out: headings, paragraphs, lists, footnotes, tables.

Tables may be GitHub's pipe tables, lines of cells with tabs between, or HTML. A Markdown file has
no pages: everything is on page 1. Markup is taken off; where a link points to is not kept.
"""

import re
from dataclasses import replace
from pathlib import Path

from indexer.read.assemble import Piece, RawTable, assemble
from indexer.read.captions import is_caption
from indexer.read.cellrows import CellRow, CellText
from indexer.read.encoding import read_text
from indexer.read.header_names import count_words
from indexer.read.html import table_rows
from indexer.read.inline import is_bold, is_footnote, plain_text
from indexer.read.paragraphs import (
    continues,
    is_running_head,
    is_short_title,
    join_lines,
    numbered_level,
)
from indexer.records import Block, Kind, Reading

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_ITEM = re.compile(r"\s*(?:[-*+•●○▪◦–]|\d{1,2}[.)])\s+(?=\S)")
_BULLET = re.compile(r"^\s*[-*+•●○▪◦]\s+")
_PIPE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_RAISED = re.compile(r"<sup>\s*(\d+)\s*</sup>")
_LEADERS = re.compile(r"\s*(?:\.\s?){3,}\s*")
# Where a report marks this many headings, an unmarked short line is not one.
_MARKED = 5
_BELOW_ALL = 6


def read_markdown(path: Path) -> Reading:
    """Read one Markdown file."""
    return Reading(blocks=markdown_blocks(read_text(path)), paged=False)


def markdown_blocks(text: str) -> tuple[Block, ...]:
    """Turn Markdown text into blocks."""
    pieces: list[Piece] = []
    marked = len(re.findall(r"^#{1,6}\s", text, re.MULTILINE)) >= _MARKED
    for lines in _groups(text.split("\n")):
        if lines[0].lstrip().lower().startswith("<table"):
            pieces.append(RawTable(rows=table_rows("\n".join(lines))))
        elif "\t" in lines[0] or _is_pipe_table(lines):
            _add_table(lines, pieces)
        else:
            _add_text(lines, pieces)
    return assemble(_with_headings(pieces, marked=marked), count_words(plain_text(text)))


def _groups(lines: list[str]) -> list[list[str]]:
    """Lines that belong together: up to a blank line, a heading, an item or a table."""
    groups: list[list[str]] = []
    fresh = True
    for line in lines:
        if not line.strip():
            # a blank line inside an HTML table or a row that is all empty cells ends nothing
            fresh = fresh or not _is_open_table(groups)
            continue
        last = groups[-1] if groups else []
        begins = (
            fresh
            or bool(_HEADING.match(line.strip()) or _HEADING.match(last[0].strip()))
            or (bool(_ITEM.match(line)) and "|" not in line)
            or ("\t" in line) != ("\t" in last[0])
        )
        if begins and not _is_open_table(groups):
            groups.append([line])
        else:
            last.append(line)
        fresh = False
    return groups


def _is_open_table(groups: list[list[str]]) -> bool:
    last = groups[-1] if groups else [""]
    return last[0].lstrip().lower().startswith("<table") and "</table" not in last[-1].lower()


def _is_pipe_table(lines: list[str]) -> bool:
    ruled = len(lines) > 1 and "|" in lines[0] and bool(_PIPE_RULE.fullmatch(lines[1]))
    return ruled or all(line.lstrip().startswith("|") for line in lines)


def _cell_row(line: str) -> CellRow:
    if "\t" in line:
        cells = line.split("\t")
    else:
        cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
    return tuple(CellText(text=_one_line(cell), bold=is_bold(cell)) for cell in cells)


def _one_line(cell: str) -> str:
    return " ".join(plain_text(cell).split())


def _add_table(lines: list[str], pieces: list[Piece]) -> None:
    rows = tuple(map(_cell_row, lines))
    if _is_contents(rows):
        for row in rows:
            entry = " ".join(_LEADERS.sub(" ", cell.text).strip() for cell in row if cell.text)
            pieces.append(Block(kind="item", text=entry, page=1))
    else:
        pieces.append(RawTable(rows=rows))


def _is_contents(rows: tuple[CellRow, ...]) -> bool:
    """A table of contents ends each line in a page number, and they never fall."""
    last = [row[-1].text for row in rows]
    if len(rows) < 4 or not all(number.isdigit() and len(number) < 4 for number in last):
        return False
    led = sum(bool(_LEADERS.search(" ".join(cell.text for cell in row))) for row in rows)
    numbers = list(map(int, last))
    return 3 * led >= len(rows) and numbers == sorted(numbers)


def _add_text(lines: list[str], pieces: list[Piece]) -> None:
    first = lines[0].strip()
    text = ""
    for line in lines:
        plain = plain_text(line.strip())
        text = join_lines(text, plain) if text and plain else text or plain
    previous = pieces[-1] if pieces else None
    under_table = isinstance(previous, RawTable) or (previous and previous.kind == "footnote")
    if not text or is_running_head(text):
        return
    if heading := _HEADING.match(first):
        pieces.append(_block("heading", plain_text(heading[2]), level=len(heading[1])))
    elif is_footnote(first) and (under_table or not _BULLET.match(first)):
        raised = _RAISED.match(first)
        pieces.append(_block("footnote", f"{raised[1]} {text}" if raised else text))
    elif _ITEM.match(first):
        pieces.append(_block("item", _BULLET.sub("", text)))
    elif is_bold(first) and len(lines) == 1 and is_short_title(text):
        pieces.append(_block("heading", text, level=_BELOW_ALL))
    elif (
        isinstance(previous, Block)
        and previous.kind in ("paragraph", "item")
        and continues(previous.text, text)
    ):
        pieces[-1] = replace(previous, text=join_lines(previous.text, text))
    else:
        pieces.append(_block("paragraph", text))


def _block(kind: Kind, text: str, level: int = 0) -> Block:
    return Block(kind=kind, text=text, page=1, level=level)


def _with_headings(pieces: list[Piece], *, marked: bool) -> list[Piece]:
    """Find the headings that nobody marked: numbered ones, and else lines that stand alone."""
    out = list(pieces)
    for i, piece in enumerate(pieces):
        if not isinstance(piece, Block) or piece.kind not in ("paragraph", "item"):
            continue
        following = pieces[i + 1] if i + 1 < len(pieces) else None
        neighbours = (pieces[i - 1] if i else None, following)
        level = numbered_level(piece.text) if piece.kind == "paragraph" else 0
        if level and not (marked and level == 1):
            out[i] = replace(piece, kind="heading", level=level)
        elif piece.kind == "item" and level == 1 and not any(map(_is_item, neighbours)):
            out[i] = replace(piece, kind="heading", level=1)
        elif (
            not marked
            and piece.kind == "paragraph"
            and is_short_title(piece.text)
            and not is_caption(piece.text)
            and _introduces(piece, following)
        ):
            out[i] = replace(piece, kind="heading", level=_BELOW_ALL)
    return out


def _is_item(piece: Piece | None) -> bool:
    return isinstance(piece, Block) and piece.kind == "item"


def _introduces(title: Block, following: Piece | None) -> bool:
    """A short line is a heading when prose, a list or a table follows it."""
    if _is_item(following) and title.text.endswith(":"):
        return False  # the words that lead in a list
    if isinstance(following, Block):
        return following.kind == "item" or len(following.text) > 1.5 * len(title.text) + 40
    return following is not None
