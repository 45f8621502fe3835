"""A question → the two sides it compares, each with the figures that may be it.

Two municipalities, two reports, two years, women and men, accounts and budget, the report's own
municipality and another place, or two rows of one table.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from answer.calculate.operands import (
    Found,
    Pair,
    best_pair,
    best_twins,
    look_up,
    to_operand,
    with_unit,
)
from answer.calculate.population import asks_for_population, find_population
from answer.evidence import HITS, Evidence, find_passages
from answer.records import Language
from answer.texts import plain_label
from figures.cells import Measure
from indexer.index import Index
from indexer.tokens import keys_of
from retriever.cells import FoundCell, find_cells
from retriever.fit import read_wish, unit_fit
from retriever.mentions import FoundMention
from retriever.terms import held
from retriever.understand import Query, narrowed, subject_of
from retriever.vocabulary import query_words

OTHER_WAY = 0.3  # a row that did not change as the question takes for granted
NAMED = 0.4  # what it says for two rows that each is named by its label
HELD = 0.7  # of a word, by a row's label, for the row to be the one that is named

_THAN = re.compile(r"(?P<one>.+?)\b(?:enn|than)\b(?P<other>[^,;?]+)", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:mellom|between)\b(?P<one>.+?)\b(?:og|and)\b(?P<other>[^,;?]+)", re.IGNORECASE
)
_OR = re.compile(r"(?P<one>.+?),? \b(?:eller|or)\b(?P<other>[^,;?]+)", re.IGNORECASE)
_SAID_MORE = re.compile(r"\b(?:mer|meir|høyere|høgare|over|more|higher)\b", re.IGNORECASE)
_SAID_LESS = re.compile(r"\b(?:mindre|lavere|lågare|under|less|lower)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:flere|fleire|færre|mer|meir|mindre|more|fewer|less)\b", re.IGNORECASE)
# "flest innbyggere", "most visitors": what is counted, where only "hvor mange flere" is asked.
_MOST_OF = re.compile(
    r"\b(?:flest|færrest|most|fewest|more|fewer)\s+(?!enn\b|than\b)(?P<what>\w+(?: \w+){0,2})",
    re.IGNORECASE,
)
# "vokste mindre enn", "økte meir": a growth held against another, not an amount.
_GREW_MORE = re.compile(
    r"\b(?:vokste|voks|vaks|veks|økte|auka|steg|falt|sank|minka|grew|rose|fell|increased?)"
    r" (?:mer|meir|mindre|more|less)\b",
    re.IGNORECASE,
)
_GROWTH = re.compile(r"(?<!opp)vekst|auke|økning|endring|growth|change|increase", re.IGNORECASE)
_BALANCE = re.compile(r"\b(?:31\.12|01\.01|1\.1)\b|\b(?:saldo|behold\w+|balance)", re.IGNORECASE)
_OVERRUN = re.compile(
    r"merforbruk|meirforbruk|mindreforbruk|overskrid|overskred|avvik|overspen", re.IGNORECASE
)
_MEN = re.compile(r"\b(?:mann\w*|menn\w*|male|men|gut(?:t\w*|a\w*|en?|ene|ar)?)\b", re.IGNORECASE)
_WOMEN = re.compile(r"\b(?:kvinn\w*|women|female|jent\w*)\b", re.IGNORECASE)
_BUDGET = re.compile(
    r"\b(?:enn|than|mot|over|under|against)\b[^,?]*?(?P<word>\w*budsjett\w*|budget\w*|planlagt"
    r"|planned|vedtatt|vedtatte|vedteke|vedtek\w+)",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"opp?rinne?lig|opphavle|vedta[tk]|vedte[kc]|original|adopted", re.IGNORECASE
)
# Words that say which column is meant, not which row.
_OF_COLUMN = re.compile(
    r"\b(?:\w*budsjett\w*|budget\w*|revider\w*|reguler\w*|justert\w*|revised|adjusted"
    r"|opp?rinne?lig\w*|opphavle\w*|original\w*|planlagt|planned|vedt[ae]\w+|la opp til|hadde lagt"
    r"|regnskap\w*|rekneskap\w*)\b",
    re.IGNORECASE,
)
_BUDGETS: tuple[Measure, ...] = ("revised_budget", "original_budget")
_ACCOUNTS: frozenset[Measure] = frozenset({"accounts", "result"})

_SAID: dict[str, dict[Language, str]] = {
    "in": {"nb": "i {}", "nn": "i {}", "en": "in {}"},
    "before": {"nb": "året før", "nn": "året før", "en": "the year before"},
    "of": {"nb": "for {}", "nn": "for {}", "en": "for {}"},
    "kvinner": {"nb": "for kvinner", "nn": "for kvinner", "en": "for women"},
    "menn": {"nb": "for menn", "nn": "for menn", "en": "for men"},
    "accounts": {"nb": "i regnskapet", "nn": "i rekneskapen", "en": "in the accounts"},
    "revised_budget": {
        "nb": "i revidert budsjett", "nn": "i revidert budsjett", "en": "in the revised budget",
    },
    "original_budget": {
        "nb": "i opprinnelig budsjett", "nn": "i opphavleg budsjett",
        "en": "in the original budget",
    },
    "report": {
        "nb": "ifølge årsrapporten for {}", "nn": "ifølgje årsrapporten for {}",
        "en": "in the annual report for {}",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a comparison: how it is said, its name alone, and the figures that may be it."""

    said: str
    found: Sequence[Found]
    twins: bool = False  # whether the figures of both sides belong together two by two
    name: str = ""  # of a place or a year, where that may be what is asked for


