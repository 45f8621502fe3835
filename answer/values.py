"""A single figure as an answer: the cell or the amount in running text that fits best.

What is not sure enough gives None, and the question is refused: wrong is worse than none.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from answer.citing import cite_cell, cite_text
from answer.evidence import Evidence
from answer.operands import to_operand
from answer.records import Answer, Citation, Figure, Language, Scope
from answer.texts import plain_label, plain_title
from figures.cells import Measure
from figures.lines import line_kind
from figures.wording import format_number
from indexer.index import Index
from retriever.cells import FoundCell
from retriever.fit import is_just, unit_fit
from retriever.mentions import FoundMention
from retriever.understand import Query

# A figure is given when it is more likely right than not. The likelihood is logistic in how well
# the best cell or amount fits, how far it is ahead of the next one with another value, and how well
# the best of the other kind fits; fitted on questions with and without an answer in the reports,
# see docs/experiments.md.
MIN_SURE = 0.5
WRONG_UNIT = -0.25  # what retriever.fit gives a unit of another kind
STATED = 0.65  # of the question that a sentence must hold to state the change asked for
LEAST = 0.35  # a score below this speaks against a figure, whatever else speaks for it
MARGIN = 0.5  # a lead greater than this tells no more
CELL = {"bias": -3.8, "score": 2.4, "covered": 2.2, "likeness": 3.5, "margin": 3.0, "other": -2.0}
MENTION = {"bias": -4.5, "score": 3.3, "covered": 3.5, "margin": 2.0, "other": -2.1}

_CHANGE = re.compile(
    r"\b(?:økt?e?|økning\w*|auk\w+|vekst|vokst\w*|nedgang\w*|ned|opp|redusert\w*|reduksjon\w*"
    r"|høyere|høgare|lavere|lågare|flere|fleire|færre|falt|sank|steg)\b",
    re.IGNORECASE,
)

_WORDS: dict[str, dict[Language, str]] = {
    "was": {
        "nb": "{what}{where} var {value}{when} [1].",
        "nn": "{what}{where} var {value}{when} [1].",
        "en": "{what}{where} was {value}{when} [1].",
    },
    "overspent": {
        "nb": "{what}{where} hadde et merforbruk på {value}{when} [1].",
        "nn": "{what}{where} hadde eit meirforbruk på {value}{when} [1].",
        "en": "{what}{where} spent {value} more than budgeted{when} [1].",
    },
    "left": {
        "nb": "{what}{where} hadde et mindreforbruk på {value}{when} [1].",
        "nn": "{what}{where} hadde eit mindreforbruk på {value}{when} [1].",
        "en": "{what}{where} spent {value} less than budgeted{when} [1].",
    },
    "in": {"nb": " i {}", "nn": " i {}", "en": " in {}"},
    "doubtful": {
        "nb": " Tabellen tallet står i, stemmer ikke med seg selv, så sjekk det i kilden.",
        "nn": " Tabellen talet står i, stemmer ikkje med seg sjølv, så sjekk det i kjelda.",
        "en": " The table it stands in does not add up, so check it in the source.",
    },
}
_MEASURES: dict[Measure, dict[Language, str]] = {
    "revised_budget": {
        "nb": " i revidert budsjett", "nn": " i revidert budsjett", "en": " in the revised budget",
    },
    "original_budget": {
        "nb": " i opprinnelig budsjett", "nn": " i opphavleg budsjett",
        "en": " in the original budget",
    },
    "deviation": {"nb": " i avvik", "nn": " i avvik", "en": " in deviation"},
    "target": {"nb": " som mål", "nn": " som mål", "en": " as the target"},
    "forecast": {"nb": " i prognose", "nn": " i prognose", "en": " in the forecast"},
    "change": {"nb": " i endring", "nn": " i endring", "en": " in change"},
    "share": {"nb": " i andel", "nn": " i andel", "en": " as a share"},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A figure chosen, ready to be said."""

    base_value: Decimal
    unit: str
    text: str
    sentence: str
    citation: Citation


def answer_value(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """The figure asked for, or None when none is sure enough."""
    evidence = _of_the_kind_asked_for(query, evidence)
    cell, mention = evidence.cells[:1], evidence.mentions[:1]
    cell_sure, mention_sure = sure_of_cell(evidence), sure_of_mention(evidence)
    if cell and cell_sure >= max(MIN_SURE, mention_sure):
        value = say_cell(index, query, cell[0])
    elif mention and mention_sure >= MIN_SURE:
        value = say_mention(index, mention[0])
    else:
        return None
    return Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer=value.sentence,
        figure=Figure(base_value=value.base_value, base_unit=value.unit, text=value.text),
        citations=(value.citation,),
        scope=scope,
    )


