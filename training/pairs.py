"""Open data -> pairs of texts that belong together: a question or heading, and what it is about.

Each kind of pair is a small generator. Nothing here sees test rows: training.texts keeps them out.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from retriever.vocabulary import lexicon
from training.factory import covers, fictions
from training.texts import norquad, paragraphs, rows

Pair = tuple[str, str]

_WINDOW = 90  # words: about the length of a passage
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«])")
_REPORTS, _EACH = 30, 120  # fictional reports, questions to each
_FIRST_SEED = 9_000  # others than the re-ranker learns from
_LINE = 400  # characters, where no single line answers
_LANGUAGES = ("nb", "nn", "en")


def all_pairs(data: Path, *, seed: int) -> list[Pair]:
    """Every pair, shuffled."""
    random_ = random.Random(seed)  # noqa: S311 (training, not secrets)
    pairs = [
        *norquad_pairs(data),
        *answer_pairs(data),
        *title_pairs(data, random_),
        *cloze_pairs(data, random_),
        *parallel_pairs(data),
        *lexicon_pairs(random_),
        *report_pairs(),
    ]
    random_.shuffle(pairs)
    return pairs


def norquad_pairs(data: Path) -> Iterator[Pair]:
    """A question and the window of its context that holds the answer."""
    for row in norquad(data, "embedder"):
        pair = (row["question"], window(row["context"], row["start"]))
        yield from [pair] * 3  # the only questions that people wrote: they count more


def window(text: str, start: int) -> str:
    """The words around a place in a text."""
    before, after = text[:start].split(), text[start:].split()
    half = _WINDOW // 2
    return " ".join(before[-half:] + after[:half])


def answer_pairs(data: Path) -> Iterator[Pair]:
    """An agency's standard answer under its title, in each language, and across them."""
    for row in rows(data / "qa" / "nav_skrivestotte.jsonl.gz"):
        texts = [row[language] for language in _LANGUAGES if row.get(language)]
        for text in texts:
            yield row["title"], " ".join(text.split()[: 2 * _WINDOW])


def title_pairs(data: Path, random_: random.Random) -> Iterator[Pair]:
    """A title and some paragraphs under it."""
    for name in ("laws_lover", "laws_forskrifter", "public_docs"):
        for row in rows(data / "text" / f"{name}.jsonl.gz"):
            found = [text for text in row["text"].split("\n") if len(text) > 150]
            title = row.get("title") or row["text"].split("\n")[0]
            if row.get("kind") == "ui-strings" or not found or len(title) > 200:
                continue
            for text in random_.sample(found, min(len(found), 4)):
                yield title, " ".join(text.split()[:_WINDOW])


def cloze_pairs(data: Path, random_: random.Random) -> Iterator[Pair]:
    """A sentence and the others of its paragraph."""
    for text in paragraphs(data):
        sentences = [one for one in _SENTENCE.split(text) if len(one) > 25]
        if len(sentences) < 3 or len(text) > 3000:
            continue
        chosen = random_.randrange(len(sentences))
        others = sentences[:chosen] + sentences[chosen + 1 :]
        # Now and then the sentence stays: the same words are the best sign there is.
        kept = sentences if random_.random() < 0.25 else others
        yield sentences[chosen], " ".join(" ".join(kept).split()[:_WINDOW])


def parallel_pairs(data: Path) -> Iterator[Pair]:
    """The same sentence in two languages."""
    for row in rows(data / "parallel" / "no_en_parallel.jsonl.gz"):
        if row["source"] == "NTREX":
            continue
        texts = [row[language] for language in _LANGUAGES if row.get(language)]
        for left in range(len(texts)):
            for right in range(left + 1, len(texts)):
                if texts[left] != texts[right] and len(texts[left]) > 12:
                    yield texts[left], texts[right]


def report_pairs() -> Iterator[Pair]:
    """A question to a fictional report, and the line that answers it under its heading."""
    for fiction in fictions(_REPORTS, seed=_FIRST_SEED, most=_EACH):
        for one in fiction.questions:
            found = next((p for p in fiction.passages if covers(p.text, one.quotes)), None)
            if found:
                lines = (line for line in found.text.split("\n") if covers(line, one.quotes))
                line = next(lines, found.text[:_LINE])
                heading = found.heading.split(" › ")[-1]
                pair = (one.text.replace(one.place, " "), f"{heading} {found.title} {line}")
                yield from [pair] * 2


def lexicon_pairs(random_: random.Random) -> Iterator[Pair]:
    """Two words of one group of the everyday vocabulary; an English word and its Norwegian."""
    near, english = lexicon()
    for group in near:
        for entry in group:
            for other in random_.sample(group, min(len(group), 4)):
                if other != entry:
                    yield from [(entry, other)] * 4
    for word, norwegian in english:
        for other in norwegian:
            yield from [(word, other)] * 8
