"""What is left of a frame: what a project may cost in all, less all that has been used of it.

"Hvor mye gjenstår av rammen til helsehuset?": the frame, what was used in earlier years and what
was used in the year stand in columns of the project's own row.
"""

import re
from dataclasses import replace

from answer.calculate.named_rows import LISTED
from answer.calculate.operands import to_operand, with_unit
from answer.citing import cite_cell
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Figure, Language, Scope
from answer.texts import listed, plain_label
from figures.calculate import Operand, difference, total
from figures.errors import Incomparable
from figures.wording import format_number
from indexer.index import Index
from indexer.tokens import keys_of
from retriever.cells import FoundCell, find_cells
from retriever.understand import Query, subject_of

_LEFT = re.compile(
    r"\b(?:gjenst[åo]\w*|står? igjen|stod igjen|sto igjen|er igjen|var igjen|att av|igjen av"
    r"|remain\w*|is left|was left|left of)\b",
    re.IGNORECASE,
)
_FRAME = re.compile(r"\b\w*ramm[ea]\w*\b|\bvedtatt i alt\b|\bframe\b|\bbudget in all\b", re.I)
_BEFORE = re.compile(r"\b(?:før|føre|tidligere|tidlegare|before|earlier)\b", re.IGNORECASE)
_USED = re.compile(
    r"\b(?:brukt|bruka|forbruk\w*|påløpt|regnskap\w*|rekneskap\w*|utgift\w*)\b", re.I
)
_REST = re.compile(r"\b(?:gjenst\w*|rest\w*|igjen|remain\w*)\b", re.IGNORECASE)
_SO_FAR = re.compile(
    r"\b(?:hittil|akkumulert|i alt|totalt|til nå|til no|(?:per|pr\.?) 31)", re.IGNORECASE
)
_WORDS: dict[Language, str] = {
    "nb": "{value} gjenstår for {what}: {frame} i ramme [1], og {used} er brukt{marks}.",
    "nn": "{value} står att for {what}: {frame} i ramme [1], og {used} er brukt{marks}.",
    "en": "{value} is left for {what}: a frame of {frame} [1], of which {used} is used{marks}.",
}


def answer_rest_of_frame(
    index: Index, query: Query, _evidence: Evidence, scope: Scope
) -> Answer | None:
    """A row's frame less what was used of it, where its columns say what both are."""
    if not (_LEFT.search(query.question) and _FRAME.search(query.question)):
        return None
    if len(query.places) != 1:
        return None
    subject = subject_of(_FRAME.sub(" ", _LEFT.sub(" ", query.question)), query.places)
    asked = keys_of(subject)
    for cell in find_cells(index, with_unit(replace(query, subject=subject), "kr"), limit=20):
        if cell.score < LISTED:
            break
        if not cell.row.total and keys_of(cell.row.label) & asked and (used := _columns(cell)):
            return _say(index, query, scope, used)
    return None


def _columns(cell: FoundCell) -> list[FoundCell] | None:
    """The frame of a cell's row, and the columns that together say what was used of it."""
    columns = cell.table.columns
    if any(_REST.search(column.name) for column in columns):
        return None  # a column says it already
    frames = [i for i, column in enumerate(columns) if _FRAME.search(column.name)]
    used = [
        i
        for i, column in enumerate(columns)
        if i not in frames
        and _USED.search(column.name)
        and column.measure in ("value", "accounts", "result")
    ]
    so_far = [i for i in used if _SO_FAR.search(columns[i].name)]
    before = [i for i in used if _BEFORE.search(columns[i].name) and i not in so_far]
    in_year = [i for i in used if i not in so_far and i not in before]
    if len(so_far) == 1:
        parts = so_far
    elif len(before) == len(in_year) == 1:
        parts = [*before, *in_year]
    else:
        return None
    if len(frames) != 1:
        return None
    chosen = [replace(cell, position=i) for i in (*frames, *parts)]
    return chosen if all(_holds(one) for one in chosen) else None


def _holds(found: FoundCell) -> bool:
    cell = found.row.cells[found.position] if found.position < len(found.row.cells) else None
    return cell is not None and cell.base_value is not None and cell.unit == "kr"


def _say(index: Index, query: Query, scope: Scope, found: list[FoundCell]) -> Answer | None:
    language = query.language
    operands = [replace(to_operand(index, one), year=None, measure="value") for one in found]
    frame, *used = operands
    try:
        spent = total(used, language)
        whole = Operand(value=spent.value, unit=spent.unit, label=frame.label, place=frame.place)
        result = difference(frame, whole, language)
    except Incomparable:
        return None
    text = format_number(result.value, result.unit, language)
    numbers = tuple(range(1, len(found) + 1))
    amounts = [format_number(one.value, one.unit, language) for one in used]
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=_WORDS[language].format(
            value=text,
            what=plain_label(found[0].row.label),
            frame=format_number(frame.value, frame.unit, language),
            used=listed(amounts, language),
            marks="".join(f" [{n}]" for n in numbers[1:]),
        ),
        figure=Figure(base_value=result.value, base_unit=result.unit, text=text),
        calculation=Calculation(
            expression=result.expression,
            result=text,
            steps=tuple(f"{r.expression} = {r.text}" for r in (spent,) if len(used) > 1),
            operands=numbers,
        ),
        citations=tuple(cite_cell(index, one, n) for n, one in enumerate(found, start=1)),
        scope=scope,
    )
