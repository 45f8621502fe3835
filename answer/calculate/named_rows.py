"""A question and a table → the rows that the question lists: "til vann, avløp og renovasjon"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from answer.calculate.tables import MIN_ROWS
from answer.records import Language
from answer.texts import plain_label
from figures.cells import Row, Table
from figures.lines import canonical_line, lines_said
from indexer.index import Index
from indexer.tokens import keys, keys_of, words
from retriever.cells import FoundCell, find_cells
from retriever.fit import unit_fit
from retriever.terms import coverage
from retriever.understand import Query, subject_of
from retriever.vocabulary import query_words

MIN_AROUND = 0.3  # of the question, for listed rows to be of the table that is meant
LISTED = 0.4  # of the best cell of a table that holds all the names listed
SURELY_NAMED = 0.0  # the same where each name is of several words
LONG = 10  # letters of a compound that tells what a row is by itself
STEM = 4  # letters that two forms of a word share
_ITEMS = re.compile(
    r"(?P<on>,\s*(?:og|and)\s| og | and | samt | pluss | plus | \+ )|,\s*|[?();:]", re.IGNORECASE
)
_BRACKETS = re.compile(r"\(.*?\)")
# Words that only tie a name to what it is of: "høydebassenget på Nesjordet".
_SMALL = frozenset(
    "i på for til av ved fra frå de dei den det the in on of for to with og and".split()
)
TOGETHER = re.compile(
    r"\b(?:saml(?:et|a|ede)|totalt?|i alt|til saman|til sammen|sum(?:men)?|combined|together|pluss"
    r"|plus|(?:legge?|leggje|legger|add|slår?) (?:(?:man|ein|en|vi|du|me|meg) )?(?:sammen|saman)"
    r"(?: for meg)?|begge|both)\b",
    re.IGNORECASE,
)
# The two words that an "and" joins: "til vann og avløp", "skatt pluss rammetilskudd".
_JOINED = re.compile(
    r"\b(?!(?:til|fra|frå) og med\b)(?P<one>[^\W\d_]{3,})[,)]? (?:og|and|samt|pluss|plus) "
    r"(?:[^\W\d_]{1,3} )?(?P<other>[^\W\d_]{3,})",
    re.IGNORECASE,
)
_KIND = re.compile(r"\b(?:netto|brutto|net|gross)\b", re.IGNORECASE)
# "begge de bundne fondene", "de tre ungdomsskolene": so many rows that hold all these words.
_SO_MANY = re.compile(
    r"\b(?P<number>begge|both|to|tre|fire|fem|two|three|four|five)\s+(?:av |of )?(?:de |dei |the )?"
    r"(?P<what>\w[\w-]*(?: (?!i\b|på\b|per\b|in\b|at\b|til\b|samla?e?t?\b|hadde\b)[\w-]+){0,2})",
    re.IGNORECASE,
)
_NUMBERS = {"begge": 2, "both": 2, "to": 2, "two": 2, "tre": 3, "three": 3, "fire": 4, "four": 4,
            "fem": 5, "five": 5}  # fmt: skip


def listed_rows(index: Index, query: Query) -> tuple[FoundCell, list[Row]] | None:
    """The rows of one table that a question lists, and a cell of the column that is meant."""
    asked = query.question
    items = _items(asked.replace(query.without, " ") if query.without else asked)
    best: tuple[float, FoundCell, list[Row]] | None = None
    for cell in find_cells(index, query, limit=40):
        if unit_fit(query.asked.unit, cell.cell.unit) == "wrong":
            continue
        rows, whole = _rows_listed(cell.table, items, cell.position)
        said = frozenset().union(*(keys_of(row.label) for row in rows))
        if len(rows) < MIN_ROWS and whole:
            rows, said = _rows_holding(cell, [item.text for item in items], query)
        if len(rows) < MIN_ROWS and whole:
            rows, said = _so_many_rows(cell, query)
        in_full = all(len(own_words(row.label)) > 1 for row in rows)
        if cell.score < (SURELY_NAMED if in_full else LISTED) or not whole:
            continue
        if len(rows) >= MIN_ROWS and cell.row in rows:
            fit = _held_around(index, query, cell, rows, said)
            if fit >= MIN_AROUND and (best is None or fit > best[0]):
                best = fit, cell, rows
    return best[1:] if best else None


def _held_around(
    index: Index, query: Query, cell: FoundCell, rows: Sequence[Row], said: frozenset[str]
) -> float:
    """The share of the question, the names it lists left out, that stands in and around rows."""
    subject = TOGETHER.sub(" ", _KIND.sub(" ", query.subject))
    terms = [t for t in query_words(subject, index.row_words) if t.key not in said]
    table, labels = cell.table, " ".join(row.label for row in rows)
    over = f"{table.title} {table.heading} {table.context} {cell.column.name}"
    around = f"{over} {cell.row.group} {labels}"
    return coverage(terms, [(keys_of(around), 1.0)]) if terms else 1.0


@dataclass(frozen=True, slots=True)
class _Item:
    """What stands between two commas or ands, and what goes before and after it."""

    text: str
    before: str  # "and" or "," or another mark; empty where the question begins
    after: str


def _items(question: str) -> list[_Item]:
    """A question cut where one thing that it lists may end and the next begin."""
    cuts = list(_ITEMS.finditer(question))
    marks = ["", *("and" if cut["on"] else cut.group().strip() for cut in cuts), ""]
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), None]
    return [
        _Item(question[start:end].strip(), before, after)
        for start, end, before, after in zip(starts, ends, marks[:-1], marks[1:], strict=True)
    ]


def _rows_listed(table: Table, items: Sequence[_Item], position: int) -> tuple[list[Row], bool]:
    """The longest run of listed items that each name one row of the table.

    And whether the run is all that is listed: "vann, avløp og slam" without a row for slam is not.
    """
    best: list[tuple[_Item, Row]] = []
    run: list[tuple[_Item, Row]] = []
    for item in items:
        if item.before not in ("and", ","):
            run = []
        rows = [row for row in table.rows if position < len(row.cells) and row.cells[position]]
        named = [row for row in rows if names(item.text, row.label)]
        named = named or [row for row in rows if _is_line(item.text, row)]
        named = named or [row for row in rows if _is_begun(item.text, row.label)]
        if len(named) == 1 and not named[0].total and named[0] not in [row for _, row in run]:
            run.append((item, named[0]))
        else:
            run = []
        best = max(best, run[:], key=len)
    if not any(names(item.text, row.label) or _is_line(item.text, row) for item, row in best):
        best = []
    if len(best) < MIN_ROWS:
        return [row for _, row in best], True
    first, last = best[0][0], best[-1][0]
    more_before = first.before == "and" or (
        first.before == "," and own_words(first.text) == own_words(best[0][1].label)
    )
    return [row for _, row in best], not more_before and last.after != "and"


def _rows_holding(
    cell: FoundCell, items: Sequence[str], query: Query
) -> tuple[list[Row], frozenset[str]]:
    """The rows that each hold one listed word and are otherwise called alike, and those words.

    "for vann og avløp" are "Årsgebyr vann, normalbolig" and "Årsgebyr avløp, normalbolig".
    """
    asked = keys_of(query.subject)
    found: list[tuple[list[Row], frozenset[str]]] = []
    for first, end in combinations(range(len(items)), 2):
        between = [words(item) for item in items[first + 1 : end]]
        if any(len(said) != 1 for said in between):
            continue
        ends = (words(items[first])[-1:], *between, words(items[end])[:1])
        listed_words = [key for said in ends for word in said for key in keys(word)[:1]]
        rows = [row for word in listed_words if (row := _row_holding(cell, word, asked))]
        if len(rows) == len(ends) and len(set(map(id, rows))) == len(rows):
            rests = [_word_keys(r.label) - {w} for r, w in zip(rows, listed_words, strict=True)]
            if all(a <= b or b <= a for a, b in combinations(rests, 2)) and all(rests):
                found.append((rows, frozenset(listed_words)))
    longest = max((len(rows) for rows, _ in found), default=0)
    best = [one for one in found if len(one[0]) == longest]
    return best[0] if len(best) == 1 else ([], frozenset())


def _so_many_rows(cell: FoundCell, query: Query) -> tuple[list[Row], frozenset[str]]:
    """The rows that hold all of some words, where there are as many of them as is said."""
    match = _SO_MANY.search(query.question)
    said = keys_of(subject_of(match["what"], query.places)) if match else frozenset()
    rows = [
        row
        for row in cell.table.rows
        if said
        and said <= keys_of(row.label)
        and not row.total
        and cell.position < len(row.cells)
        and (own := row.cells[cell.position])
        and own.base_value is not None
        and own.unit == cell.unit
    ]
    right = match and len(rows) == _NUMBERS[match["number"].lower()]
    return (rows, said) if right else ([], frozenset())


def _row_holding(cell: FoundCell, word: str, asked: frozenset[str]) -> Row | None:
    """The one row of a cell's unit that holds a word by itself, or most of the question's."""
    rows = [
        (len(_word_keys(row.label) & asked), row)
        for row in cell.table.rows
        if not row.total
        and cell.position < len(row.cells)
        and (own := row.cells[cell.position])
        and own.base_value is not None
        and own.unit == cell.unit
        and word in _word_keys(row.label)
    ]
    most = max((held for held, _ in rows), default=0)
    likely = [row for held, row in rows if held == most]
    return likely[0] if len(likely) == 1 else None


def _word_keys(text: str) -> frozenset[str]:
    """The key of each word; not those of a compound's parts."""
    return frozenset(own[0] for word in words(text) if (own := keys(word)))


