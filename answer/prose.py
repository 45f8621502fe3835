"""Words as an answer: the source's best sentences, the one that answers first."""

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.citing import cite_text
from answer.evidence import Evidence
from answer.grounds import gives, of_another_thing
from answer.records import Answer, Citation, Scope
from figures.lines import lines_said
from indexer.index import Index
from indexer.records import Passage
from retriever.sentences import Sentence, following
from retriever.understand import Query
from retriever.weigh import chances

MIN_SURE = 0.3  # words are quoted when they answer as likely as this, see docs/experiments.md
LENGTH = 600  # characters that an answer is filled up to
LIST_LENGTH = 900
SENTENCES, LIST_SENTENCES = 3, 14
NEAR = 0.5  # of the best sentence's score, for another one to stand beside it
_MARK = re.compile(r"^(?:[•●▪○◦*–-]+\s*)+(?=\S)")
LISTS = ("which", "who", "where", "extreme")


def answer_prose(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """The sentences that answer, each cited, or None when none holds enough of the question."""
    if wants_a_figure(query) or not evidence.sentences:
        return None
    if query.asked.operation == "summary" and of_another_thing(evidence.sentences[0]):
        return None
    lists = query.asked.operation in LISTS
    chosen = _choose(evidence.sentences, lists=lists)
    sureness = sure_of(evidence.sentences, chosen)
    if sureness < MIN_SURE or not gives(index, query, chosen):
        return None
    said, citations = say_sentences(index, chosen)
    return Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer=said,
        citations=citations,
        scope=scope,
        sureness=sureness,
    )


def say_sentences(
    index: Index, chosen: Sequence[Sentence], *, after: int = 0
) -> tuple[str, tuple[Citation, ...]]:
    """Sentences one after the other, each source cited, and the citations, from `after` + 1 on."""
    citations: list[Citation] = []
    parts: list[str] = []
    for n, (passage, texts) in enumerate(_by_source(chosen), start=after + 1):
        citations.append(cite_text(index, passage, _quote(passage, texts), n))
        said = " ".join(_MARK.sub("", text) for text in texts)
        parts.append(f"{' '.join(said.split())} [{n}]")
    return " ".join(parts), tuple(citations)


def sure_of(ranked: Sequence[Sentence], chosen: Sequence[Sentence]) -> float:
    """How likely the sentence that answers is among those chosen."""
    taken = {(sentence.passage.id, sentence.position) for sentence in chosen}
    likely = chances([sentence.score for sentence in ranked])
    return sum(
        chance
        for sentence, chance in zip(ranked, likely, strict=True)
        if (sentence.passage.id, sentence.position) in taken
    )


def wants_a_figure(query: Query) -> bool:
    """Whether words would only look like an answer: "hva ble netto driftsresultatet?" """
    named = bool(query.asked.unit or lines_said(query.subject))
    return query.asked.operation == "what" and named


def _by_source(chosen: Sequence[Sentence]) -> list[tuple[Passage, list[str]]]:
    """What is cited together: the sentences of a passage; each row of a table by itself."""
    found: list[tuple[Passage, list[str]]] = []
    last = -1
    for sentence in chosen:
        on = found and found[-1][0] == sentence.passage and sentence.position > last
        if on and not sentence.passage.table:
            found[-1][1].append(sentence.text)
        else:
            found.append((sentence.passage, [sentence.text]))
        last = sentence.position
    return found


def _quote(passage: Passage, texts: Sequence[str]) -> str:
    """From the first sentence to the last, as the page has it."""
    if len(texts) == 1:
        return texts[0]
    start = passage.text.index(texts[0])
    end = passage.text.index(texts[-1], start) + len(texts[-1])
    return passage.text[start:end]


def _choose(ranked: Sequence[Sentence], *, lists: bool) -> list[Sentence]:
    """The best sentence, what follows it, and others nearly as good, within the length."""
    best = ranked[0]
    opens_list = best.text.rstrip().endswith(":")
    limit, most = (LIST_LENGTH, LIST_SENTENCES) if lists or opens_list else (LENGTH, SENTENCES)
    if not opens_list:
        most = SENTENCES
    chosen = [best]
    room = limit - len(best.text)
    for text, position in following(best):
        if len(chosen) >= most or len(text) > room:
            break
        chosen.append(replace(best, text=text, position=position))
        room -= len(text)
        if text.rstrip().endswith(":") and most == SENTENCES:  # a list begins after all
            most, room = len(chosen) + LIST_SENTENCES, room + LIST_LENGTH - LENGTH
    taken = {(s.passage.id, s.position) for s in chosen}
    for other in ranked[1:]:
        near = other.score >= NEAR * best.score and len(other.text) <= room
        if near and (other.passage.id, other.position) not in taken:
            chosen.append(other)
            room -= len(other.text)
    order = list(dict.fromkeys(s.passage.id for s in chosen))
    return sorted(
        chosen,
        key=lambda s: (
            order.index(s.passage.id),
            s.passage == best.passage and s.position < best.position,  # the answer comes first
            s.position,
        ),
    )
