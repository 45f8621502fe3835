"""A PDF report -> a Reading. The stages in order; read this file first.

open_pdf              words, strokes and fills of each page      pdf_pages
words_to_lines        words on one baseline                      pdf_lines
drop_running_heads    heads, feet and page numbers go            pdf_heads
lines_to_zones        one column or two                          pdf_prose
page_to_regions       where tables stand                         pdf_regions, pdf_rulings
region_to_draft       columns, header, rows                      pdf_tables
find_caption          title and notes                            pdf_captions
continues, join       over the page's end                        pdf_joins
lines_to_paragraphs   what is left                               pdf_prose
heading_levels        the outline                                pdf_outline
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from figures.errors import ReadError
from indexer.read.pdf_areas import Region, cut_lines, without_lines
from indexer.read.pdf_captions import find_caption, stands_below
from indexer.read.pdf_drawing import page_to_drawing
from indexer.read.pdf_heads import drop_running_heads
from indexer.read.pdf_joins import continued_rows, is_label_start, join
from indexer.read.pdf_lines import Line, words_to_lines
from indexer.read.pdf_marks import RawPage
from indexer.read.pdf_ocr import DOTS_PER_INCH, picture_to_words, tesseract
from indexer.read.pdf_outline import body_size_of, heading_levels, is_contents
from indexer.read.pdf_pages import DamagedPage, Pdf, open_pdf
from indexer.read.pdf_prose import BULLET, Paragraph, lines_to_paragraphs
from indexer.read.pdf_regions import page_to_regions
from indexer.read.pdf_rulings import page_to_rulings
from indexer.read.pdf_sides import side_by_side
from indexer.read.pdf_tables import Draft, draft_to_grid, region_to_draft
from indexer.read.pdf_text import page_to_words
from indexer.read.pdf_zones import lines_to_zones
from indexer.records import Block, GridRow, Reading


@dataclass(slots=True)
class _Table:
    """A table's part on one page; `of` is the part it goes on with."""

    draft: Draft
    rows: list[GridRow]
    titled: bool  # the caption's lines were used up: they are part of the table's text
    of: Draft | None = None


_Item = Paragraph | _Table


def read_pdf(path: Path) -> Reading:
    """Read a whole report; ReadError when the file cannot be read."""
    with open_pdf(path) as pdf:
        raw = [_read_page(pdf, index) for index in range(pdf.page_count)]
        title = pdf.title()
    if all(page.damaged for page in raw):
        raise ReadError(
            f"{path.name}: every page is damaged; open it in a viewer, and if it opens there, "
            "print it to a new PDF and index that"
        )
    lines, head = drop_running_heads(
        [words_to_lines(page.words) for page in raw], [page.height for page in raw]
    )
    layouts = [_page_to_zones(page, own) for page, own in zip(raw, lines, strict=True)]
    body_size = body_size_of(line for zones in layouts for _, beside in zones for line in beside)
    below = _captions_stand_below(layouts, body_size)
    pages = [
        _zones_to_items(zones, page.number, body_size, below, len(raw))
        for page, zones in zip(raw, layouts, strict=True)
    ]
    _join_tables(pages)
    return Reading(
        blocks=tuple(_blocks(pages, body_size)),
        paged=True,
        sizes=tuple((page.width, page.height) for page in raw),
        title=head or title,
        warnings=tuple(_warnings(raw)),
    )


def _read_page(pdf: Pdf, index: int) -> RawPage:
    """What stands on a page."""
    try:
        return _read_open_page(pdf, index)
    except DamagedPage:
        return RawPage(number=index + 1, width=0.0, height=0.0, damaged=True)