Sides = tuple[Side, Side]


def choose(index: Index, sides: Sides) -> Pair | None:
    """The two figures most likely meant, or None when that is not sure enough."""
    one, other = sides
    if one.twins:
        return best_twins(index, one.found, other.found)
    return best_pair(index, one.found, other.found)


def read_sides(index: Index, query: Query, evidence: Evidence) -> Sides | None:
    """What is compared with what, the later or the one asked about first."""
    percent = query.asked.unit == "prosentpoeng" or "prosentpoeng" in query.question
    unit = "prosent" if percent else "" if query.asked.operation == "growth" else query.asked.unit
    query = with_unit(query, unit)
    query = replace(query, asked=replace(query.asked, counted=counted_of(query)))
    return next((sides for read in READERS if (sides := read(index, query, evidence))), None)


def counted_of(query: Query) -> str:
    """The words for what is counted on both sides, without those that only say more or fewer."""
    own = " ".join(_MORE.sub(" ", query.asked.counted).split())
    if own or query.asked.unit != "antall":
        return own
    after = _MOST_OF.search(query.question)
    return after["what"] if after else ""


def split_at_than(question: str) -> tuple[str, str] | None:
    """What stands on either side of "enn", or between "mellom" and "og".

    >>> split_at_than("Hvor mye mer tjente lektorer enn adjunkter, i snitt?")
    ('Hvor mye mer tjente lektorer', 'adjunkter')
    """
    match = _BETWEEN.search(question) or _THAN.search(question) or _OR.search(question)
    return (match["one"].strip(), match["other"].strip()) if match else None


def _side(
    index: Index, query: Query, evidence: Evidence, said: str, narrow: Query, name: str = ""
) -> Side:
    hits = list(evidence.hits)
    if narrow.docs != query.docs or narrow.question != query.question:
        own = find_passages(index, narrow, k=HITS)
        seen = {hit.passage.id for hit in own}
        hits = own + [hit for hit in hits if hit.passage.id not in seen]
    if asks_for_population(query) and len(narrow.places) == 1:
        year = narrow.asked.years[0] if len(narrow.asked.years) == 1 else None
        people = find_population(index, narrow, narrow.places[0], year)
        if people:
            return Side(said=said, found=[people], name=name)
    found = look_up(index, narrow, hits)
    if query.asked.operation == "growth":  # a change in percent is made of amounts
        found = [f for f in found if to_operand(index, f).unit != "prosent"] or found
    return Side(said=said, found=found, name=name)


def _places(index: Index, query: Query, evidence: Evidence) -> Sides | None:
    if len(query.places) < 2:
        return None
    inside = _SAID["in"][query.language]

    def of(place: str, other: str) -> Side:
        years = _own_years(query, index, place)
        narrow = narrowed(
            query, index.documents, places=[place], years=years or _newest(index, place)
        )
        narrow = replace(narrow, question=_without(query.question, other))
        said = inside.format(place) + (f" {inside.format(years[0])}" if len(years) == 1 else "")
        return _side(index, query, evidence, said, narrow, place)

    one, other = query.places[:2]
    return of(one, other), of(other, one)


def _own_years(query: Query, index: Index, place: str) -> Sequence[int]:
    """The year a question names beside a place, else those it has a report for, else all."""
    held = {d["year"] for d in index.documents if str(d["municipality"]).lower() == place.lower()}
    own = [year for year in query.asked.years if year in held]
    return own if len(query.asked.years) > 1 and len(own) == 1 else query.asked.years


