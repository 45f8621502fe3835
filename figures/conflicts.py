"""The same figure stated twice with different amounts: in a later report, or in running text. Pure.

A false conflict is worse than a missed one. Two tables count as the same only when they hold the
same rows and mostly agree; a sentence speaks of a row only when the words right before its amount
are the row's own. What differs by no more than rounding is no conflict.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from figures.cells import Cell, Column, Measure, Row, Table
from figures.lines import canonical_line
from figures.mentions import Mention, find_numbers
from figures.numbers import normal
from figures.prose import split_sentences

# restated   a later report gives another amount for an earlier year
# text       running text of the same report gives another amount than its table
Kind = Literal["restated", "text"]

_SAME: dict[Measure, Measure] = {"value": "accounts", "result": "accounts"}
_COMPARED: frozenset[Measure] = frozenset(
    {"accounts", "revised_budget", "original_budget", "share"}
)
_SHARED_ROWS = 3  # that two tables must have in common
_ALIKE = 0.5  # of their rows, and of their captions' words
_AGREEING = 0.5  # of the figures they share; else they count something else
_FACTOR = 2  # between a text and a table; further apart they speak of different things
_ABOUT = Decimal("0.05")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_CAPTION = re.compile(r"^(?:tabell|figur|oversikt) [0-9]+(?:[.\-][0-9]+)*[.:]?\s*")
_UNIT_WORDS = re.compile(
    r"\(?(?:alle )?(?:tall|beløp|verdi(?:er)?)? ?i (?:hele )?"
    r"(?:1 ?000|tusen|mill\w*|mrd\.?|milliard\w*|hele)\.? ?(?:kr(?:oner)?\.?)?\)?|kilde:.*"
)
_WORD = re.compile(r"[a-zæøåéôü0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """An amount where it stands: a cell of a table, or a sentence of a passage."""

    doc: str
    page: int
    text: str  # as printed: "658,3", "658 mill. kr"
    base_value: Decimal
    unit: str
    table: str = ""  # its id; `row` and `position` are the cell's place in it
    row: int = 0
    position: int = 0
    passage: str = ""  # its id
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One figure, and the other amount that is given for it."""

    kind: Kind
    label: str
    year: int
    first: Stated  # a cell; of two reports the earlier one's
    other: Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A passage of running text, as far as it matters here."""

    id: str
    doc: str
    page: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    """A number's place in a table."""

    table: Table
    row: int
    position: int

    @property
    def printed(self) -> Row:
        return self.table.rows[self.row]

    @property
    def column(self) -> Column:
        return self.table.columns[self.position]

    @property
    def cell(self) -> Cell:
        cell = self.printed.cells[self.position]
        assert cell is not None
        return cell

    @property
    def value(self) -> Decimal:
        """The size: reports differ in how they sign incomes."""
        assert self.cell.base_value is not None
        return abs(self.cell.base_value)

    def stated(self) -> Stated:
        assert self.cell.base_value is not None
        return Stated(
            doc=self.table.doc, page=self.printed.page, text=self.cell.text,
            base_value=self.cell.base_value, unit=self.cell.unit, table=self.table.id,
            row=self.row, position=self.position,
        )  # fmt: skip


# ---- two reports ----

# What a figure is of: row, group, year, measure, period, place, sex, unit.
_Key = tuple[str, str, int, Measure, str, str, str, str]


def restated(earlier: Sequence[Table], later: Sequence[Table]) -> tuple[Conflict, ...]:
    """Figures of a municipality's report that a later report of its own gives otherwise."""
    found: dict[tuple[str, int, int], Conflict] = {}
    known = [(table, _rows(table), _figures(table)) for table in earlier if _is_sound(table)]
    for after in filter(_is_sound, later):
        rows, figures = _rows(after), _figures(after)
        for before, their_rows, theirs in known:
            if not _same_table(before, after, their_rows, rows):
                continue
            shared = sorted(theirs.keys() & figures.keys())
            apart = [key for key in shared if not _agree(theirs[key], figures[key])]
            if len(shared) - len(apart) < max(1, _AGREEING * len(shared)):
                continue
            for key in apart:
                first, other = theirs[key].stated(), figures[key].stated()
                found.setdefault(
                    (first.table, first.row, first.position),
                    Conflict(
                        kind="restated", label=theirs[key].printed.label, year=key[2],
                        first=first, other=other,
                    ),
                )  # fmt: skip
    return tuple(found.values())


def _is_sound(table: Table) -> bool:
    return table.trust != "doubtful" and len(table.rows) >= _SHARED_ROWS


def _rows(table: Table) -> frozenset[tuple[str, str]]:
    return frozenset((_plain(row.label), _plain(row.group)) for row in table.rows)


def _same_table(
    one: Table, other: Table, rows: frozenset[tuple[str, str]], others: frozenset[tuple[str, str]]
) -> bool:
    shared = len(rows & others)
    if shared < _SHARED_ROWS or shared < _ALIKE * max(len(rows), len(others)):
        return False
    mine, theirs = _topic(one), _topic(other)
    return len(mine & theirs) >= _ALIKE * max(1, len(mine), len(theirs))


