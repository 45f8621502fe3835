"""A report as read: pages, blocks and grids; and the passages made of it. No reader, no library.

Document
├── pages    each page's text, the only text that is ever quoted
└── blocks   in reading order: headings, paragraphs, list items, footnotes, and grids
             (a grid is a table as printed, before its numbers are understood)
"""

from dataclasses import dataclass
from typing import Literal

from figures.cells import Box

Kind = Literal["heading", "paragraph", "item", "footnote", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A printed row. A row whose `cells` are all None is a heading for the rows below it."""

    label: str
    cells: tuple[str | None, ...]
    page: int
    box: Box | None = None
    boxes: tuple[Box | None, ...] = ()  # one for each cell, where the place is known
    bold: bool = False
    indent: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as printed: one column name for each cell of a row (the label column has none)."""

    title: str  # its caption, or the line that introduces it
    corner: str = ""  # header of the label column; often the unit: "Tall i tusen kr"
    notes: str = ""  # words around it that tell unit or sign: the rest of a caption, a footnote
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    page: int
    box: Box | None = None
    unsure: str = ""  # why the columns could not be told apart; empty when they could


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a page in reading order; `text` is a substring of its page's text."""

    kind: Kind
    text: str
    page: int
    box: Box | None = None
    level: int = 0  # headings: 1 is a chapter
    grid: Grid | None = None  # tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's text as we read it: its blocks, a line feed between them."""

    number: int  # 1-based, as a PDF viewer counts
    text: str
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report as read."""

    id: str  # the file's stem
    title: str  # "Trondheim kommune – Årsberetning 2024"
    municipality: str  # "Trondheim"; empty when it could not be told
    year: int | None  # the year it reports on
    language: Literal["nb", "nn", "en"] = "nb"
    kind: str  # "pdf", "txt", "md", "docx", "html"
    paged: bool  # whether page numbers mean anything
    sha256: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()  # "side 12 har ikke tekst", "usynlig tekst fjernet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is searched and cited: whole paragraphs, or rows of a table, under one heading."""

    id: str  # "trondheim-2024/p113": document and position, never content
    doc: str
    page: int
    heading: str  # chapter path
    text: str
    box: Box | None = None
    table: str = ""  # the id of the table it renders, or empty for prose
    title: str = ""  # the table's title
    context: str = ""  # what leads into it and is not in it; for a table also what comes after


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader gets out of one file, before anybody asks whose report it is."""

    blocks: tuple[Block, ...]
    paged: bool
    sizes: tuple[tuple[float, float], ...] = ()  # width and height of each page
    title: str = ""  # the file's own word for itself: a running head, a metadata title
    warnings: tuple[str, ...] = ()