def _newest(index: Index, place: str) -> Sequence[int]:
    """The year of a municipality's newest report."""
    own = [d for d in index.documents if str(d["municipality"]).lower() == place.lower()]
    return [max(d["year"] for d in own if d["year"])] if any(d["year"] for d in own) else []


def _reports(index: Index, query: Query, evidence: Evidence) -> Sides | None:
    asked = query.asked
    if len(asked.report_years) < 2:
        return None
    years = [y for y in asked.years if y not in asked.report_years[1:]] or list(asked.years)
    same = len(set(asked.years)) == 1

    def of(report: int) -> Side:
        narrow = narrowed(
            query, index.documents, report_years=[report], years=years if same else [report]
        )
        said = _SAID["report"][query.language].format(report)
        return _side(index, query, evidence, said, narrow, str(report))

    return of(max(asked.report_years)), of(min(asked.report_years))


def _years(index: Index, query: Query, evidence: Evidence) -> Sides | None:
    years, before = query.asked.years, 0
    if query.asked.year_before and len(years) == 1:
        before = years[0] - 1
        years = (before, years[0])
    if len(years) < 2:
        return None

    def of(year: int) -> Side:
        narrow = narrowed(query, index.documents, years=[year])
        # A later report holds both years, often in one row.
        docs = dict.fromkeys([*narrow.docs, *query.docs, *query.later])
        narrow = replace(narrow, docs=tuple(docs))
        if asks_for_overrun(query):
            narrow = replace(narrow, asked=replace(narrow.asked, measure="deviation"))
        side = _side(index, query, evidence, "", narrow)
        # A year that neither the question nor its sentence names is said as it is asked for.
        said = _SAID["before" if year == before else "in"][query.language].format(year)
        return replace(
            side,
            said=said,
            name=str(year),
            found=[one for one in side.found if _is_change(one, query) and _is_flow(one, query)],
        )

    return of(max(years)), of(min(years))


def asks_for_overrun(query: Query) -> bool:
    """Whether what was passed of a budget is asked for, not what was spent."""
    return query.asked.measure == "deviation" or bool(_OVERRUN.search(query.question))


def _is_change(found: Found, query: Query) -> bool:
    """Whether a figure may be the growth or the deviation that is held against another one."""
    grew = bool(_GREW_MORE.search(query.question))
    if not grew and not asks_for_overrun(query):
        return True
    words, measure = (_GROWTH, "change") if grew else (_OVERRUN, "deviation")
    if isinstance(found, FoundMention):
        return bool(words.search(found.sentence))
    return found.column.measure == measure or bool(
        words.search(f"{found.row.label} {found.column.name}")
    )


def _is_flow(found: Found, query: Query) -> bool:
    """Whether a figure may be what came in or went out in a year, not what there was at its end."""
    stock = isinstance(found, FoundCell) and _BALANCE.search(found.column.name)
    return not (stock and query.asked.flow)


def _sexes(index: Index, query: Query, evidence: Evidence) -> Sides | None:
    parts = split_at_than(query.question)
    if parts is None:
        return None
    of_part = [(bool(_MEN.search(part)), bool(_WOMEN.search(part))) for part in parts]
    if sorted(of_part) != [(False, True), (True, False)]:
        return None
    wish = read_wish(query)

    def of(men: bool) -> Side:
        sex = "menn" if men else "kvinner"
        found = look_up(index, query, evidence.hits, wish=replace(wish, sex=sex))
        found = [f for f in found if isinstance(f, FoundCell)]
        return Side(said=_SAID[sex][query.language], found=found)

    return of(of_part[0][0]), of(of_part[1][0])


def _budget(index: Index, query: Query, _evidence: Evidence) -> Sides | None:
    match = _BUDGET.search(query.question)
    if match is None:
        return None
    spent, planned = spent_and_planned(index, query, original=bool(_ORIGINAL.search(match.group())))
    if not spent:
        return None
    measure: Measure = planned[0].column.measure
    language = query.language
    return (
        Side(said=_SAID["accounts"][language], found=spent, twins=True),
        Side(said=_SAID.get(measure, _SAID["accounts"])[language], found=planned),
    )


def spent_and_planned(
    index: Index, query: Query, *, original: bool
) -> tuple[list[FoundCell], list[FoundCell]]:
    """The accounts of the rows that fit, and the budgets they are held against, two by two."""
    wanted = _BUDGETS[::-1] if original else _BUDGETS
    about = replace(query, subject=_OF_COLUMN.sub(" ", query.subject))
    wish = replace(read_wish(about), measure="accounts", unit=query.asked.unit)
    spent: list[FoundCell] = []
    planned: list[FoundCell] = []
    for cell in find_cells(index, about, limit=20, wish=wish):
        if unit_fit(query.asked.unit or "kr", cell.cell.unit) == "wrong":
            continue
        twin = next((t for m in wanted for t in _beside(cell, m)), None)
        if cell.column.measure in _ACCOUNTS and twin:
            more = to_operand(index, cell).value - to_operand(index, twin).value
            if more * _way_said(query.question) < 0 or more == 0:
                cell = replace(cell, score=cell.score - OTHER_WAY)
            spent.append(cell)
            planned.append(twin)
    return spent, planned


