# ruff: noqa: E501 - a wording is one line
"""Questions about service areas, their parts, and the investment projects."""

from decimal import Decimal

from samples.accounts import ACCOUNTS, projects
from samples.askers import Asker, Wordings, cell_at, figure_of, named, reckoned, size_of
from samples.chapters import overspent
from samples.printing import say_millions, small
from samples.prose_bank import cause
from samples.services import AREAS, CHAPTERS, parts_of
from samples.truth import Evidence, TruthRow, TruthTable
from samples.words import PROJECTS


def ask_areas(a: Asker) -> None:
    """The areas, what they spent against their budgets and why, and the projects."""
    _areas(a)
    _projects(a)


def _areas(a: Asker) -> None:
    scene, table = a.scene, a.table("areas")
    over = {area.key: overspent(scene, area.key) for area in AREAS}
    for area in AREAS:
        row = table.row(area.key)
        cell = row and cell_at(table, row, ACCOUNTS, scene.year)
        if not row or not cell or area.key == "central":
            continue
        # a report for an odd year is restated by the next one: see ask_together
        later = a.scene.year % 2 and area.key in ("school", "childwelfare")
        slots = {"nb": area.nb, "nn": area.nn, "en": area.en}
        if not later and a.chance(0.5, "area", area.key):
            a.add(
                "figure",
                named(slots, {
                    "nb": ("Hva var netto driftsutgifter for {line} i {k} i {y}?", "Hvor mye brukte {k} netto på området {line} i {y}?"),
                    "nn": ("Kva var netto driftsutgifter for {line} i {k} i {y}?", "Kor mykje brukte {k} netto på området {line} i {y}?"),
                    "en": ("What were net operating expenses for {line} in {k} in {y}?",),
                }),
                size_of(cell, table.unit),
                figure=figure_of(cell, size=True),
                evidence=a.proof(table, row),
            )  # fmt: skip
        amount = over[area.key]
        if area.chapter and amount and a.chance(0.6, "over", area.key):
            _overspent_area(a, table, row, slots, amount, area.key)
    _ranked(a, table, over)
    _parts(a)


def _overspent_area(
    a: Asker, table: TruthTable, row: TruthRow, names: dict[str, str], amount: int, key: str
) -> None:
    over = amount > 0
    size = Decimal(abs(amount))
    tolerance = max(Decimal(a.scene.layout.scale) / 2, Decimal(50_000))
    if over:
        wordings: Wordings = {
            "nb": ("Hvor stort merforbruk hadde {line} i {k} i {y}?", "Hvor mye gikk {line} i {k} over budsjettet i {y}?"),
            "nn": ("Kor stort meirforbruk hadde {line} i {k} i {y}?",),
            "en": ("How large was the overrun for {line} in {k} in {y}?",),
        }  # fmt: skip
        why: Wordings = {
            "nb": ("Hvorfor brukte {line} mer enn budsjettert i {k} i {y}?", "Hva skyldtes merforbruket i {line} i {k} i {y}?"),
            "nn": ("Kvifor brukte {line} meir enn budsjettert i {k} i {y}?",),
        }  # fmt: skip
    else:
        wordings = {
            "nb": ("Hvor stort mindreforbruk hadde {line} i {k} i {y}?", "Hvor mye brukte {line} i {k} under budsjettet i {y}?"),
            "nn": ("Kor stort mindreforbruk hadde {line} i {k} i {y}?",),
            "en": ("By how much did {line} in {k} come in under budget in {y}?",),
        }  # fmt: skip
        why = {
            "nb": ("Hvorfor brukte {line} mindre enn budsjettert i {k} i {y}?", "Hva skyldtes mindreforbruket i {line} i {k} i {y}?"),
            "nn": ("Kvifor brukte {line} mindre enn budsjettert i {k} i {y}?",),
        }  # fmt: skip
    said = say_millions(amount, a.lang)
    figure = reckoned(size, "kr", said, tolerance=tolerance)
    reason = cause(a.scene.m, key, a.scene.year, over=over)
    proof = (*a.proof(table, row), Evidence(doc=a.doc, quote=reason.text))
    a.add("figure", named(names, wordings), said, figure=figure, evidence=proof[:1])
    a.add("text", named(names, why), reason.text, accept=reason.accept, evidence=proof[1:])


