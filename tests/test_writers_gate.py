"""Which numbers a text may come to hold, read one piece at a time."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_models import FIGURE, PROSE

from answer.records import Calculation
from answer.writers.allowed import allowed_numbers
from answer.writers.expressions import find_expressions
from answer.writers.gate import Gate
from answer.writers.pieces import CLASSES, Pieces

GATE = Gate(
    {
        ("2024",),
        ("658", "#1000000"),
        ("12 345",),
        ("3,2",),
        ("#3",),
        ("#2", "#100", "#5"),
        ("co2",),
    },
    {1, 12},
)


def keys(text: str) -> list[tuple[str, ...]]:
    return [expression.keys for expression in find_expressions(text, "nb")]


def test_what_can_be_read_as_one_number_is_one() -> None:
    assert keys("12\u00a0345 eller 1.234,5") == [("12 345",), ("1.234,5",)]
    assert keys("658 millioner, NOK 3 million") == [("658", "#1000000"), ("3", "#1000000")]
    words = [("#2", "#100", "#5"), ("#100000",), ("#45",)]
    assert keys("to hundre og fem, hundretusen, førtifem") == words
    assert keys("2022 2023 og 1/3") == [("2022 2023",), ("1/3",)]


def test_numbers_beside_each_other_stay_two_where_nobody_reads_one() -> None:
    numbers = [("#2",), ("#3",), ("2022",), ("2024",), ("2023",), ("345",)]
    assert keys("mellom to og tre, 2022–2024, 2023, 345") == numbers


def test_words_that_only_begin_like_numbers_are_words() -> None:
    assert keys("trenger treningen tidlig total totalt finansiere fireårig") == [("#4",)]
    assert find_expressions("fire to the tree", "en") == []


def test_a_capital_inside_a_word_begins_another() -> None:
    assert keys("sjuBarn") == [("#7",)]


@pytest.mark.parametrize(
    "text",
    ["I 20", "I 2024", "658 mil", "658 mill. kr", "12 3", "12 345", "tre ", "trenger ", "3,",
     "3,2 ", "to hund", "2024 m²", "[1", "[1, 12]", "av CO", "av CO2 "],
)  # fmt: skip
def test_a_beginning_of_what_is_allowed_fits(text: str) -> None:
    assert GATE.fits(text)


@pytest.mark.parametrize(
    "text",
    ["I 201", "658 k", "658.", "12 a", "12 [1] 345", "fire ", "to hus", "2024 3", "i 2024.3",
     "-2024", "½", "٣", "1\u200b2", "[2", "[13]", "[1 ", "]", "to hundre og fire ", "sjuB", "x2024",
     "2024x", "**2024**", "3,2 3,2"],
)  # fmt: skip
def test_what_can_become_no_allowed_number_does_not_fit(text: str) -> None:
    assert not GATE.fits(text)


@pytest.mark.parametrize("text", ["658", "12", "to", "[1", "to hundre", "658 millionærer"])
def test_a_whole_text_may_not_end_in_half_a_number(text: str) -> None:
    assert not GATE.fits(text, done=True)


def test_of_a_table_row_only_the_cell_that_is_cited_counts() -> None:
    assert allowed_numbers(FIGURE) == {("2024",), ("658", "#1000000")}


def test_numbers_may_be_written_in_other_usual_ways_but_not_rounded() -> None:
    allowed = allowed_numbers(PROSE)
    assert {("12 450",), ("12450",), ("#3",), ("91,5",)} <= allowed
    assert not {("3",), ("12",), ("450",), ("12 000",), ("92",), ("91",)} & allowed


def test_a_calculations_numbers_are_allowed() -> None:
    done = Calculation(expression="20 431 − 19 472", result="959 mill. kr", steps=("= 959",))
    answer = replace(FIGURE, calculation=done)
    assert {("20 431",), ("19 472",), ("959", "#1000000"), ("959",)} <= allowed_numbers(answer)


def test_a_decimal_comma_may_be_a_point_in_english_unless_it_reads_as_thousands() -> None:
    english = replace(PROSE, language="en", answer="It was 91,5 and 1,234 [1].")
    assert ("91.5",) in allowed_numbers(english)
    assert ("1.234",) not in allowed_numbers(english)


PIECES = ["1", "2", "12", "123", " 1", " 12", "345", ",2", " 3", "3", "0", "2024", " 2024", "658",
          " mill", "ion", "er", "ard", ".", ",", ", ", " ", "-", " –", "tre", " tre", "nger", "to",
          " to", " hund", "re", " og", " fem", "fem", "[", "]", "[1", "1]", ", 12", "CO", " kr",
          "barn", "Barn", " sju", "ti", "½", "²", "*", "\u200b", "12 345", "millioner. ", "Tre ",
          "\n", " halv", "parten", "9", "8 m"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9))
@settings(max_examples=400, deadline=None)
def test_the_quick_choice_of_pieces_is_the_slow_one(written: list[str]) -> None:
    text = ""
    for piece in written:  # a text that the gate has let through
        text = text + piece if GATE.fits(text + piece) else text
    pieces = Pieces(PIECES)
    found = pieces.after(GATE.tail(text), GATE)
    quick = {*found.ids, *(token for name in found.classes for token in pieces.plain(name))}
    slow = {i for i, piece in enumerate(PIECES) if GATE.fits(text + piece)}
    assert {PIECES[i] for i in quick} == {PIECES[i] for i in slow}
    assert GATE.may_follow(GATE.tail(text), "", done=True) == GATE.fits(text, done=True)


@given(st.lists(st.sampled_from(PIECES), max_size=9))
@settings(max_examples=400, deadline=None)
def test_what_fits_was_reached_by_what_fits(written: list[str]) -> None:
    text = "".join(written)
    if GATE.fits(text):
        assert all(GATE.fits(text[:end]) for end in range(len(text)))


def test_a_large_vocabulary_costs_little() -> None:
    chance = random.Random(1)
    letters = "abcdefghijklmnoprstuvyæøå"
    words = [
        " " * chance.randrange(2) + "".join(chance.choices(letters, k=5)) for _ in range(50_000)
    ]
    pieces = Pieces([*words, *map(str, range(1000)), *(f" {n}" for n in range(1000))])
    asked = 0

    class Counting(Gate):
        def may_follow(self, tail: str, piece: str, *, done: bool = False) -> bool:
            nonlocal asked
            asked += 1
            return super().may_follow(tail, piece, done=done)

    found = pieces.after("ƿ ", Counting({("2024",), ("658", "#1000000")}, {1}))
    assert found.classes == CLASSES
    assert asked < 150
    assert {pieces.texts[i].strip() for i in found.ids} == {"2", "20", "202", "6", "65", "658"}
