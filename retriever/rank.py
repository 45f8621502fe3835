"""Candidates -> the same, in the order of what they say about the question. Pure.

Each candidate becomes a handful of features between 0 and 1; a linear model weighs them. The
weights are in data/ranking.json, made by `python -m training ranking` from pairs that no person
labelled, and can be read there.
"""

import itertools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from indexer.embed import Embedder, StaticEmbedder
from indexer.records import Passage
from indexer.tokens import keys, words
from retriever.likeness import near_keys
from retriever.terms import Near
from retriever.vocabulary import Wanted

_LINE = re.compile(r"\n|(?<=[.!?:;]) +(?=[A-ZÆØÅ«•●-])")
_AMOUNT = re.compile(
    r"\bhvor (?:mange|mye|stor|store|stort|lang|lenge|høy|høyt|ofte|gammel)"
    r"|\bhva (?:var|er|ble|kostet)"
    r"|\bkor (?:mange|mykje|stor|stort|store|lenge|høg|høgt)|\bkva (?:var|er|blei|kosta)"
    r"|\bhow (?:many|much|long|large|big|high)|\bprosent\b|\bandel|\bpercent|\bper cent|\baverage"
    r"|\bsnitt|\bsum\b|\btotal",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\bhvorfor|\bkvifor|\bkorfor|\bwhy\b|\bforklaring|\bårsak|\breason", re.IGNORECASE
)
_BECAUSE = frozenset(
    key
    for word in "skyldes årsak fordi grunn grunnet forklaring derfor medført følge tilskrives "
    "begrunnelse bakgrunn skuldast årsaka".split()
    for key in keys(word)
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PART = 0.8  # of a compound, where only its parts are found
_KIN = 0.6
_FRAMED = 0.8  # of a word that stands in the heading rather than in the line

FEATURES = (
    "words", "vector", "nearest", "text", "frame", "all", "line_in_frame", "exact", "name", "meant",
    "line_meant", "table", "amount", "year", "number", "because", "own",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage that one of the searches found, and how well each liked it."""

    number: int
    passage: Passage
    words: float  # BM25; 0 where only the vectors found it
    vector: float  # cosine; 0 where only the words found it
    own: bool = True  # of a report for the year asked about, not of one that looks back on it


def rank(
    query: str, wanted: Sequence[Wanted], candidates: Sequence[Candidate], embedder: Embedder
) -> list[tuple[Candidate, float, tuple[str, ...]]]:
    """Each candidate with its score and the features that speak most for it, best first."""
    weights = load_weights()
    scored = []
    found = features(query, wanted, candidates, embedder)
    for one, values in zip(candidates, found, strict=True):
        shares = {name: weights[name] * value for name, value in zip(FEATURES, values, strict=True)}
        best = sorted((name for name in shares if shares[name] > 0), key=lambda name: -shares[name])
        scored.append((one, sum(shares.values()), tuple(best[:3])))
    return sorted(scored, key=lambda found: -found[1])


def features(
    query: str, wanted: Sequence[Wanted], candidates: Sequence[Candidate], embedder: Embedder
) -> list[list[float]]:
    """The features of each candidate, in the order of FEATURES."""
    near: Near = {}
    if isinstance(embedder, StaticEmbedder):  # the only one that knows single words
        near = near_keys(wanted, _all_keys(candidates), embedder)
    asked = _Asked(query, wanted, near)
    most = max((one.words for one in candidates), default=0.0) or 1.0
    nearest = max((one.vector for one in candidates), default=0.0) or 1.0
    return [asked.compare(one, most, nearest) for one in candidates]


def _all_keys(candidates: Sequence[Candidate]) -> frozenset[str]:
    texts = [
        _read(text).keys for one in candidates for text in (_frame(one.passage), one.passage.text)
    ]
    return frozenset().union(*texts)


def _frame(passage: Passage) -> str:
    """What a passage's lines stand under: its headings, a table's columns, what leads into it."""
    columns = passage.text.split("\n", 2)[1:2] if passage.table else ()
    return "\n".join((passage.heading, passage.title, passage.context, *columns))


@cache
def load_weights() -> dict[str, float]:
    """What each feature counts for."""
    text = (files(__package__) / "data" / "ranking.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights


class _Asked:
    """A question taken apart once, to be compared with many passages."""

    def __init__(self, query: str, wanted: Sequence[Wanted], near: Near) -> None:
        said = [word for word in wanted if not word.key[0].isdigit()]
        numbers = {word.key for word in wanted if word.key[0].isdigit()}
        self.years = frozenset(number for number in numbers if _YEAR.fullmatch(number))
        self.numbers = numbers - self.years
        self.amount = bool(_AMOUNT.search(query))
        self.why = bool(_WHY.search(query))
        self.rarity = [word.rarity for word in said]
        self.total = sum(self.rarity) or 1.0
        self.names = [place for place, word in enumerate(said) if word.name]
        # key -> (place of the word, what it adds); parts of one compound add up
        self.adds: dict[str, list[tuple[int, float]]] = {}
        self.kin: dict[str, list[int]] = {}
        for place, word in enumerate(said):
            self.adds.setdefault(word.key, []).append((place, 1.0))
            for part in word.parts:
                self.adds.setdefault(part, []).append((place, _PART / len(word.parts)))
            for key, _ in word.kin:
                self.kin.setdefault(key, []).append(place)
        self.any = frozenset(self.adds.keys() | self.kin.keys())
        self.remembered: dict[frozenset[str], dict[int, float]] = {}  # many lines hold the same
        # a key of the reports -> (place of the word that it is near in meaning, how near)
        self.near: dict[str, list[tuple[int, float]]] = {}
        for place, word in enumerate(said):
            for key, likeness in near.get(word.key, {}).items():
                self.near.setdefault(key, []).append((place, likeness))
        self.telling = self.any | self.near.keys()

    def compare(self, one: Candidate, most: float, nearest: float) -> list[float]:
        """The features of one candidate; the best BM25 score and likeness among all are given."""
        passage = one.passage
        text, around = _read(passage.text), _read(_frame(passage)).keys
        frame, whole = self._held(around), self._held(text.keys)
        both = _most(whole, frame)
        line, line_meant, exact, best_keys = self._compare_lines(text, frame)
        return [
            one.words / most,
            max(one.vector, 0.0),
            max(one.vector, 0.0) / nearest,
            self._share(whole),
            self._share(frame),
            self._share(both),
            line,
            exact,
            sum(both.get(place, 0.0) for place in self.names) / max(1, len(self.names)),
            self._meant(text.keys | around, both),
            line_meant,
            float(self.amount and bool(passage.table)),
            float(self.amount and any(key[0].isdigit() for key in best_keys)),
            _found(self.years, text.keys),
            _found(self.numbers, text.keys),
            float(self.why and bool(_BECAUSE & text.keys)),
            float(one.own),
        ]

    def _compare_lines(
        self, text: "_Text", frame: Mapping[int, float]
    ) -> tuple[float, float, float, frozenset[str]]:
        """What the best lines hold: under their frame, by meaning, all alone; and the best's keys.

        A line speaks with what it stands under, a little lower: a row under its table's title.
        """
        below = {place: _FRAMED * amount for place, amount in frame.items()}
        best = best_meant = self._share(below)
        best_exact, best_keys = 0.0, frozenset[str]()
        for line, length in text.lines:
            if self.telling.isdisjoint(line):  # most lines hold nothing
                continue
            alone = self._held(line)
            held = _most(alone, below)
            share = self._share(held)
            density = min(1.0, sum(alone.values()) / length)
            best_exact = max(best_exact, self._share(alone) * density)
            best_meant = max(best_meant, share + self._meant(line, held))
            if share > best:
                best, best_keys = share, line
        return best, best_meant, best_exact, best_keys

    def _meant(self, found: frozenset[str], held: Mapping[int, float]) -> float:
        """The share of the question that these keys hold by meaning, beyond what is held."""
        likest: dict[int, float] = {}
        for key in self.near.keys() & found:
            for place, likeness in self.near[key]:
                likest[place] = max(likeness, likest.get(place, 0.0))
        more = [
            self.rarity[place] * max(0.0, likeness - held.get(place, 0.0))
            for place, likeness in likest.items()
        ]
        return sum(more) / self.total

    def _held(self, found: frozenset[str]) -> dict[int, float]:
        """How much of each word of the question these keys hold, 0 to 1; only those they hold."""
        asked = self.any & found
        if asked not in self.remembered:
            self.remembered[asked] = self._hold(asked)
        return self.remembered[asked]

    def _hold(self, asked: frozenset[str]) -> dict[int, float]:
        held: dict[int, float] = {}
        for key in asked:
            for place, amount in self.adds.get(key, ()):
                held[place] = min(1.0, held.get(place, 0.0) + amount)
        for key in asked:
            for place in self.kin.get(key, ()):
                held[place] = max(_KIN, held.get(place, 0.0))
        return held

    def _share(self, held: Mapping[int, float]) -> float:
        """The share of the question that is held, telling words counting more."""
        return sum([self.rarity[place] * amount for place, amount in held.items()]) / self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A text's keys: all of them, and by line or sentence."""

    keys: frozenset[str]
    lines: tuple[tuple[frozenset[str], int], ...]  # and how many words each has


@lru_cache(maxsize=8_192)
def _read(text: str) -> _Text:
    lines = []
    for line in _LINE.split(text):
        found = [own for word in words(line) if (own := keys(word))]
        length = sum([not own[0][0].isdigit() for own in found])
        lines.append((frozenset(itertools.chain.from_iterable(found)), max(1, length)))
    return _Text(
        keys=frozenset().union(*[line for line, _ in lines]),
        lines=tuple(lines),
    )


def _most(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    """Both, and where both hold a word the greater amount."""
    most = dict(one)
    for place, amount in other.items():
        if amount > most.get(place, 0.0):
            most[place] = amount
    return most


def _found(numbers: frozenset[str] | set[str], text: frozenset[str]) -> float:
    return len(numbers & text) / len(numbers) if numbers else 0.0