def _ranked(a: Asker, table: TruthTable, over: dict[str, int]) -> None:
    rows = [row for row in table.rows if row.key in over]
    names = {area.key: area.name(a.lang) for area in AREAS}
    spent = [names[key] for key, amount in over.items() if amount > 0]
    count = Decimal(len(spent))
    a.add(
        "computed",
        {
            "nb": ("Hvor mange tjenesteområder i {k} brukte mer enn revidert budsjett i {y}?",),
            "nn": ("Kor mange tenesteområde i {k} brukte meir enn revidert budsjett i {y}?",),
            "en": ("How many service areas in {k} spent more than their revised budget in {y}?",),
        },
        f"{count}: {', '.join(spent)}",
        figure=reckoned(count, "antall", str(count), tolerance=Decimal("0.5")),
        evidence=a.proof(table, *rows),
    )
    worst, best = max(over, key=lambda key: over[key]), min(over, key=lambda key: over[key])
    for key, nb, nn, en in (
        (worst, "Hvilket tjenesteområde i {k} hadde størst merforbruk i {y}?", "Kva tenesteområde i {k} hadde størst meirforbruk i {y}?", "Which service area in {k} overspent the most in {y}?"),
        (best, "Hvilket tjenesteområde i {k} hadde størst mindreforbruk i {y}?", "Kva tenesteområde i {k} hadde størst mindreforbruk i {y}?", "Which service area in {k} underspent the most in {y}?"),
    ):  # fmt: skip
        row = table.row(key)
        if row and (over[key] > 0) == (key == worst):
            wordings: Wordings = {"nb": (nb,), "nn": (nn,), "en": (en,)}
            a.add(
                "computed",
                wordings,
                names[key],
                accept=((names[key],),),
                evidence=a.proof(table, row),
            )
    if 2 <= len(spent) <= 7:
        listed = [row for row in rows if over[row.key] > 0]
        a.add(
            "list",
            {
                "nb": ("Hvilke tjenesteområder i {k} brukte mer enn revidert budsjett i {y}?",),
                "nn": ("Kva tenesteområde i {k} brukte meir enn revidert budsjett i {y}?",),
            },
            ", ".join(spent),
            accept=tuple((name,) for name in spent),
            evidence=a.proof(table, *listed),
        )


def _parts(a: Asker) -> None:
    for area in CHAPTERS:
        table = a.table(f"area_{area.key}")
        for number, part in enumerate(parts_of(area.key)):
            row = table.row(f"{area.key}_{number}")
            cell = row and cell_at(table, row, ACCOUNTS, a.scene.year)
            if not row or not cell or not a.chance(0.15, "part", row.key):
                continue
            names = {"nb": part.nb, "nn": part.nn}
            a.add(
                "figure",
                named(names, {
                    "nb": ("Hva var netto driftsutgifter til «{line}» i {k} i {y}?", "Hvor mye kostet {line} i {k} i {y}, netto?"),
                    "nn": ("Kva var netto driftsutgifter til «{line}» i {k} i {y}?",),
                }),
                size_of(cell, table.unit),
                figure=figure_of(cell, size=True),
                evidence=a.proof(table, row),
            )  # fmt: skip


def _projects(a: Asker) -> None:
    table, m, year = a.table("projects"), a.scene.m, a.scene.year
    labels = PROJECTS[a.lang]
    amounts = dict(projects(m, year))
    for row in table.rows[:-1]:
        cell = cell_at(table, row, ACCOUNTS, year)
        label = small(labels[row.key].format(**m.names))
        names = dict.fromkeys((a.lang,), label)
        wordings: Wordings = {
            "nb": ("Hvor mye ble brukt på {line} i {k} i {y}?", "Hva kostet {line} i {k} i {y}?"),
            "nn": ("Kor mykje vart brukt på {line} i {k} i {y}?",),
        }
        if cell and a.chance(0.2, "project", row.key):
            a.add(
                "figure",
                named(names, {a.lang: wordings[a.lang]}),
                size_of(cell, table.unit),
                figure=figure_of(cell, size=True),
                evidence=a.proof(table, row),
            )
    biggest = max(amounts, key=lambda key: amounts[key][ACCOUNTS])
    top = table.row(biggest)
    if top:
        label = labels[biggest].format(**m.names)
        a.add(
            "computed",
            {
                "nb": ("Hvilket investeringsprosjekt brukte {k} mest penger på i {y}?",),
                "nn": ("Kva investeringsprosjekt brukte {k} mest pengar på i {y}?",),
            },
            label,
            accept=((label,),),
            evidence=a.proof(table, top),
        )
