# ruff: noqa: E501 - a wording is one line
"""Questions about people, indicators and targets."""

from dataclasses import replace
from decimal import Decimal

from samples.askers import Asker, Wordings, cell_at, figure_of, reckoned, size_of
from samples.chapters import Plants
from samples.indicators import KOSTRA, TARGETS, reached
from samples.printing import say_number, small
from samples.services import CHAPTERS, Area
from samples.staff import total_sick
from samples.truth import Evidence, TruthColumn, TruthRow, TruthTable


def ask_counts(a: Asker, plants: Plants) -> None:
    """Everything that is not accounts."""
    for area in CHAPTERS:
        _kostra(a, area)
        _targets(a, area)
    _staff(a, plants)
    _sick(a, plants)
    _people(a)
    _finance(a)


def _kostra(a: Asker, area: Area) -> None:
    table, year = a.table(f"kostra_{area.key}"), a.scene.year
    for what in KOSTRA[area.key]:
        row = table.row(what.key)
        if not row:
            continue
        names = {"nb": small(what.nb), "nn": small(what.nn)}
        for column, cell in zip(table.columns, row.cells, strict=True):
            share = 0.22 if not column.place else 0.05
            if cell.value is None or not a.chance(share, what.key, column.name):
                continue
            place = column.place or a.scene.m.name
            wordings: Wordings = {
                "nb": (f"Hva var {names['nb']} i {place} i {column.year}, ifølge årsrapporten til {{k}} for {{y}}?",),
                "nn": (f"Kva var {names['nn']} i {place} i {column.year}, ifølgje årsrapporten til {{k}} for {{y}}?",),
            }  # fmt: skip
            if not column.place and column.year == year:
                wordings = {
                    "nb": (f"Hva var {names['nb']} i {{k}} i {{y}}?", f"{names['nb']} {{k}} {{y}}"),
                    "nn": (f"Kva var {names['nn']} i {{k}} i {{y}}?",),
                }
            a.add(
                "figure",
                wordings,
                f"{cell.text} ({what.unit})",
                figure=figure_of(cell),
                evidence=a.proof(table, row),
            )
        if a.chance(0.15, "highest", what.key):
            _highest(a, table, row, names)


def _highest(a: Asker, table: TruthTable, row: TruthRow, names: dict[str, str]) -> None:
    """Which of the municipalities lies highest this year; averages and holes are left out."""
    towns: list[tuple[Decimal, str]] = []
    for column, cell in zip(table.columns, row.cells, strict=True):
        named = not column.place or column.place in a.scene.m.neighbours
        if named and column.year == a.scene.year and cell.value is not None:
            towns.append((cell.value, column.place or a.scene.m.name))
    towns.sort(reverse=True)
    if len(towns) < 3 or towns[0][0] == towns[1][0]:
        return
    everyone = ", ".join(sorted(name for _, name in towns))
    wordings: Wordings = {
        "nb": (
            f"Hvem av {everyone} hadde høyest tall for «{names['nb']}» i {{y}}, ifølge årsrapporten til {{k}}?",
        ),
        "nn": (
            f"Kven av {everyone} hadde høgast tal for «{names['nn']}» i {{y}}, ifølgje årsrapporten til {{k}}?",
        ),
    }
    winner = towns[0][1]
    a.add("compare", wordings, winner, accept=((winner,),), evidence=a.proof(table, row))


def _targets(a: Asker, area: Area) -> None:
    table, year = a.table(f"targets_{area.key}"), a.scene.year
    for what in TARGETS[area.key]:
        row = table.row(f"target_{what.key}")
        result = row and cell_at(table, row, "result", year)
        target = row and cell_at(table, row, "target", year)
        if not row or not result or not target or result.value is None:
            continue
        nb, nn = small(what.nb), small(what.nn)
        if a.chance(0.25, "result", what.key):
            a.add("figure", {"nb": (f"Hva ble resultatet for «{nb}» i {{k}} i {{y}}?",), "nn": (f"Kva vart resultatet for «{nn}» i {{k}} i {{y}}?",)},
                  result.text, figure=figure_of(result), evidence=a.proof(table, row))  # fmt: skip
        if a.chance(0.12, "target", what.key):
            a.add("figure", {"nb": (f"Hva var målet for «{nb}» i {{k}} i {{y}}?",), "nn": (f"Kva var målet for «{nn}» i {{k}} i {{y}}?",)},
                  target.text, figure=figure_of(target), evidence=a.proof(table, row))  # fmt: skip
        if a.chance(0.2, "reached", what.key):
            good = reached(what, result.value)
            word = ("ja", "nådd", "nådde", "yes") if good else ("nei", "ikke", "ikkje", "no")
            a.add("yesno", {"nb": (f"Nådde {{k}} målet for «{nb}» i {{y}}?",), "nn": (f"Nådde {{k}} målet for «{nn}» i {{y}}?",)},
                  f"{'Ja' if good else 'Nei'}: {result.text} ({target.text})",
                  accept=(word, (result.text.rstrip(" %"),)), evidence=a.proof(table, row))  # fmt: skip


