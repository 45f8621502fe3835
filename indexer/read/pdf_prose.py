"""Lines outside tables -> paragraphs, in reading order, on pages of one or two columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from figures.cells import Box
from indexer.read.pdf_lines import Line, box_around, join_texts, words_to_line
from indexer.read.pdf_marks import Word
from indexer.read.pdf_values import is_value

BULLET = re.compile(r"[•·▪◦‣●○■□➢➤✓*–\-o](?=\s)|[a-z][.)](?=\s)|\(?[0-9]{1,2}\)(?=\s)")
_NUMBERED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*\.?\s+[A-ZÆØÅ]")
_SENTENCE_END = re.compile(r"[.!?:;][»\")\]]*$")


@dataclass(slots=True)
class Paragraph:
    """Lines that read on."""

    lines: list[Line]

    @property
    def text(self) -> str:
        """Running text, hyphens at line ends mended."""
        return join_texts(line.text for line in self.lines)

    @property
    def box(self) -> Box:
        """Where it stands."""
        return box_around([line.box for line in self.lines])

    @property
    def size(self) -> float:
        """The size of its type."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)


def lines_to_zones(lines: Sequence[Line], width: float) -> list[list[Line]]:
    """Cut a page into pieces that are read one after the other: left column, right column."""
    gutter = _gutter(lines, width)
    if gutter is None:
        return [list(lines)]
    zones: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        a = [w for w in line.words if w.x1 <= gutter[1]]
        b = [w for w in line.words if w.x0 >= gutter[0]]
        if len(a) + len(b) < len(line.words) or (a and b and b[0].x0 - a[-1].x1 < 0.9 * line.size):
            zones += [zone for zone in (left, right) if zone]
            left, right = [], []
            if zones and zones[-1] and zones[-1][-1].x1 > gutter[1] and zones[-1][0].x0 < gutter[0]:
                zones[-1].append(line)
            else:
                zones.append([line])
            continue
        if a:
            left.append(_line_of(a, line))
        if b:
            right.append(_line_of(b, line))
    return zones + [zone for zone in (left, right) if zone]


def _line_of(words: list[Word], line: Line) -> Line:
    return line if len(words) == len(line.words) else words_to_line(words)


def _gutter(lines: Sequence[Line], width: float) -> tuple[float, float] | None:
    """The white strip between two columns of prose; None on a page of one column."""
    if len(lines) < 12:
        return None
    step = 2.0
    first, last = int(0.3 * width / step), int(0.7 * width / step)
    cover = [0] * (last + 1)
    for line in lines:
        spans = _spans(line)
        for x0, x1 in spans:
            for at in range(max(first, int(x0 / step)), min(last, int(x1 / step)) + 1):
                cover[at] += 1
    low = min(cover[first : last + 1])
    if low > 0.2 * len(lines):
        return None
    best: tuple[int, int] | None = None
    start = None
    for at in range(first, last + 2):
        if at <= last and cover[at] <= low + 0.02 * len(lines):
            start = at if start is None else start
        elif start is not None:
            if best is None or at - start > best[1] - best[0]:
                best = (start, at)
            start = None
    if best is None or (best[1] - best[0]) * step < 8:
        return None
    x0, x1 = best[0] * step, best[1] * step
    return (x0, x1) if _two_columns(lines, x0, x1) else None


def _spans(line: Line) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    for word in line.words:
        if spans and word.x0 - spans[-1][1] < 0.8 * line.size:
            spans[-1] = (spans[-1][0], word.x1)
        else:
            spans.append((word.x0, word.x1))
    return spans


def _two_columns(lines: Sequence[Line], x0: float, x1: float) -> bool:
    """Whether prose fills both sides; figures in columns and short labels do not count."""
    left = right = short = 0
    edge0 = min(line.x0 for line in lines)
    edge1 = max(line.x1 for line in lines)
    for line in lines:
        a = [w for w in line.words if w.x1 <= x1]
        b = [w for w in line.words if w.x0 >= x0]
        if len(a) + len(b) != len(line.words):
            continue
        for side, low, high in ((a, edge0, x0), (b, x1, edge1)):
            if not side:
                continue
            figures = sum(is_value(w.text) for w in side)
            full = side[-1].x1 - side[0].x0 > 0.62 * (high - low)
            widest = max((q.x0 - p.x1 for p, q in pairwise(side)), default=0)
            if full and len(side) >= 3 and 3 * figures <= len(side) and widest < 1.6 * line.size:
                left += side is a
                right += side is b
            else:
                short += 1
    return min(left, right) >= 5 and left + right > 0.9 * short


def lines_to_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Put lines together that read on."""
    if not lines:
        return []
    right = sorted(line.x1 for line in lines)[int(0.9 * (len(lines) - 1))]
    gaps = sorted(
        b.bottom - a.bottom for a, b in pairwise(lines) if 0 < b.bottom - a.bottom < 2.2 * a.size
    )
    leading = gaps[len(gaps) // 4] if gaps else 0.0
    paragraphs: list[Paragraph] = []
    for line in lines:
        if paragraphs and _reads_on(paragraphs[-1].lines, line, right, leading):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(Paragraph([line]))
    return paragraphs


def _reads_on(before: Sequence[Line], line: Line, right: float, leading: float) -> bool:
    last = before[-1]
    step = line.bottom - last.bottom
    size = max(last.size, 1.0)
    if abs(line.size - last.size) > 0.09 * size or step <= 0.2 * size:
        return False
    if (
        line.bold != last.bold
        and (last.bold == all(x.bold for x in before))
        and (all(w.bold for w in last.words) or all(w.bold for w in line.words))
    ):
        return False
    if step > max(1.18 * leading, 1.05 * size) and step > leading + 1.2:
        return False
    if step > 2.2 * size or BULLET.match(line.text):
        return False
    if _NUMBERED.match(line.text) and _SENTENCE_END.search(last.text):
        return False
    first = line.words[0]
    room = right - last.x1
    ended = _SENTENCE_END.search(last.text)
    if room > (first.x1 - first.x0) + 0.6 * size and (room > 4 * size or ended):
        # The next word would have fitted: the line was ended on purpose.
        return line.text[:1].islower() and not ended
    return True
