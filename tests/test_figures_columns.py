"""Column headers and names of places."""

import pytest

from figures.cells import Measure
from figures.columns import mend_header, name_places, read_column, years_in
from figures.places import find_municipalities, municipalities, read_place


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("Regnskap 2024 (A)", "accounts"),
        ("Rekneskap 2024", "accounts"),
        ("R2024", "accounts"),
        ("Rev. bud. 2024", "revised_budget"),
        ("Regulert budsjett", "revised_budget"),
        ("Budsjett 2024", "revised_budget"),
        ("Budsjett inkl. endringer 2024", "revised_budget"),
        ("Oppr. bud. 2024", "original_budget"),
        ("Vedtatt budsjett 2024", "original_budget"),
        ("Opphavleg budsjett", "original_budget"),
        ("Avvik regnskap og revidert budsjett", "deviation"),
        ("Mer-/mindreforbruk", "deviation"),
        ("Endring i %", "change"),
        ("Kvinne – Andel årsverk", "share"),
        ("Mål 2025", "target"),
        ("Resultat 2024*", "result"),
        ("Prognose 2025", "forecast"),
        ("2024", "value"),
        ("Antall ansatte", "value"),
    ],
)
def test_a_header_tells_what_is_measured(header: str, measure: Measure) -> None:
    assert read_column(header, year=2024).measure == measure


def test_a_header_tells_year_and_period() -> None:
    assert read_column("Årsverk 31.12.25", year=2024).year == 2025
    school_year = read_column("2023/24", year=2025)
    assert (school_year.year, school_year.period) == (2024, "2023/24")
    half = read_column("1. halvår", year=2024)
    assert (half.year, half.period) == (2024, "1. halvår")
    assert read_column("Regnskapsført tidligere år", year=2024).year is None
    assert read_column("Regnskap i fjor", year=2024).year == 2023


def test_the_reports_own_place_is_no_place() -> None:
    assert read_column("Trondheim 2023", municipality="Trondheim").place == ""
    assert read_column("Oslo 2023", municipality="Trondheim").place == "Oslo"
    assert read_column("ASSS-gjennomsnitt 2023").place == "ASSS"
    assert read_place("Landet uten Oslo") == "landet uten Oslo"
    assert read_place("Kostragruppe 11") == "KOSTRA-gruppe 11"


def test_neighbours_are_places_only_beside_a_known_place() -> None:
    def places(*headers: str) -> list[str]:
        columns = [read_column(header, year=2024, municipality="Vik") for header in headers]
        return [column.place for column in name_places(columns, "Vik")]

    assert places("Vik 2024", "Heggmo 2024", "Landet 2024") == ["", "Heggmo", "landet"]
    assert places("Skole", "Barnehage") == ["", ""]
    assert places("Vik 2024", "Endring", "Snitt 2024") == ["", "", "snitt"]


def test_a_header_tells_the_sex() -> None:
    assert read_column("Kvinne – Årsverk").sex == "kvinner"
    assert read_column("Kvinner og menn").sex == ""


def test_a_word_broken_by_a_narrow_column_is_joined() -> None:
    assert mend_header("Opprinneli g budsjett") == "Opprinnelig budsjett"
    assert mend_header("Stavange r 2023") == "Stavanger 2023"
    assert mend_header("Regnskap 2024") == "Regnskap 2024"


def test_every_municipality_is_known() -> None:
    assert len(municipalities()) == 357


def test_places_are_found_in_text_with_their_genitive() -> None:
    found = find_municipalities("Stjørdals utgifter sammenlignet med Nord-Fron kommune")
    assert [name for name, *_ in found] == ["Stjørdal", "Nord-Fron"]
    assert find_municipalities("Time etter time ble brukt.") == ()
    assert [name for name, *_ in find_municipalities("Hva brukte Time kommune?")] == ["Time"]


def test_years_are_found_once_each() -> None:
    assert years_in("2021–2024, per 31.12.2024") == (2021, 2024)
