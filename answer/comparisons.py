"""Two figures compared: years, municipalities, places in a table, women and men, two reports.

What is compared is read from the question; each side is looked up on its own, and the two figures
that fit the question and each other best are calculated with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.evidence import Evidence
from answer.operands import Found, Pair, best_pair, cite, look_up, to_operand, with_unit
from answer.records import Answer, Calculation, Figure, Language, Point, Scope, Series
from answer.texts import plain_label
from figures.calculate import Operand, Result, difference, growth
from figures.errors import Incomparable
from figures.wording import format_number
from indexer.index import Index
from retriever.cells import FoundCell
from retriever.fit import read_wish
from retriever.search import Hit
from retriever.understand import Query, narrowed

SHORT = 7  # a label shorter than this says little without its table's title

_WORDS: dict[str, dict[Language, str]] = {
    "more": {"nb": "mer", "nn": "meir", "en": "more"},
    "less": {"nb": "mindre", "nn": "mindre", "en": "less"},
    "up": {"nb": "Opp", "nn": "Opp", "en": "Up"},
    "down": {"nb": "Ned", "nn": "Ned", "en": "Down"},
    "equal": {"nb": "Like mye", "nn": "Like mykje", "en": "The same"},
    "was": {"nb": "var", "nn": "var", "en": "was"},
    "in": {"nb": "i", "nn": "i", "en": "in"},
    "and": {"nb": "og", "nn": "og", "en": "and"},
    "most": {"nb": "{place} har mest", "nn": "{place} har mest", "en": "{place} has most"},
    "kvinner": {"nb": "for kvinner", "nn": "for kvinner", "en": "for women"},
    "menn": {"nb": "for menn", "nn": "for menn", "en": "for men"},
    "report": {
        "nb": "ifølge årsrapporten for {}", "nn": "ifølgje årsrapporten for {}",
        "en": "in the annual report for {}",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a comparison: how it is said, and the figures that may be it."""

    said: str
    found: Sequence[Found]


