"""A report as the published text versions look: plain text, or Markdown with tab-separated tables.

In plain text a table is runs of numbers: `label 349 978 388 008`. Cells left empty vanish, headers
and long labels break over lines, and each page begins with one stray space. Nothing is marked as a
table. In Markdown the columns stand between tabs and empty cells are kept.
"""

import textwrap
from collections.abc import Iterator

from samples import blocks
from samples.blocks import Block, Report, TableBlock
from samples.draws import rng
from samples.truth import TruthRow

_LINE = 96
_PAGE = 48  # lines


def to_text(report: Report) -> str:
    """The report as flattened text."""
    lines = [f"{report.title} ", "", ""]
    for block in report.blocks:
        lines += _text_block(report, block)
    return "\n".join(_paged(lines)) + "\n"


def _paged(lines: list[str]) -> Iterator[str]:
    """Where a page ends there are some blank lines; where it begins, one stray space."""
    for start in range(0, len(lines), _PAGE):
        page = lines[start : start + _PAGE]
        if start:
            yield from ("", "  ", "")
            page = [f" {page[0]}", *page[1:]]
        yield from page


def _text_block(report: Report, block: Block) -> list[str]:
    if isinstance(block, blocks.Heading):
        return [f"{block.printed} ", ""]
    if isinstance(block, blocks.Paragraph):
        return [*_wrapped(block.text), ""]
    if isinstance(block, blocks.Items):
        return [line for item in block.items for line in _wrapped(f"• {item}")] + [""]
    if isinstance(block, blocks.SideBySide):
        return _text_table(report, block.left) + _text_table(report, block.right)
    return _text_table(report, block)


def _wrapped(text: str) -> list[str]:
    return [f"{line} " for line in textwrap.wrap(text, _LINE, break_on_hyphens=False)]


def _text_table(report: Report, block: TableBlock) -> list[str]:
    layout, table = report.layout, block.table
    caption = [*_wrapped(table.title), ""]
    lines = caption if layout.caption == "above" else []
    lines += [*_wrapped(block.sentence), ""] if block.sentence else []
    lines += [f"{block.lead} "] if block.lead else []
    lines += _text_header(report, block)
    airy = rng(report.doc, "airy").random() < 0.5  # a blank line after every row
    path: tuple[str, ...] = ()
    for row in table.rows:
        if row.path != path:
            path = row.path
            lines.append(f"{path[-1]} ")
        lines += _text_row(row, narrow=int(90 * layout.label_width))
        lines += [""] if airy else []
    lines += ["", *caption] if layout.caption == "below" else [""]
    return lines


def _text_header(report: Report, block: TableBlock) -> list[str]:
    """The column names in one run, or broken over lines in the middle of a name."""
    names = [column.name for column in block.table.columns]
    corner = f"{block.corner} " if block.corner else " "
    if report.layout.header == "one":
        return [f"{corner}{' '.join(names)} "]
    overs = [column.over for column in block.table.columns if column.over]
    if overs:
        seen = " ".join(dict.fromkeys(overs))
        subs = [c.name.replace(c.over, "").strip() or c.name for c in block.table.columns]
        return [f" {seen} ", f"{corner}{' '.join(subs)} "]
    lines, line = [], corner
    for name in names:
        head, gap, tail = name.rpartition(" ")
        line += f"{head} " if gap else f"{tail} "
        if gap and " " in head:
            lines.append(line)
            line = f"{tail} "
        elif gap:
            line += f"{tail} "
    return [*lines, line]


def _text_row(row: TruthRow, narrow: int) -> list[str]:
    """Label and numbers on a line; of a long label only the last line has them."""
    label = row.label + (f"{row.note})" if row.note else "")
    cells = [cell.text.replace("\u00a0", " ") for cell in row.cells if cell.text]
    parts = textwrap.wrap(label, max(narrow, 30), break_on_hyphens=False)
    lines = [f"{part} " for part in parts[:-1]]
    wordy = [cell for cell in cells if len(cell) > 30]
    if wordy:
        return [*lines, *_wrapped(" ".join([parts[-1], *cells]))]
    return [*lines, " ".join([parts[-1], *cells]) + " "]


def to_markdown(report: Report) -> str:
    """The report as Markdown with tab-separated tables."""
    bold = rng(report.doc, "bold").random() < 0.5
    parts = [f"# {report.title}"]
    for block in report.blocks:
        parts += _markdown_block(report, block, bold=bold)
    return "\n\n".join(parts) + "\n"


def _markdown_block(report: Report, block: Block, *, bold: bool) -> list[str]:
    if isinstance(block, blocks.Heading):
        text = f"**{block.printed}**" if bold else block.printed
        return [f"{'#' * (block.level + 1)} {text}"]
    if isinstance(block, blocks.Paragraph):
        return [block.text]
    if isinstance(block, blocks.Items):
        return ["\n".join(f"- {item}" for item in block.items)]
    if isinstance(block, blocks.SideBySide):
        return [
            part
            for side in (block.left, block.right)
            for part in _markdown_table(report, side, bold=bold)
        ]
    return _markdown_table(report, block, bold=bold)


def _markdown_table(report: Report, block: TableBlock, *, bold: bool) -> list[str]:
    table, layout = block.table, report.layout
    rows = ["\t".join([block.corner, *(column.name for column in table.columns)])]
    path: tuple[str, ...] = ()
    for row in table.rows:
        if row.path != path:
            path = row.path
            rows.append(path[-1] + "\t" * len(table.columns))
        label = row.label + (f"{row.note})" if row.note else "")
        cells = [label, *(cell.text for cell in row.cells)]
        if row.total and bold:
            cells = [f"<b>{cell}</b>" if cell else "" for cell in cells]
        rows.append("\t".join(cells))
    parts = [table.title] if layout.caption == "above" else [block.sentence]
    parts += [block.lead] if block.lead else []
    parts.append("\n".join(rows))
    if layout.caption == "below":
        parts.append(table.title)
    return [part for part in parts if part]
