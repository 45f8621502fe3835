"""All pages' lines -> the same without running heads, feet and page numbers.

A line at the edge of the page that comes back on page after page at the same height, figures in
it aside, is furniture. The running head is kept as the report's word for itself.
"""

import re
from collections import Counter
from collections.abc import Sequence

from indexer.read.pdf_lines import Line

_EDGE = 0.12  # of the page's height
_DIGITS = re.compile(r"[0-9]+")
_PAGE_NUMBER = re.compile(
    r"(?:side\s*)?[-–|]?\s*[0-9]{1,4}\s*[-–|]?(?:\s*(?:av|/)\s*[0-9]{1,4})?", re.I
)
_Key = tuple[str, int, bool]


def drop_running_heads(
    pages: Sequence[list[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], str]:
    """Each page's own lines, and the running head's words (empty when there is none)."""
    seen: Counter[_Key] = Counter()
    words: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        for key, line in {k: x for x in lines for k in _keys(x, height)}.items():
            seen[key] += 1
            if key[2]:
                words[line.text] += 1
    enough = max(3, 0.3 * len(pages)) if len(pages) >= 8 else max(2, 0.6 * len(pages))
    kept = [
        [x for x in lines if not _is_furniture(x, height, seen, enough, number)]
        for number, (lines, height) in enumerate(zip(pages, heights, strict=True), 1)
    ]
    common = [(n, text) for text, n in words.items() if n >= enough and len(text) >= 8]
    common = [(n, t) for n, t in common if sum(c.isalpha() for c in t) >= 6]
    return kept, max(common)[1] if common else ""


def _keys(line: Line, height: float) -> list[_Key]:
    """The line's words without figures and its height, rounded both ways; whether it is a head."""
    if _EDGE * height < line.bottom and line.top < (1 - _EDGE) * height:
        return []
    text = _DIGITS.sub("#", line.text)
    place = line.bottom / 4
    return [(text, at, line.bottom < height / 2) for at in {int(place), int(place + 0.5)}]


def _is_furniture(
    line: Line, height: float, seen: Counter[_Key], enough: float, number: int
) -> bool:
    keys = _keys(line, height)
    if not keys:
        return False
    if any(seen[key] >= enough for key in keys):
        return True
    outer = line.bottom < 0.08 * height or line.top > 0.92 * height
    return (
        outer
        and bool(_PAGE_NUMBER.fullmatch(line.text))
        and any(abs(int(n) - number) <= 12 for n in _DIGITS.findall(line.text)[:1])
    )
