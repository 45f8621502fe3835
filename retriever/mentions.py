"""Query + passages → the amounts in running text that may answer it, best first.

An amount scores by how much of the question its own sentence holds, a little by what stands around
it, and by whether its unit and the year named nearest are those asked for.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from figures.mentions import Mention, find_numbers
from figures.numbers import Number
from figures.places import read_place
from indexer.index import Index
from indexer.records import Passage
from indexer.tokens import keys, keys_of, words
from retriever.fit import UnitFit, numbers_in, sex_asked, sexes_said, unit_fit
from retriever.likeness import likeness, near_keys
from retriever.questions import Asked, wants_words_too
from retriever.search import Hit, behind_best
from retriever.sentences import running_text
from retriever.terms import Sought
from retriever.understand import Query
from retriever.vocabulary import query_words
from retriever.weigh import reasons, weigh

# How much each place counts where a word of the question may stand.
NEAR, SENTENCE, BEFORE, PASSAGE, HEADING = 1.0, 0.9, 0.8, 0.5, 0.55

# A sentence that begins so speaks of what the one before it said.
_POINTS_BACK = re.compile(
    r"(?:dette|det|dei|de|disse|denne|årsaken|årsaka|av disse|av desse"
    # "24 ble innvilget": of what was told before
    r"|\d+ (?:ble|blei|vart|fikk|fekk|hadde|er|var|under|over|av dem|av dei|av disse|av desse))\b",
    re.I,
)
_WHOLE = re.compile(r"\d av (?:de |dei |totalt )?$")  # the 14 of "7 av 14" is no answer by itself
# A year right after an amount is its year: "84 søknader i 2024".
_SAME_CLAUSE = re.compile(
    r"[^,;:.–]{0,40}?\b(?:i|in|for|ved utgangen av|per|pr\.?)\s+(?:19|20)\d\d", re.IGNORECASE
)
# What stands between an amount and another one that it is held against.
_OF_OTHER = re.compile(
    r"\b(?:mot|enn|than|from|fra|frå|against|(?:i forhold|sammenli[gk]net|samanlikna|compared)"
    r"|tilsvarende|tilsvarande|dobbelt\w*|dobbel|halvparten|tredobl\w+|ned|opp|up|down)\b.*\d",
    re.IGNORECASE | re.DOTALL,
)
_YEAR_BEFORE = re.compile(
    r"[^,;:.–\d]{0,40}?\b(?:året før|året føre|i fjor|forrige år|the year before)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:fra|frå|from) $", re.IGNORECASE)
_UP_TO = re.compile(r" (?:til|to) (?:kr\.? ?|over |under |om lag |ca\.? )?\d")
_CAME_FROM = re.compile(
    r"\b(?:opp|ned|økt|økte|auka?|økning|auke|vekst|steg|sank|falt|up|down|rose|fell)"
    r" (?:fra|frå|from) $",
    re.IGNORECASE,
)
_PEOPLE = keys_of("person menneske stykk individ")  # counted whoever is meant
_COUNTED = 3  # words after a number that may say what it counts
_AFTER_NAME = re.compile(r"(?<=[^.!?:•\n] )[A-ZÆØÅ][^\W\d_]+ $")  # "Storgata 12" is no amount
# By how much something changed, not what it was.
_CHANGE = re.compile(
    r"\b(?:øk\w*|auk\w*|redus\w*|reduksjon\w*|opp|ned\w*|vokst\w*|vekst\w*|fal[lt]\w*|sank|steg|endr\w*)"
    r"(?: på| med| fra| frå)?(?: om lag| rundt| ca\.?| over| nesten)? *$",
    re.IGNORECASE,
)

_CLAUSE = re.compile(r"[,;:–(]| og | men | mens | medan | mot | fra | til | frå | da | då | fordi ")
_FROM_TO = re.compile(r"\b(?:fra|frå|from) [^.;:()]{1,30} (?:til|to) $")
# A year that an amount is held against is not its own: "195 døde, 8 færre enn i 2024".
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_HELD_AGAINST = re.compile(
    r"(?:\b(?:enn|than)\b[^,.;0-9]{0,30}|\b(?:mot|i forhold til)"
    r"|\b(?:sammenli[gk]net|samanlikna|målt|compared) (?:med|mot|to|with))"
    r"(?: året| i| in| for)? $",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMention:
    """An amount in running text that may answer."""

    passage: Passage
    sentence: str
    mention: Mention
    year: int | None
    score: float
    covered: float
    features: Mapping[str, float]  # what the score is made of, see retriever.weigh

    @property
    def base_value(self) -> Decimal:
        """What it amounts to."""
        assert self.mention.number is not None
        return self.mention.number.base_value

    @property
    def unit(self) -> str:
        """Its unit; a bare number counts something."""
        assert self.mention.number is not None
        return self.mention.number.unit or "antall"

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for and against it, for people."""
        return reasons("mention", self.features)


