"""How much of a question a text holds: used for table rows, columns and sentences alike. Pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from retriever.vocabulary import TYPO, Wanted

KIN = 0.75  # a word near in meaning holds this much of the word asked for
LIKE = 0.8  # a word that begins with it, as "besøkende" with "besøk"
SHORTER = 0.6  # a word that it begins with, as "avløpsinvest." with "avløp"
PARTS = 0.9  # a compound whose parts stand apart
SOME_PARTS = 0.6  # one of which the first part stands: "biblioteksbesøk" with "bibliotek"
LAST_PART = 0.2  # one of which it does not: a "byrådsleder" is no "avdelingsleder"
LONG = 5  # letters of a key that another may begin with

# A text's keys, and how much it counts that a word stands there.
Field = tuple[frozenset[str], float]

# A word of the question → the keys near it in meaning, and how near.
Near = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How much of a question some fields hold."""

    words: tuple[float, ...]  # of each word: 1 for itself, less for its parts or kin
    coverage: float  # the share of the words, rare ones counting more
    covered: float  # the same, as what is not lacking
    lacks_most: float  # the share of the question that is the word most missed
    meant: float  # the share held by meaning and not by keys


class Sought:
    """The words of a question, to be looked for in many texts.

    What each key says of each word is settled once. Of a text only the few keys that say anything
    are looked at, and what they hold is remembered: many texts hold the same few.
    """

    def __init__(
        self, terms: Sequence[Wanted], around: Collection[str], near: Near | None = None
    ) -> None:
        """`around` holds every key of the texts to look in, `near` what some of them mean."""
        self._terms = terms
        self._total = sum(term.rarity for term in terms)
        self._worth = _worth(terms)
        self._begun = _begun({stem for term in terms for stem in (term.key, *term.parts)}, around)
        self._meaning = _meaning(terms, near or {})
        self._telling = frozenset(self._worth.keys() | self._begun.keys() | self._meaning.keys())
        self._names = [self._naming(term) for term in terms if term.name]
        self._found: dict[tuple[Field, ...], Found] = {}
        self.asked = frozenset(key for t in terms for key in (t.key, *t.parts, *dict(t.kin)))

    def __len__(self) -> int:
        return len(self._terms)

    def field(self, keys: frozenset[str], weight: float) -> Field:
        """Of a text the keys that say anything, and how much it counts."""
        return keys & self._telling, weight

    def look(self, *fields: Field) -> Found:
        """What fields made by `field` hold of the question."""
        few = tuple([field for field in fields if field[0]])
        found = self._found.get(few)
        if found is None:
            found = self._found[few] = self._look(few)
        return found

    def held(self, keys: frozenset[str], asked: frozenset[str]) -> float:
        """How much of one of some words, or of any where none is given, the keys hold or mean."""
        field = self.field(keys, 1.0)
        words = self.look(field).words
        meant = self._best_meant([field])
        return max(
            (
                max(held, meant.get(place, 0.0))
                for place, (term, held) in enumerate(zip(self._terms, words, strict=True))
                if not asked or term.key in asked
            ),
            default=0.0,
        )

    def heads(self, keys: frozenset[str], around: frozenset[str], asked: frozenset[str]) -> bool:
        """Whether keys name what a compound asked for is, and its other parts stand around them.

        "63 cruiseskip med 118 700 passasjerer": the second number counts "cruisepassasjerer".
        """
        return any(
            term.parts and term.parts[-1] in keys and around.issuperset(term.parts[:-1])
            for term in self._terms
            if not asked or term.key in asked
        )

    def coverage(self, *fields: Field) -> float:
        """The share of the words, rare ones counting more, that any fields hold."""
        return self.look(*(self.field(*one) for one in fields)).coverage

    def nearest(self, key: str) -> float:
        """How near a key is in meaning to any of the words."""
        return max((likeness for _, likeness in self._meaning.get(key, ())), default=0.0)

    def name_missing(self, *fields: Field) -> bool:
        """Whether a name in the question stands in none of the fields, not even mistyped."""
        if not self._names:
            return False
        keys = frozenset().union(*[keys for keys, _ in fields])
        return any(name.isdisjoint(keys) for name in self._names)

    def first_missing(self, *fields: Field) -> bool:
        """Whether the fields hold nothing of the first word."""
        return not self._terms or not self.look(*fields).words[0]

    def _look(self, fields: Sequence[Field]) -> Found:
        words = self._words(fields)
        rated = [(term.rarity, held) for term, held in zip(self._terms, words, strict=True)]
        total = self._total or 1.0
        lacks = [rarity * (1 - held) / total for rarity, held in rated]
        return Found(
            words=words,
            coverage=sum([rarity * held for rarity, held in rated]) / total,
            covered=1 - sum(lacks) if lacks else 0.0,
            lacks_most=max(lacks, default=0.0),
            meant=self._meant(fields, words) / total,
        )

    def _words(self, fields: Sequence[Field]) -> tuple[float, ...]:
        best = [0.0] * len(self._terms)
        stands: dict[str, float] = {}
        begun: dict[str, float] = {}
        for keys, weight in fields:
            for key in keys:
                for place, worth in self._worth.get(key, ()):
                    best[place] = max(best[place], weight * worth)
                for stem, worth in self._begun.get(key, ()):
                    into = stands if stem == key else begun
                    into[stem] = max(into.get(stem, 0.0), weight * worth)
        stands = {**begun, **stands}  # a word itself goes before one that begins alike
        if stands:
            best = [
                _with_parts(term, held, stands)
                for term, held in zip(self._terms, best, strict=True)
            ]
        return tuple(best)

    def _meant(self, fields: Sequence[Field], words: Sequence[float]) -> float:
        best = self._best_meant(fields)
        more = [(place, best[place] - words[place]) for place in sorted(best)]
        return sum([self._terms[place].rarity * by for place, by in more if by > 0])

    def _best_meant(self, fields: Sequence[Field]) -> dict[int, float]:
        best: dict[int, float] = {}
        for keys, _ in fields:
            for key in keys:
                for place, likeness in self._meaning.get(key, ()):
                    best[place] = max(best.get(place, 0.0), likeness)
        return best

    def _naming(self, term: Wanted) -> frozenset[str]:
        """The keys by which a name stands in a text."""
        begun = {key for key, found in self._begun.items() if term.key in dict(found)}
        return frozenset(begun.union(key for key, weight in term.kin if weight == TYPO))


