"""A tokenizer's vocabulary as pieces of text, and which of them may come next. Pure.

Whatever way a tokenizer cuts numbers, its pieces are judged by the text that they make. Sorted, the
pieces are a trie: a beginning that does not fit drops all pieces that begin so. Most pieces hold no
digit, bracket or whole word; one probe for each of three classes settles them all at once.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from answer.writers.expressions import CAPITAL, WORD
from answer.writers.gate import LETTER, SIGN, UPPER, Gate, is_strange

CLASSES = (LETTER, UPPER, SIGN)  # what a plain piece begins with
_PLAIN = re.compile(rf"[^\w\[\]]*(?:{WORD})?")  # at most one word, and it goes on
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What may come next: every plain piece of these classes, and these single ones."""

    classes: tuple[str, ...]
    ids: tuple[int, ...]


class Pieces:
    """A vocabulary, sorted by what each piece can do to numbers."""

    def __init__(self, texts: Sequence[str]) -> None:
        """`texts[i]` is what token i adds to a text; "" for one that may never be written."""
        self.texts = texts
        plain: dict[str, list[tuple[str, int]]] = {name: [] for name in CLASSES}
        risky: list[tuple[str, int]] = []
        for token, text in enumerate(texts):
            if not text or any(map(is_strange, text.rstrip("²³"))):
                continue  # never written; so are bare parts of a letter's bytes
            if _PLAIN.fullmatch(text) and not text.endswith(("²", "³")):
                plain[_class_of(text)].append((text, token))
            else:
                risky.append((text, token))
        self._plain = {name: sorted(pieces) for name, pieces in plain.items()}
        self._risky = sorted(risky)

    def plain(self, name: str) -> list[int]:
        """The tokens of one class."""
        return [token for _, token in self._plain[name]]

    def after(self, tail: str, gate: Gate) -> Allowed:
        """What may follow a text with this open end."""
        ids = _walk(self._risky, tail, gate)
        classes = []
        for name, pieces in self._plain.items():
            if gate.may_follow(tail, name):
                classes.append(name)
            else:
                ids += _walk(pieces, tail, gate)
        return Allowed(classes=tuple(classes), ids=tuple(ids))


def _class_of(text: str) -> str:
    if CAPITAL.match(text):
        return UPPER
    return LETTER if text[0].isalpha() else SIGN


def _walk(pieces: Sequence[tuple[str, int]], tail: str, gate: Gate) -> list[int]:
    """Tokens whose piece fits after the tail."""
    fitting: list[int] = []
    branches = [("", 0, len(pieces))]
    while branches:
        begun, low, high = branches.pop()
        while low < high:
            text, token = pieces[low]
            if text == begun:
                fitting.append(token)
                low += 1
                continue
            longer = text[: len(begun) + 1]
            end = bisect_right(pieces, (longer + _LAST, 0), low, high)
            if gate.may_follow(tail, longer):
                branches.append((longer, low, end))
            low = end
    return fitting
