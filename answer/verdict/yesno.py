"""A yes/no question → "Ja" or "Nei" and why, with citations; None when that is not sure.

read the claim → hold it against figures → read what the sentences say → say the verdict
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from answer.calculate.comparisons import answer_comparison
from answer.evidence import Evidence, gather
from answer.records import Answer, Citation, Language, Scope
from answer.verdict.claims import Claim, read_claim
from answer.verdict.held_against import against_budget, against_goal, against_nought
from answer.verdict.limits import against_limit, is_about
from answer.verdict.said import denied_or_said, goal_in_text, stated
from answer.verdict.statements import Statement, statements
from answer.verdict.verdicts import Verdict, agreed
from indexer.index import Index
from retriever.understand import Query, narrowed
from retriever.vocabulary import query_words

TELLING = 7  # letters of a row's name
_BY = re.compile(r"\b(?:innen|innan|by)(?: utgangen av)? (20\d\d)\b", re.IGNORECASE)
# "mer enn de andre storbyene": another year says nothing of that.
_OTHERS = re.compile(
    r"\b(?:enn|than) (?:i |in |for |hos )?(?:de |dei |the )?"
    r"(?:andre|other|resten|rest|landet|country|\w*snitt\w*|average)\b",
    re.IGNORECASE,
)
_SAY: dict[Language, tuple[str, str, str]] = {
    "nb": ("Ja", "Nei", "Nei, bare delvis"),
    "nn": ("Ja", "Nei", "Nei, berre delvis"),
    "en": ("Yes", "No", "No, only partly"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that a verdict is reached from."""

    index: Index
    query: Query
    evidence: Evidence
    claim: Claim
    statements: Sequence[Statement]


def answer_yesno(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """Yes or no with the reason, or None when the reports do not say it clearly enough."""
    claim = read_claim(query.question, query.subject)
    deadline = _deadline(query)
    if deadline:
        later = [d["year"] for d in index.documents if d["year"] and d["year"] >= deadline]
        query = narrowed(query, index.documents, years=(), report_years=sorted(set(later)))
        evidence = gather(index, query)
        scope = replace(scope, docs=query.docs)
    terms = query_words(claim.subject, index.words)
    case = Case(
        index=index,
        query=query,
        evidence=evidence,
        claim=claim,
        statements=statements(evidence.hits, terms, index, query.language),
    )
    for step in _steps(case):
        if verdict := step(case):
            return _say(query, scope, verdict)
    return None


def _deadline(query: Query) -> int:
    """The only year of a question where it is one that something was to be done by."""
    match = _BY.search(query.question)
    years = query.asked.years
    return int(match[1]) if match and years == (int(match[1]),) != query.asked.report_years else 0


def _steps(case: Case) -> Sequence[Callable[[Case], Verdict | None]]:
    """What is tried, the surest first."""
    claim = case.claim
    steps: list[Callable[[Case], Verdict | None]] = []
    if claim.opinion:
        return [_denied_or_said]
    if claim.sign:
        return [_nought, _stated]
    if claim.goal or claim.passed:
        steps += [_goal_row_or_stated, _goal_in_text]
        return steps if claim.limit is None else [*steps, _limit]
    if claim.limit:
        return [_stated, _goal_in_text, _limit]
    if claim.budget:
        return [_budget, _stated]
    return [_change_or_stated] if claim.pole else [_denied_or_said]


def _goal_row_or_stated(case: Case) -> Verdict | None:
    return agreed(against_goal(case.index, case.query, case.claim), _stated(case))


def _change_or_stated(case: Case) -> Verdict | None:
    return agreed(_change(case), _stated(case))


def _budget(case: Case) -> Verdict | None:
    return against_budget(case.index, case.query, case.claim)


def _nought(case: Case) -> Verdict | None:
    return against_nought(case.index, case.query, case.claim)


def _limit(case: Case) -> Verdict | None:
    return against_limit(case.index, case.query, case.claim, case.evidence.hits)


def _stated(case: Case) -> Verdict | None:
    return stated(case.index, case.query, case.claim, case.statements)


def _goal_in_text(case: Case) -> Verdict | None:
    return goal_in_text(case.index, case.query, case.claim, case.statements)


def _denied_or_said(case: Case) -> Verdict | None:
    return denied_or_said(case.index, case.query, case.claim, case.statements)


def _change(case: Case) -> Verdict | None:
    """Two figures, of two years or two municipalities, and which is the larger."""
    query, asked = case.query, case.query.asked
    claim = case.claim
    if claim.pole is None or claim.pole.name != "change" or _OTHERS.search(query.question):
        return None
    before = len(asked.years) == 1 and len(query.places) < 2
    two = replace(
        query,
        subject=claim.subject,
        asked=replace(asked, operation="difference", year_before=asked.year_before or before),
    )
    found = answer_comparison(case.index, two, case.evidence, Scope())
    if found is None or found.series is None:
        return None
    if len(query.places) < 2 and not _same_row(found.citations):
        return None
    if not all(is_about(case.index, query, claim, citation) for citation in found.citations):
        return None
    one, other = (point.base_value for point in found.series.points)
    return Verdict(
        yes=(one > other) if claim.side > 0 else (one < other),
        why=found.answer,
        citations=found.citations,
        calculation=found.calculation,
    )


def _same_row(citations: Sequence[Citation]) -> bool:
    """Whether all figures stand in one row, or in rows of one telling name; or in one sentence."""
    rows = {citation.row or citation.quote for citation in citations}
    tables = {citation.table_id for citation in citations}
    return len(rows) == 1 and (len(tables) == 1 or len(rows.pop()) > TELLING)


def _say(query: Query, scope: Scope, verdict: Verdict) -> Answer:
    yes, no, partly = _SAY[query.language]
    word = yes if verdict.yes else partly if verdict.partly else no
    return Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer=f"{word}. {verdict.why}",
        calculation=verdict.calculation,
        citations=verdict.citations,
        scope=scope,
    )
