"""Paragraphs of a whole report -> which are headings, and of what level.

A heading is numbered ("2.3 Balansen"), larger than the running text, or bold and alone. Numbers
give levels outright; sizes are ranked, with the numbered headings as a measure.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from indexer.read.pdf_lines import Line
from indexer.read.pdf_prose import BULLET, Paragraph
from indexer.records import Grid

NUMBER = re.compile(
    r"(?:Kapittel\s+|Del\s+)?([0-9]{1,2}(?:\.[0-9]{1,2}){0,4})\.?\s+(?=[A-ZÆØÅ«\"(])"
)
_TOC_LINE = re.compile(r".{3,}?(?:\.{3,}|…|(?:\s\.){3,})\s*[0-9]{1,3}$")


def body_size_of(lines: Iterable[Line]) -> float:
    """The size of type that most letters outside tables have."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size * 2) / 2] += sum(len(word.text) for word in line.words)
    return letters.most_common(1)[0][0] if letters else 10.0


def heading_levels(paragraphs: Sequence[Paragraph], body_size: float) -> list[int]:
    """A level for each paragraph; 0 is no heading."""
    found = [_looks_like_heading(p, body_size) for p in paragraphs]
    styles: dict[tuple[float, bool], Counter[int]] = defaultdict(Counter)
    for paragraph, is_heading in zip(paragraphs, found, strict=True):
        if is_heading:
            styles[_style(paragraph)][_numbered_level(paragraph)] += 1
    level_of: dict[tuple[float, bool], int] = {}
    level = 0
    for style in sorted(styles, reverse=True):
        usual = styles[style].most_common(1)[0][0]
        level = max(level, usual) if usual else min(level + 1, 6)
        level_of[style] = level
    levels = []
    for paragraph, is_heading in zip(paragraphs, found, strict=True):
        if not is_heading:
            levels.append(0)
        else:
            levels.append(_numbered_level(paragraph) or level_of[_style(paragraph)])
    return levels


def _numbered_level(paragraph: Paragraph) -> int:
    """2 for "4.1 Skole"; 0 without a number."""
    number = NUMBER.match(paragraph.text)
    return number.group(1).count(".") + 1 if number else 0


def _style(paragraph: Paragraph) -> tuple[float, bool]:
    return round(paragraph.size * 2) / 2, paragraph.bold


def _looks_like_heading(paragraph: Paragraph, body_size: float) -> bool:
    text = paragraph.text
    if (
        paragraph.listed
        or len(text) > 160
        or len(paragraph.lines) > 3
        or not any(c.isalpha() for c in text)
    ):
        return False
    if BULLET.match(text) or text.endswith((",", ";")) or _TOC_LINE.match(text):
        return False
    large = paragraph.size > 1.07 * body_size
    if large and len(text) < 120 and not text.endswith("."):
        return True
    if paragraph.bold and not text.endswith((".", ":")):
        return True
    number = NUMBER.match(text)
    return bool(
        number
        and len(paragraph.lines) == 1
        and len(text) < 90
        and not text.endswith((".", ":"))
        and paragraph.size > 0.95 * body_size
    )


def is_contents(grid: Grid, page_count: int) -> bool:
    """A table of contents: titles with leaders, or page numbers that only grow."""
    if any(grid.columns):
        return False
    last = [next((c for c in reversed(row.cells) if c), "") for row in grid.rows]
    words = [" ".join([row.label, *(c for c in row.cells if c)]) for row in grid.rows]
    if 2 * sum("...." in text for text in words) >= len(words):
        return True
    numbers = [int(text) for text in last if text.isdecimal() and len(text) <= 4]
    if len(numbers) < 4 or len(numbers) < 0.8 * len(last) or len(grid.columns) > 2:
        return False
    growing = sum(a <= b for a, b in pairwise(numbers))
    return growing >= 0.9 * (len(numbers) - 1) and numbers[0] < numbers[-1] <= 2 * page_count + 10
