"""A report drawn as a PDF with reportlab; the only file that imports it.

In: a Report. Out: the file, and for each table the pages it came to stand on. The same report gives
the same bytes. It decides nothing about what is said, only where it lands.
"""

from collections.abc import Callable
from html import escape
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BalancedColumns,
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    ListFlowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents

from samples import blocks
from samples.grids import column_widths, header_rows
from samples.layouts import Layout
from samples.truth import TruthRow
from samples.words import WORDS

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 62, 72, 66
_BODY = _WIDTH - _LEFT - _RIGHT
_LONG_TABLE = 14  # rows; longer ones may break over pages

_BOLD = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold", "Vera": "VeraBd"}
_ITALIC = {"Helvetica": "Helvetica-Oblique", "Times-Roman": "Times-Italic", "Vera": "VeraIt"}
_ALIGN = {"right": TA_RIGHT, "center": TA_CENTER, "left": TA_LEFT}

Pages = dict[str, set[int]]


def write(report: blocks.Report, path: Path) -> Pages:
    """Draw the report; returns table id -> the pages it stands on."""
    _register_fonts()
    pages: Pages = {}
    document = _Document(str(path), report, pages)
    document.multiBuild(_story(report, pages))
    return pages


def _register_fonts() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in ("Vera", "VeraBd", "VeraIt"):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="VeraIt")


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Page templates with running heads, and the entries of the table of contents."""

    def __init__(self, path: str, report: blocks.Report, pages: Pages) -> None:
        author = f"{report.municipality.name} kommune"
        super().__init__(path, pagesize=A4, title=report.title, author=author, invariant=1)
        self._report, self._pages = report, pages
        frame = Frame(_LEFT, _BOTTOM, _BODY, _HEIGHT - _TOP - _BOTTOM, 0, 0, 0, 0, id="main")
        self.addPageTemplates(
            [
                PageTemplate("front", [frame], onPage=self._front),
                PageTemplate("body", [frame], onPage=self._running),
            ]
        )

    def beforeDocument(self) -> None:
        """Each pass starts counting anew; the last one is what is on paper."""
        self._pages.clear()

    def afterFlowable(self, flowable: Any) -> None:
        """Tell the table of contents about headings."""
        level = getattr(flowable, "heading_level", None)
        if level:
            self.notify("TOCEntry", (level - 1, flowable.getPlainText(), self.page))

    def _front(self, canvas: Any, _: Any) -> None:
        report, accent = self._report, HexColor(self._report.layout.accent)
        canvas.setFillColor(accent)
        canvas.rect(0, _HEIGHT * 0.56, _WIDTH, _HEIGHT * 0.44, stroke=0, fill=1)
        canvas.setFillColor(white)
        bold = _BOLD[report.layout.font]
        canvas.setFont(bold, 34)
        canvas.drawString(_LEFT, _HEIGHT * 0.70, f"{report.municipality.name} kommune")
        canvas.setFont(report.layout.font, 24)
        word = WORDS[report.municipality.language]["report"]
        canvas.drawString(_LEFT, _HEIGHT * 0.64, f"{word} {report.year}")

    def _running(self, canvas: Any, _: Any) -> None:
        font = self._report.layout.font
        canvas.setFillColor(HexColor("#555555"))
        canvas.setFont(font, 7.5)
        layout = self._report.layout
        canvas.drawString(_LEFT, 36 if layout.head_at_foot else _HEIGHT - 44, self._report.title)
        number = f"{layout.page_word}{canvas.getPageNumber()}"
        canvas.drawCentredString(_WIDTH / 2, 36, number)
        canvas.setStrokeColor(HexColor("#bbbbbb"))
        canvas.setLineWidth(0.4)
        canvas.line(_LEFT, _HEIGHT - 50, _WIDTH - _RIGHT, _HEIGHT - 50)


class _Tracked(Table):  # type: ignore[misc]
    """A table that tells on which pages it, or each part of it, was drawn."""

    seen: Callable[[int], None]

    def split(self, *size: Any) -> list[Any]:
        """Both parts tell, too."""
        parts: list[Any] = super().split(*size)
        for part in parts:
            part.seen = self.seen
        return parts

    def draw(self) -> None:
        """Draw, and tell."""
        self.seen(self.canv.getPageNumber())
        super().draw()


def _styles(layout: Layout) -> dict[str, ParagraphStyle]:
    base = {"fontName": layout.font, "textColor": HexColor("#1a1a1a")}
    size, small = layout.size, layout.table_size
    accent, bold, italic = HexColor(layout.accent), _BOLD[layout.font], _ITALIC[layout.font]

    def style(name: str, size: float, **more: Any) -> ParagraphStyle:
        return ParagraphStyle(name, **{**base, "fontSize": size, "leading": size * 1.4, **more})

    cell: dict[str, Any] = {"leading": small * 1.2}
    return {
        "body": style("body", size, spaceAfter=size * 0.8),
        "quote": style("quote", size, leftIndent=18, rightIndent=18, spaceAfter=8, fontName=italic),
        "note": style("note", small * 0.95, spaceAfter=10),
        "h1": style("h1", size + 9, fontName=bold, textColor=accent, spaceBefore=18, spaceAfter=10),
        "h2": style("h2", size + 3, fontName=bold, textColor=accent, spaceBefore=12, spaceAfter=5),
        "caption": style("caption", small + 0.5, fontName=bold, spaceBefore=6, spaceAfter=3),
        "lead": style("lead", small, fontName=italic, spaceAfter=2),
        "label": style("label", small, **cell),
        "bold": style("bold", small, fontName=bold, **cell),
        "group": style("group", small, **cell,
                       fontName=italic if layout.groups == "plain" else bold),
        "head": style("head", small, fontName=bold, alignment=_ALIGN[layout.align], **cell,
                      **({"textColor": white} if layout.header_fill else {})),
        "over": style("over", small, fontName=bold, alignment=TA_CENTER, **cell,
                      **({"textColor": white} if layout.header_fill else {})),
        "corner": style("corner", small, fontName=bold, **cell,
                        **({"textColor": white} if layout.header_fill else {})),
    }  # fmt: skip


def _story(report: blocks.Report, pages: Pages) -> list[Any]:
    layout, styles = report.layout, _styles(report.layout)
    story: list[Any] = [Spacer(1, 1), NextPageTemplate("body"), PageBreak()]
    title = ParagraphStyle("contents", parent=styles["h1"], keepWithNext=0)
    story.append(Paragraph(WORDS[report.municipality.language]["contents"], title))
    contents = TableOfContents(dotsMinLevel=0)
    tight = [("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]
    contents.tableStyle = TableStyle(tight)
    contents.levelStyles = [
        ParagraphStyle("toc1", parent=styles["body"], fontName=_BOLD[layout.font], spaceAfter=1,
                       spaceBefore=4),
        ParagraphStyle("toc2", parent=styles["body"], leftIndent=14, spaceAfter=0,
                       fontSize=layout.size - 1, leading=layout.size * 1.15),
    ]  # fmt: skip
    story += [contents, PageBreak()]
    opening = report.blocks[0]
    following = dict(zip(map(id, report.blocks), report.blocks[1:], strict=False))
    for prose, run in groupby(report.blocks, key=_is_prose):
        drawn = [(block, part) for block in run for part in _draw(block, report, styles, pages)]
        if prose and layout.two_columns:
            story += _columns([part for _, part in drawn])
            continue
        for block, part in drawn:
            if isinstance(block, blocks.Heading):
                starts = layout.chapter_break and block.level == 1 and block is not opening
                story += _before_heading(part, following.get(id(block)), layout, starts=starts)
            story.append(part)
    return story


def _before_heading(
    part: Any, after: blocks.Block | None, layout: Layout, *, starts: bool
) -> list[Any]:
    """No heading alone at the foot of a page: it stays with what follows, or asks for room."""
    kept = _keep(part, after, layout)
    if starts:
        return [PageBreak()]
    return [] if kept else [CondPageBreak(150)]


def _keep(part: Any, after: blocks.Block | None, layout: Layout) -> bool:
    breakable = isinstance(after, blocks.TableBlock) and _may_break(after, layout)
    columns = after is not None and _is_prose(after) and layout.two_columns
    part.keepWithNext = 0 if breakable or columns else 1
    return not (breakable or columns)


def _may_break(block: blocks.TableBlock, layout: Layout) -> bool:
    return len(block.table.rows) >= _LONG_TABLE or not layout.keep_tables


def _is_prose(block: blocks.Block) -> bool:
    return isinstance(block, blocks.Paragraph) and block.kind == "body"


def _columns(paragraphs: list[Any]) -> list[Any]:
    """Long prose in two columns; a lone short paragraph stays whole."""
    if sum(len(p.getPlainText()) for p in paragraphs) < 600:
        return paragraphs
    return [BalancedColumns(paragraphs, nCols=2, innerPadding=16), Spacer(1, 6)]


def _draw(
    block: blocks.Block, report: blocks.Report, styles: dict[str, Any], pages: Pages
) -> list[Any]:
    if isinstance(block, blocks.Heading):
        heading = Paragraph(escape(block.printed), styles[f"h{block.level}"])
        heading.heading_level = block.level
        return [heading]
    if isinstance(block, blocks.Paragraph):
        return [Paragraph(escape(block.text), styles[block.kind])]
    if isinstance(block, blocks.Items):
        items = [Paragraph(escape(item), styles["body"]) for item in block.items]
        return [
            ListFlowable(items, bulletType="bullet", start="•", leftIndent=14, bulletFontSize=8)
        ]
    if isinstance(block, blocks.SideBySide):
        gap, half = 18, (_BODY - 18) / 2
        left, right = (
            _table(part, report.layout, styles, pages, half) for part in (block.left, block.right)
        )
        plain = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                 ("RIGHTPADDING", (0, 0), (-1, -1), 0)]  # fmt: skip
        pair = Table([[left, "", right]], colWidths=[half, gap, half], style=TableStyle(plain))
        return [pair, Spacer(1, 10)]
    return [*_table(block, report.layout, styles, pages, _BODY), Spacer(1, 10)]


def _table(
    block: blocks.TableBlock, layout: Layout, styles: dict[str, Any], pages: Pages, width: float
) -> list[Any]:
    """A table with its caption and the line above it."""
    table = block.table
    drawn = _grid(block, layout, styles, width)
    drawn.seen = lambda page: pages.setdefault(table.id, set()).add(page)
    caption = Paragraph(escape(table.title), styles["caption"])
    above: list[Any] = [caption] if layout.caption == "above" else []
    if block.sentence:
        above.append(Paragraph(escape(block.sentence), styles["body"]))
    if block.lead:
        above.append(Paragraph(escape(block.lead), styles["lead"]))
    below = [Spacer(1, 2), caption] if layout.caption == "below" else []
    if not _may_break(block, layout):
        for part in above:
            part.keepWithNext = 1
        if below:
            drawn.keepWithNext = 1
            below[0].keepWithNext = 1
    return (
        [CondPageBreak(110), *above, drawn, *below] if width == _BODY else [*above, drawn, *below]
    )


def _grid(
    block: blocks.TableBlock, layout: Layout, styles: dict[str, Any], width: float
) -> _Tracked:
    table = block.table
    head = header_rows(table, layout)
    data: list[list[Any]] = []
    for number, names in enumerate(head):
        low = number == len(head) - 1  # not the row of spanning headers
        corner = block.corner if low else ""
        data.append(
            [Paragraph(escape(corner), styles["corner"])]
            + [
                Paragraph(escape(name).replace("\n", "<br/>"), styles["head" if low else "over"])
                for name in names
            ]
        )
    commands = _header_style(head, layout)
    path: tuple[str, ...] = ()
    for row in table.rows:
        if row.path != path:
            path = row.path
            commands += _group_style(len(data), layout)
            data.append([Paragraph(escape(path[-1]), styles["group"])] + [""] * len(table.columns))
        if row.total:
            commands += _total_style(len(data), layout)
        data.append(_row(row, styles))
    return _Tracked(
        data,
        colWidths=column_widths(table, layout, width),
        repeatRows=len(head) if layout.repeat_header else 0,
        style=TableStyle(_base_style(len(head), layout) + commands),
        hAlign="LEFT",
    )


def _row(row: TruthRow, styles: dict[str, Any]) -> list[Any]:
    style = styles["bold" if row.total else "label"]
    note = f"<super>{row.note})</super>" if row.note else ""
    cells: list[Any] = [Paragraph(escape(row.label) + note, style)]
    for cell in row.cells:
        wordy = cell.value is None and len(cell.text) > 12
        cells.append(Paragraph(escape(cell.text), styles["label"]) if wordy else cell.text)
    return cells


def _base_style(head: int, layout: Layout) -> list[Any]:
    grey, accent = HexColor("#b5b5b5"), HexColor(layout.accent)
    align = layout.align.upper()
    style: list[Any] = [
        ("FONT", (0, 0), (-1, -1), layout.font, layout.table_size, layout.table_size * 1.2),
        ("ALIGN", (1, 0), (-1, -1), align),
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    if layout.zebra:
        style.append(("ROWBACKGROUNDS", (0, head), (-1, -1), [white, _tint(accent, 0.93)]))
    if layout.rules == "grid":
        style.append(("GRID", (0, 0), (-1, -1), 0.4, grey))
    if layout.rules == "rows":
        style.append(("LINEBELOW", (0, 0), (-1, -1), 0.25, grey))
    if layout.rules in ("rows", "header"):
        style.append(("LINEBELOW", (0, head - 1), (-1, head - 1), 0.9, accent))
    return style


def _header_style(head: list[list[str]], layout: Layout) -> list[Any]:
    style: list[Any] = []
    if layout.header_fill:
        last = len(head) - 1
        style.append(("BACKGROUND", (0, 0), (-1, last), HexColor(layout.accent)))
    if len(head) == 2:
        starts = [i for i, name in enumerate(head[0]) if name] + [len(head[0])]
        for start, end in pairwise(starts):
            style.append(("SPAN", (start + 1, 0), (end, 0)))
    return style


def _group_style(row: int, layout: Layout) -> list[Any]:
    style: list[Any] = [("SPAN", (0, row), (-1, row))]
    if layout.groups == "shaded":
        tint = _tint(HexColor(layout.accent), 0.85)
        style.append(("BACKGROUND", (0, row), (-1, row), tint))
    return style


def _total_style(row: int, layout: Layout) -> list[Any]:
    style: list[Any] = [("FONTNAME", (1, row), (-1, row), _BOLD[layout.font])]
    if layout.rules in ("header", "rows"):
        style.append(("LINEABOVE", (0, row), (-1, row), 0.6, HexColor("#333333")))
    return style


def _tint(color: Color, toward_white: float) -> Color:
    keep = 1 - toward_white
    return Color(*(1 - (1 - part) * keep for part in (color.red, color.green, color.blue)))
