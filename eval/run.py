"""Gold questions and an index → a run: every answer whole, and what is needed to judge it later.

A run is one JSON file. Nothing in it is scored, so that a better measure can be put to old runs.
"""

import json
import resource
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

from answer.records import Turn
from eval.changes import Change, change_modules
from eval.gold import Gold, fingerprint
from eval.places import Places, ranks
from figures.errors import UsageError
from kommunesvar.service import IndexService
from kommunesvar.settings import Settings

Json = dict[str, Any]
Progress = Callable[[int, int], None]

FORMAT = 1
DEPTH = 10  # passages searched for each question
KEPT = ("doc", "page", "heading", "text")  # of each passage
FEW = 40  # so few questions are asked in this process: another takes a second to start


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What happened to one question."""

    gold: Gold
    municipality: str  # whose report it is about; empty for several
    answer: Json  # in the contract's shape
    on_page: tuple[bool, ...]  # for each citation: its quote stands on the page that it names
    ranks: tuple[int | None, ...]  # for each piece of evidence: where the search showed it
    places: tuple[Json | None, ...]  # for each piece of evidence: the passage that holds it
    boxes: tuple[bool | None, ...] = ()  # for each citation: its box lies on the page; None: no box
    passages: tuple[Json, ...] = ()  # what the search found, best first
    file_kind: str = ""  # "pdf", "txt" … of the reports it is about; empty for several kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All questions, and what answered them."""

    about: Json
    results: tuple[Result, ...]


AskEach = Callable[[Callable[[Gold], Result], Sequence[Gold]], Iterable[Result]]


def run_gold(
    golds: Sequence[Gold],
    settings: Settings,
    *,
    source: str = "",
    changes: Sequence[Change] = (),
    progress: Progress = lambda _done, _of: None,
) -> Run:
    """Ask every question of the index that the settings name, `settings.workers` at a time.

    `changes` are made in the processes that ask, never in this one.
    """
    service = IndexService(settings)
    index = service.index
    Places(index).check(golds, source)
    started = perf_counter()
    ask = partial(_ask, settings=settings, generation=index.manifest["generation"])
    results = []
    workers = settings.workers if len(golds) >= FEW else 1
    with _processes(workers, changes) as ask_each:
        for result in ask_each(ask, golds):
            results.append(result)
            progress(len(results), len(golds))
    seconds = perf_counter() - started
    about = _about(golds, source, settings, service, seconds)
    if changes:
        about["changes"] = [str(change) for change in changes]
    return Run(about=about, results=tuple(results))


@contextmanager
def _processes(workers: int, changes: Sequence[Change] = ()) -> Iterator[AskEach]:
    """A way to ask many questions in order: here, or in so many processes."""
    if workers == 1 and not changes:
        yield map
        return
    with ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=change_modules,
        initargs=(tuple(changes),),
    ) as pool:
        yield partial(pool.map, chunksize=4)


@lru_cache(maxsize=1)
def _opened(settings: Settings, _generation: int) -> tuple[IndexService, Places]:
    """The parts of a process that asks, once opened, so that no question pays for that."""
    service = IndexService(settings)
    service.ask("Hva var netto driftsresultat?")
    return service, Places(service.index)


def _ask(gold: Gold, *, settings: Settings, generation: int) -> Result:
    service, places = _opened(settings, generation)
    history = [Turn(question=turn.question, answer=turn.answer) for turn in gold.history]
    answer = service.ask(gold.question, history=history).to_json()
    passages = service.search(gold.question, k=DEPTH)
    found = (places.find(evidence) for evidence in gold.evidence)
    documents = [service.index.document(doc) for doc in gold.docs]
    return Result(
        gold=gold,
        municipality=_only(document["municipality"] for document in documents),
        answer=answer,
        on_page=tuple(places.holds(citation) for citation in answer["citations"]),
        ranks=tuple(ranks(gold.evidence, passages)),
        places=tuple(place.to_json() if place else None for place in found),
        boxes=tuple(places.boxed(citation) for citation in answer["citations"]),
        passages=tuple({name: passage[name] for name in KEPT} for passage in passages),
        file_kind=_only(document["kind"] for document in documents),
    )


def _only(names: Iterable[str]) -> str:
    """The one name that all are, or nothing."""
    different = set(names)
    return different.pop() if len(different) == 1 else ""


def _about(
    golds: Sequence[Gold], source: str, settings: Settings, service: IndexService, seconds: float
) -> Json:
    status = service.status()
    return {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "program": version("kommunesvar"),
        "gold": source,
        "questions": len(golds),
        "fingerprint": fingerprint(list(golds)),
        "settings": {name: str(value) for name, value in asdict(settings).items()},
        "models": status["models"],
        "generation": status["generation"],
        "files": service.index.manifest["files"],  # checksums of what was answered from
        "reports": status["reports"],
        "seconds": round(seconds, 1),
        "memory_mb": max(
            resource.getrusage(who).ru_maxrss // 1024
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        ),
    }


def write_run(run: Run, path: Path) -> None:
    """Write the run; the file appears only when it is whole."""
    lines = {
        "about": run.about,
        "results": [
            {**_fields(result), "gold": result.gold.model_dump(mode="json")}
            for result in run.results
        ],
    }
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_text(json.dumps(lines, ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.replace(path)


def read_run(path: Path) -> Run:
    """Read a run again."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        about, results = found["about"], found["results"]
        if about["format"] != FORMAT:
            raise UsageError(
                f"{path}: a run in format {about['format']}, but this program reads {FORMAT}"
            )
        return Run(about=about, results=tuple(_result(result) for result in results))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: not a run of `kommunesvar eval --out` ({error!r})") from None


def _fields(result: Result) -> Json:
    return {name: getattr(result, name) for name in Result.__dataclass_fields__}


def _result(found: Json) -> Result:
    return Result(
        gold=Gold.model_validate(found["gold"]),
        municipality=found["municipality"],
        answer=found["answer"],
        on_page=tuple(found["on_page"]),
        ranks=tuple(found["ranks"]),
        places=tuple(found["places"]),
        boxes=tuple(found.get("boxes", ())),  # older runs lack these
        passages=tuple(found.get("passages", ())),
        file_kind=found.get("file_kind", ""),
    )
