"""Seeds -> fictional reports, read as real ones, and questions with known evidence."""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.shards import report_to_shard
from indexer.records import Passage
from samples.factory import make_report, write_pdf

FIRST_SEED = 7_000  # far from the reports that are bundled and tested with


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to one report, and what the right passages say."""

    text: str
    place: str  # the municipality it names
    doc: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fiction:
    """One report and its questions."""

    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]


def fictions(count: int, *, seed: int, most: int) -> Iterator[Fiction]:
    """Some reports, each with at most so many of the questions it answers."""
    for number in range(seed, seed + count):
        report = make_report(number)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{report.doc}-{number}.pdf"
            write_pdf(report, path)
            shard = report_to_shard(path)
        answered = [fact for fact in report.truth.facts if fact.evidence and fact.kind != "clarify"]
        random.Random(number).shuffle(answered)  # noqa: S311 (training, not secrets)
        yield Fiction(
            passages=shard.passages,
            questions=tuple(
                Question(
                    text=fact.question,
                    place=report.municipality.name,
                    doc=path.stem,
                    quotes=tuple(one.quote for one in fact.evidence),
                )
                for fact in answered[:most]
                if fact.kind != "unanswerable"
            ),
        )
