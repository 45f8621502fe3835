"""The vector side of the index: vectors under passage numbers, nearest first. faiss's only door.

A number may have several vectors, one for each piece of a passage. Up to `EXACT_LIMIT` vectors all
are compared, exactly. Beyond that they are sorted into neighbourhoods and kept in eight bits, and a
question looks into the nearest neighbourhoods only (how much that loses is in docs/experiments.md).
Such a file is mapped, not read: memory holds what questions touch.
"""

import math
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

EXACT_LIMIT = 50_000  # exact search of as many takes about 3 ms and 50 MB
_LOOKED_INTO = 256, 3  # neighbourhoods: so many, or one in three where that is more
_TRAINED_ON = 100_000
_VECTORS_EACH = 4  # a number's vectors that may crowd the list before another number comes

_LIKENESS = faiss.METRIC_INNER_PRODUCT

Numbers = NDArray[np.int64]


class VectorsWriter:
    """Adds and removes vectors of one file; nothing is written before `save`."""

    def __init__(self, path: Path, *, dim: int, exact_limit: int = EXACT_LIMIT) -> None:
        """Go on with the file's vectors if there is one, else begin empty."""
        self._path = path
        self._exact_limit = exact_limit
        self._index: Any = faiss.read_index(str(path)) if path.exists() else _empty(dim)

    def add(self, numbers: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Add one vector for each number."""
        if len(numbers):
            rows = np.ascontiguousarray(vectors, np.float32)
            self._index.add_with_ids(rows, np.asarray(numbers, np.int64))

    def remove(self, numbers: NDArray[np.int64]) -> None:
        """Take out the vectors of these numbers."""
        if len(numbers):
            self._index.remove_ids(np.asarray(numbers, np.int64))

    def save(self) -> None:
        """Write the file beside the old one and put it in its place: the old may be shared."""
        if self._index.ntotal > self._exact_limit and isinstance(self._index, faiss.IndexIDMap):
            numbers = faiss.vector_to_array(self._index.id_map)
            flat = faiss.downcast_index(self._index.index)
            self._index = _into_neighbourhoods(numbers, flat.reconstruct_n(0, flat.ntotal))
        elif isinstance(self._index, faiss.IndexIVF) and self._index.nlist**2 < self._index.ntotal:
            self._index = _into_neighbourhoods(*_decoded(self._index))  # four times as many as then
        beside = self._path.with_suffix(".new")
        faiss.write_index(self._index, str(beside))
        beside.replace(self._path)


class Vectors:
    """A finished vector file, read-only."""

    def __init__(self, path: Path) -> None:
        self._index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
        faiss.omp_set_num_threads(1)  # one question at a time: threads cost more than they give

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        """Length of the vectors: must be the embedder's."""
        return int(self._index.d)

    def search(
        self, vector: NDArray[np.float32], k: int, allowed: Numbers | None = None
    ) -> list[tuple[int, float]]:
        """Nearest numbers: (number, cosine), best first; `allowed` is a hard filter.

        A number with several vectors counts once, as its nearest.
        """
        if k < 1 or len(self) == 0 or (allowed is not None and len(allowed) == 0):
            return []
        selector = None
        if allowed is not None:
            selector = faiss.IDSelectorBitmap(_bits(allowed))  # type: ignore[call-arg, arg-type]
        query = np.ascontiguousarray(vector, np.float32).reshape(1, -1)
        most = min(_VECTORS_EACH * k, len(self))
        if isinstance(self._index, faiss.IndexIVF):
            scores, numbers = self._search_neighbourhoods(query, most, selector, allowed)
        else:
            chosen: Any = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
            scores, numbers = self._index.search(query, most, params=chosen)
        nearest: dict[int, float] = {}
        for number, score in zip(numbers[0].tolist(), scores[0].tolist(), strict=True):
            if number >= 0:
                nearest.setdefault(number, score)
        return list(nearest.items())[:k]

    def _search_neighbourhoods(
        self, query: NDArray[np.float32], most: int, selector: Any, allowed: Numbers | None
    ) -> Any:
        """Look into the nearest neighbourhoods, or into all that hold what is allowed."""
        index, (least, part) = self._index, _LOOKED_INTO
        if allowed is None:
            looked_into = max(least, index.nlist // part)
            chosen: Any = faiss.SearchParametersIVF(nprobe=looked_into)  # type: ignore[call-arg]
            return index.search(query, most, params=chosen)
        numbers, holders = self._holders
        starts = np.searchsorted(numbers, allowed)
        ends = np.searchsorted(numbers, allowed, side="right")
        counts = ends - starts
        places = np.repeat(ends - counts.cumsum(), counts) + np.arange(counts.sum())
        wanted = np.unique(holders[places]).astype(np.int64)
        if not len(wanted):
            return np.zeros((1, 0), np.float32), np.zeros((1, 0), np.int64)
        likeness = (self._centres[wanted] @ query[0]).astype(np.float32)
        chosen = faiss.SearchParametersIVF(sel=selector, nprobe=len(wanted))  # type: ignore[call-arg]
        scores, found = np.empty((1, most), np.float32), np.empty((1, most), np.int64)
        arrays = [faiss.swig_ptr(array) for array in (wanted, likeness, scores, found)]
        index.search_preassigned_c(1, faiss.swig_ptr(query), most, *arrays, False, chosen)
        return scores, found

    @cached_property
    def _holders(self) -> tuple[Numbers, NDArray[np.int32]]:
        """All numbers in order, and for each the neighbourhood that holds it."""
        lists = self._index.invlists
        sizes = [lists.list_size(place) for place in range(self._index.nlist)]
        numbers = np.concatenate(
            [
                faiss.rev_swig_ptr(lists.get_ids(place), size)
                for place, size in enumerate(sizes)
                if size
            ]
        )
        holders = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        order = np.argsort(numbers, kind="stable")
        return numbers[order], holders[order]

    @cached_property
    def _centres(self) -> NDArray[np.float32]:
        centres: NDArray[np.float32] = self._index.quantizer.reconstruct_n(0, self._index.nlist)
        return centres


def _bits(numbers: Numbers) -> NDArray[np.uint8]:
    """A bit for each number up to the highest, set for those given."""
    flags = np.zeros(int(numbers.max()) + 1, np.bool_)
    flags[numbers] = True
    return np.packbits(flags, bitorder="little")


def _empty(dim: int) -> Any:
    return faiss.IndexIDMap(faiss.IndexFlatIP(dim))


def _into_neighbourhoods(numbers: Numbers, vectors: NDArray[np.float32]) -> Any:
    """Vectors under their numbers, in eight bits, by neighbourhood."""
    count, dim = vectors.shape
    index = faiss.index_factory(dim, f"IVF{int(2 * math.sqrt(count))},SQ8", _LIKENESS)
    index.train(vectors[:: max(1, count // _TRAINED_ON)])
    index.add_with_ids(vectors, numbers)
    return index


def _decoded(index: Any) -> tuple[Numbers, NDArray[np.float32]]:
    """The numbers and vectors of an index in neighbourhoods, as near as eight bits tell."""
    numbers = np.empty(index.ntotal, np.int64)
    vectors = np.empty((index.ntotal, index.d), np.float32)
    done = 0
    for neighbourhood in range(index.nlist):
        size = index.invlists.list_size(neighbourhood)
        if not size:
            continue
        ids = faiss.rev_swig_ptr(index.invlists.get_ids(neighbourhood), size)
        numbers[done : done + size] = ids
        for place in range(size):
            into = faiss.swig_ptr(vectors[done + place])
            index.reconstruct_from_offset(neighbourhood, place, into)
        done += size
    return numbers, vectors
