"""Rules and bands of colour of one width that follow each other -> ruled tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from indexer.read.pdf_areas import Region, cut_lines, region_of, without_lines
from indexer.read.pdf_growth import grow
from indexer.read.pdf_lines import Line
from indexer.read.pdf_rulings import Rulings
from indexer.read.pdf_shapes import header_inside, shape_of
from indexer.read.pdf_values import is_value

_SAME_EDGE = 4.0  # points between the ends of rules of one table


@dataclass(slots=True)
class Frame:
    """Heights at which rules of one width run, top to bottom."""

    x0: float
    x1: float
    ys: list[float]


def find_frames(rulings: Rulings, lines: Sequence[Line]) -> list[Frame]:
    """Runs of rules (and band edges) of one width, with table rows between them."""
    levels = [(r.y, r.x0, r.x1) for r in rulings.rules if r.x1 - r.x0 >= 60]
    for band in rulings.bands:
        if band.x1 - band.x0 >= 60 and band.bottom - band.top < 400:
            levels += [(band.top, band.x0, band.x1), (band.bottom, band.x0, band.x1)]
    levels.sort()
    open_frames: list[Frame] = []
    for y, x0, x1 in levels:
        for frame in reversed(open_frames):
            if abs(frame.x0 - x0) <= _SAME_EDGE and abs(frame.x1 - x1) <= _SAME_EDGE:
                if y - frame.ys[-1] < 1.5 or not _prose_between(frame, y, lines, rulings):
                    frame.ys.append(y)
                    break
                open_frames.append(Frame(x0, x1, [y]))
                break
        else:
            open_frames.append(Frame(x0, x1, [y]))
    frames = [f for f in open_frames if f.ys[-1] - f.ys[0] > 8]
    # The widest first, and not one inside another: rules under a spanning header are part of it.
    frames.sort(key=lambda f: f.x0 - f.x1)
    kept: list[Frame] = []
    for frame in frames:
        if not any(_inside(frame, other) for other in kept):
            kept.append(frame)
    kept.sort(key=lambda f: (f.ys[0], f.x0))
    return kept


def _inside(inner: Frame, outer: Frame) -> bool:
    return (
        inner.x0 >= outer.x0 - 5
        and inner.x1 <= outer.x1 + 5
        and inner.ys[0] >= outer.ys[0] - 3
        and inner.ys[-1] <= outer.ys[-1] + 3
    )


def _prose_between(frame: Frame, y: float, lines: Sequence[Line], rulings: Rulings) -> bool:
    """Whether running text stands between a table's last rule and the next one of its width."""
    top = frame.ys[-1]
    if any(
        u.top <= top + 3 and u.bottom >= y - 3
        for u in rulings.uprights
        if frame.x0 - 3 <= u.x <= frame.x1 + 3
    ):
        return False
    between = cut_lines(lines, frame.x0, top, frame.x1, y)
    if not between:
        walled = any(
            u.top < top - 2 and u.bottom >= top - 3
            for u in rulings.uprights
            if frame.x0 + 3 < u.x < frame.x1 - 3
        )
        return y - top > (3 if walled else 60)
    wide = frame.x1 - frame.x0
    shapes = [shape_of(line, line.size) for line in between]
    # A long label stops short of the figures beside it; running text does not.
    values = min((c[0] for s in shapes if s.tabular for c in s.chunks if is_value(c[2])), default=0)
    prose = [
        line
        for line, shape in zip(between, shapes, strict=True)
        if shape.prose and line.x1 - line.x0 > 0.55 * wide and line.x1 > values
    ]
    if any(line.text.startswith(("Tabell", "Figur", "Kilde:")) for line in between):
        return True
    if len(frame.ys) > 1 and header_inside(shapes) is not None:
        return True
    first = between[0]
    if len(between) > 1 and any(len(x.words) >= 8 for x in prose if not x.bold):
        return True
    if not shapes[0].tabular and first.top - top > 1.7 * first.size:
        return True
    if any(line.size > 1.12 * between[-1].size for line in between[:-1]):
        return True  # a heading
    if len(between) == 1:
        steps = sorted(b - a for a, b in pairwise(frame.ys) if b - a > 2)
        usual = steps[len(steps) // 2] if steps else 1e9
        alone = not shapes[0].tabular and len(shapes[0].chunks) == 1
        if alone and y - top > max(1.5 * usual, 2.4 * first.size):
            return True  # a caption between two tables
        return bool(prose) and y - top > 3.4 * first.size
    if len(prose) >= 2 or (prose and not any(s.tabular for s in shapes)):
        return True
    gaps = [b.top - a.bottom for a, b in pairwise(between)]
    usual = min(max(median(gaps), 0.3 * first.size), 0.7 * first.size)
    # A wide gap before words that are no figures: the next table's caption or header.
    return any(
        gap > max(2 * usual, 0.9 * line.size) and not shape.tabular
        for gap, line, shape in zip([between[0].top - top, *gaps], between, shapes, strict=True)
    )


def take_frame(
    frame: Frame, lines: list[Line], rulings: Rulings
) -> tuple[Region | None, list[Line]]:
    """The frame's table, grown to its header and last row, and the lines left over."""
    inner = cut_lines(lines, frame.x0, frame.ys[0], frame.x1, frame.ys[-1])
    if not inner:
        return None, lines
    shapes = [shape_of(line, line.size) for line in inner]
    walls = [
        u
        for u in rulings.uprights
        if frame.x0 + 6 < u.x < frame.x1 - 6
        and min(u.bottom, frame.ys[-1]) - max(u.top, frame.ys[0]) > 6
    ]
    if not walls and not any(len(s.chunks) > 1 for s in shapes):
        return None, lines  # a box around text
    if not walls and not any(s.tabular for s in shapes) and len(set(frame.ys)) < 4:
        return None, lines
    column = cut_lines(lines, frame.x0, -1e9, frame.x1, 1e9)
    above = [line for line in column if line.bottom - 0.5 * line.size < frame.ys[0] - 0.5]
    below = [line for line in column if line.bottom - 0.5 * line.size > frame.ys[-1] + 0.5]
    edge = min((c[0] for s in shapes for c in s.chunks[1:]), default=frame.x0)
    limits = (frame.x0, frame.x1, edge)
    right = max(
        (
            w.x1
            for line, s in zip(inner, shapes, strict=True)
            if len(s.chunks) > 1
            for w in line.words
            if w.x1 <= edge
        ),
        default=frame.x0,
    )
    head = grow(list(reversed(above)), frame.ys[0], -1, limits, right, inner)
    tail = grow(below, frame.ys[-1], 1, limits, right, inner, closed=True)
    taken = [*reversed(head), *inner, *tail]
    region = region_of(taken, rulings, frame.x0, frame.x1, frame.ys[0], frame.ys[-1])
    region.ruled = True
    return region, without_lines(lines, taken)
