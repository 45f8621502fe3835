"""What a sum is without one of its parts: "alle avdelingene utenom Helse og velferd"."""

import re
from dataclasses import replace

from answer.calculate.named_rows import LISTED, names
from answer.calculate.operands import to_operand, with_unit
from answer.calculate.wholes import OF_WHICH, Whole, wholes_of
from answer.citing import cite_cell
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Figure, Language, Scope
from answer.texts import plain_label
from figures.calculate import difference
from figures.errors import Incomparable
from figures.wording import format_number
from indexer.index import Index
from indexer.tokens import keys_of
from retriever.cells import FoundCell, find_cells
from retriever.fit import unit_fit
from retriever.questions import read_question
from retriever.understand import Query, subject_of

CELLS = 40
NEAR = 0.1  # of the best cell: another as near that gives another number is another reading

# Who asks for what is left of a sum says that it is of many.
_OF_MANY = re.compile(
    r"\b(?:til ?sammen|til saman|saml(?:et|a|ede)|alle|sum(?:men)?|totalt?|totale|i alt|resten"
    r"|(?:de|dei) andre|øvrige|all|total|together|others?|altogether)\b",
    re.IGNORECASE,
)
# What stands around the name of the part that is left out.
_ASIDE = re.compile(
    r"\b(?:når|om|if|when|man|ein|en|vi|du|you|we|ser|bort|sett|bortsett|med|unntak|trekke?r|holder"
    r"|held|leave|out|uten(?:om|for)?|utan(?:om|for)?|utafor|unntatt|unnateke|eksklusive|ekskl"
    r"|ikke|medregnet|excluding|not|counting|without|except|apart|from|for|fr[aå]|av|sin|sitt|sine"
    r"|si|egen|eigen|own|del|andel|share|selv|sjølv|the|i|in|\d{4})\b",
    re.IGNORECASE,
)
# Who holds a part outside means what the others are together.
_ASIDE_CLAUSE = re.compile(
    r"\b(?:holder|held|ser bort|sett bort|bortsett|trekke?r|leave out|unntak)\b", re.IGNORECASE
)
# "hvor mange utrykninger var ikke unødige alarmer?": all of them less those.
_NOT = re.compile(
    r"\b(?:hvor|kor|how) (?:mange|many)\b(?P<all>[^,:?]*?) (?:var|er|ble|blei|vart|were|are) "
    r"(?:ikke|ikkje|not) (?P<part>[^,?.:]+)",
    re.IGNORECASE,
)
_WORDS: dict[Language, str] = {
    "nb": "{value} uten {part}: {all} i alt{when} [1], der {part} var {own} [2].",
    "nn": "{value} utan {part}: {all} i alt{when} [1], der {part} var {own} [2].",
    "en": "{value} without {part}: {all} in all{when} [1], of which {part} was {own} [2].",
}
_IN: dict[Language, str] = {"nb": " i {}", "nn": " i {}", "en": " in {}"}


def answer_without(index: Index, query: Query, _evidence: Evidence, scope: Scope) -> Answer | None:
    """A sum less the one part that the question leaves out, where the parts add up to the sum."""
    if len(query.places) != 1:
        return None
    denied = None if query.without else _NOT.search(query.question)
    if denied:
        subject = subject_of(_NOT.sub(" ", query.question[: denied.end()]), query.places)
        subject = f"{subject_of(denied['all'], query.places)} {subject}"
        query = replace(query, without=denied["part"], subject=subject)
    said = query.question.replace(query.without, " ")
    of_many = denied or _ASIDE_CLAUSE.search(query.without) or _OF_MANY.search(said)
    if not query.without or not of_many:
        return None
    about = with_unit(query, read_question(said).unit)
    # "alle unntatt Vestvik til barnevern": more than the part's name may stand there
    wider = f"{query.subject} {subject_of(_ASIDE.sub(' ', query.without), ())}"
    found = _found(index, about, query) or [
        one
        for one in _found(index, replace(about, subject=wider, without=""), query)
        if _rest(*one[1], query)
    ]
    if not found:
        return None
    best, (whole, part) = found[0]
    others = [two for cell, two in found[1:] if cell.score > best.score - NEAR]
    if any((two[0].total.base_value, two[1].base_value) != (whole.total.base_value, part.base_value)
           for two in others):  # fmt: skip
        return None
    return _say(index, query, scope, whole, part)


def _found(
    index: Index, about: Query, query: Query
) -> list[tuple[FoundCell, tuple[Whole, FoundCell]]]:
    """The cells that fit, best first, each with a sum and its part that is left out."""
    return [
        (cell, left)
        for cell in find_cells(index, about, limit=CELLS)
        if cell.score >= LISTED
        and not OF_WHICH.match(cell.column.name)
        and unit_fit(about.asked.unit, cell.unit) != "wrong"
        for left in _left_out(cell, query)
        if _rest(*left, query) <= _around(left[0])
    ]


def _around(whole: Whole) -> frozenset[str]:
    """The words that stand around a sum."""
    table, total = whole.total.table, whole.total
    return keys_of(f"{table.title} {table.heading} {total.row.label} {total.column.name}")


def _rest(whole: Whole, part: FoundCell, query: Query) -> frozenset[str]:
    """What is said of the question beside the name of the part that is left out."""
    said = subject_of(_ASIDE.sub(" ", query.without), ())
    return keys_of(said) - keys_of(_name(whole, part))


def _name(whole: Whole, part: FoundCell) -> str:
    """What a part is called among the others: its column's name or its row's."""
    across = part.row == whole.total.row
    return part.column.name.strip() if across else plain_label(part.row.label)


def _left_out(cell: FoundCell, query: Query) -> list[tuple[Whole, FoundCell]]:
    """The sums that a cell is of, each with the one part of it that the question leaves out."""
    without = " ".join(_ASIDE.sub(" ", query.without).split())
    found = []
    for whole in wholes_of(cell):
        named = [part for name, part in whole.parts if without and _is_named(without, name)]
        if len(named) == 1:
            found.append((whole, named[0]))
    return found


def _is_named(without: str, name: str) -> bool:
    bare = re.sub(r"\bkommune\b|\(.*?\)", " ", name)
    return names(without, bare)


def _say(index: Index, query: Query, scope: Scope, whole: Whole, part: FoundCell) -> Answer | None:
    language = query.language
    every, own = to_operand(index, whole.total), to_operand(index, part)
    try:
        result = difference(replace(every, place=""), replace(own, place=""), language)
    except Incomparable:
        return None
    text = format_number(result.value, result.unit, language)
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=_WORDS[language].format(
            value=text[:1].upper() + text[1:],
            part=_name(whole, part),
            all=format_number(every.value, every.unit, language),
            own=format_number(own.value, own.unit, language),
            when=_IN[language].format(every.year) if every.year else "",
        ),
        figure=Figure(base_value=result.value, base_unit=result.unit, text=text),
        calculation=Calculation(
            expression=result.expression, result=text, steps=result.steps, operands=(1, 2)
        ),
        citations=(cite_cell(index, whole.total, 1), cite_cell(index, part, 2)),
        scope=scope,
    )
