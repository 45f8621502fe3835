"""A finished answer → what a model is asked to do with it, in the answer's language. Pure.

The evidence is what `answer.writers.allowed` lets through: of a table row the cell that was cited,
not its neighbours. `show` changes each text on its way in: the server writer puts slots there.
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
    show: Callable[[str], str] = str,
) -> str:
    """The whole prompt; `again` after a draft that was rejected."""
    prompt, repair = _template(answer.language)
    evidence = "\n".join(_evidence(citation, quote_length, show) for citation in answer.citations)
    asked = prompt.format(
        question=show(answer.question), evidence=evidence, answer=show(answer.answer)
    )
    return f"{asked}\n\n{repair}" if again else asked


def _evidence(citation: Citation, quote_length: int, show: Callable[[str], str]) -> str:
    if citation.row is not None:
        said = " · ".join(filter(None, (citation.row, citation.column)))
    else:
        said = " ".join(citation.quote.split())
        if len(said) > quote_length:
            said = said[:quote_length].rpartition(" ")[0] + " …"
    return f"[{citation.n}] {show(said)}"


@cache
def _template(language: Language) -> tuple[str, str]:
    text = (files("answer") / "data" / f"prompt.{language}.txt").read_text(encoding="utf-8")
    prompt, _, repair = text.partition("---")
    return prompt.strip(), repair.strip()
