"""How fast: `python -m eval bench [REPORTS…]` prints ratios and times of one run, as JSON.

Indexing is held against pdfplumber's own word extraction on the same files in the same run, since
times alone say more about the machine. Questions are those of the bundled samples.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time

import pdfplumber

from answer.answer import answer_question
from indexer.build import build_index
from indexer.embed import load_embedder
from indexer.identify import identify
from indexer.index import Index
from indexer.read.files import read_file
from indexer.report_checks import check_against_overviews
from indexer.report_units import share_report_units
from indexer.shards import document_to_tables

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
PLUMBED = 8  # pages of each report that pdfplumber reads: it is slow, and pages are alike
QUESTIONS = 200


def measure_reports(reports: Sequence[Path]) -> dict[str, float]:
    """Measure on the named reports."""
    pdfs = [
        pdf
        for path in reports
        for pdf in ([path] if path.is_file() else sorted(path.glob("*.pdf")))
    ]
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        started = perf_counter()
        build_index(pdfs, index, embedder=load_embedder())
        seconds = perf_counter() - started
        opened = Index(index, embedder="bundled")
        pages = sum(document["pages"] for document in opened.documents)
        ours, theirs = pages / seconds, _plumber_rate(pdfs)
        return {
            "pages": pages,
            "index_pages_per_s": round(ours, 1),
            "pdfplumber_words_pages_per_s": round(theirs, 1),
            "ratio": round(ours / theirs, 1),
            "cells_typed_per_s": typing_rate(pdfs),
            **_question_times(opened),
            "ask_process_s": _ask_process(index),
        }


def typing_rate(pdfs: Sequence[Path]) -> int:
    """Cells understood for each second of processor time, their tables already read."""
    documents = [identify(read_file(path), stem=path.stem, kind="pdf", sha256="") for path in pdfs]
    started = process_time()
    tables = [
        table
        for document in documents
        for table in check_against_overviews(
            share_report_units(tuple(document_to_tables(document)))
        )
    ]
    seconds = process_time() - started
    cells = sum(cell is not None for table in tables for row in table.rows for cell in row.cells)
    return round(cells / seconds)


def _plumber_rate(pdfs: Sequence[Path]) -> float:
    read, started = 0, perf_counter()
    for path in pdfs:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages[:PLUMBED]:
                page.extract_words()
                read += 1
    return read / (perf_counter() - started)


def _question_times(index: Index) -> dict[str, float]:
    gold = (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in gold[:: max(1, len(gold) // QUESTIONS)]]
    times = [answer_question(q, index).timing_ms["total"] for q in questions]
    return {
        "question_p50_ms": round(statistics.median(times), 1),
        "question_p95_ms": round(sorted(times)[int(0.95 * (len(times) - 1))], 1),
    }


def _ask_process(index: Path) -> float:
    """A whole `kommunesvar ask` from start to end, the best of five."""
    question = "Hva var netto driftsresultat i 2024?"
    command = [sys.executable, "-m", "kommunesvar", "ask", question, "--index", str(index)]
    times = []
    for _ in range(5):
        started = perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        times.append(perf_counter() - started)
    return round(min(times), 2)
