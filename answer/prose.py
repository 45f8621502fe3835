"""Words as an answer: the source's best sentences, the one that answers first."""

from collections.abc import Sequence

from answer.citing import cite_text
from answer.evidence import Evidence
from answer.records import Answer, Scope
from indexer.index import Index
from retriever.sentences import Sentence, following
from retriever.understand import Query

MIN_COVERED = 0.33
LENGTH = 480  # characters that an answer is filled up to
LIST_LENGTH = 900
SENTENCES = 3


def answer_prose(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """The sentences that answer, each cited, or None when none holds enough of the question."""
    if not evidence.sentences or evidence.sentences[0].covered < MIN_COVERED:
        return None
    limit = LIST_LENGTH if query.asked.operation in ("which", "extreme") else LENGTH
    chosen = _choose(evidence.sentences, limit)
    passages = list(dict.fromkeys(sentence.passage for sentence in chosen))
    citations, parts = [], []
    for n, passage in enumerate(passages, start=1):
        texts = [s.text for s in chosen if s.passage == passage]
        start = passage.text.index(texts[0])
        end = passage.text.index(texts[-1], start) + len(texts[-1])
        quote = passage.text[start:end] if end - start <= limit else texts[0]
        citations.append(cite_text(index, passage, quote, n))
        parts.append(f"{' '.join(' '.join(texts).split())} [{n}]")
    return Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer=" ".join(parts),
        citations=tuple(citations),
        scope=scope,
    )


def _choose(ranked: Sequence[Sentence], limit: int) -> list[Sentence]:
    """The best sentence, what follows it, and others nearly as good, within the length."""
    best = ranked[0]
    chosen = [best]
    room = limit - len(best.text)
    for text, position in following(best):
        if len(chosen) >= SENTENCES or len(text) > room:
            break
        chosen.append(
            Sentence(text=text, passage=best.passage, position=position, score=0, covered=0)
        )
        room -= len(text)
    taken = {(s.passage.id, s.position) for s in chosen}
    for other in ranked[1:]:
        near = other.score >= 0.9 * best.score and len(other.text) <= room
        if near and (other.passage.id, other.position) not in taken:
            chosen.append(other)
            room -= len(other.text)
    order = list(dict.fromkeys(s.passage.id for s in chosen))
    return sorted(chosen, key=lambda s: (order.index(s.passage.id), s.position))
