"""Questions whose passage is known -> retriever/data/ranking.json, the weights of the re-ranker.

Two kinds of questions, neither written or labelled for the reports that are searched: NorQuAD's
training part over its contexts, and the questions that the sample factory makes beside its
fictional reports. Where there are questions to real reports with quotes that answer them
(`--questions FILE --reports FOLDER…`), those are fitted to as well. Each search gives a list with
the right passage somewhere in it; the weights are those that put it first most often. None may be
negative: each feature is a reason for, never against, and the file can be read.
"""

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.build import pieces_of, title_of
from indexer.embed import Embedder, load_embedder
from indexer.records import Passage
from indexer.shards import report_to_shard
from indexer.vectors import Vectors, VectorsWriter
from indexer.words import Words, WordsWriter
from retriever.rank import FEATURES, features
from retriever.search import find_candidates
from retriever.understand import understand
from training.factory import FIRST_SEED, Fiction, covers, fictions
from training.texts import norquad

SEED = 20261120
_REPORTS, _EACH = 15, 70  # fictional reports, questions to each: as many as of NorQuAD
_CONTEXT_PASSAGE = 700  # characters
_STEPS = 3_000
_RATE = 0.02
_DECAY = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, and what the right passages say."""

    question: str
    quotes: tuple[str, ...]
    leave_out: tuple[str, ...] = ()
    doc: str = ""  # where the right passages are; anywhere if empty
    docs: tuple[str, ...] | None = None  # where to look
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The candidates of one question: their features, and which are right."""

    values: NDArray[np.float64]
    right: NDArray[np.bool_]


def train_ranking(
    data: Path, path: Path, *, questions: Path | None = None, reports: Sequence[Path] = ()
) -> None:
    """Fit on four fifths of the questions, tell how the rest comes out, write the weights."""
    embedder = load_embedder()
    lists = list(_norquad_lists(data, embedder))
    print(f"{len(lists)} questions of NorQuAD", file=sys.stderr)  # noqa: T201
    for fiction in fictions(_REPORTS, seed=FIRST_SEED, most=_EACH):
        lists += _factory_lists(fiction, embedder)
    print(f"{len(lists)} with those of fictional reports", file=sys.stderr)  # noqa: T201
    to_reports = _read_questions(questions) if questions else []
    for folder in reports:
        lists += _report_lists(to_reports, folder, embedder)
        print(f"{len(lists)} with those to {folder}", file=sys.stderr)  # noqa: T201
    random.Random(SEED).shuffle(lists)  # noqa: S311 (training, not secrets)
    kept = len(lists) // 5
    weights = fit(lists[kept:])
    words_alone = {name: float(name == "words") for name in FEATURES}
    before, after = (first_share(lists[:kept], found) for found in (words_alone, weights))
    print(f"right one first: {after:.3f}, by words alone {before:.3f}", file=sys.stderr)  # noqa: T201
    write_weights(path, weights)


def _norquad_lists(data: Path, embedder: Embedder) -> Iterator[Candidates]:
    found = norquad(data, "ranking")
    passages: list[Passage] = []
    for number, context in enumerate(dict.fromkeys(row["context"] for row in found)):
        title, _, body = context.partition("\n")
        for part, text in enumerate(_pack(body)):
            passages.append(
                Passage(id=f"{number}/p{part}", doc=f"c{number}", page=1, heading=title, text=text)
            )
    asked = [
        Asked(question=row["question"], quotes=(_around(row["context"], row["start"]),))
        for row in found
    ]
    return candidate_lists(passages, asked, embedder)


def _factory_lists(fiction: Fiction, embedder: Embedder) -> Iterator[Candidates]:
    asked = [
        Asked(question=one.text, quotes=one.quotes, leave_out=(one.place,))
        for one in fiction.questions
    ]
    return candidate_lists(fiction.passages, asked, embedder)


def _read_questions(path: Path) -> list[dict[str, Any]]:
    """Lines of {"question", "evidence": [{"doc", "quote"}]}; those without evidence are no use."""
    with path.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines if line.strip()]
    return [one for one in found if one.get("evidence")]


