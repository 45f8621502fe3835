"""Header rows in, one name for each column out.

Names stand over each other ("Regnskap" / "2023"), span columns ("Kvinne" over "Antall" and
"Årsverk"), and break in the middle of a word ("Stavange" / "r 2023"). The document's own words
tell which pieces are halves of a word.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_YEAR = re.compile(r"(?:19|20)\d\d")
_HYPHENATED = re.compile(r"(?<=[a-zæøå])-\s+(?!og\b|eller\b|samt\b)(?=[a-zæøå])")


def count_words(text: str) -> Counter[str]:
    """How often each word stands in a text, in lower case."""
    return Counter(re.findall(r"[^\W\d_]+", text.lower()))


def mend_words(name: str, words: Counter[str]) -> str:
    """Put the halves of cut words together: "gjennomsn itt" where the report says "gjennomsnitt".

    >>> mend_words("Stavange r 2023", count_words("Stavanger og Stavanger, Stavange, r"))
    'Stavanger 2023'
    """
    name = _HYPHENATED.sub("", " ".join(name.split()))
    pieces: list[str] = []
    for piece in name.split(" "):
        if pieces and _are_halves(pieces[-1], piece, words):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return " ".join(pieces)


def _are_halves(left: str, right: str, words: Counter[str]) -> bool:
    if not (left.isalpha() and right[:1].islower() and left[-1].islower()):
        return False
    tail = re.match(r"[^\W\d_]+", right)
    if tail is None:
        return False
    whole = (left + tail.group()).lower()
    return words[whole] >= 2 and words[whole] > min(words[left.lower()], words[tail.group()])


def column_names(header: Sequence[Sequence[str]], words: Counter[str]) -> tuple[str, ...]:
    """Read each column's name from the top down, names that span columns repeated over each."""
    rows = [list(row) for row in header]
    for upper, lower in pairwise(rows):
        _spread(upper, lower)
    names = []
    for pieces in zip(*rows, strict=True):
        name: list[str] = []
        for piece in pieces:
            if piece and piece not in name[-1:] and not (_is_year(piece) and piece in name):
                name.append(piece)
        names.append(mend_words(" ".join(name), words))
    return tuple(names)


def _is_year(text: str) -> bool:
    return bool(_YEAR.fullmatch(text))


def _spread(upper: list[str], lower: list[str]) -> None:
    """Repeat a spanning name over the columns to its right that the row below names alike."""
    source = -1
    for i, name in enumerate(upper):
        if name:
            source = i
        elif source >= 0 and lower[i] and _is_alike(lower[source], lower[i]):
            upper[i] = upper[source]


def _is_alike(under_name: str, under_gap: str) -> bool:
    """Names of one kind stand side by side under a span; the rest of a broken name does not."""
    if _YEAR.search(under_name) or _YEAR.search(under_gap):
        return bool(_YEAR.search(under_name) and _YEAR.search(under_gap))
    return under_name[:1].isupper() == under_gap[:1].isupper() and bool(under_name)
