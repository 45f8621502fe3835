"""A follow-up and what was asked before → a question that stands alone. Pure.

"og året før?", "hva med Elverum?", "er det mer enn i Øyra?", "har det økt?", "hvorfor?" take what
they lack from the last question. Only questions are looked at: an answer's text never decides what
is asked next. Each rule below reads one kind of follow-up; the first that knows it answers.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from answer.records import Turn
from figures.places import find_municipalities
from retriever.questions import read_question
from retriever.understand import named_places, subject_of

# Asks which of all municipalities, so that none has to be named.
WHICH_PLACE = re.compile(
    r"\b(?:hvilken|kva for ei?n?|kva|which) (?:av )?(?:kommunen?e?|municipality)\b", re.IGNORECASE
)

Years = Mapping[str, Sequence[int]]  # each municipality of the index, and the years it reports on

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BEFORE = re.compile(r"\b(?:året før|året føre|i fjor|the year before|last year)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:året etter|neste år|the year after|next year)\b", re.IGNORECASE)
_BEGIN = r"^\W*(?:(?:og|men|ja|ok|and|but)\W+)?"
_IT = r"(?:det|dette|den|tallet|talet|it|that|this)"


def _begins(pattern: str) -> re.Pattern[str]:
    return re.compile(_BEGIN + pattern, re.IGNORECASE)


_WHY = _begins(
    r"(?:hvorfor|kvifor|why)(?: (?:var|er|ble|vart|was|is) (?:det|it)| det)?(?: sånn| slik)?\W*$"
)
_WHERE_FROM = _begins(
    r"(?:hvor|kvar|where)(?: i \w+)? (?:står|stod|finner jeg|finn eg|does|is|er) .{2,20}$"
    r"|(?:hva er |kva er |what is the )?(?:kilden?|kjelda?|source)\W*$"
    rf"|(?:på )?(?:hvilken|kva|which) (?:side|page)(?: (?:står|er|is) {_IT}(?: på)?)?\W*$"
)
_MEANS = _begins(
    rf"(?:hva|kva|what) (?:betyr|tyder|menes|vil {_IT} si|er {_IT}|does {_IT} mean|is {_IT})"
    r"[\w ]*\W*$"
    r"|(?:kan du )?(?:forklare?|explain)(?: det| dette| it| that)?\W*$"
)
# "og per innbygger?", "hvor mange prosent er det av inntektene?": the same held against something.
_HELD_AGAINST = _begins(
    r"(?:(?:enn|hva med|kva med|what about)\s+)?"
    r"((?:per|pr\.?|i prosent av|in per ?cent of)\s+\w[\w ]{2,30}?)\W*$"
)
_PART_OF = _begins(
    r"(?:hvor|kor|how|hva|kva|what)\W+(?:mange |mykje |mye |stor |stort |many |large |much )?"
    r"(?:prosent|del|andel|part|per ?cent|share|percentage)?\s*"
    rf"(?:er|var|utgjør|utgjer|blir|vert|is|was) {_IT}(?: i prosent)? (?:av|of) (.+?)\W*$"
)
_OF_THEM = re.compile(
    r"\b(?:av|blant|of|among) (?:dem|disse|desse|dei|de|them|these|those)\b", re.IGNORECASE
)
_COMPARED = _begins(
    rf"(?:(?:er|var|is|was) {_IT} |hvordan er {_IT} |how is {_IT} )?(?:\w+ )?"
    r"(?:(?:mer|meir|mindre|høyere|høgare|lavere|lågare|større|flere|fleire|færre|bedre|betre|dårligere"
    r"|dårlegare|more|less|higher|lower|fewer|better|worse) (?:enn|than)|sammenlign\w+ med|"
    r"samanlikn\w+ med|compared (?:to|with)|mot|i forhold til) (.+?)\W*$"
)
_CHANGED = _begins(
    rf"(?:har|er|var|ble|vart|has|did|was|is) {_IT} "
    r"(?:økt|auka|gått|steget|stige|sunket|falt|endret|endra|vokst|blitt|vorte|gone|risen|fallen"
    r"|changed?|increased?|decreased?|mye|mykje|lite|bra|dårlig|høyt|lavt|mer|meir|flere|færre"
    r"|much|a lot|good|bad|high|low)[^,]*$"
    r"|(?:hvor|kor|how) (?:mye|mykje|much|mange prosent) "
    rf"(?:har |økte |auka |endret |endra |gikk |gjekk |has |did )(?:{_IT}|seg)[^,]*$"
    r"|(?:hva|kva|what) (?:er|var|is|was) (?:endring|økning|auk|utvikling|the (?:change|increase))"
    r"[^,]*$"
    r"|(?:økte|auka|sank|falt|gikk|gjekk) det[^,]*$"
)
_LINK = re.compile(
    r"^\W*(?:og|men|and|but)?\s*(?:hva med|kva med|hva så med|enn|what about|how about|og|and)\b",
    re.IGNORECASE,
)
# "og i skolen?", "og blant kvinner?": the same about a part.
_WITHIN = _begins(
    r"(?:(?:enn|hva med|kva med|what about|how about)\s+)?"
    r"((?:i|på|for|blant|hos|innen|among|within|in|at) (?!(?:19|20)\d\d)\w[\w -]{2,40}?)\W*$"
)
_HOW_MANY = re.compile(r"\b(?:hvor mange|kor mange|how many)\b", re.IGNORECASE)
_FILLER = re.compile(
    r"\b(?:og|men|hva|kva|med|så|enn|i|for|da|så|and|but|what|how|about|in|that|det|then)\b",
    re.IGNORECASE,
)
_SMALL = frozenset("i på for in of av fra til from to seg antall".split())
_CHANGE = "Hvor mye endret"  # how the rules ask for a change
_BUDGET = re.compile(r"\b(?:budsjett\w*|budget\w*|plan\w*|ventet|venta)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A follow-up, the whole question before it, and what the index holds."""

    question: str
    last: str
    held: Years

    @property
    def places(self) -> list[str]:
        """Municipalities that the follow-up names."""
        return _places(self.question, self.held)

    @property
    def years(self) -> list[str]:
        """Years that the follow-up names."""
        return _YEAR.findall(self.question)

    @property
    def shift(self) -> int:
        """-1 for the year before, 1 for the year after."""
        return -1 if _BEFORE.search(self.question) else 1 if _AFTER.search(self.question) else 0


