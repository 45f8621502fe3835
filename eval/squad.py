"""Reading comprehension as SQuAD scores it: exact match and F1 over normalised words. Pure.

The official script's normalisation, English articles and ASCII punctuation included, so that
figures can be held against those of others; Norwegian articles are counted as words.
"""

import re
import string
from collections import Counter

_ARTICLE = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalised(text: str) -> str:
    """Small letters, no punctuation, no articles, single spaces.

    >>> normalised("The  Oslo-banen, an 1898!")
    'oslobanen 1898'
    """
    return " ".join(_ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact(said: str, right: str) -> bool:
    """Whether the two are the same.

    >>> exact("Arne Jensen.", "arne jensen"), exact("", "arne jensen")
    (True, False)
    """
    return normalised(said) == normalised(right)


def f1(said: str, right: str) -> float:
    """Words in common, against the words of both.

    >>> f1("i 1898 eller 1899", "1898")
    0.4
    >>> f1("", "1898"), f1("", "")
    (0.0, 1.0)
    """
    got, want = normalised(said).split(), normalised(right).split()
    if not got or not want:
        return float(got == want)
    common = (Counter(got) & Counter(want)).total()
    return 2 * common / (len(got) + len(want))
