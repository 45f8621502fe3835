"""Answers that were not right → HTML: what was asked, right and said, with the places beside it."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from eval.metrics import Outcome
from eval.names import FAULTS, KINDS, UNCLEAR, WRONG
from eval.run import DEPTH
from eval.scores import Score

Json = dict[str, Any]

LONG = 900  # characters of a passage that are shown
MANY = 4  # places and sources that are shown
_ORDER: dict[Outcome, int] = {"answered_wrong": 0, "asked_wrong": 1, "refused_wrong": 2}


def worst_first(scores: Sequence[Score]) -> list[Score]:
    """Those that are not right: an untraced number first, then what should have been refused, then
    wrong figures, other wrong answers, needless questions back, and refusals.
    """
    missed = [score for score in scores if not score.right or score.untraced]
    return sorted(missed, key=_badness)


def _badness(score: Score) -> tuple[bool, int, bool, bool]:
    gold = score.result.gold
    refusable = gold.kind == "unanswerable"
    return (
        not score.untraced,
        _ORDER.get(score.outcome, len(_ORDER)),
        not refusable,
        score.fault not in ("value", "unit", "sign"),
    )


def miss(score: Score, number: int) -> str:
    """One article."""
    result = score.result
    gold, answer = result.gold, result.answer
    known = [(e, p) for e, p in zip(gold.evidence, result.places, strict=True) if p]
    places = "".join(_place(evidence.quote, place) for evidence, place in known[:MANY])
    if len(known) > MANY:
        places += f"<p>… og {len(known) - MANY} steder til.</p>"
    sources = "".join(_source(citation) for citation in answer["citations"][:MANY])
    return (
        f'<article class="{score.outcome}" id="feil-{number}">'
        f'<p class="about">{number}. {escape(KINDS[gold.kind])} · {escape(gold.id)}</p>'
        f"<h3>{escape(gold.question)}</h3>"
        f'<p class="fault">{escape(what_is_wrong(score))}</p>{_searched(score)}'
        f"<dl><dt>Riktig</dt><dd>{escape(gold.answer)}</dd>"
        f"<dt>Svaret</dt><dd>{escape(answer['answer'] or '–')}</dd></dl>"
        f'<div class="beside">{_section("Der det står", places)}'
        f"{_section('Det svaret viste til', sources)}</div>"
        "</article>"
    )


def what_is_wrong(score: Score) -> str:
    """One or two sentences in Norwegian."""
    said = FAULTS[score.fault] or WRONG.get(score.outcome, "")
    if score.result.gold.kind == "clarify" and not score.right:
        said = UNCLEAR
    if score.untraced:
        said += f" Tall uten kilde: {', '.join(score.untraced)}."
    if score.answered and score.fault and not score.cited:
        said += " Kilden som vises, er heller ikke den rette."
    return said.strip()


def _searched(score: Score) -> str:
    """Where the search had the place, for whoever looks for the cause."""
    ranks = score.result.ranks
    if not ranks:
        return ""
    said = ", ".join(
        f"nummer {rank}" if rank else f"ikke blant de {DEPTH} første" for rank in ranks
    )
    what = "stedet" if len(ranks) == 1 else "stedene"
    return f'<p class="where">I søket var {what} {said}.</p>'


def _section(title: str, content: str) -> str:
    return f"<section><h4>{title}</h4>{content}</section>" if content else ""


def _place(quote: str, place: Json) -> str:
    where = f"{place['doc']} s. {place['page']} · {place['heading']}"
    head = f'<p class="where">{escape(where)}</p>'
    if place["table"]:
        return head + _table(place["table"])
    return f"{head}<blockquote>{_marked(place['text'], quote)}</blockquote>"


def _marked(text: str, quote: str) -> str:
    """A passage as HTML, cut to a readable length around the quote, which is marked.

    >>> _marked("A < B. Skolen fikk  ny sal. Slutt.", "Skolen fikk ny sal.")
    'A &lt; B. <mark>Skolen fikk ny sal.</mark> Slutt.'
    """
    flat, wanted = " ".join(text.split()), " ".join(quote.split())
    start = flat.lower().find(wanted.lower())
    if start < 0:
        return escape(flat[:LONG]) + (" …" if len(flat) > LONG else "")
    end = start + len(wanted)
    first, last = max(0, start - LONG // 2), end + LONG // 2
    before = ("… " if first else "") + escape(flat[first:start])
    after = escape(flat[end:last]) + (" …" if last < len(flat) else "")
    return f"{before}<mark>{escape(flat[start:end])}</mark>{after}"


def _source(citation: Json) -> str:
    page = f" s. {citation['page']}" if citation["page"] else ""
    cell = ""
    if citation.get("row"):
        parts = (citation.get("table"), citation["row"], citation.get("column"))
        cell = f'<p class="where">{escape(" › ".join(part for part in parts if part))}</p>'
    quote = re.sub(r"\s+", " ", citation["quote"])
    return (
        f'<p class="where">[{citation["n"]}] {escape(citation["doc"])}{page} · '
        f"{escape(citation['heading'])}</p>{cell}<blockquote>{escape(quote)}</blockquote>"
    )


def _table(table: Json) -> str:
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in table["columns"])
    rows = "".join(
        f"<tr{' class=marked' if position == table['marked'] else ''}>"
        f'<th scope="row">{escape(label)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for position, (label, *cells) in enumerate(table["rows"])
    )
    return (
        f'<div class="wide"><table><caption>{escape(table["title"])}</caption>'
        f"<thead><tr><td></td>{columns}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
