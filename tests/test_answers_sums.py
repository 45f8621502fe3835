"""Answers made of several rows of one table, over a small report."""

from decimal import Decimal

import pytest
from small_reports import ask, index_of, value

from indexer.index import Index

LUNDVIK = """# Lundvik kommune – Årsrapport 2024

## 1 Befolkning

Tabell 1 Innbyggere etter alder per 31.12.

| Alder | 2023 | 2024 |
|---|---|---|
| 0–5 år | 310 | 302 |
| 6–15 år | 640 | 633 |
| 16–19 år | 255 | 261 |
| 20–66 år | 3 105 | 3 098 |
| 67–79 år | 720 | 744 |
| 80–89 år | 231 | 240 |
| 90 år og over | 52 | 57 |
| Sum | 5 313 | 5 335 |

## 2 Ansatte

Tabell 2 Ansatte etter alder

| Alder | 2023 | 2024 |
|---|---|---|
| Under 30 år | 71 | 76 |
| 30–49 år | 203 | 201 |
| 50–59 år | 118 | 121 |
| 60 år og over | 64 | 66 |
| Sum ansatte | 456 | 464 |

## 3 Gebyrer

Tabell 3 Vann og avløp

| | 2023 | 2024 |
|---|---|---|
| Helårsabonnenter vann | 1 811 | 1 820 |
| Fritidsabonnenter vann | 420 | 431 |
| Helårsabonnenter avløp | 1 602 | 1 611 |
| Fritidsabonnenter avløp | 302 | 317 |
| Årsgebyr vann, normalbolig (kr) | 4 120 | 4 485 |
| Årsgebyr avløp, normalbolig (kr) | 5 310 | 5 690 |
| Vanntap i nettet (prosent) | 31 | 29 |

## 4 Økonomi

Tabell 4 Netto utgifter for avdelingene. Tall i mill. kr

| Avdeling | Budsjett 2024 | Regnskap 2024 | Avvik |
|---|---|---|---|
| Oppvekst | 210,0 | 214,5 | -4,5 |
| Helse og velferd | 190,0 | 201,3 | -11,3 |
| Teknisk | 60,0 | 58,1 | 1,9 |
| Kultur | 21,0 | 20,4 | 0,6 |
| Sum avdelingene | 481,0 | 494,3 | -13,3 |

## 5 Samarbeid

Tabell 5 Hva kommunene betalte til samarbeidene i 2024. Tall i tusen kr

| | Barnevern | Legevakt | Brannvern |
|---|---|---|---|
| Lundvik kommune (vertskommune) | 7 110 | 2 480 | 5 230 |
| Selbu kommune | 2 050 | 1 120 | 1 940 |
| Tydal kommune | 840 | 615 | 705 |
| Sum betalt | 10 000 | 4 215 | 7 875 |

Tabell 6 Årsverk i de interkommunale samarbeidene ved årets slutt

| | 2023 | 2024 | Herav kontorsted Lundvik 2024 |
|---|---|---|---|
| Barnevern | 14,0 | 15,5 | 12,0 |
| Legevakt | 10,6 | 11,2 | 4,0 |
| Brannvern | 13,8 | 13,3 | 6,0 |
| Sum | 38,4 | 40,0 | 22,0 |
"""


@pytest.fixture(scope="module")
def lundvik(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("sums"), lundvik=LUNDVIK)


@pytest.mark.parametrize(
    ("question", "people"),
    [
        ("Hvor mange i Lundvik var 80 år eller eldre i 2024?", 297),
        ("Hvor mange innbyggere over 67 år hadde Lundvik i 2023?", 1003),
        ("Hvor mange er over nitti år i Lundvik?", 57),
        ("Kor mange innbyggjarar under 20 år hadde Lundvik i 2024?", 1196),
        ("Hvor mange barn mellom 6 og 15 år bodde i Lundvik i 2023?", 640),
        ("How many people in Lundvik were 67 or older at the end of 2024?", 1041),
    ],
)
def test_people_of_an_age_are_the_rows_that_are_just_those_ages(
    lundvik: Index, question: str, people: int
) -> None:
    assert value(ask(lundvik, question)) == people