def names(item: str, label: str) -> bool:
    """Whether a listed item begins or ends with a row's whole label.

    >>> names("Hvor mye ble brukt på vann", "Vann"), names("avløp i 2024", "10 Avløp")
    (True, True)
    >>> names("vann", "Vann og avløp"), names("bassenget på Nes i 2024", "Basseng Nes (nytt)")
    (False, True)
    """
    own, said = own_words(label), own_words(item)
    if not own or len(own) > len(said):
        return False
    return any(
        all(_alike(a, b) for a, b in zip(own, part, strict=True))
        for part in (said[: len(own)], said[-len(own) :])
    )


def _is_line(item: str, row: Row) -> bool:
    """Whether a listed item's nearest word is an accounting line that a row prints by its name.

    "skatt" is what "Inntekts- og formuesskatt" is called, and not "Eiendomsskatt".
    """
    said = own_words(item)
    return bool(row.line) and any(
        row.line == canonical_line(word) or (row.line,) == lines_said(word)
        for word in (*said[:1], *said[-1:])
    )


def _is_begun(item: str, label: str) -> bool:
    """Whether a listed item is a row's long first word, the rest of it being where it is.

    >>> _is_begun("investerte i hovedrenseanlegget", "Hovedrenseanlegg Øyra")
    True
    """
    first, *rest = plain_label(label).split() or [""]
    said = own_words(item)
    return (
        len(first) >= LONG
        and bool(rest)
        and all(word[:1].isupper() for word in rest)
        and any(_alike(first.lower(), word) for word in (*said[:1], *said[-1:]))
    )


def own_words(text: str) -> list[str]:
    """The words of a label or a listed item, what stands in brackets and small words left out."""
    bare = _BRACKETS.sub(" ", plain_label(text)).lower() or text.lower()
    return [word for word in re.findall(r"[^\W\d_]+", bare) if word not in _SMALL]


def names_both(asked: str, said: str, language: Language = "nb") -> bool:
    """Whether the two things that a question joins last both stand in what is said.

    English names are not the report's: there it is enough that the report joins two as well.

    >>> names_both("vann og avløp", "Vann, avløp og slam"), names_both("skatt og leie", "Skatt")
    (True, False)
    """
    joined = [match.group("one", "other") for match in _JOINED.finditer(asked)]
    if language == "en" and _JOINED.search(said):
        return True
    low = said.lower()
    stems = {word[:STEM] for word in re.findall(r"[^\W\d_]{3,}", low)}
    return not joined or all(
        word.lower()[:STEM] in stems or word.lower() in low for word in joined[-1]
    )


def _alike(one: str, other: str) -> bool:
    """The same word, whatever its ending."""
    stem = min(len(one), len(other))
    return one == other or (
        stem >= 4 and one[:stem] == other[:stem] and abs(len(one) - len(other)) <= 3
    )