def _read_open_page(pdf: Pdf, index: int) -> RawPage:
    with pdf.page(index) as page:
        strokes, fills, pictures = page_to_drawing(page)
        words, hidden = page_to_words(page, fills, pictures)
        scanned = not words and pictures > 0
        if scanned and tesseract():
            words = picture_to_words(*page.picture(DOTS_PER_INCH))
        return RawPage(
            number=page.number,
            width=page.width,
            height=page.height,
            words=words,
            strokes=strokes,
            fills=fills,
            hidden=hidden,
            scanned=scanned,
        )


_Zone = tuple[list[Region], list[Line]]  # where tables stand, and the lines beside them


def _page_to_zones(page: RawPage, lines: list[Line]) -> list[_Zone]:
    """A page's columns of text, each with its tables, in reading order."""
    rulings = page_to_rulings(page)
    zones = []
    for zone in lines_to_zones(lines, page.width, rulings):
        regions, rest = page_to_regions(zone, rulings)
        zones.append(([part for region in regions for part in side_by_side(region)], rest))
    return zones


def _captions_stand_below(pages: Sequence[Sequence[_Zone]], body_size: float) -> bool:
    """A report has its captions above its tables or below them, not both."""
    votes = 0
    for zones in pages:
        for regions, rest in zones:
            for region in regions:
                above, below = _around(region, rest, regions)
                votes += stands_below(above, below, region.top, region.bottom, body_size)
    return votes > 0


def _zones_to_items(
    zones: Sequence[_Zone], page: int, body_size: float, captions_below: bool, page_count: int
) -> list[_Item]:
    """A page's paragraphs and tables, in reading order."""
    items: list[_Item] = []
    for regions, rest in zones:
        tables: list[tuple[Region, _Item]] = []
        for region in regions:
            draft = region_to_draft(region, page)
            if draft is not None and is_contents(draft_to_grid(draft), page_count):
                tables += [(region, Paragraph([line], listed=True)) for line in region.lines]
                continue
            if draft is None:
                rest = sorted([*rest, *region.lines], key=lambda line: (line.bottom, line.x0))
                continue
            above, below = _around(region, rest, regions)
            caption = find_caption(
                above, below, region.top, region.bottom, body_size, captions_below
            )
            draft.title = caption.title or draft.header.title
            draft.title_below = caption.below
            if caption.title and draft.header.title:
                draft.notes.append(draft.header.title)
            draft.notes += caption.notes
            rest = without_lines(rest, caption.used)
            tables.append((region, _Table(draft, list(draft.rows), bool(caption.used))))
        items += _in_order(tables, rest)
    return items


def _around(
    region: Region, rest: Sequence[Line], regions: Sequence[Region]
) -> tuple[list[Line], list[Line]]:
    """The lines above and below a table, as far as the next tables."""
    beside = [x for x in rest if x.x0 < region.x1 and x.x1 > region.x0]
    if any(r.top < region.bottom and r.bottom > region.top for r in regions if r is not region):
        beside = cut_lines(beside, region.x0, -1e9, region.x1, 1e9)
    floor = max((r.bottom for r in regions if r.bottom <= region.top + 2), default=-1e9)
    roof = min((r.top for r in regions if r.top >= region.bottom - 2), default=1e9)
    above = [x for x in beside if floor - 2 <= x.top and x.bottom <= region.top + 3]
    below = [x for x in beside if region.bottom - 3 <= x.top and x.bottom <= roof + 2]
    return above, below


def _in_order(tables: Sequence[tuple[Region, _Item]], rest: list[Line]) -> list[_Item]:
    """Prose between tables as paragraphs; a paragraph does not run across a table."""
    items: list[_Item] = []
    left = sorted(rest, key=lambda line: (line.bottom, line.x0))
    for region, table in sorted(tables, key=lambda pair: (pair[0].top, pair[0].x0)):
        above = [line for line in left if line.bottom <= region.top + 0.5 * line.size]
        items += lines_to_paragraphs(above)
        left = [line for line in left if line.bottom > region.top + 0.5 * line.size]
        items.append(table)
    return items + list(lines_to_paragraphs(left))


