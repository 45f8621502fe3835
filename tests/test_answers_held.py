"""Rows of one table counted or ranked by two of its columns, over small reports made here."""

import pytest
from small_reports import ask, index_of

from indexer.index import Index

HAVNVIK = """# Havnvik kommune – Årsmelding 2024

## 1 Folketall

Tabell 1 Innbyggere etter bydel

| Bydel | 31.12.2023 | 31.12.2024 |
|---|---|---|
| Sentrum | 9 200 | 9 410 |
| Nesset | 4 100 | 4 260 |
| Ytre Havnvik | 1 240 | 1 215 |
| Sum | 14 540 | 14 885 |

## 2 Økonomi

Tabell 2 Netto driftsutgifter per rammeområde. Tall i 1000 kr

| Rammeområde | Budsjett 2024 | Regnskap 2024 | Avvik |
|---|---|---|---|
| Skole | 48 900 | 50 300 | -1 400 |
| Barnehage | 24 300 | 23 600 | 700 |
| Omsorg | 87 500 | 87 500 | 0 |
| Teknisk | 27 400 | 28 000 | -600 |
| Sum | 188 100 | 189 400 | -1 300 |

Tabell 3 Lån fordelt på långiver 2024

| Långiver | Saldo (1000 kr) | Snittrente (prosent) |
|---|---|---|
| Kommunalbanken | 224 120 | 4,48 |
| Sparebank Sør | 32 250 | 5,03 |

## 3 Ansatte

Tabell 4 Sykefravær per område. Prosent

| Område | 2023 | 2024 | Mål 2024 |
|---|---|---|---|
| Skole | 7,2 | 7,8 | 6,5 |
| Barnehage | 11,9 | 10,2 | 9,0 |
| Omsorg | 5,5 | 4,8 | 5,0 |
| Teknisk | 6,4 | 5,2 | 5,2 |
| Samlet | 8,3 | 7,9 | 7,5 |

Tabell 5 Vedtak per område

| Område | 2023 | 2024 | Mål 2024 |
|---|---|---|---|
| Skole | 72 | 78 | 65 |
| Barnehage | 119 | 102 | 90 |

## 4 Skole

Tabell 9 Elever per 1. oktober

| | 2023 | 2024 |
|---|---|---|
| Nes skule | 172 | 168 |
| Vik skule | 49 | 52 |
| Sum | 221 | 220 |

Tabell 6 Nasjonale prøver

| Prøve | Havnvik 2023 | Havnvik 2024 | Landet 2024 |
|---|---|---|---|
| Lesing femte trinn | 49 | 51 | 50 |
| Regning femte trinn | 47 | 48 | 50 |
| Engelsk femte trinn | 50 | 50 | 50 |

Tabell 7 Grunnskole i nettverkets kommuner

| | Havnvik | Tromsø | Sandnes | Snitt ASSS |
|---|---|---|---|---|
| Netto driftsutgift per elev (kr) | 138 640 | 149 210 | 131 085 | 136 250 |
| Utgifter til skolelokaler per elev (kr) | 24 910 | 21 340 | 22 605 | 23 640 |

Tabell 8 Mål for oppvekst

| Mål | Nå-status 2024 | Mål 2027 | Vurdering |
|---|---|---|---|
| Grunnskolepoeng | 42,1 | 41,0 | Nådd |
| Elever som blir mobbet (prosent) | 6,4 | 4,0 | På vei |
| Elever med spesialundervisning (prosent) | 10,5 | 8,0 | Ikke nådd |
"""


@pytest.fixture(scope="module")
def havnvik(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("held"), havnvik_2024=HAVNVIK)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hvor mange av bydelene mistet innbyggere i 2024?", "1 av 3: Ytre Havnvik"),
        (
            "Hvor mange av rammeområdene holdt seg innenfor budsjettet i 2024?",
            "2 av 4: Barnehage og Omsorg",
        ),
        (
            "Hvor mange områder klarte sykefraværsmålet sitt i 2024?",
            "2 av 4: Omsorg og Teknisk",
        ),
        (
            "Kor mange av områda hadde lågare sjukefråvær i 2024 enn i 2023? Sjå bort frå samla.",
            "3 av 4: Barnehage, Omsorg og Teknisk",
        ),
        (
            "På hvor mange av de nasjonale prøvene gjorde elevene det dårligere enn landet i 2024?",
            "1 av 3: Regning femte trinn",
        ),
        (
            "How many of the national tests were higher in 2024 than in 2023?",
            "2 of 3: Lesing femte trinn and Regning femte trinn",
        ),
        (
            "Kor mange av dei fire radene utanom «Samlet» nådde målet for sjukefråvær i 2024?",
            "2 av 4: Omsorg og Teknisk",
        ),
        (
            "Hvor mange av de fire områdene lå over målet sitt for sykefravær i 2024?",
            "2 av 4: Skole og Barnehage",
        ),
        ("Kor mange av dei to skulane hadde færre elevar i 2024 enn i 2023?", "1 av 2: Nes skule"),
        ("Hvor mange av målene for oppvekst ble nådd i 2024?", "1 av 3: Grunnskolepoeng"),
    ],
)
def test_rows_are_counted_by_two_of_their_columns_and_named(
    havnvik: Index, question: str, said: str
) -> None:
    assert ask(havnvik, question).answer == f"{said} [1]."


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mange av områdene nådde målet for vedtak i 2024?",  # nobody says what is good
        "Hvor mange av de sju områdene hadde høyere sykefravær i 2024 enn i 2023?",  # there are 4
        "Hvor mange av bydelene fikk flere barnehager i 2024?",
        "Hvor mange av målene for helse ble nådd i 2024?",
    ],
)
def test_no_rows_are_counted_where_the_table_or_what_is_good_is_not_sure(
    havnvik: Index, question: str
) -> None:
    answer = ask(havnvik, question)
    assert answer.calculation is None


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Which of the districts grew most in number of people during 2024?", "Sentrum, up 210"),
        ("Hvilken bydel vokste mest i prosent i 2024?", "Nesset, opp 3,9"),
        ("Hvilken bydel mistet flest innbyggere i 2024?", "Ytre Havnvik, ned 25"),
        ("Utenom Sentrum, hvilken bydel hadde flest innbyggere i 2024?", "Nesset, med 4 260"),
        (
            "Hvilket område hadde størst nedgang i sykefraværet fra 2023 til 2024?",
            "Barnehage, ned 1,7 prosentpoeng",
        ),
        ("Which lender charges the highest average interest rate in 2024?", "Sparebank Sør, with"),
        ("Hvilken av de tre kommunene brukte minst per elev i 2024?", "Sandnes, med 131 085 kr"),
        (
            "Utenom Sandnes, hvilken av kommunene brukte minst per elev i 2024?",
            "Havnvik, med 138 640 kr",
        ),
    ],
)
def test_what_is_highest_or_changed_most_is_named(
    havnvik: Index, question: str, begins: str
) -> None:
    assert ask(havnvik, question).answer.startswith(begins)


def test_what_is_highest_is_no_answer_to_what_changed_most(havnvik: Index) -> None:
    answer = ask(havnvik, "Hvilken långiver økte mest fra 2023 til 2024?")
    assert answer.status == "not_found"
