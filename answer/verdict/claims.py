"""A yes/no question → what it claims: against which limit or goal, and which side. Pure.

Nothing is looked up here; the words stand in `data/yesno.toml`.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from figures.calculate import Condition
from figures.mentions import find_numbers

Side = int  # 1 and -1 are a pole's two sides; 0 is neither, or both

_NEAR = r"(?:\W+\w+){0,3}\W+$"  # a negation stands at most so far before the word it denies
_BREAK = re.compile(r"[,;:–(]|\b(?:men|mens|og|but|and)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """An amount that a figure is held against; without words of more or less, it must be it."""

    value: Decimal
    unit: str
    condition: Condition | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pole:
    """One pair of opposites."""

    name: str
    plus: re.Pattern[str]
    minus: re.Pattern[str]
    asked_plus: re.Pattern[str]  # as questions say it
    asked_minus: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is claimed."""

    limit: Limit | None = None
    goal: bool = False  # that a goal was reached, or passed
    passed: Side = 0  # that something was over or under its goal, be that good or not
    budget: bool = False
    sign: Side = 0  # a surplus or a deficit
    direction: Side = 0  # more or less than something
    pole: Pole | None = None  # the opposites that the question asks between, if any
    side: Side = 0  # which of them it names
    every: bool = False  # of all of them
    some: bool = False  # of any of them
    ranks: bool = False  # that something is the most or the least of all
    denied: bool = False  # the question itself has a negation
    opinion: bool = False  # what somebody thinks or concluded
    coming: bool = False  # about what is to come
    subject: str = ""  # the question's subject without the words of the claim


def read_claim(question: str, subject: str) -> Claim:
    """What a question claims; `subject` is what it is about, as `Query.subject` has it.

    >>> read_claim("Gikk minst 45 prosent av bilene på strøm?", "bilene strøm").limit.condition
    'at_least'
    >>> read_claim("Er tilsynet avsluttet?", "tilsynet").pole.name
    'finished'
    """
    named = ((pole, _asked_side(question, pole)) for pole in poles())
    pole, asked = next((one for one in named if one[1]), (None, 0))
    budget = says("claim.budget", question)
    less = says("claim.less", question) or (budget and says("claim.within", question))
    return Claim(
        limit=_limit(question),
        goal=says("goal.asked", question),
        passed=beside_goal(question),
        budget=budget,
        sign=says("sign.plus", question) - says("sign.minus", question),
        direction=says("claim.more", question) - less,
        pole=pole,
        side=asked,
        every=says("words.every", question),
        some=says("words.any", question),
        ranks=says("words.ranks", question),
        denied=says("words.negation", question),
        opinion=says("words.opinion", question),
        coming=says("words.coming", question),
        subject=_subject(subject, question, pole),
    )


_ASKS = re.compile(
    r"^(?:[^,?]{0,60}, )?(?:er|var|har|hadde|ble|blei|vart|blir|vert|kom|klart\w*|greid\w*|nåd\w*"
    r"|fikk|fekk|får|gikk|gjekk|går|tok|tar|held|heldt|holdt|holder|skal|vil|kan|gjør|gjorde|økte|øker"
    r"|auka|aukar|sank|falt|steg|vokste|vaks|bruk\w*|finn\w+|finst|fant|fann|åpnet|åpna|opna|mener|meiner"
    r"|mente|lå|låg|ligger|ligg|brøt|braut|vant|vann|sto|stod|vedtok|start\w*|kost\w*|gav?|sa|må|måtte|bør|burde|tror|trur|besto|bestod|lykkes|lyktes|lukkast"
    r"|overs\w+|overh\w+|did|does|do|is|are|was|were|has|have|had|can|will|[a-zæøå]+(?:te|de|et|er|ar|a))\b"
    r"(?=\s+[^?]*\?)",
    re.IGNORECASE,
)
# "Driftsutgifter per innbygger?": a noun that ends as verbs do.
_NAMES = re.compile(
    r"\w*(?:inger|ingar|ifter|ekter|heter|heitar|sjoner|sjonar|elser|elsar|skudd|gjeld)\b"
    r"|[a-zæøå]+(?:er|ar|a)\s+(?:i|per|pr|for|til|av|ved|og|in|and|of|\d)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?<!\bom )(?<!\bfor )"  # "en grense for hvor mange" asks nothing
    r"\b(?:hv(?:a|em|or|orfor|ordan|ilke[nt]?)|kva|kven|kor|kvifor|korleis|what|who|how|why|which)\b",
    re.IGNORECASE,
)


def is_yesno(question: str) -> bool:
    """Whether a question begins with a verb and has no question word.

    >>> is_yesno("Driftsutgifter per innbygger i Øyra?"), is_yesno("Overholdt Øyra målet?")
    (False, True)
    >>> is_yesno("Vaks folketalet så mykje som målet?"), is_yesno("Hvor mange elever var det?")
    (True, False)
    """
    said = question.strip()
    return bool(_ASKS.match(said)) and not _OPEN.search(said) and not _NAMES.match(said)


