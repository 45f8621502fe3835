"""What is made of the word lists is kept, and made again when they change."""

import json
from pathlib import Path

from indexer.kept import kept


def test_it_is_made_once_and_again_when_a_source_changes(tmp_path: Path) -> None:
    source = tmp_path / "words.txt"
    source.write_text("a b", encoding="utf-8")
    made: list[list[str]] = []

    def make() -> list[str]:
        made.append(source.read_text(encoding="utf-8").split())
        return made[-1]

    assert kept([source], make) == kept([source], make) == ["a", "b"]
    assert len(made) == 1
    source.write_text("a b c", encoding="utf-8")
    assert kept([source], make) == ["a", "b", "c"]
    assert kept([source], make, version="2") == ["a", "b", "c"]
    assert len(made) == 3
    assert len(list((tmp_path / "__pycache__").iterdir())) == 1, "older ones are gone"


def test_a_broken_one_is_made_again(tmp_path: Path) -> None:
    source = tmp_path / "words.txt"
    source.write_text("a", encoding="utf-8")
    kept([source], lambda: 1)
    (file,) = (tmp_path / "__pycache__").iterdir()
    file.write_text("[", encoding="utf-8")
    assert kept([source], lambda: 2) == 2
    assert json.loads(file.read_text(encoding="utf-8")) == 2


def test_where_nothing_can_be_written_it_is_made_each_time(tmp_path: Path) -> None:
    source = tmp_path / "words.txt"
    source.write_text("a", encoding="utf-8")
    (tmp_path / "__pycache__").write_text("in the way", encoding="utf-8")
    assert [kept([source], lambda: 1), kept([source], lambda: 2)] == [1, 2]
