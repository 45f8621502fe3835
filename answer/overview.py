"""How a municipality's economy went: its key figures, each from its cell, and what explains them.

Only rows that are one of the accounts' own lines (figures.lines) are said, of the report's own
municipality and year; where two tables disagree, or a surplus cannot be told from a deficit, a
figure is left out. With fewer than two figures there is no overview, and words answer instead.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from answer.calculate.operands import to_operand
from answer.citing import cite_cell
from answer.evidence import gather
from answer.prose import say_sentences
from answer.records import Answer, Calculation, Citation, Language, Scope
from answer.summary import is_plain_prose, without_asking
from figures.calculate import share
from figures.places import find_municipalities
from figures.wording import format_number
from indexer.index import Index
from indexer.store import places_of_rows, rows_on_lines
from indexer.tokens import keys, keys_of
from retriever.cells import FoundCell
from retriever.fit import place_of_column, year_of
from retriever.sentences import Sentence
from retriever.understand import Query, subject_of

LEAST, MOST = 2, 5  # figures
REVENUE, RESULT = "sum driftsinntekter", "netto driftsresultat"
NEAR = Decimal("0.01")  # of a figure: what two tables may differ by and still say the same
MILLION, BILLION = Decimal(1_000_000), Decimal(1_000_000_000)
TENTH = Decimal("0.1")
LENGTH, SENTENCES = 330, 2  # of what explains the figures
SHARED = 0.5  # of the words of the shorter of two sentences that say the same

_OTHER_ACCOUNTS = re.compile(r"konsern|foretak|\bkf\b|\biks\b|kirke|kyrkje", re.IGNORECASE)
_OWN_YEAR = ("accounts", "value", "result")
_NUMBER = re.compile(r"\d+(?:,\d+)? (?:prosent|mill|%|pst)|\d%")
_YEAR_END = re.compile(r"31\.\s?(?:12|des)", re.IGNORECASE)

Words = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One figure of the overview: its cell and what it is called."""

    cell: FoundCell
    line: str
    name: str
    signed: bool  # a surplus or a deficit
    beside: bool  # said in the line of the figure before it


def answer_overview(index: Index, query: Query, _evidence: object, scope: Scope) -> Answer | None:
    """The key figures of one municipality's year, and the sentences that explain them."""
    if not asks_about_economy(query) or len(query.places) != 1 or len(query.asked.years) > 1:
        return None
    doc = query.docs[0]
    own_year = index.document(doc)["year"]
    year = query.asked.years[0] if query.asked.years else own_year
    if year is None:
        return None
    found = key_figures(index, doc, year, query.language)
    if len(found) < LEAST:
        return None
    words = _data()["words"][query.language]
    lines, citations, part = _say_all(index, found, words, query.language)
    explained: list[str] = []
    why: tuple[Citation, ...] = ()
    if year == own_year:  # a later report explains its own year
        explained, why = _explained(index, query, doc, words, after=len(citations))
    return Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer="\n".join([*lines, *explained]),
        calculation=part,
        citations=(*citations, *why),
        scope=replace(scope, docs=(doc,)),
    )


def asks_about_economy(query: Query) -> bool:
    """Whether the economy as a whole is asked about, and nothing narrower."""
    asks = _data()["asks"]
    subject = subject_of(without_asking(query.question), query.places)
    said = [word for word in re.findall(r"[^\W\d_]+", subject.lower()) if keys(word)]
    economy = [word for word in said if re.fullmatch(asks["economy"], word)]
    beside = [word for word in said if re.fullmatch(asks["beside"], word)]
    return bool(economy) and len(economy) + len(beside) == len(said)


def key_figures(index: Index, doc: str, year: int, language: Language) -> list[Key]:
    """The figures that are sure enough, in the order they are said."""
    figures = _data()["figure"]
    lines = {line for figure in figures for line in figure["lines"]}
    by_line: dict[str, list[FoundCell]] = {line: [] for line in lines}
    for cell in _own_cells(index, doc, year, lines):
        by_line[cell.row.line].append(cell)
    chosen = ((figure, line) for figure in figures for line in figure["lines"])
    found: dict[str, Key] = {}
    for figure, line in chosen:
        best = _agreed(by_line[line])
        name, signed = figure[language], "signed" in figure
        if best is None or figure[language] in found:
            continue
        if not signed or (best.base_value and _sign_is_told(best)):
            beside = "beside" in figure
            if figure.get("holds") in _lines_of(best):
                name = figure[f"{language}_holding"]
            found[figure[language]] = Key(
                cell=best, line=line, name=name, signed=signed, beside=beside
            )
    return list(found.values())


