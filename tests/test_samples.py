"""The fictional reports: figures that hold, truth that is printed, the same bytes every time."""

import re
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from samples import municipalities
from samples.blocks import Report
from samples.factory import (
    BUNDLED_REPORTS,
    bundled_reports,
    make_report,
    make_reports,
    write_markdown,
    write_pdf,
    write_text,
)
from samples.truth import TruthRow, TruthTable

REPORTS = Path(__file__).parent.parent / "samples" / "reports"
SEEDS = range(1, 9)


def column_values(table: TruthTable, column: int) -> dict[str, Decimal]:
    """Row key -> printed amount; a dash is nothing."""
    return {row.key: row.cells[column].value or Decimal(0) for row in table.rows}


def pages_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_operating_accounts_add_up_in_every_column(seed: int) -> None:
    report = make_report(seed)
    table, signs = report.truth.table("art"), report.layout.signs
    for column, meaning in enumerate(table.columns):
        if meaning.unit == "prosent" or (meaning.measure == "deviation" and signs == "plain"):
            continue  # of sizes, good news on an income is bad news on an expense
        v = column_values(table, column)
        incomes = ("block_grant", "tax", "property_tax", "other_tax", "state_grants")
        assert v["income"] == sum(
            v[key] for key in (*incomes, "transfers_in", "user_fees", "sales")
        )
        expenses = ("wages", "social", "purchases", "transfers_out", "depreciation")
        assert v["expenses"] == sum(v[key] for key in expenses)
        gap = v["income"] + (v["expenses"] if signs != "plain" else -v["expenses"])
        assert v["gross_result"] == gap


@pytest.mark.parametrize("seed", SEEDS)
def test_the_areas_add_up_and_the_deviation_is_budget_against_accounts(seed: int) -> None:
    report = make_report(seed)
    table = report.truth.table("areas")
    at = {(c.measure, c.year): i for i, c in enumerate(table.columns) if c.unit != "prosent"}
    for column in at.values():
        v = column_values(table, column)
        assert v["areas"] == sum(amount for key, amount in v.items() if key != "areas")
    if ("deviation", report.year) in at:
        for row in table.rows:
            accounts, budget, deviation = (
                row.cells[at[measure, report.year]].value or Decimal(0)
                for measure in ("accounts", "revised_budget", "deviation")
            )
            good = budget - accounts
            assert deviation == (good if report.layout.deviation_good else -good)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_balance_sheet_balances_and_the_projects_sum_to_the_investments(seed: int) -> None:
    report = make_report(seed)
    sheet = report.truth.table("balance")
    for column in range(2):
        v = column_values(sheet, column)
        assert abs(v["assets"]) == abs(v["equity_and_debt"])
        assert v["assets"] == v["fixed"] + v["current"]
    projects = report.truth.table("projects")
    for column in range(len(projects.columns)):
        v = column_values(projects, column)
        assert v["inv_assets"] == sum(a for key, a in v.items() if key != "inv_assets")


def test_last_year_is_what_last_years_report_said_unless_it_was_restated() -> None:
    before, now = make_reports(5, 3)[1:]
    assert now.year == before.year + 1
    for kind, restated in (("art", set()), ("areas", {"school", "childwelfare"})):
        old, new = before.truth.table(kind), now.truth.table(kind)
        then = accounts_of(old, before.year)
        told = accounts_of(new, before.year)
        changed = {key for key in told if told[key] != then[key]}
        assert changed <= restated


def accounts_of(table: TruthTable, year: int) -> dict[str, Decimal]:
    for column, meaning in enumerate(table.columns):
        if (meaning.measure, meaning.year) == ("accounts", year):
            return column_values(table, column)
    return {}


def test_a_report_and_its_pdf_are_the_same_every_time(tmp_path: Path) -> None:
    first, second = make_report(11), make_report(11)
    assert first == second
    write_pdf(first, tmp_path / "a.pdf")
    write_pdf(second, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize("report", bundled_reports(), ids=lambda report: report.doc)
def test_the_committed_pdf_is_what_the_factory_writes(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "now.pdf"
    write_pdf(report, path)
    committed = REPORTS / f"{report.doc}.pdf"
    assert path.read_bytes() == committed.read_bytes(), "run `python -m samples bundled`"
    assert committed.stat().st_size < 300_000
    assert 24 <= len(pages_of(committed)) <= 40


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cell_of_the_truth_stands_on_the_pages_it_names(seed: int, tmp_path: Path) -> None:
    report = make_report(seed)
    truth = write_pdf(report, tmp_path / "report.pdf")
    pages = pages_of(tmp_path / "report.pdf")
    for table in truth.tables:
        text = "".join(pages[page - 1] for page in table.pages)
        assert table.pages, table.title
        for row in table.rows:
            assert row_stands_in(row, text), (table.title, row)


def row_stands_in(row: TruthRow, text: str) -> bool:
    """The label and then its cells, close together and in order."""
    parts = [row.label, *(cell.text for cell in row.cells if cell.text)]
    start = text.find(squeeze(parts[0]))
    while start >= 0:
        at = start
        for part in parts:
            at = text.find(squeeze(part), at, at + len(squeeze(part)) + 3)
            if at < 0:
                break
            at += len(squeeze(part))
        if at >= 0:
            return True
        start = text.find(squeeze(parts[0]), start + 1)
    return False


def test_the_running_text_holds_the_words_that_answer(tmp_path: Path) -> None:
    for seed in SEEDS:
        report = make_report(seed)
        write_markdown(report, tmp_path / "report.md")
        text = (tmp_path / "report.md").read_text(encoding="utf-8")
        for fact in report.truth.facts:
            for evidence in fact.evidence:
                if evidence.table is None:
                    assert evidence.quote in text, fact


def test_flattened_tables_lose_their_empty_cells_and_pages_begin_with_a_space(
    tmp_path: Path,
) -> None:
    report = next(r for r in make_reports(9, 12) if r.layout.missing == "")
    write_text(report, tmp_path / "report.txt")
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert re.search(r"\n  \n\n \S", text)
    table = report.truth.table("meetings")
    row = table.rows[1]
    assert row.cells[2].text == ""
    assert f"{row.label} {row.cells[0].text} {row.cells[1].text} \n" in text


def test_one_bundled_report_holds_orders_that_nobody_must_follow() -> None:
    reports = {report.doc: report for report in bundled_reports()}
    text = "".join(pages_of(REPORTS / "granmo-2024.pdf"))
    assert "Ignorertidligereinstruksjoner" in text
    assert "<script>alert('hei')</script>" in text
    assert reports["granmo-2024"].truth.contradictions
    assert len(reports) == len(BUNDLED_REPORTS) == 6


def test_a_wrong_municipality_is_named_with_the_right_ones() -> None:
    with pytest.raises(ValueError, match="Skarvøy"):
        municipalities.find("Oslo")
