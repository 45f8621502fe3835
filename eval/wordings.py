"""The same questions in other words → how far the score moves, and how often the answer changes.

`eval/data/wordings.jsonl` says some questions again as a citizen would (everyday), in nynorsk, and
as one types into a search box (terse): the same meaning, the same one right answer. Those of the
bundled samples go by their id; those of real reports lie in training/data/questions.jsonl, which
has no ids, and go by `real/` and a checksum of the question.
"""

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.gold import Gold, GoldFigure, read_gold
from eval.markdown import table
from eval.run import Progress, run_gold
from eval.scores import Score, score_run
from eval.statistics import bootstrap_interval, measure, sign_test
from figures.errors import UsageError
from indexer.build import build_index
from indexer.embed import load_embedder
from kommunesvar.settings import Settings

Json = dict[str, Any]

ROOT = Path(__file__).parent.parent
WORDINGS = Path(__file__).parent / "data" / "wordings.jsonl"
SAMPLES = ROOT / "samples" / "reports"
REAL = ROOT / "training" / "data" / "questions.jsonl"
AS_ASKED = "as asked"
WAYS = ("everyday", "nynorsk", "terse")
LANGUAGES = {"nynorsk": "nn"}  # the others are in the question's own
HEAD = ("", "asked", "right", "answered wrong", "right, points", "95 %", "wrong, points", "95 %",
        "p", "lost / won", "answer changed")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One question as it was asked, and in one other way."""

    before: Score
    after: Score

    @property
    def told_otherwise(self) -> bool:
        """Whether something else is told: not merely in other words."""
        return told(self.before.result.answer) != told(self.after.result.answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """All questions asked in one other way, against the same as they were asked first."""

    way: str
    pairs: tuple[Pair, ...]

    def to_json(self) -> Json:
        """As plain JSON types; differences are shares, after minus before."""
        right = [(one.before.right, one.after.right) for one in self.pairs]
        wrong = [(_wrong(one.before), _wrong(one.after)) for one in self.pairs]
        lost = Counter(
            one.before.result.gold.kind
            for one in self.pairs
            if one.before.right and not one.after.right
        )
        won = sum(after and not before for before, after in right)
        return {
            "questions": len(self.pairs),
            "right": _share([after for _, after in right]),
            "answered_wrong": _share([after for _, after in wrong]),
            "right_moves": _difference(right),
            "wrong_moves": _difference(wrong),
            "lost": lost.total(),
            "won": won,
            "lost_by_kind": dict(lost.most_common()),
            "chance": round(sign_test(won, lost.total()), 4),
            "changed": sum(one.told_otherwise for one in self.pairs),
        }


def told(answer: Json) -> tuple[object, ...]:
    """What an answer tells, whatever its words: its figure, its yes or no, else its first source.

    >>> told({"status": "answered", "answer": "Nei, det …", "figure": None, "citations": []})
    ('answered', 'nei')
    >>> told({"status": "not_found", "answer": "Står ikke", "figure": None, "citations": []})
    ('not_found',)
    """
    status = answer["status"]
    if status != "answered":
        return (status,)
    if figure := answer.get("figure"):
        return status, figure["base_value"], figure["base_unit"]
    first = (answer["answer"] or "").split(maxsplit=1)[:1]
    if first and (word := first[0].strip(",.:").lower()) in ("ja", "nei"):
        return status, word
    source: Json = next(iter(answer["citations"]), {})
    return status, source.get("doc"), source.get("page"), source.get("quote")


def read_wordings(path: Path = WORDINGS) -> dict[str, dict[str, str]]:
    """Each question's id, and how else it is asked."""
    found: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            one = json.loads(line)
            if set(one) != {"id", *WAYS} or one["id"] in found:
                raise UsageError(f"{path}:{number}: wants a new id, {', '.join(WAYS)}")
            found[one["id"]] = {way: one[way] for way in WAYS}
    return found


def read_real(path: Path = REAL) -> list[Gold]:
    """Our own questions to real reports; a figure of theirs has no sign that must be right."""
    with path.open(encoding="utf-8") as lines:
        return [_real(json.loads(line)) for line in lines]


def _real(one: Json) -> Gold:
    figure = one.get("figure")
    return Gold(
        id=f"real/{zlib.crc32(one['question'].encode()):08x}",
        question=one["question"],
        lang="nb",
        kind=one["kind"],
        docs=one["docs"],
        answer="",
        figure=GoldFigure(**figure, as_stated="", sign_free=True) if figure else None,
        accept=one.get("accept", []),
        evidence=[],
    )


