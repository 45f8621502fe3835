"""How far indexing has come: a bar on a terminal, a line for each report otherwise."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def show_progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to call with (name, done, of) after each report."""
    if not sys.stderr.isatty():
        yield lambda name, done, of: print(f"{done}/{of} {name}", file=sys.stderr)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("reading", total=None, rate="")

        def show(name: str, done: int, of: int) -> None:
            speed = bar.tasks[0].speed
            rate = f"{speed:.1f} reports/s" if speed else ""
            bar.update(task, description=name, completed=done, total=of, rate=rate)

        yield show
