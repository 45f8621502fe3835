"""Cells and tables that hold no kroner of the accounts: counts, shares, words."""

from dataclasses import replace
from decimal import Decimal

from samples.printing import print_number
from samples.tables import Scene
from samples.truth import TruthCell, TruthColumn, TruthRow, TruthTable


def number(scene: Scene, value: Decimal | int, unit: str, decimals: int = 0) -> TruthCell:
    """A count, a share or an indicator."""
    exact = Decimal(value)
    text = print_number(exact, replace(scene.layout, zero="0"), decimals)
    if unit == "prosent":
        text += scene.layout.percent
    return TruthCell(text=text, value=exact, base_value=exact, unit=unit)


def words(text: str) -> TruthCell:
    """A cell that holds no number."""
    return TruthCell(text=text)


def plain_table(
    kind: str,
    title: str,
    columns: tuple[TruthColumn, ...],
    rows: list[TruthRow],
    *,
    unit: str = "",
    holds: bool | None = None,
) -> TruthTable:
    """A table whose id and caption number come later."""
    return TruthTable(
        id="", kind=kind, title=title, columns=columns, rows=tuple(rows), unit=unit, holds=holds
    )


def year_column(name: str, year: int, over: str = "", unit: str = "") -> TruthColumn:
    """A column named after what it holds and its year."""
    full = f"{name} {year}".strip()
    return TruthColumn(name=full, year=year, over=over, unit=unit)


def rounded_share(scene: Scene, part: int, whole: int) -> TruthCell:
    """A part of a whole in percent with one decimal."""
    share = (Decimal(100) * part / whole).quantize(Decimal("0.1"))
    return number(scene, share, "prosent", 1)
