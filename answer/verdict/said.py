"""What the sentences of the reports say of a claim → a verdict, quoted."""

import re
from collections.abc import Sequence

from answer.citing import cite_text
from answer.verdict.claims import (
    Claim,
    Limit,
    Pole,
    Side,
    beside_goal,
    better,
    denied,
    pattern,
    poles,
    says,
    side,
)
from answer.verdict.statements import Statement, beside, mostly_known, quote
from answer.verdict.verdicts import Verdict
from figures.mentions import Mention, find_numbers
from indexer.index import Index
from indexer.tokens import keys_of, tokens
from retriever.terms import held
from retriever.understand import Query
from retriever.vocabulary import Wanted, query_words

MIN_STATED = 0.5  # of the question that a sentence and those around it must hold
MIN_NEAR = 0.45  # by the very words of the sentence and of those beside it
MIN_OWN = 0.6  # by its own words, where what it says is of its own words only
OF_ITS_OWN = ("change", "better")
MIN_GOAL = 0.5
MIN_SAID_NEAR = 0.6
MIN_SAID, DECIDES = 0.8, 0.75  # by two sentences together; by one alone
AS_GOOD = 0.1  # a sentence that fits nearly as well must not say the opposite
BARE = 3  # words
MIN_ALONE, SHORT = 0.25, 8  # held by a sentence's own words, unless it is so short
SAME_WORD = 0.15
HELD = 0.7  # of a word, to be taken as said
STEM, ENDING = 4, 2  # letters
LOOKED_AT = 12
SAME_GOAL = 4  # sentences between a goal and what came of it

_POINTS_BACK = re.compile(r"(?:dette|det|denne|disse|desse|this|these)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;] |(?<!\w)(?:og|men|mens|and|but|while) ", re.IGNORECASE)
_PURPOSE = re.compile(r"\b(?:(?:for|om|med) å|in order to) \w+", re.IGNORECASE)
_BUT = re.compile(r"[,;] |,? (?:men|but) ", re.IGNORECASE)


def stated(
    index: Index, query: Query, claim: Claim, all_said: Sequence[Statement]
) -> Verdict | None:
    """A sentence that takes a side of what the question asks, as "Målet er ikke nådd." does."""
    pole, asked = _asked(claim)
    least = MIN_OWN if pole and pole.name in OF_ITS_OWN else 0.0
    if pole is None or (least and not mostly_known(claim.subject, index)):
        return None
    names = [t.key for t in query_words(query.subject, index.words) if t.name]
    taking = [
        (said, takes)
        for said in all_said
        if said.covered >= MIN_STATED
        and said.near >= MIN_NEAR
        and not _bare_cell(said)
        and not _of_another(said, names)
        and said.own >= (least if _leans(said) else max(least, MIN_ALONE))
        and (takes := _takes(query, claim, said, pole, asked))
    ]
    if not taking:
        return None
    best, takes = max(taking, key=lambda one: _fits(one[0], pole, query))
    enough = _fits(best, pole, query) - AS_GOOD
    if any(t != takes and _fits(said, pole, query) >= enough for said, t in taking):
        return None
    partly = takes < 0 and pole.name == "reach" and says("words.partly", best.text)
    other = _with(best, all_said, figures=bool(claim.goal or claim.limit))
    return _verdict(index, best, other, yes=takes == asked, partly=partly)


def _fits(said: Statement, pole: Pole, query: Query) -> float:
    """A sentence that takes side with the question's own word is surer to speak of it."""
    asked = {m[0].lower()[:5] for m in _of_pole(pole, query.question)}
    return said.score + SAME_WORD * any(
        m[0].lower()[:5] in asked for m in _of_pole(pole, said.text)
    )


def _of_pole(pole: Pole, text: str) -> list[re.Match[str]]:
    return [*pole.plus.finditer(text), *pole.minus.finditer(text)]


