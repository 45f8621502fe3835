"""NorQuAD, a file by path → how the search and the answers do on texts that are no reports.

Retrieval: each context is one passage, and the whole search is held against BM25 alone, question
by question. Reading: the contexts are indexed as texts and asked, once with the right one named
and once without. Our answers are sentences and NorQuAD's are a few words, so exact match is low by
design; whether the right words stand in the answer is told beside it.

The file holds JSON lines, gzipped or not, with question, context, answer, doc_id and doc_split.
"""

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from answer.answer import answer_question
from eval.ranking import reciprocal, within
from eval.squad import exact, f1, normalised
from eval.statistics import Measured, bootstrap_interval, measure
from eval.texts import without_marks
from figures.errors import UsageError
from indexer.build import build_index
from indexer.embed import Embedder, load_embedder, passage_pieces
from indexer.index import Index
from indexer.records import Passage
from indexer.vectors import Vectors, VectorsWriter
from indexer.words import Words, WordsWriter
from kommunesvar.settings import Settings
from retriever.search import search
from retriever.sentences import split_sentences

Json = dict[str, Any]

DEPTH = 10
FIGURES = ("recall@1", "recall@5", "mrr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question, and the number of the context that answers it."""

    question: str
    answer: str
    context: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Squad:
    """Contexts, and the questions to some of them."""

    contexts: tuple[str, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The figures of one way to search, and the difference to BM25 alone with its 95 % interval."""

    figures: dict[str, Measured]
    against: dict[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """How the answers did."""

    exact: Measured
    f1: Measured
    contains: Measured  # the right words stand in the answer
    answered: Measured


def read_norquad(path: Path, *, part: str, among: str = "part", every: int = 1) -> Squad:
    """The questions of a part; `among` says whether to search its contexts or "all"."""
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
        rows = [json.loads(line) for line in text.split("\n") if line.strip()]
        mine = [row for row in rows if row["doc_split"] == part]
        searched = rows if among == "all" else mine
        contexts = list(dict.fromkeys(str(row["context"]) for row in searched))
        places = {context: number for number, context in enumerate(contexts)}
        asked = [
            Asked(question=row["question"], answer=row["answer"], context=places[row["context"]])
            for row in mine[::every]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: not NorQuAD as JSON lines ({error!r})") from None
    if not asked:
        raise UsageError(f"{path}: no questions with doc_split {part!r}")
    return Squad(contexts=tuple(contexts), asked=tuple(asked))


def search_contexts(squad: Squad, folder: Path, settings: Settings) -> dict[str, Found]:
    """The whole search, and BM25 alone, over contexts that are a passage each."""
    embedder = load_embedder(settings.embedder)
    words, vectors = _index_contexts(squad.contexts, folder, embedder)
    passages = [_passage(number, text) for number, text in enumerate(squad.contexts)]

    def bm25(question: str) -> list[int]:
        return [number for number, _ in words.search(question, k=DEPTH)]

    def hybrid(question: str) -> list[int]:
        hits = search(
            question,
            words=words,
            vectors=vectors,
            embedder=embedder,
            k=DEPTH,
            passages=lambda numbers: [passages[number] for number in numbers],
        )
        return [hit.number for hit in hits]

    def by_vectors(question: str) -> list[int]:
        return [n for n, _ in vectors.search(embedder.embed_queries([question])[0], DEPTH)]

    ways: dict[str, Callable[[str], list[int]]] = {
        "bm25": bm25,
        "vectors": by_vectors,
        "hybrid": hybrid,
    }
    ranks = {name: [_rank(way, asked) for asked in squad.asked] for name, way in ways.items()}
    return compare_ways(ranks)


def compare_ways(ranks: dict[str, list[int | None]]) -> dict[str, Found]:
    """Figures of each way, held against those of "bm25" on the same questions."""
    values = {name: _values(found) for name, found in ranks.items()}
    found = {}
    for name, mine in values.items():
        against = {}
        for figure in FIGURES:
            pairs = zip(mine[figure], values["bm25"][figure], strict=True)
            differences = [own - other for own, other in pairs]
            mean = sum(differences) / len(differences)
            against[figure] = (mean, *bootstrap_interval(differences))
        found[name] = Found(
            figures={figure: measure(mine[figure]) for figure in FIGURES}, against=against
        )
    return found


def _values(ranks: Sequence[int | None]) -> dict[str, list[float]]:
    return {
        "recall@1": [float(within(rank, 1)) for rank in ranks],
        "recall@5": [float(within(rank, 5)) for rank in ranks],
        "mrr": [reciprocal(rank) for rank in ranks],
    }


def _rank(way: Callable[[str], list[int]], asked: Asked) -> int | None:
    found = way(asked.question)
    return found.index(asked.context) + 1 if asked.context in found else None


def _passage(number: int, context: str) -> Passage:
    title, _, body = context.partition("\n")
    return Passage(id=f"{number}/p0", doc=str(number), page=1, heading=title, text=body or title)


def _index_contexts(
    contexts: Sequence[str], folder: Path, embedder: Embedder
) -> tuple[Words, Vectors]:
    words = WordsWriter(folder / "words")
    vectors = VectorsWriter(folder / "passages.faiss", dim=embedder.dim)
    numbers, pieces = [], []
    for number, context in enumerate(contexts):
        one = _passage(number, context)
        words.add(number, doc=one.doc, heading=one.heading, title="", text=one.text)
        for piece in passage_pieces(one.heading, "", one.text):
            numbers.append(number)
            pieces.append(piece)
    vectors.add(np.array(numbers), embedder.embed_passages(pieces))
    words.commit()
    vectors.save()
    return Words(folder / "words"), Vectors(folder / "passages.faiss")


def read_contexts(squad: Squad, folder: Path, settings: Settings) -> dict[str, Read]:
    """The answers with the right context named, and with all of them to find it among."""
    texts = folder / "texts"
    texts.mkdir(parents=True)
    for number, context in enumerate(squad.contexts):
        (texts / f"tekst-{number}.txt").write_text(context, encoding="utf-8")
    embedder = load_embedder(settings.embedder)
    build_index([texts], folder / "index", embedder=embedder, workers=settings.workers)
    index = Index(folder / "index", embedder=settings.embedder)
    found = {}
    for name, given in (("context given", True), ("context found", False)):
        answers = [
            answer_question(
                asked.question, index, docs=[f"tekst-{asked.context}"] if given else ()
            ).to_json()
            for asked in squad.asked
        ]
        right = (asked.answer for asked in squad.asked)
        found[name] = judge(list(zip(right, answers, strict=True)))
    return found


def judge(answers: Sequence[tuple[str, Json]]) -> Read:
    """Right answers beside what was answered; a refusal says nothing, and so is not right."""
    said = [(right, best_part(answer)) for right, answer in answers]
    return Read(
        exact=measure([exact(text, right) for right, text in said]),
        f1=measure([f1(text, right) for right, text in said]),
        contains=measure(
            [
                answer["status"] == "answered"
                and normalised(right) in normalised(without_marks(answer["answer"]))
                for right, answer in answers
            ]
        ),
        answered=measure([answer["status"] == "answered" for _, answer in answers]),
    )


def best_part(answer: Json) -> str:
    """The shortest of an answer that can stand alone: its figure, else its first sentence.

    >>> best_part({"status": "answered", "answer": "Det var i Oslo [1]. Og mer.", "figure": None})
    'Det var i Oslo.'
    >>> best_part({"status": "not_found", "answer": "Fant ikke noe."})
    ''
    """
    if answer["status"] != "answered":
        return ""
    if answer.get("figure"):
        return str(answer["figure"]["text"])
    text = " ".join(without_marks(answer["answer"]).split()).replace(" .", ".")
    return next(iter(split_sentences(text)), "")


def squad_to_text(squad: Squad, found: Mapping[str, Found], read: Mapping[str, Read]) -> str:
    """The figures for a terminal; the last line is one JSON object."""
    lines = [f"{len(squad.asked)} questions among {len(squad.contexts)} contexts"]
    for name, way in found.items():
        for figure, value in way.figures.items():
            mean, low, high = way.against[figure]
            against = f"  against bm25 {mean:+.4f} (95 %: {low:+.4f} to {high:+.4f})"
            lines.append(
                f"{name:16} {figure:9} {value.value:.4f}{against if name != 'bm25' else ''}"
            )
    for name, one in read.items():
        shares = {field: getattr(one, field).value for field in Read.__dataclass_fields__}
        lines.append(f"{name:16} " + "  ".join(f"{k} {v:.4f}" for k, v in shares.items()))
    line = {
        "questions": len(squad.asked),
        "contexts": len(squad.contexts),
        "retrieval": {name: asdict(way) for name, way in found.items()},
        "reading": {name: asdict(one) for name, one in read.items()},
    }
    return "\n".join([*lines, json.dumps(line)])
