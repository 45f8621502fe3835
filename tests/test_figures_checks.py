"""Tables that agree with themselves, and tables that do not."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from figures.checks import Check, check_table
from figures.numbers import Number, parse_number
from figures.signs import plain_value


def check(*rows: str, named: tuple[int, ...] = ()) -> Check:
    numbers = [[parse_number(cell) for cell in row.split("|")] for row in rows]
    return check_table(numbers, named_sums=[i in named for i in range(len(rows))])


ACCOUNTS = (
    "-4 317|-4 893|-4 928|-35",
    "-8 418|-8 151|-8 074|77",
    "-810|-908|-910|-2",
    "-13 545|-13 952|-13 912|40",
    "8 270|8 874|8 856|-18",
    "2 194|2 291|2 108|-183",
    "10 464|11 165|10 964|-201",
    "-3 081|-2 787|-2 948|-161",
)


def test_sums_and_differences_that_hold_verify_a_table() -> None:
    found = check(*ACCOUNTS)
    assert found.trust == "verified"
    assert [i for i, total in enumerate(found.totals) if total] == [3, 6, 7]
    assert {relation.columns for relation in found.across} == {(1, 2, 3)}


def test_rounded_numbers_may_miss_their_sum_by_one() -> None:
    assert check("1 204,3|5,1", "3 377,2|6,1", "4 581,4|11,3").totals == (False, False, True)


def test_a_total_may_stand_above_its_lines() -> None:
    found = check("60 113|58 004", "41 002|40 111", "12 101|11 003", "7 010|6 890")
    assert found.totals == (True, False, False, False)


def test_shares_that_add_up_to_a_hundred_verify_each_other() -> None:
    assert check("50,2|48,1", "30,1|31,4", "19,7|20,5").trust == "verified"
    assert check("50,2|48,1", "30,1|31,4", "19,7|29,5").trust == "plain"


def test_small_numbers_prove_nothing() -> None:
    assert check("1|2|3", "2|2|4", "1|1|2").trust == "plain"


def test_a_wrong_number_takes_the_proof_away() -> None:
    wrong = [row.replace("8 874", "3 874") for row in ACCOUNTS]
    assert check(*wrong).trust != "verified"


def test_a_named_sum_that_nearly_holds_is_told() -> None:
    found = check("1", "3", "202", "48", "90", "162", "489", named=(6,))
    assert found.trust == "plain"
    assert found.doubts[6] == "regnet ut: 506, trykt: 489"


def test_an_average_below_its_lines_is_no_failed_sum() -> None:
    assert not any(check("617 583", "481 902", "466 100", "521 978", named=(3,)).doubts)


def test_most_rows_agreeing_shows_the_one_that_does_not() -> None:
    rows = ["60,0|71,0|11,0", "209,0|235,0|26,0", "437,0|494,0|57,0", "108,0|213,0|103,0",
            "336,0|389,0|53,0", "149,0|162,0|13,0", "220,0|211,0|-9,0"]  # fmt: skip
    found = check(*rows)
    assert found.doubts[3] == "regnet ut: 105, trykt: 103"
    assert sum(map(bool, found.doubts)) == 1


def test_columns_shifted_in_many_rows_make_a_table_doubtful() -> None:
    rows = [f"{a}|{b}|{c}" for a, b, c in (
        (6010, 7120, 1110), (2090, 2350, 260), (4370, 4940, 570), (3360, 3890, 530),
        (8120, 9044, 924), (1490, 1520, 30), (2110, 3207, 1097),
        (5130, 9999, 60), (4444, 8888, 77), (7012, 6023, 5034),
    )]  # fmt: skip
    assert check(*rows).trust == "doubtful"


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(-9999, 9999), min_size=3, max_size=3), min_size=2, max_size=6))
def test_random_numbers_are_do_no_harm(rows: list[list[int]]) -> None:
    check_table([[Number(value=Decimal(v)) for v in row] for row in rows])


def test_amounts_are_said_as_people_say_them() -> None:
    assert plain_value(Decimal(-4893), "Rammetilskudd", income_negative=True) == 4893
    assert plain_value(Decimal(8874), "Lønnsutgifter", income_negative=True) == 8874
    assert plain_value(Decimal(-54658), "Netto driftsresultat", income_negative=False) == -54658
    assert plain_value(Decimal(-3503), "Disposisjonsfond", income_negative=False) == 3503
