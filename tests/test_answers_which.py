"""Which rows, how many and which of two, by words and tables no list of ours knows beforehand."""

import pytest
from small_reports import ask, index_of

from indexer.index import Index

LAUVNES = """# Lauvnes kommune – Årsmelding 2024

## 1 Politikk

Tabell 1 Partier i kommunestyret

| Parti | 2019–2023 | 2023–2027 | Herav kvinner |
|---|---|---|---|
| Arbeiderpartiet | 9 | 6 | 3 |
| Høyre | 5 | 9 | 4 |
| Senterpartiet | 7 | 5 | 2 |
| Sum | 21 | 20 | 9 |

## 2 Økonomi

Tabell 2 Netto drift mot budsjett. Tall i 1000 kr

| Sektor | Regnskap 2024 | Budsjett 2024 | Avvik |
|---|---|---|---|
| Oppvekst | 112 400 | 110 000 | -2 400 |
| Helse | 96 300 | 97 100 | 800 |
| Teknikk | 41 900 | 40 800 | -1 100 |
| Sum | 250 600 | 247 900 | -2 700 |

## 3 Ansatte

Tabell 3 Sykefravær per enhet. Prosent

| Enhet | 2023 | 2024 | Herav korttid 2024 | Mål 2024 |
|---|---|---|---|---|
| Tunet barnehage | 11,2 | 12,6 | 4,0 | 9,0 |
| Bibliotek | 4,1 | 3,2 | 1,1 | 5,0 |
| Sykehjem | 10,4 | 11,3 | 3,6 | 9,5 |
| Veg og park | 6,3 | 5,4 | 2,0 | 6,0 |
| Hele kommunen | 8,9 | 9,1 | 3,0 | 8,0 |

Innleid renhold kostet 4,8 millioner kroner i 2024, en økning fra 3,5 millioner i 2023.

## 4 Elver og skoler

Tabell 4 Laksefangst i elvene. Tall i kilo

| Elv | 2023 | 2024 |
|---|---|---|
| Storelva | 1 240 | 980 |
| Tverrelva | 310 | 355 |
| Lauvåa | 620 | 540 |

Tabell 5 Elever per 1. oktober

| Skole | 2023 | 2024 |
|---|---|---|
| Nordre | 412 | 405 |
| Myra oppvekstsenter | 66 | 71 |
| Sum | 478 | 476 |

## 5 Mål

Tabell 6 Slik gikk det med hovedmålene

| Mål | Resultat 2024 | Mål 2024 | Nådd? |
|---|---|---|---|
| Elever som trives (prosent) | 87 | 90 | Nei |
| Nye boliger | 40 | 30 | Ja |
| Besøk på biblioteket | 21 000 | 20 000 | Ja |
"""


@pytest.fixture(scope="module")
def lauvnes(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("rows"), lauvnes_2024=LAUVNES)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Hvilket parti mistet flest representanter fra forrige periode?", "Arbeiderpartiet, ned"),
        ("Hvor mange partier fikk flere representanter enn i forrige periode?", "1 av 3: Høyre"),
        ("Hvor mange enheter hadde sykefravær over 10 prosent i 2024?", "2 av 4: Tunet barnehage"),
        ("Kva eining hadde lågast sjukefråvær i 2024?", "Bibliotek, med 3,2 prosent"),
        ("Hvor mange av enhetene lå over målet sitt for sykefravær i 2024?", "2 av 4: Tunet"),
        ("How many sectors overspent their budget in 2024?", "2 of 3: Oppvekst and Teknikk"),
        ("I hvilken elv gikk laksefangsten mest ned fra 2023 til 2024?", "Storelva, ned 260"),
        ("Hvor mange av de tre elvene hadde høyere laksefangst i 2024 enn i 2023?", "1 av 3: Tv"),
        ("Hvilke av elvene hadde mindre laksefangst i 2024 enn i 2023?", "Storelva og Lauvåa [1]"),
        ("Hvor mange av hovedmålene ble nådd i 2024?", "2 av 3: Nye boliger"),
        ("Hvor mange flere elever hadde Nordre enn Myra oppvekstsenter i 2024?", "334 flere"),
        ("Hvor mye mer kostet innleid renhold i 2024 enn i 2023?", "1,3 mill. kr mer"),
    ],
)
def test_rows_and_sides_are_found_by_what_the_report_calls_them(
    lauvnes: Index, question: str, begins: str
) -> None:
    assert ask(lauvnes, question).answer.startswith(begins)


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mange av de fem elvene hadde høyere laksefangst i 2024 enn i 2023?",  # there are 3
        "Hvor mange skoler hadde over 100 ansatte i 2024?",
        "Hvor mange sektorer fikk flere årsverk i 2024 enn i 2023?",
        "Antallet elever vokste mer i 2024 enn i 2023. Hvor mye mer?",
    ],
)
def test_no_row_s_own_figure_stands_for_a_count_or_a_growth(lauvnes: Index, question: str) -> None:
    assert ask(lauvnes, question).figure is None
