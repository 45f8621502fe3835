"""A figure as it stands, where what it stands in says that it is the very sum or share asked for.

One of several rows that are asked for together is no answer, nor is the sum of all where some of it
is left out, nor a number of things where a share is asked for.
"""

import re

from answer.calculate.comparisons import answer_comparison
from answer.calculate.named_rows import TOGETHER, names_both
from answer.calculate.tables import TOTALS
from answer.evidence import Evidence
from answer.records import Answer, Scope
from answer.values import SURER, answer_stated_change, answer_value
from indexer.index import Index
from retriever.understand import Query

_ADDED = re.compile(r"\b(?:begge|both)\b", re.IGNORECASE)
# Who leaves a part out of a whole, unlike "uten moms", which says which of two wholes is meant.
_LEFT_OUT = re.compile(
    r"utenom|utanom|utenfor|utanfor|unntatt|unnateke|medregnet|medrekna|bort fr|bortsett|unntak"
    r"|trekke?r fr|leave out|not counting|except|apart from",
    re.IGNORECASE,
)


def answer_stated(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """The figure asked for, where it is of all that is asked for and of no more."""
    answer = answer_value(index, query, evidence, scope)
    if answer is None or not _says_all(query, answer):
        return None
    if _LEFT_OUT.search(query.without) and TOTALS.search(_quoted(answer)):
        return None
    return answer


def answer_share_as_it_stands(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """The same for a share, which a figure in percent states."""
    return _in_percent(answer_value(index, query, evidence, scope))


def answer_stated_share(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """A share as it stands, where that is surer than one that is calculated."""
    return _in_percent(answer_value(index, query, evidence, scope, least=SURER))


def _in_percent(answer: Answer | None) -> Answer | None:
    figure = answer.figure if answer else None
    return answer if figure and figure.base_unit in ("prosent", "promille") else None


def answer_compared(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """A difference, where both its sides are of all that is asked for together."""
    answer = answer_comparison(index, query, evidence, scope)
    return answer if answer and _says_all(query, answer) else None


def _says_all(query: Query, answer: Answer) -> bool:
    """Whether what is cited names both of the things that are asked for together."""
    if not TOGETHER.search(query.question):
        return True
    said = _quoted(answer)
    if _ADDED.search(query.question) and not TOTALS.search(said):
        return False
    return names_both(query.question, said, query.language)


def _quoted(answer: Answer) -> str:
    return " ".join(f"{c.quote} {c.row or ''} {c.column or ''}" for c in answer.citations)


def answer_change(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """A change as it stands, where that is of all that is asked for together."""
    answer = answer_stated_change(index, query, evidence, scope)
    return answer if answer and _says_all(query, answer) else None
