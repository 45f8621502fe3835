"""A table body's lines of figures -> anchors: each the figures of one row, wherever they wrap.

Also measures what holds for the whole body: how far apart rows stand, and how labels run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.read.pdf_lines import Line
from indexer.read.pdf_values import continues_number, is_value

_UNITS = {"%", "kr", "kr.", "mill.", "mill. kr", "kroner", "mrd.", "prosent"}


@dataclass(slots=True)
class Anchor:
    """Figures on one line: a row's, or part of one."""

    first: float
    last: float
    cells: dict[int, list[Line]]


@dataclass(slots=True)
class Body:
    """What holds for a whole table body."""

    count: int
    size: float
    pitch: float | None  # least distance between two rows of one line each
    right: float  # where label lines end
    padded: bool  # lines of one label stand closer than rows do
    runs_down: bool  # figures stand on a label's first line


def measure(cells: list[list[Line]], count: int) -> Body:
    """Look at a body, by column, as a whole."""
    sizes = sorted(line.size for column in cells for line in column)
    size = sizes[len(sizes) // 2]
    pitch = _pitch(cells, size)
    return Body(
        count=count,
        size=size,
        pitch=pitch,
        padded=pitch is not None and _leading(cells[0], size) < pitch - 0.12 * size,
        right=_right_of(cells[0], size),
        runs_down=_runs_down(cells, size),
    )


def _right_of(labels: list[Line], size: float) -> float:
    """Where label lines end, less one that a long word drives over the border."""
    ends = sorted(line.x1 for line in labels)
    if len(ends) >= 4 and ends[-1] - ends[-2] > 2.5 * size:
        return ends[-2]
    return ends[-1] if ends else 0.0


def _pitch(cells: list[list[Line]], size: float) -> float | None:
    """The least distance between two label lines that each have a figure beside them."""
    bases = sorted(x.bottom for column in cells[1:] for x in column if is_value(x.text))
    labels = sorted(cells[0], key=lambda line: line.bottom)
    gaps = []
    for a, b in pairwise(labels):
        if _near(bases, a.bottom, 0.25 * size) >= 2 and _near(bases, b.bottom, 0.25 * size) >= 2:
            gaps.append(b.bottom - a.bottom)
    if not gaps:
        for a, b in pairwise(labels):
            if _near(bases, a.bottom, 0.25 * size) and _near(bases, b.bottom, 0.25 * size):
                gaps.append(b.bottom - a.bottom)
    gaps.sort()
    return gaps[len(gaps) // 8] if gaps else None


def _leading(labels: list[Line], size: float) -> float:
    """The least distance between two label lines."""
    bases = sorted(line.bottom for line in labels)
    gaps = [b - a for a, b in pairwise(bases) if b - a > 0.7 * size]
    return min(gaps, default=1e9)


def _runs_down(cells: list[list[Line]], size: float) -> bool:
    """Whether labels run on below their figures: lines that begin small have none beside them."""
    bases = sorted(x.bottom for column in cells[1:] for x in column)
    labels = sorted(cells[0], key=lambda line: line.bottom)
    below = above = 0
    for a, b in pairwise(labels):
        if b.text[:1].islower() and b.bottom - a.bottom < 1.75 * size:
            first, second = _near(bases, a.bottom, 0.25 * size), _near(bases, b.bottom, 0.25 * size)
            below += bool(first) and not second
            above += bool(second) and not first
    return below > above


def _near(bases: Sequence[float], at: float, within: float) -> int:
    return sum(abs(base - at) <= within for base in bases)


def find_anchors(band: list[list[Line]], body: Body) -> list[Anchor]:
    """Lines of figures, those that are halves of one row put together."""
    found = sorted(
        (
            (line.bottom, at, line)
            for at, column in enumerate(band)
            if at
            for line in column
            if is_value(line.text) or line.text in _UNITS
        ),
        key=lambda item: item[:2],
    )
    anchors: list[Anchor] = []
    for base, at, line in found:
        if anchors and base - anchors[-1].first <= 0.3 * body.size and at not in anchors[-1].cells:
            anchors[-1].cells[at] = [line]
            anchors[-1].last = max(anchors[-1].last, base)
        else:
            anchors.append(Anchor(base, base, {at: [line]}))
    merged: list[Anchor] = []
    for anchor in anchors:
        if merged and _one_figure_row(merged[-1], anchor, body):
            before = merged[-1]
            before.last = anchor.last
            for at, lines in anchor.cells.items():
                before.cells.setdefault(at, []).extend(lines)
        else:
            merged.append(anchor)
    return merged


def _one_figure_row(a: Anchor, b: Anchor, body: Body) -> bool:
    """Whether b continues a: its figures wrap, or stand half a line lower."""
    distance = b.first - a.last
    shared = a.cells.keys() & b.cells.keys()
    if not shared:
        return distance < 0.8 * body.size
    if distance > 1.6 * body.size:
        return False
    wraps = all(
        b.cells[at][0].text in _UNITS or continues_number(a.cells[at][-1].text, b.cells[at][0].text)
        for at in shared
    )
    if not wraps:
        return False
    if body.pitch is not None and distance >= body.pitch - 0.1 * body.size:
        return len(shared) < 0.5 * max(len(a.cells), len(b.cells))
    return True


def level_anchors(anchors: list[Anchor], body: Body) -> list[Anchor]:
    """Put anchors on one height together: the words of a row whose cells hold no figures."""
    merged: list[Anchor] = []
    for anchor in anchors:
        if merged and anchor.first - merged[-1].first < 0.3 * body.size:
            for at, lines in anchor.cells.items():
                merged[-1].cells.setdefault(at, []).extend(lines)
        else:
            merged.append(anchor)
    return merged
