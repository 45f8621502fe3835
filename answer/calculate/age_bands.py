"""How many people are of some age: the rows of a report's age table that are just those ages.

Ages that the table's rows do not fit exactly are not answered from it: nobody knows how many of
those from 67 to 79 are over 70.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.calculate.operands import to_operand
from answer.calculate.population import INHABITANTS, LEAST, START, SURE
from answer.calculate.sums import say_change, say_sum
from answer.calculate.tables import TOTALS
from answer.citing import cite_cell
from answer.evidence import Evidence
from answer.records import Answer, Calculation, Figure, Language, Scope
from answer.texts import listed
from answer.values import answer_value, say_value
from figures.calculate import Operand, share, total
from figures.cells import Column, Row, Table
from figures.errors import Incomparable
from figures.wording import format_number
from indexer.index import Index
from retriever.cells import FoundCell, find_cells
from retriever.fit import place_of_column, read_wish, year_of
from retriever.mentions import FoundMention
from retriever.understand import Query, subject_of

OLDEST = 120
CELLS = 80
MIN_BANDS = 3
_ABOUT = "innbyggere folketall befolkning etter alder"
_COUNTS = ("", "antall", "personer", "innbyggere")
_FIGURES = ("value", "what", "sum", "count", "share", "difference", "growth")
_PLAIN = ("value", "accounts", "result")

_TENS = {
    "atten": "18", "tjue": "20", "tretti": "30", "førti": "40", "femti": "50", "seksti": "60",
    "sytti": "70", "åtti": "80", "nitti": "90", "eighteen": "18", "sixty": "60", "seventy": "70",
    "eighty": "80", "ninety": "90",
}  # fmt: skip
_TEN = re.compile(rf"\b(?:{'|'.join(_TENS)})\b", re.IGNORECASE)
_N = r"(?<![\d.,])(\d{1,3})(?![\d%]|[.,]\d| ?(?:prosent|per ?cent|kr|mill)|\.\d)"
_YEARS = r"(?:\s*-?\s*(?:års?\b|åringe?r?\w*|åringar\w*|years?(?: old| of age)?\b))"
_AND = r"\s*,?\s*(?:og|eller|and|or)\s+"
# How ages are said, and the lowest and highest of them that each match is; None is no highest.
_SAID: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("between", rf"\b(?:mellom|between)\s+{_N}{_YEARS}?\s+(?:og|and)\s+{_N}{_YEARS}?"),
        ("between", rf"{_N}{_YEARS}?\s*(?:[-–]|til(?: og med)?|to|through)\s*{_N}{_YEARS}"),
        ("between", rf"\b(?:alderen|alder|aged|ages)\s+{_N}\s*(?:[-–]|til|to|og|and)\s*{_N}"),
        ("from", rf"{_N}{_YEARS}?{_AND}(?:eldre|over|oppover|older|above|up|over)\b"),
        ("from", rf"{_N}{_YEARS}?\s?\+"),
        ("from", rf"\b(?:minst|fylt|fylte|at least)\s+{_N}{_YEARS}?"),
        ("to", rf"{_N}{_YEARS}?{_AND}(?:yngre|under|younger|below)\b"),
        ("to", rf"\b(?:(?:opp )?til og med|up to(?: and including)?)\s+{_N}{_YEARS}"),
        ("over", rf"\b(?:over|eldre enn|passert|older than|above)\s+(?:fylte\s+)?{_N}{_YEARS}?"),
        ("under", rf"\b(?:under|yngre enn|younger than|below)\s+(?:fylte\s+)?{_N}{_YEARS}?"),
        ("only", rf"{_N}\s*(?:år\b|years?(?: old)?\b)"),
    )
)
# What a question for people of an age says beside the age, and no more.
_PEOPLE = re.compile(
    rf"{INHABITANTS.pattern}|\b(?:folk(?:et)?|person(?:er|ar)?|menneske[rn]?\w*|people|persons|menn"
    r"|kvinne[rn]\w*|men|women|barn(?:a|et)?|child(?:ren)?|ung(?:e|ar|er|dom|dommer|dommar)?"
    r"|små(?:barn|unger|ungar)|eldre|older?|young|elderly|gamle|voksne|vaksne|adults?"
    r"|(?:grunn)?(?:skole|skule|barnehage|pensjons)?alder(?:en|s?grupp\w*)?|aged?|år(?:et|a)?|years?"
    r"|bodde|budde|bor|bur|bu|bo|live[ds]?|living|fantes|fanst|registrert\w*|andel\w*|del(?:en)?"
    r"|share|proportion|stor|av|of|31|end|year-end|slutten|utgangen|desember|december|i|in|at|the|per)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:(?:antall|tal på|barn|unge|eldre|voksne|innbygg(?:ere|jarar)|personer"
    r"|alder(?:sgruppen?)?|ages?|aged)\W+)*",
    re.IGNORECASE,
)
_BAND = re.compile(rf"{_N}\s*(?:[-–]|til)\s*{_N}(?:\s*(?:år|years?))?\W*", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\b\w*(?:folketal|innbyggertal|innbyggjartal|folkemengd|befolkning|innbygg(?:er|jar)"
    r"|population|inhabitant|resident)",
    re.IGNORECASE,
)
_OF_SOME = re.compile(
    r"\b\w*(?:ansatt|tilsett|årsverk|mott[ao]k|bruker|brukar|elev|pasient|fravær|sø[kj]er|ledig|ledige"
    r"|employee|recipient|pupil|per innbygg|flykt|innvandr)",
    re.IGNORECASE,
)
_WORDS: dict[Language, str] = {
    "nb": "{result}: {parts} av {whole} i alt [{n}].",
    "nn": "{result}: {parts} av {whole} i alt [{n}].",
    "en": "{result}: {parts} of {whole} in all [{n}].",
}
_FOR: dict[Language, str] = {"nb": "for", "nn": "for", "en": "for"}


@dataclass(frozen=True, slots=True, order=True)
class Ages:
    """From the lowest age to the highest, both among them; no highest is `OLDEST`."""

    low: int
    high: int = OLDEST


def read_ages(text: str) -> tuple[tuple[Ages, ...], str]:
    """The ages a text says, as they may be meant, the likeliest first, and the text without them.

    >>> read_ages("80 år eller eldre")[0]
    (Ages(low=80, high=120),)
    >>> [(a.low, a.high) for a in read_ages("under 18")[0] + read_ages("mellom 6 og 15 år")[0]]
    [(0, 17), (6, 15)]
    >>> [a.low for a in read_ages("innbyggere over nitti")[0]]
    [90, 91]
    """
    text = _TEN.sub(lambda match: _TENS[match.group().lower()], text)
    for kind, pattern in _SAID:
        if match := pattern.search(text):
            low, high = int(match[1]), int(match[match.lastindex or 1])
            meant = {
                "between": (Ages(low, high),),
                "from": (Ages(low),),
                "to": (Ages(0, high),),
                "over": (Ages(low), Ages(low + 1)),  # "over 80 år" is mostly said of 80 and over
                "under": (Ages(0, high - 1),),
                "only": (Ages(low, low),),
            }[kind]
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            return tuple(ages for ages in meant if ages.low <= ages.high <= OLDEST), rest
    return (), text


def asks_for_ages(query: Query) -> bool:
    """Whether a question is how many people, or what part of them, are of some age, and no more."""
    ages, rest = read_ages(START.sub(" ", query.question))
    if not ages or len(query.places) != 1 or query.asked.measure or read_ages(rest)[0]:
        return False
    if query.asked.operation not in _FIGURES:
        return False
    return not re.search(r"[^\W\d_]{2}|\d", _PEOPLE.sub(" ", subject_of(rest, query.places)))


def answer_ages(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """The rows of an age table that are just the ages asked for, added, or as a part of all."""
    meant, _ = read_ages(START.sub(" ", query.question))
    if query.asked.operation in ("difference", "growth"):
        return _change(index, query, scope, meant)
    of_all = query.asked.operation == "share" or query.asked.unit == "prosent"
    for table in _age_tables(index, query):
        position, year = _column(index, query, table, _years(query))
        bands = _bands(table)
        rows = next((rows for ages in meant if (rows := _fitting(bands, ages))), [])
        if position is None or not rows or not _adds_up(table, bands, position):
            continue
        cells = [_cell(table, row, position, year) for row in rows]
        whole = next((row for row in table.rows if _is_total(row)), None)
        if of_all:
            if whole and (
                answer := _say_share(
                    index, query, scope, cells, _cell(table, whole, position, year)
                )
            ):
                return answer
        elif len(cells) == 1:
            return say_value(index, query, scope, cells[0])
        else:
            said = [f"{_FOR[query.language]} {cell.row.label}" for cell in cells]
            return say_sum(index, query, scope, cells, said, table.columns[position].name)
    return answer_value(index, query, _of_ages(evidence, meant), scope)


def _change(index: Index, query: Query, scope: Scope, meant: Sequence[Ages]) -> Answer | None:
    """How many more they are in the later of two years, where one table has both."""
    if len(query.asked.years) != 2 or START.search(query.question):
        return None
    first, last = query.asked.years
    for table in _age_tables(index, query):
        bands = _bands(table)
        rows = next((rows for ages in meant if (rows := _fitting(bands, ages))), [])
        columns = [_column(index, query, table, (year,)) for year in (last, first)]
        sides = [
            [_cell(table, row, position, year) for row in rows]
            for position, year in columns
            if position is not None and _adds_up(table, bands, position)
        ]
        if rows and len(sides) == len(columns):
            return say_change(index, query, scope, sides, (last, first), table.title)
    return None


def _years(query: Query) -> tuple[int, ...]:
    """The years asked for; as a year begins it is as the one before ended."""
    start = START.search(query.question)
    return (int(start["year"]) - 1,) if start else query.asked.years


def _of_ages(evidence: Evidence, meant: Sequence[Ages]) -> Evidence:
    """Only the figures that say themselves that they are of the ages asked for."""

    def said(text: str) -> bool:
        return bool(set(read_ages(text)[0]) & set(meant))

    def near(found: FoundMention) -> str:
        return found.sentence[max(0, found.mention.start - 60) : found.mention.end + 60]

    return replace(
        evidence,
        cells=tuple(cell for cell in evidence.cells if said(f"{cell.row.label}")),
        mentions=tuple(one for one in evidence.mentions if said(near(one))),
    )


def _age_tables(index: Index, query: Query) -> list[Table]:
    """The tables of all inhabitants by age, those of the year's own report first."""
    asked = replace(query.asked, operation="value", years=(), unit="antall", counted="", flow="")
    about = replace(
        query,
        question=_ABOUT,
        subject=_ABOUT,
        asked=asked,
        without="",
        elsewhere=(),
        docs=(*query.docs, *query.later),
    )
    found = {cell.table.id: cell.table for cell in find_cells(index, about, limit=CELLS)}
    tables = [table for table in found.values() if _bands(table) and _is_of_all(table)]
    order = about.docs
    return sorted(tables, key=lambda table: order.index(table.doc))


