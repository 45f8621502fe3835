"""A single figure as an answer: the cell or the amount in running text that fits best.

What is not sure enough gives None, and the question is refused: wrong is worse than none.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from answer.calculate.operands import to_operand
from answer.citing import cite_cell, cite_text
from answer.evidence import Evidence
from answer.otherwise import with_other_amounts
from answer.records import Answer, Citation, Figure, Language, Scope
from answer.texts import plain_label, plain_title
from figures.cells import Measure
from figures.lines import line_kind
from figures.units import read_unit
from figures.wording import format_number
from indexer.index import Index
from indexer.tokens import keys_of
from retriever.cells import FoundCell
from retriever.fit import is_just, unit_fit
from retriever.mentions import FoundMention
from retriever.understand import Query
from retriever.weigh import chances, sureness

MIN_SURE = 0.5  # said when it is likelier right than not, see docs/experiments.md
UNSURE = 0.7  # below, three of ten are not what was meant: the answer says so
SURER = 0.6  # than a share that could be calculated
CELL_FIRST = 2.0
STATED = 0.5  # of the question that a sentence must hold to state the change asked for

_MEAN = re.compile(r"snitt|average|\bper\b|\bpr\b|\beach\b", re.IGNORECASE)
_PER = re.compile(r"\b(?:per|pr\.?|for hver|for kvar|i forhold til) (?P<each>\w+)", re.IGNORECASE)
_HEADS = ("innbygg", "hode", "hovud", "capita", "person", "inhabitant", "resident", "head", "barn")
_CHANGE = re.compile(
    r"\b(?:økt?e?|økning\w*|auk\w+|vekst|vokst\w*|nedgang\w*|ned|opp|redusert\w*|reduksjon\w*"
    r"|høyere|høgare|lavere|lågare|flere|fleire|færre|falt|sank|steg)\b",
    re.IGNORECASE,
)

# Right before an amount that something changed from or to.
_LEVEL = re.compile(r"\b(?:fra|frå|til|from|to)\s*(?:kr\.?\s*)?$", re.IGNORECASE)
_NEXT_CLAUSE = re.compile(r"[,;:.–(0-9]")
NAMED = 0.5  # of the words for what is counted that stand by a fraction
NEAR = 40  # letters between an amount and the word that says it is a change

_SAYS_LITTLE = re.compile(r"(?:mål|status|nøkkeltal|resultat|utvikling|handlingsplan)\w*\b", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ONLY_YEAR = re.compile(r"\W*(?:19|20)\d\d\W*|")

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
    "unsure": {
        "nb": " Jeg er ikke sikker på at det er dette tallet du spør om, så sjekk kilden.",
        "nn": " Eg er ikkje sikker på at det er dette talet du spør om, så sjekk kjelda.",
        "en": " I am not sure that this is the figure you ask for, so check the source.",
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


def answer_value(
    index: Index, query: Query, evidence: Evidence, scope: Scope, *, least: float = MIN_SURE
) -> Answer | None:
    """The figure asked for, or None when none is sure enough."""
    evidence = of_the_kind_asked_for(query, evidence)
    best = most_likely(evidence)
    if best is None or best.sureness < least or not _may_be_counted(query, best.found):
        return None
    return say_value(index, query, scope, best.found, best.sureness)


def say_value(
    index: Index,
    query: Query,
    scope: Scope,
    found: FoundCell | FoundMention,
    sureness: float | None = None,
) -> Answer:
    """A figure that was found, as a whole answer."""
    if isinstance(found, FoundCell):
        value = say_cell(index, query, found)
    else:
        value = say_mention(index, query, found)
    unsure = sureness is not None and sureness < UNSURE
    answer = Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer=value.sentence + (_WORDS["unsure"][query.language] if unsure else ""),
        figure=Figure(base_value=value.base_value, base_unit=value.unit, text=value.text),
        citations=(value.citation,),
        scope=scope,
        sureness=sureness,
    )
    return with_other_amounts(index, answer, found) if isinstance(found, FoundCell) else answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """A figure, and how likely it is the one asked for."""

    found: FoundCell | FoundMention
    sureness: float


def most_likely(evidence: Evidence) -> Likely | None:
    """The figure that is most likely meant; what states the same value speaks for it too."""
    all_found: list[FoundCell | FoundMention] = [*evidence.cells, *evidence.mentions]
    by_value: dict[tuple[Decimal, str], list[Likely]] = defaultdict(list)
    for found, chance in zip(all_found, chances([found.score for found in all_found]), strict=True):
        by_value[(abs(found.base_value), found.unit)].append(Likely(found=found, sureness=chance))
    sums = {value: sum(one.sureness for one in likely) for value, likely in by_value.items()}
    best = max(sums, key=lambda value: sums[value], default=None)
    if best is None:
        return None
    first = max(by_value[best], key=_preferred)
    top = max(one.found.score for one in by_value[best])
    others = [
        one.found.score for value, likely in by_value.items() if value != best for one in likely
    ]
    return replace(first, sureness=sureness(sums[best], top, others))


def _preferred(one: Likely) -> float:
    """Of what states the same value, a cell before a sentence nearly as likely: it is traced."""
    return one.sureness * (CELL_FIRST if isinstance(one.found, FoundCell) else 1)


def of_the_kind_asked_for(query: Query, evidence: Evidence) -> Evidence:
    """Without figures whose unit cannot be the answer's: a share is no amount in kroner."""
    wanted = "prosent" if query.asked.operation == "share" else query.asked.unit
    per = query.asked.operation == "ratio"
    cells = evidence.cells if query.asked.years else _newest(evidence.cells)
    return replace(
        evidence,
        cells=tuple(
            c
            for c in cells
            if unit_fit(wanted, c.cell.unit) != "wrong"
            and (not per or "/" in c.cell.unit or _PER.search(c.row.label))
            and _per_the_same(query.question, c.cell.unit)
        ),
        mentions=tuple(
            m
            for m in evidence.mentions
            if m.mention.number
            and unit_fit(wanted, m.mention.number.unit or "antall") != "wrong"
            and (not per or " per " in m.sentence)
        ),
    )


