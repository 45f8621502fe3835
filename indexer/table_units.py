"""Which unit each cell of a grid is in: what is printed nearest wins, what is only implied loses.

A cell's own "%" is stronger than its row's words, those than its column's, those than the corner,
the caption, the notes, and last what is said before the table.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from figures.cells import Column, Unit
from figures.numbers import Number
from figures.units import declared_unit, imply_unit, is_money, read_unit

_ONE = Decimal(1)
_PERCENTS = ("prosent", "prosentpoeng")
_WHOLE = re.compile(r"(?<![a-zæøå])hei?le kr")
_AMOUNT = re.compile(r"[0-9] (?:mill|mrd|milliard|tusen)", re.IGNORECASE)
_SHARE = re.compile(r"^\W*(?:andel|del av|prosentandel)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_WORDS = re.compile(
    r"år(?![a-zæøå])|start|ferdig|når|låneopptak|tidspunkt|periode", re.IGNORECASE
)
_ROUND = Decimal(1000)


def table_unit(corner: str, title: str, notes: str, context: str, heading: str) -> Unit | None:
    """The unit of a whole table, from the words around it."""
    caption = declared_unit(title)
    if caption is None and not _AMOUNT.search(title):
        caption = read_unit(title)
    last_heading = heading.rpartition("›")[2]
    return (
        read_unit(corner)
        or caption
        or (read_unit(notes) if 0 < len(notes) <= 40 else None)
        or declared_unit(notes)
        or declared_unit(context)
        or declared_unit(last_heading)
    )


def cell_unit(
    number: Number, label: str, group: str, column: Column, whole: Unit | None, title: str
) -> Unit | None:
    """The unit of one cell; None where nothing tells."""
    if number.unit:
        return _in_table_scale(Unit(name=number.unit), number, whole)
    row, header = read_unit(label), column.unit
    if header and header.name in _PERCENTS and "kr" not in column.name.lower():
        return header
    if column.measure == "share" and not (header and header.name.startswith("kr")):
        return Unit(name="prosent")
    if row:
        return _in_table_scale(row, number, whole, said=label)
    if _SHARE.search(label) and not (header and header.name.startswith("kr")):
        return Unit(name="prosent")
    if header:
        return _in_table_scale(header, number, whole, said=column.name)
    by_column, by_row = imply_unit(column.name), imply_unit(label)
    if whole and whole.name.startswith("kr"):
        counted = by_column is not None and by_column.name in ("antall", "prosent")
        return by_column if counted and not is_money(label) else whole
    if by_column and by_column.name in ("kr", "prosent"):
        return by_column
    return (
        (by_row if by_row and by_row.name in ("kr", "prosent") and not whole else None)
        or whole
        or by_column
        or read_unit(group)
        or by_row
        or imply_unit(title)
    )


def year_columns(
    names: Sequence[str], rows: Sequence[Sequence[str | None]], whole: Unit | None
) -> frozenset[int]:
    """Columns whose cells are years, not amounts: "Forventet låneopptak: 2024"."""
    found = set()
    for j, name in enumerate(names):
        cells = [
            cell.strip() for row in rows if j < len(row) and (cell := row[j]) and cell.strip("- –")
        ]
        if not cells or not all(_YEAR.fullmatch(cell) for cell in cells):
            continue
        if _YEAR_WORDS.search(name) or (len(cells) > 1 and len(set(cells)) <= 3 and whole):
            found.add(j)
    return frozenset(found)


def in_whole_kroner(numbers: Sequence[Number], words: Sequence[str]) -> bool:
    """Money without a printed unit that can only be kroner: large, and all rounded."""
    sizes = [abs(n.value) for n in numbers if n.value]
    return (
        len(sizes) >= 3
        and max(sizes) >= 100_000
        and all(size % _ROUND == 0 for size in sizes)
        and any(is_money(word) for word in words)
    )


def _in_table_scale(unit: Unit, number: Number, whole: Unit | None, said: str = "") -> Unit:
    """ "Avvik i kr" in a table in thousands is in thousands; "3 mill. kr" and "hele kr" are not."""
    if (
        unit == Unit(name="kr")
        and number.scale == _ONE
        and whole is not None
        and whole.name == "kr"
        and not _WHOLE.search(said.lower())
    ):
        return whole
    return unit