def run_wordings(
    folder: Path,
    settings: Settings,
    *,
    reports: Path | None = None,
    every: int = 1,
    progress: Progress = lambda _done, _of: None,
) -> dict[str, tuple[Moved, ...]]:
    """Index and ask: the bundled samples, and the real reports where their folder is given."""
    wordings = read_wordings()
    sources = {"samples": (SAMPLES, read_gold(SAMPLES / "questions.jsonl"))}
    if reports:
        sources["reports"] = (reports, read_real())
    found = {}
    for name, (place, golds) in sources.items():
        index = folder / name
        embedder = load_embedder(settings.embedder)
        build_index([place], index, embedder=embedder, workers=settings.workers)
        said_again = [gold for gold in golds if gold.id in wordings][::every]
        found[name] = ask_again(said_again, wordings, replace(settings, index=index), progress)
    return found


def ask_again(
    golds: Sequence[Gold],
    wordings: Mapping[str, Mapping[str, str]],
    settings: Settings,
    progress: Progress = lambda _done, _of: None,
) -> tuple[Moved, ...]:
    """Ask each question as it was and in every other way; the ways, `as asked` first."""
    asked = [said for way in (AS_ASKED, *WAYS) for said in _said(golds, wordings, way)]
    scores = score_run(run_gold(asked, settings, source=WORDINGS.name, progress=progress))
    count = len(golds)
    first = scores[:count]
    return tuple(
        Moved(
            way=way,
            pairs=tuple(
                Pair(before=before, after=after)
                for before, after in zip(first, scores[n * count :], strict=False)
            ),
        )
        for n, way in enumerate((AS_ASKED, *WAYS))
    )


def _said(
    golds: Sequence[Gold], wordings: Mapping[str, Mapping[str, str]], way: str
) -> Iterator[Gold]:
    for gold in golds:
        if way == AS_ASKED:
            yield gold
            continue
        changed = {
            "id": f"{gold.id} {way}",
            "question": wordings[gold.id][way],
            "lang": LANGUAGES.get(way, gold.lang),
        }
        yield gold.model_copy(update=changed)


def wordings_to_text(found: Mapping[str, Sequence[Moved]], *, answers: bool = False) -> str:
    """A table for each source; with `answers`, also each answer that changed."""
    lines = []
    for name, ways in found.items():
        lines += [f"## {name}", "", *table(HEAD, [_row(moved) for moved in ways]), ""]
        if answers:
            lines += [line for moved in ways for line in _changed(moved)]
    return "\n".join(lines)


def _row(moved: Moved) -> Sequence[object]:
    one = moved.to_json()
    shares = (moved.way, one["questions"], f"{one['right']:.3f}", f"{one['answered_wrong']:.3f}")
    if moved.way == AS_ASKED:
        return *shares, *[""] * (len(HEAD) - len(shares))
    return (
        *shares,
        *_points(one["right_moves"]),
        *_points(one["wrong_moves"]),
        f"{one['chance']:.3f}",
        f"{one['lost']} / {one['won']}",
        one["changed"],
    )


def _points(difference: Json) -> tuple[str, str]:
    low, high = difference["interval"]
    return f"{100 * difference['value']:+.1f}", f"{100 * low:+.1f} to {100 * high:+.1f}"


def _changed(moved: Moved) -> Iterator[str]:
    for one in moved.pairs:
        if not one.told_otherwise and one.before.right == one.after.right:
            continue
        gold = one.before.result.gold
        yield f"{moved.way}  {gold.id}  {gold.kind}  {_right(gold)}"
        for score in (one.before, one.after):
            said = " ".join((score.result.answer["answer"] or "").split())
            yield f"    {score.result.gold.question}"
            yield f"        {score.outcome}: {said[:240]}"
        yield ""


def _right(gold: Gold) -> str:
    return gold.answer or str(gold.figure.base_value if gold.figure else gold.accept)


def _wrong(score: Score) -> bool:
    return score.answered and not score.right


def _share(values: Sequence[bool]) -> float:
    return round(measure(values).value, 4)


def _difference(pairs: Sequence[tuple[bool, bool]]) -> Json:
    moves = [float(after) - float(before) for before, after in pairs]
    interval = bootstrap_interval(moves)
    return {
        "value": round(measure(moves).value, 4),
        "interval": [round(end, 4) for end in interval],
    }
