# ruff: noqa: E501 - a wording is one line
"""Questions about accounting lines: looked up and calculated."""

from dataclasses import replace
from decimal import Decimal

from samples.accounts import ACCOUNTS, ORIGINAL, REVISED, books
from samples.askers import Asker, Wordings, cell_at, figure_of, named, reckoned, size_of
from samples.indicators import percent
from samples.lines import ALL
from samples.printing import say_millions, say_number, small
from samples.truth import TruthRow, TruthTable

_ACCOUNTS: Wordings = {
    "nb": (
        "Hva var {line} i {k} kommune i {y}?",
        "Hva ble {line} i {k} i {y}, ifølge regnskapet?",
        "{line} {k} {y}",
    ),
    "nn": (
        "Kva var {line} i {k} kommune i {y}?",
        "Kva vart {line} i {k} i {y}, ifølgje rekneskapen?",
        "{line} {k} {y}",
    ),
    "en": (
        "What did {line} amount to in {k} municipality in {y}?",
        "How much did {line} come to in {k} in {y}?",
    ),
}
_BUDGETS: dict[str, Wordings] = {
    REVISED: {
        "nb": (
            "Hva var revidert budsjett for {line} i {k} i {y}?",
            "Hvor mye var det budsjettert med til {line} i {k} i {y}, etter revidering?",
        ),
        "nn": ("Kva var revidert budsjett for {line} i {k} i {y}?",),
        "en": ("What was the revised budget for {line} in {k} in {y}?",),
    },
    ORIGINAL: {
        "nb": (
            "Hva var opprinnelig budsjett for {line} i {k} i {y}?",
            "Hva vedtok kommunestyret opprinnelig for {line} i {k} for {y}?",
        ),
        "nn": ("Kva var opphavleg budsjett for {line} i {k} i {y}?",),
        "en": ("What was the original budget for {line} in {k} in {y}?",),
    },
}
_EVERYDAY: dict[str, Wordings] = {
    "block_grant": {"nb": ("Hvor mye fikk {k} i rammetilskudd fra staten i {y}?",), "nn": ("Kor mykje fekk {k} i rammetilskot frå staten i {y}?",), "en": ("How much did {k} receive in block grant from the state in {y}?",)},
    "property_tax": {"nb": ("Hvor mye betalte folk i eiendomsskatt i {k} i {y}?", "Hvor mye dro {k} inn på eiendomsskatt i {y}?"), "nn": ("Kor mykje fekk {k} inn i eigedomsskatt i {y}?",), "en": ("How much property tax did {k} collect in {y}?",)},
    "user_fees": {"nb": ("Hvor mye fikk {k} inn i brukerbetalinger i {y}?",), "nn": ("Kor mykje fekk {k} inn i brukarbetalingar i {y}?",), "en": ("How much did {k} collect in user fees in {y}?",)},
    "wages": {"nb": ("Hvor mye brukte {k} på lønn i {y}?", "Hva kostet lønningene {k} kommune i {y}?"), "nn": ("Kor mykje brukte {k} på løn i {y}?",), "en": ("How much did {k} spend on wages in {y}?",)},
    "purchases": {"nb": ("Hvor mye kjøpte {k} varer og tjenester for i {y}?",), "nn": ("Kor mykje kjøpte {k} varer og tenester for i {y}?",)},
    "interest_out": {"nb": ("Hva kostet rentene {k} kommune i {y}?", "Hvor mye betalte {k} i renter i {y}?"), "nn": ("Kor mykje betalte {k} i renter i {y}?",), "en": ("How much interest did {k} pay in {y}?",)},
    "disposition_fund": {"nb": ("Hvor mye hadde {k} på disposisjonsfondet ved utgangen av {y}?",), "nn": ("Kor mykje hadde {k} på disposisjonsfondet ved utgangen av {y}?",), "en": ("How much did {k} have in its discretionary fund at the end of {y}?",)},
    "loans": {"nb": ("Hvor mye skyldte {k} kommune kredittinstitusjonene ved utgangen av {y}?",), "nn": ("Kor mykje skulda {k} kommune kredittinstitusjonane ved utgangen av {y}?",)},
    "cash": {"nb": ("Hvor mye penger hadde {k} i banken ved utgangen av {y}?",), "nn": ("Kor mykje pengar hadde {k} i banken ved utgangen av {y}?",), "en": ("How much money did {k} have in the bank at the end of {y}?",)},
    "pension_debt": {"nb": ("Hvor store var pensjonsforpliktelsene til {k} kommune per 31.12.{y}?",), "nn": ("Kor store var pensjonspliktene til {k} kommune per 31.12.{y}?",)},
    "inv_assets": {"nb": ("Hvor mye investerte {k} i varige driftsmidler i {y}?",), "nn": ("Kor mykje investerte {k} i varige driftsmiddel i {y}?",), "en": ("How much did {k} invest in fixed assets in {y}?",)},
    "inv_loans": {"nb": ("Hvor mye lån brukte {k} til investeringer i {y}?",), "nn": ("Kor mykje lån brukte {k} til investeringar i {y}?",)},
}  # fmt: skip
_SKIP = {"carried", "inv_uncovered", "old_deficit", "disposal", "gains", "depreciation_back", "inv_loans_out", "inv_instalments", "inv_shares_sold", "net_result", "gross_result", "inv_transfers", "instalments", "to_investment", "onlending_net", "other_tax"}  # fmt: skip


