"""Extracted tables → one HTML file for eyes: each beside a picture of its place, doubtful first."""

import base64
import io
from collections.abc import Sequence
from html import escape
from pathlib import Path

from PIL import Image

from figures.cells import Box, Row, Table
from indexer.store import load_page
from kommunesvar.service import IndexService

_ORDER = {"doubtful": 0, "plain": 1, "verified": 2}
_MARGIN = 12.0  # points around a table in its picture
_STYLE = """
body { font: 15px/1.4 system-ui, sans-serif; margin: 1.5rem; color: #1c2733; }
section { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; padding: 1.5rem 0;
  border-top: 1px solid #cdd5dd; align-items: start; }
h2 { font-size: 1rem; margin: 0 0 .3rem; grid-column: 1 / -1; }
p { margin: 0; grid-column: 1 / -1; color: #45525f; }
img { max-width: 100%; border: 1px solid #cdd5dd; }
table { border-collapse: collapse; font-size: .85rem; }
td, th { padding: .15rem .5rem; border-bottom: 1px solid #e3e8ed; text-align: right; }
td:first-child, th:first-child { text-align: left; }
.doubtful { color: #9b1c1c; } .verified { color: #1d6b3a; }
"""


def write_tables_page(service: IndexService, docs: Sequence[str], path: Path) -> None:
    """Write the page; it is one file that needs nothing else."""
    tables = sorted(service.understood_tables(docs), key=lambda table: _ORDER[table.trust])
    body = "".join(_section(service, table) for table in tables)
    path.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Tables</title>'
        f"<style>{_STYLE}</style><h1>{len(tables)} tables</h1>{body}</html>",
        encoding="utf-8",
    )


def _section(service: IndexService, table: Table) -> str:
    picture = _picture(service, table)
    image = f'<img alt="" src="data:image/webp;base64,{picture}">' if picture else ""
    reasons = "; ".join(table.reasons)
    head = "".join(f"<th>{escape(column.name)}</th>" for column in table.columns)
    return (
        f"<section><h2>{escape(table.title or '(no title)')} "
        f'<span class="{table.trust}">{table.trust}</span></h2>'
        f"<p>{escape(table.id)}, page {table.page}, {escape(table.heading)}. "
        f"Unit: {escape(table.unit or '–')}. {escape(reasons)}</p>"
        f"<div>{image}</div><table><tr><th></th>{head}</tr>{_rows(table)}</table></section>"
    )


def _rows(table: Table) -> str:
    lines, group = [], ""
    for row in table.rows:
        if row.group != group:
            group = row.group
            lines.append(f"<tr><th>{escape(group)}</th></tr>")
        lines.append(_row(row))
    return "".join(lines)


def _row(row: Row) -> str:
    cells = "".join(
        f'<td title="{escape(str(cell.base_value))} {escape(cell.unit)}">{escape(cell.text)}</td>'
        if cell
        else "<td></td>"
        for cell in row.cells
    )
    return f"<tr><td>{escape(row.label)}</td>{cells}</tr>"


def _picture(service: IndexService, table: Table) -> str:
    """The table's part of its page, as base64; empty where there is no picture of it."""
    page = load_page(service.index.store, table.doc, table.page)
    image = service.page_image(table.doc, table.page, [])
    if image is None or page is None or table.box is None or not page.width:
        return ""
    picture = Image.open(io.BytesIO(image))
    scale = picture.width / page.width
    out = io.BytesIO()
    picture.crop(_around(table.box, scale, picture.size)).save(out, "WEBP", quality=80)
    return base64.b64encode(out.getvalue()).decode()


def _around(box: Box, scale: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    x0, top, x1, bottom = box
    return (
        max(0, int((x0 - _MARGIN) * scale)),
        max(0, int((top - _MARGIN) * scale)),
        min(size[0], int((x1 + _MARGIN) * scale)),
        min(size[1], int((bottom + _MARGIN) * scale)),
    )