def coverage(terms: Sequence[Wanted], fields: Sequence[Field]) -> float:
    """The share of the words, rare ones counting more, that the fields hold."""
    sought = Sought(terms, frozenset().union(*(keys for keys, _ in fields)))
    return sought.coverage(*fields)


def held(term: Wanted, fields: Sequence[Field]) -> float:
    """How much of one word the fields hold."""
    sought = Sought([term], frozenset().union(*(keys for keys, _ in fields)))
    return sought.look(*(sought.field(*one) for one in fields)).words[0]


def _with_parts(term: Wanted, best: float, stands: Mapping[str, float]) -> float:
    """What is held of a word, counting words that begin alike and the parts of a compound."""
    if best < LIKE:
        best = max(best, stands.get(term.key, 0.0))
    if term.parts and best < PARTS:
        parts = [stands.get(part, 0.0) for part in term.parts]
        whole = PARTS if min(parts) else SOME_PARTS if parts[0] else LAST_PART
        best = max(best, whole * sum(parts) / len(parts))
    return best


def _worth(terms: Sequence[Wanted]) -> dict[str, list[tuple[int, float]]]:
    """The keys that stand for a word: which word, and how much of it each holds."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, term in enumerate(terms):
        worth = {key: 1.0 if weight == TYPO else KIN for key, weight in term.kin}
        for key, share in {**worth, term.key: 1.0}.items():
            found[key].append((place, share))
    return dict(found)


def _begun(stems: Collection[str], around: Collection[str]) -> dict[str, list[tuple[str, float]]]:
    """The keys that are a stem, begin with it or begin it: which, and how much each holds."""
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    by_head: dict[str, list[str]] = defaultdict(list)
    for stem in stems:
        found[stem].append((stem, 1.0))
        if len(stem) >= LONG:
            by_head[stem[:LONG]].append(stem)
    for key in around:
        for stem in by_head.get(key[:LONG], ()):
            if key != stem and key.startswith(stem):
                found[key].append((stem, LIKE))
            elif key != stem and stem.startswith(key):
                found[key].append((stem, SHORTER))
    return dict(found)


def _meaning(terms: Sequence[Wanted], near: Near) -> dict[str, list[tuple[int, float]]]:
    """The keys near a word in meaning: which word, and how near."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, term in enumerate(terms):
        for key, likeness in near.get(term.key, {}).items():
            found[key].append((place, likeness))
    return dict(found)
