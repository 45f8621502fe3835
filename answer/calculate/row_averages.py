"""So much for each: an amount in one row divided by a number in another row of the same column.

"Utbetalt sosialhjelp" by "Mottakere av sosialhjelp", only where no row gives the average itself.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from answer.calculate.averages import MEAN, PER, holds, states_for_each, things_of
from answer.calculate.operands import COUNTED, Pair, best_twins, cite, to_operand, with_unit
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Figure, Language, Scope
from answer.texts import plain_label
from figures.calculate import ratio
from figures.errors import Incomparable
from figures.wording import format_number
from indexer.index import Index
from indexer.tokens import keys_of
from retriever.cells import FoundCell, find_cells
from retriever.understand import Query
from retriever.vocabulary import Wanted, query_words

FOUND = 20

_MEAN_WORDS = re.compile(r"\b\w*snitt(?:l[ie]g\w*)?\b|\baverage\b", re.IGNORECASE)
_SILENT = keys_of("antall antal tal number samlet samla totalt i alt kroner")
_COUNTS = ("", "antall", "personer")
_WORDS: dict[Language, str] = {
    "nb": "{result} i gjennomsnitt: {amount} var {a} [1], delt på {number}, {b}{when} [2].",
    "nn": "{result} i gjennomsnitt: {amount} var {a} [1], delt på {number}, {b}{when} [2].",
    "en": "{result} on average: {amount} was {a} [1], divided by {number}, {b}{when} [2].",
}
_IN: dict[Language, str] = {"nb": " i {}", "nn": " i {}", "en": " in {}"}


def answer_row_average(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """An amount for each, or None where its two rows are not surely found in one table."""
    each = things_of(index, query)
    if not each or not MEAN.search(query.question) or len(query.places) != 1:
        return None
    if query.asked.unit not in ("kr", "mengde", ""):
        return None
    if any(states_for_each(cell, each) for cell in evidence.cells):
        return None
    pair = _rows(index, query, each)
    if pair is None:
        return None
    amount, number = to_operand(index, pair.one), to_operand(index, pair.other)
    language = query.language
    try:
        result = ratio(amount, number, "", language)
    except Incomparable:
        return None
    text = format_number(result.value, amount.unit, language)
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=_WORDS[language].format(
            result=text[:1].upper() + text[1:],
            amount=plain_label(amount.label),
            number=plain_label(number.label).lower(),
            a=format_number(amount.value, amount.unit, language),
            b=format_number(number.value, "antall", language),
            when=_IN[language].format(amount.year) if amount.year else "",
        ),
        figure=Figure(base_value=result.value, base_unit=amount.unit, text=text),
        calculation=Calculation(
            expression=result.expression, result=text, steps=result.steps, operands=(1, 2)
        ),
        citations=(cite(index, pair.one, 1), cite(index, pair.other, 2)),
        scope=scope,
    )


def _rows(index: Index, query: Query, each: list[Wanted]) -> Pair | None:
    """The row of the amount and that of the number it is spread on."""
    query = replace(query, subject=_MEAN_WORDS.sub(" ", query.subject))
    words = query_words(query.subject, index.words)
    things = {term.key for term in each}
    asked = _parts(key for t in (*words, *each) for key in (t.key, *t.parts, *dict(t.kin)))
    amounts, numbers = [], []
    for cell in find_cells(index, with_unit(query, "kr"), limit=FOUND):
        if cell.cell.unit != "kr" or MEAN.search(cell.row.label) or PER.search(cell.row.label):
            continue
        about = [term for term in words if term.key not in things]
        if holds(cell.row.label, about) < COUNTED:
            continue
        if number := _number_beside(cell, each, asked):
            amounts.append(cell)
            numbers.append(number)
    return best_twins(index, amounts, numbers)


def _number_beside(amount: FoundCell, each: list[Wanted], asked: set[str]) -> FoundCell | None:
    """The one row of the same column that counts just these things, and no part of them."""
    rows = [
        row
        for row in amount.table.rows
        if row != amount.row
        and amount.position < len(row.cells)
        and (cell := row.cells[amount.position])
        and cell.base_value
        and cell.unit in _COUNTS
        and holds(row.label, each) >= COUNTED
        and _parts(keys_of(row.label) - _SILENT) <= asked
    ]
    return replace(amount, row=rows[0]) if len(rows) == 1 else None


def _parts(keys: Iterable[str]) -> set[str]:
    """What keys are made of: "sosialhjelpsmottaker" of three."""
    return {part for key in keys for part in key.split("_")}
