"""A trained tokenizer and matrix -> the files that indexer/embed.py reads."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer


def save_embedder(
    folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32], *, name: str
) -> None:
    """Write the model; each row becomes eight-bit steps and the size of a step."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    steps = np.clip(np.rint(vectors / sizes[:, None]), -127, 127).astype(np.int8)
    np.save(folder / "vectors.npy", steps)
    np.save(folder / "sizes.npy", sizes.astype(np.float32))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    config = {"name": name, "dim": int(vectors.shape[1]), "pieces": int(vectors.shape[0])}
    (folder / "config.json").write_text(json.dumps(config) + "\n", encoding="utf-8")