def _report_lists(
    questions: Sequence[dict[str, Any]], folder: Path, embedder: Embedder
) -> Iterator[Candidates]:
    """Real reports, each question asked within the scope that it sets."""
    shards = [report_to_shard(path) for path in sorted(folder.iterdir())]
    documents = [
        {"id": one.id, "municipality": one.municipality, "year": one.year}
        for one in (shard.document for shard in shards)
    ]
    asked = []
    for one in questions:
        query = understand(one["question"], documents)
        asked += [
            Asked(
                question=query.question, quotes=(evidence["quote"],), leave_out=query.places,
                doc=evidence["doc"], docs=query.docs, later=query.later,
            )
            for evidence in one["evidence"]
        ]  # fmt: skip
    return candidate_lists([one for shard in shards for one in shard.passages], asked, embedder)


def _pack(text: str) -> Iterator[str]:
    packed = ""
    for sentence in text.replace("\n", " ").replace(". ", ".\n").split("\n"):
        if packed and len(packed) + len(sentence) > _CONTEXT_PASSAGE:
            yield packed
            packed = ""
        packed = f"{packed} {sentence}".strip()
    if packed:
        yield packed


def _around(context: str, start: int) -> str:
    """Some words around the answer, enough to know the passage by."""
    begin = context.rfind(".", 0, start) + 1
    return " ".join(context[begin : start + 60].split()[:-1])


def candidate_lists(
    passages: Sequence[Passage], asked: Sequence[Asked], embedder: Embedder
) -> Iterator[Candidates]:
    """Search for each question in an index of the passages."""
    with tempfile.TemporaryDirectory() as folder:
        words, vectors = _index(passages, Path(folder), embedder)
        for one in asked:
            wanted, candidates = find_candidates(
                one.question,
                words=words,
                vectors=vectors,
                embedder=embedder,
                docs=one.docs,
                later=one.later,
                passages=lambda numbers: [passages[number] for number in numbers],
                leave_out=one.leave_out,
            )
            right = [
                one.doc in ("", found.passage.doc) and covers(found.passage.text, one.quotes)
                for found in candidates
            ]
            if any(right) and not all(right):
                yield Candidates(
                    values=np.array(features(one.question, wanted, candidates, embedder)),
                    right=np.array(right),
                )


def _index(passages: Sequence[Passage], folder: Path, embedder: Embedder) -> tuple[Words, Vectors]:
    words = WordsWriter(folder / "words")
    vectors = VectorsWriter(folder / "vectors.faiss", dim=embedder.dim)
    for number, one in enumerate(passages):
        words.add(number, doc=one.doc, heading=one.heading, title=title_of(one), text=one.text)
        pieces = pieces_of(one)
        vectors.add(np.full(len(pieces), number), embedder.embed_passages(pieces))
    words.commit()
    vectors.save()
    return Words(folder / "words"), Vectors(folder / "vectors.faiss")


def fit(lists: Sequence[Candidates]) -> dict[str, float]:
    """Weights, none below zero, under which the right ones come first (listwise softmax)."""
    weights = np.ones(len(FEATURES))
    moved = np.zeros_like(weights)
    size = np.zeros_like(weights)
    random_ = np.random.default_rng(SEED)
    for step in range(1, _STEPS + 1):
        slope = _DECAY * weights
        for place in random_.integers(0, len(lists), 32):
            one = lists[place]
            scores = one.values @ weights
            all_ = _softmax(scores)
            best = _softmax(np.where(one.right, scores, -np.inf))
            slope += (all_ - best) @ one.values / 32
        moved = 0.9 * moved + 0.1 * slope
        size = 0.999 * size + 0.001 * slope**2
        rate = _RATE * (1 - step / _STEPS)
        weights -= rate * (moved / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.999**step)) + 1e-8)
        weights = np.maximum(weights, 0)
    return {name: round(float(weight), 3) for name, weight in zip(FEATURES, weights, strict=True)}


def _softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(scores - scores.max())
    result: NDArray[np.float64] = raised / raised.sum()
    return result


def first_share(lists: Sequence[Candidates], weights: dict[str, float]) -> float:
    """How often a right one comes first."""
    vector = np.array([weights[name] for name in FEATURES])
    return float(np.mean([one.right[(one.values @ vector).argmax()] for one in lists]))


def write_weights(path: Path, weights: dict[str, float]) -> None:
    """The readable file that retriever/rank.py loads."""
    found = {"made_by": "python -m training ranking", "weights": weights}
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