def _topic(table: Table) -> frozenset[str]:
    """The words of a caption, without its number, its years and its unit; else of the heading."""
    words = _CAPTION.sub("", normal(table.title))
    words = _YEAR.sub(" ", _UNIT_WORDS.sub(" ", words))
    return frozenset(_WORD.findall(words)) or frozenset(
        _WORD.findall(normal(table.heading.rpartition("›")[2]))
    )


def _figures(table: Table) -> dict[_Key, _At]:
    """The table's figures by what they are of; what stands twice is left out."""
    found: dict[_Key, _At] = {}
    twice = set()
    for at in _cells(table):
        column, row = at.column, at.printed
        measure = _SAME.get(column.measure, column.measure)
        if column.year is None or measure not in _COMPARED or at.cell.bound:
            continue
        key = (
            _plain(row.label), _plain(row.group), column.year, measure, column.period,
            column.place, column.sex, at.cell.unit,
        )  # fmt: skip
        if key in found:
            twice.add(key)
        found[key] = at
    return {key: at for key, at in found.items() if key not in twice}


def _cells(table: Table) -> Iterator[_At]:
    for i, row in enumerate(table.rows):
        for j, (cell, _) in enumerate(zip(row.cells, table.columns, strict=False)):
            if cell is not None and cell.base_value is not None and cell.unit != "år":
                yield _At(table=table, row=i, position=j)


def _agree(one: _At, other: _At) -> bool:
    """As near as the coarser of the two is printed; the same digits are a matter of reading."""
    near = abs(one.value - other.value) <= max(_step(one.cell), _step(other.cell))
    return near or _digits(one.value) == _digits(other.value)


def _digits(value: Decimal) -> str:
    """What is printed of an amount wherever its thousands and decimals are: 63.374 and 63 374."""
    return format(value, "f").replace(".", "").strip("0")


def _step(cell: Cell) -> Decimal:
    """What the last printed digit is worth; trailing zeros may be rounding ("1 200 000")."""
    assert cell.value is not None
    assert cell.base_value is not None
    scale = cell.base_value / cell.value if cell.value else Decimal(1)
    return Decimal(1).scaleb(int(cell.value.as_tuple().exponent)) * scale


# ---- text against table ----

_PLAIN_MEASURES: frozenset[Measure] = frozenset({"value", "accounts", "result"})
_VERBS = frozenset("var ble blei vart er utgjorde utgjør endte landet lå".split())
_BETWEEN = frozenset("på i for per pr ved utgangen av året totalt samlet samla".split())
_BEFORE = frozenset("et eit en ein det de dei kommunens kommunen kommune at samlede totale".split())
# A sentence with such a word may speak of something else than the table does.
_OTHERWISE = re.compile(
    r"budsjett|konsern|kasse|prognose|forvent|vente[rt]|justert|korrigert|innbygger|fjor|året før"
    r"|førre år|forrige år|tidligere|tidlegare|måltall|målet|landet|snitt|herav|hvorav|derav"
    r"|sammenlign|samanlikn|kvinne|menn|estimat|foreløpig"
)
_AFTER = re.compile(
    r"^[ ,]*(?:mer|meir|mindre|høyere|høgare|lavere|lågare|over|under|bedre|betre|svakere|flere"
    r"|fleire|færre|per|pr|/|til|og|eller|økning|nedgang)(?![a-zæøå])"
)
_FOREWORD = re.compile(
    r"forord|innledning|innleiing|kommunedirektør|rådmann|hovedtall|hovudtal|sammendrag|samandrag"
    r"|oppsummer|byråds?leder|ordfører"
)
_TOTAL = re.compile(r"(?:sum|totalt?|i alt|samlet|samla|til sammen)", re.IGNORECASE)
_LONGEST = 7  # words of a row's name
_DEFINITE = (("ene", "er"), ("ane", "ar"), ("et", ""), ("en", ""), ("a", ""))
_SUBJECT = 6  # letters of a caption's first word, to be what the table is about


def conflicts_with_text(
    tables: Sequence[Table], texts: Iterable[Text], *, municipality: str, year: int | None
) -> tuple[Conflict, ...]:
    """Sentences of a report that give another amount than its tables do."""
    if year is None:
        return ()
    by_name: dict[str, list[_At]] = defaultdict(list)
    for table in tables:
        for at in _cells(table) if table.trust != "doubtful" else ():
            for name in _names(at, municipality):
                by_name[name].append(at)
    found: list[Conflict] = []
    for text in texts:
        for _, sentence in split_sentences(text.text):
            words = normal(sentence)
            if not any(c.isdigit() for c in words) or _OTHERWISE.search(words):
                continue
            found += _in_sentence(sentence, text, by_name, municipality, year)
    return tuple(found)


