"""Single figures: the year, the sex, the time and the unit that are meant."""

from decimal import Decimal

import pytest

from answer.answer import answer_question
from indexer.index import Index
from kommunesvar.__main__ import main
from retriever.questions import read_question

REPORT = """# Holmfjord kommune – Årsrapport 2024

## 1 Skole

Jentene gikk ut med 44,6 grunnskolepoeng og guttene med 39,8.

| Skole | 2023 | 2024 |
|---|---|---|
| Grunnskolepoeng | 41,3 | 42,1 |

## 2 Fond

| Fond (1000 kr) | 1.1.2024 | 31.12.2024 |
|---|---|---|
| Havbruksfond | 18 632 | 28 432 |
| Næringsfond | 2 400 | 2 100 |

## 3 Veien videre

Budsjettet for 2025 er stramt. Eiendomsskatten heves fra 3,2 til 3,6 promille for boliger.

## 4 Sykefravær

Sykefraværet koster kommunen 71 millioner kroner i året.

| Sykefravær i prosent | 2022 | 2023 | 2024 |
|---|---|---|---|
| Barnehage | 12,2 | 11,4 | 12,1 |
| Skole | 8,1 | 7,9 | 8,4 |
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("read")
    (folder / "holmfjord-2024.md").write_text(REPORT, encoding="utf-8")
    assert main(["index", str(folder), "--index", str(folder / "index")]) == 0
    return Index(folder / "index", embedder="bundled")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hvor mange grunnskolepoeng fikk guttene i Holmfjord i 2024?", Decimal("39.8")),
        ("Hva var saldoen i havbruksfondet i Holmfjord ved utgangen av 2024?", 28_432_000),
        ("Hva var saldoen i havbruksfondet i Holmfjord ved inngangen til 2024?", 18_632_000),
        ("Hvor høy eiendomsskatt i promille får boliger i Holmfjord i 2025?", Decimal("3.6")),
        ("Hva koster sykefraværet i Holmfjord i året?", 71_000_000),
        ("Hva var sykefraværet i barnehage i Holmfjord to år før 2024?", Decimal("12.2")),
        ("Hva var sykefraværet i barnehage i Holmfjord?", Decimal("12.1")),
    ],
)
def test_the_figure_for_what_is_meant_is_told_from_those_beside_it(
    report: Index, question: str, expected: Decimal | int
) -> None:
    answer = answer_question(question, report)
    assert answer.figure, answer.answer
    assert answer.figure.base_value == expected


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Hvis renta går opp ett prosentpoeng, hva koster det?", "kr"),
        ("Hvor stor andel av det sykefraværet koster dekker staten?", "prosent"),
    ],
)
def test_the_unit_is_of_what_is_asked_not_of_what_is_supposed(question: str, unit: str) -> None:
    assert read_question(question).unit == unit


def test_a_comparison_is_no_sum() -> None:
    asked = read_question("Hvor stor gjeld har kostragruppe 8 til sammenligning, i prosent?")
    assert asked.operation == "value"


def test_what_money_was_used_for_is_no_amount() -> None:
    assert read_question("Hva ble pengene fra fondet brukt til i 2024?").operation == "which"
