"""Two columns of one table held against each other, row by row: which rows rose, fell, kept a goal.

The question names no row, so its table is known by its own words alone: of all the report's tables
that have both columns, the one whose title, headings and rows hold what is asked about. Where two
hold it as well and do not say the same, neither is taken.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from answer.calculate.tables import (
    TOTALS,
    WHOLE_ROW,
    names_own_measures,
    without_left_out,
    without_said,
)
from answer.texts import plain_label
from answer.verdict.claims import poles, read_claim, side, surely_better
from figures.cells import Column, Row, Table
from figures.places import find_municipalities
from indexer.index import Index
from indexer.store import tables_of
from indexer.table_rows import CAPTION_NUMBER
from indexer.tokens import keys_of
from retriever.cells import FoundCell
from retriever.fit import is_just, place_of_column, unit_fit
from retriever.terms import Field, Sought
from retriever.understand import Query, subject_of
from retriever.vocabulary import Wanted, query_words

MIN_ROWS = 2
MIN_NAMED, MIN_KIND = 0.6, 0.6  # of the question, and of the word for its rows, that a table holds
MIN_KIND_IN_ENGLISH = 0.5  # one of two words stands for both of "national tests"
OFTEN = 4  # a word in every fourth label is what the rows are
AS_GOOD = 0.1  # a table that holds nearly as much may be the one meant
TITLE, HEADING, COLUMN, NAMED, LABEL, CONTEXT = 1.0, 0.9, 0.9, 0.8, 0.5, 0.5

# What rows may be: the first words say nothing of which table is meant, the last are of indicators.
_ANY = (
    r"områd\w{1,3}|avdeling\w{0,3}|enhet\w{0,3}|eining\w{0,3}|sektor\w{0,3}|post|poster|postar|posten\w?|postane"
    r"|rad(?:er|ene|ar|ane)|linjer|linjene|virksomhet\w{0,3}|verksemd\w{0,3}|etat\w{0,3}|tjeneste\w{0,3}|teneste\w{0,3}|areas?|departments?"
    r"|units?|sectors?|services?|items?|rows?|lines?"
)
_KIND = (
    r"bydel\w{0,3}|kommunedel\w{0,3}|grende?r?\w{0,3}|krets\w{0,3}|skole\w{0,3}|skul\w{1,3}|bygg\w{0,3}|anlegg\w{0,3}|parti\w{0,3}|barnehage\w{0,3}|sykehjem\w{0,3}"
    r"|sjukeheim\w{0,3}|fag\w{0,3}|trinn\w{0,3}|prosjekt\w{0,3}|fond\w{0,3}|selskap\w{0,3}|kommune\w{0,3}|by|byer|byene|byar"
    r"|byane|grupper?\w{0,3}|aldersgruppe\w{0,3}|utvalg\w{0,3}|utval\w{0,3}|råd|rådene|råda|samarbeid\w{0,3}|gebyr\w{0,3}"
    r"|inntekt\w{0,3}|utgift\w{0,3}|långiver\w{0,3}|långjevar\w{0,3}|bank\w{0,3}|lån\w{0,3}"
    r"|organ\w{0,3}|yrke\w{0,3}"
    r"|districts?|boroughs?|schools?|kindergartens?|nursing homes?|subjects?|projects?|funds?"
    r"|companies|municipalit\w{1,3}|cit(?:y|ies)|groups?|age groups?|committees?|fees?|lenders?"
    r"|banks?"
)
_MEASURED = (
    r"mål(?:ene|a)?|indikator\w*|måltall\w*|måltal\w*|nøkkeltall\w*|nøkkeltal\w*|goals?"
    r"|targets?|indicators?|key figures?"
)
_TESTS = r"prøve\w*|tests?"
_NUMBER_WORDS = (
    "null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv",
)  # fmt: skip
_ENGLISH_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip
# "hvor mange av de sju rammeområdene", "which of the districts"
_ROWS = re.compile(
    r"\b(?:(?:hvor|kor) mange|how many|hvilke[nt]?|kva for (?:ein|eit|ei|nokre)|which"
    rf"|kva(?= [a-zæøå]*(?:{_ANY}|{_KIND}|{_MEASURED})\b))\b"
    r"(?: av| of)?(?P<kind>(?: (?!(?:var|er|ble|vart|hadde|har|fikk|were|was|had|som)\b)[\w’'-]+)"
    rf"{{0,4}}? [a-zæøå]*?(?:(?P<any>{_ANY})|(?P<measured>{_MEASURED})|(?P<tests>{_TESTS})"
    rf"|(?P<own>{_KIND})))\b",
    re.IGNORECASE,
)
# Any other word for the rows: "hvilken art", "hvor mange av de fem elvene", "kva slags hus".
_OTHER_ROWS = re.compile(
    r"\b(?:hvilke[nt]?(?: av)?|kva for (?:ein|eit|ei|nokre)(?: av)?|which|hva slags|kva slags"
    r"|(?:(?:hvor|kor) mange av (?:de|dei)|how many of the)(?! (?:som|that|which)\b))"
    r"(?P<kind>(?: (?:slags?|typer?|typar|kinds? of|types? of|av (?:de|dei)|of the)"
    rf"| (?:{'|'.join(_NUMBER_WORDS[2:] + _ENGLISH_NUMBERS[2:])}|\d{{1,2}}))*"
    r" (?!(?:av|of|er|var|i|år\w{0,3}|måned\w{0,3}|månad\w{0,3}|dag|year|month|day)\b)"
    r"(?P<own>[^\W\d_]{3,}))\b",
    re.IGNORECASE,
)
_MORE = (
    r"flest nye|most new|mest opp"
    r"|høyere|høgare|høgre|flere|fleire|mer|meir|større|lengre|økt|økte|øker"
    r"|auk[ae]?r?|auka|vokste|voks|vaks|vokst|veks|vekste|steg|steget|(?:gikk|gjekk) (?:mest )?opp"
    r"|increased?|grew|grown|rose|more|higher|larger|gained|økning\w*|vekst|auke|growth"
)
_LESS = (
    r"mest ned"
    r"|lavere|lågare|færre|mindre|kortere|sank|falt|gikk (?:mest )?ned|gjekk (?:mest )?ned|minka"
    r"|minket|spart\w*|sparde|saved|mist(?:et|a)|tapte|tapt|nedgang\w*|reduser\w*|lost|lose|fell|fallen|decreased?|fewer"
    r"|less|lower|shorter|dropped|shrank|krymp\w*"
)
_BETTER = r"bedre|betre|better|forbedr\w*|improved?"
_WORSE = r"dårligere|dårlegare|verre|svakere|svakare|worse|poorer"
_SAID = re.compile(
    rf"\b(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<better>{_BETTER})|(?P<worse>{_WORSE}))\b", re.I
)
_NUMBER_OF = re.compile(r"\b(?:flere|fleire|færre|flest|fewer|fewest)\b", re.IGNORECASE)
_THAN = re.compile(r"\b(?:enn|than)\b", re.IGNORECASE)
_ABOVE = re.compile(r"\b(?:over|above)\b", re.IGNORECASE)
_BELOW = re.compile(r"\b(?:under|below)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b20\d\d\b")
# "fra forrige til denne valgperioden"; the columns are "2019–2023" and "2023–2027".
_TERMS = re.compile(
    r"(?:\b(?:fra|frå|enn|from|than|i|in)\b )?(?:den |the )?"
    r"\b(?:forrige|førre|siste|last|previous)\b"
    r"[^.?]{0,40}(?:periode\w*|\bterm\b)",
    re.IGNORECASE,
)
_TERM = re.compile(r"\D*20\d\d\s*[-–/]\s*(?:20)?\d\d\D*")
_CHANGED = re.compile(
    r"\b(?:økt\w*|øker|auk[ae]\w*|vokst\w*|voks|vaks|veks\w*|vekst|steg|steget|(?:gikk|gjekk)"
    r" (?:mest )?(?:opp|ned)|økning\w*|increased?|grew|grown|growth|rose|gained|sank|falt|mink\w+"
    r"|mist(?:et|a)|spart\w*|sparde|saved|tapt\w*|nedgang\w*|reduser\w*|lost|fell|decreased?|dropped|shrank|krymp\w*"
    r"|mest opp|mest ned|flest nye|most new"
    r"|fikk (?:flere|færre)|fekk (?:fleire|færre)|forbedr\w*|improved?)\b",
    re.IGNORECASE,
)
_GOAL = re.compile(
    r"\b(?P<of>\w{4,}?)?s?(?<!for)mål(?:et|a|ene|tall\w*|tal\w*|sett\w*)?\b|\b(?:targets?|goals?)\b",
    re.IGNORECASE,
)
_OF_A_TABLE = re.compile(
    r"\b(\w{4,}?)s?(?:tabell(?:en|a|ane|ene)?|oversikt(?:en|a)?|tall(?:ene)?|tala)\b", re.I
)
_SILENT = re.compile(
    r"\b(?:mest|minst|most|least|prosentvis|prosent|percent|løpet|during|between|mellom|fra|frå|til"
    r"|gjorde|gjere|gjorde det|did|antall|number|tall|tal|året før|last year|i fjor|sitt|sine|sin"
    r"|their|lå|låg|ligg\w*|kom|eget|eige|own|tabell\w*|oversikt\w*|hvor mange|kor mange|how many"
    r"|av|of|which|tell?|tel|count|sammenlignet|målt|snitt\w*|gjennomsnitt\w*|average|rates?)\b",
    re.IGNORECASE,
)
_NO_KIND = re.compile(
    r"\b(?:de|dei|the|enkelte|einskilde|individual|slags?|typer?|typar|kinds?|types?)\b", re.I
)
_SEX = re.compile(r"\b(?:kvinn\w*|menn\w*|jente\w*|gutt?\w*|women|men|girls|boys)\b", re.IGNORECASE)
_PLACES = re.compile(r"by|byer|byene|byar|byane|kommune\w*|municipalit\w+|cit\w+", re.IGNORECASE)
_OWN_FIGURE = re.compile(r"\b(?:med|with) (?:eget|eige|its own) (?:tall|tal|figure)\b", re.I)
SUPERLATIVE = re.compile(
    r"\b(?:mest|flest|høy[e]?st\w*|høgast\w*|størst\w*|best\w*|minst\w*|lavest\w*|lågast\w*"
    r"|færrest|dårligst\w*|dårlegast\w*|most|highest|largest|lowest|smallest|fewest|worst|least"
    r"|biggest)\b",
    re.IGNORECASE,
)
_PUPILS = re.compile(r"\b(?:elev\w*|pupils?|students?)\b", re.IGNORECASE)  # who take the tests
_GOALS = re.compile(r"\bmål|indikator|måltal|nøkkeltal|goals|targets|indicators", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\(.*?\)")
_DATED = re.compile(r"\b(?:\d{1,2}\.){1,2}(?=20\d\d)|\b(?:per|pr\.?) ")
_PART_OF = re.compile(r"^\W*(?:herav|hvorav|derav|av dette|av disse|of which)\b", re.IGNORECASE)
_PARTLY_MET = re.compile(r"på vei|på veg|delvis|nesten|i rute|on track|partly", re.IGNORECASE)
_ANSWERS = {"ja": 1, "yes": 1, "nei": -1, "no": -1}
_AMOUNTS = frozenset({"value", "accounts", "result", "share"})
_BOUND = {"<": -1, ">": 1}

Kind = Literal["goal", "years", "place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a question holds against what, and on which side of it a row counts."""

    kind: Kind
    way: int  # 1: more counts, or the better of the two; -1: less, or the worse
    passed: bool = False  # whether over or under a goal is asked for, be that good or not
    by_worth: bool = False  # whether better and worse are asked for, not more and less
    later: int = 0
    earlier: int = 0
    terms: bool = False  # whether two terms of office are held together, not two years
    place: str = ""
    rows: str  # the words for the rows
    own_kind: bool  # whether those words tell which table is meant
    measured: bool  # whether each row may be of its own measure
    about: str  # the rest of what is asked about
    number_of: bool = False  # "flere", "færre": of things, not of kroner or percent
    number: int = 0  # "av de sju områdene"
    least: float = MIN_KIND  # of the words for the rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One row: its two figures, how far it is on the side asked about, and whether it counts."""

    name: str
    one: FoundCell
    other: FoundCell
    by: Decimal
    counts: bool


