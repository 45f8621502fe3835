"""A finished answer → the same answer in a model's plain language, or unchanged. Read this first.

prompt → draft → checks, at most twice; the verified extract answer is both the evidence and what is
given when no draft is good enough, so a generator can make an answer plainer but never less true.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from answer.records import Answer
from answer.writers.allowed import MARKS, allowed_numbers, marks_of
from answer.writers.checks import faults
from answer.writers.gate import Gate
from answer.writers.prompts import write_prompt
from answer.writers.slots import Slots
from figures.errors import UsageError

TRIES = 2
Draft = Callable[[Answer, str, bool], str]


def rewrite(answer: Answer, generator: str) -> Answer:
    """The answer in the generator's words, or as it is (generator "extract") when they fail."""
    kind, _, name = generator.partition(":")
    if generator != "extract" and (kind not in _DRAFTS or not name):
        raise UsageError(
            f"generator {generator!r}: give extract, transformers:NAME or openai:URL#MODEL."
        )
    extract = replace(answer, generator="extract")
    if generator == "extract" or answer.status != "answered" or not answer.citations:
        return extract
    for again in range(TRIES):
        draft = _finished(_DRAFTS[kind](answer, name, again > 0))
        if not any(faults(draft, answer)):
            return replace(_with_text(answer, draft), generator=generator)
    return extract


def draft_locally(answer: Answer, name: str, again: bool) -> str:
    """A draft by a model on this machine, that could form no other numbers than the answer's."""
    from answer.writers.local import load_local  # seconds and torch: only when wanted

    gate = Gate(allowed_numbers(answer), [c.n for c in answer.citations], answer.language)
    model = load_local(name)
    pieces = model.write(
        lambda length: write_prompt(answer, quote_length=length, again=again), gate
    )
    return "".join(pieces)


def draft_on_server(answer: Answer, where: str, again: bool) -> str:
    """A draft by a server that saw slots for the numbers; "" when it wrote numbers of its own."""
    from answer.writers.server import write_on_server

    slots = Slots(answer)
    prompt = write_prompt(answer, again=again, hide=slots.hide)
    draft = "".join(write_on_server(where, prompt))
    return slots.fill(draft.rpartition("</think>")[2]) or ""  # some think aloud first


_DRAFTS: dict[str, Draft] = {"transformers": draft_locally, "openai": draft_on_server}


def _finished(draft: str) -> str:
    """The draft on one line, without a last sentence that the budget cut off."""
    text = " ".join(draft.split())
    ends = list(re.finditer(r"[.!?»”\"](?: ?\[[0-9, ]+\])?(?= |$)|\](?=$)", text))
    return text[: ends[-1].end()] if ends else text


def _with_text(answer: Answer, draft: str) -> Answer:
    """The answer with the draft's text and the citations it uses, numbered from 1 again."""
    if answer.calculation or answer.series:
        return replace(answer, answer=draft)  # their parts point to citations by number
    used = marks_of(draft)
    kept = [citation for citation in answer.citations if citation.n in used]
    number = {citation.n: n for n, citation in enumerate(kept, start=1)}

    def renumbered(match: re.Match[str]) -> str:
        return "[" + ", ".join(str(number[int(n)]) for n in match[1].split(",")) + "]"

    return replace(
        answer,
        answer=MARKS.sub(renumbered, draft),
        citations=tuple(replace(citation, n=number[citation.n]) for citation in kept),
    )
