"""Tables about the municipality itself: inhabitants, meetings, guarantees."""

from dataclasses import replace
from decimal import Decimal

from samples.blocks import TableBlock
from samples.count_cells import number, plain_table
from samples.draws import rng
from samples.tables import Scene, empty
from samples.truth import TruthCell, TruthColumn, TruthRow

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
    table = plain_table("ages", scene.word("ages"), columns, rows, unit="antall", holds=True)
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
        table=plain_table("meetings", title, columns, rows, unit="antall", holds=True),
        corner=scene.word("body"),
    )


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
    table = plain_table("guarantees", title, columns, rows, holds=True)
    return TableBlock(table=table, corner=scene.word("borrower"))


def _in_millions(cell: TruthCell) -> TruthCell:
    assert cell.value is not None
    return replace(cell, base_value=cell.value * 1_000_000, scale=1_000_000)
