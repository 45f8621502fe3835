"""Open data -> models/embedder: pieces, first vectors from co-occurrence, contrastive training.

A text's vector is the mean of its pieces' vectors. Training pulls the two sides of a pair together
and away from the other pairs of the batch; the length that a piece's vector ends with is the weight
the piece has in a text. Last it is sharpened on rows and questions of our own (training.sharpen).
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from indexer.tokens import tokens
from training.asked import read_asked
from training.cooccurrence import first_vectors
from training.pairs import Pair, all_pairs
from training.pieces import train_pieces
from training.save import save_embedder
from training.sharpen import sharpen
from training.texts import all_text, running_text

SEED = 20261120
NAME = "kommunesvar-static-4"
_BATCH = 1024
_SCALE = 20.0  # of the cosine, before softmax
_DROPPED = 0.2  # pieces of the question's side left out at random
_LENGTH = 160  # pieces of a passage looked at


def train_embedder(
    data: Path,
    folder: Path,
    *,
    size: int = 40_000,
    dim: int = 256,
    epochs: int = 4,
    sharpened: int = 3,
    runs: int = 3,
    name: str = NAME,
) -> None:
    """Train and write the static model; progress on stderr."""
    started = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {what}", file=sys.stderr)  # noqa: T201

    random.seed(SEED)
    torch.manual_seed(SEED)
    tokenizer = train_pieces(running_text(data), size)
    say(f"{tokenizer.get_vocab_size()} pieces")
    vectors = first_vectors(
        _sequences(tokenizer, all_text(data)), tokenizer.get_vocab_size(), dim, seed=SEED
    )
    say("first vectors from co-occurrence")
    pairs = all_pairs(data, seed=SEED)
    say(f"{len(pairs)} pairs")
    vectors = contrast(tokenizer, vectors, pairs, epochs=epochs, say=say)
    vectors = sharpen(tokenizer, vectors, read_asked(), epochs=sharpened, runs=runs, say=say)
    save_embedder(folder, tokenizer, vectors, name=name)
    say(f"saved in {folder}")


def _sequences(tokenizer: Tokenizer, texts: Iterator[str]) -> Iterator[NDArray[np.int32]]:
    held: list[str] = []
    for text in texts:
        held.append(" ".join(tokens(text)))
        if len(held) == 5_000:
            yield from _encode(tokenizer, held)
            held = []
    yield from _encode(tokenizer, held)


def _encode(tokenizer: Tokenizer, keys: Sequence[str]) -> Iterator[NDArray[np.int32]]:
    for encoding in tokenizer.encode_batch_fast(list(keys)):
        yield np.array(encoding.ids, np.int32)


def contrast(
    tokenizer: Tokenizer,
    vectors: NDArray[np.float32],
    pairs: Sequence[Pair],
    *,
    epochs: int,
    say: Callable[[str], None],
) -> NDArray[np.float32]:
    """Multiple-negatives ranking, both ways, over shuffled batches."""
    left = list(_sequences(tokenizer, (one for one, _ in pairs)))
    right = list(_sequences(tokenizer, (other for _, other in pairs)))
    kept = [i for i in range(len(pairs)) if len(left[i]) and len(right[i])]
    bag = torch.nn.EmbeddingBag.from_pretrained(
        torch.from_numpy(vectors.copy()), mode="mean", freeze=False
    )
    optimizer = torch.optim.Adam(bag.parameters(), lr=2e-3)
    steps = epochs * (len(kept) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 5e-3, total_steps=steps, pct_start=0.1
    )
    random_ = np.random.default_rng(SEED)
    targets = torch.arange(_BATCH)
    step, seen = 0, 0.0
    for epoch in range(epochs):
        random_.shuffle(kept)
        for first in range(0, len(kept) - _BATCH + 1, _BATCH):
            batch = kept[first : first + _BATCH]
            asked = _embed(bag, [_drop(left[i], random_) for i in batch])
            found = _embed(bag, [right[i][:_LENGTH] for i in batch])
            scores = asked @ found.T * _SCALE
            loss = (
                torch.nn.functional.cross_entropy(scores, targets)
                + torch.nn.functional.cross_entropy(scores.T, targets)
            ) / 2
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            seen = 0.98 * seen + 0.02 * loss.item() if step else loss.item()
            step += 1
            if step % 100 == 0:
                say(f"epoch {epoch + 1}, step {step} of {steps}, loss {seen:.3f}")
    trained: NDArray[np.float32] = bag.weight.detach().numpy()
    return trained


def _drop(ids: NDArray[np.int32], random_: np.random.Generator) -> NDArray[np.int32]:
    kept = ids[random_.random(len(ids)) >= _DROPPED]
    return kept if len(kept) else ids


def _embed(bag: torch.nn.EmbeddingBag, batch: Sequence[NDArray[np.int32]]) -> torch.Tensor:
    flat = torch.from_numpy(np.concatenate(batch).astype(np.int64))
    starts = torch.from_numpy(np.cumsum([0, *(len(ids) for ids in batch)])[:-1].astype(np.int64))
    return torch.nn.functional.normalize(bag(flat, starts), dim=1)
