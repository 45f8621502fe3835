"""Questions and tables by the size of the table that the answer stands in. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.scores import Score
from eval.statistics import Measured, measure
from eval.tables import TableScore

Bins = tuple[tuple[int, str], ...]  # from so many on, called so

ROWS: Bins = ((1, "1–4"), (5, "5–9"), (10, "10–19"), (20, "20+"))
COLUMNS: Bins = ((1, "1–2"), (3, "3–4"), (5, "5–6"), (7, "7+"))
BREAKS: Bins = ((0, "0"), (1, "1"), (2, "2+"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One place on the x axis: answers right and wrong, and where known cells read right."""

    name: str
    right: Measured
    wrong: Measured
    cells: Measured | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """How it goes as something grows: "rows", "columns", "breaks", "municipalities", "years"."""

    name: str
    steps: tuple[Step, ...]


def by_size(scores: Iterable[Score], tables: Sequence[TableScore]) -> tuple[Strain, ...]:
    """Answers and cells by rows, columns and page breaks of the table that holds the answer."""
    known = {(table.doc, table.title): table for table in tables}
    asked = [
        (score, table)
        for score in scores
        if len(score.result.gold.evidence) == 1
        for evidence in score.result.gold.evidence
        if (table := known.get((evidence.doc, evidence.table or "")))
    ]
    sizes: Mapping[str, tuple[Bins, Callable[[TableScore], int]]] = {
        "rows": (ROWS, lambda table: table.rows),
        "columns": (COLUMNS, lambda table: table.columns),
        "breaks": (BREAKS, lambda table: table.pages - 1),
    }
    strains = []
    for name, (bins, size) in sizes.items():
        steps = []
        for bin_ in bins:
            scored = [score for score, table in asked if bin_of(size(table), bins) == bin_[1]]
            inside = [table for table in tables if bin_of(size(table), bins) == bin_[1]]
            if scored:
                steps.append(step(bin_[1], scored, inside))
        strains.append(Strain(name=name, steps=tuple(steps)))
    return tuple(strains)


def step(name: str, scores: Sequence[Score], tables: Sequence[TableScore] = ()) -> Step:
    """Right and wrong of all that was asked; the rest was refused or asked back about."""
    cells = [hit for t in tables for hit in [True] * t.right + [False] * (t.cells - t.right)]
    return Step(
        name=name,
        right=measure([score.right for score in scores]),
        wrong=measure([score.answered and not score.right for score in scores]),
        cells=measure(cells) if cells else None,
    )


def bin_of(size: int, bins: Bins) -> str:
    """The name of the last bin that begins at or below a size.

    >>> [bin_of(size, ROWS) for size in (1, 4, 5, 40)]
    ['1–4', '1–4', '5–9', '20+']
    """
    return [name for start, name in bins if size >= start][-1]