def _join_tables(pages: Sequence[list[_Item]]) -> None:
    """Join the last table of a page with the first of the next where it goes on."""
    for items, following in pairwise(pages):
        if not items or not following or not isinstance(following[0], _Table):
            continue
        start = items[-1] if isinstance(items[-1], Paragraph) else None
        last = items[-2] if start and len(items) > 1 else items[-1]
        if not isinstance(last, _Table):
            continue
        part, first = last.draft, following[0]
        whole = last.of or part
        if start and (any(first.draft.header.names) or not is_label_start(start.lines, part)):
            continue
        rows = continued_rows(whole, first.draft)
        if rows is not None:
            join(whole, first.draft, rows, start.text if start else "")
            first.of = whole
            if start:
                items.pop()
                last.rows.append(replace(last.draft.rows[-1], label=start.text, cells=()))


def _blocks(pages: Sequence[Sequence[_Item]], body_size: float) -> list[Block]:
    paragraphs = [item for items in pages for item in items if isinstance(item, Paragraph)]
    levels = dict(zip(map(id, paragraphs), heading_levels(paragraphs, body_size), strict=True))
    blocks: list[Block] = []
    for number, items in enumerate(pages, 1):
        for item in items:
            if isinstance(item, Paragraph):
                blocks.append(_paragraph_block(item, levels[id(item)], number, body_size))
            else:
                blocks.append(_table_block(item, number))
    return blocks


def _paragraph_block(paragraph: Paragraph, level: int, page: int, body_size: float) -> Block:
    text = paragraph.text
    if level:
        return Block(kind="heading", text=text, page=page, box=paragraph.box, level=level)
    if paragraph.listed or BULLET.match(text):
        return Block(kind="item", text=text, page=page, box=paragraph.box)
    if paragraph.size < 0.9 * body_size and text[:1] in "*0123456789¹²³":
        return Block(kind="footnote", text=text, page=page, box=paragraph.box)
    return Block(kind="paragraph", text=text, page=page, box=paragraph.box)


def _table_block(table: _Table, page: int) -> Block:
    """The table as text: title, header, then a line for each row with tabs between cells."""
    draft = table.draft
    lines: list[str] = []
    if table.of is None:
        if table.titled and draft.title:
            lines.append(draft.title)
        elif draft.header.title:
            lines.append(draft.header.title)
        if any(draft.header.names):
            lines.append("\t".join([draft.header.corner, *draft.header.names]).strip("\t"))
    lines += [row_to_text(row) for row in table.rows]
    if table.titled or table.of is not None:
        lines += draft.notes
    return Block(
        kind="table",
        text="\n".join(lines),
        page=page,
        box=draft.box,
        grid=draft_to_grid(draft) if table.of is None else None,
    )


def row_to_text(row: GridRow) -> str:
    """A row as a line that can be quoted."""
    return "\t".join([row.label, *(cell or "" for cell in row.cells)]).rstrip("\t")


def _warnings(pages: Sequence[RawPage]) -> list[str]:
    hidden = sum(page.hidden for page in pages)
    read = [page.number for page in pages if page.scanned and page.words]
    unread = [page.number for page in pages if page.scanned and not page.words]
    damaged = [page.number for page in pages if page.damaged]
    warnings = []
    if damaged:
        warnings.append(f"side {_listed(damaged)} er skadet og ikke lest")
    if hidden:
        warnings.append(f"usynlig tekst fjernet ({hidden} ord)")
    if read:
        warnings.append(f"side {_listed(read)} er bilder, lest maskinelt (OCR)")
    if unread:
        warnings.append(f"side {_listed(unread)} har ikke tekst og er ikke lest")
    return warnings


def _listed(pages: Sequence[int]) -> str:
    """Page numbers, the first few of many."""
    shown = ", ".join(map(str, pages[:12]))
    return shown if len(pages) <= 12 else f"{shown} og {len(pages) - 12} til"
