"""Figures that stand in sentences."""

from decimal import Decimal

from figures.cells import Cell
from figures.prose import agrees, read_prose, split_sentences


def test_each_amount_belongs_to_the_year_beside_it() -> None:
    earlier, later = read_prose(
        "Fraværet gikk ned fra 11,0 prosent i 2023 til 10,3 prosent i 2024."
    )
    assert (earlier.year, later.year) == (2023, 2024)
    assert (earlier.number.value, later.number.value) == (Decimal("11.0"), Decimal("10.3"))


def test_a_year_that_is_compared_with_is_not_the_amounts_own() -> None:
    level, change = read_prose("Resultatet ble 658 mill. kr, en økning på 361 mill. kr fra 2023.")
    assert (level.role, level.year) == ("level", None)
    assert change.role == "change"


def test_a_deviation_and_a_budget_are_known_by_their_words() -> None:
    (deviation,) = read_prose("Avviket i forhold til budsjett ble på 152 mill. kr.")
    (budget,) = read_prose("Det var budsjettert med 12 mill. kr.")
    assert (deviation.measure, budget.measure) == ("deviation", "revised_budget")


def test_a_share_is_of_what_it_is_a_share_not_of_its_whole() -> None:
    amount, percent = read_prose(
        "Disposisjonsfond var 136 mill. kr eller 4,6 % av driftsinntektene."
    )
    assert amount.lines == percent.lines == ("disposisjonsfond",)


def test_a_shortened_word_ends_a_sentence_only_before_a_new_one() -> None:
    text = "Det kostet 3 mill. kr. Resten gikk, jf. Budsjett 2024. I alt 5 mill. Kr ble brukt."
    assert [sentence for _, sentence in split_sentences(text)] == [
        "Det kostet 3 mill. kr.",
        "Resten gikk, jf. Budsjett 2024.",
        "I alt 5 mill. Kr ble brukt.",
    ]


def test_text_and_table_agree_as_nearly_as_the_coarser_is_printed() -> None:
    cell = Cell(text="2 937 026", value=Decimal(2937026), base_value=Decimal(2937026000), unit="kr")
    same, other = read_prose("Inntekten var 2 937 mill. kr. Den var 2 940 mill. kr.")
    assert agrees(same, cell)
    assert not agrees(other, cell)


def test_spans_point_into_the_text() -> None:
    text = "Først litt. Så 5 mill. kr til skole."
    (figure,) = read_prose(text)
    assert text[figure.start : figure.end] == figure.text == "5 mill. kr"
