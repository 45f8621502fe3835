"""A tokenizer's vocabulary as pieces of text, and which of them may come next. Pure.

Whatever way a tokenizer cuts numbers, its pieces are judged by the text that they make. Sorted, the
pieces are a trie: a beginning that does not fit drops all pieces that begin so. Most pieces hold no
digit, bracket or whole word; one probe each for letters and other signs settles them all at once.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from answer.writers.gate import Gate

_PLAIN = re.compile(r"[^\w\[\]]*[^\W\d_]*")  # at most one word, and it goes on
_LETTER, _SIGN = "ƿ", "§"  # stand for any letter and any sign: they begin nothing that is allowed
_LAST = "\U0010ffff"
_BROKEN = "\ufffd"  # part of a letter's bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Ids that may come next: all plain pieces that begin so, and these."""

    letters: bool
    signs: bool
    ids: tuple[int, ...]


class Pieces:
    """A vocabulary, sorted by what each piece does to numbers."""

    def __init__(self, texts: Sequence[str]) -> None:
        """`texts[i]` is what token i adds to a text; "" for one that may never be written."""
        self.texts = texts
        self.letters: list[int] = []
        self.signs: list[int] = []
        self.broken: list[int] = []
        risky: list[tuple[str, int]] = []
        for token, text in enumerate(texts):
            if _BROKEN in text:
                self.broken.append(token)
            elif text and not (_PLAIN.fullmatch(text) and _is_harmless(text)):
                risky.append((text, token))
            elif text:
                (self.letters if text[0].isalpha() else self.signs).append(token)
        self._risky = sorted(risky)
        self._by_letter = sorted((texts[token], token) for token in self.letters)
        self._by_sign = sorted((texts[token], token) for token in self.signs)

    def after(self, tail: str, gate: Gate) -> Allowed:
        """What may follow a text with this open end."""
        letters, signs = gate.may_follow(tail, _LETTER), gate.may_follow(tail, _SIGN)
        ids = _walk(self._risky, tail, gate)
        if not letters:
            ids += _walk(self._by_letter, tail, gate)
        if not signs:
            ids += _walk(self._by_sign, tail, gate)
        elif letters:
            ids += self.broken  # whatever they become, it is a letter or a sign here
        return Allowed(letters=letters, signs=signs, ids=tuple(ids))


def _is_harmless(text: str) -> bool:
    """Whether no allowed numbers are needed for it: it holds no strange sign."""
    return _NOTHING_ALLOWED.fits(text)


_NOTHING_ALLOWED = Gate((), ())


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
