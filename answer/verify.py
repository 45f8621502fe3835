"""The last gate: a number in an answer stands in a quote, a calculation or the question. Pure."""

import re

from answer.records import Answer

_MARKS = re.compile(r"\[\d+(?:\s*,\s*\d+)*\]")
_GAP = "[ \u00a0\u202f\u2009.]"
_NUMBER = re.compile(
    rf"(?<![\w.,])\d{{1,3}}(?:{_GAP}\d{{3}})+(?:,\d+)?(?!\d)|(?<![\w])\d+(?:[.,]\d+)?"
)
_SCALES = (1, 1000, 1_000_000, 1_000_000_000)


def untraced_numbers(answer: Answer) -> list[str]:
    """Numbers of the answer's text that stand nowhere else."""
    if answer.status != "answered":
        return []
    known = _values(answer.question)
    for citation in answer.citations:
        for part in (
            *(citation.quote, citation.row, citation.column, citation.heading),
            *(citation.table, citation.title, str(citation.page or "")),
        ):
            known |= _values(part or "")
    if answer.calculation:
        for part in (
            *(answer.calculation.expression, answer.calculation.result),
            *answer.calculation.steps,
        ):
            known |= _values(part)
    body = _MARKS.sub(" ", answer.answer)
    return [shown for shown, value, digits in _numbers(body) if not _stands(value, digits, known)]


def _stands(value: float, digits: int, known: set[float]) -> bool:
    slack = 0.5 * 10**-digits + 1e-9
    return any(
        abs(other * up / down - value) <= slack
        for other in known
        for up in _SCALES
        for down in _SCALES
    )


def _values(text: str) -> set[float]:
    return {value for _, value, _ in _numbers(text)}


def _numbers(text: str) -> list[tuple[str, float, int]]:
    """Every run of digits as printed, its size, and how many decimals it shows."""
    found = []
    for match in _NUMBER.finditer(text):
        whole = re.sub(r"[ \u00a0\u202f\u2009]", "", match.group())
        if "," in whole:
            whole = whole.replace(".", "").replace(",", ".")
        elif re.fullmatch(r"\d{1,3}(\.\d{3})+", whole):
            whole = whole.replace(".", "")
        digits = len(whole.partition(".")[2])
        found.append((match.group(), float(whole), digits))
    return found
