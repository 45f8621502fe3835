"""What a word means is explained in plain language, and a report's own definition is quoted."""

import tomllib
from importlib.resources import files

import pytest

from answer.answer import answer_question
from answer.records import Turn
from indexer.index import Index

TERMS = tomllib.loads((files("answer") / "data" / "glossary.toml").read_text(encoding="utf-8"))[
    "term"
]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hva er netto driftsresultat?", "vår egen"),
        ("Kva betyr premieavviket?", "vår eiga"),
        ("What is ROBEK?", "our own"),
        ("Kan du forklare «selvkost»?", "gebyret"),
        ("Hva menes med frie inntekter?", "rammetilskudd"),
    ],
)
def test_a_word_is_explained_without_naming_a_municipality(
    samples: Index, question: str, said: str
) -> None:
    answer = answer_question(question, samples)
    assert answer.status == "answered"
    assert said in answer.answer


def test_what_it_means_may_be_asked_of_the_last_answer(samples: Index) -> None:
    before = [Turn(question="Hva var netto driftsresultat i Granmo i 2024?", answer="…")]
    assert "vår egen" in answer_question("Hva betyr det?", samples, history=before).answer


def test_a_question_for_a_figure_is_not_answered_with_a_meaning(samples: Index) -> None:
    for question in ("Hva var sykefraværet i Granmo i 2024?", "Hva er sykefraværet?"):
        assert "vår egen" not in answer_question(question, samples).answer


def test_explanations_hold_no_figures_and_stand_in_all_three_languages() -> None:
    for term in TERMS:
        assert set(term) == {"names", "nb", "nn", "en"}
        for language in ("nb", "nn", "en"):
            assert not any(letter.isdigit() for letter in term[language])
            assert term[language].endswith(".")
