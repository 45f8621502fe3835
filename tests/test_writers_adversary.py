"""Ten thousand drafts that try to hold a wrong number; what gets out is read by other eyes.

The judge here knows nothing of the gate: it takes every digit and number word of what came out and
asks whether the evidence printed it.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from small_models import END, FIGURE, PROSE, TOKENIZERS, WORDS, run_on_one_thread, wrapped

from answer.records import Answer
from answer.verify import untraced_numbers
from answer.writers.allowed import allowed_numbers
from answer.writers.checks import faults
from answer.writers.gate import Gate
from answer.writers.slots import Slots

PUSHED, SCRIPTED = 1200, 5200  # for each of four tokenizers; text through the checks
STEPS = 8

DIGITS = {id(FIGURE): {"658", "2024"}, id(PROSE): {"12450", "2023", "91,5", "93,2", "3"}}
NUMBER_WORDS = {"to", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "tolv", "tjue", "tretti",
                "hundre", "tusen", "milliard", "milliarder", "halvparten", "tredjedel",
                "dobbelt"}  # fmt: skip


def wrong_numbers(text: str, answer: Answer) -> list[str]:
    """Numbers of a text that its evidence does not print: digits, words and scales."""
    bare = re.sub(r"\[\d+(?:, ?\d+)*\]", " | ", text)
    runs = re.findall(r"\d+(?:[ .,\u00a0]\d+)*", bare)
    wrong = [run for run in runs if re.sub(r"[ \u00a0]", "", run) not in DIGITS[id(answer)]]
    words = set(re.findall(r"[a-zæøå]+", re.sub(r"([a-zæøå])([A-ZÆØÅ])", r"\1 \2", bare).lower()))
    forbidden = NUMBER_WORDS | ({"tre"} if answer is FIGURE else set())
    wrong += sorted(words & forbidden)
    if answer is FIGURE:
        wrong += re.findall(r"(?<!\d)658(?!\s*-?\s*(?:mill|mnok|mkr))", bare.lower())
    cited = {citation.n for citation in answer.citations}
    marks = {int(n) for n in re.findall(r"\d+", " ".join(re.findall(r"\[[^]]*\]", text)))}
    return wrong + [f"[{n}]" for n in marks - cited]


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    yield from run_on_one_thread()


@pytest.mark.parametrize("name", TOKENIZERS)
def test_random_tokens_that_favour_numbers_form_no_wrong_one(name: str) -> None:
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    from answer.writers.local import OnlyAllowedNumbers, Vocabulary

    tokenizer = wrapped(TOKENIZERS[name]())
    size = len(tokenizer)
    config = GPT2Config(
        vocab_size=size, n_embd=8, n_layer=1, n_head=1, eos_token_id=0, bos_token_id=0
    )
    vocabulary = Vocabulary(tokenizer, GPT2LMHeadModel(config))
    wished = [bool(re.search(r"[\d\[\]]", text)) for text in vocabulary.pieces.texts]
    wished = [
        hit or text.strip().lower() in NUMBER_WORDS
        for hit, text in zip(wished, vocabulary.pieces.texts, strict=True)
    ]
    favour = torch.tensor(wished) * 2.5
    end = tokenizer.convert_tokens_to_ids(END)
    generator = torch.Generator().manual_seed(len(name))
    out = numbers = 0
    for answer in (FIGURE, PROSE):
        gate = Gate(allowed_numbers(answer), [c.n for c in answer.citations])
        processor = OnlyAllowedNumbers(vocabulary, gate, skip=0)
        rows = torch.zeros((PUSHED // 2, 0), dtype=torch.long)
        for _ in range(STEPS):
            scores = torch.randn((len(rows), size), generator=generator) * 2 + favour
            scores[:, end] = -3.0
            chosen = processor(rows, scores).argmax(dim=1, keepdim=True)
            rows = torch.cat([rows, chosen], dim=1)
        for row in rows.tolist():
            written = vocabulary.text(row[: row.index(end)] if end in row else row)
            text = " ".join(written.split())  # as an answer is given
            if gate.fits(text, done=True):  # else it never gets out
                out += 1
                numbers += any(char.isdigit() for char in text)
                assert wrong_numbers(text, answer) == [], text
    assert out > PUSHED // 5
    assert numbers > PUSHED // 15


def test_sentences_with_wrong_numbers_never_pass_the_checks() -> None:
    chance = random.Random(11)
    passed = wrong = 0
    for _ in range(SCRIPTED):
        answer = chance.choice((FIGURE, PROSE))
        draft = spoiled(answer, chance)
        bad = bool(wrong_numbers(draft, answer))
        wrong += bad
        if not any(faults(draft, answer)):
            passed += 1
            assert not bad, draft
            assert not untraced_numbers(replace(answer, answer=draft))
    assert wrong > SCRIPTED // 2
    assert passed > SCRIPTED // 50  # and the checks let good drafts through


def spoiled(answer: Answer, chance: random.Random) -> str:
    """The answer's own text with some of its numbers changed, moved, spelt or joined."""
    text = answer.answer
    for _ in range(chance.randrange(3)):
        kind = chance.randrange(7)
        found = list(re.finditer(r"\d+", text))
        match = chance.choice(found)
        digits = match[0]
        at = chance.randrange(len(digits))
        other = {
            0: digits[:at] + str(chance.randrange(10)) + digits[at + 1 :],
            1: digits + str(chance.randrange(10)),
            2: chance.choice(sorted(NUMBER_WORDS)),
            3: str(chance.randrange(10**6)),
            4: digits + chance.choice([" ", ",", ".", "\u00a0", "\u200b", "/"]) + digits,
            5: chance.choice(found)[0],
            6: chance.choice(WORDS),
        }[kind]
        text = text[: match.start()] + other + text[match.end() :]
    return text


def test_a_draft_of_slots_cannot_bring_numbers_of_its_own() -> None:
    chance = random.Random(13)
    for answer in (FIGURE, PROSE):
        slots = Slots(answer)
        slots.hide(answer.answer)
        parts = ["{{t1}}", "{{t2}}", "{{t3}}", "{{t99}}", "{{t", "}}", "1", "7", "²", " tre",
                 " [1]", " [3]", " fire", " mill.", " ", "kommunen ", "t1", "{{ t2 }}"]  # fmt: skip
        for _ in range(500):
            filled = slots.fill("".join(chance.choices(parts, k=6)))
            gate = Gate(allowed_numbers(answer), [c.n for c in answer.citations])
            if filled is not None and gate.fits(filled, done=True):
                assert wrong_numbers(filled, answer) == [], filled
