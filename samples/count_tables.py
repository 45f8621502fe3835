"""Tables of people, shares and results: staff, sick leave, KOSTRA, targets, meetings, population.

The companion of tables.py, which makes those that come out of the accounts.
"""

from dataclasses import replace
from decimal import Decimal

from samples.accounts import books
from samples.blocks import TableBlock
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
from samples.printing import print_number
from samples.prose_bank import measures_for
from samples.services import AREAS, CHAPTERS, Area
from samples.staff import pay, staff, total_sick
from samples.tables import Scene, empty, restated
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


def _table(
    kind: str,
    title: str,
    columns: tuple[TruthColumn, ...],
    rows: list[TruthRow],
    *,
    unit: str = "",
    holds: bool | None = None,
) -> TruthTable:
    return TruthTable(
        id="", kind=kind, title=title, columns=columns, rows=tuple(rows), unit=unit, holds=holds
    )


def _year_column(name: str, year: int, over: str = "", unit: str = "") -> TruthColumn:
    full = f"{name} {year}".strip()
    return TruthColumn(name=full, year=year, over=over, unit=unit)


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
    table = _table(f"kostra_{area.key}", title, tuple(columns), rows)
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
        table=_table(f"targets_{area.key}", title, columns, rows), corner=scene.word("indicator")
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


def posts(scene: Scene, *, broken_total: bool = False) -> TableBlock:
    """Man-years and employees by area. A broken total is off by a slip of the pen, on purpose."""
    year, rows = scene.year, []
    now, before = staff(scene.m, year), staff(scene.m, year - 1)
    for area in AREAS:
        if area.key in now:
            s = now[area.key]
            cells = (
                number(scene, before[area.key].posts, "årsverk", 1),
                number(scene, s.posts, "årsverk", 1),
                number(scene, s.employees, "antall"),
                _rounded_share(scene, s.women, s.employees),
            )
            rows.append(TruthRow(key=area.key, label=area.name(scene.m.language), cells=cells))
    slip = Decimal(10) if broken_total else Decimal(0)
    people = now.values()
    total = (
        number(scene, sum(s.posts for s in before.values()), "årsverk", 1),
        number(scene, sum(s.posts for s in people) + slip, "årsverk", 1),
        number(scene, sum(s.employees for s in people), "antall"),
        _rounded_share(scene, sum(s.women for s in people), sum(s.employees for s in people)),
    )
    rows.append(TruthRow(key="total", label=scene.word("sum"), total=True, cells=total))
    columns = (
        _year_column(scene.word("man_years"), year - 1, unit="årsverk"),
        _year_column(scene.word("man_years"), year, unit="årsverk"),
        _year_column(scene.word("employees"), year, unit="antall"),
        TruthColumn(name=f"{scene.word('women')} (%)", measure="share", year=year, unit="prosent"),
    )
    title = scene.word("posts").format(year=year)
    return TableBlock(
        table=_table("posts", title, columns, rows, holds=not broken_total),
        corner=scene.word("area"),
    )


def _rounded_share(scene: Scene, part: int, whole: int) -> TruthCell:
    share = (Decimal(100) * part / whole).quantize(Decimal("0.1"))
    return number(scene, share, "prosent", 1)


def sick_leave(scene: Scene) -> TableBlock:
    """Short, long and total sick leave for two years: six columns under two headers."""
    years, rows = (scene.year - 1, scene.year), []
    both = {y: staff(scene.m, y) for y in years}
    for area in AREAS:
        if area.key in both[scene.year]:
            found = [both[y][area.key] for y in years]
            shares = [share for s in found for share in (s.sick_short, s.sick_long, s.sick)]
            rows.append(_sick_row(scene, area.key, area.name(scene.m.language), shares))
    whole = [share for y in years for share in total_sick(scene.m, y)]
    total = _sick_row(scene, "total", f"{scene.m.name} kommune", whole)
    rows.append(replace(total, total=True))
    columns = tuple(
        TruthColumn(
            name=f"{scene.word(word)} {y}", year=y, unit="prosent",
            over=str(y) if scene.layout.header == "spanning" else "",
        )
        for y in years
        for word in ("short", "long", "total")
    )  # fmt: skip
    title = scene.word("sick").format(last=scene.year - 1, year=scene.year)
    title += "" if scene.layout.percent else ". Prosent"
    return TableBlock(
        table=_table("sick", title, columns, rows, unit="prosent", holds=True),
        corner=scene.word("area"),
    )


