"""Answers that are calculated or compared, over the bundled sample reports."""

from decimal import Decimal

import pytest

from answer.answer import answer_question
from answer.records import Answer
from answer.verify import untraced_numbers
from indexer.index import Index
from kommunesvar.__main__ import main

# As two municipalities write: most of what is asked about stands in running text.
ELVERUM = """# Elverum kommune – Årsmelding 2025

## 1 Innledning

Elverum kommune hadde en befolkningsvekst på 37 personer i 2025. Ved årsskiftet var vi 21 936
innbyggere. Det ble født 207 barn som er 18 flere enn det som ble født i 2024. Det døde 195 og
kommunen hadde en netto innflytting på 25 personer, som er 119 færre enn 2024. Det er gjennom 2025
635 innbyggere som har signert avtaler om meråpent bibliotek. Det ble gjennom 2025 bosatt 47
flyktninger.

## 2 Kultur

| | Resultat 2024 | Mål 2025 | Resultat 2025 |
|---|---|---|---|
| Bibliotek. Antall besøkende per år | 64 609 | 82 000 | 62 480 |
| Bibliotek. Utlån per innbygger | 2,27 | 2,8 | 2,6 |
| Kulturarrangementer. Antall arrangementer | 28 | 30 | 31 |

Rådets mål for 2025 var å kutte 30 prosent av utslippene.

## 3 Bolig

Ved utgangen av 2025 disponerer kommunen 435 boenheter til utleie. Samlet boligareal til utleie
utgjør 34.435 m². Det ble tildelt støtte fra næringsfondet for kr. 422 500 fordelt på 6 prosjekter i
2025.
"""
STJORDAL = """# Stjørdal kommune – Årsrapport 2024

## 1 Befolkning

Per 31.12.2024 hadde Stjørdal en befolkning på 24 927 personer. I 2024 ble det født 219 personer,
det døde 187 personer og nettoinnflyttingen var på 176 personer. I tråd med anmodningen bosatte
Integreringsenheten 204 flyktninger i 2024.

| Utvikling av folketall | 2023 | 2024 |
|---|---|---|
| Totalt | 24 717 | 24 927 |
| Døde | 190 | 187 |
| Folketilvekst | 195 | 210 |

## 2 Kultur

I 2024 hadde biblioteket 105.000 besøkende med 71.500 lån/fornyelser (+ 11 % i forhold til 2023).
Antall deltakere i «Sterk og stødig» var 650 personer, en økning på 7,4 prosent sammenlignet med
2023.

«Sommerles» hadde rekorddeltakelse med 1004 barn, 40,8 % oppslutning i målgruppa. Til sammen ble det
lest 11.482 bøker. I 2024 kuttet kommunen 18 prosent av utslippene. Museet hadde i snitt 31
besøkende per dag.

## 3 Investeringer

| Tall i 1000 kr | Regnskap 2024 | Rev. budsjett 2024 | Oppr. budsjett 2024 |
|---|---|---|---|
| Videreutlån | 135 194 | 80 000 | 80 000 |
| Bruk av lån til videreutlån | 80 000 | 80 000 | 80 000 |
| Avdrag på lån til videreutlån | 23 221 | 25 000 | 25 000 |

## 4 Velferd

Status økonomi i rammeområdet:

| Tall i 1000 kr | Regnskap 2023 | Regnskap 2024 | Rev. budsjett 2024 |
|---|---|---|---|
| Barnehage | 227 735 | 242 270 | 230 804 |
| Grunnskole | 365 155 | 381 206 | 390 802 |
| Forebygging og mestring | 235 302 | 233 627 | 225 738 |
| Hjemmetjenester | 137 996 | 143 861 | 141 597 |

| Årsverk per 31.12.2024 | Antall ansatte | Antall årsverk | Antall deltidsstillinger |
|---|---|---|---|
| Velferd | 1904 | 1429 | 853 |
| Samfunn | 336 | 249 | 100 |
| Økonomi | 112 | 92 | 28 |
| Sum | 2352 | 1770 | 981 |

| Gebyr for en vanlig bolig (kr) | 2023 | 2024 |
|---|---|---|
| Vann | 3130 | 3343 |
| Avløp | 3660 | 4159 |
| Renovasjon | 2504 | 3706 |

Tabell 10.7 Gjennomsnittlig lønn i 2024 fordelt på stillingsgruppe, kapittel 4

| Stillingsgruppe | Snittlønn (kr) |
|---|---|
| Fagleder skole | 715 933 |
| Lærer | 612 000 |

Tabell 10.8 Gjennomsnittlig lønn i 2024 fordelt på stillingsgruppe, kapittel 5

| Stillingsgruppe | Snittlønn (kr) |
|---|---|
| Advokat | 950 814 |
| Lege | 947 661 |

I 2024 var det 1 245 barnefamilier som mottok sosialhjelp. I 2024 var det 1 217 ungdommer som mottok
sosialhjelp. Det var 1 061 barnefamilier som mottok sosialhjelp i 2023. I 2023 var det 1 073
ungdommer som mottok sosialhjelp.

| Budsjettavvik i mill. kr | 2024 |
|---|---|
| Velferd | -21,6 |
| Samfunn | -27,5 |
| Sum avvik totalt | -49,1 |
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("computed")
    (folder / "elverum-2025.md").write_text(ELVERUM, encoding="utf-8")
    (folder / "stjordal-2024.md").write_text(STJORDAL, encoding="utf-8")
    assert main(["index", str(folder), "--index", str(folder / "index")]) == 0
    return Index(folder / "index", embedder="bundled")


def value(answer: Answer) -> Decimal | None:
    return answer.figure.base_value if answer.figure else None


def ask(samples: Index, question: str) -> Answer:
    answer = answer_question(question, samples)
    assert untraced_numbers(answer) == []
    return answer


def test_the_winner_of_two_municipalities_is_named_first_and_both_figures_are_said(
    samples: Index,
) -> None:
    answer = ask(samples, "Hvem hadde høyest sykefravær i 2023, Skarvøy eller Granmo?")
    assert answer.answer.startswith(("Skarvøy,", "Granmo,"))
    assert {citation.doc for citation in answer.citations} == {"skarvoy-2023", "granmo-2023"}
    lowest = ask(samples, "Hvem hadde lavest sykefravær i 2023, Skarvøy eller Granmo?")
    assert lowest.answer.partition(",")[0] != answer.answer.partition(",")[0]


def test_without_a_year_each_municipality_speaks_by_its_newest_report(samples: Index) -> None:
    answer = ask(
        samples,
        "Hvem hadde best netto driftsresultat i prosent av driftsinntektene, Skarvøy eller Granmo?",
    )
    assert {citation.doc for citation in answer.citations} == {"skarvoy-2024", "granmo-2024"}


def test_accounts_and_budget_of_one_row_are_compared(samples: Index) -> None:
    answer = ask(samples, "Hvor mye mer enn budsjettert brukte Skarvøy på barnehage i 2024?")
    assert answer.calculation
    one, other = answer.citations
    assert one.row == other.row
    assert one.column != other.column


def test_the_rows_a_question_lists_are_added(samples: Index) -> None:
    question = (
        "Hvor mye brukte Skarvøy til sammen på skole, barnehage og tekniske tjenester i 2024?"
    )
    answer = ask(samples, question)
    assert answer.calculation
    assert len(answer.citations) == 3
    assert answer.answer.count("[") == 3


def test_services_over_their_budget_are_counted_and_the_worst_is_named(samples: Index) -> None:
    question = "How many service areas in Hjellefjord spent more than their revised budget in 2023?"
    count = ask(samples, question)
    assert count.calculation
    assert count.figure
    assert count.figure.base_value == len(count.citations)
    worst = ask(samples, "Hvilket tjenesteområde i Skarvøy hadde størst merforbruk i 2024?")
    assert worst.calculation
    assert worst.answer.startswith("Barnehage,")


def test_a_part_of_a_whole_shows_both(samples: Index) -> None:
    question = "Hvor stor andel av driftsinntektene i Skarvøy kom fra rammetilskudd i 2024?"
    answer = ask(samples, question)
    assert answer.figure
    assert answer.figure.base_unit == "prosent"
    assert answer.calculation
    assert 0 < answer.figure.base_value < 100


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mange flere romraketter kjøpte Skarvøy enn Granmo i 2024?",
        "Hvor mye brukte Skarvøy til sammen på romraketter, dinosaurer og tidsreiser i 2024?",
        "Hvilken måned i 2024 hadde Skarvøy flest romraketter?",
    ],
)
def test_what_has_no_sure_figures_is_not_calculated(samples: Index, question: str) -> None:
    assert ask(samples, question).calculation is None


@pytest.mark.parametrize(
    ("question", "winner", "more"),
    [
        (
            "Hvor døde det flest, i Stjørdal i 2024 eller Elverum i 2025, og hvor mange flere?",
            "Elverum",
            8,
        ),
        (
            "Hvem har flest innbyggere, Stjørdal ved utgangen av 2024 eller Elverum ved utgangen "
            "av 2025, og hvor mange flere?",
            "Stjørdal",
            2991,
        ),
        (
            "Hvilket bibliotek hadde flest besøkende, det i Stjørdal i 2024 eller det i Elverum "
            "i 2025, og hvor mange flere?",
            "Stjørdal",
            42_520,
        ),
    ],
)
def test_the_winner_is_found_where_the_figures_stand_in_running_text(
    texts: Index, question: str, winner: str, more: int
) -> None:
    answer = ask(texts, question)
    assert answer.answer.startswith(f"{winner},")
    assert value(answer) == more


def test_what_was_spent_on_each_inhabitant_is_divided_by_all_who_live_there(texts: Index) -> None:
    answer = ask(texts, "Hvor mye brukte Stjørdal på grunnskole per innbygger i 2024?")
    assert value(answer) == 15_293
    assert answer.calculation
    assert answer.calculation.expression == "381 206 000 / 24 927"


def test_nothing_is_divided_by_a_part_of_the_people(texts: Index) -> None:
    answer = ask(texts, "Hvor mye brukte Stjørdal på grunnskole per innbygger 6–15 år i 2024?")
    assert answer.calculation is None


def test_the_people_as_a_year_began_are_those_at_its_end_less_the_growth(texts: Index) -> None:
    answer = ask(texts, "Hvor mange innbyggere hadde Elverum da 2025 begynte?")
    assert value(answer) == 21_899
    assert len(answer.citations) == 2
    assert value(ask(texts, "Hvor mange innbyggere hadde Elverum i 2025?")) == 21_936


def test_people_of_one_age_are_not_the_whole_population(samples: Index) -> None:
    answer = ask(samples, "Hvor mange innbyggere i Skarvøy var 6–15 år i 2023?")
    assert value(answer) == 1566


def test_an_amount_whose_growth_is_stated_is_not_the_growth(texts: Index) -> None:
    question = "Hvor mange flere var med på «Sterk og stødig» i Stjørdal i 2024 enn i 2023?"
    assert value(ask(texts, question)) != 650


def test_the_row_that_was_passed_is_meant_where_more_than_budgeted_is_asked(texts: Index) -> None:
    question = "Hvor mye mer enn budsjettert lånte Stjørdal ut videre (videreutlån) i 2024?"
    answer = ask(texts, question)
    assert value(answer) == 55_194_000


def test_spending_is_held_against_the_budget_of_its_own_year(texts: Index) -> None:
    question = "Hvor mange sektorer i Velferd i Stjørdal brukte mer enn revidert budsjett i 2024?"
    assert value(ask(texts, question)) == 3


@pytest.mark.parametrize(
    ("question", "average"),
    [
        ("Kor mange bøker las kvart barn i snitt under Sommerles i Stjørdal i 2024?", "11.4"),
        ("Hvor mye ga næringsfondet i Elverum i snitt per prosjekt i 2025?", "70417"),
        (
            "Hvor store er de kommunale utleieboligene i Elverum i gjennomsnitt ved utgangen av "
            "2025, i kvadratmeter?",
            "79.2",
        ),
    ],
)
def test_an_average_of_two_amounts_in_running_text(
    texts: Index, question: str, average: str
) -> None:
    answer = ask(texts, question)
    assert value(answer) == Decimal(average)
    assert answer.calculation


def test_an_average_that_is_stated_is_not_calculated(texts: Index) -> None:
    question = "Hvor mange besøkende hadde museet i Stjørdal i snitt per dag i 2024?"
    assert ask(texts, question).calculation is None
    sledges = "Hvor mange akebrett hadde hvert barn i snitt i Stjørdal i 2024?"
    assert ask(texts, sledges).calculation is None


def test_a_part_is_counted_as_the_whole_it_is_said_to_be_of(texts: Index) -> None:
    question = "Hvor stor prosentdel av årsverkene i Stjørdal lå i Velferd per 31.12.2024?"
    assert value(ask(texts, question)) == Decimal("80.7")


def test_what_was_used_of_a_budget(texts: Index) -> None:
    question = "Hvor stor prosent av det reviderte budsjettet for grunnskole ble brukt i Stjørdal?"
    answer = ask(texts, question)
    assert value(answer) == Decimal("97.5")
    assert answer.citations[0].column != answer.citations[1].column


def test_a_name_that_one_municipality_has_tells_which_is_meant(texts: Index) -> None:
    answer = ask(texts, "Hvor mange personer var med på Sommerles i 2024?")
    assert answer.status != "clarify"
    assert ask(texts, "Hvor mange innbyggere var det?").status == "clarify"


def test_most_for_each_so_many_inhabitants_names_the_winner_and_all_four_figures(
    texts: Index,
) -> None:
    question = (
        "Hvem av Elverum (2025) og Stjørdal (2024) bosatte flest flyktninger per 1000 innbyggere?"
    )
    answer = ask(texts, question)
    assert answer.answer.startswith("Stjørdal,")
    assert value(answer) == Decimal("8.2")
    assert len(answer.citations) == 4
    fewest = ask(texts, question.replace("flest", "færrest"))
    assert fewest.answer.startswith("Elverum,")


def test_words_that_name_no_winner_are_no_answer(texts: Index) -> None:
    question = "Hvem hadde flest romraketter, Elverum i 2025 eller Stjørdal i 2024?"
    assert ask(texts, question).status == "not_found"


def test_births_less_deaths_of_one_report(texts: Index) -> None:
    answer = ask(texts, "Hvor stort var fødselsoverskuddet i Elverum i 2025?")
    assert value(answer) == 12
    assert len(answer.citations) == 2


def test_the_sum_of_listed_rows_is_compared_between_two_years(texts: Index) -> None:
    question = (
        "Hvor mye steg samlet gebyr for vann, avløp og renovasjon for en vanlig bolig i Stjørdal "
        "fra 2023 til 2024?"
    )
    answer = ask(texts, question)
    assert value(answer) == 1914
    assert len(answer.citations) == 6


def test_two_parts_as_likely_as_each_other_are_not_compared(texts: Index) -> None:
    question = "Hvor mange flere fikk sosialhjelp i Stjørdal i 2024 enn året før?"
    assert ask(texts, question).calculation is None


def test_of_tables_alike_the_one_with_the_number_asked_for_is_ranked(texts: Index) -> None:
    question = "Hvilken stillingsgruppe i kapittel 5 hadde høyest snittlønn i Stjørdal i 2024?"
    assert ask(texts, question).answer.startswith("Advokat,")


def test_what_was_aimed_at_is_not_compared_with_what_was_done(texts: Index) -> None:
    question = "Hvem kuttet utslippene mest, Elverum i 2025 eller Stjørdal i 2024, i prosent?"
    assert ask(texts, question).calculation is None


def test_which_municipality_is_asked_of_all_of_them(samples: Index) -> None:
    answer = ask(samples, "Hvilken kommune hadde høyest sykefravær i 2024?")
    assert answer.answer.startswith(("Granmo,", "Hjellefjord,", "Skarvøy,"))
    assert answer.calculation
    assert "−" not in answer.calculation.expression[:1]
