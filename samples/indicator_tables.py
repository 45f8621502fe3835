"""Tables of indicators and targets: KOSTRA, results, financial key figures, planned work."""

from dataclasses import replace
from decimal import Decimal

from samples.accounts import books
from samples.area_tables import restated
from samples.blocks import TableBlock
from samples.count_cells import number, plain_table, words
from samples.draws import rng
from samples.indicators import (
    FINANCE,
    KOSTRA,
    TARGETS,
    Indicator,
    finance_indicators,
    level,
    reached,
    result,
)
from samples.prose_bank import measures_for
from samples.services import CHAPTERS, Area
from samples.tables import Scene, empty
from samples.truth import TruthCell, TruthColumn, TruthRow


def kostra(scene: Scene, area: Area) -> TableBlock:
    """Indicators of one area: this municipality for two years, then others."""
    own, year = scene.m.name, scene.year
    group = f"{scene.word('group')} {rng(scene.m.seed, 'group').randint(1, 13)}"
    others = [*scene.m.neighbours, group, scene.word("country")]
    spanning = scene.layout.header == "spanning"
    columns = [
        TruthColumn(name=f"{own} {y}", year=y, over=own if spanning else "")
        for y in (year - 1, year)
    ]
    columns += [
        TruthColumn(
            name=f"{other} {year}", year=year, place=other, over=str(year) if spanning else ""
        )
        for other in others
    ]
    rows = []
    for what in KOSTRA[area.key]:
        values = [level(scene.m, "", y, what) for y in (year - 1, year)]
        values += [level(scene.m, other, year, what) for other in others]
        cells = [number(scene, value, what.unit, what.decimals) for value in values]
        # a neighbour that had not reported in time: where real tables have a hole
        if rng(scene.m.seed, "hole", what.key, year).random() < 0.15:
            cells[2] = empty(scene)
        label = what.label(scene.m.language)
        label += _unit_words(what) if what.unit in ("dager", "timer", "måneder") else ""
        label += " (prosent)" if what.unit == "prosent" and not scene.layout.percent else ""
        rows.append(TruthRow(key=what.key, label=label, unit=what.unit, cells=tuple(cells)))
    title = f"{scene.word('kostra').format(area=area.name(scene.m.language).lower())} {year}"
    table = plain_table(f"kostra_{area.key}", title, tuple(columns), rows)
    return TableBlock(table=table, corner=scene.word("indicator"))


def _unit_words(what: Indicator) -> str:
    return f" ({what.unit})"


def targets(scene: Scene, area: Area) -> TableBlock:
    """Targets of one area with last year's and this year's result and a status in words."""
    year, rows = scene.year, []
    for what in TARGETS[area.key]:
        unit = what.unit.rstrip("-")
        before, now = (result(scene.m, y, what) for y in (year - 1, year))
        target = Decimal(str(what.level)).quantize(Decimal(1).scaleb(-what.decimals))
        status = "unmeasured" if now is None else "reached" if reached(what, now) else "missed"
        cells = (
            _result_cell(scene, before, what),
            _target_cell(scene, target, what),
            _result_cell(scene, now, what),
            words(scene.word(status)),
        )
        label = what.label(scene.m.language)
        label += " (prosent)" if unit == "prosent" and not scene.layout.percent else ""
        rows.append(TruthRow(key=f"target_{what.key}", label=label, unit=unit, cells=cells))
    result_word, target_word = scene.word("result"), scene.word("target")
    columns = (
        TruthColumn(name=f"{result_word} {year - 1}", measure="result", year=year - 1),
        TruthColumn(name=f"{target_word} {year}", measure="target", year=year),
        TruthColumn(name=f"{result_word} {year}", measure="result", year=year),
        TruthColumn(name=scene.word("status"), measure="value", year=year),
    )
    title = f"{scene.word('targets').format(area=area.name(scene.m.language).lower())} {year}"
    return TableBlock(
        table=plain_table(f"targets_{area.key}", title, columns, rows),
        corner=scene.word("indicator"),
    )


def _target_cell(scene: Scene, value: Decimal, what: Indicator) -> TruthCell:
    """A target; where less is better, messy reports print it as a bound."""
    cell = number(scene, value, what.unit.rstrip("-"), what.decimals)
    if scene.layout.messy and what.unit.endswith("-"):
        return replace(cell, text=f"<{cell.text}", bound="<")
    return cell


def _result_cell(scene: Scene, value: Decimal | None, what: Indicator) -> TruthCell:
    if value is None:
        return words(scene.word("unmeasured"))
    return number(scene, value, what.unit.rstrip("-"), what.decimals)


def finance(scene: Scene) -> TableBlock:
    """Financial key figures for three years, derived from accounts and balance sheet."""
    years = (scene.year - 2, scene.year - 1, scene.year)
    per_year = [finance_indicators(scene.m, y) for y in years]
    rows = []
    for position, (nb, nn) in enumerate(FINANCE):
        cells = tuple(number(scene, values[position], "prosent", 1) for values in per_year)
        label = nn if scene.m.language == "nn" else nb
        rows.append(TruthRow(key=f"finance_{position}", label=label, unit="prosent", cells=cells))
    columns = tuple(TruthColumn(name=str(y), year=y) for y in years)
    title = f"{scene.word('finance')} {years[0]}–{years[-1]}"
    return TableBlock(table=plain_table("finance", title, columns, rows, unit="prosent"))


def per_head(scene: Scene) -> TableBlock:
    """Net cost per inhabitant by area, from the accounts and the population."""
    rows = []
    for area in CHAPTERS:
        before = Decimal(restated(scene, area.key)) / scene.m.population(scene.year - 1)
        now = Decimal(books(scene.m, scene.year)[f"area_{area.key}"])
        now /= scene.m.population(scene.year)
        values = [value.quantize(Decimal(1)) for value in (before, now)]
        cells = tuple(number(scene, v, "kr/innbygger") for v in (*values, values[1] - values[0]))
        rows.append(TruthRow(key=area.key, label=area.name(scene.m.language), cells=cells))
    unit = "kr/innbygger"
    columns = (
        TruthColumn(name=str(scene.year - 1), year=scene.year - 1, unit=unit),
        TruthColumn(name=str(scene.year), year=scene.year, unit=unit),
        TruthColumn(name=scene.word("change"), measure="change", year=scene.year, unit=unit),
    )
    title = f"{scene.word('per_head')}. Kroner"
    table = plain_table("per_head", title, columns, rows, unit=unit, holds=True)
    return TableBlock(table=table, corner=scene.word("area"))


def measures(scene: Scene, area: Area) -> TableBlock | None:
    """Planned work and what came of it: a table of words."""
    found = measures_for(scene.m, area.key, scene.year)
    rows = [
        TruthRow(key=f"measure_{i}", label=what, cells=(words(status),))
        for i, (what, status) in enumerate(found)
    ]
    if not rows:
        return None
    columns = (TruthColumn(name=scene.word("status")),)
    title = scene.word("measures").format(area=area.name(scene.m.language).lower())
    return TableBlock(
        table=plain_table(f"measures_{area.key}", title, columns, rows),
        corner=scene.word("measure"),
    )
