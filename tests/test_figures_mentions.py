"""Numbers in running text."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.mentions import Kind, find_numbers


def amounts(text: str) -> list[tuple[str, float, str]]:
    return [
        (m.text, float(m.number.base_value), m.number.unit)
        for m in find_numbers(text)
        if m.kind == "amount" and m.number
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024", "year"),
        ("31.12.2024", "date"),
        ("1. mars 2025", "date"),
        ("2023/24", "date"),
        ("side 12", "reference"),
        ("§ 14-2", "reference"),
        ("tabell 1.1", "reference"),
        ("sak 45/23", "reference"),
        ("18–24 år", "age"),
        ("over 80 år", "age"),
        ("72 54 00 00", "phone"),
        ("kl. 10.30", "clock"),
        ("1. halvår", "ordinal"),
        ("CO2", "code"),
    ],
)
def test_what_is_not_an_amount_is_known_for_what_it_is(text: str, kind: Kind) -> None:
    (found,) = find_numbers(f"Se {text} her.") if kind != "ordinal" else find_numbers(text)
    assert found.kind == kind
    assert text.startswith(found.text)


def test_amounts_keep_their_unit_and_scale() -> None:
    text = "Fondet var kr 136 mill. kr eller 4,6 % av inntektene, mot 1,2 mrd. i 2023."
    assert amounts(text) == [
        ("kr 136 mill. kr", 136e6, "kr"),
        ("4,6 %", 4.6, "prosent"),
        ("1,2 mrd.", 1.2e9, "kr"),
    ]


def test_both_ends_of_a_range_are_in_the_unit_of_the_last() -> None:
    assert amounts("fra 9,8 til 10,3 prosent") == [
        ("9,8", 9.8, "prosent"),
        ("10,3 prosent", 10.3, "prosent"),
    ]
    assert [unit for *_, unit in amounts("mellom 5 og 7 mill. kr")] == ["kr", "kr"]
    assert [value for _, value, _ in amounts("5–7 mill. kr")] == [5e6, 7e6]


def test_a_line_break_may_stand_before_the_unit() -> None:
    assert amounts("en økning på 169 \nmill. kr") == [("169 \nmill. kr", 169e6, "kr")]


def test_number_words_count_only_before_a_unit() -> None:
    assert amounts("ni prosent av en stor gruppe") == [("ni prosent", 9.0, "prosent")]


def test_a_year_with_a_unit_is_an_amount() -> None:
    assert amounts("Vi fikk 2000 kr i 2024") == [("2000 kr", 2000.0, "kr")]


def test_millions_of_something_are_not_money() -> None:
    assert amounts("2 millioner besøkende") == [("2 millioner", 2e6, "")]


@settings(deadline=None)
@given(st.text(max_size=80))
def test_spans_are_of_the_text_itself(text: str) -> None:
    for mention in find_numbers(text):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Ventetiden var 23 dager, mot 41 i 2023.", 41, "dager"),
        ("Godsmengden var 9,14 millioner tonn, mot 8,77 millioner i 2023.", 8_770_000, "tonn"),
        ("Det kostet 5 mill. kr, mot 7 i 2023.", 7_000_000, "kr"),
        ("Jentene gikk ut med 44,6 poeng og guttene med 39,8.", Decimal("39.8"), "poeng"),
        ("Av dei 31,6 millionane gjekk 18,9 til heimetenesta.", 18_900_000, "kr"),
        ("Jubileet kosta 2,1 mill. kr, og andre betalte 850 000 av dei.", 850_000, "kr"),
        ("Prisen falt fra 84 til 49 øre per kWh.", 49, "øre/kWh"),
        ("Staten dekket 5,1 millioner gjennom skjønnsmidler.", 5_100_000, "kr"),
    ],
)
def test_an_amount_takes_its_unit_from_what_it_is_held_against(
    text: str, value: int | Decimal, unit: str
) -> None:
    found = [m.number for m in find_numbers(text) if m.kind == "amount" and m.number]
    assert (found[-1].base_value, found[-1].unit) == (value, unit)


def test_what_a_table_is_counted_in_is_no_amount() -> None:
    assert amounts("Beløp i hele 1000 kr") == amounts("Heile 1 000 kroner") == []
