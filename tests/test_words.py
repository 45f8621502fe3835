"""The word index finds passages, keeps to its scope and swallows any query."""

import shutil
from pathlib import Path

import pytest

from indexer.words import Words, WordsWriter


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    writer = WordsWriter(tmp_path / "words")
    writer.add(1, doc="a-2023", heading="Ansatte", title="", text="Sykefraværet var 9,1 prosent.")
    writer.add(2, doc="b-2023", heading="Ansatte", title="", text="Sykefraværet var 8,4 prosent.")
    writer.add(3, doc="b-2023", heading="Skole", title="Elever", text="Tallet på elever gikk ned.")
    writer.commit()
    return tmp_path / "words"


def test_nynorsk_finds_bokmal(folder: Path) -> None:
    found = Words(folder).search("sjukefråvær", k=5)
    assert {number for number, _ in found} == {1, 2}


def test_the_scope_is_hard(folder: Path) -> None:
    assert [n for n, _ in Words(folder).search("sykefravær", k=5, docs=["b-2023"])] == [2]
    assert Words(folder).search("sykefravær", k=5, docs=[]) == []
    assert Words(folder).search("sykefravær", k=5, docs=["c-2023"]) == []


def test_heavier_keys_count_more(folder: Path) -> None:
    found = Words(folder).search([("elev", 5.0), ("prosent", 0.1)], k=5)
    assert found[0][0] == 3


def test_headings_are_searched_too(folder: Path) -> None:
    assert Words(folder).search("skole", k=5)[0][0] == 3


def test_the_numbers_of_documents_are_known_for_other_filters(folder: Path) -> None:
    assert Words(folder).numbers(["b-2023"]).tolist() == [2, 3]
    assert Words(folder).numbers([]).tolist() == []


def test_a_copy_changes_without_its_original(folder: Path, tmp_path: Path) -> None:
    before = Words(folder)
    shutil.copytree(folder, tmp_path / "next", copy_function=lambda a, b: Path(b).hardlink_to(a))
    writer = WordsWriter(tmp_path / "next")
    writer.remove("a-2023")
    writer.add(4, doc="c-2023", heading="", title="", text="Sykefravær")
    writer.commit()
    assert {n for n, _ in Words(tmp_path / "next").search("sykefravær", k=5)} == {2, 4}
    assert {n for n, _ in before.search("sykefravær", k=5)} == {1, 2}
    assert {n for n, _ in Words(folder).search("sykefravær", k=5)} == {1, 2}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "😀",
        'text:* AND ("',
        "a OR b NOT [c TO d]",
        "'; DROP TABLE x",
        "\\",
        "x" * 10_000,
    ],
)
def test_no_query_is_syntax(folder: Path, query: str) -> None:
    assert isinstance(Words(folder).search(query, k=5), list)
