"""Run a function on files, each in a process of its own under limits; one bad file fails alone.

A report may be broken, or made to break its reader: a kilobyte of PDF can unfold to gigabytes. So
each file is read in a child with its own memory, processor and wall-clock limits, and whatever
happens there comes back as a result or as a ReadError that names the file.
"""

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, TypeVar

from figures.errors import KommunesvarError, ReadError

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may cost."""

    memory: int = 2_000_000_000  # bytes of address space
    cpu: int = 600  # seconds
    wall: float = 900.0  # seconds


@dataclass(frozen=True, slots=True)
class _Child:
    path: Path
    process: ForkServerProcess
    pipe: Connection
    deadline: float


def run_in_children(
    function: Callable[[Path], Result],
    paths: Sequence[Path],
    workers: int,
    limits: Limits | None = None,
) -> Iterator[tuple[Path, Result | ReadError]]:
    """Each path with what the function made of it, in the order given."""
    limits = limits or Limits()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([function.__module__])
    waiting = list(reversed(paths))
    running: list[_Child] = []
    done: dict[Path, Result | ReadError] = {}
    following = iter(paths)
    next_path = next(following, None)
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                path = waiting.pop()
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(target=_work, args=(function, path, theirs, limits))
                process.start()
                theirs.close()
                running.append(_Child(path, process, ours, time.monotonic() + limits.wall))
            timeout = max(0.0, min(child.deadline for child in running) - time.monotonic())
            ready = wait([child.pipe for child in running], timeout)
            for child in list(running):
                if child.pipe in ready or time.monotonic() >= child.deadline:
                    running.remove(child)
                    done[child.path] = _collect(child, limits, ready=child.pipe in ready)
            while next_path in done:
                yield next_path, done.pop(next_path)
                next_path = next(following, None)
    finally:
        for child in running:
            child.process.kill()
            child.process.join()


def _collect(child: _Child, limits: Limits, *, ready: bool) -> Any:
    name = child.path.name
    try:
        if not ready:
            return ReadError(
                f"{name}: not read within {limits.wall:.0f} seconds; split it into smaller files"
            )
        return child.pipe.recv()
    except EOFError:
        return ReadError(
            f"{name}: reading it took more than {limits.memory // 1_000_000} MB or {limits.cpu} s "
            "of processor time, or broke the reader; save it anew from a PDF viewer or leave it out"
        )
    finally:
        child.pipe.close()
        child.process.kill()
        child.process.join()


def _work(function: Callable[[Path], object], path: Path, pipe: Connection, limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pipe.send(function(path))
    except ReadError as error:
        pipe.send(error)
    except MemoryError:
        pipe.send(
            ReadError(
                f"{path.name}: reading it took more than {limits.memory // 1_000_000} MB; "
                "save it anew from a PDF viewer, or leave it out"
            )
        )
    except KommunesvarError as error:
        pipe.send(ReadError(f"{path.name}: {error}"))
    except Exception as error:
        pipe.send(
            ReadError(
                f"{path.name}: could not be read ({type(error).__name__}: {error}); "
                "save it anew from a PDF viewer, or leave it out"
            )
        )
