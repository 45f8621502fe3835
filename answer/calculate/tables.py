"""A question → the table its rows answer together, and the cells of one row or column of it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from answer.calculate.operands import to_operand
from answer.texts import plain_label
from figures.cells import Row
from indexer.index import Index
from retriever.cells import FoundCell, find_cells
from retriever.fit import place_of_column, unit_fit
from retriever.understand import Query
from retriever.weigh import weigh

MIN_TABLE = 0.6  # of the best cell in it: at less it is likelier that no table is meant
MIN_ROWS = 2
MIN_PERIODS = 3  # columns that make a row one of months or years
SHORT = 2  # letters of no name
BEST = 3  # cells that a table is chosen by

TOTALS = re.compile(r"\b(sum|totalt?|totalsum|i alt|gjennomsnitt|snitt|alle)\b", re.IGNORECASE)
WHOLE_ROW = re.compile(
    r"\b(?:samlet|samla|(?:hele|heile) (?:kommunen|landet)|kommunen (?:totalt|samla|samlet)"
    r"|landet|snitt|in all|overall)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:saml\w+|total\w*|sum\w*|i alt|alle|hele|heile|snitt\w*|gjennomsnitt\w*|all|average)\b",
    re.IGNORECASE,
)
# "Utenom Vik, hvem …", "Se bort fra samlet.", "not counting the total"
_LEFT_OUT = re.compile(
    r"[,(.]?\s*\b(?:(?:(?:når|om|hvis|if|when) (?:vi|du|man|ein|en|you|we) )?"
    r"(?:(?:se|ser|sjå|ser ein|ser du|ser vi) (?:vi |du |ein |en )?bort (?:fra|frå)"
    r"|(?:regn\w*|ta) (?:ikke|ikkje) med|(?:ikke|ikkje) (?:regn\w*|ta) med|leave out|do not count"
    r"|don't count|ignore)"
    r"|utenom|utanom|unntatt|unnateke|bortsett fr[aå]|foruten|except(?: for)?|other than"
    r"|apart from|excluding|leaving out|not counting|ignoring)\s+"
    r"(?P<what>«[^»]+»|\"[^\"]+\"|(?:(?!,? (?:hvilke\w*|hvem|hvor|kor|kva|kven|which|what|who)\b"
    r"|,? (?:how|var|er|hadde|har|nådde|klarte|fikk|fekk|gikk|gjekk|brukte|holdt|heldt|lå|låg|økte"
    r"|auka|steg|sank|falt|mistet|mista|had|was|were|has|is|did|reached|met|spent|grew)\b)"
    r"[^?.;)])+)\)?",
    re.IGNORECASE,
)
# A row that names its own measure is no thing to be ranked or counted beside the others.
_INDICATOR = re.compile(
    r"^\W*(?:andel\w*|antall|antal|tal på|gjennomsnitt\w*|snitt|netto|brutto|korr\w*|share"
    r"|number)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des|may|oct|dec)[a-z]*\.?", re.IGNORECASE
)
# "kapittel 5", "Tabell 2.9": of tables that are otherwise alike, the one so titled is meant.
_NUMBERED = re.compile(
    r"\b(?:kapittel|kapitel|tabell|gruppe|sone|chapter|table) \d+(?:\.\d+)?\b", re.IGNORECASE
)
_PLAIN = ("value", "accounts", "result")

T = TypeVar("T")
Named = tuple[str, FoundCell]  # what a cell is called among those it is ranked or counted with


def best_table(index: Index, query: Query) -> list[FoundCell]:
    """The cells of the table whose cells fit best, best first; empty when none fits enough."""
    return next(iter(tables_by_fit(index, query)), [])


def tables_by_fit(index: Index, query: Query) -> list[list[FoundCell]]:
    """The cells of each table that fits enough, the best table and the best cells first."""
    by_table: dict[str, list[FoundCell]] = defaultdict(list)
    for cell in find_cells(index, query, limit=80):
        if unit_fit(query.asked.unit, cell.cell.unit) != "wrong":
            by_table[cell.table.id].append(cell)
    fitting = [cells for cells in by_table.values() if max(map(_fit, cells)) >= MIN_TABLE]
    if numbered := _NUMBERED.search(query.question):
        said = re.compile(rf"\b{' '.join(numbered.group().split())}\b(?!\.\d)", re.IGNORECASE)
        fitting = [cells for cells in fitting if said.search(cells[0].table.title)] or fitting
    return sorted(fitting, key=lambda cells: -sum(cell.score for cell in cells[:BEST]))


def _fit(cell: FoundCell) -> float:
    """How well a cell fits a question that names no row: nobody asked for its label."""
    unasked = {"label_unasked": cell.features["label_unasked"]}
    return cell.score - weigh("cell", unasked)


def rows_beside(first: FoundCell, *, any_unit: bool = False) -> list[Named]:
    """The rows of one column and group that are no sums; none where each has its own measure."""
    rows = [
        (plain_label(row.label), replace(first, row=row))
        for row in first.table.rows
        if not row.total
        and not TOTALS.search(row.label)
        and not WHOLE_ROW.search(row.label)
        and first.position < len(row.cells)
        and (cell := row.cells[first.position])
        and cell.base_value is not None
        and (any_unit or cell.unit == first.cell.unit)
        and (not first.row.group or row.group == first.row.group)
    ]
    return [] if names_own_measures([cell.row for _, cell in rows]) else rows


def of_named_group(cells: Sequence[FoundCell], query: Query) -> FoundCell:
    """The first cell, its rows only those of its group where one is named or labels repeat."""
    first = cells[0]
    labels = [row.label for row in first.table.rows]
    if len(set(labels)) < len(labels):
        return first
    return replace(first, row=replace(first.row, group=named_group(cells, query)))


def names_own_measures(rows: Sequence[Row]) -> bool:
    """Whether most rows name a measure of their own, so that they cannot be told together."""
    own = sum(bool(_INDICATOR.search(row.label)) for row in rows)
    return own * 2 >= len(rows)


def without_said(question: str) -> str:
    """A question without what it leaves out.

    >>> without_said("Utenom Vik, hvem betalte mest?"), without_said("Hvem steg? Se bort fra sum.")
    (', hvem betalte mest?', 'Hvem steg?.')
    """
    return _LEFT_OUT.sub("", question)


def without_left_out(named: Sequence[tuple[str, T]], question: str) -> list[tuple[str, T]]:
    """Without what the question leaves out; none where it leaves out what is not there."""
    kept = list(named)
    for match in _LEFT_OUT.finditer(question):
        said = match["what"].lower().strip(' .,«»"')
        found = [one for one in kept if not _is_one_of(one[0].lower(), said)]
        if len(found) == len(kept) and not _WHOLE.search(said):
            return []
        kept = found
    return kept


def _is_one_of(name: str, said: str) -> bool:
    parts = [part.strip() for part in re.split(r",| og | and ", said) if len(part.strip()) > SHORT]
    return name in said or any(name.startswith(part) for part in parts)


def periods(index: Index, query: Query, *, months: bool) -> list[Named]:
    """The months or years of the row that fits best."""
    years = query.asked.years
    asked = query.asked if months else replace(query.asked, years=())
    for found in find_cells(index, replace(query, asked=asked), limit=40):
        line = _months_of(found) if months else _years_of(found)
        if not months and len(years) > 1:
            line = [(name, c) for name, c in line if min(years) <= (c.year or 0) <= max(years)]
        if found.score < MIN_TABLE:
            break
        if len(line) >= MIN_PERIODS:
            return line
    return []


def _months_of(first: FoundCell) -> list[Named]:
    """The cells of a row whose columns are months."""
    return [
        (cell.column.name.strip().capitalize(), cell)
        for cell in _across(first)
        if _MONTH.match(cell.column.name.strip())
    ]


def _years_of(first: FoundCell) -> list[Named]:
    """The cells of a row whose columns are years, of the first one's kind and place."""
    column = first.column
    found: dict[int, FoundCell] = {}
    for cell in _across(first):
        other = cell.column
        same = other.place == column.place and other.sex == column.sex
        if same and other.measure in _PLAIN and other.year and str(other.year) in other.name:
            found.setdefault(other.year, replace(cell, year=other.year))
    return [(str(year), found[year]) for year in sorted(found)]


def _across(first: FoundCell) -> Iterator[FoundCell]:
    for position, cell in enumerate(first.row.cells[: len(first.table.columns)]):
        if cell and cell.base_value is not None:
            yield replace(first, position=position)


def places_asked_about(index: Index, first: FoundCell, query: Query) -> list[Named]:
    """The cells of one row for the places named, in a table with a column for each place."""
    said = query.question.lower()
    own = index.document(first.table.doc)["municipality"]
    found: list[Named] = []
    for cell in _across(first):
        place = place_of_column(cell.table, cell.column, own) or own.lower()
        if place not in said:
            continue
        if query.asked.years and cell.column.year and cell.column.year not in query.asked.years:
            continue
        found.append((to_operand(index, cell).place, cell))
    return found if len({name for name, _ in found}) >= MIN_ROWS else []


def named_group(cells: Sequence[FoundCell], query: Query) -> str:
    """The group of rows that the question names, if it names one."""
    said = set(re.findall(r"\w{4,}", query.question.lower()))
    groups = dict.fromkeys(row.group for row in cells[0].table.rows if row.group)
    return next((g for g in groups if set(re.findall(r"\w{4,}", g.lower())) & said), "")
