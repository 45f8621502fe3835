"""Words that tell what numbers are counted in."""

from decimal import Decimal

import pytest

from figures.cells import Unit
from figures.units import attached_unit, declared_unit, imply_unit, is_money, read_unit, say_unit


@pytest.mark.parametrize(
    ("printed", "name", "scale"),
    [
        ("Tall i tusen kr", "kr", 1000),
        ("i 1000 kr", "kr", 1000),
        ("Beløp i 1000", "kr", 1000),
        ("Beløp i millioner kroner", "kr", 1_000_000),
        ("(mill.kr)", "kr", 1_000_000),
        ("Tall i mrd. kr", "kr", 1_000_000_000),
        ("hele kroner", "kr", 1),
        ("Rekneskap heile tusen", "kr", 1000),
        ("NOK 1,000", "kr", 1000),
        ("NOK million", "kr", 1_000_000),
        ("Tal i heile tusen kroner", "kr", 1000),
        ("Prosent", "prosent", 1),
        ("Avvik i %", "prosent", 1),
        ("Stillingsprosent", "prosent", 1),
        ("prosentpoeng", "prosentpoeng", 1),
        ("Antall årsverk", "årsverk", 1),
        ("Antall dager ventetid på time", "dager", 1),
        ("Botid i midlertidig bolig (måles i antall dager)", "dager", 1),
        ("Antall saker per måned", "antall", 1),
        ("kr per innbygger", "kr/innbygger", 1),
        ("Netto driftsutgifter til museer, per innbygger", "kr/innbygger", 1),
        ("Renholdskostnad – kroner per m ² bruttoareal", "kr/m²", 1),
        ("Årsverk per 10 000 innbyggere", "årsverk/10000 innbyggere", 1),
        ("Budsjett per område (mill. kr)", "kr", 1_000_000),
        ("Materialgjenvinning (tonn)", "tonn", 1),
        ("Strømforbruk kWh", "kWh", 1),
        ("Opplevd kvalitet (skala 1–6)", "poeng", 1),
    ],
)
def test_a_printed_unit_is_read(printed: str, name: str, scale: int) -> None:
    assert read_unit(printed) == Unit(name=name, scale=Decimal(scale))


@pytest.mark.parametrize(
    "printed",
    ["Rammetilskudd", "Regnskap 2024", "Saksbehandlingstid byggesaker med 12 ukers frist",
     "Barn 1-5 år i barnehage", "Resultat 2024*", "Per 31.12.2024"],
)  # fmt: skip
def test_words_without_a_unit_give_none(printed: str) -> None:
    assert read_unit(printed) is None


def test_a_label_implies_what_it_must_be_counted_in() -> None:
    implied = {label: imply_unit(label) for label in ("Andel lærere", "Snitt årslønn", "Ansatte")}
    assert [unit.name for unit in implied.values() if unit] == ["prosent", "kr", "antall"]
    assert imply_unit("Driftsutgifter") is None
    assert is_money("Driftsutgifter")


def test_an_amount_in_a_sentence_is_not_the_unit_of_the_table() -> None:
    assert declared_unit("Utgiftene økte med 5 mill. kr i 2024.") is None
    declared = declared_unit("Oversikten viser utgiftene. Alle tall i mill. kr.")
    assert declared is not None
    assert say_unit(declared) == "mill. kr"
    alone = declared_unit("Millioner kroner. Positive tall er mindreforbruk.")
    assert alone == declared


def test_a_unit_after_a_number_is_found_with_its_end() -> None:
    assert attached_unit("16 % av", 2) == (Unit(name="prosent"), 4)
    assert attached_unit("16 meninger", 2) is None
