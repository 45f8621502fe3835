"""Text -> vectors of length one. The only door to tokenizers and sentence_transformers.

"bundled" is the project's own static model (models/embedder): a vector for each piece of a word,
averaged; read with numpy and tokenizers alone. Anything else is the name or path of a
sentence-transformers model, loaded when asked for, with its own prompts and length limit.
"""

import json
import re
import threading
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from figures.errors import UsageError
from indexer.tokens import keys, words

Vectors = NDArray[np.float32]

BUNDLED = Path(__file__).parent.parent / "models" / "embedder"
_BATCH = 64  # texts whose pieces fit the processor's cache
_REMEMBERED = 500_000  # words
_PIECE = 200  # characters: a sentence or two, some rows of a table
_LINE = re.compile(r"\n|(?<=[.!?]) +(?=[A-ZÆØÅ«])")


class Embedder(Protocol):
    """Anything that turns passages and questions into vectors that can be compared."""

    name: str
    dim: int

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row of length one for each text."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """One row of length one for each question."""
        ...


def load_embedder(spec: str = "bundled") -> Embedder:
    """The bundled model, or any sentence-transformers model by name or path."""
    if spec == "bundled":
        return StaticEmbedder(BUNDLED)
    return TransformerEmbedder(spec)


class StaticEmbedder:
    """Mean of the vectors of a text's pieces; what a piece weighs lies in its vector's length."""

    def __init__(self, folder: Path) -> None:
        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            # int8 steps, mapped: memory holds what is looked up; and a step's size for each row
            self._steps: NDArray[np.int8] = np.load(folder / "vectors.npy", mmap_mode="r")
            self._sizes: Vectors = np.load(folder / "sizes.npy").astype(np.float32)
        except OSError as error:
            raise UsageError(f"{folder}: no embedder here ({error})") from error
        self._known: dict[str, list[int]] = {}
        self._of_key: dict[str, int] = {}  # a row of those below
        self._lock = threading.Lock()
        self._key_vectors: Vectors = np.zeros((0, self._steps.shape[1]), np.float32)
        self.name: str = config["name"]
        self.dim = int(self._steps.shape[1])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row of length one for each text; a text without known words gives a row of zeros."""
        rows = [self._embed(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, self.dim), np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """The same as for passages: the model knows no difference."""
        return self.embed_passages(texts)

    def embed_keys(self, found: Sequence[str]) -> Vectors:
        """One row of length one for each key that indexer.tokens makes of a word."""
        with self._lock:
            new = [key for key in found if key not in self._of_key]
            if new:
                sums = [self._of_pieces(self._tokenizer.encode(key).ids).sum(axis=0) for key in new]
                start, end = len(self._of_key), len(self._of_key) + len(new)
                if end > len(self._key_vectors):  # room for as many again: copying costs
                    room = np.zeros((2 * end, self.dim), np.float32)
                    room[:start] = self._key_vectors[:start]
                    self._key_vectors = room
                self._key_vectors[start:end] = _unit(np.stack(sums))
                self._of_key |= zip(new, range(start, end), strict=True)
            vectors = self._key_vectors
        return vectors.take([self._of_key[key] for key in found], axis=0)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        pieces = [
            [piece for word in words(text) for piece in self._pieces_of(word)] for text in texts
        ]
        sums = np.zeros((len(texts), self.dim), np.float32)
        filled = [row for row, ids in enumerate(pieces) if ids]
        if filled:
            starts = np.cumsum([0, *(len(pieces[row]) for row in filled)])[:-1]
            flat = np.fromiter(chain.from_iterable(pieces), np.int64)
            sums[filled] = np.add.reduceat(self._of_pieces(flat), starts, axis=0)
        return _unit(sums)

    def _of_pieces(self, ids: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """One row for each piece."""
        places = np.asarray(ids, np.int64)
        rows: Vectors = self._steps[places].astype(np.float32) * self._sizes[places, None]
        return rows

    def _pieces_of(self, word: str) -> list[int]:
        """A word's pieces, remembered: text repeats its words, and this is what embedding costs."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            found = self._tokenizer.encode(" ".join(keys(word))).ids
            self._known[word] = found
        return found


class TransformerEmbedder:
    """A sentence-transformers model, with its own prompts for questions and passages if any."""

    def __init__(self, spec: str) -> None:
        from sentence_transformers import SentenceTransformer  # seconds and torch: only when wanted

        try:
            self._model: Any = SentenceTransformer(spec, device="cpu")
        except (OSError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise UsageError(
                f"embedder {spec!r}: no sentence-transformers model that can be loaded ({reason}). "
                "Give 'bundled', or the name or folder of a model that is on this machine."
            ) from error
        self.name = spec
        self.dim = len(self._model.encode_query("", show_progress_bar=False))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Passages with the model's own passage prompt, cut at its own length."""
        return self._rows(self._model.encode_document, texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Questions with the model's own query prompt."""
        return self._rows(self._model.encode_query, texts)

    def _rows(self, encode: Callable[..., Any], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return _unit(np.asarray(encode(list(texts), show_progress_bar=False), np.float32))


def passage_pieces(heading: str, title: str, text: str) -> list[str]:
    """What of a passage is embedded: its lines or sentences, packed, each under its heading.

    A vector for a whole passage drowns the one sentence or table row that is asked for; index
    each piece under the passage's number, and the passage is as near as its nearest piece.

    >>> [piece.splitlines() for piece in passage_pieces("1. Drift › 1.1 Skole", "", "Godt år.")]
    [['1.1 Skole', 'Godt år.']]
    """
    frame = "\n".join(filter(None, (heading.split(" › ")[-1], title)))
    packed: list[str] = []
    size = _PIECE
    for line in filter(str.strip, _LINE.split(text)):
        if size + len(line) > _PIECE:
            packed.append(frame)
            size = 0
        packed[-1] += f"\n{line}"
        size += len(line)
    return [piece.strip() for piece in packed] or [frame]


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Vectors = rows / np.maximum(lengths, 1e-9)
    return result
