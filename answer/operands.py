"""Found cells and amounts in running text → operands to calculate with, and their citations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import ratio

from answer.citing import cite_cell, cite_text
from answer.records import Citation
from figures.calculate import Operand
from figures.signs import plain_value
from indexer.index import Index
from retriever.cells import FoundCell, find_cells
from retriever.fit import Wish, place_of_column
from retriever.mentions import FoundMention, find_mentions
from retriever.search import Hit
from retriever.understand import Query

Found = FoundCell | FoundMention

CELLS, MENTIONS = 20, 6
_YEAR = re.compile(r"(?:19|20)\d\d")


def look_up(
    index: Index, query: Query, hits: Sequence[Hit], *, wish: Wish | None = None
) -> list[Found]:
    """Figures that may be one side of a calculation, cells first."""
    cells = find_cells(index, query, limit=CELLS, wish=wish)
    inside = [hit for hit in hits if hit.passage.doc in query.docs]
    return [*cells, *find_mentions(index, query, inside, limit=MENTIONS)]


def to_operand(index: Index, found: Found) -> Operand:
    """A found figure as something to calculate with, its sign that of plain speech."""
    if isinstance(found, FoundMention):
        number = found.mention.number
        assert number is not None
        return Operand(
            value=number.base_value,
            unit=number.unit or "antall",
            label=found.mention.text,
            year=found.year,
            place=index.document(found.passage.doc)["municipality"],
            source=found.passage.doc,
        )
    cell, table = found.cell, found.table
    assert cell.base_value is not None
    value = cell.base_value
    if found.column.measure not in ("deviation", "change"):
        value = plain_value(value, found.row.label, income_negative=table.income_negative)
    return Operand(
        value=value,
        unit=cell.unit,
        label=found.row.label,
        year=found.year,
        place=_place(found, index.document(table.doc)["municipality"]),
        measure=found.column.measure,
        source=table.doc,
    )


def _place(found: FoundCell, own: str) -> str:
    """The place as the column prints it: another municipality's, or the report's own."""
    if found.column.place:
        return found.column.place
    if place_of_column(found.table, found.column, own):
        return _YEAR.sub("", found.column.name).strip(" –-,")
    return own


def cite(index: Index, found: Found, n: int) -> Citation:
    """Where a found figure stands."""
    if isinstance(found, FoundCell):
        return cite_cell(index, found, n)
    return cite_text(index, found.passage, found.sentence, n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two figures that are compared."""

    one: Found
    other: Found
    score: float


# Two figures of one row belong together; so do two rows of one name. Kinds must not be mixed.
SAME_ROW, SAME_LABEL, SAME_TABLE, OTHER_MEASURE = 0.5, 0.35, 0.1, 0.4
ALIKE = 0.8
MIN_SIDE, MIN_COVERED = 0.4, 0.45
MIN_PAIR = 1.5


def best_pair(index: Index, ones: Sequence[Found], others: Sequence[Found]) -> Pair | None:
    """The two figures that fit the question and each other best, or None when none do."""
    pairs = [
        Pair(one=one, other=other, score=one.score + other.score + together)
        for one in ones
        for other in others
        if min(one.score, other.score) >= MIN_SIDE
        and min(one.covered, other.covered) >= MIN_COVERED
        and (together := _together(index, one, other)) is not None
    ]
    best = max(pairs, key=lambda pair: pair.score, default=None)
    return best if best and best.score >= MIN_PAIR else None


def _together(index: Index, one: Found, other: Found) -> float | None:
    a, b = to_operand(index, one), to_operand(index, other)
    if a.unit != b.unit or one == other:
        return None
    if isinstance(one, FoundMention) or isinstance(other, FoundMention):
        both = isinstance(one, FoundMention) and isinstance(other, FoundMention)
        same = both and one.sentence == other.sentence  # type: ignore[union-attr]
        return 0.3 if same else 0.0
    score = 0.0
    if one.table.id == other.table.id:
        score += SAME_ROW if one.row == other.row else SAME_TABLE
        if one.row == other.row and one.position == other.position:
            return None
    if one.row != other.row:
        likeness = ratio(_plain(one.row.label), _plain(other.row.label)) / 100
        score += SAME_LABEL * likeness if likeness > ALIKE else 0.0
    kinds = {"value": "accounts", "result": "accounts"}
    if kinds.get(a.measure, a.measure) != kinds.get(b.measure, b.measure):
        score -= OTHER_MEASURE
    return score


def _plain(label: str) -> str:
    return "".join(letter for letter in label.lower() if letter.isalpha())


def with_unit(query: Query, unit: str) -> Query:
    """The query for figures of one kind of unit, whatever the answer's own unit is."""
    return replace(query, asked=replace(query.asked, unit=unit))
