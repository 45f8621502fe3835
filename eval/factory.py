"""Reports nobody has seen → questions with known answers, indexed and asked."""

import shutil
from dataclasses import replace
from pathlib import Path

from eval.gold import read_gold
from eval.run import Progress, Run, run_gold
from indexer.build import build_index
from indexer.embed import load_embedder
from kommunesvar.settings import Settings
from samples.__main__ import write_all
from samples.factory import make_reports
from samples.written import EXAM, draw_written

KINDS = ("pdf", "text", "markdown")


def run_factory(
    folder: Path,
    settings: Settings,
    *,
    count: int,
    seed: int,
    kind: str = "pdf",
    every: int = 1,
    progress: Progress = lambda _done, _of: None,
) -> Run:
    """Write so many reports from a seed, index them in the folder and ask their questions."""
    reports = folder / "reports"
    write_all(make_reports(seed, count), reports, {kind})
    return run_reports(reports, folder / "index", settings, every=every, progress=progress)


def run_written(
    folder: Path,
    settings: Settings,
    *,
    kind: str = "pdf",
    every: int = 1,
    progress: Progress = lambda _done, _of: None,
) -> Run:
    """Ask the questions to the reports written by hand that nothing was fitted with."""
    pdf, text = draw_written(EXAM, folder / "reports")
    reports = pdf if kind == "pdf" else text
    shutil.copy(EXAM / "questions.jsonl", reports)
    return run_reports(reports, folder / "index", settings, every=every, progress=progress)


def run_reports(
    reports: Path,
    index: Path,
    settings: Settings,
    *,
    every: int = 1,
    progress: Progress = lambda _done, _of: None,
) -> Run:
    """Index a folder of reports and ask its questions.jsonl: all, every second, every third …"""
    source = reports / "questions.jsonl"
    golds = read_gold(source)[::every]
    embedder = load_embedder(settings.embedder)
    build_index([reports], index, embedder=embedder, workers=settings.workers)
    settings = replace(settings, index=index)
    return run_gold(golds, settings, source=source.name, progress=progress)