def stand_alone(question: str, history: Sequence[Turn], held: Years) -> str:
    """The question with what it leaves out; `held` are the index's municipalities.

    >>> asked = [Turn(question="Hva var netto driftsresultat i Vestvik i 2024?", answer="…")]
    >>> reports = {"Vestvik": (2023, 2024), "Øyra": (2023,)}
    >>> stand_alone("Og året før?", asked, reports)
    'Hva var netto driftsresultat i Vestvik i 2023?'
    >>> stand_alone("Hva med Øyra?", asked, reports)
    'Hva var netto driftsresultat i Øyra i 2023?'
    >>> stand_alone("Og per innbygger?", asked, reports)
    'Hva var netto driftsresultat i Vestvik i 2024 per innbygger?'
    >>> stand_alone("Er det mer enn i Øyra?", asked, reports)
    'Hva var netto driftsresultat i Vestvik i 2024 sammenlignet med Øyra?'
    >>> stand_alone("Har det økt?", asked, reports)
    'Hvor mye endret netto driftsresultat seg fra 2023 til 2024 i Vestvik?'
    """
    if not history:
        return question
    last = history[-1].question
    if len(history) > 1:
        last = stand_alone(last, history[:-1], held)
    said = _Said(question=question, last=last, held=held)
    for rule in _RULES:
        if (whole := rule(said)) is not None:
            return whole
    return question


def _why(said: _Said) -> str | None:
    if not _WHY.match(said.question):
        return None
    if said.last.startswith(_CHANGE):
        return said.last.replace(_CHANGE, "Hvorfor endret", 1)
    return f"{said.question.strip(' ?.!')} – {said.last}"


def _where_from(said: _Said) -> str | None:
    return said.last if _WHERE_FROM.match(said.question) else None


def _meaning(said: _Said) -> str | None:
    if not _MEANS.match(said.question):
        return None
    return f"Hva betyr {_subject(said.last, said.held)}?"


def _against(said: _Said) -> str | None:
    if held_against := _HELD_AGAINST.match(said.question):
        return f"{_plain(said.last)} {held_against[1]}?"
    if whole := _PART_OF.match(said.question):
        return f"{_plain(said.last)} i prosent av {whole[1]}?"
    return None


def _among(said: _Said) -> str | None:
    them = _OF_THEM.search(said.question)
    if not them or not (
        counted := read_question(said.last).counted or _subject(said.last, said.held)
    ):
        return None
    whole = said.question[: them.start()] + f"av {counted}" + said.question[them.end() :]
    return with_scope_of(whole, said.last, said.held)


def _compared(said: _Said) -> str | None:
    """With another municipality, another year or the budget; the same question asked of both."""
    compared = _COMPARED.match(said.question)
    if not compared:
        return None
    if said.places:
        return f"{_plain(said.last)} sammenlignet med {' og '.join(said.places)}?"
    if years := said.years:
        return _change(said.last, said.held, years[0])
    if said.shift or re.search(r"\b(?:før|i fjor|before|last year)\b", compared[1], re.IGNORECASE):
        return _change(said.last, said.held)
    if _BUDGET.search(compared[1]):
        subject, scope = _subject(said.last, said.held), _scope(said.last, said.held)
        return f"Hvor mye avvek {subject} fra budsjettet{scope}?"
    return None