def _sick_row(scene: Scene, key: str, label: str, shares: list[Decimal]) -> TruthRow:
    cells = tuple(number(scene, share, "prosent", 1) for share in shares)
    return TruthRow(key=key, label=label, cells=cells)


def contracts(scene: Scene) -> TableBlock:
    """Share in part-time by area; a small table, fit to stand beside another."""
    rows = [
        TruthRow(
            key=area.key, label=area.name(scene.m.language),
            cells=(number(scene, staff(scene.m, scene.year)[area.key].part_time, "prosent", 1),),
        )
        for area in CHAPTERS
    ]  # fmt: skip
    columns = (_year_column(scene.word("part_time"), scene.year, unit="prosent"),)
    title = f"{scene.word('contracts')} {scene.year}. Prosent"
    return TableBlock(table=_table("contracts", title, columns, rows, unit="prosent"))


def leavers(scene: Scene) -> TableBlock:
    """Who left and who came, by area; the right half of the pair."""
    rows = []
    for area in CHAPTERS:
        chance = rng(scene.m.seed, "leavers", area.key, scene.year)
        people = staff(scene.m, scene.year)[area.key].employees
        gone, new = (
            round(people * chance.uniform(0.05, 0.14)),
            round(people * chance.uniform(0.05, 0.15)),
        )
        cells = (number(scene, gone, "antall"), number(scene, new, "antall"))
        rows.append(TruthRow(key=area.key, label=area.name(scene.m.language), cells=cells))
    columns = (
        TruthColumn(name=scene.word("left"), year=scene.year, unit="antall"),
        TruthColumn(name=scene.word("hired"), year=scene.year, unit="antall"),
    )
    title = scene.word("leavers").format(year=scene.year)
    return TableBlock(table=_table("leavers", title, columns, rows, unit="antall"))


def pay_table(scene: Scene) -> TableBlock:
    """Average pay of women and men by occupation, in kroner."""
    rows = []
    for nb, nn, women, men in pay(scene.m, scene.year):
        share = (Decimal(100) * women / men).quantize(Decimal("0.1"))
        cells = (
            number(scene, women, "kr"), number(scene, men, "kr"), number(scene, share, "prosent", 1)
        )  # fmt: skip
        label = nn if scene.m.language == "nn" else nb
        rows.append(TruthRow(key=nb, label=label, cells=cells))
    columns = (
        TruthColumn(name=f"{scene.word('women_pay')} (kr)", year=scene.year, unit="kr"),
        TruthColumn(name=f"{scene.word('men_pay')} (kr)", year=scene.year, unit="kr"),
        TruthColumn(
            name="Kvinner i prosent av menn", measure="share", year=scene.year, unit="prosent"
        ),
    )
    title = scene.word("pay").format(year=scene.year)
    return TableBlock(table=_table("pay", title, columns, rows), corner=scene.word("job"))


_AGES = (("0–5", 0.056), ("6–15", 0.112), ("16–19", 0.047), ("20–44", 0.297), ("45–66", 0.29),
         ("67–79", 0.138), ("80+", 0.06))  # fmt: skip


def people_by_age(m_scene: Scene, year: int) -> list[int]:
    """Inhabitants by age group; the middle group takes what rounding leaves."""
    total, seed = m_scene.m.population(year), m_scene.m.seed
    counts = [
        round(total * share * (1 + rng(seed, "age", name, year).uniform(-0.01, 0.01)))
        for name, share in _AGES
    ]
    counts[3] += total - sum(counts)
    return counts


def ages(scene: Scene) -> TableBlock:
    """Inhabitants by age for two years, with the change."""
    before, now = people_by_age(scene, scene.year - 1), people_by_age(scene, scene.year)
    rows = []
    for (name, _), then, today in zip(_AGES, before, now, strict=True):
        label = (
            f"80 {scene.word('years')} og over"
            if name == "80+"
            else f"{name} {scene.word('years')}"
        )
        rows.append(TruthRow(key=f"age_{name}", label=label, cells=_change(scene, then, today)))
    cells = _change(scene, sum(before), sum(now))
    rows.append(TruthRow(key="people", label=scene.word("all_people"), total=True, cells=cells))
    columns = (
        TruthColumn(name=str(scene.year - 1), year=scene.year - 1, unit="antall"),
        TruthColumn(name=str(scene.year), year=scene.year, unit="antall"),
        TruthColumn(name=scene.word("change"), measure="change", year=scene.year, unit="antall"),
    )
    table = _table("ages", scene.word("ages"), columns, rows, unit="antall", holds=True)
    return TableBlock(table=table, corner=scene.word("age"))