def _asked(claim: Claim) -> tuple[Pole | None, Side]:
    """Where a figure is held against something, only whether that was reached is stated."""
    if claim.passed:
        return poles()[0], claim.passed
    if (claim.goal or claim.limit) and claim.pole and claim.pole.name != "reach":
        return None, 0
    return claim.pole, claim.side


def _bare_cell(said: Statement) -> bool:
    """Whether it is a word or two of a table, which only its row gives a meaning."""
    return bool(said.passage.table) and len(said.text.split()) < BARE


def _of_another(said: Statement, names: Sequence[str]) -> bool:
    """Whether none of the names in the question stands in the passage."""
    passage = said.passage
    held = keys_of(f"{passage.heading} {passage.title} {passage.text}")
    return bool(names) and held.isdisjoint(names)


def _leans(said: Statement) -> bool:
    """Whether a sentence may speak of the question by what stands before it."""
    return len(said.text.split()) <= SHORT or bool(pattern("words.leans").match(said.text))


def _takes(query: Query, claim: Claim, said: Statement, pole: Pole, asked: Side) -> Side:
    text = said.text
    if text.endswith("?") or says("words.unsure", text):
        return 0
    if claim.limit and any(_other_limit(text, m, claim.limit) for m in _amounts(text)):
        return 0
    text = _PURPOSE.sub(" ", text)
    takes = side(text, pole) or side(_BUT.split(text)[0], pole)
    if pole.name == "reach":
        takes = -1 if takes and says("words.partly", text) else takes
        way, passed = better(f"{query.subject} {text}"), beside_goal(text)
        if claim.passed:
            return passed or takes * way
        if passed:
            return passed * way
    if pole.name in OF_ITS_OWN and says("claim.budget", text) and not claim.budget:
        return 0
    if takes == asked and claim.every and not says("words.every", text):
        return -asked if says("words.some_only", text) else 0
    if takes == asked and not claim.coming and _is_coming(text, pole):
        return -asked if pole.name == "finished" and asked > 0 else 0
    return takes


def _is_coming(text: str, pole: Pole) -> bool:
    """Whether the clause that takes side speaks of what is planned, hoped for or put off."""
    return any(
        says("words.coming", clause) for clause in _CLAUSE.split(text) if _of_pole(pole, clause)
    )


def _other_limit(text: str, mention: Mention, limit: Limit) -> bool:
    """Whether an amount is a goal in the limit's unit, but another one."""
    number = mention.number
    assert number is not None
    return (
        number.unit == limit.unit and number.base_value != limit.value and _is_goal(text, mention)
    )


def _with(said: Statement, all_said: Sequence[Statement], *, figures: bool) -> Statement:
    """The sentence that a verdict is best quoted with: what it points back to, or its figure."""
    near = {s.position - said.position: s for s in beside(said, all_said)}
    before, after = near.get(-1), near.get(1)
    if before and _POINTS_BACK.match(said.text):
        return before
    if figures and after and after.own and not _amounts(said.text) and _amounts(after.text):
        return after
    best = max(near.values(), key=lambda s: s.own, default=said)
    return best if best.own > said.own else said


def goal_in_text(
    index: Index, query: Query, claim: Claim, all_said: Sequence[Statement]
) -> Verdict | None:
    """What was aimed at and what came of it, in one sentence or near each other."""
    for said in all_said[:LOOKED_AT]:
        if said.covered < MIN_GOAL or not said.own or _of_other_year(said, query):
            continue
        around = [said, *beside(said, all_said, within=SAME_GOAL)]
        around.sort(key=lambda other: abs(other.position - said.position))
        goals = [(s, m) for s in around for m in _amounts(s.text) if _is_goal(s.text, m)]
        own = [m for m in _amounts(said.text) if not _is_goal(said.text, m)]
        for where, goal in goals:
            assert goal.number is not None
            unit, aim = goal.number.unit, goal.number.base_value
            if claim.limit and (unit, aim) != (claim.limit.unit, claim.limit.value):
                continue
            if abs(where.position - said.position) > 1 and where.own < MIN_OWN:
                continue
            actual = [m for m in own if m.number and m.number.unit == unit]
            if not actual or not unit:
                continue
            if len(actual) > 1 or actual[0].number is None:
                return None
            value = actual[0].number.base_value
            way = claim.passed or better(f"{query.subject} {said.text}")
            if way == 0:
                return None
            return _verdict(index, said, where, yes=value * way >= aim * way)
    return None


