"""Tables of the service areas, their parts and the investment projects.

Last year's column is restated in even years: a task moved from school to child welfare.
"""

from samples.accounts import ACCOUNTS, ORIGINAL, REVISED, books, projects
from samples.blocks import TableBlock
from samples.draws import wobble
from samples.services import AREAS, Area, parts_of
from samples.tables import (
    DEVIATION,
    LAST,
    Amounts,
    Scene,
    empty,
    finish_money,
    money,
    money_cells,
    money_table,
)
from samples.truth import TruthCell, TruthColumn, TruthRow, TruthTable
from samples.words import PROJECTS


def restated(scene: Scene, key: str) -> int:
    """What this report says the area cost last year: moved tasks are restated in even years."""
    amount = books(scene.m, scene.year - 1)[f"area_{key}"]
    moved = moved_amount(scene)
    return amount + {"school": -moved, "childwelfare": moved}.get(key, 0)


def moved_amount(scene: Scene) -> int:
    """Kroner that moved from school to child welfare in last year's column."""
    if scene.year % 2:
        return 0
    grain = scene.m.grain
    return round(books(scene.m, scene.year - 1)["area_childwelfare"] * 0.11 / grain) * grain


def areas(scene: Scene) -> TableBlock:
    """All service areas with budget, accounts and deviation."""
    rows = []
    for area in AREAS:
        note = "1" if moved_amount(scene) and area.key in ("school", "childwelfare") else ""
        rows.append(
            TruthRow(
                key=area.key,
                label=area.name(scene.m.language),
                note=note,
                cells=money_cells(scene, "net", _area_amounts(scene, area.key)),
            )
        )
    rows.append(
        TruthRow(
            key="areas",
            label=scene.word("sum"),
            total=True,
            cells=money_cells(scene, "net", lambda measure: _areas_total(scene, measure)),
        )
    )
    notes = (scene.word("restated").format(last=scene.year - 1),) if moved_amount(scene) else ()
    return money_table(scene, "areas", f"{scene.word('areas')} {scene.year}", rows, notes=notes)


def _area_amounts(scene: Scene, key: str) -> Amounts:
    def amounts(measure: str) -> int:
        if measure == LAST:
            return restated(scene, key)
        return books(scene.m, scene.year, measure)[f"area_{key}"]

    return amounts


def _areas_total(scene: Scene, measure: str) -> int:
    if measure == LAST:
        return books(scene.m, scene.year - 1)["areas"]
    return books(scene.m, scene.year, measure)["areas"]


def area_parts(scene: Scene, area: Area) -> TableBlock:
    """One area by its parts, adding up to the area's row in the table of all areas."""
    whole = _area_amounts(scene, area.key)
    parts = parts_of(area.key)
    rows, rest = (
        [],
        {measure: whole(measure) or 0 for measure in (ACCOUNTS, REVISED, ORIGINAL, LAST)},
    )
    for number, part in enumerate(parts):
        last_one = number == len(parts) - 1
        sizes = {}
        for measure in rest:
            year = scene.year - 1 if measure == LAST else scene.year
            kind = ACCOUNTS if measure == LAST else measure
            share = part.share * _share_wobble(scene, area.key, number, year, kind)
            size = round((whole(measure) or 0) * share / scene.m.grain) * scene.m.grain
            sizes[measure] = rest[measure] if last_one else size
        rest = {measure: rest[measure] - sizes[measure] for measure in rest}
        label = part.nn if scene.m.language == "nn" else part.nb
        rows.append(
            TruthRow(
                key=f"{area.key}_{number}", label=label, cells=money_cells(scene, "net", sizes.get)
            )
        )
    rows.append(
        TruthRow(
            key=area.key,
            label=scene.word("sum") + " " + area.name(scene.m.language).lower(),
            total=True,
            cells=money_cells(scene, "net", whole),
        )
    )
    title = scene.word("area_table").format(area=area.name(scene.m.language), year=scene.year)
    return money_table(scene, f"area_{area.key}", title, rows)


def _share_wobble(scene: Scene, key: str, number: int, year: int, measure: str) -> float:
    return wobble(0.03, scene.m.seed, "part", key, number, year) * wobble(
        0.02, scene.m.seed, "part", key, number, year, measure
    )


def project_list(scene: Scene) -> TableBlock:
    """Every investment project: the long table, with empty cells for those that did not start."""
    sums: dict[str, int] = {}
    rows = []
    for key, amounts in projects(scene.m, scene.year):
        for measure, amount in amounts.items():
            sums[measure] = sums.get(measure, 0) + amount
        label = PROJECTS[scene.m.language][key].format(**scene.m.names)
        rows.append(TruthRow(key=key, label=label, cells=_project_cells(scene, amounts)))
    rows.append(
        TruthRow(
            key="inv_assets", label=scene.word("sum_projects"), total=True,
            cells=_project_cells(scene, sums),
        )
    )  # fmt: skip
    year = scene.year
    columns = (
        TruthColumn(name=scene.word("before"), measure="value"),
        TruthColumn(name=f"{scene.word(ORIGINAL)} {year}", measure=ORIGINAL, year=year),
        TruthColumn(name=f"{scene.word(REVISED)} {year}", measure=REVISED, year=year),
        TruthColumn(name=f"{scene.word('accounts')} {year}", measure=ACCOUNTS, year=year),
        TruthColumn(name=scene.word(DEVIATION), measure=DEVIATION, year=year),
    )
    table = TruthTable(
        id="", kind="projects", title=f"{scene.word('projects')} {year}", columns=columns,
        rows=tuple(rows), holds=True, deviation_good=scene.layout.deviation_good,
    )  # fmt: skip
    return finish_money(scene, table)


def _project_cells(scene: Scene, amounts: dict[str, int]) -> tuple[TruthCell, ...]:
    good = amounts[REVISED] - amounts[ACCOUNTS]
    deviation = good if scene.layout.deviation_good else -good
    order = (amounts["before"], amounts[ORIGINAL], amounts[REVISED], amounts[ACCOUNTS], deviation)
    return tuple(money(scene, amount) if amount else empty(scene) for amount in order)


# --- columns and cells of money tables -----------------------------------------------------------