def _is_of_all(table: Table) -> bool:
    """Whether a table counts all who live there, not the employees or the recipients by age."""
    nearest = f"{table.title} {table.heading.rpartition('›')[2]}"
    own = f"{nearest} {' '.join(column.name for column in table.columns)}"
    labels = " ".join(row.label for row in table.rows)
    said = f"{table.title} {table.heading} {table.context} {labels}"
    return bool(_OF_ALL.search(said)) and not _OF_SOME.search(f"{own} {labels}")


def _bands(table: Table) -> list[tuple[Ages, Row]]:
    """The rows that share all ages between them, each following the one before; else none."""
    bands: list[tuple[Ages, Row]] = []
    for row in table.rows:
        ages = _read_label(row.label)
        if ages is None:
            continue
        if bands and bands[-1][0].high == OLDEST:
            return []  # a second list of ages, of others
        if bands and ages.low == bands[-1][0].high and ages.high == OLDEST:
            ages = Ages(ages.low + 1)  # "over 79 år" after "67–79 år"
        if ages.low != (bands[-1][0].high + 1 if bands else 0):
            return []
        bands.append((ages, row))
    whole = len(bands) >= MIN_BANDS and bands[-1][0].high == OLDEST
    return bands if whole else []


def _read_label(label: str) -> Ages | None:
    """The ages that a row is for, where its label says no more than that."""
    bare = _LABEL.sub("", label.strip())
    if band := _BAND.fullmatch(bare):
        return Ages(int(band[1]), int(band[2]))
    ages, rest = read_ages(bare)
    return ages[0] if ages and not re.search(r"\w", rest) else None


