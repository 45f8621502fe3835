# ruff: noqa: E501 - a wording is one line
"""Questions across reports: two years, two municipalities, and those too open to answer."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from samples.accounts import ACCOUNTS, balance, books
from samples.askers import cell_at, row_text
from samples.blocks import Report
from samples.indicators import finance_indicators
from samples.printing import say_millions, say_number
from samples.staff import total_sick
from samples.truth import Evidence, Fact, GoldFigure, TruthCell

Amount = Callable[[Report], Decimal]


def ask_together(reports: Sequence[Report]) -> tuple[Fact, ...]:
    """Comparisons between the reports, and questions that need one asked back."""
    facts: list[Fact] = []
    by_key = {(r.municipality.name, r.year): r for r in reports}
    for report in reports:
        earlier = by_key.get((report.municipality.name, report.year - 1))
        if earlier:
            facts += _two_years(earlier, report)
    by_year: dict[int, list[Report]] = {}
    for report in reports:
        by_year.setdefault(report.year, []).append(report)
    for year, same in sorted(by_year.items()):
        for one, other in pairwise(same):
            facts += _two_places(one, other, year)
    if len({r.municipality.name for r in reports}) > 1:
        facts += _open(reports)
    return tuple(facts)


def _proof(report: Report, kind: str, key: str) -> Evidence:
    table = report.truth.table(kind)
    row = table.row(key)
    assert row
    return Evidence(doc=report.doc, quote=row_text(row), table=table.title)


def _fund(report: Report) -> Decimal:
    return Decimal(balance(report.municipality, report.year)["disposition_fund"])


def _property_tax(report: Report) -> Decimal:
    return Decimal(books(report.municipality, report.year)["property_tax"])


def _two_years(earlier: Report, later: Report) -> list[Fact]:
    """What changed from one report to the next."""
    name, years = later.municipality.name, f"{earlier.year}–{later.year}"
    facts = []
    for what, nb, nn, amount, proof in (
        ("fund", "disposisjonsfondet", "disposisjonsfondet", _fund, ("balance", "disposition_fund")),
        ("tax", "inntektene fra eiendomsskatt", "inntektene frå eigedomsskatt", _property_tax, ("art", "property_tax")),
    ):  # fmt: skip
        change = amount(later) - amount(earlier)
        said = say_millions(change, later.municipality.language)
        nynorsk = later.municipality.language == "nn"
        question = (
            f"Kor mykje endra {nn} i {name} seg frå {earlier.year} til {later.year}?"
            if nynorsk
            else f"Hvor mye endret {nb} i {name} seg fra {earlier.year} til {later.year}?"
        )
        facts.append(
            _fact(
                f"{later.doc}/x-{what}", question, (earlier, later), said, tuple(_proof(r, *proof) for r in (earlier, later)),
                figure=GoldFigure(base_value=change, base_unit="kr", tolerance=Decimal(100_000), as_stated=said, sign_free=True),
                note=years,
            )
        )  # fmt: skip
    return facts + _restated(earlier, later)


def _restated(earlier: Report, later: Report) -> list[Fact]:
    """A figure that the later report prints otherwise than the earlier one did."""
    facts = []
    for key in ("school", "childwelfare"):
        rows = [r.truth.table("areas").row(key) for r in (earlier, later)]
        cells = [
            cell_at(r.truth.table("areas"), row, ACCOUNTS, earlier.year)
            for r, row in zip((earlier, later), rows, strict=True)
            if row
        ]
        shown = [cell.text for cell in cells if cell]
        if len(shown) < 2 or shown[0] == shown[1]:
            continue
        name, label = later.municipality.name, rows[0].label if rows[0] else ""
        nn = later.municipality.language == "nn"
        question = (
            f"Kva netto driftsutgifter for {label} i {name} i {earlier.year} oppgir årsrapportane "
            f"for {earlier.year} og {later.year}?"
            if nn
            else f"Hvilke netto driftsutgifter for {label} i {name} i {earlier.year} oppgir "
            f"årsrapportene for {earlier.year} og {later.year}?"
        )
        facts.append(
            _fact(
                f"{later.doc}/x-restated-{key}",
                question,
                (earlier, later),
                f"{shown[0]} ({earlier.year}) og {shown[1]} ({later.year}, omarbeidet)",
                tuple(_proof(r, "areas", key) for r in (earlier, later)),
                accept=tuple(_as_said(cell) for cell in cells if cell),
            )
        )
    return facts


def _as_said(cell: TruthCell) -> tuple[str, ...]:
    """An amount as printed, or rounded to millions."""
    assert cell.base_value is not None
    return (cell.text, say_millions(cell.base_value).split()[0])


def _fact(
    fact_id: str,
    question: str,
    reports: Sequence[Report],
    answer: str,
    evidence: tuple[Evidence, ...],
    *,
    figure: GoldFigure | None = None,
    accept: tuple[tuple[str, ...], ...] = (),
    kind: str = "compare",
    note: str = "",
) -> Fact:
    lang = "nn" if all(r.municipality.language == "nn" for r in reports) else "nb"
    docs = tuple(r.doc for r in reports)
    return Fact(
        id=fact_id, question=question, lang=lang, kind=kind, docs=docs, answer=answer,
        figure=figure, accept=accept, evidence=evidence, note=note,
    )  # fmt: skip


def _two_places(one: Report, other: Report, year: int) -> list[Fact]:
    """Who had more: sick leave, debt, the fund. The winner must be named."""
    pair, facts = (one, other), []
    a, b = one.municipality, other.municipality
    checks: tuple[tuple[str, str, Amount, tuple[str, str]], ...] = (
        ("loans", "hadde høyest gjeld til kredittinstitusjoner i prosent av driftsinntektene", lambda r: finance_indicators(r.municipality, r.year)[2], ("finance", "finance_2")),
        ("margin", "hadde best netto driftsresultat i prosent av driftsinntektene", lambda r: finance_indicators(r.municipality, r.year)[0], ("finance", "finance_0")),
        ("sick", "hadde høyest sykefravær", lambda r: total_sick(r.municipality, r.year)[2], ("sick", "total")),
    )  # fmt: skip
    for key, what, amount, proof in checks:
        if amount(one) == amount(other) or (
            key == "sick" and any(r.truth.contradictions for r in pair)
        ):
            continue
        best = max(pair, key=amount)
        shown = [say_number(amount(r)).lstrip("-") for r in pair]
        facts.append(
            _fact(
                f"x-{year}-{a.slug}-{b.slug}-{key}",
                f"Hvem {what} i {year}, {a.name} eller {b.name}?",
                pair,
                f"{best.municipality.name} ({shown[0]} prosent i {a.name}, {shown[1]} prosent i {b.name})",
                tuple(_proof(r, *proof) for r in pair),
                accept=((best.municipality.name,), (shown[0],), (shown[1],)),
            )
        )
    return facts


def _open(reports: Sequence[Report]) -> list[Fact]:
    """Questions that name no municipality or year, while the reports give different answers."""
    texts = (
        ("sick", "Hvor høyt var sykefraværet?", "nb"),
        ("fund", "Hvor stort er disposisjonsfondet?", "nb"),
        ("people", "Kor mange innbyggjarar var det i kommunen?", "nn"),
        ("tax", "How much property tax was collected?", "en"),
        ("result", "Hva ble netto driftsresultat?", "nb"),
    )
    docs = tuple(r.doc for r in reports)
    answer = "Hvilken kommune og hvilket år?"
    return [
        Fact(id=f"x-open-{key}", question=text, lang=lang, kind="clarify", docs=docs, answer=answer)
        for key, text, lang in texts
    ]
