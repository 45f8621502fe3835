"""Tables of the staff: man-years, contracts, who left, sick leave, pay."""

from dataclasses import replace
from decimal import Decimal

from samples.blocks import TableBlock
from samples.count_cells import number, plain_table, rounded_share, year_column
from samples.draws import rng
from samples.services import AREAS, CHAPTERS
from samples.staff import pay, staff, total_sick
from samples.tables import Scene
from samples.truth import TruthColumn, TruthRow


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
                rounded_share(scene, s.women, s.employees),
            )
            rows.append(TruthRow(key=area.key, label=area.name(scene.m.language), cells=cells))
    slip = Decimal(10) if broken_total else Decimal(0)
    people = now.values()
    total = (
        number(scene, sum(s.posts for s in before.values()), "årsverk", 1),
        number(scene, sum(s.posts for s in people) + slip, "årsverk", 1),
        number(scene, sum(s.employees for s in people), "antall"),
        rounded_share(scene, sum(s.women for s in people), sum(s.employees for s in people)),
    )
    rows.append(TruthRow(key="total", label=scene.word("sum"), total=True, cells=total))
    columns = (
        year_column(scene.word("man_years"), year - 1, unit="årsverk"),
        year_column(scene.word("man_years"), year, unit="årsverk"),
        year_column(scene.word("employees"), year, unit="antall"),
        TruthColumn(name=f"{scene.word('women')} (%)", measure="share", year=year, unit="prosent"),
    )
    title = scene.word("posts").format(year=year)
    return TableBlock(
        table=plain_table("posts", title, columns, rows, holds=not broken_total),
        corner=scene.word("area"),
    )


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
        table=plain_table("sick", title, columns, rows, unit="prosent", holds=True),
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
    columns = (year_column(scene.word("part_time"), scene.year, unit="prosent"),)
    title = f"{scene.word('contracts')} {scene.year}. Prosent"
    return TableBlock(table=plain_table("contracts", title, columns, rows, unit="prosent"))


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
    return TableBlock(table=plain_table("leavers", title, columns, rows, unit="antall"))


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
    return TableBlock(table=plain_table("pay", title, columns, rows), corner=scene.word("job"))
