"""Arithmetic on figures, and what it refuses."""

from decimal import Decimal

import pytest

from figures.calculate import (
    Operand,
    count,
    difference,
    growth,
    largest,
    mean,
    rank,
    ratio,
    series,
    share,
    smallest,
    total,
)
from figures.cells import Measure
from figures.errors import Incomparable


def figure(
    value: str, unit: str = "kr", label: str = "Lønnsutgifter", year: int = 2024,
    place: str = "Trondheim", measure: Measure = "accounts", entity: str = "",
) -> Operand:  # fmt: skip
    return Operand(
        value=Decimal(value), unit=unit, label=label, year=year, place=place, measure=measure,
        entity=entity,
    )  # fmt: skip


def test_a_difference_shows_its_arithmetic() -> None:
    result = difference(figure("20431000000"), figure("19472000000", year=2023))
    assert result.text == "959 mill. kr"
    assert result.steps == ("20 431 − 19 472 = 959 mill. kr",)


def test_percentages_differ_in_percentage_points() -> None:
    result = difference(figure("76.7", "prosent"), figure("67.8", "prosent", year=2023), "en")
    assert result.text == "8.9 percentage points"


def test_growth_compares_sizes_and_not_signs() -> None:
    assert growth(figure("-100", year=2023), figure("-110")).text == "10 prosent"
    with pytest.raises(Incomparable, match="skifter fortegn"):
        growth(figure("-100", year=2023), figure("110"))
    with pytest.raises(Incomparable, match="er 0"):
        growth(figure("0", year=2023), figure("110"))


def test_a_share_of_a_whole() -> None:
    result = share(figure("673.3", "årsverk"), figure("1498", "årsverk"))
    assert (result.text, result.expression) == ("44,9 prosent", "673,3 / 1 498 × 100")


def test_an_amount_per_head() -> None:
    people = figure("24927", "antall", "Innbyggere")
    result = ratio(figure("2971736000"), people, "innbygger")
    assert (result.value, result.unit) == (Decimal(119218), "kr/innbygger")
    with pytest.raises(Incomparable, match="ulike år"):
        ratio(figure("1", year=2023), people, "innbygger")


def test_sums_means_and_extremes() -> None:
    rows = [figure(v, "antall", label) for v, label in (("3", "A"), ("9", "B"), ("6", "C"))]
    assert total(rows).value == 18
    assert total(rows).expression == "3 + 9 + 6"
    assert mean(rows).value == 6
    assert [o.label for o in largest(rows).used] == ["B", "C", "A"]
    assert smallest(rows).used[0].label == "A"
    assert [o.label for o in rank(rows, 2).used] == ["B", "C"]


def test_a_count_lists_what_it_counted() -> None:
    rows = [figure(v, "kr", label) for v, label in (("-5", "Skole"), ("2", "Bolig"), ("-1", "NAV"))]
    result = count(rows, "under", Decimal(0))
    assert result.value == 2
    assert result.steps == ("2 av 3 er under 0 kr: Skole; NAV.",)


def test_a_series_is_in_order_of_years() -> None:
    result = series([figure("3", year=2024), figure("1", year=2022), figure("2", year=2023)])
    assert [o.year for o in result.used] == [2022, 2023, 2024]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (figure("1"), figure("1", "prosent"), "ulike enheter"),
        (figure("1"), figure("1", place="Oslo", year=2023), "ulike"),
        (figure("1"), figure("1", measure="revised_budget", year=2023), "ulike slags tall"),
        (figure("1", entity="konsern"), figure("1", entity="kommunekasse"), "konsern"),
    ],
)
def test_what_must_not_be_mixed_is_refused_by_name(one: Operand, other: Operand, why: str) -> None:
    with pytest.raises(Incomparable, match=why):
        difference(one, other)


def test_percentages_and_amounts_per_head_are_never_added() -> None:
    with pytest.raises(Incomparable, match="kan ikke legges sammen"):
        total([figure("1", "prosent"), figure("2", "prosent")])
    with pytest.raises(Incomparable, match="kan ikke legges sammen"):
        total([figure("1", "kr/innbygger"), figure("2", "kr/innbygger")])