def _newest(cells: Sequence[FoundCell]) -> list[FoundCell]:
    """Of a row's cells that differ by no more than the year, the last: no other was asked for."""
    last: dict[tuple[str, int, str], int] = {}
    for cell in cells:
        if cell.year:
            of = _but_year(cell)
            last[of] = max(cell.year, last.get(of, 0))
    return [cell for cell in cells if not cell.year or cell.year == last[_but_year(cell)]]


def _but_year(cell: FoundCell) -> tuple[str, int, str]:
    """Where a cell stands: its table, row and column without the year."""
    row = next(i for i, row in enumerate(cell.table.rows) if row is cell.row)
    return cell.table.id, row, _YEAR.sub("", cell.column.name).strip()


def _per_the_same(question: str, unit: str) -> bool:
    """Kroner for each inhabitant are not kroner for each pupil."""
    each = _PER.search(question)
    of = unit.partition("/")[2]
    if not each or not of:
        return True
    asked = each["each"].lower()
    unit_asked = read_unit(f"kr per {asked}")
    heads = asked.startswith(_HEADS) and of.startswith(_HEADS)
    same = heads or bool(keys_of(asked) & keys_of(of)) or not asked.isalpha()
    return same or (unit_asked is not None and unit_asked.name.endswith(f"/{of}"))


def _may_be_counted(query: Query, found: FoundCell | FoundMention) -> bool:
    """Pupils come whole: a fraction counts only what the report itself counts by that name."""
    value = found.base_value
    whole = value is None or value == value.to_integral_value()
    return (
        whole
        or _MEAN.search(query.question) is not None
        or query.asked.unit != "antall"
        or found.features.get("counted", 0) >= NAMED
    )


def answer_stated_change(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """A change that the report itself states, where its two sides could not be found."""
    if len(query.places) > 1:
        return None
    stated = replace(
        evidence,
        cells=tuple(c for c in evidence.cells if c.column.measure in ("change", "deviation")),
        mentions=tuple(m for m in evidence.mentions if m.covered >= STATED and _states_change(m)),
    )
    return answer_value(index, query, stated, scope)


def _states_change(found: FoundMention) -> bool:
    """Whether an amount is how much something changed, not what it changed from or to."""
    before, after = found.sentence[: found.mention.start], found.sentence[found.mention.end :]
    if _LEVEL.search(before):
        return False
    # "650 personer, en økning på 7,4 prosent": the next amount is the change, not this one
    own = _NEXT_CLAUSE.split(after[:NEAR], maxsplit=1)[0]
    return bool(_CHANGE.search(before[-NEAR:]) or _CHANGE.search(own))


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
    """The row's label, with its group, table or column where the label alone says little."""
    label, title = plain_label(found.row.label), plain_title(found.table.title)
    if _ONLY_YEAR.fullmatch(label):
        about, column = title or _chapter(found.table.heading), found.column.name
        return about if _ONLY_YEAR.fullmatch(column) else f"{about} – {column.lower()}"
    if title and is_just(label, place):
        return title
    if found.row.group and len(label) < 25:
        return f"{found.row.group.strip(' .:*')} – {label[:1].lower() + label[1:]}"
    return f"{title} – {label}" if len(label) < 12 and title else label


def _chapter(heading: str) -> str:
    """The innermost chapter that says what it is about, without its number."""
    parts = [plain_label(part) for part in heading.split("›")]
    telling = [part for part in parts if part and not _SAYS_LITTLE.match(part)]
    return (telling or parts)[-1]


def say_mention(index: Index, query: Query, found: FoundMention) -> Value:
    """An amount in running text: its own sentence says it best."""
    number = found.mention.number
    assert number is not None
    unit = number.unit or "antall"
    text, sentence = found.mention.text, found.sentence.rstrip(".")
    if not any(character.isdigit() for character in text):  # "ni prosent"
        text = format_number(number.base_value, unit, query.language)
        sentence = f"{text}: {sentence}"
    return Value(
        base_value=number.base_value,
        unit=unit,
        text=text,
        sentence=f"{sentence} [1].",
        citation=cite_text(index, found.passage, found.sentence, 1),
    )
