"""How a table's header and columns are laid out, before anybody draws them: names and widths."""

from samples.layouts import Layout
from samples.truth import TruthTable


def header_rows(table: TruthTable, layout: Layout) -> list[list[str]]:
    """The header as printed: one row, or a row of spanning headers above the names.

    A name is broken before its last word where the layout breaks headers.
    """
    names = []
    for column in table.columns:
        name = column.name
        if column.over:
            name = name.replace(column.over, "").strip() or name
        if layout.header == "broken" and " " in name:
            name = "\n".join(name.rsplit(" ", 1))
        names.append(name)
    if not any(column.over for column in table.columns):
        return [names]
    over, previous = [], ""
    for column in table.columns:
        over.append(column.over if column.over != previous else "")
        previous = column.over
    return [over, names]


def column_widths(table: TruthTable, layout: Layout, width: float) -> list[float]:
    """The label's width first: less of it where cells hold words or columns are many."""
    count = len(table.columns)
    wordy = any(len(cell.text) > 25 for row in table.rows for cell in row.cells)
    label = 0.45 if wordy else max(layout.label_width, 1 - 0.17 * count)
    if count > 6:
        label = min(label, 0.34)
    return [width * label] + [width * (1 - label) / count] * count