def _staff(a: Asker, plants: Plants) -> None:
    table, year = a.table("posts"), a.scene.year
    for area in CHAPTERS:
        row = table.row(area.key)
        if not row or not a.chance(0.3, "posts", area.key):
            continue
        posts, people = row.cells[1], row.cells[2]
        names = {"nb": area.nb, "nn": area.nn, "en": area.en}
        a.add("figure", {"nb": (f"Hvor mange årsverk hadde {names['nb']} i {{k}} ved utgangen av {{y}}?", f"årsverk {names['nb']} {{k}} {{y}}"),
                         "nn": (f"Kor mange årsverk hadde {names['nn']} i {{k}} ved utgangen av {{y}}?",),
                         "en": (f"How many man-years did {names['en']} in {{k}} have at the end of {{y}}?",)},
              f"{posts.text} årsverk", figure=figure_of(posts), evidence=a.proof(table, row))  # fmt: skip
        if a.chance(0.4, "people", area.key):
            a.add("figure", {"nb": (f"Hvor mange ansatte var det i {names['nb']} i {{k}} per 31.12.{{y}}?",),
                             "nn": (f"Kor mange tilsette var det i {names['nn']} i {{k}} per 31.12.{{y}}?",)},
                  people.text, figure=figure_of(people), evidence=a.proof(table, row))  # fmt: skip
    total = table.row("total")
    if total and not plants.broken_total:
        a.add("figure", {"nb": ("Hvor mange årsverk hadde {k} kommune i alt ved utgangen av {y}?",), "nn": ("Kor mange årsverk hadde {k} kommune i alt ved utgangen av {y}?",)},
              f"{total.cells[1].text} årsverk", figure=figure_of(total.cells[1]), evidence=a.proof(table, total))  # fmt: skip
    _leavers_and_pay(a, year)


def _leavers_and_pay(a: Asker, year: int) -> None:
    table = a.table("leavers")
    for area in CHAPTERS:
        row = table.row(area.key)
        if row and a.chance(0.12, "left", area.key):
            a.add("figure", {"nb": (f"Hvor mange sluttet i {area.nb} i {{k}} i {{y}}?",), "nn": (f"Kor mange slutta i {area.nn} i {{k}} i {{y}}?",)},
                  row.cells[0].text, figure=figure_of(row.cells[0]), evidence=a.proof(table, row))  # fmt: skip
    table = a.table("pay")
    for row in table.rows:
        if a.chance(0.25, "pay", row.key):
            label = small(row.label)
            a.add("figure", {"nb": (f"Hva tjente kvinner i stillingsgruppen {label} i snitt i {{k}} i {{y}}?",), "nn": (f"Kva tente kvinner i stillingsgruppa {label} i snitt i {{k}} i {{y}}?",)},
                  f"{row.cells[0].text} kr", figure=figure_of(row.cells[0]), evidence=a.proof(table, row))  # fmt: skip
    table = a.table("guarantees")
    for row in table.rows[:-1]:
        if a.chance(0.25, "guarantee", row.key):
            a.add("figure", {"nb": (f"Hvor stor er garantien {{k}} har gitt til {row.label}, per 31.12.{year}?",), "nn": (f"Kor stor er garantien {{k}} har gitt til {row.label}, per 31.12.{year}?",)},
                  f"{row.cells[0].text} mill. kr", figure=figure_of(row.cells[0]), evidence=a.proof(table, row))  # fmt: skip