def answer_comparison(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """The difference or growth that is asked for, or None when two sides cannot be found."""
    sides = _sides(index, query, evidence)
    if sides is None:
        return None
    later, earlier = sides
    pair = best_pair(index, later.found, earlier.found)
    if pair is None:
        return None
    one, other = to_operand(index, pair.one), to_operand(index, pair.other)
    operation = query.asked.operation
    try:
        if operation == "growth":
            result = growth(other, one, query.language)
        else:
            result = difference(one, other, query.language)
    except Incomparable:
        return None
    return _say(index, query, scope, pair, (one, other), (later.said, earlier.said), result)


def answer_both_reports(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """The same figure as two reports give it, told apart: a later one may have restated it."""
    if len(query.asked.report_years) < 2 or query.asked.operation in ("difference", "growth"):
        return None
    sides = _sides(index, query, evidence)
    pair = best_pair(index, sides[0].found, sides[1].found) if sides else None
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
    what = _what(pair)
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


def _sides(index: Index, query: Query, evidence: Evidence) -> tuple[Side, Side] | None:
    """What is compared with what, the later or the one asked about first."""
    asked, documents, hits = query.asked, index.documents, evidence.hits
    language = query.language
    percent = asked.unit == "prosentpoeng" or "prosentpoeng" in query.question
    unit = "prosent" if percent else "" if asked.operation == "growth" else asked.unit
    query = with_unit(query, unit)
    inside = _WORDS["in"][language]

    def side(said: str, narrow: Query) -> Side:
        found = look_up(index, narrow, hits)
        if asked.operation == "growth":  # a change in percent is made of amounts
            found = [f for f in found if to_operand(index, f).unit != "prosent"] or found
        return Side(said=said, found=found)

    if len(query.places) >= 2:
        first, second = (
            side(
                f"{inside} {place}" + (f" {inside} {years[0]}" if years else ""),
                narrowed(query, documents, places=[place], years=years),
            )
            for place in query.places[:2]
            for years in [_own_years(query, documents, place)]
        )
        return first, second
    if len(asked.report_years) >= 2:
        last, before = max(asked.report_years), min(asked.report_years)
        years = [y for y in asked.years if y not in asked.report_years[1:]] or asked.years
        same = len(set(asked.years)) == 1
        return (
            side(
                _WORDS["report"][language].format(last),
                narrowed(query, documents, report_years=[last], years=years if same else [last]),
            ),
            side(
                _WORDS["report"][language].format(before),
                narrowed(
                    query, documents, report_years=[before], years=years if same else [before]
                ),
            ),
        )
    years = asked.years
    if asked.year_before and len(years) == 1:
        years = (years[0] - 1, years[0])
    if len(years) >= 2:
        first_year, last_year = min(years), max(years)
        return (
            side(f"{inside} {last_year}", narrowed(query, documents, years=[last_year])),
            side(f"{inside} {first_year}", narrowed(query, documents, years=[first_year])),
        )
    if query.elsewhere:
        own = query.places[0] if query.places else ""
        mine = replace(query, elsewhere=())
        return side(f"{inside} {own}", mine), side(f"{inside} {query.elsewhere[0]}", query)
    return _sexes(index, query, hits, language)


def _sexes(
    index: Index, query: Query, hits: Sequence[Hit], language: Language
) -> tuple[Side, Side] | None:
    words = read_wish(query).words
    men = any(word.startswith(("mann", "menn", "men", "male", "gut")) for word in words)
    women = any(word.startswith(("kvinn", "women", "female", "jent")) for word in words)
    if not (men and women):
        return None
    wish = read_wish(query)
    menn, kvinner = (
        Side(
            said=_WORDS[sex][language],
            found=look_up(index, query, hits, wish=replace(wish, sex=sex)),
        )
        for sex in ("menn", "kvinner")
    )
    return menn, kvinner


def _own_years(query: Query, documents: Sequence[dict[str, object]], place: str) -> list[int]:
    """The years of a question that a municipality has a report for, or all of them."""
    held = {d["year"] for d in documents if str(d["municipality"]).lower() == place.lower()}
    own = [year for year in query.asked.years if year in held]
    return own or list(query.asked.years)


def _say(
    index: Index,
    query: Query,
    scope: Scope,
    pair: Pair,
    operands: tuple[Operand, Operand],
    said: tuple[str, str],
    result: Result,
) -> Answer:
    language = query.language
    one, other = operands
    size = abs(result.value)
    text = format_number(size, result.unit, language)
    marks = ("[1]", "[2]")
    values = [
        f"{format_number(operand.value, operand.unit, language)} {where} {mark}"
        for operand, where, mark in zip(operands, said, marks, strict=True)
    ]
    what = _what(pair)
    lead = _lead(query, result, text, one, other)
    was, and_ = _WORDS["was"][language], _WORDS["and"][language]
    sentence = f"{lead}: {what} {was} {values[0]} {and_} {values[1]}."
    citations = (cite(index, pair.one, 1), cite(index, pair.other, 2))
    shown = replace(result, text=text)
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=sentence,
        figure=Figure(base_value=size, base_unit=result.unit, text=text),
        calculation=Calculation(
            expression=shown.expression, result=shown.text, steps=shown.steps, operands=(1, 2)
        ),
        citations=citations,
        scope=scope,
        series=Series(
            name=what,
            base_unit=one.unit,
            points=tuple(
                Point(label=where, base_value=operand.value, citation=n)
                for n, (operand, where) in enumerate(zip(operands, said, strict=True), start=1)
            ),
        ),
    )


def _lead(query: Query, result: Result, text: str, one: Operand, other: Operand) -> str:
    """The answer in its first words: "959 mill. kr mer", "Opp 6,9 prosent"."""
    language = query.language
    if result.value == 0:
        return _WORDS["equal"][language]
    rising = one.value > other.value
    if result.operation == "growth":
        rising = abs(one.value) > abs(other.value)
        return f"{_WORDS['up' if rising else 'down'][language]} {text}"
    lead = f"{text} {_WORDS['more' if rising else 'less'][language]}"
    if len(query.places) >= 2:
        place = query.places[0] if rising else query.places[1]
        return f"{_WORDS['most'][language].format(place=place)}, {text}"
    return lead


def _what(pair: Pair) -> str:
    """What is compared, by the row's label; amounts in running text have none."""
    for found in (pair.one, pair.other):
        if isinstance(found, FoundCell):
            label, title = plain_label(found.row.label), found.table.title
            return f"{title} – {label}" if len(label) < SHORT and title else label
    return "Tallet"
