"""Blocks and tables as rows of cells in, in reading order; blocks with grids out.

Finds each table's title (a caption above or below, the sentence or heading before it) and the
remarks around it that tell its unit. Tables cut by a page break are joined first.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.read.captions import is_caption, is_unit_remark, split_caption
from indexer.read.cellrows import CellRow, grids_from_rows, is_continuation
from indexer.records import Block, Grid

_INTRODUCES = re.compile(
    r"\btabell|oversikt|nedenfor|\bunder\b|følgende|følgjande|slik|:$|\btable\b", re.IGNORECASE
)
_LONGEST_INTRODUCTION = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """A table as a file gives it: rows of cells, and a caption where the format has one."""

    rows: tuple[CellRow, ...]
    caption: str = ""
    page: int = 1


Piece = Block | RawTable


def assemble(pieces: Sequence[Piece], words: Counter[str]) -> tuple[Block, ...]:
    """Turn the raw tables among the pieces into table blocks; all else stays as it is."""
    pieces = _joined(pieces)
    below = _captions_stand_below(pieces)
    blocks: list[Block] = []
    for i, piece in enumerate(pieces):
        if isinstance(piece, Block):
            blocks.append(piece)
            continue
        title, notes = _title(pieces, i, captions_below=below)
        grids = grids_from_rows(piece.rows, title=title, notes=notes, page=piece.page, words=words)
        if grids:
            blocks.extend(map(table_block, grids))
        else:
            blocks.extend(_as_text(piece))
    return tuple(blocks)


def table_block(grid: Grid) -> Block:
    """A grid with its text: a line for the header and one for each row, tabs between cells."""
    lines = ["\t".join((grid.corner, *grid.columns))] if any(grid.columns) or grid.corner else []
    lines += ["\t".join((row.label, *(cell or "" for cell in row.cells))) for row in grid.rows]
    return Block(kind="table", text="\n".join(lines), page=grid.page, box=grid.box, grid=grid)


def _as_text(table: RawTable) -> list[Block]:
    lines = ("\t".join(cell.text for cell in row if cell.text) for row in table.rows)
    return [Block(kind="paragraph", text=line, page=table.page) for line in lines if line]


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Join tables with nothing between them where the second has no header of its own."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if (
            isinstance(piece, RawTable)
            and isinstance(last, RawTable)
            and not piece.caption
            and is_continuation(last.rows, piece.rows)
        ):
            out[-1] = replace(last, rows=last.rows + piece.rows)
        else:
            out.append(piece)
    return out


def _caption(piece: Piece | None) -> str:
    if isinstance(piece, Block) and piece.kind != "table" and is_caption(piece.text):
        return piece.text
    return ""


def _at(pieces: Sequence[Piece], i: int) -> Piece | None:
    return pieces[i] if 0 <= i < len(pieces) else None


def _captions_stand_below(pieces: Sequence[Piece]) -> bool:
    tables = [i for i, piece in enumerate(pieces) if isinstance(piece, RawTable)]
    above = [i for i in tables if _caption(_at(pieces, i - 1))]
    below = [i for i in tables if _caption(_at(pieces, i + 1))]
    return len(set(below) - set(above)) > len(set(above) - set(below))


def _title(pieces: Sequence[Piece], i: int, *, captions_below: bool) -> tuple[str, str]:
    """The table's title and the remarks around it."""
    table = pieces[i]
    assert isinstance(table, RawTable)
    remarks = _footnotes(pieces, i)
    start = i - 1
    while isinstance(piece := _at(pieces, start), Block) and is_unit_remark(piece.text):
        remarks.insert(0, piece.text)
        start -= 1
    before = _at(pieces, start)
    above, below = table.caption or _caption(before), _caption(_at(pieces, i + 1))
    another = isinstance(_at(pieces, i + 2), RawTable)
    caption = (below or above) if captions_below else (above or ("" if another else below))
    if caption:
        title, rest = split_caption(caption)
        title = re.sub(r"^tabell\s*:\s*", "", title, flags=re.IGNORECASE)
        return title, " ".join([rest, *remarks]).strip()
    introduced = (
        isinstance(before, Block)
        and before.kind in ("paragraph", "heading")
        and len(before.text) <= _LONGEST_INTRODUCTION
        and (before.kind == "heading" or _INTRODUCES.search(before.text))
    )
    if introduced and isinstance(before, Block):
        return before.text.rstrip(":. "), " ".join(remarks)
    return "", " ".join(remarks)


def _footnotes(pieces: Sequence[Piece], i: int) -> list[str]:
    notes = []
    following = i + 1
    while isinstance(piece := _at(pieces, following), Block):
        if piece.kind == "footnote":
            notes.append(piece.text)
        elif not _caption(piece):
            break
        following += 1
    return notes
