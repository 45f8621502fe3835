"""A follow-up and what was asked before → a question that stands alone. Pure.

"og året før?", "hva med Elverum?", "hvorfor?" take what they lack from the last question. Only
questions are looked at: an answer's text never decides what is asked next.
"""

import re
from collections.abc import Sequence

from answer.records import Turn
from figures.places import find_municipalities
from retriever.questions import read_question
from retriever.understand import named_places, subject_of

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BEFORE = re.compile(r"\b(?:året før|året føre|i fjor|the year before|last year)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:året etter|neste år|the year after|next year)\b", re.IGNORECASE)
_WHY = re.compile(
    r"^\W*(?:men |og |but |and )?(?:hvorfor|kvifor|why)(?: det| var det| er det)?\W*$", re.I
)
_LINK = re.compile(
    r"^\W*(?:og|men|and|but)?\s*(?:hva med|kva med|hva så med|enn|what about|how about|og|and)\b",
    re.IGNORECASE,
)
# "og per innbygger?", "i prosent av inntektene?": the same figure, held against something.
_HELD_AGAINST = re.compile(
    r"^\W*(?:(?:og|men|enn|hva med|kva med|and|but|what about)\s+)?"
    r"((?:per|pr\.?|i prosent av|in per ?cent of)\s+\w[\w ]{2,30}?)\W*$",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:og|men|hva|kva|med|så|enn|i|for|da|så|and|but|what|how|about|in|that|det|then)\b",
    re.IGNORECASE,
)


def stand_alone(question: str, history: Sequence[Turn], held: Sequence[str]) -> str:
    """The question with what it leaves out; `held` are the index's municipalities.

    >>> asked = [Turn(question="Hva var netto driftsresultat i Vestvik i 2024?", answer="…")]
    >>> stand_alone("Og året før?", asked, ["Vestvik", "Øyra"])
    'Hva var netto driftsresultat i Vestvik i 2023?'
    >>> stand_alone("Hva med Øyra?", asked, ["Vestvik", "Øyra"])
    'Hva var netto driftsresultat i Øyra i 2024?'
    >>> stand_alone("Og per innbygger?", asked, ["Vestvik", "Øyra"])
    'Hva var netto driftsresultat i Vestvik i 2024 per innbygger?'
    """
    if not history:
        return question
    last = history[-1].question
    if len(history) > 1:
        last = stand_alone(last, history[:-1], held)
    if _WHY.match(question):
        return f"{question.strip(' ?.!')} – {last}"
    if held_against := _HELD_AGAINST.match(question):
        return f"{last.rstrip(' ?.')} {held_against[1]}?"
    places, years = _places(question, held), _YEAR.findall(question)
    shift = -1 if _BEFORE.search(question) else 1 if _AFTER.search(question) else 0
    if _is_only_scope(question, places):
        whole = _with_places(last, places, held) if places else last
        if years:
            return _with_years(whole, years)
        return _shifted(whole, shift) if shift else (whole if places else question)
    if _LINK.match(question) or not (places or years):
        return _with_scope_of(question, last, held)
    return question


def _places(text: str, held: Sequence[str]) -> list[str]:
    found = list(named_places(text, held))
    return found or [name for name, _, _ in find_municipalities(text)]


def _is_only_scope(question: str, places: Sequence[str]) -> bool:
    """Whether nothing but a place or a year is said."""
    rest = subject_of(_AFTER.sub(" ", _BEFORE.sub(" ", question)), places)
    rest = _YEAR.sub(" ", _FILLER.sub(" ", rest))
    return not re.search(r"\w", rest)


def _with_places(question: str, places: Sequence[str], held: Sequence[str]) -> str:
    old = _places(question, held)
    new = " og ".join(places)
    if not old:
        return f"{question.rstrip(' ?')} i {new}?"
    return re.sub(rf"(?<!\w){re.escape(old[0])}(s?)(?!\w)", rf"{new}\1", question, count=1)


def _with_years(question: str, years: Sequence[str]) -> str:
    if _YEAR.search(question):
        return _YEAR.sub(years[0], question, count=1)
    return f"{question.rstrip(' ?')} i {years[0]}?"


def _shifted(question: str, shift: int) -> str:
    return _YEAR.sub(lambda match: str(int(match.group()) + shift), question)


def _with_scope_of(question: str, last: str, held: Sequence[str]) -> str:
    """A new subject, asked about the same place and years."""
    whole = question.rstrip(" ?")
    if not _places(question, held) and (places := _places(last, held)):
        whole += f" i {places[0]}"
    if not _YEAR.search(question) and (years := read_question(last).years):
        whole += f" i {years[-1]}"
    return f"{whole}?"
