"""The calculations as tools over an index: figures are looked up, and then known by their ids.

For a language model's tool calls, and for programs. A figure's id is its table's id with the row
and the column it stands in, both counted from 0: "granmo-2024/t4/2/0".
"""

import json
from collections.abc import Iterator
from typing import Any

from answer.calculate.operands import to_operand
from figures.calculate import Operand
from figures.errors import UsageError
from figures.tools import run_tool, tool_schemas
from indexer.index import Index
from indexer.store import load_table
from retriever.cells import FoundCell
from retriever.fit import year_of

Json = dict[str, Any]

LOOK_UP = "look_up"
_LOOK_UP: Json = {
    "type": "function",
    "function": {
        "name": LOOK_UP,
        "description": "Figures from the reports' tables that fit some words, each with its id.",
        "parameters": {
            "type": "object",
            "properties": {
                "query": {"type": "string", "description": "What the figure is of, in Norwegian"},
                "kommune": {"type": "string", "description": "Only this municipality's reports"},
                "year": {"type": "integer", "description": "Only figures for this year"},
            },
            "required": ["query"],
            "additionalProperties": False,
        },
    },
}


def schemas() -> list[Json]:
    """Every tool as a function schema, in the shape that chat models are given."""
    return [_LOOK_UP, *tool_schemas()]


def read_arguments(name: str, text: str) -> Json:
    """A tool call's arguments, which models and shells give as JSON text."""
    try:
        arguments = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{name}: the arguments are not JSON ({error})") from None
    if not isinstance(arguments, dict):
        raise UsageError(f'{name}: the arguments must be an object, {{"figure": "…"}}')
    return arguments


def look_up_arguments(arguments: Json) -> Json:
    """The arguments of `look_up`, checked against its schema."""
    kinds = {"query": str, "kommune": str, "year": int}
    wrong = [
        name
        for name, given in arguments.items()
        if name not in kinds or not isinstance(given, kinds[name])
    ]
    if wrong or "query" not in arguments:
        raise UsageError(f"{LOOK_UP} takes query, and kommune and year where wanted")
    return arguments


def calculate(index: Index, name: str, arguments: Json) -> Json:
    """Run one calculation on figures of the index, named by their ids."""
    operands = {
        id_: operand for id_ in _strings(arguments) if (operand := _operand(index, id_)) is not None
    }
    result = run_tool(name, arguments, operands)
    return {
        "operation": result.operation,
        "value": float(result.value),
        "unit": result.unit,
        "text": result.text,
        "expression": result.expression,
        "steps": list(result.steps),
        "figures": [_operand_to_json(id_, operand) for id_, operand in operands.items()],
    }


def figure_id(found: FoundCell) -> str:
    """What a figure is known by."""
    return f"{found.table.id}/{found.table.rows.index(found.row)}/{found.position}"


def _operand(index: Index, id_: str) -> Operand | None:
    table_id, _, place = id_.rpartition("/")
    table_id, _, row_place = table_id.rpartition("/")
    if not (place.isdecimal() and row_place.isdecimal()):
        return None
    table = load_table(index.store, table_id)
    if table is None or int(row_place) >= len(table.rows):
        return None
    row, position = table.rows[int(row_place)], int(place)
    if position >= min(len(row.cells), len(table.columns)):
        return None
    cell = row.cells[position]
    if cell is None or cell.base_value is None:
        return None
    report_year = index.document(table.doc)["year"]
    year, _ = year_of(table.columns[position], row, table, report_year)
    return to_operand(
        index,
        FoundCell(
            table=table, row=row, position=position, year=year, score=0.0, covered=0.0, features={}
        ),
    )


def _strings(arguments: Json) -> Iterator[str]:
    for given in arguments.values():
        for one in given if isinstance(given, list) else [given]:
            if isinstance(one, str):
                yield one


def _operand_to_json(id_: str, operand: Operand) -> Json:
    return {
        "id": id_,
        "label": operand.label,
        "place": operand.place,
        "year": operand.year,
        "measure": operand.measure,
        "value": float(operand.value),
        "unit": operand.unit,
        "doc": operand.source,
    }