def read_holding(index: Index, query: Query) -> Holding | None:
    """What a question asks to be held together; None where it is no such question.

    An amount that figures are held against is another question, see `answer.verdict.limits`.
    """
    question = without_said(query.question)
    rows = _rows_asked(question)
    if rows is None or len(query.places) > 1:
        return None
    claim = read_claim(question, query.subject)
    after = question[: rows.start()] + " " + question[rows.end() :]
    said = {name for match in _SAID.finditer(after) for name in [match.lastgroup or ""]}
    kind: Kind | None = None
    about, way, places = after, 0, query.elsewhere
    terms = False
    later = earlier = 0
    if claim.passed or (claim.pole and claim.pole.name == "reach" and _GOAL.search(question)):
        kind, way = "goal", claim.passed or claim.side
        reached = poles()[0]
        for words in (reached.asked_plus, reached.plus, reached.minus):
            about = words.sub(" ", about)
        about = _GOAL.sub(lambda match: f" {match['of'] or ''} ", about)
    elif (limit := claim.limit) and limit.condition:
        return None
    elif len(said := said or _above_or_below(after)) == 1:
        way = 1 if said & {"more", "better"} else -1
        held_to = _THAN.search(after) or _ABOVE.search(after) or _BELOW.search(after)
        if held_to and len(places) == 1 and len(query.asked.years) < 2:
            kind = "place"
            about = re.sub(rf"\b{re.escape(places[0])}\w*", " ", about, flags=re.IGNORECASE)
            about = re.sub(r"\bland\w*snitt\w*|\blandet\b|\bnational\b|\bcountry\b", " ", about)
        elif terms := bool(_TERMS.search(after)):
            kind, about = "years", _TERMS.sub(" ", after)
        elif years := _two_years(index, query, after):
            kind, (later, earlier) = "years", years
    if kind is None:
        return None
    for words in (_SAID, _THAN, _ABOVE, _BELOW):
        about = words.sub(" ", about)
    about = _OF_A_TABLE.sub(r" \1 ", about)
    if rows.groupdict().get("tests"):
        about = _PUPILS.sub(" ", about)
    number = next((n for n in map(_to_int, rows["kind"].split()) if n), 0)
    return Holding(
        kind=kind,
        way=way,
        passed=bool(claim.passed),
        by_worth=kind != "goal" and bool(said & {"better", "worse"}),
        later=later,
        earlier=earlier,
        terms=terms,
        place=places[0] if kind == "place" else "",
        rows=subject_of(_plain(rows["kind"]), query.places),
        own_kind=_is_own(rows),
        measured=bool(rows.groupdict().get("measured") or rows.groupdict().get("tests")),
        about=subject_of(_SILENT.sub(" ", _plain(about)), query.places),
        number_of=bool(_NUMBER_OF.search(after)),
        number=number,
        least=MIN_KIND_IN_ENGLISH if query.language == "en" else MIN_KIND,
    )


