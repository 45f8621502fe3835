"""The vector index finds the nearest, keeps its numbers and never spoils a shared file."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.vectors import EXACT_LIMIT, Vectors, VectorsWriter


def unit_rows(count: int, dim: int = 16) -> NDArray[np.float32]:
    rows = np.random.default_rng(7).standard_normal((count, dim)).astype(np.float32)
    result: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return result


def written(path: Path, rows: NDArray[np.float32], *, exact_limit: int = EXACT_LIMIT) -> Vectors:
    writer = VectorsWriter(path, dim=rows.shape[1], exact_limit=exact_limit)
    writer.add(np.arange(len(rows)) + 100, rows)
    writer.save()
    return Vectors(path)


def test_the_nearest_comes_first_with_its_cosine(tmp_path: Path) -> None:
    rows = unit_rows(50)
    (number, score), *_ = written(tmp_path / "v.faiss", rows).search(rows[3], 5)
    assert number == 103
    assert score == pytest.approx(1.0, abs=1e-5)


def test_only_allowed_numbers_are_found(tmp_path: Path) -> None:
    rows = unit_rows(50)
    index = written(tmp_path / "v.faiss", rows)
    found = index.search(rows[3], 5, np.array([110, 111]))
    assert {number for number, _ in found} == {110, 111}
    assert index.search(rows[3], 5, np.array([], np.int64)) == []


def test_a_passage_with_many_vectors_counts_once(tmp_path: Path) -> None:
    rows = unit_rows(6)
    writer = VectorsWriter(tmp_path / "v.faiss", dim=16)
    writer.add(np.array([1, 1, 1, 2, 2, 3]), rows)
    writer.save()
    found = Vectors(tmp_path / "v.faiss").search(rows[1], 3)
    assert sorted(number for number, _ in found) == [1, 2, 3]
    assert found[0][0] == 1


def test_removed_numbers_are_gone_and_the_earlier_file_is_whole(tmp_path: Path) -> None:
    rows = unit_rows(20)
    before = written(tmp_path / "v.faiss", rows)
    (tmp_path / "next.faiss").hardlink_to(tmp_path / "v.faiss")
    writer = VectorsWriter(tmp_path / "next.faiss", dim=16)
    writer.remove(np.array([103]))
    writer.save()
    assert 103 not in dict(Vectors(tmp_path / "next.faiss").search(rows[3], 20))
    assert before.search(rows[3], 1)[0][0] == 103
    assert Vectors(tmp_path / "v.faiss").search(rows[3], 1)[0][0] == 103


def test_a_large_index_finds_nearly_what_an_exact_one_does(tmp_path: Path) -> None:
    rows = unit_rows(3_000)
    exact = written(tmp_path / "exact.faiss", rows)
    large = written(tmp_path / "large.faiss", rows, exact_limit=1_000)
    shared = [
        len(dict(exact.search(row, 10)).keys() & dict(large.search(row, 10)).keys())
        for row in unit_rows(40)
    ]
    assert sum(shared) >= 0.97 * 10 * len(shared)
    assert dict(large.search(rows[3], 5, np.array([105, 106]))).keys() == {105, 106}


def test_an_index_that_has_grown_is_sorted_anew(tmp_path: Path) -> None:
    rows = unit_rows(3_000)
    written(tmp_path / "v.faiss", rows[:500], exact_limit=400)
    writer = VectorsWriter(tmp_path / "v.faiss", dim=16, exact_limit=400)
    writer.add(np.arange(500, 3_000) + 100, rows[500:])
    writer.save()
    found = Vectors(tmp_path / "v.faiss")
    assert len(found) == 3_000
    assert [found.search(row, 1)[0][0] for row in rows[::300]] == list(range(100, 3_100, 300))


def test_an_empty_index_answers_nothing(tmp_path: Path) -> None:
    assert written(tmp_path / "v.faiss", unit_rows(0)).search(unit_rows(1)[0], 5) == []
