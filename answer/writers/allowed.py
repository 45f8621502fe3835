"""A finished answer → the numbers a draft of it may hold. Pure.

They stand in the answer, the question, the calculation, the figure, or what is cited. Of a table
row only the cell that was cited counts: the row's other numbers are about other years and measures.
"""

import re
from collections.abc import Collection, Iterator

from answer.records import Answer, Language
from answer.writers.expressions import Keys, find_expressions, spellings

MARKS = re.compile(r"\[(\d+(?:, ?\d+)*)\]")
# A sentence, with the mark that follows it: "Skolene fikk mer [1]. Barnehagene fikk mindre. [2]"
_SENTENCE = re.compile(
    r"(?<=[.!?\]])(?<!\bmill\.)(?<!\bmrd\.)(?<!\bkr\.)(?<!\bca\.)\s+(?=[A-ZÆØÅ«“\"])"
)
_PLAIN = re.compile(r"[0-9]{1,3}(?:[ .][0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?")
_PIECE = re.compile(
    r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?(?![0-9])|[0-9]+(?:[.,][0-9]+)?"
)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_IN_WORDS = 20  # up to here a number may be said as a word


def allowed_numbers(answer: Answer, marks: Collection[int] | None = None) -> frozenset[Keys]:
    """Every number expression of the answer's evidence, in each way it may be written.

    With `marks`, only of what stands under those citations, beside the question.
    """
    return frozenset(
        keys
        for text in evidence_texts(answer, marks)
        for expression in find_expressions(MARKS.sub(" ¤ ", text), answer.language)
        for keys in _ways(expression.keys, answer.language)
    )


def evidence_texts(answer: Answer, marks: Collection[int] | None = None) -> Iterator[str]:
    """What a draft may build on."""
    yield answer.question
    if answer.figure:
        yield answer.figure.text
    if answer.calculation:
        yield answer.calculation.expression
        yield answer.calculation.result
        yield from answer.calculation.steps
    for sentence in sentences(answer.answer):
        if marks is None or not (own := marks_of(sentence)) or own & set(marks):
            yield sentence
    for citation in answer.citations:
        if marks is None or citation.n in marks:
            yield from filter(None, (citation.row, citation.column))
            if citation.row is None:
                yield citation.quote


def sentences(text: str) -> list[str]:
    """A draft's or an answer's sentences, each with its marks."""
    return [part for part in _SENTENCE.split(text.strip()) if part]


def marks_of(text: str) -> set[int]:
    """The citations a text points to."""
    return {int(n) for inner in MARKS.findall(text) for n in inner.split(",")}


def _ways(keys: Keys, language: Language) -> Iterator[Keys]:
    """An expression as printed, and the same number written in other usual ways."""
    first, rest = keys[0], keys[1:]
    for way in _ways_to_write(first, language):
        yield (way, *rest)
    if not rest and first[0] != "#" and not _PLAIN.fullmatch(first.lstrip("-")):
        pieces = _PIECE.findall(first) if " " in first else _YEAR.findall(first)
        for piece in pieces:  # a flattened row, or a date
            yield from ((way,) for way in _ways_to_write(piece, language))


def _ways_to_write(key: str, language: Language) -> set[str]:
    """One run or word: with and without groups, a small number as a word.

    >>> sorted(_ways_to_write("12 345", "nb"))
    ['12 345', '12345']
    """
    ways = {key}
    if key[0] == "#":
        return ways
    bare = key.lstrip("-")
    if not _PLAIN.fullmatch(bare):
        return ways
    ways.add(bare)  # an income printed with a minus is said without
    if " " in bare or bare.count(".") > 1 or re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", bare):
        joined = re.sub("[ .]", "", bare)
        whole, _, places = joined.partition(",")
        grouped = f"{int(whole):,}".replace(",", " ") + ("," + places if places else "")
        ways |= {joined, grouped}
    elif re.fullmatch(r"[0-9]{5,}", bare):
        ways.add(f"{int(bare):,}".replace(",", " "))
    if language == "en" and re.fullmatch(r"[0-9 ]+,(?:[0-9]{1,2}|[0-9]{4,})", bare):
        ways.add(bare.replace(",", "."))
    if bare.isdigit() and int(bare) <= _IN_WORDS and spellings(f"#{int(bare)}", language):
        ways.add(f"#{int(bare)}")
    return ways