def _names(at: _At, municipality: str) -> Iterator[str]:
    """What a sentence may call a row: its line or label, or what the table is about."""
    row = at.printed
    if row.line:
        yield row.line
    label = _plain(row.label).removeprefix("antall ").removeprefix("antal ")
    if not row.line and len(label) >= 10 and not _TOTAL.match(label):
        yield label
    whole = label in (municipality.lower(), f"{municipality.lower()} kommune", "kommunen")
    if whole or _TOTAL.fullmatch(label):
        summed = [c for c in at.table.columns if _TOTAL.search(c.name)]
        topic = _WORD.match(_CAPTION.sub("", normal(at.table.title)))
        if topic and len(topic[0]) >= _SUBJECT and (not summed or at.column in summed):
            yield topic[0]


def _in_sentence(
    sentence: str,
    text: Text,
    by_name: dict[str, list[_At]],
    municipality: str,
    report_year: int,
) -> Iterator[Conflict]:
    mentions = find_numbers(sentence)
    years = {int(y) for m in mentions if m.kind in ("year", "date") for y in _YEAR.findall(m.text)}
    year = report_year if not years else years.pop() if len(years) == 1 else None
    for mention in mentions:
        number = mention.number
        if mention.kind != "amount" or number is None or number.bound not in ("", "about"):
            continue
        if year is None or not number.unit or _AFTER.match(normal(sentence[mention.end :])):
            continue
        name = _subject(normal(sentence[: mention.start]), by_name, municipality)
        ats = [
            at
            for at in by_name.get(name, ())
            if at.cell.unit == number.unit and _is_of(at, year) and _near(at.table, text)
        ]
        if ats and _differs(mention, ats):
            yield Conflict(
                kind="text",
                label=ats[0].printed.label,
                year=year,
                first=ats[0].stated(),
                other=Stated(
                    doc=text.doc, page=text.page, text=mention.text, base_value=number.base_value,
                    unit=number.unit, passage=text.id, sentence=sentence,
                ),
            )  # fmt: skip


def _is_of(at: _At, year: int) -> bool:
    column = at.column
    return (
        column.year == year
        and column.measure in _PLAIN_MEASURES
        and not column.place
        and not column.sex
        and column.period in ("", "31.12")
        and not at.cell.bound
    )


def _near(table: Table, text: Text) -> bool:
    """The table's own chapter, or the report's first words."""
    chapter = text.heading.partition("›")[0].strip()
    same = chapter == table.heading.partition("›")[0].strip()
    return same or bool(_FOREWORD.search(chapter.lower()))


def _subject(before: str, by_name: dict[str, list[_At]], municipality: str) -> str:
    """The row that the words right before an amount name: "netto driftsresultat ble i 2024 på"."""
    words = before.split()
    said = 0
    if words and words[-1] in _BETWEEN - {"på", "totalt", "samlet", "samla", "året"}:
        return ""  # "investert for 160 mill. kr i varige driftsmidler"
    while words and (words[-1] in _VERBS or words[-1] in _BETWEEN or _YEAR.fullmatch(words[-1])):
        said += words.pop() in _VERBS | {"på"}
    for length in range(min(_LONGEST, len(words)), 0, -1):
        name = _known(" ".join(words[-length:]), by_name)
        if name:
            lead = words[-length - 1] if len(words) > length else ""
            plain = {*_BEFORE, "", municipality.lower(), f"{municipality.lower()}s"}
            return name if lead in (plain if said else _VERBS) else ""
    return ""


def _known(words: str, by_name: dict[str, list[_At]]) -> str:
    """A row's name, as it is or with the ending that makes it definite."""
    forms = (words, *(words[: -len(end)] + bare for end, bare in _DEFINITE if words.endswith(end)))
    for form in forms:
        for name in (form, canonical_line(form)):
            if name and name in by_name:
                return name
    return ""


def _differs(mention: Mention, ats: Sequence[_At]) -> bool:
    """Whether all cells agree among themselves, none of their rows holds the amount, and yet it is
    near enough to be meant for them."""
    number = mention.number
    assert number is not None
    size, step = abs(number.base_value), 2 * number.slack * number.scale
    if number.bound == "about":
        step = max(step, size * _ABOUT)
    if any(not _agree(ats[0], at) for at in ats[1:]) or not size:
        return False
    if not all(
        at.value and size <= _FACTOR * at.value and at.value <= _FACTOR * size for at in ats
    ):
        return False
    printed = {
        (other.table.id, other.row, other.position): other
        for at in ats
        for other in _cells(at.table)
        if other.row == at.row
    }
    return not any(abs(at.value - size) <= max(step, _step(at.cell)) for at in printed.values())


def _plain(text: str) -> str:
    """A label without numbering, marks and brackets' edges."""
    words = re.sub(r"[*¹²³⁴]+\)?|^[0-9]{1,2}[.)] ", "", normal(text))
    return re.sub(r"\s+", " ", words).strip(" .:;=-")
