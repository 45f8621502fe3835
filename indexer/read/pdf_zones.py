"""A page's lines -> pieces that are read one after the other: left column, then right column."""

from collections.abc import Sequence
from itertools import pairwise

from indexer.read.pdf_frames import find_frames
from indexer.read.pdf_lines import Line, words_to_line
from indexer.read.pdf_marks import Word
from indexer.read.pdf_rulings import Rulings
from indexer.read.pdf_shapes import shape_of
from indexer.read.pdf_values import is_value

LINES = 8  # of a page, to look for two columns
FEW_LINES = 3  # of a part of a page
BAND_GAP = 0.9  # of a line's size, between lines that go together


def lines_to_zones(lines: Sequence[Line], width: float, rulings: Rulings) -> list[list[Line]]:
    """Cut a page into pieces that are read one after the other: left column, right column.

    A table across both columns is a piece of its own, like any line across the gutter.
    """
    gutter = _gutter(lines, width, LINES)
    if gutter is not None:
        return _in_columns(lines, gutter, rulings)
    zones: list[list[Line]] = []
    plain: list[Line] = []  # lines of one column, until two begin
    for band in _bands(lines):
        gutter = None if _is_ruled(band, rulings) else _gutter(band, width, FEW_LINES)
        if gutter is None:
            plain += band
            continue
        zones += [plain] if plain else []
        zones += _in_columns(band, gutter, rulings)
        plain = []
    return [*zones, plain] if plain or not zones else zones


def _bands(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines with no more than a line's room between them: what may stand in columns of its own."""
    bands: list[list[Line]] = []
    for line in lines:
        before = bands[-1][-1] if bands else None
        if before and line.top - before.bottom < BAND_GAP * line.size:
            bands[-1].append(line)
        else:
            bands.append([line])
    return bands


def _is_ruled(band: Sequence[Line], rulings: Rulings) -> bool:
    """Whether lines or colour are drawn between the lines of a band, as in a table."""
    top, bottom = band[0].bottom, band[-1].top
    drawn = [*(rule.y for rule in rulings.rules), *((b.top + b.bottom) / 2 for b in rulings.bands)]
    return any(top < y < bottom for y in drawn)


def _in_columns(
    lines: Sequence[Line], gutter: tuple[float, float], rulings: Rulings
) -> list[list[Line]]:
    """The lines on either side of the gutter, and those across it, piece by piece."""
    middle = (gutter[0] + gutter[1]) / 2
    frames = [f for f in find_frames(rulings, lines) if f.x0 < middle < f.x1 and len(f.ys) > 2]
    pieces = _Pieces()
    for line in lines:
        left = [w for w in line.words if w.x1 <= gutter[1]]
        right = [w for w in line.words if w.x0 >= gutter[0]]
        if (
            len(left) + len(right) < len(line.words)
            or any(f.ys[0] - 1 < line.bottom and line.top < f.ys[-1] + 1 for f in frames)
            or (left and right and _is_one_line(line, left[-1], right))
        ):
            pieces.add_across(line)
            continue
        if left:
            pieces.left.append(_line_of(left, line))
        if right:
            pieces.right.append(_line_of(right, line))
    return pieces.finished()


def _is_one_line(line: Line, before: Word, right: Sequence[Word]) -> bool:
    """Words on both sides of the gutter that belong together: a row of a table, a wide line."""
    figures = sum(is_value(word.text) for word in right)
    return (
        right[0].x0 - before.x1 < 0.9 * line.size
        or (is_value(right[0].text) and 2 * figures >= len(right))
        or len(shape_of(line, line.size).chunks) > 2
    )


class _Pieces:
    """Collects lines into columns; a line across ends both."""

    def __init__(self) -> None:
        self.left: list[Line] = []
        self.right: list[Line] = []
        self._zones: list[list[Line]] = []
        self._across: list[Line] = []

    def add_across(self, line: Line) -> None:
        """A line over the whole page."""
        self._end_columns()
        self._across.append(line)

    def finished(self) -> list[list[Line]]:
        """All pieces, in reading order."""
        self._end_columns()
        self._end_across()
        return self._zones

    def _end_columns(self) -> None:
        # What stands on the left alone, below both columns, is a heading or a caption.
        foot = max((line.bottom for line in self.right), default=-1e9)
        alone = len(self.left)
        while alone and self.left[alone - 1].top > foot:
            alone -= 1
        while 0 < alone < len(self.left) and (
            self.left[alone].top - self.left[alone - 1].bottom < 0.7 * self.left[alone].size
        ):
            alone += 1  # the left column is longer than the right
        columns = (self.left[:alone], self.right)
        if any(columns):
            self._end_across()
            self._zones += [column for column in columns if column]
        self._across += self.left[alone:]
        self.left, self.right = [], []

    def _end_across(self) -> None:
        if self._across:
            self._zones.append(self._across)
        self._across = []


def _line_of(words: list[Word], line: Line) -> Line:
    return line if len(words) == len(line.words) else words_to_line(words)


def _gutter(lines: Sequence[Line], width: float, least: int) -> tuple[float, float] | None:
    """The white strip between two columns of prose; None where there is one column."""
    if len(lines) < least:
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
    return (x0, x1) if _two_columns(lines, x0, x1, full=5 if least == LINES else 2) else None


def _spans(line: Line) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    for word in line.words:
        if spans and word.x0 - spans[-1][1] < 0.8 * line.size:
            spans[-1] = (spans[-1][0], word.x1)
        else:
            spans.append((word.x0, word.x1))
    return spans


def _two_columns(lines: Sequence[Line], x0: float, x1: float, full: int) -> bool:
    """Whether prose fills `full` lines on both sides; figures and short labels do not count."""
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
            wide = side[-1].x1 - side[0].x0 > 0.62 * (high - low)
            widest = max((q.x0 - p.x1 for p, q in pairwise(side)), default=0)
            if wide and len(side) >= 3 and 3 * figures <= len(side) and widest < 1.6 * line.size:
                left += side is a
                right += side is b
            else:
                short += 1
    return min(left, right) >= full and left + right > 0.9 * short
