"""Follow-ups are made whole from the questions before them."""

import pytest

from answer.answer import answer_question
from answer.conversation import stand_alone
from answer.records import Turn
from indexer.index import Index

HELD = {"Vestvik": [2023, 2024], "Øyra": [2023]}
RESULT = "Hva var netto driftsresultat i Vestvik i 2024?"
PUPILS = "Hvor mange elever hadde Vestvik i 2024?"


def after(asked: str, *more: str) -> str:
    """The last question, made whole, when the others were asked before it."""
    *before, last = asked, *more
    return stand_alone(last, [Turn(question=one, answer="…") for one in before], HELD)


@pytest.mark.parametrize(
    ("follow_up", "whole"),
    [
        ("Og året før?", "Hva var netto driftsresultat i Vestvik i 2023?"),
        ("Hva med 2022?", "Hva var netto driftsresultat i Vestvik i 2022?"),
        ("Kva med Øyra i 2022?", "Hva var netto driftsresultat i Øyra i 2022?"),
        ("Er det høyere enn i Øyra?", f"{RESULT[:-1]} sammenlignet med Øyra?"),
        ("Er det lågare enn året før?", "endret netto driftsresultat seg fra 2023 til 2024"),
        ("Er det mer enn i 2021?", "endret netto driftsresultat seg fra 2021 til 2024"),
        ("Har det økt?", "endret netto driftsresultat seg fra 2023 til 2024 i Vestvik"),
        ("Is that a lot?", "endret netto driftsresultat seg fra 2023 til 2024 i Vestvik"),
        (
            "Er det mer enn budsjettet?",
            "avvek netto driftsresultat fra budsjettet i Vestvik i 2024",
        ),
        ("Hvor mange prosent er det av inntektene?", f"{RESULT[:-1]} i prosent av inntektene?"),
        ("Hva betyr det?", "Hva betyr netto driftsresultat?"),
        ("Hvor står det?", RESULT),
        ("På hvilken side står det?", RESULT),
        ("Hvorfor det?", f"Hvorfor det – {RESULT}"),
        ("Og sykefraværet?", "Og sykefraværet i Vestvik i 2024?"),
        ("Og i helsesektoren?", f"{RESULT[:-1]} i helsesektoren?"),
        ("Hvilken kommune hadde høyest gjeld?", "Hvilken kommune hadde høyest gjeld?"),
    ],
)
def test_a_follow_up_is_made_whole(follow_up: str, whole: str) -> None:
    assert whole in after(RESULT, follow_up)


def test_how_many_is_still_asked_of_something_else() -> None:
    assert after(PUPILS, "Og lærere?") == "Hvor mange lærere i Vestvik i 2024?"
    assert after(PUPILS, "Hvor mange av dem er jenter?") == (
        "Hvor mange av elever er jenter i Vestvik i 2024?"
    )


def test_another_municipality_is_asked_about_the_newest_year_it_has() -> None:
    assert after(RESULT, "Hva med Øyra?") == "Hva var netto driftsresultat i Øyra i 2023?"


def test_what_it_was_held_against_does_not_stick() -> None:
    talk = (RESULT, "Er det mer enn i Øyra?", "Hvor stor del er det av inntektene?")
    assert after(*talk) == f"{RESULT[:-1]} i prosent av inntektene?"
    assert after(*talk, "Hva betyr det?") == "Hva betyr netto driftsresultat?"
    assert after(RESULT, "Har det økt?", "Hvorfor?").startswith(
        "Hvorfor endret netto driftsresultat"
    )


def test_a_conversation_is_answered_to_its_end(samples: Index) -> None:
    said: list[Turn] = []
    for question in (
        "Hva var netto driftsresultat i Skarvøy i 2024?",
        "Er det mer enn i Granmo?",
        "Har det økt?",
    ):
        answer = answer_question(question, samples, history=said)
        assert answer.status == "answered", question
        said.append(Turn(question=question, answer=answer.answer))
    assert answer.calculation
    assert {c.doc for c in answer.citations} <= {"skarvoy-2023", "skarvoy-2024"}
