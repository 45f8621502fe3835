"""Blocks and tables → passages: what is searched and cited. Pure.

A passage is whole paragraphs under one heading on one page, or rows of one table with its title
and column names. It never cuts a paragraph and never crosses a page, so that any sentence of it is
a substring of that page's text.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from figures.cells import Box, Table
from indexer.records import Block, Document, Passage

MAX_CHARS = 1200  # prose: whole paragraphs are packed up to this length
MAX_TABLE_CHARS = 1400  # tables: rows are packed up to this length, the header with each
SHORT_CHARS = 250  # a shorter rest goes with the passage before it
CONTEXT_CHARS = 200  # kept of what leads into a passage


def chapter_paths(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Each block with the headings it stands under, outermost first.

    >>> blocks = [Block(kind="heading", text="1. Drift", page=1, level=1),
    ...           Block(kind="heading", text="1.1 Skole", page=1, level=2),
    ...           Block(kind="paragraph", text="Godt år.", page=1)]
    >>> [path for _, path in chapter_paths(blocks)]
    ['1. Drift', '1. Drift › 1.1 Skole', '1. Drift › 1.1 Skole']
    """
    open_: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            open_ = [above for above in open_ if above.level < block.level] + [block]
        yield block, " › ".join(" ".join(above.text.split()) for above in open_)


def document_to_passages(document: Document, tables: Sequence[Table]) -> list[Passage]:
    """All passages of a report in reading order; `tables` are those of its table blocks."""
    passages: list[Passage] = []
    remaining = iter(tables)
    prose: list[Block] = []
    prose_path = ""

    def flush() -> None:
        before = ""
        for packed in _pack(prose):
            passages.append(
                Passage(
                    id=f"{document.id}/p{len(passages)}",
                    doc=document.id,
                    page=packed[0].page,
                    heading=prose_path,
                    text="\n".join(block.text for block in packed),
                    box=_around(packed),
                    context=_leading_in(before),
                )
            )
            before = packed[-1].text
        prose.clear()

    following = itertools.chain(document.blocks[1:], [None])
    for (block, path), after in zip(chapter_paths(document.blocks), following, strict=True):
        if _is_bare(block, after):
            prose.append(block)
            continue
        if path != prose_path:
            flush()
            prose_path = path
        if block.kind == "table":
            flush()
            if block.grid is not None:
                table = next(remaining)
                passages += _table_passages(table, document.id, len(passages))
        elif block.kind != "heading":
            prose.append(block)
    flush()
    return passages


def _is_bare(block: Block, after: Block | None) -> bool:
    """A heading with nothing under it is a line of text: nobody finds it otherwise."""
    return block.kind == "heading" and (
        after is None or (after.kind == "heading" and after.level <= block.level)
    )


def _leading_in(before: str) -> str:
    """The end of the paragraph before, where it goes on: after a colon or within a sentence."""
    return "" if before.endswith((".", "!", "?")) else before[-CONTEXT_CHARS:]


def _pack(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    for _, on_page in itertools.groupby(blocks, key=lambda block: block.page):
        yield from _pack_page(list(on_page))


def _pack_page(blocks: Sequence[Block]) -> list[list[Block]]:
    packs: list[list[Block]] = [[]]
    for block in blocks:
        if packs[-1] and _size(packs[-1]) + len(block.text) > MAX_CHARS:
            packs.append([])
        packs[-1].append(block)
    if len(packs) > 1 and _size(packs[-1]) < SHORT_CHARS:
        packs[-2:] = [packs[-2] + packs[-1]]
    return packs


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _table_passages(table: Table, doc: str, first: int) -> Iterator[Passage]:
    header = "\t".join(["", *(column.name for column in table.columns)])
    lines: list[str] = []
    boxes: list[Box] = []
    page = table.page
    number = first

    def passage() -> Passage:
        return Passage(
            id=f"{doc}/p{number}", doc=doc, page=page, heading=table.heading,
            text="\n".join([table.title, header, *lines]), box=_union(boxes),
            table=table.id, title=table.title, context=table.context,
        )  # fmt: skip

    group = ""
    for row in table.rows:
        full = sum(map(len, lines)) > MAX_TABLE_CHARS
        if lines and (full or row.page != page):
            yield passage()
            number += 1
            lines, boxes = [], []
        page = row.page
        if row.group != group:
            group = row.group
            if group:
                lines.append(group)
        lines.append("\t".join([row.label, *(cell.text if cell else "" for cell in row.cells)]))
        if row.box:
            boxes.append(row.box)
    if lines:
        yield passage()


def _around(blocks: Sequence[Block]) -> Box | None:
    return _union([block.box for block in blocks if block.box])


def _union(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return (min(x0), min(top), max(x1), max(bottom))
