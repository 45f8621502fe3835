"""Accounting lines under one name."""

import pytest

from figures.lines import canonical_line, line_kind, lines_said


@pytest.mark.parametrize(
    ("label", "line"),
    [
        ("Rammetilskot", "rammetilskudd"),
        ("14. Sum driftsinntekter *)", "sum driftsinntekter"),
        ("Skatt på inntekt og formue", "inntekts- og formuesskatt"),
        ("NETTO DRIFTSRESULTAT", "netto driftsresultat"),
        ("Netto driftsresultat i %", "netto driftsresultat i prosent av driftsinntektene"),
        ("13. Bruk av lån", "bruk av lån"),
        ("Sum eigedelar", "sum eiendeler"),
        ("Skolefritidsordning", ""),
        ("Netto driftsutgifter til museer, per innbygger", ""),
    ],
)
def test_a_label_is_known_in_both_written_languages(label: str, line: str) -> None:
    assert canonical_line(label) == line


def test_everyday_words_name_lines() -> None:
    assert lines_said("Hvor mye gikk kommunen i overskudd?") == ("netto driftsresultat",)
    assert lines_said("Kor stor var gjelda?") == ("langsiktig gjeld",)
    assert lines_said("Hvor mange kattunger?") == ()


def test_incomes_and_expenses_are_told_apart() -> None:
    kinds = {label: line_kind(label) for label in ("Billettinntekter", "Kjøp av strøm", "Skole")}
    assert list(kinds.values()) == ["income", "expense", ""]
