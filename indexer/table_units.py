"""Which unit each cell of a grid is in: what is printed nearest wins, what is only implied loses.

A cell's own "%" is stronger than its row's words, those than its column's, those than the corner,
the caption, the notes, and last what is said before the table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from figures.cells import Cell, Column, Row, Unit
from figures.numbers import Number
from figures.units import declared_unit, imply_unit, is_money, read_unit
from indexer.records import Grid

_ONE = Decimal(1)
_KRONER, _PERCENT = Unit(name="kr"), Unit(name="prosent")
_PERCENTS = ("prosent", "prosentpoeng")
_WHOLE = re.compile(r"(?<![a-zæøå])hei?le kr")
_AMOUNT = re.compile(r"[0-9] (?:mill|mrd|milliard|tusen)", re.IGNORECASE)
_SHARE = re.compile(r"^\W*(?:andel|del av|prosentandel)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_WORDS = re.compile(
    r"år(?![a-zæøå])|start|ferdig|frist|når|utløp|går ut|forfall|låneopptak|tidspunkt|periode",
    re.IGNORECASE,
)
_ACCOUNTS = ("accounts", "revised_budget", "original_budget", "deviation")
_IDENTIFIER = re.compile(r"(?:nr|nummer|kode|(?<![a-zæøå])id)\.?$", re.IGNORECASE)
_ROUND = Decimal(1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableUnits:
    """What is known of a table's units before its cells are looked at."""

    whole: Unit | None  # printed: in the corner, the caption, the notes, the words around
    around: Unit | None  # only implied by those words
    years: frozenset[int]  # columns whose cells are years
    no_amounts: frozenset[int]  # these, and columns whose cells name something: an account number


def table_units(
    grid: Grid,
    numbers: Sequence[Sequence[Number | None]],
    *,
    before: str,
    heading: str,
    after: str,
) -> TableUnits:
    """What the words around a table say, and what its columns show by themselves."""
    whole = _table_unit(grid.corner, grid.title, grid.notes, before, heading, after)
    if whole is None and _in_whole_kroner(grid, numbers):
        whole = _KRONER
    years = _year_columns(grid.columns, [row.cells for row in grid.rows])
    codes = {j for j, name in enumerate(grid.columns) if _IDENTIFIER.search(name.strip())}
    return TableUnits(
        whole=whole,
        around=_implied_around(grid.title, before, heading),
        years=years,
        no_amounts=years | codes,
    )


def _table_unit(
    corner: str, title: str, notes: str, before: str, heading: str, after: str
) -> Unit | None:
    """The unit of a whole table, from the words around it, the nearest first."""
    caption = declared_unit(title) or (None if _AMOUNT.search(title) else read_unit(title))
    last_heading = heading.rpartition("›")[2]
    for declared, words in (
        (read_unit(corner), corner),
        (caption, title),
        (declared_unit(notes), notes),
        (read_unit(notes) if len(notes) <= 40 and not _AMOUNT.search(notes) else None, notes),
        (declared_unit(before), before),
        (declared_unit(last_heading), last_heading),
        (declared_unit(after), after),
    ):
        if declared:
            return _with_denominator(declared, words, title)
    return None


def _with_denominator(unit: Unit, *words: str) -> Unit:
    """ "Netto driftsutgifter per innbygger. Kroner" is in kroner per inhabitant."""
    if unit == _KRONER:
        for said in words:
            fuller = None if _AMOUNT.search(said) else read_unit(said)
            if fuller and fuller.name.startswith("kr/"):
                return fuller
    return unit


def cell_unit(
    number: Number, label: str, group: str, column: Column, units: TableUnits
) -> Unit | None:
    """The unit of one cell; None where nothing tells."""
    whole = units.whole
    if number.unit:
        return _in_table_scale(Unit(name=number.unit), number, whole)
    row, header = read_unit(label), column.unit
    if header and header.name in _PERCENTS and "kr" not in column.name.lower():
        return header
    if column.measure == "share" and not (header and header.name.startswith("kr")):
        return _PERCENT
    if row:
        return _in_table_scale(row, number, whole, said=label)
    if _is_share(label) and not (header and header.name.startswith("kr")):
        return _PERCENT
    if whole is None and column.measure in ("deviation", "change") and header == _KRONER:
        return None  # "Avvik i kr", as against "Avvik i %": in thousands as likely as not
    if header:
        return _in_table_scale(header, number, whole, said=column.name)
    by_column, by_row = imply_unit(column.name), imply_unit(label)
    if whole and whole.name.startswith("kr"):
        counted = by_column is not None and by_column.name in ("antall", "prosent")
        return by_column if counted and not is_money(label) else whole
    if by_column and by_column.name != (whole.name if whole else "antall"):
        return by_column  # "Ansatte" in a table captioned "Årsverk og ansatte"
    if column.measure in _ACCOUNTS and not whole:
        return read_unit(group)  # "Boliger" under "Regnskap" is money, and nobody says in what
    return (
        (by_row if by_row and by_row.name in ("kr", "prosent") and not whole else None)
        or whole
        or by_column
        or read_unit(group)
        or by_row
        or units.around
    )