def test_people_of_an_age_are_a_part_of_all(lundvik: Index) -> None:
    answer = ask(lundvik, "Hvor stor andel av innbyggerne i Lundvik var 80 år og over i 2024?")
    assert value(answer) == Decimal("5.6")
    assert [citation.row for citation in answer.citations] == [
        "80–89 år", "90 år og over", "Sum",
    ]  # fmt: skip


def test_more_people_of_an_age_are_told_with_both_sums(lundvik: Index) -> None:
    answer = ask(lundvik, "Hvor mange flere over 80 år var det i Lundvik i 2024 enn i 2023?")
    assert value(answer) == 14
    assert len(answer.citations) == 4


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mange flere over 70 år var det i Lundvik i 2024 enn i 2023?",
        "Hvor mange i Lundvik var under 18 i 2024?",
        "Hvor mange over 70 år bodde i Lundvik i 2024?",
        "Hvor mange i Lundvik var over 80 år i 2021?",
        "Hvor stor andel av innbyggerne i Lundvik var over 60 år i 2024?",
    ],
)
def test_ages_that_the_rows_do_not_fit_are_not_answered(lundvik: Index, question: str) -> None:
    assert ask(lundvik, question).status == "not_found"


def test_employees_of_an_age_are_not_the_people_of_that_age(lundvik: Index) -> None:
    question = "Hvor mange ansatte over 80 år hadde Lundvik i 2024?"
    assert value(ask(lundvik, question)) != 297


@pytest.mark.parametrize(
    ("question", "added"),
    [
        ("Hva kostet vann og avløp til sammen for en vanlig bolig i Lundvik i 2024?", 10_175),
        ("Hva er samlet årsgebyr for vann og avløp i Lundvik i 2023?", 9_430),
        ("Hvor mange helårsabonnenter har vann og avløp til sammen i Lundvik i 2024?", 3_431),
        (
            "Hvor mye brukte avdelingene Oppvekst og Kultur i Lundvik til sammen i 2024?",
            234_900_000,
        ),
    ],
)
def test_rows_that_each_hold_a_listed_word_and_are_otherwise_alike_are_added(
    lundvik: Index, question: str, added: int
) -> None:
    assert value(ask(lundvik, question)) == added


def test_a_word_that_several_rows_hold_is_no_row(lundvik: Index) -> None:
    question = "Hvor mange abonnenter har vann og avløp til sammen i Lundvik i 2024?"
    assert ask(lundvik, question).calculation is None


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Utenom Helse og velferd, hva ble samlet avvik for avdelingene i Lundvik?", -2_000_000),
        ("Hvor mye brukte alle avdelingene i Lundvik unntatt Oppvekst i 2024?", 279_800_000),
        (
            "Hvor mye betalte alle kommunene til legevakt i 2024, når vi holder Lundvik sin egen "
            "del utenfor?",
            1_735_000,
        ),
        ("Hva betalte alle kommunene unntatt Lundvik til brannvern i 2024?", 2_645_000),
    ],
)
def test_a_sum_without_one_part_shows_both(lundvik: Index, question: str, left: int) -> None:
    answer = ask(lundvik, question)
    assert value(answer) == left
    assert answer.calculation
    assert len(answer.citations) == 2


def test_what_is_no_part_of_the_sum_is_not_taken_from_it(lundvik: Index) -> None:
    question = "Hvor mye brukte alle avdelingene i Lundvik unntatt Legevakt i 2024?"
    assert ask(lundvik, question).calculation is None


@pytest.mark.parametrize(
    ("question", "percent"),
    [
        (
            "Hvor stor del av det kommunene betalte til barnevern i 2024, kom fra Lundvik selv?",
            "71.1",
        ),
        (
            "Hvor stor andel av årsverkene i de interkommunale samarbeidene har kontorsted i "
            "Lundvik i 2024?",
            "55",
        ),
    ],
)
def test_a_municipality_s_own_part_is_of_what_all_paid(
    lundvik: Index, question: str, percent: str
) -> None:
    assert value(ask(lundvik, question)) == Decimal(percent)