def find_mentions(
    index: Index, query: Query, hits: Sequence[Hit], *, limit: int
) -> list[FoundMention]:
    """The best amounts in the found passages."""
    terms = query_words(query.subject, index.words)
    reports = {document["id"]: document for document in index.documents}
    prose = [hit for hit in hits if running_text(hit.passage)]
    around = frozenset().union(
        *(keys_of(text) for hit in prose for text in (hit.passage.heading, hit.passage.text))
    )
    sought = Sought(terms, around, near_keys(terms, around, index.word_meanings))
    said = (text for hit in prose for text in running_text(hit.passage))
    amounts = [(text, amount.clause) for text in said for amount in _amounts(text)]
    texts = list(dict.fromkeys(text for both in amounts for text in both))
    near = likeness(query.subject, texts, index.word_meanings)
    alike = dict(zip(texts, near, strict=True))  # of clauses and whole sentences
    found = [
        one
        for hit in prose
        for one in _mentions_of(
            hit.passage,
            query,
            sought,
            reports[hit.passage.doc],
            alike,
            behind=behind_best(hit, hits),
        )
    ]
    found.sort(key=lambda one: -one.score)
    return found[:limit]


def _mentions_of(
    passage: Passage,
    query: Query,
    sought: Sought,
    report: Mapping[str, Any],
    alike: Mapping[str, float],
    *,
    behind: float,
) -> Iterator[FoundMention]:
    counted, stated = keys_of(query.asked.counted), numbers_in(query.question)
    sex = sex_asked(query.question)
    own_place = str(report["municipality"]).lower()
    out = keys_of(query.without) - keys_of(query.subject)
    heading = sought.field(keys_of(passage.heading), HEADING)
    whole = sought.field(keys_of(passage.text), PASSAGE)
    before: frozenset[str] = frozenset()
    ahead: int | None = None  # "Budsjettet for 2025 har …": so has what follows
    for sentence in running_text(passage):
        named = _years_of(sentence)
        ahead = max(named, default=ahead)
        keys = keys_of(sentence)
        own = sought.field(keys, SENTENCE)
        fields = [own, heading, whole]
        if _POINTS_BACK.match(sentence):
            fields.append((before, BEFORE))
        before = own[0]
        amounts = _amounts(sentence)
        if not amounts:
            continue
        of_sentence = {
            "sentence_likeness": alike[sentence],
            "sentence_words": sought.look(own).coverage,
            "loose": 1 - min(1.0, len(sought) / max(1, len(keys))),
            "name_missing": float(sought.name_missing(*fields)),
            "first_missing": float(sought.first_missing(*fields)),
            "left_out": float(bool(out & keys)),
            "passage": behind,
        }
        for amount in amounts:
            year = amount.year if amount.year_named else report["year"]
            if amount.came_from and year is None and _years_of(sentence) <= {report["year"]}:
                year = report["year"]
            if year and (amount.year_before or (amount.came_from and year == report["year"])):
                year -= 1
            if query.asked.years and year not in query.asked.years:
                if (
                    amount.year_named
                    or amount.came_from
                    or not ahead
                    or not _is_ahead(ahead, report, query)
                ):
                    continue
                year = ahead
            if sex and sex != _sex_of(sentence, amount.mention, passage.heading):
                continue
            near = sought.field(amount.near, NEAR)
            found = sought.look(near, *fields)
            features = {
                "bias": 1.0,
                "what": float(wants_words_too(query.asked)),
                "covered": found.covered,
                "lacks_most": found.lacks_most,
                "meant": sought.look(near, own).meant,
                "likeness": alike[amount.clause],
                "near_words": sought.look(near).coverage,
                "year": float(amount.year_named),
                "change": float(amount.change),
                "rough": float(bool(amount.number.bound)),
                f"unit_{_unit_fit(query.asked, amount.number)}": 1.0,
                "named": float(amount.named),
                "in_question": float(abs(amount.number.value) in stated),
                **_place(amount, query, own_place),
                **(counts := _counted(amount, sought, counted, keys)),
                "counted_said": counts.get("counted", 0.0) * of_sentence["sentence_words"],
                **of_sentence,
            }
            yield FoundMention(
                passage=passage,
                sentence=sentence,
                mention=amount.mention,
                year=year,
                covered=found.covered,
                score=weigh("mention", features),
                features=features,
            )