def _of_other_year(said: Statement, query: Query) -> bool:
    """Whether a sentence names years, and none that the question does."""
    years = {int(m.text) for m in find_numbers(said.text) if m.kind == "year"}
    asked = {int(m.text) for m in find_numbers(query.question) if m.kind == "year"}
    return bool(years and asked) and max(years) < min(asked)


def _amounts(text: str) -> list[Mention]:
    return [m for m in find_numbers(text) if m.kind == "amount" and m.number is not None]


def _is_goal(text: str, mention: Mention) -> bool:
    """Whether an amount stands right after words of a goal."""
    return bool(pattern("goal.stated").search(text[max(0, mention.start - 50) : mention.start]))


def denied_or_said(
    index: Index, _query: Query, claim: Claim, all_said: Sequence[Statement]
) -> Verdict | None:
    """The sentences that hold all that is asked, and whether they deny it."""
    if not all_said or all_said[0].near < MIN_SAID_NEAR:
        return None
    best = all_said[0]
    terms = query_words(claim.subject, index.words)
    around = [best, *beside(best, all_said)]
    missing = [t for t in terms if not _holds(best.text, t)]
    deciding = best
    if missing and best.own < DECIDES:
        deciding = max(around, key=lambda s: sum(t.rarity for t in missing if _holds(s.text, t)))
        missing = [t for t in missing if not _holds(deciding.text, t)]
        total = sum(t.rarity for t in terms)
        if 1 - sum(t.rarity for t in missing) / total < MIN_SAID:
            return None
    text = deciding.text
    negated = denies(text, terms)
    if claim.every and says("words.some_only", text):
        negated = True
    if says("words.unsure", text):
        if not claim.opinion:
            return None
        negated = True
    if not negated and not claim.coming and (says("words.coming", text) or not tells(text)):
        return None
    if not negated and claim.ranks and not says("words.ranks", text):
        return None
    return _verdict(index, deciding, best, yes=not negated)


def denies(text: str, terms: Sequence[Wanted]) -> bool:
    """Whether a text denies any of some words."""
    return any(
        denied(text, match)
        for term in terms
        for match in re.finditer(rf"(?<!\w){re.escape(_stem(term))}\w*", text, re.IGNORECASE)
    )


def tells(text: str) -> bool:
    """Whether a sentence tells what is or was: "Utarbeide en plan" and "Antall klager" do not."""
    return says("words.finite", text) and not says("words.wanted", text)


def _stem(term: Wanted) -> str:
    return term.key.replace("_", "")[:4]


def _holds(text: str, term: Wanted) -> bool:
    keys = frozenset(tokens(text))
    return held(term, [(keys, 1.0)]) >= HELD or any(_same_stem(term.key, key) for key in keys)


def _same_stem(one: str, other: str) -> bool:
    """ "skadd" and "skade": the shorter one begins the longer."""
    short, long = sorted((one, other), key=len)
    return len(short) >= STEM and long.startswith(short) and len(long) - len(short) <= ENDING


def _verdict(
    index: Index, said: Statement, other: Statement, *, yes: bool, partly: bool = False
) -> Verdict:
    """A verdict with the sentence that gives it quoted, and another one with it if that is near."""
    text = quote([said, other])
    quotes = [text] if other.text in text else [text, other.text]
    return Verdict(
        yes=yes,
        partly=partly,
        why=" ".join(f"{' '.join(one.split())} [{n}]" for n, one in enumerate(quotes, start=1)),
        citations=tuple(
            cite_text(index, said.passage, one, n) for n, one in enumerate(quotes, start=1)
        ),
    )
