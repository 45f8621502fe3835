"""A figure for a year without a report: a later figure, less the change that is stated beside it.

"Sykefraværet i 2025 var 11,1 prosent, 0,5 prosentpoeng høyere enn i 2024." Only a change in the
figure's own unit, of the same sentence or the next to it, and said against the year asked for.
"""

import re
from dataclasses import replace

from answer.calculate.population import START, asks_for_population, find_population
from answer.citing import cite_text
from answer.evidence import HITS, Evidence, find_passages
from answer.records import Answer, Calculation, Figure, Language, Scope
from answer.values import MIN_SURE, most_likely
from figures.calculate import Operand, difference
from figures.mentions import Mention, find_numbers
from figures.wording import format_number
from indexer.index import Index
from retriever.fit import unit_fit
from retriever.mentions import FoundMention, find_mentions
from retriever.sentences import split_sentences
from retriever.understand import Query, narrowed, subject_of

FOUND = 10

_ROSE = re.compile(
    r"\b(?:høyere|høgare|flere|fleire|mer|meir|økning\w*|økt\w*|auk\w*|vekst|\w+vekst|vokst\w*|oppgang\w*"
    r"|opp|steg\w*|stig\w*|higher|more|increase\w*|growth|grew|up)\b",
    re.IGNORECASE,
)
_FELL = re.compile(
    r"\b(?:lavere|lågare|færre|mindre|nedgang\w*|reduksjon\w*|redusert\w*|ned|sank|falt|lower|fewer"
    r"|less|decrease\w*|reduction|fell|drop\w*|down)\b",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(
    r"\bi fjor\b|\bfjoråret\b|\båret (?:før|føre)\b|\b(?:forrige|førre) år\b|last year|year before"
    r"|previous year",
    re.IGNORECASE,
)
_POINTS = re.compile(r"prosentpoeng|prosenteiningar|percentage point", re.IGNORECASE)
_NOTHING = re.compile(r"\b(?:mål\w*|budsjett\w*|snitt\w*|landet|target|budget)\b", re.IGNORECASE)
_WORDS: dict[Language, str] = {
    "nb": "{value} {when}: {later} i {after} [1], etter en endring på {change} [2].",
    "nn": "{value} {when}: {later} i {after} [1], etter ei endring på {change} [2].",
    "en": "{value} {when}: {later} in {after} [1], after a change of {change} [2].",
}


_AT_START: dict[Language, str] = {
    "nb": "ved inngangen til {}", "nn": "ved inngangen til {}", "en": "at the start of {}",
}  # fmt: skip
_DURING: dict[Language, str] = {"nb": "i {}", "nn": "i {}", "en": "in {}"}


def answer_at_start(index: Index, query: Query, _evidence: Evidence, scope: Scope) -> Answer | None:
    """The figure as a year began: that of the year before its report."""
    match = START.search(query.question)
    if match is None:
        return None
    subject = subject_of(START.sub(" ", query.question), query.places)
    year = int(match["year"])
    when = _AT_START[query.language].format(year)
    return _answer(index, replace(query, subject=subject), scope, year - 1, when)


def answer_earlier(index: Index, query: Query, _evidence: Evidence, scope: Scope) -> Answer | None:
    """The figure for the year before a report's, or None where no change since then is stated."""
    if len(query.asked.years) != 1:
        return None
    year = query.asked.years[0]
    return _answer(index, query, scope, year, _DURING[query.language].format(year))


def _answer(index: Index, query: Query, scope: Scope, year: int, when: str) -> Answer | None:
    later = narrowed(query, index.documents, years=[year + 1])
    if len(query.places) != 1 or all(index.document(doc)["year"] != year + 1 for doc in later.docs):
        return None
    hits = tuple(find_passages(index, later, k=HITS))
    wanted = query.asked.unit
    found = [
        one
        for one in find_mentions(index, later, hits, limit=FOUND)
        if one.mention.number and unit_fit(wanted, one.mention.number.unit or "antall") != "wrong"
    ]
    if asks_for_population(later):
        level = find_population(index, later, query.places[0], year + 1)
    else:
        best = most_likely(Evidence(hits=hits, cells=(), mentions=tuple(found), sentences=()))
        level = best.found if best and best.sureness >= MIN_SURE else None
    if not isinstance(level, FoundMention):
        return None
    stated = _change_beside(level, year)
    return _say(index, query, scope, level, stated, year, when) if stated else None


def _change_beside(found: FoundMention, year: int) -> tuple[str, Mention, int] | None:
    """The sentence that states a change since a year, its amount, and 1 or -1 for its way."""
    sentences = split_sentences(found.passage.text)
    if found.sentence not in sentences:
        return None
    at = sentences.index(found.sentence)
    for sentence in (found.sentence, *sentences[at + 1 : at + 2], *sentences[max(0, at - 1) : at]):
        if _NOTHING.search(sentence):
            continue
        changes = [
            (mention, way)
            for mention in find_numbers(sentence)
            if mention.kind == "amount"
            and (sentence != found.sentence or mention.start != found.mention.start)
            and (way := _way(sentence, mention, year))
            and _fits(found.mention, mention, sentence)
        ]
        if len(changes) == 1:
            return sentence, *changes[0]
    return None


def _way(sentence: str, mention: Mention, year: int) -> int:
    """Whether an amount is a rise or a fall since a year, by the words beside it."""
    before, after = sentence[: mention.start][-45:], sentence[mention.end :]
    since = str(year) in after or _LAST_YEAR.search(sentence)
    during = re.search(rf"\b(?:i|gjennom|i løpet av|in|during) {year + 1}\b", sentence)
    if not (since or during):
        return 0
    near = f"{before} | {after[:30]}"
    rose, fell = bool(_ROSE.search(near)), bool(_FELL.search(near))
    return rose - fell


def _fits(level: Mention, change: Mention, sentence: str) -> bool:
    """Whether a change is of the figure's own unit: points for percent, else the same."""
    assert level.number
    assert change.number
    if level.number.unit == "prosent":
        near = sentence[change.start : change.end + 20]
        return change.number.unit in ("prosent", "prosentpoeng") and bool(_POINTS.search(near))
    counts = {"", "antall", "personer", "innbyggere"}
    one, other = level.number.unit, change.number.unit
    return one == other or {one, other} <= counts


def _say(
    index: Index,
    query: Query,
    scope: Scope,
    found: FoundMention,
    stated: tuple[str, Mention, int],
    year: int,
    when: str,
) -> Answer | None:
    sentence, mention, way = stated
    level, change = found.mention.number, mention.number
    assert level
    assert change
    language = query.language
    unit = level.unit or "antall"
    later = Operand(value=level.base_value, unit=unit, label=found.mention.text, year=year + 1)
    by = Operand(value=change.base_value, unit=unit, label=mention.text, year=year + 1)
    result = difference(later, replace(by, value=by.value * way), language)
    value = result.value
    if value <= 0:
        return None
    text = format_number(value, unit, language)
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=_WORDS[language].format(
            value=text[:1].upper() + text[1:],
            when=when,
            later=format_number(later.value, unit, language),
            after=year + 1,
            change=mention.text.strip(),
        ),
        figure=Figure(base_value=value, base_unit=unit, text=text),
        calculation=Calculation(
            expression=result.expression, result=text, steps=(), operands=(1, 2)
        ),
        citations=(
            cite_text(index, found.passage, found.sentence, 1),
            cite_text(index, found.passage, sentence, 2),
        ),
        scope=scope,
    )