def _sex_of(sentence: str, mention: Mention, heading: str) -> str:
    """The sex an amount is said to be for: the one named last before it, else first after it."""
    before, after = sexes_said(sentence[: mention.start]), sexes_said(sentence[mention.end :])
    return next(iter((*reversed(before), *after, *sexes_said(heading))), "")


def _is_ahead(year: int, report: Mapping[str, Any], query: Query) -> bool:
    """Whether a year that a passage spoke of is asked for, and is after the report's own."""
    return year in query.asked.years and year > (report["year"] or year)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amount:
    """An amount in a sentence and what stands around it, whatever is asked."""

    mention: Mention
    number: Number
    clause: str  # that it stands in
    near: frozenset[str]  # the keys of the clause
    year: int | None  # the year it is for by its sentence
    year_named: bool  # whether the sentence says which
    year_before: bool  # "748 året før"
    came_from: bool  # "opp fra 36": what it was, not what it is
    change: bool  # by how much something changed
    counted: frozenset[str]  # the keys of the words right after a bare number
    named: bool  # whether it looks like a part of a name
    place: str  # named right before it, of several that are compared: "fylket 41,8 og landet 42,4"


@lru_cache(maxsize=20_000)
def _amounts(sentence: str) -> tuple[_Amount, ...]:
    return tuple(
        _Amount(
            mention=mention,
            number=mention.number,
            clause=(clause := clause_of(sentence, mention)),
            near=keys_of(clause),
            year=(of := _year_of(sentence, mention))[0],
            year_named=of[1],
            year_before=bool(_YEAR_BEFORE.match(sentence[mention.end :])),
            came_from=_came_from(sentence, mention),
            change=bool(_CHANGE.search(sentence[: mention.start])),
            counted=_keys_counted(sentence, mention, mention.number),
            place=_place_before(sentence, mention),
            named=not mention.number.unit and bool(_AFTER_NAME.search(sentence[: mention.start])),
        )
        for mention in find_numbers(sentence)
        if mention.kind == "amount" and mention.number is not None
        if not _WHOLE.search(sentence[: mention.start])
    )


def _came_from(sentence: str, mention: Mention) -> bool:
    """Whether an amount is where a change began: "fra 3,2 til 3,6 promille"."""
    before, after = sentence[: mention.start], sentence[mention.end :]
    return bool(_CAME_FROM.search(before) or (_FROM.search(before) and _UP_TO.match(after)))