def _rows_asked(question: str) -> re.Match[str] | None:
    return _ROWS.search(question) or _OTHER_ROWS.search(question)


def _is_own(rows: re.Match[str]) -> bool:
    """Whether the word for the rows tells which table is meant."""
    return bool(rows["own"] or rows.groupdict().get("tests"))


def asks_for_rows(question: str) -> bool:
    """Whether rows of a table may be what is asked for: "hvilke sektorer", "hvor mange av de"."""
    return _rows_asked(without_said(question)) is not None


def asks_for_places(question: str) -> bool:
    """Whether it is asked which of some municipalities, not which of one's services."""
    rows = _rows_asked(question)
    return bool(rows and rows["own"] and _PLACES.fullmatch(rows["own"]))


def names_its_rows(question: str) -> bool:
    """Whether the word for the rows tells which table is meant: "bydel", and not "område"."""
    rows = _rows_asked(question)
    return bool(rows and _is_own(rows))


def names_rows_of(index: Index, query: Query, table: Table) -> bool:
    """Whether a table says that its rows are what the question calls them."""
    rows = _rows_asked(without_said(query.question))
    terms = (
        query_words(subject_of(_plain(rows["kind"]), query.places), index.row_words) if rows else []
    )
    fields = _fields(table)[:2]
    return _share(terms, fields, frozenset().union(*(keys for keys, _ in fields))) >= MIN_KIND


