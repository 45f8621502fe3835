"""Seeds -> fictional reports, read as real ones, and questions with known evidence."""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.records import Passage
from indexer.shards import report_to_shard
from indexer.tokens import words
from samples.factory import make_report, write_pdf

_COVERED = 0.8  # of a quote's words that a text must hold to be the right one
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


def covers(text: str, quotes: Sequence[str]) -> bool:
    """Whether a text holds most words of one of the quotes."""
    have = Counter(words(text))
    for quote in quotes:
        want = Counter(words(quote))
        held = sum(min(count, have[word]) for word, count in want.items())
        if held >= _COVERED * max(1, want.total()):
            return True
    return False
