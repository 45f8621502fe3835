"""A seed → how accuracy holds as tables and the index grow, on reports made for it.

Tables: fictional reports as PDF, every second in type so large that long tables run over pages.
Index: the same questions about one report, asked again as reports of other municipalities, and of
earlier years, join it. Those reports are Markdown, so that only their number makes a difference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.gold import UNANSWERED, read_gold
from eval.run import Progress, Run, run_gold
from eval.scores import Score, score_run
from eval.sizes import Step, Strain, by_size, step
from eval.tables import read_tables, score_tables
from indexer.build import build_index
from indexer.embed import load_embedder
from kommunesvar.service import IndexService
from kommunesvar.settings import Settings
from samples.__main__ import write_all
from samples.blocks import Report
from samples.factory import make_report, make_reports
from samples.municipalities import invent

LARGE_TYPE = 11.0  # points
NARROW = 0.26  # of the page for labels, so that they break over lines
MUNICIPALITIES = (1, 2, 4, 8, 16)
YEARS = (1, 2, 4, 8)
LAST_YEAR = 2025
CHAINS = 2  # reports whose questions are asked again and again


@dataclass(frozen=True, slots=True, kw_only=True)
class Stress:
    """The run over the tables, and every strain."""

    run: Run
    strains: tuple[Strain, ...]


def run_stress(
    folder: Path,
    settings: Settings,
    *,
    seed: int,
    count: int,
    most: int = max(MUNICIPALITIES),
    every: int = 1,
    progress: Progress = lambda _done, _of: None,
) -> Stress:
    """Make, index and ask: `count` reports for the tables, up to `most` others beside one."""
    run, strains = _tables(folder / "tables", settings, seed, count, every, progress)
    growth = {"municipalities": MUNICIPALITIES, "years": YEARS}
    for name, sizes in growth.items():
        allowed = tuple(size for size in sizes if size <= most)
        found: dict[int, list[Score]] = {size: [] for size in allowed}
        for chain in range(CHAINS):
            place = folder / f"{name}-{chain}"
            reports = _chain(name, seed * CHAINS + chain, max(allowed))
            for size, scores in _grow(place, settings, reports, allowed, every, progress):
                found[size] += scores
        strains += (Strain(name=name, steps=_steps(found)),)
    return Stress(run=run, strains=strains)


def _tables(
    folder: Path, settings: Settings, seed: int, count: int, every: int, progress: Progress
) -> tuple[Run, tuple[Strain, ...]]:
    reports = [
        _in_large_type(report) if number % 2 else report
        for number, report in enumerate(make_reports(seed, count))
    ]
    write_all(reports, folder / "reports", {"pdf"})
    settings = replace(settings, index=folder / "index")
    _index([folder / "reports"], settings)
    source = folder / "reports" / "questions.jsonl"
    golds = read_gold(source)[::every]
    run = run_gold(golds, settings, source=source.name, progress=progress)
    extracted = IndexService(settings).tables()
    tables = score_tables(read_tables(folder / "reports" / "tables.jsonl"), extracted)
    return run, by_size(score_run(run), tables)


def _in_large_type(report: Report) -> Report:
    """So that tables run over pages; whole kroner would run into each other instead."""
    layout = replace(report.layout, label_width=NARROW, keep_tables=False)
    if layout.scale > 1:
        layout = replace(layout, table_size=LARGE_TYPE)
    return replace(report, layout=layout)


def _chain(name: str, seed: int, count: int) -> list[Report]:
    """The report that is asked about, and then those that join it."""
    if name == "years":
        home = invent(seed)
        return [make_report(seed, municipality=home, year=LAST_YEAR - n) for n in range(count)]
    found: dict[str, Report] = {}
    number = 0
    while len(found) < count:
        report = make_report(1000 * seed + number, year=LAST_YEAR)
        found.setdefault(report.municipality.name, report)
        number += 1
    return list(found.values())


def _grow(
    folder: Path,
    settings: Settings,
    reports: Sequence[Report],
    sizes: Sequence[int],
    every: int,
    progress: Progress,
) -> Iterator[tuple[int, list[Score]]]:
    """Ask the questions to the first report while the index grows to each size."""
    settings = replace(settings, index=folder / "index")
    write_all(reports[:1], folder / "first", {"markdown"})
    asked = read_gold(folder / "first" / "questions.jsonl")
    golds = [gold for gold in asked if gold.kind not in UNANSWERED][::every]
    for size in sizes:
        here = folder / "reports"
        write_all(reports[:size], here, {"markdown"})
        _index([here], settings)
        run = run_gold(golds, settings, source=f"{size} rapporter", progress=progress)
        yield size, score_run(run)


def _steps(found: dict[int, list[Score]]) -> tuple[Step, ...]:
    return tuple(step(str(size), scores) for size, scores in found.items())


def _index(reports: Sequence[Path], settings: Settings) -> None:
    embedder = load_embedder(settings.embedder)
    build_index(reports, settings.index, embedder=embedder, workers=settings.workers)
