"""Found cells and amounts in running text → operands to calculate with, and their citations."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rapidfuzz.fuzz import ratio

from answer.citing import cite_cell, cite_text
from answer.records import Citation
from answer.verdict.claims import says
from figures.calculate import Operand
from figures.signs import plain_value
from indexer.index import Index
from retriever.cells import FoundCell, find_cells
from retriever.fit import Wish, is_just, place_of_column, unit_fit
from retriever.mentions import FoundMention, clause_of, find_mentions
from retriever.search import Hit
from retriever.understand import Query
from retriever.weigh import chances, none_score

Found = FoundCell | FoundMention

CELLS, MENTIONS = 20, 6
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MEAN = re.compile(r"snitt|\baverage\b", re.IGNORECASE)
_DIGITS = re.compile(
    r"\d[\d.,]*(?:\s*(?:millioner|millionar|milliarder|milliardar|mill\.?|mrd\.?))?"
)
_FROM = re.compile(r"\b(?:fra|frå|from) $", re.IGNORECASE)
_TO = re.compile(r"[^\d.;]{0,25}(?:\bi \d{4})? ?\b(?:til|to) [^\d.;]{0,12}$", re.IGNORECASE)
_CAME_OF = re.compile(
    r"[^\d.;]{0,25},? (?:(?:(?:en |ein |an? )?(?:økning|auke|vekst|nedgang|reduksjon|increase"
    r"|decrease)|opp|ned|up|down) (?:fra|frå|from)|mot|against) ",
    re.IGNORECASE,
)
SAYS_SOME = 2  # words around a number, for it to be more than a heading's or a list's
COUNTED = 0.7  # of the word that is counted, for a number to count it
# "av disse var 25", "24 av disse": a part of what was counted before.
_OF_THESE = re.compile(
    r"\b(?:av|of) (?:disse|desse|dei|de|dem|these|them)(?: \w+)?\W*$", re.IGNORECASE
)
_OF_THESE_AFTER = re.compile(r"\W*(?:av|of) (?:disse|desse|dei|dem|these|them)\b", re.IGNORECASE)
_PER = re.compile(
    r"\b(?:per|pr\.?|hvert?|kvart?|each|for every)(?!\w)(?!\s*\d\d?\.\s*(?:\d|\w{3}))",
    re.IGNORECASE,
)
_NEAR_PER = 30  # letters after a number, for it to be so much for each
MORE_COUNTED = 0.1  # than by another number of the same sentence, which then counts another thing


def look_up(
    index: Index, query: Query, hits: Sequence[Hit], *, wish: Wish | None = None
) -> list[Found]:
    """Figures of the unit asked for that may be one side of a calculation, cells first."""
    per = bool(_PER.search(query.question))
    plain_count = query.asked.unit == "antall" and not per
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
        and may_count(one, per=per)
        and (query.asked.measure == "target" or not states_goal(one))
    ]
    found: list[Found] = [*cells, *_of_what_is_counted(mentions)]
    return [one for one in found if not per or _is_for_each(one)]


def _is_for_each(found: Found) -> bool:
    """Whether a figure is said to be so much for each of something, or an average."""
    if isinstance(found, FoundMention):
        return bool(_PER.search(found.sentence) or _MEAN.search(found.sentence))
    said = f"{found.row.label} {found.row.group} {found.column.name} {found.table.title}"
    return "/" in found.cell.unit or bool(_PER.search(said) or _MEAN.search(said))


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


def may_count(found: FoundMention, *, per: bool = False) -> bool:
    """Whether a number may be a count of something: "10.00 -12.00" and "Indikator 9:" are none.

    A fraction is one only where so many for each are asked for and said.
    """
    number = found.mention.number
    if not number or number.unit not in ("", "antall"):
        return bool(number)
    before, after = found.sentence[: found.mention.start], found.sentence[found.mention.end :]
    says_some = len(_WORD.findall(before + after)) >= SAYS_SOME
    part = _OF_THESE.search(before) or _OF_THESE_AFTER.match(after)
    whole = not number.decimals or (per and _PER.search(after[:_NEAR_PER]))
    return bool(whole) and number.value >= 0 and says_some and not part


def _of_what_is_counted(found: Sequence[FoundMention]) -> list[FoundMention]:
    """Without the numbers of other things in a sentence that counts what is asked for."""
    most: dict[str, float] = defaultdict(float)
    for one in found:
        most[one.sentence] = max(most[one.sentence], one.features.get("counted", 0.0))
    return [
        one
        for one in found
        if most[one.sentence] < COUNTED
        or one.features.get("counted_other", 0.0)
        <= min(1 - COUNTED, 1 - most[one.sentence] + MORE_COUNTED)
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
SAME_CLAUSE = 0.8  # two clauses that say the same of what is asked, in two reports or years
AS_NEAR = 0.6  # in meaning; clauses less alike do not say the same
FROM_TO = 0.7  # "falt fra 3 072 til 1 845", "38,7 mot 31,2 året før"
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
    near = _nearness(index, ones, others)
    for one in ones:
        for other in others:
            together = _together(index, one, other)
            if together is None or not beside(one, other):
                continue
            if may(to_operand(index, one), to_operand(index, other)):
                pairs.append(Pair(one=one, other=other))
                together = max(together, _same_clause(one, other, near))
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
    unit = to_operand(index, said[0].one).unit if said else ""
    rivals = [  # the same in percent is no other reading of what is told in kroner
        _sum_of_sureness(one) for one in ranked[1:] if to_operand(index, one[0].one).unit == unit
    ]
    if sureness < MIN_SURE or max(rivals, default=0.0) > AS_LIKELY * sureness:
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
            if one.mention == other.mention:
                return None
            return SAME_SENTENCE + FROM_TO * _from_to(one, other)
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


def _from_to(one: FoundMention, other: FoundMention) -> bool:
    """Whether a sentence says of two amounts that the one came of the other."""
    first, second = sorted((one.mention, other.mention), key=lambda mention: mention.start)
    before, between = (
        one.sentence[: first.start],
        one.sentence[first.end : second.start],
    )
    return bool((_FROM.search(before) and _TO.match(between)) or _CAME_OF.fullmatch(between))


_Near = dict[tuple[str, str], float]  # of two clauses


def _nearness(index: Index, ones: Sequence[Found], others: Sequence[Found]) -> _Near:
    """How near the clauses of both sides' amounts in running text are in meaning."""
    mine, theirs = (
        list(dict.fromkeys(_words_around(f) for f in found if isinstance(f, FoundMention)))
        for found in (ones, others)
    )
    if not mine or not theirs:
        return {}
    embedder = index.word_meanings
    near = embedder.embed_passages(mine) @ embedder.embed_passages(theirs).T
    return {(a, b): float(near[i, j]) for i, a in enumerate(mine) for j, b in enumerate(theirs)}


def _words_around(found: FoundMention) -> str:
    """The clause of an amount without its numbers."""
    return _DIGITS.sub(" ", clause_of(found.sentence, found.mention)).strip()


def _same_clause(one: Found, other: Found, near: _Near) -> float:
    """How much it says that the clauses of two amounts say the same of what is asked."""
    if isinstance(one, FoundCell) or isinstance(other, FoundCell):
        return 0.0
    if one.sentence == other.sentence:
        return 0.0
    asked = min(found.features.get("near_words", 0.0) for found in (one, other))
    alike = near.get((_words_around(one), _words_around(other)), 0.0)
    return SAME_CLAUSE * asked * max(0.0, (alike - AS_NEAR) / (1 - AS_NEAR))


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
