"""Parts of the search and of the answering that can be switched off, by name.

Each is a few changes of modules: what the part does is replaced by doing nothing.
"""

from collections.abc import Mapping

from eval.changes import Change


def _off(module: str, name: str, value: str) -> Change:
    return Change(module=module, name=name, value=value)


_NOTHING_FOUND = "lambda *_, **__: []"
_NO_ANSWER = "lambda *_, **__: None"

PARTS: Mapping[str, tuple[Change, ...]] = {
    # search
    "words": (_off("indexer.words", "Words.search", _NOTHING_FOUND),),
    "vectors": (_off("indexer.vectors", "Vectors.search", _NOTHING_FOUND),),
    "reranking": (
        _off(
            "retriever.rank",
            "rank",
            "lambda _query, _wanted, candidates:"
            " [(one, 1 / place, ()) for place, one in enumerate(candidates, start=1)]",
        ),
    ),
    "vocabulary": (_off("retriever.vocabulary", "_kin", _NOTHING_FOUND),),
    "typing-errors": (_off("retriever.vocabulary", "_meant", "lambda *_: ''"),),
    # what is answered from
    "cells": (_off("retriever.cells", "find_cells", _NOTHING_FOUND),),
    "mentions": (_off("retriever.mentions", "find_mentions", _NOTHING_FOUND),),
    # answering
    "prose": (_off("answer.prose", "answer_prose", _NO_ANSWER),),
    "yes-no": (_off("answer.verdict.yesno", "answer_yesno", _NO_ANSWER),),
    "comparisons": (
        _off("answer.calculate.comparisons", "answer_comparison", _NO_ANSWER),
        _off("answer.calculate.comparisons", "answer_both_reports", _NO_ANSWER),
    ),
    "shares": (
        _off("answer.calculate.shares", "answer_share", _NO_ANSWER),
        _off("answer.calculate.shares", "answer_per_inhabitant", _NO_ANSWER),
    ),
    "rows": (
        _off("answer.calculate.counts", "answer_count", _NO_ANSWER),
        _off("answer.calculate.extremes", "answer_extreme", _NO_ANSWER),
        _off("answer.calculate.sums", "answer_over_years", _NO_ANSWER),
    ),
    "threshold": (
        _off("answer.values", "MIN_SURE", "0.0"),
        _off("answer.prose", "MIN_SURE", "0.0"),
    ),
    "asking-back": (_off("answer.answer", "says_something", "lambda _evidence: False"),),
}
