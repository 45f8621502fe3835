"""Answers that are calculated or compared, over the bundled sample reports."""

import pytest

from answer.answer import answer_question
from answer.records import Answer
from answer.verify import untraced_numbers
from indexer.index import Index


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
