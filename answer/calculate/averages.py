"""So much for each: an amount divided by a number of things, both counted in one passage's text.

Only where that passage counts each of the two once for the year, and no report states the average
itself: "11 482 bøker" by "1 004 barn".
"""

import re
from dataclasses import replace

from answer.calculate.operands import COUNTED, may_count, to_operand, with_unit
from answer.citing import cite_text
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Figure, Language, Scope
from figures.calculate import ratio
from figures.errors import Incomparable
from figures.wording import format_number
from indexer.index import Index
from indexer.tokens import keys_of
from retriever.cells import FoundCell
from retriever.fit import unit_fit
from retriever.mentions import FoundMention, find_mentions
from retriever.terms import held
from retriever.understand import Query, subject_of
from retriever.vocabulary import Wanted, query_words

FOUND = 40
MIN_COVERED = 0.3  # of the question, by the sentence of one of the two
CLEARLY = 0.15  # more of the question that the passage must hold than any other that has both

STATED = 0.5  # of the question, by a row that gives so much for each itself

PER = re.compile(r"\b(?:per|pr\.?|hver|hvert|kvar|kvart|each)\b", re.IGNORECASE)
MEAN = re.compile(r"snitt(?:l[ie]g\w*)?\b|\bon average\b|\baverage\b", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:per|pr\.?|hver|hvert|kvar|kvart|each|every)\s+(?P<each>\w{3,}(?: \w{3,})?)",
    re.IGNORECASE,
)
# "Hvor store er boligene i gjennomsnitt": what is large or old is what there are many of.
_HOW_LARGE = re.compile(
    r"\b(?:hvor|kor|how)\s+(?:store?|lange?|gamle|tunge|large|long|old)\s+(?:er|var|are|were)\s+"
    r"(?P<each>.+?)\s+(?:i\s+(?:gjennom)?snitt|on average)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:()–]| og | and ")
_SQUARE = re.compile(r"\b(?:kvadratmeter|kvm|m2|m²|square met)", re.IGNORECASE)
_TIME = frozenset({"år", "måned", "månad", "month", "year", "uke", "veke", "dag", "time"})
_WORDS: dict[Language, str] = {
    "nb": "{result} i gjennomsnitt: {a} [1] delt på {b} [2].",
    "nn": "{result} i gjennomsnitt: {a} [1] delt på {b} [2].",
    "en": "{result} on average: {a} [1] divided by {b} [2].",
}


