"""Which of two municipalities has most of something for each so many inhabitants.

What is spread and the whole population are found for each; nothing is said where one is missing.
"""

import re
from dataclasses import replace
from decimal import Decimal

from answer.calculate.comparisons import LEAST
from answer.calculate.operands import cite, to_operand
from answer.calculate.population import find_population
from answer.calculate.sides import choose, read_sides
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Figure, Language, Point, Scope, Series
from figures.numbers import read_digits
from figures.wording import format_number
from indexer.index import Index
from retriever.understand import Query, subject_of

PER_PEOPLE = re.compile(
    r"\b(?:per|pr\.?|for each|for every)\s+(?P<many>[1-9][0-9 ]*)?\s*"
    r"(?:innbygg(?:er|jar)\w*|inhabitants?|residents?|people|capita|hode)\b",
    re.IGNORECASE,
)
_TENTH = Decimal("0.1")
_WORDS: dict[Language, str] = {
    "nb": "{winner}, {best} per {people} innbyggere ({a} på {b} [{n}] [{m}]), mot {worst} i "
    "{other} ({c} på {d} [{o}] [{p}]).",
    "nn": "{winner}, {best} per {people} innbyggjarar ({a} på {b} [{n}] [{m}]), mot {worst} i "
    "{other} ({c} på {d} [{o}] [{p}]).",
    "en": "{winner}, {best} per {people} inhabitants ({a} for {b} [{n}] [{m}]), and {worst} in "
    "{other} ({c} for {d} [{o}] [{p}]).",
}


def answer_winner_per_head(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """The municipality with most, or least, for each so many inhabitants, and both figures."""
    per = PER_PEOPLE.search(query.question)
    if per is None or len(query.places) != 2:
        return None
    question = query.question[: per.start()] + query.question[per.end() :]
    about = replace(query, question=question, subject=subject_of(question, query.places))
    if about.asked.operation == "ratio":
        about = replace(about, asked=replace(about.asked, operation="difference"))
    sides = read_sides(index, about, evidence)
    pair = choose(index, sides) if sides else None
    if sides is None or pair is None:
        return None
    many = read_digits(per["many"].strip())[0] if per["many"] else Decimal(1)
    language = query.language
    found = []
    for side, amount in zip(sides, (pair.one, pair.other), strict=True):
        operand = to_operand(index, amount)
        people = find_population(index, query, side.name, operand.year)
        if people is None or "/" in operand.unit or operand.unit.startswith("prosent"):
            return None
        spread = operand.value * many / people.base_value
        step = _TENTH if abs(spread) >= 1 else Decimal("0.01")
        found.append((spread.quantize(step), side, amount, operand, people))
    found.sort(key=lambda one: one[0], reverse=not LEAST.search(query.question))
    (best, winner, one, a, in_one), (worst, loser, other, c, in_other) = found
    if best == worst:
        return None
    unit = a.unit
    said = {
        "winner": winner.name,
        "other": loser.name,
        "people": format_number(many, "antall", language),
        "best": format_number(best, unit, language),
        "worst": format_number(worst, unit, language),
        "a": format_number(a.value, unit, language),
        "b": format_number(in_one.base_value, "antall", language),
        "c": format_number(c.value, unit, language),
        "d": format_number(in_other.base_value, "antall", language),
    }
    times = f" × {said['people']}" if many != 1 else ""
    expressions = [f"{said['a']} / {said['b']}{times}", f"{said['c']} / {said['d']}{times}"]
    numbers = {"n": 1, "m": 2, "o": 3, "p": 4}
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=_WORDS[language].format(**said, **numbers),
        figure=Figure(base_value=best, base_unit=unit, text=said["best"]),
        calculation=Calculation(
            expression=expressions[0],
            result=said["best"],
            steps=(
                f"{winner.name}: {expressions[0]} = {said['best']}",
                f"{loser.name}: {expressions[1]} = {said['worst']}",
            ),
            operands=(1, 2, 3, 4),
        ),
        citations=tuple(
            cite(index, each, n) for n, each in enumerate((one, in_one, other, in_other), start=1)
        ),
        scope=scope,
        series=Series(
            name=a.label,
            base_unit=unit,
            points=(
                Point(label=winner.name, base_value=best, citation=1),
                Point(label=loser.name, base_value=worst, citation=3),
            ),
        ),
    )
