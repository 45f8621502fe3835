"""Paragraphs of a whole report -> which are headings, and of what level.

A heading is numbered ("2.3 Balansen"), larger than the running text, or bold and alone. Numbers
give levels outright; sizes are ranked, with the numbered headings as a measure.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

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
    """A table of contents: titles, and page numbers that only grow."""
    if any(grid.columns) or len(grid.columns) != 1 or len(grid.rows) < 4:
        return False
    numbers = [row.cells[0] for row in grid.rows if row.cells[0]]
    if len(numbers) < 4 or not all(n.isdigit() for n in numbers):
        return False
    pages = [int(n) for n in numbers]
    return pages == sorted(pages) and pages[-1] <= 1.5 * page_count + 10 and pages[0] < pages[-1]
