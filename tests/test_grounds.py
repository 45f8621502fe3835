"""A question for a reason, a time or a name is refused where the words found give none."""

from collections.abc import Callable

import pytest

from answer.answer import answer_question
from answer.records import Answer
from indexer.index import Index
from kommunesvar.__main__ import main

REPORT = """# Fjordvik kommune – Årsrapport 2024

## 1 Ledelse

Kari Moe sluttet som rådmann i Fjordvik 31. mai etter elleve år. Ola Berg tok over som rådmann
1. august.

## 2 Bygg

Natt til 8. august rev flommen med seg gangbrua ved Lakseelva. Idrettshallen på Kaia ble åpnet
4. mars. Idrettshallen ble dyrere enn planlagt etter funn av asbest i taket.

Paviljongen i Storgata ble vasket og malt. Det nye konserthuset fikk tak av kobber.

Ungdomsrådet var på befaring hos den nye ordføreren.
"""

Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("grounds")
    report = folder / "fjordvik-2024.md"
    report.write_text(REPORT, encoding="utf-8")
    assert main(["index", str(report), "--index", str(folder / "index")]) == 0
    index = Index(folder / "index", embedder="bundled")
    return lambda question: answer_question(question, index)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hvorfor ble idrettshallen i Fjordvik dyrere enn planlagt?", "asbest"),
        ("Når åpnet idrettshallen på Kaia i Fjordvik?", "4. mars"),
        ("Hvem tok over som rådmann i Fjordvik i 2024?", "Ola Berg"),
    ],
)
def test_a_reason_a_time_or_a_name_that_is_given_is_said(
    ask: Ask, question: str, said: str
) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert said in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Hvorfor sluttet Kari Moe som rådmann i Fjordvik?",
        "Kvifor vart paviljongen i Storgata i Fjordvik måla?",
        "Når ble gangbrua ved Lakseelva i Fjordvik åpnet?",
        "Når fikk konserthuset i Fjordvik tak av kobber?",
        "Hvem er den nye ordføreren i Fjordvik?",
        "Which architects designed the new concert hall in Fjordvik?",
    ],
)
def test_words_about_the_same_thing_without_it_are_no_answer(ask: Ask, question: str) -> None:
    assert ask(question).status == "not_found"
