"""Questions over many rows or years: how many, who has most, the sum, the mean.

The table is the one whose rows fit the question best together; the rows are all listed in the
steps, so that a person can see what was counted and what was not.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from answer.citing import cite_cell
from answer.evidence import Evidence
from answer.operands import to_operand, with_unit
from answer.records import Answer, Calculation, Citation, Figure, Language, Point, Scope, Series
from answer.texts import listed, plain_label
from figures.calculate import Operand, Result, mean, total
from figures.errors import Incomparable
from figures.wording import format_number
from indexer.index import Index
from retriever.cells import FoundCell, find_cells
from retriever.fit import place_of_column
from retriever.understand import Query

MIN_TABLE = 0.55  # of the best cell in it, below which no table is chosen
MIN_ROWS = 2
SHOWN = 12  # rows named in an answer

_TOTALS = re.compile(r"\b(sum|totalt?|totalsum|i alt|gjennomsnitt|snitt|alle)\b", re.IGNORECASE)
_LEAST = re.compile(
    r"\b(minst|lavest\w*|lågast\w*|færrest|dårligst\w*|lowest|smallest|fewest|least|kortest\w*)\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\b(?:utenom|utanom|unntatt|bortsett fra|except|other than)\b", re.IGNORECASE)
_AT_LEAST = re.compile(
    r"\b(?:minst|at least|mer enn|meir enn|over|more than)\s+([\d ,.]+)\s*(\w+)?",
    re.I,
)
_OVERSPENT = re.compile(
    r"\b(?:brukte|bruka|brukt|spent)\b.{0,60}\b(?:mer|meir|more)\b|\bmerforbruk|\bmeirforbruk|overspen",
    re.IGNORECASE,
)
_UNDERSPENT = re.compile(
    r"\b(?:brukte|bruka|brukt|spent)\b.{0,60}\b(?:mindre|less)\b|\bmindreforbruk|underspen", re.I
)
_SCALES = {
    "milliard": Decimal(10**9), "mrd": Decimal(10**9), "billion": Decimal(10**9),
    "mill": Decimal(10**6), "tusen": Decimal(1000), "thousand": Decimal(1000),
}  # fmt: skip
_WORDS: dict[str, dict[Language, str]] = {
    "count": {
        "nb": "{n} av {of}: {names} [1].", "nn": "{n} av {of}: {names} [1].",
        "en": "{n} of {of}: {names} [1].",
    },
    "none": {"nb": "Ingen av {of} [1].", "nn": "Ingen av {of} [1].", "en": "None of {of} [1]."},
    "extreme": {
        "nb": "{name}, med {value}{when} [1].", "nn": "{name}, med {value}{when} [1].",
        "en": "{name}, with {value}{when} [1].",
    },
    "sum": {
        "nb": "{value} til sammen: {parts}.", "nn": "{value} til saman: {parts}.",
        "en": "{value} in total: {parts}.",
    },
    "mean": {
        "nb": "{value} i snitt: {parts}.", "nn": "{value} i snitt: {parts}.",
        "en": "{value} on average: {parts}.",
    },
    "in": {"nb": " i {}", "nn": " i {}", "en": " in {}"},
}  # fmt: skip


def answer_count(index: Index, query: Query, _evidence: Evidence, scope: Scope) -> Answer | None:
    """How many rows spent more, or less, than their budget."""
    over, under = _OVERSPENT.search(query.question), _UNDERSPENT.search(query.question)
    if not (over or under):
        return None
    cells = _best_table(index, with_unit(query, "kr"))
    if not cells:
        return None
    table = cells[0].table
    accounts = next((i for i, c in enumerate(table.columns) if c.measure == "accounts"), None)
    budget = next((i for i, c in enumerate(table.columns) if c.measure == "revised_budget"), None)
    if accounts is None or budget is None:
        return None
    limit = _limit(query.question)
    group = _named_group(cells, query)
    considered, chosen = [], []
    for row in table.rows:
        if row.total or _TOTALS.search(row.label) or (group and row.group != group):
            continue
        spent, planned = (row.cells[i] if i < len(row.cells) else None for i in (accounts, budget))
        if not (
            spent and planned and spent.base_value is not None and planned.base_value is not None
        ):
            continue
        found = replace(cells[0], row=row, position=accounts)
        considered.append(found)
        excess = spent.base_value - planned.base_value
        excess = excess if over else -excess
        if excess > 0 and excess >= limit:
            chosen.append(found)
    if len(considered) < MIN_ROWS:
        return None
    names = [plain_label(cell.row.label) for cell in chosen]
    key = "count" if chosen else "none"
    text = str(len(chosen))
    sentence = _WORDS[key][query.language].format(
        n=text, of=len(considered), names=listed(names[:SHOWN], query.language)
    )
    citations = [
        cite_cell(index, cell, n) for n, cell in enumerate(chosen or considered[:1], start=1)
    ]
    steps = tuple(_compared(cell, accounts, budget, query.language) for cell in considered)
    return _answer(
        query, scope, sentence, citations, "antall", Decimal(len(chosen)), text,
        Calculation(
            expression=f"{text} av {len(considered)}", result=text, steps=steps,
            operands=tuple(citation.n for citation in citations),
        ),
    )  # fmt: skip


def answer_extreme(index: Index, query: Query, _evidence: Evidence, scope: Scope) -> Answer | None:
    """Which row has most, or least."""
    cells = _best_table(index, query)
    if not cells:
        return None
    first = cells[0]
    column = _places_asked_about(index, first, query) or _rows_beside(first)
    named = {place.lower() for place in query.places}
    if _EXCEPT.search(query.question):
        column = [c for c in column if not any(name in c.row.label.lower() for name in named)]
    if len(column) < MIN_ROWS:
        return None
    ranked = sorted(column, key=lambda c: to_operand(index, c).value)
    if not _LEAST.search(query.question):
        ranked.reverse()
    best = to_operand(index, ranked[0])
    text = format_number(best.value, best.unit, query.language)
    when = _WORDS["in"][query.language].format(best.year) if best.year else ""
    by_place = ranked[0].row == ranked[-1].row
    name_of_series = plain_label(first.row.label) if by_place else first.column.name
    name = best.place if by_place else plain_label(ranked[0].row.label)
    sentence = _WORDS["extreme"][query.language].format(name=name, value=text, when=when)
    citations = [cite_cell(index, cell, n) for n, cell in enumerate(ranked[:SHOWN], start=1)]
    answer = _answer(query, scope, sentence, citations[:1], best.unit, best.value, text, None)
    points = tuple(
        Point(
            label=to_operand(index, cell).place if by_place else cell.row.label,
            base_value=to_operand(index, cell).value,
            citation=1,
        )
        for cell in ranked[:SHOWN]
    )
    return replace(answer, series=Series(name=name_of_series, base_unit=best.unit, points=points))


def _rows_beside(first: FoundCell) -> list[FoundCell]:
    """The rows of one column and group that are no sums."""
    return [
        replace(first, row=row)
        for row in first.table.rows
        if not row.total
        and not _TOTALS.search(row.label)
        and first.position < len(row.cells)
        and (cell := row.cells[first.position])
        and cell.base_value is not None
        and cell.unit == first.cell.unit
        and (not first.row.group or row.group == first.row.group)
    ]


def _places_asked_about(index: Index, first: FoundCell, query: Query) -> list[FoundCell]:
    """The cells of one row for the places named, in a table with a column for each place."""
    said = query.question.lower()
    own = index.document(first.table.doc)["municipality"]
    found = []
    for position, column in enumerate(first.table.columns):
        place = place_of_column(first.table, column, own) or own.lower()
        cell = first.row.cells[position] if position < len(first.row.cells) else None
        if place in said and cell and cell.base_value is not None:
            if query.asked.years and column.year and column.year not in query.asked.years:
                continue
            found.append(replace(first, position=position))
    places = {place_of_column(c.table, c.column, own) for c in found}
    return found if len(places) >= MIN_ROWS else []


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
    chosen = [best[year] for year in sorted(best)]
    operands = [to_operand(index, cell) for cell in chosen]
    try:
        result = (mean if query.asked.operation == "mean" else total)(
            [replace(o, year=None) for o in operands], query.language
        )
    except Incomparable:
        return None
    return _say_series(index, query, scope, chosen, operands, result)


def _say_series(
    index: Index,
    query: Query,
    scope: Scope,
    cells: Sequence[FoundCell],
    operands: Sequence[Operand],
    result: Result,
) -> Answer:
    language = query.language
    text = format_number(result.value, result.unit, language)
    said = [
        f"{format_number(o.value, o.unit, language)}{_WORDS['in'][language].format(o.year)} [{n}]"
        for n, o in enumerate(operands, start=1)
    ]
    sentence = _WORDS[result.operation][language].format(
        value=text[:1].upper() + text[1:], parts=listed(said, language)
    )
    citations = [cite_cell(index, cell, n) for n, cell in enumerate(cells, start=1)]
    numbers = tuple(range(1, len(cells) + 1))
    answer = _answer(
        query, scope, sentence, citations, result.unit, result.value, text,
        Calculation(
            expression=result.expression, result=text, steps=result.steps, operands=numbers
        ),
    )  # fmt: skip
    points = tuple(
        Point(label=str(o.year), base_value=o.value, citation=n)
        for n, o in zip(numbers, operands, strict=True)
    )
    name = cells[0].row.label
    return replace(answer, series=Series(name=name, base_unit=operands[0].unit, points=points))


def _best_table(index: Index, query: Query) -> list[FoundCell]:
    """The cells of the table whose cells fit best, best first; empty when none fits enough."""
    cells = find_cells(index, query, limit=80)
    if not cells or cells[0].score < MIN_TABLE:
        return []
    sums: dict[str, list[float]] = defaultdict(list)
    for cell in cells:
        sums[cell.table.id].append(cell.score)
    best = max(sums, key=lambda id_: sum(sorted(sums[id_], reverse=True)[:3]))
    return [cell for cell in cells if cell.table.id == best]


def _named_group(cells: Sequence[FoundCell], query: Query) -> str:
    """The group of rows that the question names, if it names one."""
    words = set(re.findall(r"\w{4,}", query.question.lower()))
    groups = dict.fromkeys(row.group for row in cells[0].table.rows if row.group)
    return next((g for g in groups if set(re.findall(r"\w{4,}", g.lower())) & words), "")


def _limit(question: str) -> Decimal:
    """The least that is asked for, in base units.

    >>> [int(_limit(f"minst {n}")) for n in ("500 tusen", "2,5 Mill. kr", "2 milliarder", "12 rom")]
    [500000, 2500000, 2000000000, 12]
    """
    match = _AT_LEAST.search(question)
    if not match or not re.search(r"\d", match.group(1)):
        return Decimal(0)
    digits = re.sub(r"[ .]", "", match.group(1)).replace(",", ".").strip(".")
    word = (match.group(2) or "").lower()
    scale = next((scale for start, scale in _SCALES.items() if word.startswith(start)), 1)
    return Decimal(digits) * scale


def _compared(found: FoundCell, accounts: int, budget: int, language: Language) -> str:
    spent, planned = found.row.cells[accounts], found.row.cells[budget]
    assert spent
    assert planned
    assert spent.base_value is not None
    assert planned.base_value is not None
    a = format_number(spent.base_value, spent.unit, language)
    b = format_number(planned.base_value, planned.unit, language)
    return f"{plain_label(found.row.label)}: {a} / {b}"


def _answer(
    query: Query,
    scope: Scope,
    sentence: str,
    citations: Sequence[Citation],
    unit: str,
    value: Decimal,
    text: str,
    calculation: Calculation | None,
) -> Answer:
    return Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer=sentence,
        figure=Figure(base_value=value, base_unit=unit, text=text),
        calculation=calculation,
        citations=tuple(citations),
        scope=scope,
    )
