"""Files are read in processes of their own; whatever happens there, the parent goes on."""

import os
import signal
import time
from pathlib import Path

import pytest

from figures.errors import ReadError
from indexer.children import Limits, run_in_children


def size(path: Path) -> int:
    return path.stat().st_size


def behave_as_told(path: Path) -> str:
    """Do what the file says: a reader can fail in each of these ways."""
    told = path.read_text()
    if told == "eat memory":
        return str(len(bytearray(4_000_000_000)))
    if told == "sleep":
        time.sleep(60)
    if told == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if told == "refuse":
        raise ReadError(f"{path.name}: it is encrypted; remove the password")
    if told == "stumble":
        raise ValueError("unexpected")
    return told


def write(folder: Path, *texts: str) -> list[Path]:
    paths = [folder / f"{n}.txt" for n in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    return paths


def test_results_come_in_the_order_of_the_paths(tmp_path: Path) -> None:
    paths = write(tmp_path, "aaa", "b", "cc", "dddd", "e")
    assert [result for _, result in run_in_children(size, paths, 2)] == [3, 1, 2, 4, 1]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("eat memory", "MB"),
        ("crash", "broke the reader"),
        ("refuse", "encrypted"),
        ("stumble", "ValueError: unexpected"),
        ("sleep", "not read within"),
    ],
)
def test_one_bad_file_fails_alone_with_its_reason(tmp_path: Path, told: str, reason: str) -> None:
    paths = write(tmp_path, "good", told, "fine")
    limits = Limits(memory=1_500_000_000, wall=3.0)
    first, bad, last = (r for _, r in run_in_children(behave_as_told, paths, 2, limits))
    assert (first, last) == ("good", "fine")
    assert isinstance(bad, ReadError)
    assert "1.txt" in str(bad)
    assert reason in str(bad)
