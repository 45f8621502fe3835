"""Yes/no questions: the verdict, its reason and its quotes, and silence where it is not sure."""

from collections.abc import Callable

import pytest

from answer.answer import answer_question
from answer.evidence import gather
from answer.records import Answer, Scope
from answer.verdict.claims import better, is_yesno, poles, read_claim, side
from answer.verdict.yesno import answer_yesno
from answer.verify import untraced_numbers
from indexer.index import Index
from indexer.store import load_page
from kommunesvar.__main__ import main
from retriever.understand import understand

REPORT = """# Fjordvik kommune – Årsrapport 2024

## 1 Økonomi

| Tall i 1000 kr | Regnskap 2024 | Revidert budsjett 2024 | Regnskap 2023 |
|---|---|---|---|
| Rammetilskudd | 412 300 | 405 100 | 398 700 |
| Lønnsutgifter | 553 000 | 541 200 | 560 400 |
| Netto driftsresultat | 41 200 | 20 100 | 18 300 |

Fondet til uforutsette utgifter var 4,1 prosent av inntektene. Dette er lavere enn måltallet på
6 prosent.

## 2 Helse

| | Resultat 2023 | Mål 2024 | Resultat 2024 |
|---|---|---|---|
| Sykefravær (prosent) | 9,4 | 8,5 | 8,1 |
| Pasienter som får time innen fem dager (prosent) | 81 | 90 | 84 |

Ambisjonen er at ventetiden på støttekontakt ikke skal være over 3 måneder. Resultat: Målet er ikke
nådd. Gjennomsnittlig ventetid på støttekontakt var 140 dager.

## 3 Kultur

Ungdomsklubben på Kaia ble åpnet i mars. Vandreutstillingen på museet er forsinket og forventes
ferdig i 2026. Prøveordningen med søndagsåpent bibliotek blir videreført i 2025. Ingen ble skadet
i brannen på båthuset.

Statsforvalteren førte tilsyn med skolefritidsordningen. Det var ingen avvik. Kommunen fikk medhold
i den ene av de to klagesakene om tomtefeste.
"""

Ask = Callable[[str], Answer | None]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("yesno")
    report = folder / "fjordvik-2024.md"
    report.write_text(REPORT, encoding="utf-8")
    assert main(["index", str(report), "--index", str(folder / "index")]) == 0
    return Index(folder / "index", embedder="bundled")


@pytest.fixture
def ask(index: Index) -> Ask:
    def answer(question: str) -> Answer | None:
        query = understand(question, index.documents)
        return answer_yesno(index, query, gather(index, query), Scope(docs=query.docs))

    return answer


@pytest.mark.parametrize(
    ("question", "verdict", "reason"),
    [
        ("Nådde Fjordvik målet for sykefravær i 2024?", "Ja", "8,1 prosent"),
        ("Nådde Fjordvik målet for pasienter som får time innen fem dager i 2024?", "Nei", "84"),
        ("Did Fjordvik have a surplus in 2024?", "Yes", "41.2 million"),
        ("Gjekk Fjordvik med underskot i 2024?", "Nei", "41,2 mill. kr"),
        ("Fikk Fjordvik mer i rammetilskudd enn budsjettert i 2024?", "Ja", "405,1 mill. kr"),
        ("Økte lønnsutgiftene i Fjordvik fra 2023 til 2024?", "Nei", "560,4 mill. kr"),
        ("Var rammetilskuddet i Fjordvik over 500 millioner kroner i 2024?", "Nei", "412,3"),
        (
            "Er fondet til uforutsette utgifter i Fjordvik lavere enn måltallet?",
            "Ja",
            "4,1 prosent",
        ),
        (
            "Klarte Fjordvik å holde ventetiden på støttekontakt under 3 måneder?",
            "Nei",
            "140 dager",
        ),
        ("Er vandreutstillingen på museet i Fjordvik ferdig?", "Nei", "forsinket"),
        ("Ble ungdomsklubben på Kaia i Fjordvik åpnet i 2024?", "Ja", "mars"),
        ("Blir søndagsåpent bibliotek i Fjordvik videreført?", "Ja", "2025"),
        ("Ble noen skadet i brannen på båthuset i Fjordvik?", "Nei", "Ingen"),
        ("Fikk Fjordvik medhold i begge klagesakene om tomtefeste?", "Nei", "den ene"),
    ],
)
def test_the_answer_begins_with_the_verdict_and_says_why(
    ask: Ask, question: str, verdict: str, reason: str
) -> None:
    answer = ask(question)
    assert answer is not None
    assert answer.answer.partition(".")[0] == verdict
    assert reason in answer.answer.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "question",
    [
        "Har Fjordvik bygd en ny svømmehall i 2024?",
        "Er den nye broen over Lakseelva i Fjordvik ferdig?",
        "Nådde Fjordvik målet for antall kinobesøk i 2024?",
        "Var parkeringsgebyret i Fjordvik over 50 kroner i 2024?",
        "Did the number of bus passengers in Fjordvik increase in 2024?",
    ],
)
def test_what_the_report_does_not_say_gets_no_verdict(ask: Ask, question: str) -> None:
    assert ask(question) is None