def _sick(a: Asker, plants: Plants) -> None:
    table, year = a.table("sick"), a.scene.year
    whole = table.row("total")
    assert whole
    before, now = (total_sick(a.scene.m, y)[2] for y in (year - 1, year))
    ways: Wordings = {
        "nb": ("Hvor høyt var sykefraværet i {k} kommune i {y}?", "Hvor mye var de ansatte i {k} borte fra jobb på grunn av sykdom i {y}?", "sykefravær {k} {y}"),
        "nn": ("Kor høgt var sjukefråværet i {k} kommune i {y}?", "sjukefråvær {k} {y}"),
        "en": ("What was the sick leave rate in {k} municipality in {y}?",),
    }  # fmt: skip
    if plants.contradiction:
        shown = say_number(now + Decimal("0.4"))
        quote = Evidence(doc=a.doc, quote=f"{shown} prosent")
        a.add("text", ways, f"Rapporten er ikke enig med seg selv: {shown} prosent i forordet, {say_number(now)} prosent i tabellen",
              accept=((shown,), (say_number(now),)), evidence=(*a.proof(table, whole), quote), note="planted contradiction")  # fmt: skip
    else:
        a.add(
            "figure",
            ways,
            f"{say_number(now)} prosent",
            figure=figure_of(whole.cells[5]),
            evidence=a.proof(table, whole),
        )
    if before != now:
        a.add("compare", {"nb": ("Hvor mange prosentpoeng endret det samlede sykefraværet i {k} seg fra {last} til {y}, etter tabellen?",), "nn": ("Kor mange prosentpoeng endra det samla sjukefråværet i {k} seg frå {last} til {y}, etter tabellen?",)},
              f"{say_number(now - before)} prosentpoeng", evidence=a.proof(table, whole),
              figure=replace(reckoned(now - before, "prosentpoeng", say_number(now - before), tolerance=Decimal("0.05")), sign_free=True))  # fmt: skip
    for row in table.rows[:-1]:
        for column in table.columns:
            if a.chance(0.06, "sick", row.key, column.name):
                _sick_cell(a, table, row, column)


def _sick_cell(a: Asker, table: TruthTable, row: TruthRow, column: TruthColumn) -> None:
    cell = row.cells[table.columns.index(column)]
    word = column.name.rsplit(" ", 1)[0].lower()
    nb = {"korttid": "korttidsfraværet", "langtid": "langtidsfraværet"}.get(
        word, "sykefraværet totalt"
    )
    nn = {"korttid": "korttidsfråværet", "langtid": "langtidsfråværet"}.get(
        word, "sjukefråværet totalt"
    )
    wordings: Wordings = {
        "nb": (f"Hva var {nb} i {row.label} i {{k}} i {column.year}?",),
        "nn": (f"Kva var {nn} i {row.label} i {{k}} i {column.year}?",),
    }
    a.add(
        "figure",
        wordings,
        size_of(cell, "prosent"),
        figure=figure_of(cell),
        evidence=a.proof(table, row),
    )


def _people(a: Asker) -> None:
    table = a.table("ages")
    whole = table.row("people")
    assert whole
    a.add("figure", {"nb": ("Hvor mange innbyggere hadde {k} ved utgangen av {y}?", "Hvor mange bodde i {k} ved årsskiftet {y}?", "folketall {k} {y}"), "nn": ("Kor mange innbyggjarar hadde {k} ved utgangen av {y}?",), "en": ("How many people lived in {k} at the end of {y}?",)},
          whole.cells[1].text, figure=figure_of(whole.cells[1]), evidence=a.proof(table, whole))  # fmt: skip
    for row in table.rows[:-1]:
        if a.chance(0.3, "age", row.key):
            a.add("figure", {"nb": (f"Hvor mange innbyggere i {{k}} var {row.label} i {{y}}?",), "nn": (f"Kor mange innbyggjarar i {{k}} var {row.label} i {{y}}?",)},
                  row.cells[1].text, figure=figure_of(row.cells[1]), evidence=a.proof(table, row))  # fmt: skip
    meetings = a.table("meetings")
    for row in meetings.rows[:-1]:
        if a.chance(0.3, "meetings", row.key) and row.cells[1].value is not None:
            a.add("figure", {"nb": (f"Hvor mange saker behandlet {small(row.label)} i {{k}} i {{y}}?",), "nn": (f"Kor mange saker handsama {small(row.label)} i {{k}} i {{y}}?",)},
                  row.cells[1].text, figure=figure_of(row.cells[1]), evidence=a.proof(meetings, row))  # fmt: skip


def _finance(a: Asker) -> None:
    table, year = a.table("finance"), a.scene.year
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if a.chance(0.3 if column.year == year else 0.12, row.key, column.name):
                label = small(row.label)
                a.add("figure", {"nb": (f"Hva var {label} i {{k}} i {column.year}?",), "nn": (f"Kva var {label} i {{k}} i {column.year}?",)},
                      size_of(cell, "prosent"), figure=figure_of(cell), evidence=a.proof(table, row))  # fmt: skip
    heads = a.table("per_head")
    for row in heads.rows:
        if a.chance(0.2, "per_head", row.key):
            a.add("figure", {"nb": (f"Hvor mye brukte {{k}} netto per innbygger på {row.label} i {{y}}?",), "nn": (f"Kor mykje brukte {{k}} netto per innbyggjar på {row.label} i {{y}}?",)},
                  f"{row.cells[1].text} kr", figure=figure_of(row.cells[1]), evidence=a.proof(heads, row))  # fmt: skip