def _fitting(bands: Sequence[tuple[Ages, Row]], ages: Ages) -> list[Row]:
    """The rows whose ages together are exactly those asked for."""
    inside = [(own, row) for own, row in bands if own.low >= ages.low and own.high <= ages.high]
    if not inside or (inside[0][0].low, inside[-1][0].high) != (ages.low, ages.high):
        return []
    return [row for _, row in inside]


def _column(
    index: Index, query: Query, table: Table, asked: tuple[int, ...]
) -> tuple[int | None, int | None]:
    """The one column of the year and sex asked for, of the latest year where none is."""
    document = index.document(table.doc)
    sex = read_wish(query).sex
    if len(asked) > 1:
        return None, None
    fitting = [
        (year, i, column)
        for i, column in enumerate(table.columns)
        if column.measure in _PLAIN
        and not place_of_column(table, column, document["municipality"])
        and (year := year_of(column, table.rows[0], table, document["year"])[0])
        and (year == asked[0] if asked else year <= (document["year"] or year))
    ]
    latest = max((year for year, _, _ in fitting), default=None)
    of_year = [(i, column) for year, i, column in fitting if year == latest]
    of_sex = [i for i, column in of_year if column.sex == sex]
    alone = of_sex if len(of_sex) < 2 else [i for i in of_sex if _says_total(table.columns[i])]
    return (alone[0], latest) if len(alone) == 1 else (None, None)