def test_every_quote_stands_on_its_page_and_every_number_is_traced(index: Index, ask: Ask) -> None:
    for question in (
        "Nådde Fjordvik målet for sykefravær i 2024?",
        "Økte lønnsutgiftene i Fjordvik fra 2023 til 2024?",
        "Klarte Fjordvik å holde ventetiden på støttekontakt under 3 måneder?",
    ):
        answer = ask(question)
        assert answer is not None
        assert not untraced_numbers(answer)
        for citation in answer.citations:
            page = load_page(index.store, citation.doc, citation.page or 1)
            assert page is not None
            assert citation.quote in page.text


def test_a_change_shows_its_calculation(ask: Ask) -> None:
    answer = ask("Økte rammetilskuddet i Fjordvik fra 2023 til 2024?")
    assert answer is not None
    assert answer.calculation is not None
    assert answer.calculation.operands == (1, 2)


def test_a_negation_turns_what_a_sentence_says() -> None:
    reach = next(pole for pole in poles() if pole.name == "reach")
    assert side("Målet ble nådd.", reach) == 1
    assert side("Vi nådde ikke målet.", reach) == -1
    assert side("Ingen av de tre målene ble innfridd.", reach) == -1
    assert side("Skolen fikk nytt tak.", reach) == 0


def test_a_limit_is_read_with_its_direction() -> None:
    held = read_claim("Var ventetiden høyst 30 dager?", "ventetiden").limit
    assert held is not None
    assert (int(held.value), held.unit, held.condition) == (30, "dager", "at_most")
    assert read_claim("Ble Storgata 12 revet?", "Storgata 12 revet").limit is None


def test_less_is_better_for_waiting_but_not_for_its_reduction() -> None:
    assert better("Ventetid for fysioterapi") == -1
    assert better("Reduksjon i sykefravær") == 1
    assert better("Elever som trives") == 1


def test_a_question_word_makes_it_another_kind_of_question() -> None:
    assert is_yesno("Vart målet nådd?")
    assert is_yesno("According to the report, is the bridge finished?")
    assert not is_yesno("Hva var målet?")
    assert not is_yesno("Gikk kommunen i pluss eller minus, og med hvor mye?")


def test_a_comparison_of_two_places_is_never_guessed_from_a_passage(samples: Index) -> None:
    question = "Har Skarvøy flere romraketter enn Granmo?"
    assert answer_question(question, samples).status == "not_found"


def test_nouns_that_end_as_verbs_do_not_make_a_yes_or_no_question() -> None:
    assert not is_yesno("Investeringer i Skarvøy 2024?")
    assert not is_yesno("Driftsutgifter per innbygger i Granmo i 2024?")
    assert is_yesno("Overholdt Granmo handlingsregelen for gjeld?")


LEANING = """# Fjordvik kommune – Årsrapport 2024

## 1 Politikk

Kommunestyret sa nei til vindkraft på Storfjellet i mai. Bystyret sa ja til kraftkabel over
Lillesund.

## 2 Drift

Datatilsynet ble varslet om hendelsen i skyløsningen innen 72 timer. Saken om hendelsen ble
avsluttet uten gebyr fra Datatilsynet.

Kulturskolen ble i mars lansert som artist på Spotify. Svømmehallen hadde 4 200 besøk.

Fjordvik har lav bemanning i barnehagene, og antallet barnehagelærere i Fjordvik gikk ned.

## 3 Tilsyn

Statsforvalteren fant lovbrudd ved tilsynet på sykehjemmet.

## 4 Arbeidsmiljø

Arbeidstilsynet møtte verneombudene i mars.
"""


@pytest.fixture(scope="module")
def say(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    folder = tmp_path_factory.mktemp("leaning")
    report = folder / "fjordvik-2024.md"
    report.write_text(LEANING, encoding="utf-8")
    assert main(["index", str(report), "--index", str(folder / "index")]) == 0
    index = Index(folder / "index", embedder="bundled")
    return lambda question: answer_question(question, index)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Sa kommunestyret i Fjordvik ja til vindkraft på Storfjellet?", "Nei"),
        ("Sa bystyret i Fjordvik ja til kraftkabel over Lillesund?", "Ja"),
        ("Ble kulturskolen i Fjordvik lansert som artist på Spotify?", "Ja"),
    ],
)
def test_yes_and_no_are_said_where_a_sentence_says_the_very_thing(
    say: Callable[[str], Answer], question: str, verdict: str
) -> None:
    assert say(question).answer.partition(".")[0] == verdict


@pytest.mark.parametrize(
    "question",
    [
        "Fikk Fjordvik gebyr fra Datatilsynet etter hendelsen i skyløsningen?",
        "Har Fjordvik flest barnehagelærere i barnehagene av alle kommunene?",
        "Fant Arbeidstilsynet lovbrudd ved sykehjemmet i Fjordvik?",
    ],
)
def test_yes_is_not_said_where_only_the_subject_is_spoken_of(
    say: Callable[[str], Answer], question: str
) -> None:
    assert not say(question).answer.startswith("Ja")


@pytest.mark.parametrize(
    "question",
    [
        "Har svømmehallen i Fjordvik badstue og klatrevegg?",
        "Ble kommunestyret i Fjordvik politianmeldt i 2024?",
    ],
)
def test_a_passage_about_something_else_is_not_quoted(
    say: Callable[[str], Answer], question: str
) -> None:
    assert say(question).status == "not_found"


def test_verbs_that_begin_a_question_of_yes_or_no() -> None:
    assert is_yesno("Må du stille deg i kø?")
    assert is_yesno("Er det satt noen grense for hvor mange som får komme?")
    assert is_yesno("Besto alle lærlingene fagprøven?")
