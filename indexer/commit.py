"""An index folder: generations inside, and a pointer that is swapped last.

    INDEX/CURRENT       the name of the generation that readers open
    INDEX/g7/           records.sqlite, words/, rows/, passages.faiss, rows.faiss, manifest.json

A generation is never changed once its name stands in CURRENT, so a crash at any moment leaves the
previous one answering, and readers never see half a write. A new generation starts as a copy of
the last: files that are themselves never rewritten are hard-linked.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from figures.errors import IndexMismatch, IndexMissing, UsageError

FORMAT = 3  # raise it when files change shape; older folders are then rebuilt, never migrated
KEEP = 2  # generations kept: readers of the last one may still be at work

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """A folder that is being written, and the finished one it continues, if there is one."""

    folder: Path
    number: int
    fresh: bool  # nothing was carried over


def current_generation(index: Path) -> Path:
    """The folder that readers open; its manifest is checked against this program."""
    pointer = index / "CURRENT"
    if not pointer.is_file():
        raise IndexMissing(
            f"{index}: no finished index here; run `kommunesvar index REPORTS --index {index}`"
        )
    folder = index / pointer.read_text(encoding="utf-8").strip()
    found = read_manifest(folder).get("format")
    if found != FORMAT:
        raise IndexMismatch(
            f"{index}: made in format {found}, but this program reads format {FORMAT}; "
            f"remove the folder and run `kommunesvar index REPORTS --index {index}`"
        )
    return folder


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a generation says of itself: format, models, counts, checksums."""
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexMismatch(
            f"{path}: cannot be read ({error}); remove {folder.parent} and index the reports again"
        ) from None
    return manifest


@contextmanager
def next_generation(
    index: Path, *, models: dict[str, str], fresh: bool = False, wait: bool = False
) -> Iterator[Generation]:
    """Write a generation; it counts only if the block ends without an exception."""
    index.mkdir(parents=True, exist_ok=True)
    with _only_writer(index, wait=wait):
        last = None if fresh else _usable(index, models)
        number = 1 + max((int(p.name[1:]) for p in index.glob("g[0-9]*")), default=0)
        folder = index / f"g{number}"
        if last:
            shutil.copytree(last, folder, copy_function=_link_or_copy)
            (folder / MANIFEST).unlink()
        else:
            folder.mkdir()
        try:
            yield Generation(folder=folder, number=number, fresh=last is None)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _finish(index, folder, models)


def _usable(index: Path, models: dict[str, str]) -> Path | None:
    """The generation to continue; none when there is none, or other models made it."""
    if not (index / "CURRENT").is_file():
        if any(p.name != "LOCK" for p in index.iterdir() if not p.name.startswith("g")):
            raise UsageError(f"{index}: holds other files; choose an empty folder for the index")
        return None
    try:
        last = current_generation(index)
    except IndexMismatch:
        return None
    return last if read_manifest(last)["models"] == models else None


def _finish(index: Path, folder: Path, models: dict[str, str]) -> None:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    manifest = {
        "format": FORMAT,
        "generation": int(folder.name[1:]),
        "models": models,
        "files": {str(p.relative_to(folder)): _checksum(p) for p in files},
    }
    _write_synced(folder / MANIFEST, json.dumps(manifest, indent=1))
    _write_synced(index / "CURRENT.new", folder.name)
    os.replace(index / "CURRENT.new", index / "CURRENT")
    old = sorted(index.glob("g[0-9]*"), key=lambda p: int(p.name[1:]))[:-KEEP]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)


def verify(folder: Path) -> None:
    """Recompute every checksum; raise at the first file that is not as it was written."""
    for name, checksum in read_manifest(folder)["files"].items():
        path = folder / name
        if not path.is_file() or _checksum(path) != checksum:
            raise IndexMismatch(
                f"{path}: damaged or missing; remove {folder.parent} and index the reports again"
            )


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def _link_or_copy(source: str, target: str) -> str:
    """Segments of the word index are immutable; all else is rewritten in place, so copied."""
    if Path(source).parent.name in ("words", "rows") and not source.endswith(".json"):
        os.link(source, target)
        return target
    return str(shutil.copy2(source, target))


@contextmanager
def _only_writer(index: Path, *, wait: bool) -> Iterator[None]:
    with (index / "LOCK").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise UsageError(
                f"{index}: another process is writing this index; wait for it"
            ) from None
        yield
