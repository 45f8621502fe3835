"""A part and its whole in one passage's text → the share in percent, or what is left.

"13 søkere, av i alt 27 søknader", "26 flyktninger, 22 av dem fra Ukraina", "Skadene kostet 6,8
millioner. Staten dekket 5,1 millioner." Only where one part and one whole can be meant.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from answer.citing import cite_text
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Citation, Figure, Language, Scope
from figures.calculate import Operand, Result, difference, share
from figures.mentions import Mention, find_numbers
from figures.wording import format_number
from indexer.index import Index
from indexer.records import Passage
from indexer.tokens import keys_of
from retriever.sentences import running_text
from retriever.terms import coverage, held
from retriever.understand import Query, subject_of
from retriever.vocabulary import Wanted, query_words

COVERED, OF_HEADING = 0.6, 0.5  # of the question; its heading counts less
CLEARLY = 0.1  # more of the question than any other part and whole
HELD = 0.7  # of a word
WORDS = 6  # that a count is said with

_WORD = r"[^\W\d_][\w-]*"
_IN_ALL = r"(?:(?:i|til) (?:alt|sammen|saman)|totalt|alle|de|dei|the|a total of|in total)"
# Between a part and its whole, and between a whole and its part.
_PART_OF = re.compile(rf"\s*(?:{_WORD},? ){{0,4}}(?:av|of) (?:{_IN_ALL} )*", re.IGNORECASE)
_WHOLE_THEN = re.compile(
    rf"\s*(?:{_WORD} ?){{1,4}}(?:, | og | and )(?:{_WORD} ){{0,2}}", re.IGNORECASE
)
_OF_WHICH = re.compile(
    rf"\s*(?:{_WORD} ?){{1,4}},? \(?(?:hvorav|herav|derav|kvarav|av (?:disse|desse|dei|dem)"
    rf"|of (?:whom|which|these)) (?:{_WORD} )?",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s*(?:av|of) (?:dem|dei|disse|desse|them|these)\b", re.IGNORECASE)
_OF_THESE = re.compile(r"(?:av|of) (?:disse|desse|dei|dem|these|them)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:ikke|ikkje|not)\b|n't\b", re.IGNORECASE)
_PAY = r"(?:dekk\w*|betal\w*|bær\w*|finansier\w*|cover\w*|pay\w*|paid|fund\w*)"
_ITSELF = r"(?:selv|sjølv|sjøl|itself)"
_OWN = re.compile(rf"\b{_PAY}\b.*\b{_ITSELF}\b|\b{_ITSELF}\b.*\b{_PAY}\b", re.IGNORECASE)
# Somebody else who paid a part.
_OTHERS_PAID = re.compile(
    r"\b(?:staten|fylkeskommunen|statsforvalteren|statsforvaltaren|forsikring\w*|naturskade\w*)\b"
    rf"(?: {_WORD})? (?:{_PAY}|refundert\w*|ga|gav|bidro\w*|bidrog)\b",
    re.IGNORECASE,
)
_KRONER = re.compile(r"\bkron\w+|\bkr\b|\bhvor mye\b|\bkor mykje\b|\bhow much\b", re.IGNORECASE)
_ASKING = re.compile(rf"\b(?:{_PAY}|{_ITSELF}|måtte|had to|i prosent)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNTS = ("", "antall", "personer")
_WORDS: dict[str, dict[Language, str]] = {
    "share": {
        "nb": "{result}: {part}{mark} av {whole} [1].",
        "nn": "{result}: {part}{mark} av {whole} [1].",
        "en": "{result}: {part}{mark} of {whole} [1].",
    },
    "left": {
        "nb": "{result}: {whole} [1] minus {part} [{n}].",
        "nn": "{result}: {whole} [1] minus {part} [{n}].",
        "en": "{result}: {whole} [1] less {part} [{n}].",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """A part and its whole, as one passage gives them."""

    part: Decimal
    whole: Decimal
    unit: str
    of_part: str  # the words around the part
    of_whole: str
    passage: Passage
    sentences: tuple[str, ...]  # that of the whole, and of the part where that is another


def answer_left(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """What is left of a whole: those who are not of the part, or what nobody else paid."""
    own, negated = _OWN.search(query.question), _NOT.search(query.question)
    if own and _KRONER.search(query.question):
        found = _best(index, query, evidence, _paid_by_others)
    elif (
        negated
        and query.asked.unit == "antall"
        and query.asked.operation in ("value", "what", "count")
    ):
        found = _best(index, query, evidence, _counted)
        if found and not _leaves_out(index, query, found, negated):
            return None
    else:
        return None
    if found is None:
        return None
    whole, part = _operands(found)
    return _say(index, query, scope, found, difference(whole, part, query.language), "left")


def _leaves_out(index: Index, query: Query, found: Portion, negated: re.Match[str]) -> bool:
    """Whether the whole is what is counted, and the part what "ikke" leaves out."""
    said = (query.question[: negated.start()], query.question[negated.end() :])
    counted, left_out = (query_words(subject_of(one, query.places), index.words) for one in said)
    return (
        bool(left_out)
        and all(_holds(found.of_part, term) for term in left_out)
        and any(_holds(found.of_whole, term) for term in counted)
        and not _NOT.search(found.of_part)
    )


def answer_portion(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """How many percent a part is of its whole."""
    question = query.question
    if _OWN.search(question) or _NOT.search(question):
        return None
    found = _best(index, query, evidence, _counted)
    if found is None:
        return None
    asked = query_words(query.subject, index.words)
    if not any(_holds(f"{found.of_whole} {found.of_part}", term) for term in asked[:2]):
        return None
    whole, part = _operands(found)
    return _say(index, query, scope, found, share(part, whole, query.language), "share")


def _operands(found: Portion) -> tuple[Operand, Operand]:
    return (
        Operand(value=found.whole, unit=found.unit, label=found.of_whole),
        Operand(value=found.part, unit=found.unit, label=found.of_part),
    )


Finder = Callable[[Passage], Iterator[Portion]]


def _best(index: Index, query: Query, evidence: Evidence, find: Finder) -> Portion | None:
    """The part and whole that hold most of the question; None where others hold as much."""
    if len(query.places) != 1 or len(query.asked.years) > 1:
        return None
    terms = query_words(_ASKING.sub(" ", query.subject), index.words)
    years = {str(year) for year in query.asked.years}
    found = []
    for passage in {hit.passage.id: hit.passage for hit in evidence.hits}.values():
        for one in find(passage):
            said = " ".join(one.sentences)
            if years and not set(_YEAR.findall(said)) <= years:
                continue
            fields = [(keys_of(said), 1.0), (keys_of(passage.heading), OF_HEADING)]
            found.append((coverage(terms, fields), one))
    found.sort(key=lambda one: -one[0])
    if not found or found[0][0] < COVERED:
        return None
    first = found[0][1]
    for covered, other in found[1:]:
        if (other.part, other.whole) != (first.part, first.whole):
            return None if covered > found[0][0] - CLEARLY else first
    return first


def _counted(passage: Passage) -> Iterator[Portion]:
    """Parts and wholes of one sentence, or of one and the next: "Av disse kom 22 fra Ukraina"."""
    before = ""
    for sentence in running_text(passage):
        amounts, wholes = _amounts(sentence), _amounts(before)
        if _OF_THESE.match(sentence) and len(amounts) == len(wholes) == 1:
            both = (before, sentence)
            if made := _portion(passage, both, (sentence, amounts[0]), (before, wholes[0])):
                yield made
        before = sentence
        for one, other in pairwise(amounts):
            between = sentence[one.end : other.start]
            after = sentence[other.end :]
            if _PART_OF.fullmatch(between):
                part, whole = one, other
            elif _OF_WHICH.fullmatch(between) or (
                _WHOLE_THEN.fullmatch(between) and _OF_THEM.match(after)
            ):
                part, whole = other, one
            else:
                continue
            if made := _portion(passage, (sentence,), (sentence, part), (sentence, whole)):
                yield made


def _paid_by_others(passage: Passage) -> Iterator[Portion]:
    """What others paid, and what it was a part of: in one sentence, or in the one before."""
    sentences = running_text(passage)
    for position, sentence in enumerate(sentences):
        paid = _OTHERS_PAID.search(sentence)
        if paid is None:
            continue
        amounts = _money(sentence)
        after = [one for one in amounts if one.start >= paid.end()]
        before = sentences[position - 1] if position else ""
        if len(amounts) == 2 and after:
            wholes, where = [one for one in amounts if one != after[0]], sentence
        elif len(amounts) == 1 and after:
            wholes, where = _money(before), before
        else:
            continue
        if len(wholes) != 1:
            continue
        both = tuple(dict.fromkeys((where, sentence)))
        if made := _portion(passage, both, (sentence, after[0]), (where, wholes[0])):
            yield made


def _portion(
    passage: Passage,
    sentences: tuple[str, ...],
    of_part: tuple[str, Mention],
    of_whole: tuple[str, Mention],
) -> Portion | None:
    """A part and a whole that may be: of one unit, and the part the smaller."""
    part, whole = of_part[1].number, of_whole[1].number
    assert part
    assert whole
    unit, value = whole.unit, part.base_value
    if not part.unit and unit not in _COUNTS and whole.value:  # "5,1 av 6,8 millioner kroner"
        value = part.value * whole.base_value / whole.value
    elif part.unit != unit and not {part.unit, unit} <= {*_COUNTS}:
        return None
    if part.bound or whole.bound or not 0 < value < whole.base_value or unit == "prosent":
        return None
    if unit in _COUNTS and (part.decimals or whole.decimals):
        return None
    return Portion(
        part=value,
        whole=whole.base_value,
        unit="antall" if unit in _COUNTS else unit,
        of_part=_around(*of_part),
        of_whole=_around(*of_whole),
        passage=passage,
        sentences=sentences,
    )


def _around(sentence: str, mention: Mention) -> str:
    """The number and the words after it, up to the next number or clause."""
    after = re.split(r"[,;:.]|\d| (?:og|and|av i alt) ", sentence[mention.end :], maxsplit=1)[0]
    return f"{mention.text}{after}"


def _amounts(sentence: str) -> list[Mention]:
    return [m for m in find_numbers(sentence) if m.kind == "amount" and m.number]


def _money(sentence: str) -> list[Mention]:
    """Amounts in kroner, and a bare number that is a part of one."""
    found = _amounts(sentence)
    return [
        m
        for m, after in zip(found, [*found[1:], None], strict=True)
        if m.number
        and (
            m.number.unit == "kr"
            or (after and after.number and after.number.unit == "kr"
                and _PART_OF.fullmatch(sentence[m.end : after.start]))
        )
    ]  # fmt: skip


def _holds(text: str, term: Wanted) -> bool:
    return held(term, [(keys_of(text), 1.0)]) >= HELD


def _said(value: Decimal, unit: str, around: str, language: Language) -> str:
    """A count with the words for what it counts, another amount as it is."""
    if unit in _COUNTS and len(around.split()) <= WORDS:
        return " ".join(around.split())
    return format_number(value, unit, language)


def _say(
    index: Index, query: Query, scope: Scope, found: Portion, result: Result, kind: str
) -> Answer:
    language = query.language
    text = format_number(result.value, result.unit, language)
    citations: tuple[Citation, ...] = tuple(
        cite_text(index, found.passage, sentence, n)
        for n, sentence in enumerate(found.sentences, start=1)
    )
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=_WORDS[kind][language].format(
            result=text[:1].upper() + text[1:],
            part=_said(found.part, found.unit, found.of_part, language),
            whole=_said(found.whole, found.unit, found.of_whole, language),
            mark=" [2]" if len(citations) > 1 else "",
            n=len(citations),
        ),
        figure=Figure(base_value=result.value, base_unit=result.unit, text=text),
        calculation=Calculation(
            expression=result.expression,
            result=text,
            steps=result.steps,
            operands=(1, len(citations)) if kind == "left" else (len(citations), 1),
        ),
        citations=citations,
        scope=scope,
    )
