"""What else reports give for a figure: restated later, or otherwise in the same report."""

from dataclasses import replace

from answer.citing import cite_table_cell, cite_text
from answer.records import Answer, Citation
from answer.texts import text
from figures.conflicts import Stated
from figures.wording import format_number
from indexer.index import Index
from indexer.store import passages_of
from retriever.cells import FoundCell
from retriever.otherwise import stated_otherwise


def with_other_amounts(index: Index, answer: Answer, found: FoundCell) -> Answer:
    """The same answer, telling also which other amounts are given for its figure, and where."""
    for other in stated_otherwise(index, found):
        n = len(answer.citations) + 1
        said = text(
            "stated_otherwise",
            answer.language,
            title=index.document(other.doc)["title"],
            value=format_number(abs(other.base_value), other.unit, answer.language),
            n=n,
        )
        answer = replace(
            answer,
            answer=f"{answer.answer} {said}",
            citations=(*answer.citations, _cite(index, other, n)),
        )
    return answer


def _cite(index: Index, other: Stated, n: int) -> Citation:
    if other.table:
        table = index.table(other.table)
        return cite_table_cell(index, table, table.rows[other.row], other.position, n)
    passage = next(p for p in passages_of(index.store, other.doc) if p.id == other.passage)
    return cite_text(index, passage, other.sentence, n)
