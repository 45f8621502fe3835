"""A question → what it holds against what, row by row: "hvor mange av områdene nådde målet"."""

import re
from dataclasses import dataclass
from typing import Literal

from answer.calculate.tables import (
    without_said,
)
from answer.verdict.claims import poles, read_claim
from indexer.index import Index
from retriever.understand import Query, subject_of

MIN_KIND = 0.6  # of the word for its rows that a table holds
MIN_KIND_IN_ENGLISH = 0.5  # one of two words stands for both of "national tests"
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
OF_A_TABLE = re.compile(
    r"\b(\w{4,}?)s?(?:tabell(?:en|a|ane|ene)?|oversikt(?:en|a)?|tall(?:ene)?|tala)\b", re.I
)
SILENT = re.compile(
    r"\b(?:mest|minst|most|least|prosentvis|prosent|percent|løpet|during|between|mellom|fra|frå|til"
    r"|gjorde|gjere|gjorde det|did|antall|number|tall|tal|året før|last year|i fjor|sitt|sine|sin"
    r"|their|lå|låg|ligg\w*|kom|eget|eige|own|tabell\w*|oversikt\w*|hvor mange|kor mange|how many"
    r"|av|of|which|tell?|tel|count|sammenlignet|målt|snitt\w*|gjennomsnitt\w*|average|rates?)\b",
    re.IGNORECASE,
)
_NO_KIND = re.compile(
    r"\b(?:de|dei|the|enkelte|einskilde|individual|slags?|typer?|typar|kinds?|types?)\b", re.I
)
_PLACES = re.compile(r"by|byer|byene|byar|byane|kommune\w*|municipalit\w+|cit\w+", re.IGNORECASE)
_OWN_FIGURE = re.compile(r"\b(?:med|with) (?:eget|eige|its own) (?:tall|tal|figure)\b", re.I)
SUPERLATIVE = re.compile(
    r"\b(?:mest|flest|høy[e]?st\w*|høgast\w*|størst\w*|best\w*|minst\w*|lavest\w*|lågast\w*"
    r"|færrest|dårligst\w*|dårlegast\w*|most|highest|largest|lowest|smallest|fewest|worst|least"
    r"|biggest)\b",
    re.IGNORECASE,
)
_PUPILS = re.compile(r"\b(?:elev\w*|pupils?|students?)\b", re.IGNORECASE)  # who take the tests
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


def read_holding(index: Index, query: Query) -> Holding | None:
    """What a question asks to be held together; None where it is no such question.

    An amount that figures are held against is another question, see `answer.verdict.limits`.
    """
    question = without_said(query.question)
    rows = rows_asked(question)
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
    about = OF_A_TABLE.sub(r" \1 ", about)
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
        rows=subject_of(bare(rows["kind"]), query.places),
        own_kind=is_own(rows),
        measured=bool(rows.groupdict().get("measured") or rows.groupdict().get("tests")),
        about=subject_of(SILENT.sub(" ", bare(about)), query.places),
        number_of=bool(_NUMBER_OF.search(after)),
        number=number,
        least=MIN_KIND_IN_ENGLISH if query.language == "en" else MIN_KIND,
    )


def rows_asked(question: str) -> re.Match[str] | None:
    """Where a question names the rows it asks of: "hvor mange av de sju områdene"."""
    return _ROWS.search(question) or _OTHER_ROWS.search(question)


def is_own(rows: re.Match[str]) -> bool:
    """Whether the word for the rows tells which table is meant."""
    return bool(rows["own"] or rows.groupdict().get("tests"))


def asks_for_rows(question: str) -> bool:
    """Whether rows of a table may be what is asked for: "hvilke sektorer", "hvor mange av de"."""
    return rows_asked(without_said(question)) is not None


def asks_for_places(question: str) -> bool:
    """Whether it is asked which of some municipalities, not which of one's services."""
    rows = rows_asked(question)
    return bool(rows and rows["own"] and _PLACES.fullmatch(rows["own"]))


def names_its_rows(question: str) -> bool:
    """Whether the word for the rows tells which table is meant: "bydel", and not "område"."""
    rows = rows_asked(question)
    return bool(rows and is_own(rows))


def number_said(question: str) -> int:
    """How many there are, where the question says so: "hvilken av de fem byene"."""
    rows = rows_asked(question)
    return next((n for n in map(_to_int, rows["kind"].split()) if n), 0) if rows else 0


def about_row(query: Query) -> str:
    """What is asked about of the rows that are asked for, without the words for a table."""
    question = without_said(query.question)
    if rows := rows_asked(question):
        question = question[: rows.start()] + " " + question[rows.end() :]
    for words in (OF_A_TABLE, _OWN_FIGURE, SUPERLATIVE):
        question = words.sub(" ", question)
    return subject_of(bare(question), query.places)


def _above_or_below(text: str) -> set[str]:
    """The side named by words that are only taken so where nothing else is said."""
    above, below = bool(_ABOVE.search(text)), bool(_BELOW.search(text))
    return {"more" if above else "less"} if above != below else set()


def bare(text: str) -> str:
    """Without the words that only lead to a kind of rows: "de enkelte", "slags"."""
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
