"""The sum or the mean of one row over several years, or of several rows that are named."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from answer.calculate.operands import to_operand
from answer.calculate.tables import MIN_ROWS, MIN_TABLE
from answer.citing import cite_cell
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Figure, Language, Point, Scope, Series
from answer.texts import listed, plain_label
from figures.calculate import Operand, difference, growth, mean, total
from figures.cells import Row, Table
from figures.errors import Incomparable
from figures.lines import canonical_line, lines_said
from figures.wording import format_number
from indexer.index import Index
from indexer.tokens import keys, keys_of, words
from retriever.cells import FoundCell, find_cells
from retriever.fit import unit_fit
from retriever.terms import coverage
from retriever.understand import Query, narrowed, subject_of
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
