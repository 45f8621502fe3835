"""Two figures compared: how much more, by how many percent, or which of two has most.

What is compared is read from the question (see `answer.calculate.sides`); the two figures that fit
it and each other best are calculated with, and the winner or the result is said first.
"""

import re
from dataclasses import replace

from answer.calculate.operands import Found, Pair, cite, to_operand
from answer.calculate.sides import Side, Sides, choose, read_sides
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Figure, Language, Point, Scope, Series
from answer.texts import plain_label, plain_title
from answer.verdict.claims import better
from figures.calculate import Operand, Result, difference, growth
from figures.errors import Incomparable
from figures.wording import format_number
from indexer.index import Index
from retriever.cells import FoundCell
from retriever.fit import TIMES
from retriever.understand import Query

SHORT = 7  # a label shorter than this says little without its table's title

LEAST = re.compile(
    r"\b(minst|lavest\w*|lågast\w*|færrest|lowest|smallest|fewest|least|kortest\w*)\b",
    re.IGNORECASE,
)
_GOOD = re.compile(r"\b(?:best\w*|betre|bedre|better)\b", re.IGNORECASE)
_BAD = re.compile(r"\b(?:dårlig\w*|dårleg\w*|verst\w*|worst|worse)\b", re.IGNORECASE)
_WHO = re.compile(
    r"\b(?:hvem|kven|who|hvor (?!m[ya]|stor|høy|lav)|which|hvilke[nt]?|kva for|hva for|eller|or)\b",
    re.IGNORECASE,
)
_WORDS: dict[str, dict[Language, str]] = {
    "more": {"nb": "mer", "nn": "meir", "en": "more"},
    "less": {"nb": "mindre", "nn": "mindre", "en": "less"},
    "more_of": {"nb": "flere", "nn": "fleire", "en": "more"},
    "less_of": {"nb": "færre", "nn": "færre", "en": "fewer"},
    "higher": {"nb": "høyere", "nn": "høgare", "en": "higher"},
    "lower": {"nb": "lavere", "nn": "lågare", "en": "lower"},
    "longer": {"nb": "lenger", "nn": "lenger", "en": "longer"},
    "shorter": {"nb": "kortere", "nn": "kortare", "en": "shorter"},
    "up": {"nb": "Opp", "nn": "Opp", "en": "Up"},
    "down": {"nb": "Ned", "nn": "Ned", "en": "Down"},
    "equal": {"nb": "Like mye", "nn": "Like mykje", "en": "The same"},
    "was": {"nb": "var", "nn": "var", "en": "was"},
    "figure": {"nb": "Tallet", "nn": "Talet", "en": "The figure"},
    "and": {"nb": "og", "nn": "og", "en": "and"},
    "in": {"nb": "I {}", "nn": "I {}", "en": "In {}"},
}  # fmt: skip


