"""Figures in, tables out: labels, signs, units and columns as this report prints them.

Each function makes one kind of table. Captions get their number later, from whoever knows the
table's place in the report.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from samples.accounts import ACCOUNTS, ORIGINAL, REVISED, balance, books
from samples.blocks import TableBlock
from samples.layouts import SCALE_WORDS, Layout
from samples.lines import ART, BALANCE, DRIFT, INVEST, Group
from samples.municipalities import Municipality
from samples.printing import print_number
from samples.truth import TruthCell, TruthColumn, TruthRow, TruthTable
from samples.words import WORDS

LAST, DEVIATION, DEVIATION_PERCENT = "last", "deviation", "deviation_percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Whose report, for which year, and how it prints: what every table needs to know."""

    m: Municipality
    year: int
    layout: Layout

    def word(self, key: str) -> str:
        """A fixed word in the report's language."""
        own = {
            REVISED: self.layout.revised_word,
            ORIGINAL: self.layout.original_word,
            DEVIATION: self.layout.deviation_word,
        }
        return own.get(key) or WORDS[self.m.language][key]


Amounts = Callable[[str], int | None]  # a column's measure -> kroner, in plain size


def art(scene: Scene) -> TableBlock:
    """Økonomisk oversikt etter art, drift."""
    return _accounts(scene, "art", ART, f"{scene.word('art')} {scene.year}")


def appropriations(scene: Scene) -> TableBlock:
    """Bevilgningsoversikt drift."""
    return _accounts(scene, "drift", DRIFT, f"{scene.word('drift')} {scene.year}")


def investments(scene: Scene) -> TableBlock:
    """Bevilgningsoversikt investering."""
    return _accounts(scene, "invest", INVEST, f"{scene.word('invest')} {scene.year}")


def _accounts(scene: Scene, kind: str, groups: Sequence[Group], title: str) -> TableBlock:
    now, before = books(scene.m, scene.year), books(scene.m, scene.year - 1)
    revised, original = (books(scene.m, scene.year, name) for name in (REVISED, ORIGINAL))
    sets = {ACCOUNTS: now, REVISED: revised, ORIGINAL: original, LAST: before}
    rows: list[TruthRow] = []
    number = 0
    for names, lines in groups:
        group = names[scene.m.language == "nn"]
        for line in lines:
            number += 1
            label = line.label(scene.m.language)
            if line.total and scene.layout.total_caps:
                label = label.upper()
            if scene.layout.numbered_lines:
                label = f"{number} {label}"

            def amounts(measure: str, key: str = line.key) -> int:
                return sets[measure][key]

            rows.append(
                TruthRow(
                    key=line.key,
                    label=label,
                    path=(group,) if group else (),
                    total=line.total,
                    cells=money_cells(scene, line.kind, amounts),
                )
            )
    return money_table(scene, kind, title, rows, income_negative=scene.layout.signs == "negative")


def balance_sheet(scene: Scene) -> TableBlock:
    """Balansen, this year and last."""
    now, before = balance(scene.m, scene.year), balance(scene.m, scene.year - 1)
    rows = []
    for names, lines in BALANCE:
        for line in lines:
            cells = tuple(
                money(scene, sign(scene.layout, line.kind) * year[line.key])
                for year in (now, before)
            )
            label, group = line.label(scene.m.language), names[scene.m.language == "nn"]
            rows.append(
                TruthRow(key=line.key, label=label, path=(group,), total=line.total, cells=cells)
            )
    columns = tuple(
        TruthColumn(name=f"{scene.word('accounts')} {year}", measure=ACCOUNTS, year=year)
        for year in (scene.year, scene.year - 1)
    )
    title = f"{scene.word('balance')} {scene.word('per')} 31.12.{scene.year}"
    return finish_money(
        scene,
        TruthTable(
            id="", kind="balance", title=title, columns=columns, rows=tuple(rows), holds=True,
            income_negative=scene.layout.signs == "negative",
        ),
    )  # fmt: skip


def sign(layout: Layout, kind: str) -> int:
    """What a plain size is multiplied by to be printed.

    >>> sign(Layout(signs="negative"), "income"), sign(Layout(signs="negative"), "result")
    (-1, -1)
    >>> sign(Layout(signs="expense"), "expense"), sign(Layout(signs="plain"), "expense")
    (-1, 1)
    """
    if layout.signs == "negative":
        return -1 if kind in ("income", "result", "debt") else 1
    if layout.signs == "expense":
        return -1 if kind == "expense" else 1
    return 1


