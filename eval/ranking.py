"""How well a search did: measures over the ranks at which pieces of evidence were first shown.

A rank counts from 1; None is evidence that was not shown at all. Pure.
"""

from collections import Counter
from collections.abc import Sequence
from math import log2

Ranks = Sequence[int | None]


def within(rank: int | None, k: int) -> bool:
    """Whether the evidence was among the first k: averaged, this is recall@k.

    >>> [within(rank, 5) for rank in (1, 5, 6, None)]
    [True, True, False, False]
    """
    return rank is not None and rank <= k


def reciprocal(rank: int | None) -> float:
    """1 for the first place, 1/2 for the second …: averaged, this is MRR.

    >>> [reciprocal(rank) for rank in (1, 4, None)]
    [1.0, 0.25, 0.0]
    """
    return 1 / rank if rank else 0.0


def ndcg(ranks: Ranks) -> float:
    """Gain discounted by place, against the best order; a passage gains what it first shows.

    >>> ndcg([1, 2]), ndcg([1, 1]), ndcg([None])  # two in one passage cannot be put better
    (1.0, 1.0, 0.0)
    >>> round(ndcg([3, None]), 3)  # 1/log2(4) of 1 + 1/log2(3)
    0.307
    """
    gains = Counter(rank for rank in ranks if rank)
    best = sorted([*gains.values(), *(1 for rank in ranks if not rank)], reverse=True)
    reached = sum(gain / log2(1 + rank) for rank, gain in gains.items())
    return reached / sum(gain / log2(1 + place) for place, gain in enumerate(best, start=1))
