"""Extracted tables held against transcribed ones: which number cells have the right row and column.

A transcription is a line of `tables.jsonl`, an extracted table what `kommunesvar tables --json`
writes. A cell is right when a row with the right label shows its number under the right column,
whichever table of the report that row stands in. Pure but for `read_tables`.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from typing import Any

from eval.texts import word_list
from figures.errors import UsageError

Json = dict[str, Any]
Rows = Mapping[str, Sequence[tuple[Json, Json]]]  # label → (table, row)

ALIKE = 0.5  # of a column's name that must agree
SAME_LABEL = 0.8
CANDIDATES = 4  # labels nearly the same that are looked at
_HAIR = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class TableScore:
    """One transcribed table: its size, and how many of its number cells were read right."""

    id: str
    doc: str
    title: str
    rows: int
    columns: int
    pages: int  # 0 where it is not known
    cells: int
    right: int
    missed: tuple[str, ...]  # labels of rows that are not wholly right

    @property
    def whole(self) -> bool:
        """Whether every cell is right."""
        return self.right == self.cells


def read_tables(path: Path) -> list[Json]:
    """Transcribed tables, or a UsageError for the first line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); name a tables.jsonl") from None
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            table = json.loads(line)
            for row in table["rows"]:
                if len(row["values"]) != len(table["columns"]):
                    raise UsageError(
                        f"{path}:{number}: row {row['label']!r} has {len(row['values'])} values "
                        f"for {len(table['columns'])} columns"
                    )
            table["id"], table["doc"], table["title"]
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}:{number}: not a transcribed table ({error!r})") from None
        found.append(table)
    return found


def score_tables(gold: Iterable[Json], extracted: Iterable[Json]) -> list[TableScore]:
    """Each transcribed table held against what was extracted from its report."""
    by_label: dict[str, defaultdict[str, list[tuple[Json, Json]]]] = {}
    for table in extracted:
        rows = by_label.setdefault(table["doc"], defaultdict(list))
        for row in table["rows"]:
            rows[_key(row["label"])].append((table, row))
    return [_score(table, by_label.get(table["doc"], {})) for table in gold]


def tables_to_text(found: Sequence[TableScore]) -> str:
    """The tables that are not whole, and the figures as one JSON object on the last line."""
    lines = [
        f"{table.id}  {table.right} of {table.cells} cells; {', '.join(table.missed)}"
        for table in found
        if not table.whole
    ]
    cells = sum(table.cells for table in found)
    line = {
        "tables": len(found),
        "cells": cells,
        "cells_right": round(sum(table.right for table in found) / max(1, cells), 4),
        "tables_whole": round(sum(table.whole for table in found) / max(1, len(found)), 4),
    }
    return "\n".join([*lines, json.dumps(line)])


def _score(table: Json, rows: Rows) -> TableScore:
    cells = right = 0
    missed = []
    for row in table["rows"]:
        wanted = {
            name: value
            for name, value in zip(table["columns"], row["values"], strict=True)
            if isinstance(value, int | float)
        }
        found = max((_right(wanted, *one) for one in _near(row["label"], rows)), default=0)
        cells, right = cells + len(wanted), right + found
        if found < len(wanted):
            missed.append(row["label"] or "")
    return TableScore(
        id=table["id"],
        doc=table["doc"],
        title=table["title"],
        rows=len(table["rows"]),
        columns=len(table["columns"]),
        pages=len(table.get("pages") or ()),
        cells=cells,
        right=right,
        missed=tuple(missed),
    )


def _near(label: str, rows: Rows) -> list[tuple[Json, Json]]:
    """The extracted rows of this label, else those of labels nearly the same."""
    key = _key(label)
    if key in rows:
        return list(rows[key])
    near = get_close_matches(key, rows, n=CANDIDATES, cutoff=SAME_LABEL)
    return [row for other in near for row in rows[other]]


def _right(wanted: Mapping[str, float], table: Json, row: Json) -> int:
    """How many of the wanted numbers stand in this row, each under its column."""
    values = row["values"]
    return sum(
        any(_same(values[at], value) for at in columns_like(name, table["columns"]))
        for name, value in wanted.items()
    )


def _same(cell: Json | None, value: float) -> bool:
    shown = (cell or {}).get("value")
    return isinstance(shown, int | float) and abs(shown - value) < _HAIR


def columns_like(name: str, columns: Sequence[str]) -> set[int]:
    """The places of the columns whose names fit best; a neighbour with another year does not.

    >>> columns_like("Regnskap 2024", ["Regnskap 2023", "Regnskap 2024", "Budsjett"])
    {1}
    >>> columns_like("Regnskap 2024", ["Avvik"])
    set()
    """
    likeness = [_likeness(column, name) for column in columns]
    best = max(likeness, default=0.0)
    return {at for at, value in enumerate(likeness) if value >= max(ALIKE, best - _HAIR)}


def _likeness(one: str, other: str) -> float:
    first, second = _key(one), _key(other)
    if first == second:
        return 1.0
    left, right = Counter(first.split()), Counter(second.split())
    shared = 2 * (left & right).total() / max(1, left.total() + right.total())
    return max(shared, 0.9 * SequenceMatcher(None, first, second).ratio())


def _key(text: str | None) -> str:
    return " ".join(word_list(text or ""))
