"""Vectors -> vectors that tell what stands side by side in a report apart.

For each question the rows of one table (or the sentences of one passage) are compared, with some
from elsewhere, and the right one is pulled ahead in three ways: by all that is said of it, by its
name alone, and word by word, since each is asked of the vectors when questions are answered.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from indexer.tokens import tokens
from training.asked import Choosing

SEED = 20261121
_BATCH = 64
_DROPPED = 0.15  # words of a question left out at random
_OTHERS, _ALONE = 6, 14  # choices from elsewhere; where there is only one of its own
_LONGEST = 60  # keys of a text looked at
_SCALES = (20.0, 15.0, 15.0)  # of the likeness by all, by name, by words, before softmax
_RATE = 6e-3

_Keys = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Choosing:
    question: _Keys
    choices: tuple[tuple[_Keys, _Keys], ...]  # the name, and the whole
    right: int


def sharpen(
    tokenizer: Tokenizer,
    vectors: NDArray[np.float32],
    asked: Iterable[Choosing],
    *,
    epochs: int,
    runs: int,
    say: Callable[[str], None],
) -> NDArray[np.float32]:
    """The mean of several runs from the same start: what one run learns by chance is evened out."""
    keys = _Numbers(tokenizer)
    lists = [found for one in asked if (found := keys.of_choosing(one))]
    made = [
        _run(keys, vectors, lists, seed=SEED + run, epochs=epochs, say=say) for run in range(runs)
    ]
    mean: NDArray[np.float32] = np.mean(made, axis=0, dtype=np.float32)
    return mean


def _run(
    keys: "_Numbers",
    vectors: NDArray[np.float32],
    lists: "list[_Choosing]",
    *,
    seed: int,
    epochs: int,
    say: Callable[[str], None],
) -> NDArray[np.float32]:
    """Listwise softmax over each question's choices, in shuffled batches."""
    torch.manual_seed(seed)
    random_ = random.Random(seed)  # noqa: S311 (training, not secrets)
    lists = lists.copy()
    bag = torch.nn.EmbeddingBag.from_pretrained(
        torch.from_numpy(vectors.copy()), mode="sum", freeze=False, sparse=True
    )
    optimizer = torch.optim.SparseAdam(list(bag.parameters()), lr=_RATE)
    steps = epochs * (len(lists) // _BATCH)
    seen = 0.0
    for step in range(steps):
        at = step % (steps // epochs) * _BATCH
        if at == 0:
            random_.shuffle(lists)
        loss = _loss(bag, keys.pieces, lists[at : at + _BATCH], random_)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        optimizer.param_groups[0]["lr"] = _RATE * (1 - (step + 1) / (steps + 1))
        seen = 0.98 * seen + 0.02 * loss.item() if step else loss.item()
        if step % 100 == 99:
            say(f"sharpening, step {step + 1} of {steps}, loss {seen:.3f}")
    sharpened: NDArray[np.float32] = bag.weight.detach().numpy()
    return sharpened


class _Numbers:
    """A number for each key, and the pieces of the key with that number."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._of: dict[str, int] = {}
        self.pieces: list[list[int]] = []

    def of_choosing(self, one: Choosing) -> _Choosing | None:
        question = self._keys(one.question)
        choices = tuple((self._keys(c.name), self._keys(c.whole)) for c in one.choices)
        if not question or not all(name and whole for name, whole in choices):
            return None
        return _Choosing(question, choices, one.right)

    def _keys(self, text: str) -> _Keys:
        return tuple(map(self._number, dict.fromkeys(tokens(text))))[:_LONGEST]

    def _number(self, key: str) -> int:
        if key not in self._of:
            self._of[key] = len(self.pieces)
            self.pieces.append(self._tokenizer.encode(key).ids)
        return self._of[key]


def _loss(
    bag: torch.nn.EmbeddingBag,
    pieces: Sequence[Sequence[int]],
    batch: Sequence[_Choosing],
    random_: random.Random,
) -> torch.Tensor:
    questions = [[k for k in one.question if random_.random() >= _DROPPED] for one in batch]
    questions = [some or [*one.question] for some, one in zip(questions, batch, strict=True)]
    names: list[_Keys] = []
    wholes: list[_Keys] = []
    own: list[int] = []
    right: list[int] = []
    for number, one in enumerate(batch):
        right.append(len(own) + one.right)
        others = _ALONE if len(one.choices) == 1 else _OTHERS
        elsewhere = [random_.choice(other.choices) for other in random_.choices(batch, k=others)]
        for name, whole in (*one.choices, *(c for c in elsewhere if c not in one.choices)):
            names.append(name)
            wholes.append(whole)
            own.append(number)
    used = sorted({key for text in (*questions, *names, *wholes) for key in text})
    place = {key: at for at, key in enumerate(used)}
    flat = [piece for key in used for piece in pieces[key]]
    starts = np.cumsum([0, *(len(pieces[key]) for key in used)])[:-1]
    words = bag(torch.tensor(flat), torch.from_numpy(starts))
    whose = torch.tensor(own)
    asked, said, named = (_padded(texts, place) for texts in (questions, wholes, names))
    likenesses = (
        (_mean(words, asked)[whose] * _mean(words, said)).sum(1),
        (_mean(words, asked)[whose] * _mean(words, named)).sum(1),
        _by_words(words, asked, said, whose),
    )
    losses = [
        _listwise(scale * likeness, whose, torch.tensor(right), len(batch))
        for scale, likeness in zip(_SCALES, likenesses, strict=True)
    ]
    return torch.stack(losses).sum()


def _padded(texts: Sequence[Sequence[int]], place: dict[int, int]) -> torch.Tensor:
    """One row of places for each text, -1 where it has ended."""
    longest = max(map(len, texts))
    return torch.tensor([[*(place[k] for k in t), *[-1] * (longest - len(t))] for t in texts])


def _mean(words: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    summed = (words[texts.clamp_min(0)] * (texts >= 0)[..., None]).sum(1)
    return torch.nn.functional.normalize(summed, dim=1)


def _by_words(
    words: torch.Tensor, asked: torch.Tensor, said: torch.Tensor, whose: torch.Tensor
) -> torch.Tensor:
    """For each word of the question the nearest that is said, longer vectors counting more."""
    lengths = words.norm(dim=1).clamp_min(1e-6)
    unit = words / lengths[:, None]
    near = torch.einsum("cqd,ctd->cqt", unit[asked.clamp_min(0)][whose], unit[said.clamp_min(0)])
    best = near.masked_fill((said < 0)[:, None, :], -1.0).amax(2).clamp_min(0)
    weight = lengths[asked.clamp_min(0)] * (asked >= 0)
    return (best * (weight / weight.sum(1, keepdim=True))[whose]).sum(1)


def _listwise(
    scores: torch.Tensor, whose: torch.Tensor, right: torch.Tensor, lists: int
) -> torch.Tensor:
    """Minus the log of the right one's share of each list."""
    most = torch.full((lists,), -1e9).scatter_reduce(0, whose, scores.detach(), "amax")
    all_ = torch.zeros(lists).index_add(0, whose, torch.exp(scores - most[whose]))
    return -(scores[right] - most - torch.log(all_)).mean()
