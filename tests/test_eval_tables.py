"""Extracted tables against transcribed ones, worked by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.tables import read_tables, score_tables
from figures.errors import UsageError

Json = dict[str, Any]

GOLD: Json = {
    "id": "by-2024/t1",
    "doc": "by-2024",
    "title": "Tabell 1 Drift",
    "columns": ["Regnskap 2024", "Regnskap 2023"],
    "rows": [
        {"label": "Skatt", "values": [12, 11.5]},
        {"label": "Rammetilskudd", "values": [7, None]},
    ],
    "pages": [3, 4],
}


def extracted(
    columns: list[str], *rows: tuple[str, list[float | None]], doc: str = "by-2024"
) -> Json:
    cells = [
        {"label": label, "values": [None if v is None else {"value": v} for v in values]}
        for label, values in rows
    ]
    return {"doc": doc, "columns": columns, "rows": cells}


def test_a_table_read_as_printed_is_whole() -> None:
    (found,) = score_tables(
        [GOLD], [extracted(GOLD["columns"], ("Skatt", [12, 11.5]), ("RAMMETILSKUDD", [7, None]))]
    )
    assert found.whole
    assert (found.cells, found.rows, found.columns, found.pages) == (3, 2, 2, 2)


def test_a_number_under_the_wrong_year_is_not_right() -> None:
    swapped = ["Regnskap 2023", "Regnskap 2024"]
    (found,) = score_tables(
        [GOLD], [extracted(swapped, ("Skatt", [12, 11.5]), ("Rammetilskudd", [7, None]))]
    )
    assert found.right == 0
    assert found.missed == ("Skatt", "Rammetilskudd")


def test_rows_may_stand_in_several_tables_but_not_in_another_report() -> None:
    parts = [
        extracted(GOLD["columns"], ("Skatt", [12, 11.5])),
        extracted(GOLD["columns"], ("Rammetilskudd", [7, None]), doc="by-2023"),
    ]
    (found,) = score_tables([GOLD], parts)
    assert found.right == 2


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "tables.jsonl"
    path.write_text(json.dumps(GOLD) + "\n{}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"tables\.jsonl:2: not a transcribed table"):
        read_tables(path)
    short = GOLD | {"rows": [{"label": "Skatt", "values": [12]}]}
    path.write_text(json.dumps(short), encoding="utf-8")
    with pytest.raises(UsageError, match=r":1: row 'Skatt' has 1 values for 2 columns"):
        read_tables(path)
