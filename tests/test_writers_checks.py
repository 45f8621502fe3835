"""What a draft may not do to the answer it says again."""

from dataclasses import replace

import pytest
from small_models import FIGURE, PROSE

from answer.records import Answer
from answer.writers.checks import faults


@pytest.mark.parametrize(
    ("answer", "draft"),
    [
        (FIGURE, "Granmo fikk et netto driftsresultat på 658 mill. kr i 2024 [1]."),
        (FIGURE, "I 2024 var netto driftsresultat i Granmo kommune 658 mill. kr. [1]"),
        (PROSE, "Kommunen åpnet tre barnehager i 2023 [1]. Dekningen økte til 93,2 prosent [2]."),
        (PROSE, "Det var 12 450 plasser. Kommunen åpnet tre barnehager i 2023. [1]"),
        (PROSE, "I 2023 åpnet kommunen tre barnehager med 12450 plasser [1]."),
    ],
)
def test_a_plain_sentence_of_the_same_is_good(answer: Answer, draft: str) -> None:
    assert list(faults(draft, answer)) == []


@pytest.mark.parametrize(
    ("answer", "draft", "fault"),
    [
        (FIGURE, "Granmo fikk et netto driftsresultat på 658 mrd. kr i 2024 [1].", "a number"),
        (FIGURE, "Granmo fikk et godt netto driftsresultat i 2024 [1].", "the figure is gone"),
        (FIGURE, "Netto driftsresultat var 658 mill. kr i 2024.", "nothing cited"),
        (FIGURE, "Netto driftsresultat var aldri 658 mill. kr i 2024 [1].", "more or less: ikke"),
        (FIGURE, "Netto driftsresultat i Hamar var 658 mill. kr i 2024 [1].", "a name"),
        (FIGURE, "Netto driftsresultat var 658 mill. kr i 2024 [1]. Bra!", "cites nothing"),
        (FIGURE, "Netto driftsresultat var 658 mill. kr 658 mill. kr 658 mill. kr [1].", "again"),
        (
            FIGURE,
            "Fotball og musikk gleder mange unge hver helg, 658 mill. kr [1].",
            "not supported",
        ),
        (
            FIGURE,
            "The result of the municipality was 658 mill. kr in 2024 [1].",
            "another language",
        ),
        (FIGURE, "Netto driftsresultat i Granmo var 658 mill. kr [1] i 2024 og", "unfinished"),
        (PROSE, "Dekningen økte fra 93,2 til 91,5 prosent [2].", "another order"),
        (PROSE, "Ja, dekningen økte fra 91,5 til 93,2 prosent [2].", "more or less: ja"),
        (PROSE, "Dekningen sank fra 91,5 til 93,2 prosent [2].", "turned round"),
        (PROSE, "Dekningen økte fra 91,5 til 93,2 prosentpoeng [2].", "another unit"),
        (PROSE, "Dekningen økte fra 91,5 til 93,2 prosent [1].", "a number from elsewhere"),
        (
            PROSE,
            "Kommunen åpnet tre barnehager med 12 450 plasser på www.granmo.no [1].",
            "address",
        ),
        (PROSE, "Kommunen åpnet tre barnehager. " * 30 + "[1]", "too long"),
        (PROSE, "  ", "empty"),
    ],
)
def test_a_draft_that_strays_is_told_how(answer: Answer, draft: str, fault: str) -> None:
    assert any(fault in found for found in faults(draft, answer))


def test_an_english_draft_of_norwegian_sources_is_held_to_the_english_answer() -> None:
    english = replace(
        FIGURE,
        question="What was the net operating result in Granmo in 2024?",
        language="en",
        answer="The net operating result in Granmo was NOK 658 million in 2024 [1].",
        figure=replace(FIGURE.figure, text="NOK 658 million"),  # type: ignore[type-var]
    )
    good = "In 2024 Granmo had a net operating result of NOK 658 million [1]."
    assert list(faults(good, english)) == []
    assert any(faults("In 2024 Granmo had a net debt of NOK 658 thousand [1].", english))
