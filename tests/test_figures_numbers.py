"""Numbers as printed, and said again."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.numbers import guess_style, parse_number, parse_share
from figures.wording import format_digits, format_number

SPACES = [" ", "\u00a0", "\u202f", "\u2009", "."]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1 234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("1\u202f074\u202f000", "1074000"),
        ("1.074.000", "1074000"),
        ("145.500", "145500"),
        ("5.5", "5.5"),
        ("30127.3", "30127.3"),
        ("0.512", "0.512"),
        ("−4 893", "-4893"),
        ("–4 893", "-4893"),
        ("(17 400)", "-17400"),
        ("4 893-", "-4893"),
        ("+351,1", "351.1"),
        ("4 893,-", "4893"),
        ("123*", "123"),
        ("12¹", "12"),
        ("12 1)", "12"),
        ("1,234,567", "1234567"),
        ("1428", "1428"),
    ],
)
def test_a_printed_number_is_read_as_people_read_it(printed: str, value: str) -> None:
    number = parse_number(printed)
    assert number is not None
    assert number.value == Decimal(value)


@pytest.mark.parametrize(
    "printed",
    ["", "-", "–", "Ikke målt", "*) Ikke målt", "25 av 30", "2022 2023", "31.12.2024", "1 2345",
     "1. halvår", "3 saker", "12-13", "ja", "n/a"],
)  # fmt: skip
def test_what_is_not_one_number_is_none(printed: str) -> None:
    assert parse_number(printed) is None


@pytest.mark.parametrize(
    ("printed", "base_value", "unit"),
    [
        ("1,2 mrd.", 1_200_000_000, "kr"),
        ("136 mill. kr", 136_000_000, "kr"),
        ("kr 1.074.000", 1_074_000, "kr"),
        ("NOK 5 million", 5_000_000, "kr"),
        ("16 %", 16, "prosent"),
        ("12 uker", 12, "uker"),
        ("64 kr/m²", 64, "kr/m²"),
        ("6,5 årsverk", Decimal("6.5"), "årsverk"),
    ],
)
def test_a_unit_beside_the_number_is_kept(printed: str, base_value: Decimal, unit: str) -> None:
    number = parse_number(printed)
    assert number is not None
    assert (number.base_value, number.unit) == (base_value, unit)


def test_bounds_are_kept() -> None:
    bounds = {text: parse_number(text) for text in ("<205", "≤6", "om lag 70", "> 200", "ca. 3,5")}
    assert [n.bound for n in bounds.values() if n] == ["<", "<=", "about", ">", "about"]


def test_a_table_tells_how_its_decimals_are_set() -> None:
    assert guess_style(["0.512", "1.234"]) == "decimal point"
    assert parse_number("1.234", "decimal point") == parse_number("1,234")
    assert guess_style(["1,234.5", "2,000"]) == "thousands comma"
    english = parse_number("2,000", "thousands comma")
    assert english is not None
    assert english.value == 2000
    assert guess_style(["145.500", "5.5", "1 200,5"]) == ""


def test_a_part_of_a_whole_is_not_a_number_but_two() -> None:
    assert parse_share("25 av 30") == (Decimal(25), Decimal(30))
    assert parse_share("30 av 25") is None
    assert parse_share("1/2") is None


@settings(deadline=None)
@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2),
    st.sampled_from(SPACES),
)
def test_what_is_printed_reads_back(value: Decimal, space: str) -> None:
    printed = format_digits(value).replace(" ", space)
    number = parse_number(printed)
    assert number is not None
    assert number.value == value


@settings(deadline=None)
@given(st.integers(min_value=-(10**13), max_value=10**13), st.sampled_from(["nb", "nn"]))
def test_kroner_said_in_any_scale_are_the_same_kroner(value: int, lang: str) -> None:
    said = format_number(Decimal(value), "kr", "nn" if lang == "nn" else "nb")
    number = parse_number(said)
    assert number is not None
    assert number.base_value == value
    assert number.unit == "kr"


@settings(deadline=None)
@given(st.decimals(min_value=-1000, max_value=1000, places=1))
def test_percentages_read_back(value: Decimal) -> None:
    number = parse_number(format_number(value, "prosent"))
    assert number is not None
    assert (number.value, number.unit) == (value, "prosent")


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_number(text)
    parse_share(text)


@pytest.mark.parametrize(
    ("value", "unit", "nb", "nn", "en"),
    [
        ("658000000", "kr", "658 mill. kr", "658 mill. kr", "NOK 658 million"),
        ("19500000000", "kr", "19,5 mrd. kr", "19,5 mrd. kr", "NOK 19.5 billion"),
        ("20431000000", "kr", "20 431 mill. kr", "20 431 mill. kr", "NOK 20 431 million"),
        ("1074000", "kr", "1 074 000 kr", "1 074 000 kr", "NOK 1 074 000"),
        ("3.2", "prosent", "3,2 prosent", "3,2 prosent", "3.2 percent"),
        ("1", "uker", "1 uke", "1 veke", "1 week"),
        ("80", "dager", "80 dager", "80 dagar", "80 days"),
        (
            "6747", "kr/innbygger",
            "6 747 kr per innbygger", "6 747 kr per innbyggjar", "NOK 6 747 per inhabitant",
        ),
        ("-1.9", "prosent", "−1,9 prosent", "−1,9 prosent", "−1.9 percent"),
        ("504", "antall", "504", "504", "504"),
    ],
)  # fmt: skip
def test_amounts_are_said_plainly(value: str, unit: str, nb: str, nn: str, en: str) -> None:
    amount = Decimal(value)
    assert format_number(amount, unit, "nb") == nb
    assert format_number(amount, unit, "nn") == nn
    assert format_number(amount, unit, "en") == en
