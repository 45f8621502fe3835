"""A crowd of made reports holds as much as was asked for, and can be measured."""

from pathlib import Path

from eval.crowd import crowd
from eval.million import measure_million


def test_a_crowd_holds_what_was_asked_for() -> None:
    shards = list(crowd(None, passages=900, cells=600))
    cells = [cell for s in shards for t in s.tables for row in t.rows for cell in row.cells if cell]
    assert sum(len(shard.passages) for shard in shards) == 900
    assert 600 <= len(cells) < 700
    assert len({shard.document.id for shard in shards}) == len(shards) == 3
    assert all(
        shard.document.municipality in shard.document.title and table.doc == shard.document.id
        for shard in shards
        for table in shard.tables
    )


def test_a_small_million_is_measured(tmp_path: Path) -> None:
    figures = measure_million(600, 600, keep=tmp_path / "index")
    assert figures["passages"] == 600
    assert figures["recall_at_10"] > 0.95
    assert figures["search_scoped_p95_ms"] > 0
    assert "build_s" not in measure_million(600, 600, keep=tmp_path / "index")