def _changed(said: _Said) -> str | None:
    if not _CHANGED.match(said.question):
        return None
    return _change(said.last, said.held, next(iter(said.years), ""))


def _scope_only(said: _Said) -> str | None:
    """Nothing but a place or a year is said."""
    rest = subject_of(_AFTER.sub(" ", _BEFORE.sub(" ", said.question)), said.places)
    if re.search(r"\w", _YEAR.sub(" ", _FILLER.sub(" ", rest))):
        return None
    if not (said.places or said.years or said.shift):
        return None
    whole = _with_places(said.last, said.places, said.held) if said.places else said.last
    if said.years:
        return _with_years(whole, said.years)
    return _shifted(whole, said.shift) if said.shift else whole


def _within(said: _Said) -> str | None:
    part = _WITHIN.match(said.question)
    if not part or said.places or said.years:
        return None
    return f"{said.last.rstrip(' ?.')} {part[1]}?"


def _new_subject(said: _Said) -> str | None:
    """Something else, asked about the same place and years; how many is asked still."""
    if WHICH_PLACE.search(said.question):
        return None
    link = _LINK.match(said.question)
    if not link and (said.places or said.years):
        return None
    whole = said.question
    if link and _HOW_MANY.search(said.last) and not _HOW_MANY.search(whole):
        whole = f"Hvor mange {whole[link.end() :].strip()}"
    return with_scope_of(whole, said.last, said.held)


_RULES: tuple[Callable[[_Said], str | None], ...] = (
    _why,
    _where_from,
    _meaning,
    _against,
    _among,
    _compared,
    _changed,
    _scope_only,
    _within,
    _new_subject,
)


def _places(text: str, held: Years) -> list[str]:
    found = list(named_places(text, held))
    return found or [name for name, _, _ in find_municipalities(text)]


def _plain(question: str) -> str:
    """A question without what an earlier follow-up held it against."""
    return re.sub(r" (?:sammenlignet med|i prosent av) .*", "", question).rstrip(" ?.")


def _subject(question: str, held: Years) -> str:
    """What a question is about, without the small words that its scope leaves at either end."""
    plain = _plain(question).replace(_CHANGE, "")
    words = subject_of(plain, _places(plain, held)).removesuffix(" seg").split()
    while words and words[-1].lower() in _SMALL:
        words.pop()
    while words and words[0].lower() in _SMALL:
        del words[0]
    return " ".join(words)


def _scope(question: str, held: Years) -> str:
    place = "".join(f" i {name}" for name in _places(question, held)[:1])
    return place + "".join(f" i {year}" for year in read_question(question).years[-1:])


def _change(last: str, held: Years, since: str = "") -> str:
    """How much it changed: since a year, or since the year before the one last asked about."""
    places = _places(last, held)
    newest = max((year for name in places for year in held.get(name, ())), default=0)
    year = max(read_question(last).years, default=newest)
    before = int(since) if since else year - 1
    first, then = sorted((before, year))
    years = f" fra {first} til {then}" if year and first != then else ""
    place = "".join(f" i {name}" for name in places[:1])
    return f"{_CHANGE} {_counting(last)}{_subject(last, held)} seg{years}{place}?"


def _counting(last: str) -> str:
    return "antall " if _HOW_MANY.search(last) else ""


def _with_places(question: str, places: Sequence[str], held: Years) -> str:
    """Other municipalities, and their newest year where they have no report that late."""
    old = _places(question, held)
    new = " og ".join(places)
    newest = min((max(held[name], default=0) for name in places if name in held), default=0)
    if newest:
        question = _YEAR.sub(lambda year: str(min(int(year.group()), newest)), question)
    if not old:
        return f"{question.rstrip(' ?')} i {new}?"
    return re.sub(rf"(?<!\w){re.escape(old[0])}(s?)(?!\w)", rf"{new}\1", question, count=1)


def _with_years(question: str, years: Sequence[str]) -> str:
    if _YEAR.search(question):
        return _YEAR.sub(years[0], question, count=1)
    return f"{question.rstrip(' ?')} i {years[0]}?"


def _shifted(question: str, shift: int) -> str:
    return _YEAR.sub(lambda match: str(int(match.group()) + shift), question)


def with_scope_of(question: str, last: str, held: Years) -> str:
    """A new subject, asked about the same place and years."""
    whole = question.rstrip(" ?")
    if not _places(question, held) and (places := _places(last, held)):
        whole += f" i {places[0]}"
    if not _YEAR.search(question) and (years := read_question(last).years):
        whole += f" i {years[-1]}"
    return f"{whole}?"