def _way_said(question: str) -> int:
    """1 where it is taken for granted that more was spent than planned, -1 less, 0 neither."""
    return bool(_SAID_MORE.search(question)) - bool(_SAID_LESS.search(question))


def _beside(cell: FoundCell, measure: Measure) -> Iterator[FoundCell]:
    """The cells of the same row and year in a column of another kind."""
    for position, (other, column) in enumerate(
        zip(cell.row.cells, cell.table.columns, strict=False)
    ):
        same_year = column.year in (None, cell.column.year) or cell.column.year is None
        if other and other.base_value is not None and column.measure == measure and same_year:
            yield replace(cell, position=position)


def _elsewhere(index: Index, query: Query, evidence: Evidence) -> Sides | None:
    if not query.elsewhere or not split_at_than(query.question):
        return None
    own, there = query.places[0] if query.places else "", query.elsewhere[0]
    inside = _SAID["in"][query.language]
    mine = replace(query, elsewhere=(), question=_without(query.question, *query.elsewhere))
    theirs = replace(query, question=_without(query.question, own), elsewhere=(there,))
    first = _side(index, query, evidence, inside.format(own), mine, own)
    found = look_up(index, theirs, evidence.hits)
    found = [f for f in found if not isinstance(f, FoundMention) or there in f.sentence]
    second = Side(said=inside.format(there), found=found, name=there)
    text = query.question.lower()
    return (second, first) if 0 <= text.find(there.lower()) < text.find(own.lower()) else (
        first, second,
    )  # fmt: skip


def _rows(index: Index, query: Query, _evidence: Evidence) -> Sides | None:
    """Two rows of one column: one named before "enn", the other after it."""
    parts = split_at_than(query.question)
    if parts is None:
        return None
    one, other = (query_words(subject_of(part, query.places), index.row_words) for part in parts)
    shared = {term.key for term in one} & {term.key for term in other}

    def holds(label: str, part: int) -> float:
        fields = [(keys_of(label), 1.0)]
        terms = (one, other)[part]
        return max((held(term, fields) for term in terms if term.key not in shared), default=0.0)

    firsts: list[FoundCell] = []
    seconds: list[FoundCell] = []
    for cell in find_cells(index, query, limit=20):
        if unit_fit(query.asked.unit, cell.cell.unit) in ("wrong", "count"):
            continue
        mine = holds(cell.row.label, 0)
        if mine < HELD or holds(cell.row.label, 1) >= mine:
            continue
        twins = [
            (theirs, replace(cell, row=row))
            for row in cell.table.rows
            if row.group == cell.row.group
            and (theirs := holds(row.label, 1)) >= HELD
            and holds(row.label, 0) < theirs
            and cell.position < len(row.cells)
            and (beside := row.cells[cell.position])
            and beside.base_value is not None
        ]
        if twins:
            theirs, second = max(twins, key=lambda twin: twin[0])
            firsts.append(replace(cell, score=cell.score + NAMED * (mine + theirs) / 2))
            seconds.append(second)
    if not firsts:
        return None
    best = max(range(len(firsts)), key=lambda i: firsts[i].score)
    same = [
        i
        for i in range(len(firsts))
        if firsts[i].row.label == firsts[best].row.label
        and seconds[i].row.label == seconds[best].row.label
    ]
    firsts, seconds = [firsts[i] for i in same], [seconds[i] for i in same]
    one_label, other_label = (
        _SAID["of"][query.language].format(plain_label(found[0].row.label).lower())
        for found in (firsts, seconds)
    )
    return (
        Side(said=one_label, found=firsts, twins=True),
        Side(said=other_label, found=seconds, twins=True),
    )


def _without(text: str, *names: str) -> str:
    """A text without some names."""
    for name in filter(None, names):
        text = re.sub(rf"\b{re.escape(name)}s?\b", " ", text, flags=re.IGNORECASE)
    return text


READERS: tuple[Callable[[Index, Query, Evidence], Sides | None], ...] = (
    _places, _reports, _years, _sexes, _budget, _elsewhere, _rows,
)  # fmt: skip
