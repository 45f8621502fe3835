"""A question of two parts → its parts as questions that stand alone; their answers as one. Pure.

Only parts with a subject each are told apart: "Hvem har flest, og hvor mange flere?" is one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.conversation import Years, with_scope_of
from answer.records import Answer, Calculation
from indexer.tokens import keys_of
from retriever.understand import named_places, subject_of

_AND = re.compile(
    r",? (?:og|and|samt) (?=(?:hv(?:a|em|or|orfor|ordan|ilke[nt]?)|kv(?:a|en|ar|ifor)|kor|korleis"
    r"|når|what|who|how|why|when|which)\b)",
    re.IGNORECASE,
)
# The second part speaks of the first: "og når skjer det", "hvor mange flere".
_LEANS = re.compile(
    r"\b(?:det(?=\W*$)|den|de|dei|dem|disse|desse|dette|han|hun|ho|it|they|them|this|that|flere|fleire|mer|meir"
    r"|færre|mindre|more|less|fewer|skil(?:te|de|ler|na)|lenge|lengre)\b",
    re.IGNORECASE,
)
SUBJECT, OF_WORDS = 1, 3  # telling words that a part has; that a second one has for words
_AMOUNT = re.compile(
    r"(?:hvor|kor) (?:mange|mye|mykje|stor)|how (?:many|much|large)", re.IGNORECASE
)
_MARK = re.compile(r"\[(\d+)\]")


def parts_of(question: str, held: Years) -> tuple[str, ...]:
    """The parts of a question, each with the place and year that it takes from the first.

    >>> parts_of("Hva var gjelden i Øyra i 2024 og hvor mange lærlinger?", {"Øyra": [2024]})
    ('Hva var gjelden i Øyra i 2024?', 'hvor mange lærlinger i Øyra i 2024?')
    >>> parts_of("Hvem har mest gjeld, og hvor mye mer?", {})
    ('Hvem har mest gjeld, og hvor mye mer?',)
    """
    found = [part.strip(" ?") for part in _AND.split(question.strip())]
    if len(found) != 2 or _LEANS.search(found[1]):
        return (question,)
    own = [keys_of(subject_of(part, named_places(part, held))) for part in found]
    least = SUBJECT if _AMOUNT.match(found[1]) else OF_WORDS
    if len(own[0]) < SUBJECT or len(own[1]) < least:
        return (question,)
    first = f"{found[0]}?"
    return first, with_scope_of(found[1], first, held)


def joined(question: str, answers: Sequence[Answer]) -> Answer:
    """Both answers, one after the other, citations numbered through; the first one's figure."""
    whole = answers[0]
    for other in answers[1:]:
        shift = len(whole.citations)
        said = _MARK.sub(lambda mark, by=shift: f"[{int(mark[1]) + by}]", other.answer)  # type: ignore[misc]
        answered = "answered" in (whole.status, other.status)
        whole = replace(
            whole,
            status="answered" if answered else whole.status,
            answer=f"{whole.answer}\n\n{said}",
            citations=(
                *whole.citations,
                *(replace(one, n=one.n + shift) for one in other.citations),
            ),
            figure=whole.figure or other.figure,
            calculation=whole.calculation or _shifted(other.calculation, shift),
            series=whole.series,
        )
    return replace(whole, question=question)


def _shifted(calculation: Calculation | None, by: int) -> Calculation | None:
    if calculation is None:
        return None
    return replace(calculation, operands=tuple(n + by for n in calculation.operands))
