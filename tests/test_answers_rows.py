"""Sums, shares and remainders over rows of one table, and no one row in their place."""

from decimal import Decimal

import pytest
from small_reports import ask, index_of, value

from indexer.index import Index

NESVIK = """# Nesvik kommune – Årsrapport 2024

## 1 Gebyrer

Tabell 1 Årsgebyr for en vanlig bolig. Kroner

| | 2023 | 2024 |
|---|---|---|
| Vann | 4 310 | 4 655 |
| Avløp | 4 120 | 4 285 |
| Renovasjon (Kystrenovasjon IKS) | 4 395 | 4 735 |

## 2 Investeringer

Tabell 2 Investeringsprosjekter. Tall i tusen kr

| Prosjekt | Totalramme | Brukt før 2024 | Regnskap 2024 | Budsjett 2024 |
|---|---|---|---|---|
| Nesvik helsehus | 148 000 | 21 430 | 62 815 | 70 000 |
| Nye Heia skole | 46 500 | 30 912 | 14 277 | 15 000 |
| Høydebasseng Kvalheia | 22 000 | 1 850 | 11 364 | 13 000 |
| Hovedrenseanlegg Sørbukta | 19 500 | 640 | 3 218 | 9 000 |

## 3 Fond

Tabell 3 Fondene per 31.12. Tall i tusen kr

| | 2023 | 2024 |
|---|---|---|
| Disposisjonsfond | 21 000 | 18 000 |
| Bundne driftsfond | 7 800 | 7 400 |
| Bundne investeringsfond | 1 900 | 1 700 |
| Sum fond | 30 700 | 27 100 |

## 4 Barnehage

Tabell 4 Antall barn i barnehage per 15. desember

| Barnehage | 2023 | 2024 |
|---|---|---|
| **Kommunale** | | |
| Fjæra | 75 | 74 |
| Skårungen | 60 | 57 |
| Straumen | 7 | 6 |
| **Private** | | |
| Tangspretten | 52 | 50 |
| Solstrålen | 20 | 21 |

## 5 Byggesak

Tabell 5 Byggesak

| | 2023 | 2024 |
|---|---|---|
| Mottatte byggesøknader | 388 | 361 |
| Vedtak i byggesaker | 401 | 374 |
| Avslag | 11 | 17 |

## 6 Brann og redning

Tabell 6 Utrykninger brannvesenet

| | 2023 | 2024 |
|---|---|---|
| Brann i bygning | 5 | 9 |
| Trafikkulykke | 12 | 16 |
| Unødig alarm | 71 | 58 |
| Helseoppdrag | 55 | 60 |
| Sum utrykninger | 143 | 143 |

## 7 Garantier

Tabell 7 Kommunale garantier. Tall i tusen kr

| Gitt til | 2023 | 2024 |
|---|---|---|
| Kystrenovasjon IKS | 15 640 | 14 800 |
| Nesvik idrettslag | 6 890 | 6 200 |
| Tangspretten barnehage SA | 3 770 | 3 000 |
| Sum garantiansvar | 26 300 | 24 000 |
"""


@pytest.fixture(scope="module")
def nesvik(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("rows"), nesvik=NESVIK)


@pytest.mark.parametrize(
    ("question", "kroner"),
    [
        ("Hva ble vann, avløp og renovasjon til sammen for en bolig i Nesvik i 2024?", 13_675),
        ("Vann pluss avløp for en vanlig bolig i Nesvik 2024, hva blir det?", 8_940),
        ("Hvor mye brukte Nesvik på nye Heia skole og helsehuset samlet i 2024?", None),
        ("Legg saman for meg kva Nesvik investerte i hovudreinseanlegget og høgdebassenget på "
         "Kvalheia i 2024.", None),
        ("Legg sammen det Nesvik investerte i hovedrenseanlegget og høydebassenget på Kvalheia "
         "i 2024.", 14_582_000),
        ("Legger man sammen begge de bundne fondene, hvor mye hadde Nesvik på dem i 2024?",
         9_100_000),
    ],
)  # fmt: skip
def test_rows_that_are_named_together_are_added_all_or_none(
    nesvik: Index, question: str, kroner: int | None
) -> None:
    assert value(ask(nesvik, question)) == kroner


