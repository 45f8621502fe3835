"""What was understood of a question and what was found for it, best first, with the reasons."""

from answer.evidence import Evidence
from retriever.understand import Query

SHOWN = 5


def explain(query: Query, evidence: Evidence) -> str:
    """Lines for a person who wants to see how an answer came about."""
    asked = query.asked
    lines = [
        f"language    {query.language}",
        f"asks for    {asked.operation}, measure {asked.measure or '-'}, unit {asked.unit or '-'}",
        f"years       {asked.years or '-'}, reports of {asked.report_years or '-'}",
        f"places      {query.places or '-'}, elsewhere {query.elsewhere or '-'}",
        f"looked in   {', '.join(query.docs) or '-'}",
        f"about       {query.subject}",
        "",
        "cells",
    ]
    lines += [
        f"  {c.score:5.2f}  {c.row.label} | {c.column.name} | {c.cell.text} {c.cell.unit}"
        f"  ({c.table.id}, {c.table.trust}; {'; '.join(c.reasons)})"
        for c in evidence.cells[:SHOWN]
    ]
    lines += ["", "amounts in running text"]
    lines += [
        f"  {m.score:5.2f}  {m.mention.text}  «{' '.join(m.sentence.split())}»"
        for m in evidence.mentions[:SHOWN]
    ]
    lines += ["", "sentences"]
    lines += [f"  {s.score:5.2f}  {' '.join(s.text.split())}" for s in evidence.sentences[:SHOWN]]
    return "\n".join(lines)
