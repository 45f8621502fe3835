"""How the economy went, and what a chapter says: whole answers over the bundled samples."""

import re

import pytest

from answer.answer import answer_question
from answer.overview import asks_about_economy, key_figures
from answer.records import Answer
from answer.verify import untraced_numbers
from indexer.index import Index
from indexer.store import load_page
from retriever.questions import read_question
from retriever.understand import understand


def ask(samples: Index, question: str) -> Answer:
    return answer_question(question, samples)


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("Hvordan gikk det med økonomien i Skarvøy i 2024?", "overview"),
        ("Korleis gjekk det med økonomien i Hjellefjord?", "overview"),
        ("How did the economy go in Granmo in 2024?", "overview"),
        ("Hva var den økonomiske situasjonen i Skarvøy?", "overview"),
        ("Hva skriver Skarvøy om barnehage?", "summary"),
        ("Kva skriv Hjellefjord om omsorg?", "summary"),
        ("Kan du oppsummere kapitlet om skole i Granmo?", "summary"),
        ("Fortell om barnevern i Skarvøy", "summary"),
        ("Tell me about kindergartens in Granmo", "summary"),
        ("Hva skriver rapporten om hvorfor sykefraværet økte?", "why"),
    ],
)
def test_a_question_tells_whether_an_overview_or_a_summary_is_wanted(
    question: str, operation: str
) -> None:
    assert read_question(question).operation == operation


def test_how_the_economy_went_is_said_by_its_key_figures(samples: Index) -> None:
    answer = ask(samples, "Hvordan gikk det med økonomien i Skarvøy i 2024?")
    first, *rest = answer.answer.split("\n")
    assert first == (
        "Netto driftsresultat i Skarvøy var et overskudd på 23,9 mill. kr i 2024 [1]"
        " (1,5 prosent av driftsinntektene), mot et underskudd på 12,8 mill. kr i 2023 [2]."
    )
    said = " ".join(rest)
    for what in ("Driftsinntektene", "Disposisjonsfondet", "Langsiktig gjeld", "Investerings"):
        assert what in said
    assert rest[-1].startswith("Rapporten skriver: ")
    assert len(rest) <= 5


def test_each_figure_of_an_overview_is_cited_to_its_cell(samples: Index) -> None:
    answer = ask(samples, "Hvordan gikk det med økonomien i Granmo i 2024?")
    assert untraced_numbers(answer) == []
    assert {int(n) for n in re.findall(r"\[(\d+)\]", answer.answer)} == {
        citation.n for citation in answer.citations
    }
    cells = [citation for citation in answer.citations if citation.row]
    assert len(cells) >= 10
    assert all(citation.column and citation.doc == "granmo-2024" for citation in cells)


def test_the_share_of_the_revenue_shows_how_it_was_calculated(samples: Index) -> None:
    answer = ask(samples, "Hvordan gikk det med økonomien i Granmo i 2024?")
    assert answer.calculation
    assert answer.calculation.result == "1,7 prosent"
    rows = [answer.citations[n - 1].row or "" for n in answer.calculation.operands]
    assert "Netto driftsresultat" in rows[0]
    assert "Sum driftsinntekter" in rows[1]


def test_a_deficit_is_said_in_words_and_in_english(samples: Index) -> None:
    answer = ask(samples, "How did the economy go in Granmo in 2024?")
    assert answer.status == "answered"
    assert "a deficit of NOK 40 million in 2024" in answer.answer
    assert "against a surplus of NOK 9.8 million in 2023" in answer.answer


def test_an_overview_in_nynorsk_is_said_in_nynorsk(samples: Index) -> None:
    answer = ask(samples, "Korleis gjekk det med økonomien i Hjellefjord i 2024?")
    assert answer.language == "nn"
    assert "eit overskot på 12,2 mill. kr" in answer.answer
    assert "opp frå" in answer.answer


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("Hvordan gikk det med økonomien i Granmo i 2024?", True),
        ("Gi meg en kort oversikt over den økonomiske utviklingen i Granmo", True),
        ("Hva skriver Granmo om økonomisk sosialhjelp?", False),
        ("Hvordan gikk det med økonomien i barnehagene i Granmo?", False),
        ("Hva skriver Granmo om investeringsregnskapet?", False),
    ],
)
def test_only_the_whole_economy_gets_an_overview(
    samples: Index, question: str, whole: bool
) -> None:
    assert asks_about_economy(understand(question, samples.documents)) == whole


def test_a_later_report_gives_the_figures_of_the_year_before_and_explains_nothing(
    samples: Index,
) -> None:
    answer = ask(samples, "Hvordan gikk det med økonomien i Skarvøy i 2022?")
    assert answer.answer.startswith("Netto driftsresultat i Skarvøy var et overskudd på")
    assert "i 2022 [1]" in answer.answer
    assert "Rapporten skriver" not in answer.answer


def test_a_year_that_no_table_holds_gives_no_figures(samples: Index) -> None:
    assert key_figures(samples, "granmo-2024", 1999, "nb") == []


def test_a_chapter_is_summed_up_in_its_own_sentences_in_its_order(samples: Index) -> None:
    answer = ask(samples, "Hva skriver Skarvøy om barnehage i 2024?")
    assert answer.status == "answered"
    assert answer.answer.startswith(
        "Skarvøy kommune – Årsrapport 2024 skriver i kapitlet «Barnehage» (side 14–15): "
    )
    assert "merforbruk på 4,3 millioner kroner" in answer.answer
    pages = [citation.page or 0 for citation in answer.citations]
    assert pages == sorted(pages)
    for citation in answer.citations:
        assert "Barnehage" in citation.heading
        page = load_page(samples.store, citation.doc, citation.page or 1)
        assert page
        assert citation.quote in page.text


def test_a_summary_in_nynorsk_is_introduced_in_nynorsk(samples: Index) -> None:
    answer = ask(samples, "Kva skriv Hjellefjord om barnevern i 2024?")
    assert "skriv i kapittelet «Barnevern og familie» (side 13–14):" in answer.answer
    assert untraced_numbers(answer) == []


def test_a_summary_leaves_out_lists_and_what_leans_on_the_sentence_before(samples: Index) -> None:
    answer = ask(samples, "Oppsummer kapitlet om helse i Skarvøy i 2024")
    said = answer.answer.partition(": ")[2]
    sentences = [part.strip() for part in re.split(r"\[\d+\]|(?<=\.) (?=[A-ZÆØÅ])", said)]
    assert len([one for one in sentences if one]) in (3, 4, 5)
    assert not any(re.match(r"(?:Dette|Det|De|•)\b", one) for one in sentences)


def test_a_yes_no_form_still_asks_for_a_summary(samples: Index) -> None:
    answer = ask(samples, "Kan du oppsummere kapitlet om skole i Granmo i 2024?")
    assert "«Skole»" in answer.answer
    assert not answer.answer.startswith(("Ja", "Nei"))


def test_without_a_fitting_chapter_the_best_sentences_answer(samples: Index) -> None:
    answer = ask(samples, "Hva skriver Skarvøy om klima?")
    assert answer.status == "answered"
    assert "kapitlet" not in answer.answer
    assert "Klimaregnskapet" in answer.answer


def test_what_no_chapter_and_no_sentence_speaks_of_is_refused(samples: Index) -> None:
    assert ask(samples, "Kva skriv Hjellefjord om romfart?").status == "not_found"