def _says_total(column: Column) -> bool:
    return bool(TOTALS.search(column.name))


def _adds_up(table: Table, bands: Sequence[tuple[Ages, Row]], position: int) -> bool:
    """Whether each row counts people, and they are the total together where one is printed."""
    values = []
    for _, row in bands:
        cell = row.cells[position] if position < len(row.cells) else None
        if cell is None or cell.base_value is None or cell.bound or cell.unit not in _COUNTS:
            return False
        values.append(cell.base_value)
    for row in table.rows:
        cell = row.cells[position] if _is_total(row) and position < len(row.cells) else None
        if cell and cell.base_value is not None and cell.base_value != sum(values):
            return False
    return sum(values) >= LEAST and all(value == value.to_integral_value() for value in values)


def _is_total(row: Row) -> bool:
    return row.total or bool(TOTALS.search(row.label))


def _cell(table: Table, row: Row, position: int, year: int | None) -> FoundCell:
    return FoundCell(
        table=table, row=row, position=position, year=year, score=SURE, covered=1.0, features={}
    )


def _say_share(
    index: Index, query: Query, scope: Scope, cells: Sequence[FoundCell], whole: FoundCell
) -> Answer | None:
    language = query.language
    operands = [to_operand(index, cell) for cell in cells]
    every = to_operand(index, whole)
    try:
        added = total(operands, language)
        part = Operand(
            value=added.value, unit=every.unit, label="", year=every.year, place=every.place
        )
        result = share(part, every, language)
    except Incomparable:
        return None
    text = format_number(result.value, result.unit, language)
    parts = [
        f"{format_number(o.value, o.unit, language)} {_FOR[language]} {o.label} [{n}]"
        for n, o in enumerate(operands, start=1)
    ]
    n = len(cells) + 1
    steps = (f"{added.expression} = {added.text}", *result.steps)
    return Answer(
        question=query.question,
        language=language,
        status="answered",
        answer=_WORDS[language].format(
            result=text[:1].upper() + text[1:],
            parts=listed(parts, language),
            whole=format_number(every.value, every.unit, language),
            n=n,
        ),
        figure=Figure(base_value=result.value, base_unit=result.unit, text=text),
        calculation=Calculation(
            expression=result.expression,
            result=text,
            steps=steps if len(cells) > 1 else result.steps,
            operands=tuple(range(1, n + 1)),
        ),
        citations=tuple(cite_cell(index, cell, i) for i, cell in enumerate((*cells, whole), 1)),
        scope=scope,
    )
