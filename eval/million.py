"""How fast in a large index: `python -m eval bench --passages 1000000 --cells 1000000`.

Figure look-ups and searches, within one municipality and year and over all reports; how much of
exact search the vector index finds; how large it all is. Prints JSON.
"""

import json
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answer.evidence import find_passages
from eval.crowd import crowd
from indexer.build import Writer, pieces_of
from indexer.commit import next_generation
from indexer.embed import load_embedder
from indexer.index import Index
from indexer.store import count, load_passages
from retriever.cells import find_cells
from retriever.understand import understand

SAMPLES = Path(__file__).parent.parent / "samples" / "reports" / "questions.jsonl"
QUESTIONS = 200
WARM = 40  # questions asked before the clock starts: a server has been asked before
_PIECES = 8  # vectors that one passage may have among a report's nearest
_SAME = 1e-6  # of a likeness
_NAMES = ("Skarvøy", "Granmo", "Hjellefjord")

Json = dict[str, Any]


def measure_million(
    passages: int, cells: int, *, texts: Path | None = None, keep: Path | None = None
) -> Json:
    """Build the large index, or take the one in `keep`, and measure it."""
    with tempfile.TemporaryDirectory(prefix="kommunesvar-bench-") as folder:
        index = keep or Path(folder)
        built = {}
        if not (index / "CURRENT").exists():
            started = perf_counter()
            build(index, texts, passages=passages, cells=cells)
            built = {"build_s": round(perf_counter() - started)}
        return {**built, **measure(Index(index, embedder="bundled"))}


def build(folder: Path, texts: Path | None, *, passages: int, cells: int) -> None:
    """Write the crowd through the same writer as real reports."""
    embedder = load_embedder()
    with next_generation(folder, models={"embedder": embedder.name}) as generation:
        writer = Writer(generation, embedder)
        for number, shard in enumerate(crowd(texts, passages=passages, cells=cells)):
            writer.add(shard, file=Path(shard.document.id))
            if number % 100 == 0:
                sys.stderr.write(f"{number} reports\n")
        writer.commit()


def measure(index: Index) -> Json:
    """All figures of one index."""
    figures: Json = {
        **{name: n for name, n in count(index.store).items() if name != "pages"},
        "vectors": len(index.vectors),
        "store_mb": _mb(index.folder / "records.sqlite"),
        "words_mb": _mb(*(index.folder / "words").iterdir()),
        "vectors_mb": _mb(*index.folder.glob("passages.*")),
    }
    for name, questions in (("scoped", _scoped(index)), ("everywhere", _everywhere())):
        figures |= _times(f"figure_{name}", questions, lambda q: _figures(index, q))
        figures |= _times(f"search_{name}", questions, lambda q: _passages(index, q))
    figures["recall_at_10"] = recall(index)
    figures["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return figures


def _figures(index: Index, question: str) -> None:
    find_cells(index, understand(question, index.documents), limit=20)


def _passages(index: Index, question: str) -> None:
    find_passages(index, understand(question, index.documents), k=10)


def _times(name: str, questions: Sequence[str], ask: Callable[[str], None]) -> Json:
    times = []
    for question in questions:
        started = process_time()
        ask(question)
        times.append(1000 * (process_time() - started))
    measured = sorted(times[WARM:])
    return {
        f"{name}_p50_ms": round(statistics.median(measured), 1),
        f"{name}_p95_ms": round(measured[int(0.95 * (len(measured) - 1))], 1),
    }


def _asked() -> list[tuple[str, int]]:
    """Questions of the samples, with the year of their report."""
    lines = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    wanted = [
        line for line in lines if len(line["docs"]) == 1 and line["kind"] in ("figure", "text")
    ]
    step = max(1, len(wanted) // (QUESTIONS + WARM))
    return [(line["question"], int(line["docs"][0][-4:])) for line in wanted[::step]]


def _scoped(index: Index) -> list[str]:
    """Each question about another of the index's reports."""
    chance = Random(2)  # noqa: S311
    reports = [(d["municipality"], d["year"]) for d in index.documents]
    said = []
    for question, year in _asked():
        name, other = chance.choice(reports)
        for known in _NAMES:
            question = question.replace(known, name)
        if name not in question:
            question = f"{question} {name}"
        said.append(question.replace(str(year), str(other)))
    return said


def _everywhere() -> list[str]:
    """The same without a municipality or a year."""
    said = []
    for question, year in _asked():
        for known in _NAMES:
            question = question.replace(f"{known} kommune", "kommunen").replace(known, "kommunen")
        said.append(question.replace(f" i {year}", "").replace(str(year), ""))
    return said


def recall(index: Index, k: int = 10) -> float:
    """The share of exact search's nearest passages that the vector index finds.

    Many passages are copies of each other, so one that is as near as the last counts as it does.
    """
    queries = index.embedder.embed_queries(_everywhere()[:QUESTIONS])
    found = [{number for number, _ in index.vectors.search(query, k)} for query in queries]
    best: list[dict[int, float]] = [{} for _ in queries]
    for numbers, vectors in _all_vectors(index):
        likeness = queries @ vectors.T
        most = min(_PIECES * k, len(numbers))
        top = np.argpartition(-likeness, most - 1, axis=1)[:, :most]
        for own, wanted, places, row in zip(best, found, top, likeness, strict=True):
            chosen = [*places, *np.flatnonzero(np.isin(numbers, list(wanted)))]
            for place in chosen:
                number = int(numbers[place])
                own[number] = max(own.get(number, -1.0), float(row[place]))
    near = 0
    for own, wanted in zip(best, found, strict=True):
        last = sorted(own.values(), reverse=True)[k - 1]
        near += sum(own[number] >= last - _SAME for number in wanted)
    return round(near / (k * len(found)), 4)


def _all_vectors(index: Index) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
    """Every passage's vectors, report by report as they were added."""
    for document in index.documents:
        rows = index.store.execute("SELECT number FROM passages WHERE doc = ?", (document["id"],))
        numbers = [number for (number,) in rows]
        pieces = [
            (number, piece)
            for number, passage in zip(numbers, load_passages(index.store, numbers), strict=True)
            for piece in pieces_of(passage)
        ]
        vectors = index.embedder.embed_passages([piece for _, piece in pieces])
        yield np.array([number for number, _ in pieces]), vectors


def _mb(*paths: Path) -> float:
    return round(sum(path.stat().st_size for path in paths) / 1e6, 1)