def answer_comparison(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """The difference or growth that is asked for, or None when two sides cannot be found."""
    sides = read_sides(index, query, evidence)
    pair = choose(index, sides) if sides else None
    if sides is None or pair is None:
        return None
    one, other = to_operand(index, pair.one), to_operand(index, pair.other)
    if {one.measure, other.measure} == {"deviation"}:  # both too much, or both left over
        if one.value * other.value < 0:
            return None
        one, other = (replace(side, value=abs(side.value)) for side in (one, other))
    if len(query.places) > 1:  # each of its own year, as asked or as its newest report has it
        one, other = replace(one, year=None), replace(other, year=None)
    try:
        if query.asked.operation == "growth":
            result = growth(other, one, query.language)
        else:
            result = difference(one, other, query.language)
    except Incomparable:
        return None
    return _say(index, query, scope, pair, (one, other), sides, result)


def answer_winner(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """Which of two municipalities or years has most, and how much more; both figures are said."""
    several = len(query.places) > 1 or (len(query.asked.years) == 2 and _WHO.search(query.question))
    return answer_comparison(index, query, evidence, scope) if several else None


def answer_winner_as_it_stands(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """The same where the reports themselves give what is asked for each inhabitant."""
    answer = answer_winner(index, query, evidence, scope)
    per = answer and answer.figure and "/" in answer.figure.base_unit
    return answer if per else None


def answer_both_reports(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """The same figure as two reports give it, told apart: a later one may have restated it."""
    if len(query.asked.report_years) < 2 or query.asked.operation in ("difference", "growth"):
        return None
    sides = read_sides(index, query, evidence)
    pair = choose(index, sides) if sides else None
    if sides is None or pair is None:
        return None
    language = query.language
    said = []
    points = []
    for n, (side, found) in enumerate(zip(sides, (pair.one, pair.other), strict=True), start=1):
        operand = to_operand(index, found)
        text = format_number(operand.value, operand.unit, language)
        said.append(f"{text} {side.said} [{n}]")
        points.append(Point(label=side.said, base_value=operand.value, citation=n))
    what = _what(pair, language)
    was, and_ = _WORDS["was"][language], _WORDS["and"][language]
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=f"{what} {was} {said[1]} {and_} {said[0]}.",
        citations=(cite(index, pair.one, 1), cite(index, pair.other, 2)),
        scope=scope,
        series=Series(
            name=what, base_unit=to_operand(index, pair.one).unit, points=tuple(reversed(points))
        ),
    )


def _say(
    index: Index,
    query: Query,
    scope: Scope,
    pair: Pair,
    operands: tuple[Operand, Operand],
    sides: Sides,
    result: Result,
) -> Answer | None:
    language = query.language
    size = abs(result.value)
    text = format_number(size, result.unit, language)
    values = [
        f"{format_number(operand.value, operand.unit, language)} {side.said} [{n}]"
        for n, (operand, side) in enumerate(zip(operands, sides, strict=True), start=1)
    ]
    what = _what(pair, language)
    lead = _lead(query, result, text, operands, sides, pair)
    if lead is None:
        return None
    was, and_ = _WORDS["was"][language], _WORDS["and"][language]
    citations = (cite(index, pair.one, 1), cite(index, pair.other, 2))
    shown, order = result, (1, 2)
    if result.operation == "difference" and result.value < 0:  # the larger is shown first
        shown, order = difference(operands[1], operands[0], language), (2, 1)
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=f"{lead}: {what} {was} {values[0]} {and_} {values[1]}.",
        figure=Figure(base_value=size, base_unit=result.unit, text=text),
        calculation=Calculation(
            expression=shown.expression, result=text, steps=shown.steps, operands=order
        ),
        citations=citations,
        scope=scope,
        series=Series(
            name=what,
            base_unit=operands[0].unit,
            points=tuple(
                Point(label=side.said, base_value=operand.value, citation=n)
                for n, (operand, side) in enumerate(zip(operands, sides, strict=True), start=1)
            ),
        ),
    )


def _lead(
    query: Query,
    result: Result,
    text: str,
    operands: tuple[Operand, Operand],
    sides: Sides,
    pair: Pair,
) -> str | None:
    """The answer in its first words: "959 mill. kr mer", "Opp 6,9 prosent", "Vestvik, 3 flere"."""
    language, question = query.language, query.question
    one, other = operands
    if result.value == 0:
        return _WORDS["equal"][language]
    rising = one.value > other.value
    if result.operation == "growth":
        rising = abs(one.value) > abs(other.value)
        return f"{_WORDS['up' if rising else 'down'][language]} {text}"
    winner = _winner(question, rising, sides, pair)
    if winner is None:
        return None
    if winner.name and (len(query.places) > 1 or _WHO.search(question)):
        name = winner.name
        if name.isdigit():
            name = _WORDS["in"][language].format(name)
        more = (winner is sides[0]) == rising
        return f"{name}, {text} {_compared(more, result.unit, language)}"
    return f"{text} {_compared(rising, result.unit, language)}"


def _winner(question: str, rising: bool, sides: Sides, pair: Pair) -> Side | None:
    """The side that has most of what is asked about; None where nobody can tell what is best."""
    first = rising
    good, bad = bool(_GOOD.search(question)), bool(_BAD.search(question))
    if _WHO.search(question) and good != bad:
        about = f"{_what(pair, 'nb')} {question}"
        way = better(about) * (1 if good else -1)
        if not way:
            return None
        first = rising == (way > 0)
    elif LEAST.search(question):
        first = not rising
    return sides[0] if first else sides[1]


def _compared(more: bool, unit: str, language: Language) -> str:
    """The word for more or less of a unit: kroner are "mer", people "flere", shares "høyere"."""
    if unit.startswith("kr"):
        key = "more" if more else "less"
    elif unit.startswith("prosent"):
        key = "higher" if more else "lower"
    elif unit in TIMES:
        key = "longer" if more else "shorter"
    else:
        key = "more_of" if more else "less_of"
    return _WORDS[key][language]


def _what(pair: Pair, language: Language) -> str:
    """What is compared, by the row's label; amounts in running text have none."""
    found: list[Found] = [pair.one, pair.other]
    cells = [f for f in found if isinstance(f, FoundCell)]
    labels = list(dict.fromkeys(plain_label(cell.row.label) for cell in cells))
    if not cells:
        return _WORDS["figure"][language]
    title = plain_title(cells[0].table.title)
    if len(labels) == 2 and cells[0].table.id == cells[1].table.id:
        return cells[0].column.name if len(cells[0].column.name) > SHORT else title or labels[0]
    if {cell.column.measure for cell in cells} == {"deviation"}:
        return f"{labels[0]} – {cells[0].column.name}"
    return f"{title} – {labels[0]}" if len(labels[0]) < SHORT and title else labels[0]
