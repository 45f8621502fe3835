"""Sequences of piece ids -> a first vector for each piece, from the company it keeps.

Positive pointwise mutual information of pieces that stand near each other, reduced by a randomised
singular value decomposition. It gives the contrastive training, whose pairs are few, a start that
already knows which words are alike.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]

_WINDOW = 8
_SMOOTHING = 0.75  # takes the rare contexts down a little (Levy & Goldberg)
_RARE = 3  # times a pair must be seen
_CHUNK = 4_000_000  # ids counted at a time: bounds the memory
_COMMON = 1e-3  # the "a" of smooth inverse frequency: commoner pieces weigh less


def first_vectors(
    sequences: Iterable[NDArray[np.int32]], size: int, dim: int, *, seed: int
) -> NDArray[np.float32]:
    """A vector for each piece; its length falls with how common the piece is."""
    counts = np.zeros(size, np.float64)
    pairs = sparse.csr_matrix((size, size), dtype=np.float32)
    for ids in _chunks(sequences):
        counts += np.bincount(ids[ids >= 0], minlength=size)
        pairs = pairs + _count(ids, size)
    pairs = (pairs + pairs.T).tocsr()
    pairs.data[pairs.data < _RARE] = 0
    pairs.eliminate_zeros()
    left, values, _ = randomized_svd(_ppmi(pairs), dim, n_iter=3, random_state=seed)
    vectors = left * np.sqrt(values)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    share = counts / counts.sum()
    result: NDArray[np.float32] = (vectors * (_COMMON / (_COMMON + share))[:, None]).astype(
        np.float32
    )
    return result


def _chunks(sequences: Iterable[NDArray[np.int32]]) -> Iterable[NDArray[np.int32]]:
    """Sequences end to end, a gap of -1 between them, so that no window crosses."""
    gap = np.full(_WINDOW, -1, np.int32)
    held: list[NDArray[np.int32]] = []
    size = 0
    for ids in sequences:
        held += [ids, gap]
        size += len(ids) + _WINDOW
        if size > _CHUNK:
            yield np.concatenate(held)
            held, size = [], 0
    if held:
        yield np.concatenate(held)


def _count(ids: NDArray[np.int32], size: int) -> sparse.csr_matrix:
    total = sparse.csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, _WINDOW + 1):
        left, right = ids[:-distance], ids[distance:]
        both = (left >= 0) & (right >= 0)
        weight = np.full(int(both.sum()), 1.0 if distance <= 3 else 0.5, np.float32)
        total = (
            total
            + sparse.coo_matrix((weight, (left[both], right[both])), shape=(size, size)).tocsr()
        )
    return total


def _ppmi(pairs: sparse.csr_matrix) -> sparse.csr_matrix:
    rows = np.asarray(pairs.sum(axis=1)).ravel()
    context = rows**_SMOOTHING
    context /= context.sum()
    found = pairs.tocoo()
    information = np.log(found.data / (np.maximum(rows[found.row], 1e-9) * context[found.col]))
    keep = information > 0
    return sparse.csr_matrix(
        (information[keep].astype(np.float32), (found.row[keep], found.col[keep])),
        shape=pairs.shape,
    )