def _own_cells(index: Index, doc: str, year: int, lines: set[str]) -> Iterator[FoundCell]:
    """The cells in kroner of the accounts' own lines, for the year and the report's own place."""
    own = index.document(doc)["municipality"]
    places = places_of_rows(index.store, rows_on_lines(index.store, doc, lines))
    for number in sorted(places):
        table_id, at = places[number]
        table = index.table(table_id)
        row = table.rows[at]
        if table.trust == "doubtful" or _OTHER_ACCOUNTS.search(f"{table.title} {row.label}"):
            continue
        for position, (cell, column) in enumerate(zip(row.cells, table.columns, strict=False)):
            if cell is None or cell.base_value is None or cell.unit != "kr" or cell.bound:
                continue
            whole = not column.period or _YEAR_END.search(column.period)
            if column.measure not in _OWN_YEAR or not whole or place_of_column(table, column, own):
                continue
            if year_of(column, row, table, index.document(doc)["year"])[0] == year:
                yield FoundCell(
                    table=table, row=row, position=position, year=year,
                    score=0.0, covered=0.0, features={},
                )  # fmt: skip


def _agreed(cells: Sequence[FoundCell]) -> FoundCell | None:
    """The cell to be trusted most, where no other as trusted says otherwise."""
    ranked = sorted(cells, key=lambda cell: (cell.table.trust != "verified", -len(_lines_of(cell))))
    if not ranked:
        return None
    best = ranked[0]
    size = abs(best.base_value)
    for other in ranked[1:]:
        as_good = other.table.trust == best.table.trust
        if as_good and abs(abs(other.base_value) - size) > NEAR * size:
            return None
    return best


def _lines_of(cell: FoundCell) -> set[str]:
    return {row.line for row in cell.table.rows if row.line}


def _sign_is_told(cell: FoundCell) -> bool:
    """Whether the table's own incomes show which sign a surplus has."""
    for row in cell.table.rows:
        income = row.cells[cell.position] if row.line == REVENUE else None
        if income and income.base_value:
            return (income.base_value < 0) == cell.table.income_negative
    return False


def _say_all(
    index: Index, found: Sequence[Key], words: Words, language: Language
) -> tuple[list[str], tuple[Citation, ...], Calculation | None]:
    """The figures as lines, their cells, and how the result's share of the revenue was found."""
    lines: list[str] = []
    cells: list[FoundCell] = []
    numbers = _numbers(found)
    part = _share_of_revenue(index, found, numbers, language)
    for key in found:
        if len(lines) == MOST and not key.beside:
            break
        first = not lines
        said = _say(index, key, words, language, n=len(cells) + 1, first=first, share=part)
        if key.beside and lines:
            lines[-1] = f"{lines[-1].rstrip('.')}; {said}"
        else:
            lines.append(said[:1].upper() + said[1:])
        cells += _cells(key)
    citations = tuple(cite_cell(index, cell, n) for n, cell in enumerate(cells, start=1))
    return lines, citations, part


def _cells(key: Key) -> list[FoundCell]:
    """A figure's cell, and that of the year before."""
    return [key.cell, *filter(None, [_year_before(key.cell)])]


def _numbers(figures: Sequence[Key]) -> dict[str, int]:
    """Each line's citation number."""
    found: dict[str, int] = {}
    n = 1
    for key in figures:
        found[key.line] = n
        n += len(_cells(key))
    return found


def _share_of_revenue(
    index: Index, found: Sequence[Key], numbers: dict[str, int], language: Language
) -> Calculation | None:
    """The net operating result's share of the operating revenue, where both are said."""
    by_line = {key.line: key.cell for key in found}
    if found[0].line != RESULT or REVENUE not in by_line:
        return None
    part = share(to_operand(index, by_line[RESULT]), to_operand(index, by_line[REVENUE]), language)
    return Calculation(
        expression=part.expression,
        result=format_number(part.value, part.unit, language),
        steps=part.steps,
        operands=(numbers[RESULT], numbers[REVENUE]),
    )


