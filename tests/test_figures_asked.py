"""Which figure a question means, among those that stand side by side in one small report."""

from decimal import Decimal

import pytest

from answer.answer import answer_question
from indexer.build import build_index
from indexer.embed import load_embedder
from indexer.index import Index
from retriever.questions import read_question
from retriever.sentences import split_sentences
from retriever.understand import understand

REPORT = """# Årsrapport 2024 for Elverum kommune

## 1 Økonomi

Tabell 1 Driftsregnskapet. Tall i 1000 kr.

| Post | Regnskap 2024 | Regnskap 2023 |
|---|---|---|
| Lønnsutgifter | 812 400 | 790 100 |
| Sosiale utgifter | 231 700 | 228 300 |
| Parkeringsinntekter | 9 350 | 8 910 |
| Parkeringsutgifter | 4 120 | 4 020 |

## 2 Ansatte

Tabell 2 Gjennomsnittlig lønn for ansatte i kr per 31.12.2024.

| Stilling | Kvinner | Menn | Totalt |
|---|---|---|---|
| Sykepleier | 577 900 | 576 600 | 577 700 |
| Lærer | 601 300 | 603 900 | 602 100 |

## 3 Kultur

Meråpent bibliotek ble åpnet 13. Januar, og 635 innbyggere signerte avtale i løpet av 2024.
Workation ga 150 studenter sommerjobb i 24 teknologibedrifter i 2024.
I 2024 måtte 81 personer vente lenger enn seks uker på sykehjemsplass.

## 4 Skole

Elevene i Elverum hadde 43,2 grunnskolepoeng i 2024, fylket 41,9 og landet 42,4 grunnskolepoeng.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("report")
    (folder / "elverum-2024.md").write_text(REPORT, encoding="utf-8")
    build_index([folder / "elverum-2024.md"], folder / "index", embedder=load_embedder())
    return Index(folder / "index", embedder="bundled")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        # what was spent or earned, though the label says more than the question
        ("Hvor mye brukte Elverum på lønn i 2024?", 812_400_000),
        ("Hvor mye tjente Elverum på parkering i 2024?", 9_350_000),
        ("Hvor mye brukte Elverum på parkering i 2024?", 4_120_000),
        # both sexes together where none is asked for
        ("Hva var snittlønna for sykepleiere i Elverum i 2024?", 577_700),
        ("Hva var snittlønna for mannlige sykepleiere i Elverum i 2024?", 576_600),
        # what is counted decides which number of a sentence
        ("Hvor mange studenter fikk sommerjobb i Workation i Elverum i 2024?", 150),
        ("Hvor mange bedrifter ga studenter sommerjobb i Workation i Elverum i 2024?", 24),
        ("Hvor mange måtte vente på sykehjemsplass i mer enn seks uker i Elverum i 2024?", 81),
        # each place has the number after it
        ("Hvor mange grunnskolepoeng hadde elevene i Elverum i 2024?", Decimal("43.2")),
    ],
)
def test_the_figure_that_is_meant_is_found_among_its_neighbours(
    report: Index, question: str, value: Decimal
) -> None:
    answer = answer_question(question, report)
    assert answer.figure, answer.answer
    assert abs(answer.figure.base_value) == value


@pytest.mark.parametrize(
    ("question", "unit", "counted"),
    [
        ("Hvor mange kilometer vannledning ble fornyet i 2024?", "km", "kilometer vannledning"),
        ("Hvor mange bedrifter fikk penger i 2024?", "antall", "bedrifter"),
        ("Hvor mange kroner kostet det?", "kr", ""),
        ("Kor mange år varer planen?", "år", "år varer planen"),
        ("Hvor stor andel gikk i barnehage?", "prosent", ""),
    ],
)
def test_what_follows_how_many_says_the_unit_and_what_is_counted(
    question: str, unit: str, counted: str
) -> None:
    asked = read_question(question)
    assert asked.unit == unit
    assert asked.counted == counted


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("Hva var lønnsutgiftene, når man holder pensjon utenom?", "når man holder pensjon utenom"),
        ("Hva var vedlikeholdet (boligene holdt utenom)?", "(boligene holdt utenom)"),
        ("Hva var driftsutgiftene uten sosiale utgifter?", "uten sosiale utgifter"),
        ("Hvor mange brukte biblioteket utenom betjent tid?", ""),
    ],
)
def test_what_a_question_leaves_out_is_told_from_when_something_is(
    question: str, without: str
) -> None:
    assert understand(question, []).without.strip(" ,") == without


def test_a_date_with_a_capital_month_does_not_end_a_sentence() -> None:
    assert len(split_sentences("Biblioteket ble åpnet 13. Januar, og mange kom.")) == 1


def test_what_was_spent_on_pay_is_the_line_of_pay_expenses(samples: Index) -> None:
    answer = answer_question("Hva brukte Hjellefjord på lønn i 2024?", samples)
    assert answer.citations
    assert "lønsutgifter" in answer.answer.lower()
    assert "−" not in answer.answer  # printed with a minus, told without
