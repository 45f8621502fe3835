"""Calculations whose figures stand in running text, or in two rows of one table."""

from decimal import Decimal

import pytest
from small_reports import ask, index_of, value

from indexer.index import Index

EARLIER = """# Holmfjord kommune – Årsrapport 2023

## 1 Ansatte

Utgiftene til overtid var 12,2 millioner, og innleie fra vikarbyrå 5,7 millioner. Kommunen hadde
379 ansatte i 297 årsverk. Snittrenten på gjelden var 3,94 prosent. Det kom i snitt 6,7 søknader per
utlyst stilling.

## 2 Havn

Havnen tok imot 1,3 millioner tonn gods og 58 cruiseskip med 104 300 passasjerer.

## 3 Samfunn

Det ble bosatt 26 flyktninger, 22 av dem fra Ukraina.

Skadene etter uværet Ingunn på kommunale veier ble beregnet til 6,8 millioner. Staten dekket 5,1
millioner gjennom skjønnsmidler. Stikkrenner er skiftet ut på 37 steder.
"""
LATER = """# Holmfjord kommune – Årsrapport 2024

## 1 Ansatte

Overtid kostet 13,6 millioner kroner, og innleie fra vikarbyrå 9,2 millioner. Kommunen hadde 386
ansatte fordelt på 301 årsverk. Gjennomsnittlig rente på gjelden var 4,62 prosent. I gjennomsnitt
kom det 5,3 søknader per stilling. Kommunen hadde 41 lærlinger, opp fra 36.

## 2 Havn

Det anløp 63 cruiseskip med til sammen 118 700 passasjerer, og 41 av skipene brukte landstrøm.

## 3 Samfunn

Næringsfondet delte ut 1,4 millioner kroner til 13 søkere, av i alt 27 søknader. Staten betalte 3,2
av 4,8 millioner kroner til oppryddingen etter flommen på Nes.

Kulturskolen hadde 160 elever. Av disse gikk 40 på piano.

| Sosiale tjenester | 2023 | 2024 |
|---|---|---|
| Mottakere av sosialhjelp | 64 | 71 |
| Herav under 25 år | 17 | 13 |
| Utbetalt sosialhjelp (1000 kr) | 2 687 | 3 046 |

| Skole | 2023 | 2024 |
|---|---|---|
| Elever | 310 | 300 |
| Netto utgift per elev (kr) | 150 000 | 155 000 |
| Netto utgift til skole (1000 kr) | 46 500 | 46 500 |
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(
        tmp_path_factory.mktemp("in_text"), holmfjord_2023=EARLIER, holmfjord_2024=LATER
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Kor mykje auka overtidsutgiftene i Holmfjord frå 2023 til 2024?", 1_400_000),
        ("Hvor mye steg snittrenten på gjelden i Holmfjord fra 2023 til 2024, i prosentpoeng?",
         Decimal("0.68")),
        ("How many more employees did Holmfjord have in 2024 than in 2023?", 7),
    ],
)  # fmt: skip
def test_two_years_amounts_that_stand_in_like_sentences_are_compared(
    reports: Index, question: str, expected: Decimal | int
) -> None:
    answer = ask(reports, question)
    assert value(answer) == expected
    assert {citation.doc for citation in answer.citations} == {"holmfjord-2023", "holmfjord-2024"}


def test_passengers_of_ships_are_counted_not_the_ships(reports: Index) -> None:
    answer = ask(reports, "Hvor mange flere cruisepassasjerer fikk Holmfjord i 2024 enn i 2023?")
    assert value(answer) == 14_400


def test_so_many_for_each_are_compared_with_so_many_for_each(reports: Index) -> None:
    question = "Hvor mange færre søknader per stilling hadde Holmfjord i 2024 enn i 2023?"
    assert value(ask(reports, question)) == Decimal("1.4")


def test_what_it_was_before_may_stand_in_the_same_sentence(reports: Index) -> None:
    answer = ask(reports, "Hvor mange flere lærlinger hadde Holmfjord i 2024 enn året før?")
    assert value(answer) == 5
    assert "36 året før" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mye utbetalte Holmfjord i sosialhjelp i snitt per mottaker i 2024?",
        "Kor mykje sosialhjelp fekk kvar mottakar i gjennomsnitt i Holmfjord i 2024?",
        "What was the average social assistance paid per recipient in Holmfjord in 2024?",
    ],
)
def test_an_amount_of_one_row_is_divided_by_the_number_of_another(
    reports: Index, question: str
) -> None:
    answer = ask(reports, question)
    assert value(answer) == 42_901
    assert [citation.row for citation in answer.citations] == [
        "Utbetalt sosialhjelp (1000 kr)",
        "Mottakere av sosialhjelp",
    ]


def test_nothing_is_divided_where_a_row_gives_it_for_each(reports: Index) -> None:
    answer = ask(reports, "Hvor mye brukte Holmfjord på skole i snitt per elev i 2024?")
    assert answer.calculation is None
    assert value(answer) in (155_000, None)


def test_a_share_of_two_counts_in_one_sentence(reports: Index) -> None:
    question = "Hvor stor del av søkerne fikk penger fra næringsfondet i Holmfjord i 2024?"
    answer = ask(reports, question)
    assert value(answer) == Decimal("48.1")
    assert "13 søkere av 27 søknader" in answer.answer


def test_a_share_of_what_the_sentence_before_counts(reports: Index) -> None:
    answer = ask(
        reports, "Hvor stor del av elevene i kulturskolen i Holmfjord gikk på piano i 2024?"
    )
    assert value(answer) == 25
    assert len(answer.citations) == 2


def test_those_who_are_not_of_a_part_are_the_whole_less_it(reports: Index) -> None:
    question = "Hvor mange av flyktningene i Holmfjord i 2023 kom ikke fra Ukraina?"
    assert value(ask(reports, question)) == 4


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Kor mykje av skadane etter Ingunn måtte Holmfjord dekkje sjølv i 2023, i kroner?",
            1_700_000,
        ),
        (
            "Hvor mye måtte Holmfjord betale selv for oppryddingen etter flommen på Nes i 2024?",
            1_600_000,
        ),
    ],
)
def test_what_others_did_not_pay_was_paid_by_the_municipality_itself(
    reports: Index, question: str, expected: int
) -> None:
    assert value(ask(reports, question)) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Hvor stor del av søkerne til næringsfondet i Holmfjord i 2024 var kvinner?",
        "Hvor stor del av søkerne fikk ikke penger fra næringsfondet i Holmfjord i 2024?",
    ],
)
def test_a_share_of_others_than_are_counted_is_not_calculated(
    reports: Index, question: str
) -> None:
    assert value(ask(reports, question)) is None
