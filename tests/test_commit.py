"""Generations: what counts is whole, whatever happened while it was written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from figures.errors import IndexMismatch, IndexMissing, UsageError
from indexer.commit import FORMAT, current_generation, next_generation, read_manifest, verify

MODELS = {"embedder": "test-1"}


def write(index: Path, text: str, **more: dict[str, str]) -> None:
    with next_generation(index, models=more.get("models", MODELS)) as generation:
        (generation.folder / "records.txt").write_text(text)


def write_half(index: Path) -> None:
    with next_generation(index, models=MODELS) as generation:
        (generation.folder / "records.txt").write_text("half")
        raise RuntimeError("the disk is full")


def read(index: Path) -> str:
    return (current_generation(index) / "records.txt").read_text()


def test_a_generation_counts_once_it_is_whole(tmp_path: Path) -> None:
    write(tmp_path, "one")
    with pytest.raises(RuntimeError):
        write_half(tmp_path)
    assert read(tmp_path) == "one"
    write(tmp_path, "two")
    assert read(tmp_path) == "two"


def test_a_new_generation_continues_the_last_and_leaves_it_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, "one")
    first = current_generation(tmp_path)
    with next_generation(tmp_path, models=MODELS) as generation:
        assert not generation.fresh
        assert (generation.folder / "records.txt").read_text() == "one"
        (generation.folder / "records.txt").write_text("two")
    assert (first / "records.txt").read_text() == "one"
    verify(first)


def test_two_generations_are_kept(tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        write(tmp_path, text)
    assert sorted(path.name for path in tmp_path.glob("g*")) == ["g2", "g3"]


def test_other_models_begin_anew(tmp_path: Path) -> None:
    write(tmp_path, "one")
    with next_generation(tmp_path, models={"embedder": "test-2"}) as generation:
        assert generation.fresh


def test_no_index_is_said_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=r"kommunesvar index REPORTS --index"):
        current_generation(tmp_path)


def test_an_index_of_another_format_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    write(tmp_path, "one")
    manifest = current_generation(tmp_path) / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format": {FORMAT}', '"format": 99'))
    with pytest.raises(IndexMismatch, match="format 99"):
        current_generation(tmp_path)


def test_a_folder_with_other_files_is_not_taken_for_an_index(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_text("…")
    with pytest.raises(UsageError, match="holds other files"):
        write(tmp_path, "one")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, "one")
    folder = current_generation(tmp_path)
    assert read_manifest(folder)["files"].keys() == {"records.txt"}
    (folder / "records.txt").write_text("onf")
    with pytest.raises(IndexMismatch, match=r"records\.txt: damaged"):
        verify(folder)


def test_only_one_process_writes(tmp_path: Path) -> None:
    with (
        next_generation(tmp_path, models=MODELS),
        pytest.raises(UsageError, match="another process"),
        next_generation(tmp_path, models=MODELS),
    ):
        pass


WRITER = """
import sys, pathlib
sys.path.insert(0, {root!r})
from indexer.commit import next_generation
index = pathlib.Path(sys.argv[1])
n = 0
print("ready", flush=True)
while True:
    n += 1
    with next_generation(index, models={{"embedder": "test-1"}}) as generation:
        for name in "abc":
            (generation.folder / name).write_text(str(n) * 20000)
"""


def test_killed_at_any_moment_the_last_whole_generation_answers(tmp_path: Path) -> None:
    program = WRITER.format(root=str(Path(__file__).parent.parent))
    for round_ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.02 + 0.013 * round_)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        folder = current_generation(tmp_path)
        verify(folder)
        assert len({(folder / name).read_text() for name in "abc"}) == 1