def says(name: str, text: str) -> bool:
    """Whether a text has words of a kind, named by its place in the word list."""
    return bool(pattern(name).search(text))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The words of a kind, as whole words."""
    table, key = name.split(".")
    return _compile(_data()[table][key])


@cache
def poles() -> tuple[Pole, ...]:
    """All pairs of opposites, the most telling first."""
    return tuple(
        Pole(
            name=entry["name"],
            plus=_compile(entry["plus"]),
            minus=_compile(entry["minus"]),
            asked_plus=_compile(entry.get("asked_plus", entry["plus"])),
            asked_minus=_compile(entry.get("asked_minus", entry["minus"])),
        )
        for entry in _data()["pole"]
    )


def side(text: str, pole: Pole) -> Side:
    """Which side of a pole a text takes; 0 when it takes neither or both.

    >>> reach = poles()[0]
    >>> side("Målet er ikke nådd.", reach), side("Vedtaket er innfridd.", reach)
    (-1, 1)
    """
    found = {1 - 2 * denied(text, match) for match in pole.plus.finditer(text)}
    found |= {2 * denied(text, match) - 1 for match in pole.minus.finditer(text)}
    return found.pop() if len(found) == 1 else 0


def _asked_side(question: str, pole: Pole) -> Side:
    return side(question, replace(pole, plus=pole.asked_plus, minus=pole.asked_minus))


def denied(text: str, match: re.Match[str]) -> bool:
    """Whether a negation in the same clause denies a word."""
    before = text[: match.start()]
    cut = max((m.end() for m in _BREAK.finditer(before)), default=0)
    negation = _data()["words"]["negation"]
    near = re.search(rf"(?<!\w)(?:{negation})(?!\w){_NEAR}", before[cut:] + " ", re.IGNORECASE)
    after = re.match(rf"\W+(?:{negation})(?!\w)", text[match.end() :], re.IGNORECASE)
    return bool(near or after) or says("words.nobody", before[cut:])


def beside_goal(text: str) -> Side:
    """Whether a text says that something is over or under its goal."""
    under, over = (pattern(f"goal.passed_{way}").search(text) for way in ("under", "over"))
    match = under or over
    if match is None or (under and over) or denied(text, match):
        return 0
    return -1 if under else 1


def better(text: str) -> Side:
    """Whether a measure is better the higher (1) or the lower (-1) it is; 0 where nobody can tell.

    >>> better("Sykefravær"), better("Reduksjon i utslipp"), better("Sosialhjelpsmottakere")
    (-1, 1, 0)
    >>> better("Gjeldsgrad")
    -1
    """
    if says("goal.lower", text):
        return 1 if says("goal.reduction", text) else -1
    return 0 if says("goal.either", text) else 1


def surely_better(text: str) -> Side:
    """The same where a measure itself says which is good, and 0 for all others.

    >>> surely_better("Nasjonale prøver"), surely_better("Sykefravær"), surely_better("Besøk")
    (1, -1, 0)
    """
    found = better(text)
    return 0 if found > 0 and not says("goal.higher", text) else found


def _limit(question: str) -> Limit | None:
    half = pattern("claim.half").search(question)
    if half:
        return Limit(
            value=Decimal("0.5"), unit="år", condition=_condition(question[: half.start()])
        )
    amounts = [m for m in find_numbers(question) if m.kind == "amount" and m.number]
    quoted = [m for m in amounts if not _inside_quotes(question, m.start)]
    if len(quoted) != 1:
        return None
    number = quoted[0].number
    assert number is not None
    before = question[: quoted[0].start] + re.split(r"\d", quoted[0].text)[0]
    condition = _condition(before)
    if condition is None and not number.unit:
        return None  # a name with a number in it
    return Limit(value=number.base_value, unit=number.unit, condition=condition)


def _inside_quotes(text: str, place: int) -> bool:
    return text[:place].count("«") > text[:place].count("»")


def _condition(before: str) -> Condition | None:
    """The words right before an amount."""
    tail = " ".join(before.split()[-4:])
    conditions: tuple[tuple[str, Condition], ...] = (
        ("claim.at_least", "at_least"),
        ("claim.at_most", "at_most"),
        ("claim.below", "under"),
        ("claim.above", "over"),
    )
    return next((condition for name, condition in conditions if says(name, tail)), None)


def _subject(subject: str, question: str, pole: Pole | None) -> str:
    """What is left of a question's subject when amounts and words of the claim are taken out."""
    text = subject
    if pole:
        for words in (pole.asked_plus, pole.asked_minus, pole.plus, pole.minus):
            text = words.sub(lambda match: " ".join(match[0].split()[1:-1]), text)
    text = pattern("claim.silent").sub(" ", text)
    amounts = [m.text.lower() for m in find_numbers(question) if m.kind == "amount"]
    counted = {
        word
        for amount in amounts
        for word in (re.findall(r"[\d.,]+", amount) or amount.split()[:1])
    }
    if pattern("claim.half").search(question):
        counted |= {"halvt", "halvår", "år", "half", "year"}
    return " ".join(word for word in text.split() if word.lower() not in counted)


def _compile(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _data() -> dict[str, Any]:
    text = (files("answer") / "data" / "yesno.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