def number_said(question: str) -> int:
    """How many there are, where the question says so: "hvilken av de fem byene"."""
    rows = _rows_asked(question)
    return next((n for n in map(_to_int, rows["kind"].split()) if n), 0) if rows else 0


def about_row(query: Query) -> str:
    """What is asked about of the rows that are asked for, without the words for a table."""
    question = without_said(query.question)
    if rows := _rows_asked(question):
        question = question[: rows.start()] + " " + question[rows.end() :]
    for words in (_OF_A_TABLE, _OWN_FIGURE, SUPERLATIVE):
        question = words.sub(" ", question)
    return subject_of(_plain(question), query.places)


def in_column(index: Index, query: Query) -> list[tuple[str, FoundCell]]:
    """The rows of the one column that `subject` is about, in the table that is surely meant."""
    rows = _rows_asked(without_said(query.question))
    if rows is None:
        return []
    kind = keys_of(rows["kind"])
    about = " ".join(word for word in query.subject.split() if not keys_of(word) & kind)
    return _ranked(index, query, rows, about)


def ranked(index: Index, query: Query) -> list[tuple[str, FoundCell]]:
    """The rows of the one column that is asked for, in the table that is surely meant."""
    question = without_said(query.question)
    rows = _rows_asked(question)
    if rows is None:
        return []
    after = SUPERLATIVE.sub(" ", question[: rows.start()] + " " + question[rows.end() :])
    return _ranked(index, query, rows, after)