def answer_average(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """An average that no report states, or None where its two amounts are not surely found."""
    each = things_of(index, query)
    if not each or not MEAN.search(query.question) or len(query.places) != 1:
        return None
    if any(states_for_each(cell, each) for cell in evidence.cells):
        return None
    mentions = [
        one
        for one in find_mentions(index, with_unit(query, ""), evidence.hits, limit=FOUND)
        if may_count(one)
    ]
    if any(MEAN.search(one.sentence) and one.covered >= 2 * MIN_COVERED for one in mentions):
        return None
    wanted = _wanted(index, query, each)
    about = _but(each, query_words(query.subject, index.words))
    found: list[tuple[float, FoundMention, FoundMention]] = []
    for passage in dict.fromkeys(one.passage.id for one in mentions):
        inside = [one for one in mentions if one.passage.id == passage]
        numbers = [m for m in inside if m.unit in ("antall", "personer") and _counts(m, each)]
        amounts = [m for m in inside if _is_amount(m, query, wanted) and m not in numbers]
        # kroner are spent on many things: what stands around them must say on what
        amounts = [
            m
            for m in amounts
            if m.unit != "kr" or holds(f"{m.passage.heading} {m.passage.text}", about) >= COUNTED
        ]
        if len({m.base_value for m in numbers}) == len({m.base_value for m in amounts}) == 1:
            covered = max(numbers[0].covered, amounts[0].covered)
            found.append((covered, amounts[0], numbers[0]))
    found.sort(key=lambda one: -one[0])
    if not found or found[0][0] < MIN_COVERED:
        return None
    if len(found) > 1 and found[0][0] - found[1][0] < CLEARLY:
        return None
    _, amount, number = found[0]
    return _say(index, query, scope, amount, number)


def states_for_each(cell: FoundCell, each: list[Wanted]) -> bool:
    """Whether a row says itself how much it is for each."""
    said = f"{cell.row.label} {cell.column.name} {cell.table.title}"
    per = "/" in cell.cell.unit or PER.search(said) or MEAN.search(said)
    return bool(per) and cell.covered >= STATED and holds(said, each) >= COUNTED


def holds(label: str, words: list[Wanted]) -> float:
    """How much of the word that a label holds best."""
    keys = keys_of(label)
    return max((held(term, [(keys, 1.0)]) for term in words), default=0.0)


def things_of(index: Index, query: Query) -> list[Wanted]:
    """The words for what there are several of: "per cruiseanløp", "kvart barn"."""
    match = _HOW_LARGE.search(query.question) or _EACH.search(query.question)
    if match is None:
        return []
    words = subject_of(match["each"], query.places).split()
    if match.re is _HOW_LARGE:
        words = [word for word in words if len(word) > 2][-1:]
    words = [word for word in words if not MEAN.search(word)]
    if not words or words[0].lower() in _TIME:
        return []
    return query_words(" ".join(words), index.words)


def _wanted(index: Index, query: Query, each: list[Wanted]) -> list[Wanted]:
    """The words for what is spread on them, where it is a number: "bøker"."""
    first = query.asked.counted.split()[:1]
    return _but(each, query_words(" ".join(first), index.words))


def _but(each: list[Wanted], words: list[Wanted]) -> list[Wanted]:
    """The other words than those for what there are several of."""
    things = {term.key for term in each}
    return [term for term in words if term.key not in things and not MEAN.search(term.key)]


def _is_amount(found: FoundMention, query: Query, wanted: list[Wanted]) -> bool:
    """Whether an amount is of the unit asked for, or a number that counts what is asked about."""
    unit = query.asked.unit
    if _SQUARE.search(query.question):
        return found.unit == "m²"
    if unit == "antall":
        return found.unit in ("antall", "personer") and bool(wanted) and _counts(found, wanted)
    if unit in ("kr", "mengde"):
        return found.unit == "kr"
    return bool(unit) and unit_fit(unit, found.unit) == "right"


def _counts(found: FoundMention, things: list[Wanted]) -> bool:
    """Whether a number's own clause says that it counts these."""
    sentence, mention = found.sentence, found.mention
    cuts = [match.start() for match in _CLAUSE.finditer(sentence)]
    start = max((cut for cut in cuts if cut < mention.start), default=0)
    end = min((cut for cut in cuts if cut >= mention.end), default=len(sentence))
    field = [(keys_of(sentence[start:end]), 1.0)]
    return max((_held(term, field) for term in things), default=0.0) >= COUNTED


def _held(term: Wanted, field: list[tuple[frozenset[str], float]]) -> float:
    """How much of a word a clause holds: its last part is what it is, "anløp" of "cruiseanløp"."""
    keys = field[0][0]
    known = {*term.parts, *(key for key, _ in term.kin)}
    return 1.0 if known & keys else held(term, field)


def _say(
    index: Index, query: Query, scope: Scope, amount: FoundMention, number: FoundMention
) -> Answer | None:
    one, other = to_operand(index, amount), to_operand(index, number)
    language = query.language
    try:
        result = ratio(one, replace(other, year=one.year), "", language)
    except Incomparable:
        return None
    text = format_number(result.value, one.unit, language)
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=_WORDS[language].format(
            result=text[:1].upper() + text[1:],
            a=format_number(one.value, one.unit, language),
            b=format_number(other.value, other.unit, language),
        ),
        figure=Figure(base_value=result.value, base_unit=one.unit, text=text),
        calculation=Calculation(
            expression=result.expression, result=text, steps=result.steps, operands=(1, 2)
        ),
        citations=(
            cite_text(index, amount.passage, amount.sentence, 1),
            cite_text(index, number.passage, number.sentence, 2),
        ),
        scope=scope,
    )