def _place_before(sentence: str, mention: Mention) -> str:
    """The place that the words right before an amount name."""
    before = re.split(r"[\d,;:.(]", sentence[: mention.start])[-1]
    found = [read_place(before), *(read_place(word) for word in before.split()[-2:])]
    return next(filter(None, reversed(found)), "").lower()


def _place(amount: _Amount, query: Query, own: str) -> dict[str, float]:
    """Whether an amount is said to be of the place that is asked for, or of another."""
    if not amount.place:
        return {}
    asked = {place.lower() for place in query.elsewhere} or {own}
    return {"place": 1.0} if amount.place in asked else {"place_other": 1.0}


def _keys_counted(sentence: str, mention: Mention, number: Number) -> frozenset[str]:
    if number.unit not in ("", "antall", "personer"):
        return frozenset()
    after = re.split(r"[,.;:()–]", sentence[mention.end :].lstrip(), maxsplit=1)[0]
    said = itertools.takewhile(keys, words(after))
    return frozenset(key for word in itertools.islice(said, _COUNTED) for key in keys(word))


def _counted(
    amount: _Amount, sought: Sought, asked: frozenset[str], around: frozenset[str]
) -> dict[str, float]:
    """Whether the words right after a bare number are what is counted: "21 936 innbyggere"."""
    if not amount.counted:
        return {}
    counted = sought.held(amount.counted, asked)
    if counted < 1 and sought.heads(amount.counted, around, asked):
        counted = 1.0
    if amount.counted & _PEOPLE:
        return {"counted": counted}
    return {"counted": counted, "counted_other": 1 - counted}


def clause_of(sentence: str, mention: Mention) -> str:
    """The clause that the amount stands in."""
    cuts = [match.start() for match in _CLAUSE.finditer(sentence)]
    begins = _FROM_TO.search(sentence[: mention.start])  # both its levels are of one thing
    before = begins.start() if begins else mention.start
    start = max((cut for cut in cuts if cut <= before - 12), default=0)
    end = min((cut for cut in cuts if cut >= mention.end + 12), default=len(sentence))
    return sentence[start:end]


def _years_of(sentence: str) -> set[int]:
    return {int(match[1]) for match in _YEAR.finditer(sentence)}


def _years_in(sentence: str) -> list[tuple[int, int]]:
    """The years a sentence speaks of, and where they stand; not those it only compares with."""
    return [
        (match.start(), int(match[1]))
        for match in _YEAR.finditer(sentence)
        if not _HELD_AGAINST.search(sentence[: match.start()])
    ]


def _year_of(sentence: str, mention: Mention) -> tuple[int | None, bool]:
    """The year that an amount is for by its sentence, and whether the sentence says so at all.

    Of "fra 72 søknader i 2022 til 84 i 2024" each amount has the year that follows it; of
    "I 2024 var det 84" the one before it; of "84 søknader, mot 72 i 2023" the first has none.
    """
    years = _years_in(sentence)
    if not years:
        return None, False
    others = [other for other in find_numbers(sentence) if other.kind == "amount"]
    until = min((o.start for o in others if o.start >= mention.end), default=len(sentence))
    since = max((o.end for o in others if o.end <= mention.start), default=0)
    after = [year for start, year in years if mention.end <= start < until]
    before = [year for start, year in years if since <= start < mention.start]
    first = sentence[mention.end : until]
    if after and (not before or _SAME_CLAUSE.match(first)):
        return after[0], True
    if before:
        return before[-1], True
    if _FROM.search(sentence[: mention.start]):
        return None, True  # "fra 85 til 90 prosent i 2024": an earlier year that is not named
    earlier = [year for start, year in years if start < mention.start]
    if earlier:
        return earlier[-1], True
    if _OF_OTHER.search(sentence[mention.end : years[0][0]]):
        return None, False
    return years[0][1], True


def _unit_fit(asked: Asked, number: Number) -> UnitFit:
    return unit_fit(asked.unit, number.unit or ("antall" if asked.unit == "antall" else ""))