def _of_the_kind_asked_for(query: Query, evidence: Evidence) -> Evidence:
    """Without figures whose unit cannot be the answer's: a share is no amount in kroner."""
    wanted = "prosent" if query.asked.operation == "share" else query.asked.unit
    per = query.asked.operation == "ratio"
    return replace(
        evidence,
        cells=tuple(
            c
            for c in evidence.cells
            if unit_fit(wanted, c.cell.unit) > WRONG_UNIT and (not per or "/" in c.cell.unit)
        ),
        mentions=tuple(
            m
            for m in evidence.mentions
            if m.mention.number
            and unit_fit(wanted, m.mention.number.unit or "antall") > WRONG_UNIT
            and (not per or " per " in m.sentence)
        ),
    )


def answer_stated_change(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """A change that the report itself states, where its two sides could not be found."""
    stated = replace(
        evidence,
        cells=tuple(c for c in evidence.cells if c.column.measure in ("change", "deviation")),
        mentions=tuple(
            m for m in evidence.mentions if m.covered >= STATED and _CHANGE.search(m.sentence)
        ),
    )
    return answer_value(index, query, stated, scope)


def sure_of_cell(evidence: Evidence) -> float:
    """How likely the best cell is the one asked for."""
    if not evidence.cells or evidence.cells[0].score < LEAST:
        return 0.0
    best = evidence.cells[0]
    rivals = [c for c in evidence.cells if c.cell.base_value != best.cell.base_value]
    return _logistic(
        CELL,
        score=best.score,
        covered=best.covered,
        likeness=best.likeness,
        margin=_lead(best.score, rivals),
        other=evidence.mentions[0].score if evidence.mentions else 0.0,
    )


def sure_of_mention(evidence: Evidence) -> float:
    """How likely the best amount in running text is the one asked for."""
    if not evidence.mentions or evidence.mentions[0].score < LEAST:
        return 0.0
    best = evidence.mentions[0]
    rivals = [m for m in evidence.mentions if m.mention.number != best.mention.number]
    return _logistic(
        MENTION,
        score=best.score,
        covered=best.covered,
        margin=_lead(best.score, rivals),
        other=evidence.cells[0].score if evidence.cells else 0.0,
    )


def _lead(score: float, rivals: Sequence[FoundCell | FoundMention]) -> float:
    return min(MARGIN, score - rivals[0].score) if rivals else MARGIN


def _logistic(weights: Mapping[str, float], **features: float) -> float:
    total = weights["bias"] + sum(weights[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-total))


def say_cell(index: Index, query: Query, found: FoundCell) -> Value:
    """A cell in words: whose, what, how much, when."""
    language = query.language
    value = to_operand(index, found).value
    verdict = _verdict(found)
    if verdict:
        value = abs(value)
    text = format_number(value, found.cell.unit, language)
    place = found.column.place or index.document(found.table.doc)["municipality"]
    when = "" if verdict else _MEASURES.get(found.column.measure, {}).get(language, "")
    if found.year:
        when += _WORDS["in"][language].format(found.year)
    sentence = _WORDS[verdict or "was"][language].format(
        what=_what(found, place),
        where=_WORDS["in"][language].format(place) if place else "",
        value=text,
        when=when,
    )
    if found.table.trust == "doubtful":
        sentence += _WORDS["doubtful"][language]
    citation = cite_cell(index, found, 1)
    return Value(
        base_value=value, unit=found.cell.unit, text=text, sentence=sentence, citation=citation
    )


def _verdict(found: FoundCell) -> str:
    """Whether a deviation in kroner is money overspent or left, where the table tells."""
    good, value = found.table.deviation_good, found.cell.base_value
    money = found.cell.unit == "kr" and found.column.measure == "deviation"
    if not money or good is None or not value:
        return ""
    income = line_kind(found.row.label) in ("income", "result")
    if income:
        return ""
    return "left" if (value > 0) == good else "overspent"


def _what(found: FoundCell, place: str) -> str:
    """The row's label, with its group or table where the label alone says little."""
    label = plain_label(found.row.label)
    if found.table.title and is_just(label, place):
        return plain_title(found.table.title)
    if found.row.group and len(label) < 25:
        return f"{found.row.group.strip(' .:*')} – {label[:1].lower() + label[1:]}"
    if len(label) < 12 and found.table.title:
        return f"{plain_title(found.table.title)} – {label}"
    return label


def say_mention(index: Index, found: FoundMention) -> Value:
    """An amount in running text: its own sentence says it best."""
    number = found.mention.number
    assert number is not None
    unit = number.unit or "antall"
    return Value(
        base_value=number.base_value,
        unit=unit,
        text=found.mention.text,
        sentence=f"{found.sentence.rstrip('.')} [1].",
        citation=cite_text(index, found.passage, found.sentence, 1),
    )
