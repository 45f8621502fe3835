"""Calculations as a language model may ask for them."""

from decimal import Decimal

import pytest

from figures.calculate import Operand
from figures.errors import Incomparable, UsageError
from figures.tools import run_tool, tool_schemas

FIGURES = {
    "a": Operand(value=Decimal(90), unit="antall", label="Barn", year=2023),
    "b": Operand(value=Decimal(99), unit="antall", label="Barn", year=2024),
    "c": Operand(value=Decimal(7), unit="prosent", label="Fravær", year=2024),
}


def test_every_tool_says_what_it_takes() -> None:
    for tool in tool_schemas():
        parameters = tool["function"]["parameters"]
        assert parameters["required"] == list(parameters["properties"])


def test_a_tool_runs_on_figures_known_by_id() -> None:
    assert run_tool("growth", {"earlier": "a", "later": "b"}, FIGURES).text == "10 prosent"
    assert run_tool("sum", {"figures": ["a", "b"]}, FIGURES).value == 189
    counted = run_tool("count", {"figures": ["a", "b"], "condition": "over", "limit": 95}, FIGURES)
    assert counted.value == 1


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("eval", {"expression": "1+1"}),
        ("sum", {"figures": ["a", "x"]}),
        ("sum", {"figures": []}),
        ("sum", {"figures": ["a"], "more": 1}),
        ("growth", {"earlier": "a"}),
        ("growth", {"earlier": 90, "later": "b"}),
        ("rank", {"figures": ["a"], "top": 0}),
        ("count", {"figures": ["a"], "condition": "nær", "limit": 1}),
        ("count", {"figures": ["a"], "condition": "over", "limit": "mye"}),
    ],
)
def test_what_does_not_fit_the_schema_is_refused(name: str, arguments: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        run_tool(name, arguments, FIGURES)


def test_what_must_not_be_mixed_is_refused_here_too() -> None:
    with pytest.raises(Incomparable):
        run_tool("difference", {"figure": "b", "minus": "c"}, FIGURES)
