"""Words -> lines, and lines -> paragraphs. Knows baselines, gaps and hyphens, no tables."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from figures.cells import Box
from indexer.read.pdf_marks import Word

_KEEP_HYPHEN_BEFORE = {"og", "eller", "samt", "til", "and", "or"}
# How a line ends that the next one goes on with.
OPEN_ENDS = (
    *(",", "-", "–", "(", "/", " og", " i", " av", " til", " for", " per", " på", " med", " eller"),
    *(" som", " fra", " pr", " pr.", " ved", " om", " samt", " mot", " å", " frå"),
)
_LETTER_HYPHEN = re.compile(r"[a-zæøåéäöü]-$")
_FOOTNOTE_MARK = re.compile(r"^[(\[]?(?:[0-9]{1,2}|[a-h]|\*{1,3})[)\]]?(?:,[0-9]{1,2})*$")


@dataclass(slots=True)
class Line:
    """Words that share a baseline, left to right."""

    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool

    @property
    def text(self) -> str:
        """The words with spaces between, footnote marks included."""
        return words_to_text(self.words)

    @property
    def middle(self) -> float:
        """The height of the middle of its small letters."""
        return self.bottom - 0.45 * self.size

    @property
    def box(self) -> Box:
        """Where it stands."""
        return (round(self.x0, 1), round(self.top, 1), round(self.x1, 1), round(self.bottom, 1))


def words_to_text(words: Iterable[Word]) -> str:
    """Words with a space between, except where a word only changes its type."""
    parts: list[str] = []
    for word in words:
        if parts and not word.glued:
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def words_to_line(words: list[Word]) -> Line:
    """A line of words; its size and weight are those of most of its letters."""
    words.sort()
    letters = sum(len(w.text) for w in words)
    bold = 2 * sum(len(w.text) for w in words if w.bold) > letters
    size = _size_of_most(words, letters)
    return Line(
        words,
        words[0].x0,
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words if w.size >= 0.8 * size),
        size,
        bold,
    )


def _size_of_most(words: Iterable[Word], letters: int) -> float:
    """Half of the letters are no larger: a word with a ring or an accent may measure taller."""
    seen = 0
    for word in sorted(words, key=lambda w: -w.size):
        seen += len(word.text)
        if 2 * seen >= letters:
            return word.size
    return 0.0


def words_to_lines(words: Iterable[Word]) -> list[Line]:
    """Group words by baseline, top to bottom; raised marks join the line they stand in."""
    rows: list[list[Word]] = []
    bases: list[float] = []
    small: list[Word] = []
    for word in sorted(words, key=lambda w: w.bottom):
        for at in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            if word.bottom - bases[at] <= 0.22 * min(word.size, rows[at][0].size):
                rows[at].append(word)
                break
        else:
            if word.glued:
                small.append(word)
                continue
            rows.append([word])
            bases.append(word.bottom)
    lines = sorted((words_to_line(row) for row in rows), key=lambda line: line.bottom)
    return _with_marks(lines, small)


def _with_marks(lines: list[Line], small: list[Word]) -> list[Line]:
    """Put raised and lowered small type into the line beside it."""
    standing: list[Line] = []
    for line in lines:
        if len(line.words) <= 2 and all(_FOOTNOTE_MARK.match(w.text) for w in line.words):
            small.extend(line.words)
        else:
            standing.append(line)
    for word in small:
        middle = (word.top + word.bottom) / 2
        best, distance = None, 1e9
        for line in standing:
            if not line.top - 0.35 * line.size <= middle <= line.bottom + 0.3 * line.size:
                continue
            if not word.glued and word.size > 0.85 * line.size:
                continue
            for other in line.words:
                gap = max(word.x0 - other.x1, other.x0 - word.x1)
                if gap < distance:
                    best, distance = line, gap
        if best is not None and distance < 0.6 * best.size:
            best.words.append(word)
            best.words.sort()
            best.x1 = max(best.x1, word.x1)
            best.x0 = min(best.x0, word.x0)
        else:
            standing.append(words_to_line([word]))
    standing.sort(key=lambda line: (line.bottom, line.x0))
    return standing


def is_raised_mark(word: Word, size: float) -> bool:
    """A footnote mark: small type above the baseline, "¹⁾" beside a figure or a label."""
    return word.size <= 0.82 * size and bool(_FOOTNOTE_MARK.match(word.text))


def without_marks(words: Sequence[Word], size: float, base: float) -> list[Word]:
    """The words less raised footnote marks; lowered ones (CO₂) stay."""
    return [w for w in words if not (is_raised_mark(w, size) and w.bottom < base - 0.08 * size)]


def join_texts(texts: Iterable[str]) -> str:
    """Lines -> running text: a hyphen at a line end goes, a real one stays.

    >>> join_texts(["helse- og velferds-", "tjenesten i perioden"])
    'helse- og velferdstjenesten i perioden'
    >>> join_texts(["helse-", "og omsorgstjenester i 2023-", "2024"])
    'helse- og omsorgstjenester i 2023-2024'
    """
    joined = ""
    for text in texts:
        if not joined:
            joined = text
        elif _LETTER_HYPHEN.search(joined) and text[:1].islower():
            first = re.split(r"[^\w]", text, maxsplit=1)[0]
            joined = f"{joined} {text}" if first in _KEEP_HYPHEN_BEFORE else joined[:-1] + text
        elif joined.endswith("-") and not joined.endswith(" -") and text[:1].isalnum():
            joined += text
        else:
            joined += " " + text
    return joined


def box_around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds them all."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return (min(x0), min(top), max(x1), max(bottom))
