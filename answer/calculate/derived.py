"""What is by its meaning the difference of two counts: births less deaths, movers in less out.

Only where no report gives it itself, and both counts stand surely in one report for the year.
"""

import re
from dataclasses import dataclass, replace

from answer.calculate.operands import Found, best_pair, cite, look_up, to_operand
from answer.evidence import HITS, Evidence, find_passages
from answer.records import Answer, Calculation, Figure, Language, Scope
from figures.calculate import difference
from figures.errors import Incomparable
from figures.wording import format_number
from indexer.index import Index
from retriever.cells import FoundCell
from retriever.understand import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What is asked for, and what each of the two counts is called."""

    asked: re.Pattern[str]
    more: str
    says_more: re.Pattern[str]
    less: str
    says_less: re.Pattern[str]


_ALL = (
    Derived(
        asked=re.compile(r"\bfødsels?-?oversk(?:udd|ot)\w*|\bnatural increase\b", re.IGNORECASE),
        more="antall født fødte barn",
        says_more=re.compile(r"\b(?:født|fødd|fødte|fødde|fødslar|fødsler)\b", re.IGNORECASE),
        less="antall døde",
        says_less=re.compile(r"\b(?:døde|døydde|dødsfall)\b", re.IGNORECASE),
    ),
    Derived(
        asked=re.compile(r"\bnetto(?:-| )?innflytting\w*|\bnet migration\b", re.IGNORECASE),
        more="antall innflyttere innflyttinger",
        says_more=re.compile(r"\binnflyt\w+|\bflyttet inn\b", re.IGNORECASE),
        less="antall utflyttere utflyttinger",
        says_less=re.compile(r"\butflyt\w+|\bflyttet ut\b", re.IGNORECASE),
    ),
)
_WORDS: dict[Language, str] = {
    "nb": "{result}: {a} [1] minus {b} [2].",
    "nn": "{result}: {a} [1] minus {b} [2].",
    "en": "{result}: {a} [1] less {b} [2].",
}
NEAR = 30  # letters between a number and the word for what it counts


def answer_derived(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """The difference of the two counts, or None where they are not both surely found."""
    meant = next((one for one in _ALL if one.asked.search(query.question)), None)
    if meant is None or len(query.places) != 1:
        return None
    if any(meant.asked.search(cell.row.label) for cell in evidence.cells) or any(
        meant.asked.search(one.sentence) for one in evidence.mentions
    ):
        return None
    pair = best_pair(
        index,
        _counts(index, query, meant.more, meant.says_more),
        _counts(index, query, meant.less, meant.says_less),
    )
    if pair is None:
        return None
    one, other = to_operand(index, pair.one), to_operand(index, pair.other)
    try:
        result = difference(one, other, query.language)
    except Incomparable:
        return None
    text = format_number(result.value, result.unit, query.language)
    return Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer=_WORDS[query.language].format(
            result=text,
            a=format_number(one.value, one.unit, query.language),
            b=format_number(other.value, other.unit, query.language),
        ),
        figure=Figure(base_value=result.value, base_unit=result.unit, text=text),
        calculation=Calculation(
            expression=result.expression, result=text, steps=result.steps, operands=(1, 2)
        ),
        citations=(cite(index, pair.one, 1), cite(index, pair.other, 2)),
        scope=scope,
    )


def _counts(index: Index, query: Query, words: str, says: re.Pattern[str]) -> list[Found]:
    """The numbers that count this, by their row's label or the words right beside them."""
    asked = replace(query.asked, unit="antall", counted=words.partition(" ")[2], measure=None)
    about = replace(query, question=words, subject=words, asked=asked)
    hits = find_passages(index, about, k=HITS)
    return [found for found in look_up(index, about, hits) if _says(found, says)]


def _says(found: Found, says: re.Pattern[str]) -> bool:
    if isinstance(found, FoundCell):
        return bool(says.search(found.row.label))
    before = found.sentence[: found.mention.start]
    after = found.sentence[found.mention.end :]
    last = re.split(r"[,;.]|\bog\b|\band\b", before)[-1]
    clause = re.split(r"[,;.]|\bsom\b|\bog\b|\band\b", after)[0]
    return bool(says.search(last[-NEAR:]) or says.search(clause[:NEAR]))
