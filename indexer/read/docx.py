"""A Word report in, blocks out. The only file that knows python-docx.

Word files have no fixed pages: everything is on page 1. Headers, footers and comments are not
read; footnotes come last, as python-docx does not say where they belong.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from figures.errors import ReadError
from indexer.read.assemble import Piece, RawTable, assemble
from indexer.read.cellrows import CellRow, CellText
from indexer.read.header_names import count_words
from indexer.read.paragraphs import is_item, is_short_title
from indexer.records import Block, Kind, Reading

_HEADING_STYLE = re.compile(r"(?:heading|overskrift|title|tittel)\s*(\d?)", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"(?:toc|innholdsfortegnelse|inh)\b", re.IGNORECASE)
_BELOW_ALL = 6


def read_docx(path: Path) -> Reading:
    """Read one Word file."""
    try:
        document = Document(str(path))
        pieces = list(_pieces(document.iter_inner_content()))
        title = document.core_properties.title or ""
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise ReadError(
            f"{path.name}: not a Word document that can be read; save it again as .docx"
        ) from error
    words = count_words(" ".join(piece.text for piece in pieces if isinstance(piece, Block)))
    return Reading(blocks=assemble(pieces, words), paged=False, title=title)


def _pieces(content: Iterator[Paragraph | Table]) -> Iterator[Piece]:
    for part in content:
        if isinstance(part, Table):
            yield RawTable(rows=tuple(map(_cells, part.rows)))
        elif block := _block(part):
            yield block


def _block(paragraph: Paragraph) -> Block | None:
    text = " ".join(_words(paragraph).split())
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    if not text or _CONTENTS_STYLE.match(style):
        return None
    kind: Kind = "paragraph"
    level = 0
    if heading := _HEADING_STYLE.match(style):
        kind, level = "heading", int(heading[1] or 1)
    elif "list" in style.lower() or _is_numbered(paragraph) or is_item(text):
        kind, text = "item", re.sub(r"^[●•○▪◦‣·–*-]\s*", "", text)
    elif "footnote" in style.lower() or "fotnote" in style.lower():
        kind = "footnote"
    elif _is_all_bold(paragraph) and is_short_title(text):
        kind, level = "heading", _BELOW_ALL
    return Block(kind=kind, text=text, page=1, level=level)


def _words(paragraph: Paragraph) -> str:
    """The words with links, without raised footnote numbers."""
    parts = paragraph.iter_inner_content()
    return "".join(part.text for part in parts if not _is_raised_mark(part))


def _is_raised_mark(part: Run | Hyperlink) -> bool:
    raised = isinstance(part, Run) and bool(part.font.superscript)
    return raised and not part.text.strip("0123456789*), ")


def _is_numbered(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and properties.numPr is not None


def _is_all_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _cells(row: object) -> CellRow:
    """A row's cells; a merged cell counts once, in the first column it covers."""
    seen: set[int] = set()
    cells = []
    for cell in row.cells:  # type: ignore[attr-defined]
        again = id(cell._tc) in seen
        seen.add(id(cell._tc))
        text = "" if again else " ".join(" ".join(map(_words, cell.paragraphs)).split())
        bold = not again and any(map(_is_all_bold, cell.paragraphs))
        cells.append(CellText(text=text, bold=bold))
    return tuple(cells)
