"""A single figure as an answer: the cell or the amount in running text that fits best.

What is not sure enough gives None, and the question is refused: wrong is worse than none.
"""

from dataclasses import dataclass
from decimal import Decimal

from answer.citing import cite_cell, cite_text
from answer.evidence import Evidence
from answer.operands import to_operand
from answer.records import Answer, Citation, Figure, Language, Scope
from figures.cells import Measure
from figures.wording import format_number
from indexer.index import Index
from retriever.cells import FoundCell
from retriever.mentions import FoundMention
from retriever.understand import Query

# Below this a figure is refused. Fitted on questions with and without an answer in the reports;
# see docs/experiments.md.
MIN_CELL, MIN_MENTION = 0.55, 0.7


_WORDS: dict[str, dict[Language, str]] = {
    "was": {
        "nb": "{what}{where} var {value}{when} [1].",
        "nn": "{what}{where} var {value}{when} [1].",
        "en": "{what}{where} was {value}{when} [1].",
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
    cell = next((c for c in evidence.cells[:1] if c.score >= MIN_CELL), None)
    mention = next((m for m in evidence.mentions[:1] if m.score >= MIN_MENTION), None)
    if cell and (mention is None or cell.score >= mention.score):
        value = say_cell(index, query, cell)
    elif mention:
        value = say_mention(index, mention)
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


def say_cell(index: Index, query: Query, found: FoundCell) -> Value:
    """A cell in words: whose, what, how much, when."""
    language = query.language
    value = to_operand(index, found).value
    text = format_number(value, found.cell.unit, language)
    place = found.column.place or index.document(found.table.doc)["municipality"]
    when = _MEASURES.get(found.column.measure, {}).get(language, "")
    if found.year:
        when += _WORDS["in"][language].format(found.year)
    sentence = _WORDS["was"][language].format(
        what=_what(found),
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


def _what(found: FoundCell) -> str:
    """The row's label, with its group or table where the label alone says little."""
    label = found.row.label.strip(" .:")
    if found.row.group and len(label) < 25:
        return f"{found.row.group.strip(' .:')} – {label[:1].lower() + label[1:]}"
    if len(label) < 12 and found.table.title:
        return f"{found.table.title.strip(' .:')} – {label}"
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