def _say(
    index: Index,
    key: Key,
    words: Words,
    language: Language,
    *,
    n: int,
    first: bool,
    share: Calculation | None,
) -> str:
    """One figure in plain words, with that of the year before where its row has it."""
    now = to_operand(index, key.cell).value
    where = words["where"].format(index.document(key.cell.table.doc)["municipality"])
    before = _against(index, key, now, words, language)
    said = words["was"].format(
        what=f"{key.name}{where}" if first else key.name,
        value=_amount(now, key, words, language),
        when=words["when"].format(key.cell.year) if first else "",
        mark=f" [{n}]",
        share=words["share"].format(share.result) if first and share else "",
        before=f"{before} [{n + 1}]" if before else "",
    )
    return f"{said}."


def _against(index: Index, key: Key, now: Decimal, words: Words, language: Language) -> str:
    """What the same row says of the year before."""
    cell = _year_before(key.cell)
    if cell is None:
        return ""
    then = to_operand(index, cell).value
    turned = key.signed and now * then < 0
    which = "same" if now == then else "up" if abs(now) > abs(then) else "down"
    value = _amount(then, replace(key, signed=turned), words, language)
    return words["against" if key.signed else which].format(value=value, year=cell.year)


def _year_before(cell: FoundCell) -> FoundCell | None:
    """The cell of the same row and kind, a year earlier."""
    for position, column in enumerate(cell.table.columns):
        other = cell.row.cells[position] if position < len(cell.row.cells) else None
        if (
            other
            and other.base_value is not None
            and other.unit == cell.unit
            and column.measure == cell.column.measure
            and column.place == cell.column.place
            and cell.year
            and column.year == cell.year - 1
        ):
            return replace(cell, position=position, year=column.year)
    return None


def _amount(value: Decimal, key: Key, words: Words, language: Language) -> str:
    """Millions to one decimal, billions in whole millions, as people speak of public money."""
    size = abs(value)
    if size < MILLION:
        said = format_number(size, "kr", language)
    else:
        tenths = (size / MILLION).quantize(TENTH, ROUND_HALF_UP)
        whole = size >= BILLION or tenths == tenths.to_integral_value()
        decimals = 0 if whole else 1
        said = format_number(size, "kr", language, scale=MILLION, decimals=decimals)
    return words["surplus" if value > 0 else "deficit"].format(said) if key.signed else said


def _explained(
    index: Index, query: Query, doc: str, words: Words, *, after: int
) -> tuple[list[str], tuple[Citation, ...]]:
    """One or two sentences of the report on why it went as it did, or else on how it stands."""
    own = _of_the_whole(index, query, doc, words["why"], "result")
    causes = [one for one in own if one.features["sign"]]
    if not causes:
        stands = _of_the_whole(index, query, doc, words["stands"], "standing")
        own = [*[one for one in stands if _NUMBER.search(one.text)][:1], *own[:1]]
    chosen: list[Sentence] = []
    for sentence in causes or own:
        if len(chosen) < SENTENCES and not any(_alike(sentence, other) for other in chosen):
            chosen.append(sentence)
    if not chosen:
        return [], ()
    said, citations = say_sentences(index, chosen, after=after)
    return [f"{words['says']} {said}"], citations


def _of_the_whole(
    index: Index, query: Query, doc: str, question: str, about: str
) -> list[Sentence]:
    """The sentences on the whole municipality's money that fit a question, best first."""
    asked = replace(query.asked, operation="why", years=())
    subject = subject_of(question, ())
    why = replace(query, question=question, subject=subject, asked=asked, docs=(doc,))
    return [
        one
        for one in gather(index, why).sentences
        if not one.passage.table and _tells(one.text, about, query.places)
    ]


def _tells(text: str, about: str, places: Sequence[str]) -> bool:
    """Whether a sentence tells how it was, of the municipality itself."""
    asks = _data()["asks"]
    others = {name for name, _, _ in find_municipalities(text)} - set(places)
    return (
        not others
        and bool(re.search(asks[about], text, re.IGNORECASE))
        and not re.search(asks["defines"], text, re.IGNORECASE)
        and is_plain_prose(text, longest=LENGTH)
    )


def _alike(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences say much the same."""
    a, b = keys_of(one.text), keys_of(other.text)
    return len(a & b) > SHARED * min(len(a), len(b))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("answer") / "data" / "overview.toml").read_text(encoding="utf-8"))
