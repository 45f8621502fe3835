"""Records → text for a terminal."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from answer.records import Answer

Json = dict[str, Any]


def answer_to_text(answer: Answer) -> str:
    """The answer, how it was calculated, and where it stands."""
    lines = [answer.answer]
    if answer.clarify:
        lines += [f"  • {option.question}" for option in answer.clarify.options]
    if answer.calculation:
        lines += ["", f"{answer.calculation.expression} = {answer.calculation.result}"]
    if answer.citations:
        lines.append("")
    for citation in answer.citations:
        page = f", side {citation.page}" if citation.page else ""
        lines.append(f"[{citation.n}] {citation.title}{page} – {citation.heading}")
        if citation.row:
            table = f"{citation.table}: " if citation.table else ""
            lines.append(f"    {table}{citation.row} | {citation.column}")
        lines.append(f"    «{' '.join(citation.quote.split())}»")
    return "\n".join(lines)


def passages_to_text(passages: Sequence[Json]) -> str:
    """Found passages, best first."""
    return "\n\n".join(
        f"{passage['doc']} s. {passage['page']}  {passage['heading']}  ({passage['score']})\n"
        f"{passage['text']}"
        for passage in passages
    )


def table_to_text(table: Json) -> str:
    """One table with its columns in line."""
    head = f"{table['doc']} s. {table['page']}  {table['title']}  [{table['trust']}]"
    rows = [["", *table["columns"]]]
    rows += [
        [row["label"], *(value["text"] if value else "" for value in row["values"])]
        for row in table["rows"]
    ]
    return f"{head}\n{_aligned(rows)}"


def figures_to_text(figures: Sequence[Json]) -> str:
    """Figures in columns."""
    names = ["municipality", "year", "row", "column", "text", "unit", "trust", "doc", "page"]
    lines = _aligned([names, *([str(row.get(name, "")) for name in names] for row in figures)])
    remarks = ["", *map(_also, figures)]  # never cut
    return "".join(
        f"{line}{remark}\n" for line, remark in zip(lines.split("\n"), remarks, strict=True)
    )


def figures_to_csv(figures: Sequence[Json]) -> str:
    """Figures as CSV with a header."""
    if not figures:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(figures[0]))
    writer.writeheader()
    writer.writerows(figures)
    return out.getvalue()


def _also(figure: Json) -> str:
    """The other amounts given for a figure, as a remark after it."""
    return f"  også oppgitt som {figure['also_stated']}" if figure["also_stated"] else ""


def status_to_text(status: Json) -> str:
    """What the index holds."""
    lines = [
        f"index          {status['index']} (generation {status['generation']})",
        f"municipalities {', '.join(status['municipalities'])}",
        f"years          {', '.join(map(str, status['years']))}",
    ]
    counted = ("documents", "pages", "passages", "tables", "cells")
    lines += [f"{name:14} {status[name]}" for name in counted]
    lines += [f"{name:14} {model}" for name, model in status["models"].items()]
    lines += [
        f"  {report['id']}: {report['title']} ({report['pages']} pages)"
        for report in status["reports"]
    ]
    return "\n".join(lines)


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    short = [[cell if len(cell) <= 60 else cell[:59] + "…" for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in short if i < len(row)) for i in range(len(short[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in short
    )
