"""Found cells and amounts in running text → operands to calculate with, and their citations."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rapidfuzz.fuzz import ratio

from answer.citing import cite_cell, cite_text
from answer.claims import says
from answer.records import Citation
from figures.calculate import Operand
from figures.signs import plain_value
from indexer.index import Index
from retriever.cells import FoundCell, find_cells
from retriever.fit import Wish, is_just, place_of_column, unit_fit
from retriever.mentions import FoundMention, find_mentions
from retriever.search import Hit
from retriever.understand import Query
from retriever.weigh import chances, none_score

Found = FoundCell | FoundMention

CELLS, MENTIONS = 20, 6
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W\d_]{2,}")
SAYS_SOME = 2  # words around a number, for it to be more than a heading's or a list's
COUNTED = 0.7  # of the word that is counted, for a number to count it
# "av disse var 25", "24 av disse": a part of what was counted before.
_OF_THESE = re.compile(
    r"\b(?:av|of) (?:disse|desse|dei|de|dem|these|them)(?: \w+)?\W*$", re.IGNORECASE
)
_OF_THESE_AFTER = re.compile(r"\W*(?:av|of) (?:disse|desse|dei|dem|these|them)\b", re.IGNORECASE)
_PER = re.compile(r"\b(?:per|pr\.?|hver\w*|kvar\w*|each|for every)\b", re.IGNORECASE)


def look_up(
    index: Index, query: Query, hits: Sequence[Hit], *, wish: Wish | None = None
) -> list[Found]:
    """Figures of the unit asked for that may be one side of a calculation, cells first."""
    plain_count = query.asked.unit == "antall" and not _PER.search(query.question)
    cells = [
        cell
        for cell in find_cells(index, query, limit=CELLS, wish=wish)
        if unit_fit(query.asked.unit, cell.cell.unit) != "wrong"
        and not (plain_count and "/" in cell.cell.unit)
    ]
    cells = _own_rows(index, cells)
    inside = [hit for hit in hits if hit.passage.doc in query.docs]
    mentions = [
        one
        for one in find_mentions(index, query, inside, limit=MENTIONS)
        if unit_fit(query.asked.unit, to_operand(index, one).unit) != "wrong"
        and may_count(one)
        and (query.asked.measure == "target" or not states_goal(one))
    ]
    return [*cells, *_of_what_is_counted(mentions)]


def _own_rows(index: Index, cells: Sequence[FoundCell]) -> list[FoundCell]:
    """Without rows that nobody named, in tables with a row for the municipality itself."""
    own = {
        cell.table.id
        for cell in cells
        if is_just(cell.row.label, index.document(cell.table.doc)["municipality"])
    }
    return [
        cell
        for cell in cells
        if cell.table.id not in own
        or cell.features["label_words"]
        or is_just(cell.row.label, index.document(cell.table.doc)["municipality"])
    ]


def states_goal(found: FoundMention) -> bool:
    """Whether an amount is what was aimed at, not what came of it."""
    before = found.sentence[: found.mention.start]
    return says("goal.stated", before[-60:])


def may_count(found: FoundMention) -> bool:
    """Whether a number may be a count of something: "10.00 -12.00" and "Indikator 9:" are none."""
    number = found.mention.number
    if not number or number.unit not in ("", "antall"):
        return bool(number)
    before, after = found.sentence[: found.mention.start], found.sentence[found.mention.end :]
    says_some = len(_WORD.findall(before + after)) >= SAYS_SOME
    part = _OF_THESE.search(before) or _OF_THESE_AFTER.match(after)
    return not number.decimals and number.value >= 0 and says_some and not part


def _of_what_is_counted(found: Sequence[FoundMention]) -> list[FoundMention]:
    """Without the numbers of other things in a sentence that counts what is asked for."""
    counting = {one.sentence for one in found if one.features.get("counted", 0.0) >= COUNTED}
    return [
        one
        for one in found
        if one.sentence not in counting or one.features.get("counted_other", 0.0) <= 1 - COUNTED
    ]


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
    """Two figures that are compared, and how likely they are the ones meant."""

    one: Found
    other: Found
    sureness: float = 0.0


# Two figures of one row belong together; so do two rows of one name. Kinds must not be mixed.
SAME_ROW, SAME_LABEL, SAME_TABLE, OTHER_MEASURE = 0.5, 0.35, 0.1, 0.4
SAME_SENTENCE, ALIKE_SENTENCE = 0.3, 0.35
SAME_COUNTED = 0.3  # two numbers that both count the very thing that is asked about
ALIKE, LETTERS = 0.8, 40  # shorter sentences are alike by chance
MIN_SURE = 0.45
AS_LIKELY = 0.5  # of the likeliest two figures: others as likely are another reading


def best_pair(
    index: Index,
    ones: Sequence[Found],
    others: Sequence[Found],
    *,
    may: Callable[[Operand, Operand], bool] = lambda _one, _other: True,
    beside: Callable[[Found, Found], bool] = lambda _one, _other: True,
) -> Pair | None:
    """The two figures most likely meant together, of those that may be, or None if none surely.

    `may` looks at what they amount to, `beside` at where they stand.
    """
    pairs: list[Pair] = []
    scores: list[float] = []
    for one in ones:
        for other in others:
            together = _together(index, one, other)
            if together is None or not beside(one, other):
                continue
            if may(to_operand(index, one), to_operand(index, other)):
                pairs.append(Pair(one=one, other=other))
                scores.append(one.score + other.score + together - none_score())
    return _likeliest(index, pairs, chances(scores))


def _likeliest(index: Index, pairs: Sequence[Pair], sure: Sequence[float]) -> Pair | None:
    """The likeliest pair; pairs of the same two values speak for each other."""
    likely: dict[tuple[Decimal, Decimal], list[Pair]] = defaultdict(list)
    for pair, chance in zip(pairs, sure, strict=True):
        values = abs(to_operand(index, pair.one).value), abs(to_operand(index, pair.other).value)
        likely[values].append(replace(pair, sureness=chance))
    ranked = sorted(likely.values(), key=_sum_of_sureness, reverse=True)
    said = ranked[0] if ranked else []
    sureness = _sum_of_sureness(said)
    if sureness < MIN_SURE or (ranked[1:] and _sum_of_sureness(ranked[1]) > AS_LIKELY * sureness):
        return None
    return replace(max(said, key=lambda pair: pair.sureness), sureness=sureness)


def _sum_of_sureness(same: Sequence[Pair]) -> float:
    return sum(pair.sureness for pair in same)


def best_twins(index: Index, ones: Sequence[Found], others: Sequence[Found]) -> Pair | None:
    """Of figures that belong together two by two, the likeliest two; the first says how likely."""
    pairs = [Pair(one=one, other=other) for one, other in zip(ones, others, strict=True)]
    return _likeliest(index, pairs, chances([one.score for one in ones]))


def _together(index: Index, one: Found, other: Found) -> float | None:
    """How much better two figures fit for standing as they do; None when they cannot."""
    a, b = to_operand(index, one), to_operand(index, other)
    if one == other or (a.unit != b.unit and not _count_alike(one, other)):
        return None
    if isinstance(one, FoundMention) and isinstance(other, FoundMention):
        if one.sentence == other.sentence:
            return SAME_SENTENCE if one.mention != other.mention else None
        alike = ratio(_plain(one.sentence), _plain(other.sentence)) / 100
        long = len(_plain(one.sentence)) >= LETTERS
        alike = ALIKE_SENTENCE * alike if long and alike > ALIKE else 0.0
        return max(alike, _both_counted(one, other))
    if isinstance(one, FoundMention) or isinstance(other, FoundMention):
        return _both_counted(one, other)
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


def _count_alike(one: Found, other: Found) -> bool:
    """Whether two rows of a column both count, though only one label says that it does."""
    return (
        isinstance(one, FoundCell)
        and isinstance(other, FoundCell)
        and (one.table.id, one.position) == (other.table.id, other.position)
        and {one.unit, other.unit} <= {"", "antall"}
    )


def _both_counted(one: Found, other: Found) -> float:
    counted = min(found.features.get("counted", 0.0) for found in (one, other))
    return SAME_COUNTED if counted >= COUNTED else 0.0


def _plain(label: str) -> str:
    return "".join(letter for letter in label.lower() if letter.isalpha())


def with_unit(query: Query, unit: str) -> Query:
    """The query for figures of one kind of unit, whatever the answer's own unit is."""
    return replace(query, asked=replace(query.asked, unit=unit))