def _ranked(
    index: Index, query: Query, rows: re.Match[str], after: str
) -> list[tuple[str, FoundCell]]:
    measured = rows.groupdict().get("measured")
    if measured or len(query.places) > 1 or _SEX.search(query.question):
        return []
    holding = Holding(
        kind="years",
        way=1,
        rows=subject_of(_plain(rows["kind"]), query.places),
        own_kind=_is_own(rows),
        measured=False,
        about=subject_of(_SILENT.sub(" ", _plain(_OF_A_TABLE.sub(r" \1 ", after))), query.places),
    )
    if not holding.about:
        return []
    for doc in _by_year(index, query, holding):
        fitting = [
            (score, line)
            for table, score in _named(index, holding, list(tables_of(index.store, [doc])))
            if len(line := _one_column(index, query, holding, table)) >= MIN_ROWS
        ]
        if fitting:
            best = max(score for score, _ in fitting)
            near = [line for score, line in fitting if score > best - AS_GOOD]
            return near[0] if len(near) == 1 else []
    return []


def _one_column(
    index: Index, query: Query, holding: Holding, table: Table
) -> list[tuple[str, FoundCell]]:
    """The rows of the column of the year asked about; of several kinds, the one that is named."""
    own = index.document(table.doc)["municipality"]
    rows = things(table, own)
    if names_own_measures(rows):
        return []
    year = max(query.asked.years, default=0) or max((c.year or 0 for c in table.columns), default=0)
    columns = [
        i
        for i, column in enumerate(table.columns)
        if column.measure in _AMOUNTS
        and (column.year or 0) == year
        and not column.sex
        and not _PART_OF.match(column.name)
        and not place_of_column(table, column, own)
        and any(_at(table, row, i) for row in rows)
    ]
    if len(columns) > 1:
        about = query_words(holding.about, index.row_words)
        names = {i: keys_of(table.columns[i].name) for i in columns}
        around = frozenset().union(*names.values())
        shares = {i: _share(about, [(keys, 1.0)], around) for i, keys in names.items()}
        best = max(shares.values())
        columns = [i for i, share in shares.items() if share == best and best > 0]
    if len(columns) != 1:
        return []
    cells = [
        (plain_label(row.label), cell) for row in rows if (cell := _at(table, row, columns[0]))
    ]
    units = {cell.cell.unit for _, cell in cells}
    wrong = any(unit_fit(query.asked.unit, unit) == "wrong" for unit in units)
    return without_left_out(cells, query.question) if len(units) == 1 and not wrong else []


