"""Rows of figures → a file for a spreadsheet, CSV or XLSX. XlsxWriter's only door.

A report's text never becomes a formula in somebody's spreadsheet, in either.
"""

import csv
import io
from typing import Any

from api.service import Json

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 60  # characters


def figures_to_csv(rows: list[Json]) -> bytes:
    """CSV with a byte order mark, so that spreadsheets read æøå right."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    if rows:
        writer.writerow(rows[0])
        writer.writerows([_harmless(value) for value in row.values()] for row in rows)
    return out.getvalue().encode()


def figures_to_xlsx(rows: list[Json]) -> bytes:
    """One sheet with a header that stays in view; numbers are numbers, all else is text."""
    import xlsxwriter

    out = io.BytesIO()
    # Strings stay strings: no formulas, links or numbers are guessed from them.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("figures")
        bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.###"})
        names = list(rows[0]) if rows else []
        sheet.write_row(0, 0, names, bold)
        for i, row in enumerate(rows, 1):
            for j, (name, value) in enumerate(row.items()):
                sheet.write(i, j, value, number if name == "base_value" else None)
        for j, name in enumerate(names):
            widest = max(len(str(row[name])) for row in rows)
            sheet.set_column(j, j, min(_WIDEST, max(len(name), widest) + 2))
        if rows:
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(rows), len(names) - 1)
    return out.getvalue()


def _harmless(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("=", "+", "@", "\t", "\r"):
        return "'" + value
    return value
