"""Uploads waiting their turn: what was accepted is on disk, and is done one at a time.

    REPORTS/.x.part/            an upload that is still coming in
    REPORTS/JOB/x.pdf           an accepted report, in the folder where it stays
    REPORTS/JOB/pending         what is to be done; gone when it is done

The folder of a job gets its name when everything in it is whole, so a crash loses nothing that was
accepted: at the next start its work is taken up again, and doing it twice changes nothing.
"""

import json
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from secrets import token_hex
from typing import Any, Literal

from api.problems import Problem
from api.service import Library
from figures.errors import KommunesvarError, ReadError

State = Literal["queued", "reading", "writing", "done", "failed"]

PENDING = "pending"
PART = ".part"
MOST_WAITING = 100
KEPT = 1000  # finished jobs that can still be asked about

log = logging.getLogger("kommunesvar.api")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One change of the index: a report that comes in, or a document that goes out."""

    id: str
    document: str
    action: Literal["add", "remove"]
    state: State = "queued"
    detail: str = ""  # why it failed
    warnings: tuple[str, ...] = ()  # pages without text and the like

    def to_json(self) -> dict[str, Any]:
        """The job as the API shows it."""
        return {
            "id": self.id,
            "document": self.document,
            "action": self.action,
            "state": self.state,
            "detail": self.detail,
            "warnings": list(self.warnings),
        }

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("done", "failed")


class Jobs:
    """The queue, and the one thread that works on it."""

    def __init__(self, folder: Path, library: Library, *, after: Callable[[], None]) -> None:
        """`after` is called when the index has changed."""
        self._folder, self._library, self._after = folder, library, after
        self._jobs: dict[str, Job] = {}
        self._queue: SimpleQueue[str] = SimpleQueue()
        self._lock = threading.Lock()

    def start(self) -> None:
        """Take up what an earlier process left, and go on with what comes."""
        for part in self._folder.glob(f".*{PART}"):
            shutil.rmtree(part, ignore_errors=True)
        for pending in sorted(self._folder.glob(f"*/{PENDING}")):
            self._enqueue(_read_job(pending))
        threading.Thread(target=self._work, daemon=True).start()

    def check_room(self) -> None:
        """Raise where too many wait already."""
        waiting = sum(not job.is_over for job in self._jobs.copy().values())
        if waiting >= MOST_WAITING:
            detail = f"{MOST_WAITING} reports are waiting already; try again later"
            raise Problem("busy", detail, headers={"retry-after": "60"})

    def new_folder(self) -> Path:
        """An empty folder for an upload that is coming in."""
        # the time first: jobs are taken up again in the order they came
        part = self._folder / f".{time.time_ns():020d}-{token_hex(4)}{PART}"
        part.mkdir(parents=True)
        return part

    def accept(self, part: Path, *, action: Literal["add", "remove"], document: str) -> Job:
        """Make the job in `part` a promise: from here on it survives a crash."""
        job_id = part.name.removeprefix(".").removesuffix(PART)
        (part / PENDING).write_text(json.dumps({"action": action, "document": document}), "utf-8")
        for path in (*part.iterdir(), part):
            _sync(path)
        part.rename(self._folder / job_id)
        _sync(self._folder)
        job = Job(id=job_id, document=document, action=action)
        self._enqueue(job)
        return job

    def find(self, job_id: str) -> Job | None:
        """A job as it stands now."""
        return self._jobs.get(job_id)

    def _enqueue(self, job: Job) -> None:
        with self._lock:
            over = [known.id for known in self._jobs.values() if known.is_over]
            for old in over[:-KEPT]:
                del self._jobs[old]
            self._jobs[job.id] = job
        self._queue.put(job.id)

    def _work(self) -> None:
        while True:
            job = self._set(self._queue.get(), state="reading")
            try:
                warnings = self._do(job)
                self._set(job.id, state="done", warnings=tuple(warnings))
                self._after()
            except KommunesvarError as error:
                self._set(job.id, state="failed", detail=str(error))
            except Exception as error:  # the next job must not wait for ever
                log.exception("job %s failed", job.id)
                self._set(job.id, state="failed", detail=f"{type(error).__name__}; see the log")

    def _do(self, job: Job) -> list[str]:
        folder = self._folder / job.id

        def progress(*_: object) -> None:
            self._set(job.id, state="writing")

        try:
            warnings = self._library.change(
                add=[path for path in folder.iterdir() if path.name != PENDING],
                drop=[job.document] if job.action == "remove" else [],
                progress=progress,
            )
        except ReadError:  # what else may go wrong is tried again at the next start
            shutil.rmtree(folder)
            raise
        self._clear(job)
        return warnings

    def _clear(self, job: Job) -> None:
        """Remove this document's files that the index has no use for any more; the job is done."""
        used = self._library.files().get(job.document)
        for path in self._folder.glob("[!.]*/*"):
            waits = path.parent.name != job.id and (path.parent / PENDING).exists()
            is_ours = path.name != PENDING and path.stem == job.document
            if is_ours and not waits and path.resolve() != used:
                path.unlink()
        (self._folder / job.id / PENDING).unlink()
        for folder in self._folder.glob("[!.]*"):
            if not any(folder.iterdir()):
                folder.rmdir()

    def _set(self, job_id: str, **changes: Any) -> Job:
        with self._lock:
            changed = self._jobs[job_id] = replace(self._jobs[job_id], **changes)
        return changed


def _read_job(pending: Path) -> Job:
    found = json.loads(pending.read_text("utf-8"))
    return Job(id=pending.parent.name, **found)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