def held(index: Index, query: Query, holding: Holding) -> list[Held]:
    """The rows of the table that is surely meant, held together; none where no table is."""
    for doc in _by_year(index, query, holding):
        fitting = []
        for table, score in _named(index, holding, list(tables_of(index.store, [doc]))):
            every = [(row.name, row) for row in _rows(index, query, holding, table)]
            rows = [row for _, row in without_left_out(every, query.question)]
            if len(rows) >= MIN_ROWS and holding.number in (0, len(rows)):
                fitting.append((score, rows))
        if fitting:
            best = max(score for score, _ in fitting)
            near = [rows for score, rows in fitting if score > best - AS_GOOD]
            same = {frozenset((r.name, r.by, r.counts) for r in rows) for rows in near}
            return near[0] if len(same) == 1 else []
    return []


def _above_or_below(text: str) -> set[str]:
    """The side named by words that are only taken so where nothing else is said."""
    above, below = bool(_ABOVE.search(text)), bool(_BELOW.search(text))
    return {"more" if above else "less"} if above != below else set()


def _plain(text: str) -> str:
    said = _NO_KIND.sub(" ", text)
    return " ".join(word for word in said.split() if not _to_int(word))


def _to_int(word: str) -> int:
    low = word.lower()
    for words in (_NUMBER_WORDS, _ENGLISH_NUMBERS):
        if low in words[2:]:
            return words.index(low)
    return int(low) if low.isdigit() and len(low) < 3 else 0


def _two_years(index: Index, query: Query, after: str) -> tuple[int, int] | None:
    """The year that is held against another: "høyere i 2024 enn i 2023", "økte i 2024"."""
    years = query.asked.years
    if not years and query.docs and (newest := index.document(query.docs[0])["year"]):
        years = (newest,)
    than = _THAN.search(after)
    if len(years) == 2:
        if than is None:
            return (max(years), min(years)) if _CHANGED.search(after) else None
        first = [int(year) for year in _YEAR.findall(after[: than.start()])]
        second = [int(year) for year in _YEAR.findall(after[than.end() :])]
        return (first[0], second[0]) if len(first) == len(second) == 1 else None
    if len(years) == 1 and (query.asked.year_before or (not than and _CHANGED.search(after))):
        return years[0], years[0] - 1
    return None


def _by_year(index: Index, query: Query, holding: Holding) -> Sequence[str]:
    """The reports, that of the year asked about first; without a year only the newest."""
    year = max((holding.later, holding.earlier, *query.asked.years))
    docs = [doc for doc in query.docs if not year or index.document(doc)["year"] == year]
    return docs or query.docs[:1]


def _named(
    index: Index, holding: Holding, tables: Sequence[Table]
) -> Iterator[tuple[Table, float]]:
    """The tables that hold what the question is about, and how much of it."""
    rows = query_words(holding.rows, index.row_words)
    about = query_words(holding.about, index.row_words)
    fields = {table.id: _fields(table) for table in tables}
    around = frozenset().union(*(keys for own in fields.values() for keys, _ in own))
    for table in tables:
        of_rows = _share(rows, [*fields[table.id], _of_labels(table)], around)
        of_about = _share(about, fields[table.id], around)
        if holding.own_kind and of_rows < holding.least:
            continue
        if (
            about
            and not holding.terms
            and of_about < MIN_NAMED * (1 if not holding.own_kind else 0.5)
        ):
            continue
        if (about and not holding.terms) or of_rows >= holding.least:
            yield table, of_about + of_rows


def _share(terms: Sequence[Wanted], fields: Sequence[Field], around: frozenset[str]) -> float:
    return Sought(terms, around).coverage(*fields) if terms else 0.0


