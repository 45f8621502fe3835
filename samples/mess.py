"""Slips of the pen in a table's print, as real reports have them: the values stay what they are.

Here and there a number loses its gap between thousands (1428 beside 1 468) or has a decimal point
among decimal commas. Which cells, follows from the table's place in its report.
"""

from dataclasses import replace

from samples.draws import rng
from samples.layouts import Layout
from samples.truth import TruthCell, TruthTable


def messed(table: TruthTable, layout: Layout, report: str) -> TruthTable:
    """The table with a few cells printed otherwise than the rest."""
    rows = tuple(
        replace(
            row,
            cells=tuple(
                _slip(cell, layout, rng(report, table.kind, row.key, column).random())
                for column, cell in enumerate(row.cells)
            ),
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _slip(cell: TruthCell, layout: Layout, chance: float) -> TruthCell:
    """One cell: about every twentieth slips.

    >>> _slip(TruthCell(text="1 234,5"), Layout(), 0.01).text
    '1 234.5'
    >>> _slip(TruthCell(text="1 234"), Layout(), 0.04).text
    '1234'
    """
    if not any(sign.isdigit() for sign in cell.text) or len(cell.text) > 12:
        return cell  # words
    if chance < 0.03 and layout.thousands != ".":
        return replace(cell, text=cell.text.replace(",", "."))
    if chance < 0.06 and layout.thousands:
        return replace(cell, text=cell.text.replace(layout.thousands, "", 1))
    return cell
