"""The sum of the rows under one heading of a table, where no row of it is their sum.

"Kor mange born gjekk i dei kommunale barnehagane?": all rows under "Kommunale".
"""

import re
from dataclasses import replace

from answer.calculate.named_rows import own_words
from answer.calculate.sums import FOR, say_sum
from answer.calculate.tables import MIN_ROWS, MIN_TABLE, TOTALS, rows_beside
from answer.evidence import Evidence
from answer.records import Answer, Scope
from answer.values import most_likely
from figures.cells import Row
from indexer.index import Index
from indexer.tokens import keys_of
from retriever.fit import unit_fit
from retriever.understand import Query

_MEASURES = ("value", "accounts", "result")
_WHOLE = re.compile(r"\b(?:saml\w+|hele|heile|whole)\b", re.IGNORECASE)
SURE = 0.6  # of a figure somewhere else, which then states the sum


def answer_group(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """All rows of the group that the question names, or None where it may mean one of them."""
    if len(query.places) != 1 or query.without or len(query.asked.years) > 1:
        return None
    right = (cell for cell in evidence.cells if unit_fit(query.asked.unit, cell.unit) == "right")
    best = next(right, None)
    if best is None or best.score < MIN_TABLE or not best.table.unit or not best.row.group:
        return None
    if query.asked.measure is None and best.column.measure not in _MEASURES:
        return None
    asked = keys_of(query.subject)
    own = [row for row in best.table.rows if row.group == best.row.group]
    if not keys_of(best.row.group) <= asked or any(_is_asked_or_sum(row, asked) for row in own):
        return None
    sure = most_likely(evidence)
    if sure and sure.sureness >= SURE and getattr(sure.found, "row", None) not in own:
        return None
    beside = rows_beside(best)
    if len(beside) != len(own) or len(own) < MIN_ROWS:
        return None
    chosen = [replace(cell, year=best.year) for _, cell in beside]
    said = [FOR[query.language].format(label) for label, _ in beside]
    return say_sum(index, query, scope, chosen, said, best.column.name)


def _is_asked_or_sum(row: Row, asked: frozenset[str]) -> bool:
    """Whether a row is one that the question names, or the sum of others."""
    if row.total or TOTALS.search(row.label) or _WHOLE.search(row.label):
        return True
    first = own_words(row.label)[:1]
    return bool(keys_of(" ".join(first)) & asked)