def _fields(table: Table) -> list[Field]:
    """What a table says of itself; a caption over it that is another table's is none of it."""
    heads = table.heading.split(" › ")
    if CAPTION_NUMBER.match(table.title):
        heads = [head for head in heads if not CAPTION_NUMBER.match(head)]
    own = [head for head in heads if CAPTION_NUMBER.match(head)]
    return [
        (keys_of(" ".join([table.title, *own])), TITLE),
        (keys_of(" ".join(heads)), HEADING),
        (keys_of(" ".join(column.name for column in table.columns)), COLUMN),
        (keys_of(" ".join(row.label for row in table.rows)), LABEL),
        (keys_of(table.context), CONTEXT),
    ]


def _of_labels(table: Table) -> Field:
    """What many rows are called: "Nes skole", "Vik skole" are schools, whatever the title says."""
    said = Counter(key for row in table.rows for key in keys_of(row.label))
    often = frozenset(key for key, n in said.items() if n > 1 and n * OFTEN >= len(table.rows))
    return often, NAMED


def _rows(index: Index, query: Query, holding: Holding, table: Table) -> list[Held]:
    """The rows of a table held together; none where its columns or its rows do not suit."""
    own = index.document(table.doc)["municipality"]
    rows = things(table, own)
    if names_own_measures(rows) and not holding.measured:
        return []
    if holding.measured and not holding.own_kind and not _are_measures(table, rows):
        return []
    if holding.kind == "goal":
        return _goal_rows(query, holding, table, rows)
    pairs = (
        _place_columns(holding, table, own)
        if holding.kind == "place"
        else _term_columns(table)
        if holding.terms
        else year_columns(table, own, holding.later, holding.earlier, query.question)
    )
    if len(pairs) != 1:
        return []
    one, other = pairs[0]
    found = []
    for row in rows:
        a, b = _at(table, row, one), _at(table, row, other)
        if a is None or b is None:
            continue
        if a.cell.unit != b.cell.unit:
            return []
        way = holding.way
        if holding.by_worth:
            way *= surely_better(f"{row.label} {row.group} {table.title} {table.heading}")
            if not way:
                return []
        by = (a.base_value - b.base_value) * way
        found.append(Held(name=plain_label(row.label), one=a, other=b, by=by, counts=by > 0))
    units = {row.one.cell.unit for row in found}
    if holding.number_of and any(unit.startswith(("kr", "prosent")) for unit in units):
        return []
    if query.asked.operation == "extreme" and query.asked.unit not in ("prosent", "antall"):
        found = [row for row in found if unit_fit(query.asked.unit, row.one.cell.unit) != "wrong"]
    return found if len(units) == 1 or holding.measured else []


def things(table: Table, own: str) -> list[Row]:
    """The rows that are no sums, no parts of other rows and not the municipality as a whole.

    Rows that add up by chance are no sums: outside tables whose sums were checked, words decide.
    """
    places = sum(bool(find_municipalities(row.label)) for row in table.rows)
    return [
        row
        for row in table.rows
        if not TOTALS.search(row.label)
        and not WHOLE_ROW.search(row.label)
        and not _PART_OF.match(row.label)
        and not (row.total and table.trust == "verified")
        and not (places < MIN_ROWS and is_just(row.label, own))
    ]


def _are_measures(table: Table, rows: Sequence[Row]) -> bool:
    """Whether the rows are indicators or goals, not things that have one each."""
    units = {cell.unit for row in rows for cell in row.cells if cell and cell.value is not None}
    return names_own_measures(rows) or len(units) > 1 or bool(_GOALS.search(table.title))


def _at(table: Table, row: Row, position: int) -> FoundCell | None:
    cell = row.cells[position] if position < len(row.cells) else None
    if cell is None or cell.base_value is None or cell.bound:
        return None
    return FoundCell(
        table=table, row=row, position=position, year=table.columns[position].year,
        score=1.0, covered=1.0, features={},
    )  # fmt: skip


