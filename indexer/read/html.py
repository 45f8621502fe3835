"""An HTML report in, blocks out. The only file that knows selectolax.

What is not the report (menus, scripts, hidden parts) is left out. A web page has no pages:
everything is on page 1.
"""

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from indexer.read.assemble import Piece, RawTable, assemble
from indexer.read.cellrows import CellRow, CellText
from indexer.read.encoding import read_text
from indexer.read.header_names import count_words
from indexer.read.paragraphs import is_running_head
from indexer.records import Block, Kind, Reading

_NOT_REPORT = (
    "script, style, noscript, template, nav, header nav, footer nav, form, button, svg, iframe, "
    "[hidden], [aria-hidden=true], [style*='display:none'], [style*='display: none']"
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = {
    *_HEADINGS, "p", "li", "table", "div", "section", "article", "main", "ul", "ol", "dl", "dt",
    "dd", "blockquote", "figure", "figcaption", "header", "footer", "aside", "body", "pre",
    "details", "summary", "address", "hr",
}  # fmt: skip


def read_html(path: Path) -> Reading:
    """Read one HTML file."""
    tree = HTMLParser(read_text(path))
    for node in tree.css(_NOT_REPORT):
        node.decompose()
    pieces: list[Piece] = []
    if tree.body is not None:
        _walk(tree.body, pieces)
        text = tree.body.text(separator=" ")
    title = tree.css_first("title")
    return Reading(
        blocks=assemble(pieces, count_words(text if tree.body is not None else "")),
        paged=False,
        title=_words(title) if title is not None else "",
    )


def table_rows(html: str) -> tuple[CellRow, ...]:
    """The cells of the first table in a piece of HTML."""
    table = HTMLParser(html).css_first("table")
    return _rows(table) if table is not None else ()


def _words(node: Node) -> str:
    return " ".join(node.text(separator="\x00").replace("\x00", "").split())


def _walk(node: Node, pieces: list[Piece]) -> None:
    """Add the node's blocks; loose text between blocks is a paragraph."""
    loose: list[str] = []
    child = node.child
    while child is not None:
        tag = child.tag
        if tag in _BLOCKS:
            _add(pieces, "paragraph", loose)
            loose = []
            _add_block(child, pieces)
        elif tag == "br":
            loose.append(" ")
        elif tag == "-text":
            loose.append(child.text_content or "")
        elif tag != "-comment" and not _is_raised_mark(child):
            if any(inner.tag in _BLOCKS for inner in child.traverse()):
                _add(pieces, "paragraph", loose)
                loose = []
                _walk(child, pieces)
            else:
                loose.append(_inline(child))
        child = child.next
    _add(pieces, "paragraph", loose)


def _add_block(node: Node, pieces: list[Piece]) -> None:
    tag = node.tag or ""
    holds_blocks = any(inner.tag in _BLOCKS for inner in node.traverse() if inner != node)
    if tag == "table":
        rows = _rows(node)
        caption = node.css_first("caption")
        pieces.append(RawTable(rows=rows, caption=_words(caption) if caption is not None else ""))
    elif tag in _HEADINGS:
        _add(pieces, "heading", [_inline(node)], level=_HEADINGS[tag])
    elif holds_blocks:
        _walk(node, pieces)
    elif tag in ("li", "dd"):
        _add(pieces, "item", [_inline(node)])
    elif tag != "hr":
        _add(pieces, "footnote" if _is_footnote(node) else "paragraph", [_inline(node)])


def _inline(node: Node) -> str:
    """The words of a node, line breaks as spaces and raised footnote numbers left out."""
    words: list[str] = []
    child = node.child
    while child is not None:
        if child.tag == "-text":
            words.append(child.text_content or "")
        elif child.tag == "br":
            words.append(" ")
        elif child.tag in _BLOCKS:
            words.append(f" {_inline(child)} ")
        elif child.tag != "-comment" and not _is_raised_mark(child):
            words.append(_inline(child))
        child = child.next
    return "".join(words)


def _is_raised_mark(node: Node) -> bool:
    return node.tag == "sup" and _words(node).strip("()*[], 0123456789") == ""


def _is_footnote(node: Node) -> bool:
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower()
    return "footnote" in names or "fotnote" in names or _words(node).startswith(("*)", "* "))


def _add(pieces: list[Piece], kind: Kind, words: list[str], level: int = 0) -> None:
    text = " ".join("".join(words).replace("\u00ad", "").split())
    if text and not is_running_head(text):
        pieces.append(Block(kind=kind, text=text, page=1, level=level))


def _rows(table: Node) -> tuple[CellRow, ...]:
    """The cells of a table, a cell that spans several given in the first place it covers.

    A header that spans columns is thus followed by gaps, which is how column_names reads spans.
    """
    rows: list[CellRow] = []
    hanging: dict[int, int] = {}  # column → rows still covered by a cell from above
    for tr in table.css("tr"):
        cells: dict[int, CellText] = {}
        column = 0
        for td in (node for node in tr.iter() if node.tag in ("td", "th")):
            while hanging.get(column, 0):
                column += 1
            bold = td.tag == "th" or td.css_first("b, strong") is not None
            cells[column] = CellText(text=" ".join(_inline(td).split()), bold=bold)
            down, across = _span(td, "rowspan"), _span(td, "colspan")
            for covered in range(column, column + across):
                hanging[covered] = down
            column += across
        hanging = {i: left - 1 for i, left in hanging.items() if left > 1}
        width = max([*cells, *hanging, column - 1], default=-1) + 1
        rows.append(tuple(cells.get(i, CellText(text="")) for i in range(width)))
    return tuple(row for row in rows if row)


def _span(cell: Node, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return max(1, min(100, int(value))) if value.isdigit() else 1