def _change(scene: Scene, before: int, now: int) -> tuple[TruthCell, ...]:
    return tuple(number(scene, value, "antall") for value in (before, now, now - before))


def meetings(scene: Scene) -> TableBlock:
    """Meetings, cases and questions of the elected bodies; not every body has questions."""
    nn, rows = scene.m.language == "nn", []
    bodies = (
        ("Kommunestyret", "Kommunestyret", 9, 118, 14),
        ("Formannskapet", "Formannskapet", 15, 141, 0),
        ("Utvalg for oppvekst", "Utval for oppvekst", 8, 52, 3),
        ("Utvalg for helse og omsorg", "Utval for helse og omsorg", 8, 47, 5),
        ("Utvalg for plan og miljø", "Utval for plan og miljø", 11, 132, 0),
        ("Kontrollutvalget", "Kontrollutvalet", 6, 44, 0),
        ("Ungdomsrådet", "Ungdomsrådet", 7, 31, 0),
        ("Eldrerådet", "Eldrerådet", 8, 39, 0),
    )
    sums = [0, 0, 0]
    for nb_name, nn_name, *usual in bodies:
        chance = rng(scene.m.seed, "meetings", nb_name, scene.year)
        counts = [round(count * chance.uniform(0.8, 1.25)) for count in usual]
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
        cells = tuple(number(scene, c, "antall") if c else empty(scene) for c in counts)
        rows.append(TruthRow(key=nb_name, label=nn_name if nn else nb_name, cells=cells))
    cells = tuple(number(scene, c, "antall") for c in sums)
    rows.append(TruthRow(key="total", label=scene.word("sum"), total=True, cells=cells))
    columns = tuple(
        TruthColumn(name=scene.word(word), year=scene.year, unit="antall")
        for word in ("meetings_col", "cases_col", "questions_col")
    )
    title = scene.word("meetings").format(year=scene.year)
    return TableBlock(
        table=_table("meetings", title, columns, rows, unit="antall", holds=True),
        corner=scene.word("body"),
    )


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
    return TableBlock(table=_table("finance", title, columns, rows, unit="prosent"))


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
    table = _table("per_head", title, columns, rows, unit=unit, holds=True)
    return TableBlock(table=table, corner=scene.word("area"))


def guarantees(scene: Scene) -> TableBlock:
    """Guarantees the municipality has given: an amount in millions and a year that is no amount."""
    water, pitch, homes = (
        ("vassverk SA", "idrettslag, kunstgrasbane", "omsorgsbustader")
        if scene.m.language == "nn"
        else ("vannverk SA", "idrettslag, kunstgressbane", "omsorgsboliger")
    )
    places = scene.m.places
    names = [
        f"{places[0]} {water}",
        f"{places[3]} {pitch}",
        "Interkommunalt avfallsselskap IKS",
        f"{places[1]} grendehus",
        f"Stiftelsen {places[4]} {homes}",
    ]
    rows, total = [], Decimal(0)
    for name in names:
        chance = rng(scene.m.seed, "guarantee", name)
        first, expires = Decimal(str(round(chance.uniform(2, 48), 1))), chance.randint(2028, 2049)
        left = (first * (expires - scene.year) / (expires - 2018)).quantize(Decimal("0.1"))
        total += left
        cells = (number(scene, left, "kr", 1), TruthCell(text=str(expires), value=Decimal(expires),
                 base_value=Decimal(expires), unit="år"))  # fmt: skip
        rows.append(TruthRow(key=name, label=name, cells=(_in_millions(cells[0]), cells[1])))
    cells = (_in_millions(number(scene, total, "kr", 1)), empty(scene))
    rows.append(TruthRow(key="total", label=scene.word("sum"), total=True, cells=cells))
    columns = (
        TruthColumn(name=f"{scene.word('amount')} (mill. kr)", year=scene.year, unit="mill. kr"),
        TruthColumn(name=scene.word("expires"), unit="år"),
    )
    title = scene.word("guarantees").format(year=scene.year)
    table = _table("guarantees", title, columns, rows, holds=True)
    return TableBlock(table=table, corner=scene.word("borrower"))


def _in_millions(cell: TruthCell) -> TruthCell:
    assert cell.value is not None
    return replace(cell, base_value=cell.value * 1_000_000, scale=1_000_000)


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
        table=_table(f"measures_{area.key}", title, columns, rows), corner=scene.word("measure")
    )
