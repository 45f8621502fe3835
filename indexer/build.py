"""Reports in, index out: the stages in order. Read this file first.

A report becomes a shard (document, tables, passages) in a child process: a pure function of the
file. Shards are written to the next generation of the index, which counts only once it is whole.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures.errors import IndexMismatch, ReadError, UsageError
from indexer.children import run_in_children
from indexer.commit import Generation, next_generation
from indexer.conflicts import SCHEMA as CONFLICTS
from indexer.conflicts import add_conflicts, add_restated, remove_conflicts
from indexer.embed import Embedder, passage_pieces
from indexer.read.files import READERS
from indexer.records import Passage
from indexer.shards import Shard, checksum, report_to_shard
from indexer.store import (
    add_document,
    create_store,
    load_documents,
    open_for_writing,
    remove_document,
)
from indexer.tables import row_in_words
from indexer.vectors import VectorsWriter
from indexer.words import WordsWriter

Progress = Callable[[str, int, int], None]  # a report's name, how many are done, of how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One file that could not be read, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did."""

    added: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    failures: tuple[Failure, ...]
    warnings: tuple[str, ...]  # "trondheim-2024: side 3 har ikke tekst"


def build_index(
    reports: Sequence[Path],
    index: Path,
    *,
    embedder: Embedder,
    workers: int = 2,
    progress: Progress = lambda *_: None,
    drop: Collection[str] | None = None,
    wait: bool = False,
) -> Built:
    """Bring the index in line with the reports: new and changed ones in, vanished ones out.

    `drop` names the documents to take out instead: all others then stay, whether or not they are
    among the reports. `wait` waits for another writer of the same index, which is else an error.
    """
    files = find_reports(reports)
    models = {"embedder": embedder.name}
    with next_generation(index, models=models, wait=wait) as generation:
        if drop is not None and generation.fresh and (index / "CURRENT").is_file():
            raise IndexMismatch(
                f"{index}: made by another version or with another embedder than "
                f"{embedder.name!r}; index all the reports again first"
            )
        writer = Writer(generation, embedder)
        known = writer.known()
        wanted = {path.stem: (path, checksum(path)) for path in files}
        gone = known.keys() - wanted.keys()
        removed = sorted(gone if drop is None else gone & set(drop))
        changed = {doc: found for doc, found in wanted.items() if known.get(doc) != found[1]}
        for doc in [*removed, *(changed.keys() & known.keys())]:
            writer.remove(doc)
        failures, warnings, added = [], [], []
        paths = [path for path, _ in changed.values()]
        for done, (path, shard) in enumerate(run_in_children(report_to_shard, paths, workers)):
            progress(path.name, done + 1, len(paths))
            if isinstance(shard, ReadError):
                failures.append(Failure(path=path, reason=str(shard)))
                continue
            writer.add(shard, file=path.resolve())
            added.append(shard.document.id)
            warnings += [f"{shard.document.id}: {warning}" for warning in shard.document.warnings]
        if failures and len(failures) == len(files):
            raise ReadError(failures[0].reason)
        writer.commit()
    return Built(
        added=tuple(added),
        unchanged=tuple(sorted(wanted.keys() - changed.keys())),
        removed=tuple(removed),
        failures=tuple(failures),
        warnings=tuple(warnings),
    )


def find_reports(paths: Iterable[Path]) -> list[Path]:
    """The files to read: those named, and those in the folders named."""
    found: dict[str, Path] = {}
    for path in _expand(paths):
        other = found.get(path.stem)
        if other:
            raise UsageError(
                f"{path}: the name {path.stem!r} is taken by {other}; a document's id is its "
                "file's name without the ending, so rename one or index one kind at a time"
            )
        found[path.stem] = path
    return list(found.values())


def _expand(paths: Iterable[Path]) -> Iterator[Path]:
    kinds = ", ".join(sorted(READERS))
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in READERS)
            if not inside:
                raise UsageError(f"{path}: no reports in this folder; put {kinds} files there")
            yield from inside
        elif not path.exists():
            raise UsageError(f"{path}: no such file or folder; name the reports to index")
        elif path.suffix.lower() not in READERS:
            raise UsageError(f"{path}: cannot read this kind of file; use one of {kinds}")
        else:
            yield path


def pieces_of(passage: Passage) -> list[str]:
    """What of a passage is embedded."""
    return passage_pieces(passage.heading, title_of(passage), passage.text)


def title_of(passage: Passage) -> str:
    """A table's title and what stands around it; empty for prose."""
    return f"{passage.title} {passage.context}".strip()


class Writer:
    """The files of one generation, written together so that their numbers agree."""

    def __init__(self, generation: Generation, embedder: Embedder) -> None:
        folder = generation.folder
        store = folder / "records.sqlite"
        self._store = (
            create_store(store, CONFLICTS) if generation.fresh else open_for_writing(store)
        )
        self._words = {name: WordsWriter(folder / name) for name in ("words", "rows")}
        self._vectors = {
            name: VectorsWriter(folder / f"{name}.faiss", dim=embedder.dim)
            for name in ("passages", "rows")
        }
        self._embedder = embedder
        self._added: set[str] = set()

    def known(self) -> dict[str, str]:
        """The reports already there, with their checksums."""
        return {found["id"]: found["sha256"] for found in load_documents(self._store)}

    def add(self, shard: Shard, *, file: Path) -> None:
        """Write one report that is not there yet."""
        numbers, row_numbers = add_document(
            self._store, shard.document, shard.tables, shard.passages, file=str(file)
        )
        doc = shard.document.id
        self._added.add(doc)
        add_conflicts(self._store, shard.conflicts)
        pieces: list[tuple[int, str]] = []
        for number, passage in zip(numbers, shard.passages, strict=True):
            self._words["words"].add(
                number,
                doc=doc,
                heading=passage.heading,
                title=title_of(passage),
                text=passage.text,
            )
            pieces += [(number, piece) for piece in pieces_of(passage)]
        self._vectors["passages"].add(
            np.array([number for number, _ in pieces]),
            self._embedder.embed_passages([piece for _, piece in pieces]),
        )
        rows = [(table, row) for table in shard.tables for row in table.rows]
        in_words = [row_in_words(table, row) for table, row in rows]
        for number, (table, row), text in zip(row_numbers, rows, in_words, strict=True):
            self._words["rows"].add(
                number,
                doc=doc,
                heading=f"{table.heading} {table.context}",
                title=table.title,
                text=f"{text} {row.line}",
            )
        self._vectors["rows"].add(np.array(row_numbers), self._embedder.embed_passages(in_words))

    def remove(self, doc: str) -> None:
        """Take one report out."""
        passages, rows = remove_document(self._store, doc)
        remove_conflicts(self._store, doc)
        for words in self._words.values():
            words.remove(doc)
        self._vectors["passages"].remove(np.array(passages))
        self._vectors["rows"].remove(np.array(rows))

    def commit(self) -> None:
        """Hold the new reports against the others, and finish all files."""
        add_restated(self._store, self._added)
        self._store.commit()
        self._store.close()
        for words in self._words.values():
            words.commit()
        for vectors in self._vectors.values():
            vectors.save()
