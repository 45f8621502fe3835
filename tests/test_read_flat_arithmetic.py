from hypothesis import given
from hypothesis import strategies as st

from indexer.read.flat_arithmetic import Option, choose, find_relations
from indexer.read.flat_body import read_rows
from indexer.read.flat_lines import Line, to_lines
from indexer.read.flat_rows import fewest_cells, parse_tail, splits


def option(*values: float | None, cost: float = 0.0) -> Option:
    return Option(values=values, cost=cost, guessed=None in values)


def test_the_difference_between_columns_is_learnt_from_the_rows() -> None:
    rows = [[option(10, 4, 6)], [option(25, 30, -5)], [option(7, 2, 5)]]
    (relation,) = find_relations(rows)
    assert {relation.result, *(column for column, _ in relation.terms)} == {0, 1, 2}


def test_a_difference_that_fails_as_often_as_it_holds_is_none() -> None:
    rows = [[option(10, 4, 6)], [option(25, 30, -5)], [option(7, 2, 9)], [option(3, 1, 8)]]
    assert not find_relations(rows)


def test_the_reading_under_which_the_difference_holds_is_chosen() -> None:
    rows = [
        [option(900, 700, 200)],
        [option(1200, 1000, 200)],
        [option(1, 534, 1000534), option(1534, 1000, 534)],
    ]
    choices = choose(rows)
    assert choices[2].index == 1
    assert choices[2].checked


def test_the_reading_under_which_the_total_holds_is_chosen() -> None:
    rows = [
        [option(14, 3)],
        [option(9, None, cost=0.5), option(None, 9, cost=0.5)],
        [option(6, 2)],
        [option(20, 14)],
    ]
    assert choose(rows)[1].index == 1


def test_sizes_decide_where_nothing_adds_up() -> None:
    rows = [[option(5.1, 210)], [option(4.9, 198)], [option(203, 5.0, cost=0.1), option(5.0, 203)]]
    assert choose(rows)[2].index == 1


def test_two_readings_equally_likely_are_not_sure() -> None:
    rows = [[option(5, 5)], [option(4, None, cost=2.0), option(None, 4, cost=2.0)], [option(6, 6)]]
    assert not choose(rows)[1].sure


def test_rounded_shares_still_add_up() -> None:
    def share(*values: float) -> Option:
        return Option(values=values, cost=0.0, decimals=1)

    rows = [[share(10.4, 20.4, 30.9)], [share(1.2, 1.3, 2.4)], [share(7.7, 8.0, 15.7)]]
    assert find_relations(rows)


@given(st.lists(st.integers(min_value=0, max_value=9_999_999), min_size=1, max_size=5))
def test_the_true_split_is_always_among_the_readings(values: list[int]) -> None:
    printed = [f"{value:,}".replace(",", " ") for value in values]
    tail = parse_tail(Line(text=" ".join(["Sum utgifter", *printed])))
    assert fewest_cells(tail.pieces) <= len(values)
    assert tuple(printed) in {split.cells for split in splits(tail, len(values))}


def test_a_number_with_too_many_digits_in_a_group_stays_whole_and_unsure() -> None:
    lines = to_lines("Kvinne 11 2885 315 2,8%\nMann 3 870 42 1,1%\nSum 15 158 357 2,4%\n")
    first, *others = read_rows(lines[:3], 3)
    assert first.cells == ("11 2885", "315", "2,8%")
    assert not first.sure
    assert all(row.sure for row in others)
