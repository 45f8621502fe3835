"""A part of a whole in percent, or an amount for each inhabitant, where no cell says it already."""

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.calculate.named_rows import listed_rows
from answer.calculate.operands import (
    Found,
    Pair,
    cite,
    look_up,
    to_operand,
)
from answer.calculate.part_and_whole import (
    about_whole,
    named_parts,
    of_which,
    part_of_place,
    part_of_sum,
    used_of_budget,
)
from answer.calculate.population import find_population
from answer.calculate.sums import FOR
from answer.calculate.wholes import wholes_of
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Figure, Language, Scope
from answer.texts import listed, plain_label
from figures.calculate import Operand, Result, ratio, share, total
from figures.cells import Row
from figures.errors import Incomparable
from figures.wording import format_number
from indexer.index import Index
from retriever.cells import FoundCell
from retriever.understand import Query

MIN_OPERAND = 0.6  # below which a figure is not sure enough to be divided
# "Hvor stor prosent av budsjettet for vann ble brukt?": the same row's accounts and budget.
_USED = re.compile(
    r"(?:del|prosent|share|proportion|per ?cent(?:age)?) (?:av|of) .*budsjett?\w*\b.*"
    r"\b(?:brukt|brukte|bruka|nytta|spent|used)\b",
    re.IGNORECASE,
)
_WORDS: dict[str, dict[Language, str]] = {
    "share": {
        "nb": "{result}: {part} var {a} av {whole}, {b}{when} [1] [2].",
        "nn": "{result}: {part} var {a} av {whole}, {b}{when} [1] [2].",
        "en": "{result}: {part} was {a} of {whole}, {b}{when} [1] [2].",
    },
    "within": {
        "nb": "{result}: {part} var {a} av {b}{when} [1] [2].",
        "nn": "{result}: {part} var {a} av {b}{when} [1] [2].",
        "en": "{result}: {part} was {a} of {b}{when} [1] [2].",
    },
    "said": {
        "nb": "{result}: {a} [1] av {b} [2]{when}.",
        "nn": "{result}: {a} [1] av {b} [2]{when}.",
        "en": "{result}: {a} [1] of {b} [2]{when}.",
    },
    "used": {
        "nb": "{result}: {part} var {a} i regnskapet [1] av {b} i budsjettet{when} [2].",
        "nn": "{result}: {part} var {a} i rekneskapen [1] av {b} i budsjettet{when} [2].",
        "en": "{result}: {part} was {a} in the accounts [1] of {b} in the budget{when} [2].",
    },
    "ratio": {
        "nb": "{result}: {part} var {a}, delt på {b}{when} [1] [2].",
        "nn": "{result}: {part} var {a}, delt på {b}{when} [1] [2].",
        "en": "{result}: {part} was {a}, divided by {b}{when} [1] [2].",
    },
    "in": {"nb": " i {}", "nn": " i {}", "en": " in {}"},
}  # fmt: skip
_TOGETHER: dict[Language, str] = {
    "nb": "{result}: {parts} av {b} i alt [{n}].",
    "nn": "{result}: {parts} av {b} i alt [{n}].",
    "en": "{result}: {parts} of {b} in all [{n}].",
}
# An amount for each of some people, as "per innbygger 6–15 år", is not for each inhabitant.
_PER_WHOM = re.compile(
    r"\b(?:per|pr\.?|i forhold til|for each)\s+(?:innbygg\w+|folketal\w+|inhabitant\w*|resident\w*"
    r"|capita|hode)\b",
    re.IGNORECASE,
)
_SOME_OF_THEM = re.compile(r"\s*(?:\d|over|under|i alder|mellom|aged|between)", re.IGNORECASE)


