"""A finished answer → what a model is asked to do with it, in the answer's language. Pure.

The evidence is what `answer.writers.allowed` lets through: of a table row the cell that was cited,
not its neighbours. `hide` changes each text on its way in: the server writer puts slots there.
"""

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from answer.records import Answer, Citation, Language

QUOTE_LENGTHS = (600, 300, 150, 80, 0)  # characters of each quote, until the prompt is short enough


def write_prompt(
    answer: Answer,
    *,
    quote_length: int = QUOTE_LENGTHS[0],
    again: bool = False,
    hide: Callable[[str], str] | None = None,
) -> str:
    """The whole prompt; `again` after a draft that was rejected."""
    show = hide or str
    prompt, repair, slots = _template(answer.language)
    evidence = "\n".join(_evidence(citation, quote_length, show) for citation in answer.citations)
    asked = prompt.format(
        question=show(answer.question), evidence=evidence, answer=show(answer.answer)
    )
    return "\n\n".join([asked, *([slots] if hide else []), *([repair] if again else [])])


def _evidence(citation: Citation, quote_length: int, show: Callable[[str], str]) -> str:
    if citation.row is not None:
        said = " · ".join(filter(None, (citation.row, citation.column)))
    else:
        said = " ".join(citation.quote.split())
        if len(said) > quote_length:
            said = said[:quote_length].rpartition(" ")[0] + " …"
    return f"[{citation.n}] {show(said)}"


@cache
def _template(language: Language) -> list[str]:
    """The prompt, what is added after a rejected draft, and what is added where there are slots."""
    text = (files("answer") / "data" / f"prompt.{language}.txt").read_text(encoding="utf-8")
    return [part.strip() for part in text.split("\n---\n")]
