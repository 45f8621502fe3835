"""The calculations as tools for a language model: a JSON schema for each, and one door to run them.

A model names a tool and the ids of figures it was shown; it never writes a number of its own (but
for a limit or a count it read in the question) and never an expression.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from figures import calculate
from figures.calculate import Operand, Result
from figures.errors import UsageError
from figures.wording import Language

_FIGURE = {"type": "string", "description": "The id of a figure that was looked up"}
_FIGURES = {"type": "array", "items": _FIGURE, "minItems": 1}
_CONDITION = {"type": "string", "enum": ["over", "under", "at_least", "at_most"]}

# name → what it does, and its parameters in order
_TOOLS: dict[str, tuple[str, dict[str, dict[str, Any]]]] = {
    "value": ("One figure as it stands.", {"figure": _FIGURE}),
    "difference": (
        "How much more one figure is than another of the same unit.",
        {"figure": _FIGURE, "minus": _FIGURE},
    ),
    "growth": (
        "The change in percent of the same figure from an earlier year to a later.",
        {"earlier": _FIGURE, "later": _FIGURE},
    ),
    "share": ("How many percent a part is of a whole.", {"part": _FIGURE, "whole": _FIGURE}),
    "ratio": (
        "An amount for each of something counted, such as kroner per inhabitant.",
        {
            "amount": _FIGURE,
            "count": _FIGURE,
            "per": {"type": "string", "description": "One of what is counted: innbygger, elev"},
        },
    ),
    "sum": ("The sum of figures of the same unit.", {"figures": _FIGURES}),
    "mean": ("The mean of figures of the same unit.", {"figures": _FIGURES}),
    "largest": ("The largest of the figures.", {"figures": _FIGURES}),
    "smallest": ("The smallest of the figures.", {"figures": _FIGURES}),
    "rank": (
        "The largest figures in order.",
        {"figures": _FIGURES, "top": {"type": "integer", "minimum": 1}},
    ),
    "count": (
        "How many of the figures satisfy a condition.",
        {"figures": _FIGURES, "condition": _CONDITION, "limit": {"type": "number"}},
    ),
    "series": ("The same figure year by year.", {"figures": _FIGURES}),
}


def tool_schemas() -> list[dict[str, Any]]:
    """Every tool as a function schema, in the shape that chat models are given.

    >>> [tool["function"]["name"] for tool in tool_schemas()][:3]
    ['value', 'difference', 'growth']
    """
    return [
        {
            "type": "function",
            "function": {
                "name": name,
                "description": description,
                "parameters": {
                    "type": "object",
                    "properties": parameters,
                    "required": list(parameters),
                    "additionalProperties": False,
                },
            },
        }
        for name, (description, parameters) in _TOOLS.items()
    ]


def run_tool(
    name: str, arguments: Mapping[str, Any], figures: Mapping[str, Operand], lang: Language = "nb"
) -> Result:
    """Run one tool on figures known by id; anything that does not fit its schema is refused."""
    if name not in _TOOLS:
        raise UsageError(f"no tool {name!r}; use one of {', '.join(_TOOLS)}")
    parameters = _TOOLS[name][1]
    if set(arguments) != set(parameters):
        raise UsageError(f"{name} takes {', '.join(parameters)}; got {', '.join(arguments)}")
    values = [_read(key, arguments[key], schema, figures) for key, schema in parameters.items()]
    operations: dict[str, Any] = {
        "value": calculate.value,
        "difference": calculate.difference,
        "growth": calculate.growth,
        "share": calculate.share,
        "ratio": calculate.ratio,
        "sum": calculate.total,
        "mean": calculate.mean,
        "largest": calculate.largest,
        "smallest": calculate.smallest,
        "rank": calculate.rank,
        "count": calculate.count,
        "series": calculate.series,
    }
    result: Result = operations[name](*values, lang)
    return result


def _read(
    key: str, given: Any, schema: Mapping[str, Any], figures: Mapping[str, Operand]
) -> Operand | Sequence[Operand] | Decimal | int | str:
    """One argument, checked against its schema."""
    if schema is _FIGURE:
        return _figure(given, figures)
    if schema is _FIGURES:
        if not isinstance(given, list) or not given:
            raise UsageError(f"{key} must be a list of figures")
        return [_figure(one, figures) for one in given]
    if schema["type"] == "integer":
        if not isinstance(given, int) or isinstance(given, bool) or given < 1:
            raise UsageError(f"{key} must be a whole number above 0, not {given!r}")
        return given
    if schema["type"] == "number":
        try:
            return Decimal(str(given))
        except InvalidOperation:
            raise UsageError(f"{key} must be a number, not {given!r}") from None
    if not isinstance(given, str) or given not in schema.get("enum", [given]):
        raise UsageError(f"{key} cannot be {given!r}")
    return given


def _figure(given: Any, figures: Mapping[str, Operand]) -> Operand:
    if not isinstance(given, str) or given not in figures:
        raise UsageError(f"no figure {given!r}; look it up first")
    return figures[given]