def answer_share(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """How many percent a part is of a whole, both found in the reports.

    Later reports look back on a year too, some figures standing only there.
    """
    return _share(index, query, evidence, scope) or (
        _share(index, replace(query, docs=query.later), evidence, scope)
        if query.later and len(query.asked.years) == 1
        else None
    )


def _share(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """The same in the query's own reports."""
    used = bool(_USED.search(query.question))
    if not used and (listed_together := listed_rows(index, about_whole(query))):
        return _share_of_rows(index, query, scope, *listed_together)
    if used:
        pair = used_of_budget(index, query)
    else:
        pair = (
            of_which(index, query)
            or part_of_place(index, query)
            or named_parts(index, query, evidence)
            or part_of_sum(index, query)
        )
    if pair is None:
        return None
    part, whole = to_operand(index, pair.one), to_operand(index, pair.other)
    if any(one.place not in query.elsewhere for one in (part, whole) if query.elsewhere):
        return None
    part = replace(part, unit=part.unit or whole.unit)
    whole = replace(whole, unit=whole.unit or part.unit)
    kind = "used" if used else "share"
    if not used and (across := _across(pair)):  # the whole is of all the columns' places
        kind, part, whole = "within", replace(part, label=across), replace(whole, place=part.place)
    if not 0 < abs(part.value) < abs(whole.value) * (2 if used else 1):
        return None
    if part.value * whole.value < 0:  # what came in is no part of what went out
        return None
    try:
        result = share(part, whole, query.language)
    except Incomparable:
        return None
    return _say(kind, index, query, scope, (pair.one, pair.other), (part, whole), result)


def _share_of_rows(
    index: Index, query: Query, scope: Scope, cell: FoundCell, rows: Sequence[Row]
) -> Answer | None:
    """What several rows that are named are together of the sum that they are parts of."""
    parts = [replace(cell, row=row) for row in rows]
    wholes = [whole.total for whole in wholes_of(cell) if all(whole.part(part) for part in parts)]
    if not wholes:
        return None
    language, whole = query.language, to_operand(index, wholes[0])
    operands = [to_operand(index, part) for part in parts]
    try:
        together = total(operands, language)
        result = share(replace(whole, value=together.value), whole, language)
    except Incomparable:
        return None
    if not 0 < abs(together.value) < abs(whole.value):
        return None
    text = format_number(result.value, result.unit, language)
    said = [
        f"{format_number(one.value, one.unit, language)} "
        f"{FOR[language].format(plain_label(one.label))} [{n}]"
        for n, one in enumerate(operands, start=1)
    ]
    found = [*parts, wholes[0]]
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=_TOGETHER[language].format(
            result=text[:1].upper() + text[1:],
            parts=listed(said, language),
            b=format_number(whole.value, whole.unit, language),
            n=len(found),
        ),
        figure=Figure(base_value=result.value, base_unit=result.unit, text=text),
        calculation=Calculation(
            expression=result.expression,
            result=text,
            steps=(f"{together.expression} = {together.text}", *result.steps),
            operands=tuple(range(1, len(found) + 1)),
        ),
        citations=tuple(cite(index, one, n) for n, one in enumerate(found, start=1)),
        scope=scope,
    )


def _across(pair: Pair) -> str:
    """What the part is called where it is another column of the whole's row."""
    one, other = pair.one, pair.other
    if not isinstance(one, FoundCell) or not isinstance(other, FoundCell) or one.row != other.row:
        return ""
    row = "" if one.row.total else f"{plain_label(one.row.label)} – "
    return f"{row}{one.column.name.strip()}"


_ALREADY_PER = re.compile(r"\b(?:per|pr\.?)\b", re.IGNORECASE)  # "avfall per innbygger (kg)"


def answer_per_inhabitant(
    index: Index, query: Query, _evidence: Evidence, scope: Scope
) -> Answer | None:
    """An amount divided by the number of inhabitants of the same place and year."""
    per = _PER_WHOM.search(query.question)
    some = per and _SOME_OF_THEM.match(query.question, per.end())
    if not per or some or len(query.places) != 1:
        return None
    question, subject = (_PER_WHOM.sub(" ", said) for said in (query.question, query.subject))
    amounts = look_up(index, replace(query, question=question, subject=subject), ())
    if not amounts or amounts[0].score < MIN_OPERAND or "/" in amounts[0].unit:
        return None
    one = amounts[0]
    if isinstance(one, FoundCell) and _ALREADY_PER.search(one.row.label):
        return None
    other = find_population(index, query, query.places[0], one.year)
    if other is None:
        return None
    try:
        result = ratio(
            to_operand(index, one), to_operand(index, other), "innbygger", query.language
        )
    except Incomparable:
        return None
    operands = (to_operand(index, one), to_operand(index, other))
    return _say("ratio", index, query, scope, (one, other), operands, result)


def _say(
    kind: str,
    index: Index,
    query: Query,
    scope: Scope,
    found: tuple[Found, Found],
    operands: tuple[Operand, Operand],
    result: Result,
) -> Answer:
    language = query.language
    text = format_number(result.value, result.unit, language)
    one, other = operands
    if kind == "share" and not any(isinstance(one, FoundCell) for one in found):
        kind = "said"  # amounts in running text have no labels
    sentence = _WORDS[kind][language].format(
        result=text[:1].upper() + text[1:],
        part=plain_label(one.label),
        whole=plain_label(other.label).lower(),
        a=format_number(one.value, one.unit, language),
        b=format_number(other.value, other.unit, language),
        when=_WORDS["in"][language].format(one.year) if one.year else "",
    )
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=sentence,
        figure=Figure(base_value=result.value, base_unit=result.unit, text=text),
        calculation=Calculation(
            expression=result.expression, result=text, steps=result.steps, operands=(1, 2)
        ),
        citations=(cite(index, found[0], 1), cite(index, found[1], 2)),
        scope=scope,
    )
