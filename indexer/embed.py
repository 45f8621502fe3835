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
_KEYS = 4_096  # room for as many keys at first
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
            steps = np.load(folder / "vectors.npy")  # int8 steps, a size for each row
            sizes = np.load(folder / "sizes.npy")
        except OSError as error:
            raise UsageError(f"{folder}: no embedder here ({error})") from error
        self._vectors: Vectors = steps.astype(np.float32) * sizes.astype(np.float32)[:, None]
        self._known: dict[str, list[int]] = {}
        self.name: str = config["name"]
        self.dim = int(self._vectors.shape[1])
        self._adding = threading.Lock()  # questions may be answered at once
        self._place_of_key: dict[str, int] = {}
        self._of_keys: Vectors = np.zeros((_KEYS, self.dim), np.float32)  # doubled when full

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row of length one for each text; a text without known words gives a row of zeros."""
        rows = [self._embed(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, self.dim), np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """The same as for passages: the model knows no difference."""
        return self.embed_passages(texts)

    def embed_keys(self, found: Sequence[str]) -> Vectors:
        """One row of length one for each key that indexer.tokens makes of a word."""
        with self._adding:
            for key in found:
                if key not in self._place_of_key:
                    self._add_key(key)
            return self._of_keys[[self._place_of_key[key] for key in found]]

    def _add_key(self, key: str) -> None:
        place = self._place_of_key[key] = len(self._place_of_key)
        if place == len(self._of_keys):
            self._of_keys = np.concatenate((self._of_keys, np.zeros_like(self._of_keys)))
        ids = self._tokenizer.encode(key).ids
        self._of_keys[place] = _unit(self._vectors[ids].sum(axis=0, keepdims=True))[0]

    def _embed(self, texts: Sequence[str]) -> Vectors:
        pieces = [
            [piece for word in words(text) for piece in self._pieces_of(word)] for text in texts
        ]
        sums = np.zeros((len(texts), self.dim), np.float32)
        filled = [row for row, ids in enumerate(pieces) if ids]
        if filled:
            starts = np.cumsum([0, *(len(pieces[row]) for row in filled)])[:-1]
            flat = np.fromiter(chain.from_iterable(pieces), np.int64)
            sums[filled] = np.add.reduceat(self._vectors[flat], starts, axis=0)
        return _unit(sums)

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
