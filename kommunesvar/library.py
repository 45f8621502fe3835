"""Reports in and out of the index while the server answers from it: a build in its own process.

The process has low priority and works on one report at a time, so that answering goes first.
"""

import multiprocessing
import os
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from figures.errors import KommunesvarError, ReadError
from indexer.build import Progress
from indexer.commit import current_generation
from indexer.store import load_documents, open_for_reading
from kommunesvar.settings import Settings

_NICE = 10  # how far a build steps back for answers


class IndexLibrary:
    """The reports of one index folder."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def change(self, *, add: Sequence[Path], drop: Sequence[str], progress: Progress) -> list[str]:
        """Commit a generation with these files added and these documents dropped; give warnings."""
        context = multiprocessing.get_context("forkserver")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_build, args=(theirs, self._settings, add, drop))
        process.start()
        theirs.close()
        try:
            while isinstance(told := ours.recv(), tuple):
                progress(*told)
        except EOFError:
            raise ReadError("the indexing process stopped; the index is as it was") from None
        finally:
            ours.close()
            process.join()
        if isinstance(told, KommunesvarError):
            raise told
        warnings: list[str] = told
        return warnings

    def files(self) -> dict[str, Path]:
        """The file that each document of the index was read from."""
        store = open_for_reading(current_generation(self._settings.index) / "records.sqlite")
        try:
            return {found["id"]: Path(found["file"]) for found in load_documents(store)}
        finally:
            store.close()


def _build(pipe: Connection, settings: Settings, add: Sequence[Path], drop: Sequence[str]) -> None:
    """Send (name, done, of) for each report that was read; at last the warnings, or the error."""
    from indexer.build import build_index
    from indexer.embed import load_embedder

    os.nice(_NICE)
    try:
        built = build_index(
            add,
            settings.index,
            embedder=load_embedder(settings.embedder),
            workers=1,
            progress=lambda *told: pipe.send(told),
            drop=drop,
            wait=True,
        )
        pipe.send(list(built.warnings))
    except KommunesvarError as error:
        pipe.send(error)
