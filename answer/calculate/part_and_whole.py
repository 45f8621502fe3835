"""A question for a share → the part and the whole that it means, as cells or amounts in text."""

import re
from dataclasses import replace

from answer.calculate.named_rows import names_both
from answer.calculate.operands import (
    Found,
    Pair,
    best_pair,
    best_twins,
    look_up,
    to_operand,
    with_unit,
)
from answer.calculate.sides import spent_and_planned
from answer.calculate.wholes import OF_WHICH, wholes_of
from answer.evidence import Evidence
from answer.texts import plain_label
from indexer.index import Index
from indexer.tokens import keys_of
from retriever.cells import FoundCell, find_cells
from retriever.fit import is_just
from retriever.questions import read_question
from retriever.terms import coverage
from retriever.understand import Query, subject_of
from retriever.vocabulary import query_words

_VERB = (
    r"(?:lå|låg|var|utgjorde|utgjer|utgjør|kom|gikk|gjekk|ble|blei|vart|brukes|sto|stod|er|was|were"
    r"|came|went|hadde|har|is|gjaldt|gjelder|gjeld|dekket|dekka|dekker)"
)
# "Hvor stor del av WHOLE lå i PART?", "Hvor stor var PART i prosent av WHOLE?"
_PART_AFTER = re.compile(
    r"(?:del|andel|prosent|share|proportion|per ?cent(?:age)?) (?:av|of) "
    rf"(?P<whole>.+?) {_VERB}\b(?P<part>.+)",
    re.IGNORECASE,
)
_WHOLE_AFTER = re.compile(
    rf"{_VERB}\b (?P<part>.+?),? (?:i prosent av|in per ?cent of) (?P<whole>.+)", re.IGNORECASE
)
_TOTALS = re.compile(
    r"\b(sum|totalt?|totale|totalsum|i alt|samlet|samla|samlede|total)\b", re.IGNORECASE
)
_OF = re.compile(r"\b(?:del|andel|prosent|share|proportion|per ?cent) (?:av|of)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
NAMED_IN_FULL = 0.2  # more for a part whose whole label is asked for
MIN_OF_WHICH = 0.1  # of a cell all of whose column's words are asked for
MIN_NAMED = 0.3  # of a cell whose column or row the question names
CLEAR = 0.15  # by which a place's cell must fit better than its others
# Whose part of a whole is asked for, unlike where all of it is: "i Vestvik".
_FROM = re.compile(
    r"\b(?:fra|frå|from|betalt?e?|dekke[trs]*|dekka|dekt|paid|covered|stod|sto|står|tilfalt"
    r"|gikk til|gjekk til|went to)(?: (?:av|by|for))? ([A-ZÆØÅ][\w-]+)"
)


def used_of_budget(index: Index, query: Query) -> Pair | None:
    """What a row's accounts say, and its budget."""
    original = bool(re.search(r"opp?rinnelig|opphavle|original", query.question, re.IGNORECASE))
    spent, planned = spent_and_planned(index, with_unit(query, "kr"), original=original)
    return best_twins(index, spent, planned)


def named_parts(index: Index, query: Query, evidence: Evidence) -> Pair | None:
    """The part and the whole, where the question says both so that they can be told apart."""
    match = _WHOLE_AFTER.search(query.question) or _PART_AFTER.search(query.question)
    if match is None:
        return None
    unit = read_question(match["whole"]).unit  # "av årsverkene": both are counted in them
    amounts = with_unit(query, "" if unit.startswith("prosent") else unit)
    parts, wholes = (
        [found for found in _look_for(index, amounts, words, evidence) if _is_level(index, found)]
        for words in (match["part"], match["whole"])
    )
    parts = [
        part
        for part in _sums_of_groups(parts, keys_of(match["part"]))
        if names_both(match["part"], _said(part), query.language)
    ]
    wholes += [
        total
        for part in parts[:3]
        if isinstance(part, FoundCell) and _is_about(index, part, match["whole"])
        for total in _totals(part)
    ]

    def beside(part: Found, whole: Found) -> bool:
        """A sum elsewhere is a whole only of what does not stand beside it just as well."""
        if not isinstance(part, FoundCell) or not isinstance(whole, FoundCell):
            return True
        if part.table.id == whole.table.id:
            return True
        nearer = (
            one.table.id == whole.table.id and one.covered >= part.covered
            for one in parts
            if isinstance(one, FoundCell) and one.unit == whole.unit
        )
        return bool(whole.row.total or _TOTALS.search(whole.row.label)) and not any(nearer)

    return best_pair(
        index, parts, wholes, may=lambda a, b: abs(a.value) < abs(b.value), beside=beside
    )


def _said(found: Found) -> str:
    """What a figure is called where it stands."""
    if isinstance(found, FoundCell):
        return f"{found.row.group} {found.row.label} {found.column.name}"
    return found.sentence


def _is_about(index: Index, part: FoundCell, whole: str) -> bool:
    """Whether a part's table speaks at all of what the part is asked to be a share of."""
    terms = query_words(subject_of(whole, ()), index.row_words)
    table = part.table
    labels = " ".join(row.label for row in table.rows)
    around = f"{table.title} {table.heading} {table.context} {part.column.name} {labels}"
    return not terms or coverage(terms, [(keys_of(around), 1.0)]) > 0


def _sums_of_groups(parts: list[Found], asked: frozenset[str]) -> list[Found]:
    """The parts, surer where their very name is asked for, and without rows whose sum is there.

    "i private barnehager" are all the rows under "Private", which "Sum private" adds up.
    """
    cells = [part for part in parts if isinstance(part, FoundCell)]
    sums = {
        (part.table.id, part.position, part.row.group)
        for part in cells
        if part.row.total and part.row.group and keys_of(part.row.group) <= asked
    }
    kept: list[Found] = []
    for part in parts:
        if isinstance(part, FoundCell):
            named = keys_of(plain_label(part.row.label)) <= asked
            of_group = (part.table.id, part.position, part.row.group)
            if of_group in sums and not part.row.total and not named:
                continue
            part = replace(part, score=part.score + NAMED_IN_FULL) if named else part
        kept.append(part)
    return kept


def of_which(index: Index, query: Query) -> Pair | None:
    """A column "Herav …" whose own words are asked for, and the column it is a part of.

    Of the row that is named, else of the sum of all.
    """
    if not _OF.search(query.question):
        return None
    asked = keys_of(query.question)
    for part in find_cells(index, about_whole(query), limit=40):
        table, name = part.table, part.column.name
        said = OF_WHICH.match(name)
        if part.score < MIN_OF_WHICH or not said or not _said_of(name[said.end() :], asked):
            continue
        whole = next(
            (
                i
                for i in range(part.position - 1, -1, -1)
                if not OF_WHICH.match(table.columns[i].name)
                and table.columns[i].year == part.column.year
            ),
            None,
        )
        named = [row for row in table.rows if not row.total and keys_of(row.label) <= asked]
        sums = [row for row in table.rows if row.total]
        rows = named or sums[-1:]
        if whole is None or len(rows) != 1:
            return None
        twins = [replace(part, row=rows[0], position=i) for i in (part.position, whole)]
        if all(one.row.cells[one.position] for one in twins):
            return Pair(one=twins[0], other=twins[1], sureness=1.0)
    return None


def _said_of(name: str, asked: frozenset[str]) -> bool:
    """Whether all that a column says, its year aside, stands in the question."""
    own = {key for key in keys_of(name) if not key.isdigit()}
    return bool(own) and own <= asked


def part_of_place(index: Index, query: Query) -> Pair | None:
    """What one of several municipalities paid or got, and the sum that all their rows make.

    "Hvor stor del av det kommunene betaler, kommer fra Vestvik?": whose part it is, is said after
    a word for it, and the sum is one that the table's own numbers add up to.
    """
    names = set(_FROM.findall(query.question))
    if not _OF.search(query.question) or len(names) != 1:
        return None
    place = names.pop()
    about = about_whole(query)
    likely = [
        (cell, whole.total)
        for cell in _cells_of_place(index, about, place)
        for whole in wholes_of(cell)
        if whole.part(cell) and (whole.total.row == cell.row) != is_just(cell.row.label, place)
    ]
    if not likely or any(
        cell.score > likely[0][0].score - CLEAR and cell.base_value != likely[0][0].base_value
        for cell, _ in likely[1:]
    ):
        return None
    part, whole = likely[0]
    return Pair(one=part, other=whole, sureness=1.0)


def _cells_of_place(index: Index, query: Query, place: str) -> list[FoundCell]:
    """The cells that are of a place by their row or column, best first."""
    cells = [cell for cell in find_cells(index, query, limit=60) if cell.score >= MIN_NAMED]
    return [
        cell
        for cell in cells
        if is_just(cell.row.label, place) or is_just(_YEAR.sub("", cell.column.name), place)
    ]


def about_whole(query: Query) -> Query:
    """The question for amounts of what the part is of: "andel av årsverkene" are in årsverk."""
    unit = read_question(_OF.sub(" ", query.question)).unit
    unit = "" if unit.startswith("prosent") or unit in ("mengde", "antall") else unit
    return with_unit(replace(query, subject=_OF.sub(" ", query.subject)), unit)


def part_of_sum(index: Index, query: Query) -> Pair | None:
    """A row and the sum of its column, in the table that fits the whole question best."""
    if not _OF.search(query.question):
        return None
    about = with_unit(replace(query, subject=_TOTALS.sub(" ", query.subject)), "")
    twins = [
        (part, whole)
        for part in find_cells(index, about, limit=20)
        if not part.row.total and part.cell.unit not in ("prosent", "prosentpoeng")
        for whole in _totals(part)
    ]
    return best_twins(index, [part for part, _ in twins], [whole for _, whole in twins])


def _look_for(index: Index, query: Query, words: str, evidence: Evidence) -> list[Found]:
    return look_up(index, replace(query, subject=subject_of(words, query.places)), evidence.hits)


def _is_level(index: Index, found: Found) -> bool:
    """Whether a figure may be a part or a whole: no share of something, nor a deviation."""
    operand = to_operand(index, found)
    shares = operand.unit in ("prosent", "prosentpoeng")
    return not shares and operand.measure not in ("deviation", "change")


def _totals(part: FoundCell) -> list[FoundCell]:
    """The sum rows of the same column, any of which the part may be a share of."""
    rows = [
        row
        for row in part.table.rows
        if row != part.row
        and (row.total or _TOTALS.search(row.label))
        and part.position < len(row.cells)
        and (cell := row.cells[part.position])
        and cell.base_value is not None
    ]
    return [replace(part, row=row, score=part.score - 0.2) for row in rows[-1:]]