def year_columns(
    table: Table, own: str, later: int, earlier: int, question: str
) -> list[tuple[int, int]]:
    """The columns of two years that are of one kind; of several kinds the one asked about."""
    series: dict[tuple[str, str, str], dict[int, list[int]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for position, column in enumerate(table.columns):
        if column.measure in _AMOUNTS and not place_of_column(table, column, own) and column.year:
            series[column.measure, column.sex, _series(column, own)][column.year].append(position)
    found = {
        key: (years[later][0], years[earlier][0])
        for key, years in series.items()
        if len(years[later]) == len(years[earlier]) == 1
    }
    if len(found) > 1:
        asked = keys_of(question)
        found = {key: pair for key, pair in found.items() if keys_of(key[2]) & asked}
    return list(found.values())


def _term_columns(table: Table) -> list[tuple[int, int]]:
    """The columns of two terms of office, the later one first."""
    found = [i for i, column in enumerate(table.columns) if _TERM.fullmatch(column.name)]
    found.sort(key=lambda i: -(table.columns[i].year or 0))
    return [(found[0], found[1])] if len(found) == 2 else []


def _series(column: Column, own: str) -> str:
    """What a column is beside its year: "Elever 2024" is one of "elever"."""
    if column.measure == "accounts":
        return ""
    name = _DATED.sub(" ", _PARENTHESIS.sub(" ", column.name.replace(own, " ")))
    return " ".join(re.findall(r"[^\W\d_]+", name)).lower()


def _place_columns(holding: Holding, table: Table, own: str) -> list[tuple[int, int]]:
    """The municipality's own column and that of the place it is held against, of one year."""
    year = holding.later
    there = [
        (position, column)
        for position, column in enumerate(table.columns)
        if place_of_column(table, column, own).lower() == holding.place.lower()
        and (not year or column.year == year)
    ]
    newest = max((column.year or 0 for _, column in there), default=0)
    there = [(position, column) for position, column in there if (column.year or 0) == newest]
    here = [
        position
        for position, column in enumerate(table.columns)
        if not place_of_column(table, column, own)
        and column.measure in _AMOUNTS
        and (column.year or 0) == newest
        and not column.sex
    ]
    return [(here[0], there[0][0])] if len(here) == len(there) == 1 else []


def _goal_rows(query: Query, holding: Holding, table: Table, rows: Sequence[Row]) -> list[Held]:
    """Rows held against their goals, by what they say of themselves or by their figures.

    None where of any row nobody can tell whether high or low is good.
    """
    year = max(query.asked.years, default=0) or max((c.year or 0 for c in table.columns), default=0)
    goals = [i for i, c in enumerate(table.columns) if c.measure == "target"]
    results = [
        i
        for i, c in enumerate(table.columns)
        if c.measure in _AMOUNTS and c.year == year and not c.place and not c.sex
        if not _PART_OF.match(c.name)
        if any(_at(table, row, i) for row in rows)
    ]
    if len(goals) != 1 or len(results) != 1:
        return []
    says_itself = sum(_status(row) is not None for row in rows) * 2 > len(rows)
    if not says_itself and table.columns[goals[0]].year not in (None, year):
        return []
    found = []
    for row in rows:
        actual, aim = _at(table, row, results[0]), row.cells[goals[0]]
        if actual is None or aim is None or aim.base_value is None:
            continue
        by = actual.base_value - aim.base_value
        goal = replace(actual, position=goals[0])
        name = plain_label(row.label)
        if holding.passed:
            counts = by * holding.way > 0
        elif says_itself:
            status = _status(row)
            if status is None or (holding.way < 0 and status == 0):
                return []
            counts = status == holding.way
        else:
            about = f"{row.label} {row.group} {table.title} {table.heading}"
            way = _BOUND.get(aim.bound[:1]) or surely_better(about)
            if not way or actual.cell.unit != aim.unit:
                return []
            counts = (by * way >= 0) == (holding.way > 0)
        found.append(Held(name=name, one=actual, other=goal, by=by, counts=counts))
    return found


def _status(row: Row) -> int | None:
    """What a row says of its goal: 1 reached, -1 not, 0 on its way; None where it says nothing."""
    words = [cell.text for cell in row.cells if cell is not None and cell.value is None]
    if answers := {word.strip().lower() for word in words} & _ANSWERS.keys():
        return _ANSWERS[answers.pop()] if len(answers) == 1 else None
    said = {
        0 if _PARTLY_MET.search(text) else side(text, poles()[0])
        for text in words
        if _PARTLY_MET.search(text) or side(text, poles()[0])
    }
    return said.pop() if len(said) == 1 else None