@lru_cache(maxsize=65536)
def _is_share(label: str) -> bool:
    return bool(_SHARE.search(label))


def _implied_around(title: str, context: str, heading: str) -> Unit | None:
    """What the words around a table imply its numbers are, where nothing nearer tells."""
    if implied := imply_unit(title):
        return implied
    last_heading = heading.rpartition("›")[2]
    near = [imply_unit(words) for words in (context, last_heading) if 0 < len(words) <= 200]
    return next((unit for unit in near if unit and unit.name == "antall"), None)


def _year_columns(names: Sequence[str], rows: Sequence[Sequence[str | None]]) -> frozenset[int]:
    """Columns whose cells are years, not amounts: "Forventet låneopptak: 2024"."""
    found, others = set(), 0
    for j, name in enumerate(names):
        printed = [cell.strip(" -–") for row in rows if j < len(row) and (cell := row[j])]
        cells = [cell for cell in printed if cell]
        years = bool(cells) and all(map(_YEAR.fullmatch, cells))
        if years and (_YEAR_WORDS.search(name) or len(cells) > 2):
            found.add(j)
        elif cells:
            others += 1
    return frozenset(found) if others else frozenset()


def _in_whole_kroner(grid: Grid, numbers: Sequence[Sequence[Number | None]]) -> bool:
    """Money without a printed unit that can only be kroner: large, and all rounded."""
    sizes = [abs(n.value) for row in numbers for n in row if n and n.value]
    words = (grid.title, *grid.columns, *(row.label for row in grid.rows))
    return (
        len(sizes) >= 3
        and max(sizes) >= 100_000
        and all(size % _ROUND == 0 for size in sizes)
        and any(is_money(word) for word in words)
    )


def share_row_units(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows without a unit take that of all the others, where they are plainly of the same kind.

    A sum is in the unit of its lines; "Netto driftsutgifter til museer" is in that of "Netto
    driftsutgifter til kulturskole, per innbygger"; a small decimal among percentages is one.
    """
    known = {c.unit for row in rows for c in _numeric(row) if c.unit and c.unit != "år"}
    if len(known) != 1:
        return tuple(rows)
    (unit,) = known
    named = [row for row in rows if any(c.unit == unit for c in _numeric(row))]
    if unit.startswith("kr") and any(
        c.base_value != c.value for row in named for c in _numeric(row)
    ):
        return tuple(rows)  # scaled money is told by the table, or not at all
    if unit == "antall" and not any(is_money(row.label) for row in rows):
        return tuple(_in_unit(row, unit) for row in rows)
    begins = {_first_words(row.label) for row in named}

    def alike(row: Row) -> bool:
        return (
            row.total
            or _first_words(row.label) in begins
            or (unit == "prosent" and len(named) > 1 and all(map(_like_percent, _numeric(row))))
        )

    bare = [not any(cell.unit for cell in _numeric(row)) for row in rows]
    return tuple(
        _in_unit(row, unit) if lacks and alike(row) else row
        for row, lacks in zip(rows, bare, strict=True)
    )


def _numeric(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if cell is not None and cell.value is not None]


def _first_words(label: str) -> tuple[str, ...]:
    words = tuple(label.lower().split()[:2])
    return words if len(words) == 2 else (label,)


def _like_percent(cell: Cell) -> bool:
    return cell.value is not None and abs(cell.value) <= 150 and "," in cell.text.replace(".", ",")


def _in_unit(row: Row, unit: str) -> Row:
    cells = tuple(
        replace(cell, unit=unit) if cell and cell.value is not None and not cell.unit else cell
        for cell in row.cells
    )
    return replace(row, cells=cells)


def _in_table_scale(unit: Unit, number: Number, whole: Unit | None, said: str = "") -> Unit:
    """ "Avvik i kr" in a table in thousands is in thousands; "3 mill. kr" and "hele kr" are not."""
    if (
        whole is not None
        and whole.name == "kr"
        and unit == _KRONER
        and number.scale == _ONE
        and not _WHOLE.search(said.lower())
    ):
        return whole
    return unit