def money_cells(scene: Scene, kind: str, amounts: Amounts) -> tuple[TruthCell, ...]:
    """One row's cells, a cell for each column the layout wants. `net`: a net cost, never signed."""
    spent, budget = amounts(ACCOUNTS) or 0, amounts(REVISED) or 0
    good = spent - budget if kind in ("income", "result") else budget - spent
    deviation = good if scene.layout.deviation_good else -good
    cells = []
    for measure in scene.layout.columns:
        if measure == DEVIATION:
            cells.append(money(scene, deviation))
        elif measure == DEVIATION_PERCENT:
            cells.append(percent_cell(scene, deviation, budget))
        else:
            cells.append(money(scene, sign(scene.layout, kind) * (amounts(measure) or 0)))
    return tuple(cells)


def percent_cell(scene: Scene, part: int, whole: int) -> TruthCell:
    """A deviation in percent of the budget; open where there was no budget."""
    if not whole:
        return empty(scene)
    share = (Decimal(100) * part / abs(whole)).quantize(Decimal("0.1"))
    text = print_number(share, replace(scene.layout, zero="0"), 1)
    return TruthCell(text=text, value=share, base_value=share, unit="prosent")


def money(scene: Scene, kroner: int) -> TruthCell:
    """An amount in the report's unit."""
    layout = scene.layout
    value = Decimal(kroner) / layout.scale
    text = print_number(value, layout, layout.decimals)
    number = None if text in ("-", "–") else value
    base = None if number is None else Decimal(kroner)
    return TruthCell(text=text, value=number, base_value=base, unit="kr", scale=layout.scale)


def empty(scene: Scene) -> TruthCell:
    """A cell the report leaves open."""
    return TruthCell(text=scene.layout.missing)


def money_columns(scene: Scene) -> tuple[TruthColumn, ...]:
    """The columns the layout wants, named in the report's language."""
    year, found = scene.year, []
    for measure in scene.layout.columns:
        if measure == DEVIATION_PERCENT:
            name = f"{scene.word('deviation_percent')}"
            over = str(year) if scene.layout.header == "spanning" else ""
            found.append(
                TruthColumn(name=name, measure=DEVIATION, year=year, unit="prosent", over=over)
            )
            continue
        at = year - 1 if measure == LAST else year
        over = str(at) if scene.layout.header == "spanning" else ""
        word = scene.word("accounts" if measure == LAST else measure)
        name = word if measure == DEVIATION and not over else f"{word} {at}"
        kind = ACCOUNTS if measure == LAST else measure
        found.append(TruthColumn(name=name, measure=kind, year=at, over=over))
    return tuple(found)


def money_table(
    scene: Scene,
    kind: str,
    title: str,
    rows: Iterable[TruthRow],
    *,
    income_negative: bool = False,
    notes: tuple[str, ...] = (),
) -> TableBlock:
    """A table whose columns are the layout's."""
    has_deviation = DEVIATION in scene.layout.columns
    table = TruthTable(
        id="",
        kind=kind,
        title=title,
        columns=money_columns(scene),
        rows=tuple(rows),
        holds=True,
        income_negative=income_negative,
        deviation_good=scene.layout.deviation_good if has_deviation else None,
        notes=notes,
    )
    return finish_money(scene, table)


def finish_money(scene: Scene, table: TruthTable) -> TableBlock:
    """Say the unit where this report says it: caption, corner, a line above, or the headers."""
    layout, place = scene.layout, scene.layout.unit_place
    unit = SCALE_WORDS[layout.scale] if layout.scale > 1 else "kr"
    title, columns = table.title, table.columns
    if place == "caption":
        title = f"{title}. {layout.unit_word}"
    if place == "header" and layout.header != "spanning":
        columns = tuple(c if c.unit else replace(c, name=f"{c.name} ({unit})") for c in columns)
    table = replace(table, title=title, columns=columns, unit=unit)
    spanning_header = place == "header" and layout.header == "spanning"
    return TableBlock(
        table=table,
        corner=layout.unit_word if place == "corner" or spanning_header else "",
        lead=layout.unit_word if place == "line" else "",
    )