def test_a_list_with_a_name_that_no_row_has_is_not_added(nesvik: Index) -> None:
    question = "Hva ble vann, avløp og feiing til sammen for en bolig i Nesvik i 2024?"
    assert ask(nesvik, question).status == "not_found"


def test_what_is_left_of_a_frame_is_the_frame_less_all_that_was_used(nesvik: Index) -> None:
    answer = ask(nesvik, "Hvor mye gjenstår av totalrammen til helsehuset i Nesvik etter 2024?")
    assert value(answer) == Decimal(63_755_000)
    assert len(answer.citations) == 3


@pytest.mark.parametrize(
    ("question", "children"),
    [
        ("Kor mange born gjekk i dei kommunale barnehagane i Nesvik i desember 2024?", 137),
        ("Hvor mange barn gikk i de private barnehagene i Nesvik i 2023?", 72),
    ],
)
def test_rows_under_the_heading_that_is_named_are_added(
    nesvik: Index, question: str, children: int
) -> None:
    assert value(ask(nesvik, question)) == children


@pytest.mark.parametrize(
    ("question", "percent"),
    [
        ("Hvor stor prosent av vedtakene i byggesaker i Nesvik ble avslag i 2024?", "4.5"),
        ("Hvor stor del av garantiansvaret til Nesvik i 2024 gjelder renovasjonsselskapet, i "
         "prosent?", "61.7"),
    ],
)  # fmt: skip
def test_a_part_stands_beside_its_whole(nesvik: Index, question: str, percent: str) -> None:
    assert value(ask(nesvik, question)) == Decimal(percent)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Hvor mange utrykninger hadde brannvesenet i Nesvik i 2024 når vi holder helseoppdrag "
         "utenfor?", 83),
        ("Brannvesenet i Nesvik: hvor mange utrykninger i 2024 var ikke unødige alarmer?", 85),
    ],
)  # fmt: skip
def test_what_is_not_one_kind_is_all_the_others(nesvik: Index, question: str, number: int) -> None:
    assert value(ask(nesvik, question)) == number


def test_a_share_of_two_rows_together_is_of_their_sum(nesvik: Index) -> None:
    question = (
        "Hvor stor andel av fondene i Nesvik i 2024 var disposisjonsfond og bundne driftsfond?"
    )
    answer = ask(nesvik, question)
    assert value(answer) == Decimal("93.7")
    assert len(answer.citations) == 3


@pytest.mark.parametrize(
    "question",
    [
        "Hva var samlet garantiansvar for Nesvik idrettslag og havnelaget i Nesvik i 2024?",
        "Hvor stor del av garantiansvaret i Nesvik i 2024 gjaldt idrettslaget og havnelaget?",
        "Hvor mye mer brukte Nesvik på helsehuset og badet til sammen enn budsjettert i 2024?",
    ],
)
def test_one_row_is_not_given_for_two(nesvik: Index, question: str) -> None:
    assert ask(nesvik, question).figure is None


def test_rows_together_are_held_against_their_budget(nesvik: Index) -> None:
    question = (
        "Hvor mye mindre enn budsjettert brukte Nesvik på nye Heia skole og høydebasseng Kvalheia "
        "til sammen i 2024?"
    )
    answer = ask(nesvik, question)
    assert value(answer) == Decimal(2_359_000)
    assert len(answer.citations) == 4


def test_what_is_left_out_is_not_added(nesvik: Index) -> None:
    question = (
        "Hvor stor del av fondene i Nesvik i 2024 var disposisjonsfond (uten bundne driftsfond)?"
    )
    assert value(ask(nesvik, question)) != Decimal("93.7")
