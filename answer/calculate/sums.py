"""The sum or the mean of one row over several years, or of several rows that are named."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from answer.calculate.named_rows import TOGETHER, listed_rows
from answer.calculate.operands import to_operand
from answer.calculate.tables import MIN_ROWS, MIN_TABLE
from answer.citing import cite_cell
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Figure, Language, Point, Scope, Series
from answer.texts import listed, plain_label
from figures.calculate import Operand, difference, growth, mean, total
from figures.errors import Incomparable
from figures.wording import format_number
from indexer.index import Index
from retriever.cells import FoundCell
from retriever.understand import Query, narrowed

_WORDS: dict[str, dict[Language, str]] = {
    "sum": {
        "nb": "{value} til sammen: {parts}.", "nn": "{value} til saman: {parts}.",
        "en": "{value} in total: {parts}.",
    },
    "mean": {
        "nb": "{value} i snitt: {parts}.", "nn": "{value} i snitt: {parts}.",
        "en": "{value} on average: {parts}.",
    },
    "rose": {
        "nb": "Opp {value}: til sammen {later}, mot {earlier}.",
        "nn": "Opp {value}: til saman {later}, mot {earlier}.",
        "en": "Up {value}: in total {later}, against {earlier}.",
    },
    "fell": {
        "nb": "Ned {value}: til sammen {later}, mot {earlier}.",
        "nn": "Ned {value}: til saman {later}, mot {earlier}.",
        "en": "Down {value}: in total {later}, against {earlier}.",
    },
    "above": {
        "nb": "{value} mer enn budsjettert: til sammen {later}, mot {earlier}.",
        "nn": "{value} meir enn budsjettert: til saman {later}, mot {earlier}.",
        "en": "{value} more than budgeted: in total {later}, against {earlier}.",
    },
    "below": {
        "nb": "{value} mindre enn budsjettert: til sammen {later}, mot {earlier}.",
        "nn": "{value} mindre enn budsjettert: til saman {later}, mot {earlier}.",
        "en": "{value} less than budgeted: in total {later}, against {earlier}.",
    },
    "in": {"nb": "i {}", "nn": "i {}", "en": "in {}"},
}  # fmt: skip
_SIDES: dict[Language, tuple[str, str]] = {
    "nb": ("i regnskapet", "i budsjettet"),
    "nn": ("i rekneskapen", "i budsjettet"),
    "en": ("in the accounts", "in the budget"),
}
_PLANNED = ("deviation", "revised_budget", "original_budget")
_BUDGET = re.compile(r"\bbudsjett\w*|\bbudget\w*|\bplanlagt\b", re.IGNORECASE)
FOR: dict[Language, str] = {"nb": "for {}", "nn": "for {}", "en": "for {}"}


def answer_over_years(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """The sum or the mean of one row over the years that are named."""
    years = set(query.asked.years)
    if len(years) < MIN_ROWS:
        return None
    by_row: dict[tuple[str, str, str], dict[int, FoundCell]] = defaultdict(dict)
    for cell in evidence.cells:
        if cell.year in years:
            key = (cell.table.id, cell.row.group, cell.row.label)
            by_row[key].setdefault(cell.year, cell)
    whole = [cells for cells in by_row.values() if cells.keys() == years]
    if not whole:
        return None
    best = max(whole, key=lambda cells: max(cell.score for cell in cells.values()))
    if max(cell.score for cell in best.values()) < MIN_TABLE:
        return None
    chosen = [best[year] for year in sorted(best)]
    said = [_WORDS["in"][query.language].format(cell.year) for cell in chosen]
    return say_sum(index, query, scope, chosen, said, plain_label(chosen[0].row.label))


def answer_named_rows(
    index: Index, query: Query, _evidence: Evidence, scope: Scope
) -> Answer | None:
    """The sum of the rows that a question lists: "til vann, avløp og renovasjon"."""
    found = listed_rows(index, query)
    if found is None:
        return None
    cell, rows = found
    chosen = [replace(cell, row=row) for row in rows]
    labels = [_as_asked(plain_label(row.label), query.question) for row in rows]
    said = [FOR[query.language].format(label) for label in labels]
    return say_sum(index, query, scope, chosen, said, cell.column.name)


def answer_rows_together(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """The same where a question says only in passing that the rows are to be added."""
    if not TOGETHER.search(query.question):
        return None
    return answer_named_rows(index, query, evidence, scope)


def _as_asked(label: str, question: str) -> str:
    """A label within a sentence: a name keeps the capital that the question gives it."""
    return label if label in question else label[:1].lower() + label[1:]


def answer_change_of_rows(
    index: Index, query: Query, _evidence: Evidence, scope: Scope
) -> Answer | None:
    """By how much the sum of the rows that a question lists changed between two years."""
    if len(query.asked.years) != 2 or len(query.places) != 1:
        return None
    first, last = query.asked.years
    found = listed_rows(index, narrowed(query, index.documents, years=[last]))
    if found is None or found[0].year != last:
        return None
    cell, rows = found
    same = (cell.column.measure, cell.column.place, cell.column.sex)
    before = next(
        (
            replace(cell, position=i, year=first)
            for i, column in enumerate(cell.table.columns)
            if column.year == first and (column.measure, column.place, column.sex) == same
        ),
        None,
    )
    if before is None or any(
        before.position >= len(row.cells) or not row.cells[before.position] for row in rows
    ):
        return None
    sides = [[replace(one, row=row) for row in rows] for one in (cell, before)]
    return say_change(index, query, scope, sides, (last, first), cell.column.name)


def answer_rows_against_budget(
    index: Index, query: Query, _evidence: Evidence, scope: Scope
) -> Answer | None:
    """How much more or less rows that a question lists came to together than was budgeted."""
    measure = query.asked.measure
    if len(query.places) != 1 or measure not in _PLANNED or query.asked.operation != "difference":
        return None
    about = replace(query, subject=_BUDGET.sub(" ", query.subject))
    found = listed_rows(index, replace(about, asked=replace(query.asked, measure=None)))
    if found is None or found[0].column.measure not in ("accounts", "result"):
        return None
    cell, rows = found
    wanted = "original_budget" if measure == "original_budget" else "revised_budget"
    budgets = [
        i
        for i, column in enumerate(cell.table.columns)
        if column.measure == wanted and column.year in (None, cell.column.year)
    ]
    if len(budgets) != 1 or any(not row.cells[budgets[0]] for row in rows):
        return None
    sides = [
        [replace(cell, row=row, position=i) for row in rows] for i in (cell.position, *budgets)
    ]
    return say_change(index, query, scope, sides, None, cell.column.name)


def say_change(
    index: Index,
    query: Query,
    scope: Scope,
    sides: Sequence[Sequence[FoundCell]],
    years: tuple[int, int] | None,
    name: str,
) -> Answer | None:
    """By how much a sum of cells, of the later year, differs from another, of the earlier.

    Without years the first sum is of what came to be and the other of what was budgeted.
    """
    language = query.language
    try:
        operands = [[to_operand(index, each) for each in side] for side in sides]
        if years is None:
            operands = [[replace(o, measure="value") for o in side] for side in operands]
        sums = [total(side, language) for side in operands]
        one, other = (
            Operand(value=result.value, unit=result.unit, label=name, year=year)
            for result, year in zip(sums, years or (None, None), strict=True)
        )
        if query.asked.operation == "growth":
            result = growth(other, one, language)
        else:
            result = difference(one, other, language)
    except Incomparable:
        return None
    if result.value == 0:
        return None
    text = format_number(abs(result.value), result.unit, language)
    cited = [each for side in sides for each in side]
    marks = [
        "".join(f" [{n}]" for n in range(start, start + len(side)))
        for start, side in zip((1, len(sides[0]) + 1), sides, strict=True)
    ]
    more, less = ("rose", "fell") if years else ("above", "below")
    way = more if result.value > 0 else less
    when = [_WORDS["in"][language].format(year) for year in years] if years else _SIDES[language]
    said = [
        f"{format_number(operand.value, operand.unit, language)} {which}{mark}"
        for operand, which, mark in zip((one, other), when, marks, strict=True)
    ]
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=_WORDS[way][language].format(value=text, later=said[0], earlier=said[1]),
        figure=Figure(base_value=abs(result.value), base_unit=result.unit, text=text),
        calculation=Calculation(
            expression=result.expression,
            result=text,
            steps=tuple(f"{r.expression} = {r.text}" for r in sums),
            operands=tuple(range(1, len(cited) + 1)),
        ),
        citations=tuple(cite_cell(index, each, n) for n, each in enumerate(cited, start=1)),
        scope=scope,
    )


def say_sum(
    index: Index,
    query: Query,
    scope: Scope,
    cells: Sequence[FoundCell],
    said: Sequence[str],
    name: str,
) -> Answer | None:
    """The sum or the mean of some cells, each said beside what it is of."""
    language = query.language
    operands = [to_operand(index, cell) for cell in cells]
    operation = mean if query.asked.operation == "mean" else total
    try:
        result = operation([replace(o, year=None) for o in operands], language)
    except Incomparable:
        return None
    text = format_number(result.value, result.unit, language)
    parts = [
        f"{format_number(o.value, o.unit, language)} {which} [{n}]"
        for n, (o, which) in enumerate(zip(operands, said, strict=True), start=1)
    ]
    numbers = tuple(range(1, len(cells) + 1))
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=_WORDS[result.operation][language].format(
            value=text[:1].upper() + text[1:], parts=listed(parts, language)
        ),
        figure=Figure(base_value=result.value, base_unit=result.unit, text=text),
        calculation=Calculation(
            expression=result.expression, result=text, steps=result.steps, operands=numbers
        ),
        citations=tuple(cite_cell(index, cell, n) for n, cell in enumerate(cells, start=1)),
        scope=scope,
        series=Series(
            name=name,
            base_unit=operands[0].unit,
            points=tuple(
                _point(o, cell, n) for n, o, cell in zip(numbers, operands, cells, strict=True)
            ),
        ),
    )


def _point(operand: Operand, cell: FoundCell, n: int) -> Point:
    label = str(operand.year) if operand.year else plain_label(cell.row.label)
    return Point(label=label, base_value=operand.value, citation=n)
