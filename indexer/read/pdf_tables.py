"""A table region -> a grid: header, rows, labels, cells. The columns are found elsewhere.

region_to_grid
├── region_to_columns   borders between columns
├── words_to_cells      each word into its column, lines within a column
├── split_header        which lines name the columns
└── rows_of             body lines into rows
"""

from dataclasses import dataclass, field
from itertools import pairwise

from figures.cells import Box
from indexer.read.pdf_areas import Region
from indexer.read.pdf_columns import Columns, region_to_columns
from indexer.read.pdf_headers import Header, split_header
from indexer.read.pdf_lines import (
    Line,
    box_around,
    join_texts,
    without_marks,
    words_to_line,
    words_to_text,
)
from indexer.read.pdf_marks import Word
from indexer.read.pdf_rows import BodyRow, body_to_rows
from indexer.read.pdf_values import continues_number, is_number, is_value
from indexer.records import Grid, GridRow


@dataclass(slots=True, kw_only=True)
class Draft:
    """A grid while it is made, still with its places; parts of one table are joined as drafts."""

    page: int
    columns: Columns
    header: Header
    rows: list[GridRow]
    box: Box
    size: float
    title: str = ""
    title_below: bool = False
    notes: list[str] = field(default_factory=list)
    last_page: int = 0


def region_to_draft(region: Region, page: int) -> Draft | None:
    """Read the table in a region; None when it turns out to be text."""
    columns = region_to_columns(region)
    if columns.count < 2:
        return None
    cells = lines_to_cells(region.lines, columns)
    header, body, separators = split_header(cells, columns, region)
    rows = body_to_rows(body, columns, separators)
    if not rows or _is_text(rows, header, region):
        return None
    size = region.lines[len(region.lines) // 2].size
    return Draft(
        page=page,
        columns=columns,
        header=header,
        rows=[_grid_row(row, columns, page) for row in rows],
        box=_rounded((region.x0, region.top, region.x1, region.bottom)),
        size=size,
        last_page=page,
    )


_PAGE_TOP = 150.0  # points; a table may go on there with a single row and no header


def _is_text(rows: list[BodyRow], header: Header, region: Region) -> bool:
    """Whether what looked like a table is prose with figures in it, or a list's dashes."""
    labels = [line.text for row in rows for line in row.cells[0]]
    figures = any(is_number(x.text) for row in rows for cell in row.cells[1:] for x in cell)
    if not figures and not any(c.isalpha() for label in labels for c in label):
        return True
    alone = len(rows) == 1 and not any(header.names) and not region.ruled
    return alone and region.top > _PAGE_TOP


def lines_to_cells(lines: list[Line], columns: Columns) -> list[list[Line]]:
    """The lines of each column: a line of the page is cut where columns meet."""
    cells: list[list[Line]] = [[] for _ in range(columns.count)]
    for line in lines:
        if columns.count == 1:
            cells[0].append(line)
            continue
        if _runs_over(line, columns):
            cells[0].append(line)
            continue
        parts: dict[int, list[Word]] = {}
        for words in _whole_figures(line):
            at = _column_of(words, columns)
            last = -1
            for word in words:
                if at is None:
                    last = last if word.glued and last >= 0 else columns.at(_middle(word))
                parts.setdefault(last if at is None else at, []).append(word)
        for at, words in parts.items():
            cells[at].append(words_to_line(words))
    return cells


def _whole_figures(line: Line) -> list[list[Word]]:
    """A line's words, the groups of one number kept together."""
    groups: list[list[Word]] = []
    for word in line.words:
        before = groups[-1][-1] if groups else None
        if before and (
            word.glued
            or (word.x0 - before.x1 < 0.42 * line.size and continues_number(before.text, word.text))
        ):
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _column_of(words: list[Word], columns: Columns) -> int | None:
    """The column that most of a number stands in; None where it may be two numbers."""
    x0, x1 = words[0].x0, words[-1].x1
    for at in {columns.at(_middle(word)) for word in words}:
        inside = min(x1, columns.borders[at + 1]) - max(x0, columns.borders[at])
        if inside > 0.65 * (x1 - x0):
            return at
    return None


def _middle(word: Word) -> float:
    return (word.x0 + word.x1) / 2


def _runs_over(line: Line, columns: Columns) -> bool:
    """A heading among the rows that is longer than the label column: words without a gap."""
    words = line.words
    border = columns.borders[1]
    if words[0].x0 > border or words[-1].x1 < border or is_value(words[-1].text):
        return False
    return all(b.x0 - a.x1 < 0.45 * line.size for a, b in pairwise(words)) and (
        not columns.drawn or any(w.x0 < border - 1 and w.x1 > border + 1 for w in words)
    )


def _grid_row(row: BodyRow, columns: Columns, page: int) -> GridRow:
    texts: list[str | None] = []
    boxes: list[Box | None] = []
    for lines in row.cells[1:]:
        text = cell_text(lines)
        texts.append(text or None)
        boxes.append(_rounded(box_around([line.box for line in lines])) if text else None)
    lines = [line for cell in row.cells for line in cell]
    label = row.cells[0]
    letters = sum(len(line.text) for line in label)
    return GridRow(
        label=label_text(label),
        cells=tuple(texts),
        page=page,
        box=_rounded(box_around([line.box for line in lines])),
        boxes=tuple(boxes),
        bold=bool(letters) and 2 * sum(len(x.text) for x in label if x.bold) > letters,
        indent=round(
            min((line.x0 for line in label), default=columns.borders[0]) - columns.borders[0], 1
        ),
    )


def cell_text(lines: list[Line]) -> str:
    """What a cell prints, footnote marks left out."""
    parts = [words_to_text(without_marks(x.words, x.size, x.bottom)) or x.text for x in lines]
    return join_texts(part for part in parts if part)


def label_text(lines: list[Line]) -> str:
    """A label over its lines, footnote marks left out."""
    return cell_text(lines)


def draft_to_grid(draft: Draft) -> Grid:
    """The finished record."""
    return Grid(
        title=draft.title,
        corner=draft.header.corner,
        notes="\n".join(draft.notes),
        columns=draft.header.names,
        rows=tuple(draft.rows),
        page=draft.page,
        box=draft.box,
        unsure=draft.header.unsure,
    )


def _rounded(box: Box) -> Box:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