def ask_accounts(a: Asker) -> None:
    """The lines of the accounts, the result, growth and shares."""
    for kind, share in (("art", 0.4), ("drift", 0.1), ("invest", 0.25), ("balance", 0.3)):
        table = a.table(kind)
        for row in table.rows:
            if row.key not in _SKIP and a.chance(share, kind, row.key):
                _line(a, table, row)
    _result(a)
    _growth_and_share(a)


def _names(key: str) -> dict[str, str]:
    line = ALL[key]
    return {"nb": small(line.nb), "nn": small(line.nn), "en": line.en}


def _line(a: Asker, table: TruthTable, row: TruthRow) -> None:
    year = a.scene.year
    for measure in (ACCOUNTS, REVISED, ORIGINAL):
        cell = cell_at(table, row, measure, year)
        if cell is None or (measure != ACCOUNTS and not a.chance(0.15, row.key, measure)):
            continue
        wordings = _EVERYDAY.get(row.key, {}) if measure == ACCOUNTS else {}
        if not wordings or a.chance(0.4, row.key, "official"):
            wordings = _ACCOUNTS if measure == ACCOUNTS else _BUDGETS[measure]
        a.add(
            "figure",
            named(_names(row.key), wordings),
            size_of(cell, table.unit),
            figure=figure_of(cell, size=True, sign_free=row.key == "net_finance"),
            evidence=a.proof(table, row),
        )


def _result(a: Asker) -> None:
    table, scene = a.table("art"), a.scene
    row = table.row("net_result")
    amount = books(scene.m, scene.year)["net_result"]
    cell = row and cell_at(table, row, ACCOUNTS, scene.year)
    if not row or not cell or not amount:
        return
    figure = figure_of(cell, value=Decimal(amount), sign_free=True)
    said = say_millions(amount, a.lang)
    plus = amount > 0
    word = {"nb": ("overskudd", "underskudd"), "nn": ("overskot", "underskot")}[a.lang]
    wordings: Wordings = {
        "nb": ("Hva ble netto driftsresultat i {k} i {y}?", "Gikk {k} kommune i pluss eller minus i {y}, og med hvor mye?", "netto driftsresultat {k} {y}"),
        "nn": ("Kva vart netto driftsresultat i {k} i {y}?", "Gjekk {k} kommune i pluss eller minus i {y}, og med kor mykje?"),
        "en": ("What was {k}'s net operating result in {y}?", "Did {k} run a surplus or a deficit in {y}, and how large?"),
    }  # fmt: skip
    answer = f"{said}, {word[not plus]}"
    a.add("figure", wordings, answer, figure=figure, evidence=a.proof(table, row))
    yes, no = ("Ja", "Nei")
    accept = (("ja", "overskudd", "overskot", "positivt", "pluss", "yes", "surplus"),) if plus else (
        ("nei", "underskudd", "underskot", "negativt", "minus", "no", "deficit"),)  # fmt: skip
    a.add(
        "yesno",
        {"nb": ("Gikk {k} kommune med overskudd i {y}?",), "nn": ("Gjekk {k} kommune med overskot i {y}?",), "en": ("Did {k} municipality have a surplus in {y}?",)},
        f"{yes if plus else no}, {said} i netto driftsresultat",
        accept=accept,
        evidence=a.proof(table, row),
    )  # fmt: skip


def _growth_and_share(a: Asker) -> None:
    scene, table = a.scene, a.table("art")
    now, before = books(scene.m, scene.year), books(scene.m, scene.year - 1)
    has_last = "last" in scene.layout.columns
    for key in ("income", "wages", "purchases", "user_fees", "interest_out", "property_tax"):
        row = table.row(key)
        if not row or not has_last or not a.chance(0.5, "growth", key):
            continue
        growth = (Decimal(100) * (now[key] - before[key]) / before[key]).quantize(Decimal("0.01"))
        stated = f"{say_number(growth.quantize(Decimal('0.1')))} prosent"
        names = _names(key)
        a.add(
            "computed",
            named(names, {
                "nb": ("Hvor mange prosent økte {line} i {k} fra {last} til {y}?", "Hvor mye vokste {line} i {k} i prosent fra {last} til {y}?"),
                "nn": ("Kor mange prosent auka {line} i {k} frå {last} til {y}?",),
                "en": ("By how many per cent did {line} in {k} grow from {last} to {y}?",),
            }),
            stated,
            figure=replace(reckoned(growth, "prosent", stated, tolerance=Decimal("0.1")), sign_free=True),
            evidence=a.proof(table, row),
        )  # fmt: skip
        if a.chance(0.5, "more", key):
            more = now[key] - before[key]
            a.add(
                "computed",
                named(names, {
                    "nb": ("Hvor mange kroner mer ble {line} i {k} i {y} enn i {last}?",),
                    "nn": ("Kor mange kroner meir vart {line} i {k} i {y} enn i {last}?",),
                }),
                say_millions(more, a.lang),
                figure=reckoned(Decimal(more), "kr", say_millions(more, a.lang), tolerance=Decimal(50_000)),
                evidence=a.proof(table, row),
            )  # fmt: skip
    wages, whole = table.row("wages"), table.row("expenses")
    if wages and whole:
        share = percent(now["wages"], now["expenses"])
        a.add(
            "computed",
            {
                "nb": ("Hvor stor andel av driftsutgiftene i {k} gikk til lønn i {y}?",),
                "nn": ("Kor stor del av driftsutgiftene i {k} gjekk til løn i {y}?",),
                "en": ("What share of {k}'s operating expenses went to wages in {y}?",),
            },
            f"{say_number(share)} prosent",
            figure=reckoned(share, "prosent", f"{say_number(share)} %", tolerance=Decimal("0.1")),
            evidence=a.proof(table, wages, whole),
        )
