"""Rows → a table in Markdown."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """The lines of a table.

    >>> table(("a", "b"), [(1, 2)])
    ['| a | b |', '| --- | --- |', '| 1 | 2 |']
    """
    lines: list[Sequence[object]] = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(str(cell) for cell in line)} |" for line in lines]
