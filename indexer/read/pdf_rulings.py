"""Strokes and fills -> ruling lines and bands of colour, pieces joined. Pure geometry.

A table's rules come in pieces, one for each cell; where two pieces meet is a column edge, even
in a table without upright lines. The meeting points are kept as `cuts`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.read.pdf_marks import Fill, RawPage, Stroke

_TOUCH = 1.6  # points between pieces of one line
_LEVEL = 1.2  # points between the heights of pieces of one line


@dataclass(slots=True, kw_only=True)
class Rule:
    """A level line, or the upper or lower edge of a band of colour."""

    y: float
    x0: float
    x1: float
    cuts: tuple[float, ...] = ()


@dataclass(slots=True, kw_only=True)
class Upright:
    """An upright line."""

    x: float
    top: float
    bottom: float


@dataclass(slots=True, kw_only=True)
class Band:
    """A coloured strip: a header, every second row, a shaded column."""

    x0: float
    top: float
    x1: float
    bottom: float
    light: float
    cuts: tuple[float, ...] = ()


@dataclass(slots=True, kw_only=True)
class Rulings:
    """All of a page's lines."""

    rules: list[Rule]
    uprights: list[Upright]
    bands: list[Band]


def page_to_rulings(page: RawPage) -> Rulings:
    """Join the pieces of what a page draws."""
    level = [s for s in page.strokes if s.x1 - s.x0 >= s.bottom - s.top]
    upright = [s for s in page.strokes if s.x1 - s.x0 < s.bottom - s.top]
    bands = _join_fills(f for f in page.fills if f.light < 0.995)
    return Rulings(rules=_join_level(level), uprights=_join_upright(upright), bands=bands)


def _join_level(strokes: Sequence[Stroke]) -> list[Rule]:
    rules: list[Rule] = []
    for group in _at_one_height(sorted(strokes, key=lambda s: s.top + s.bottom)):
        group.sort()
        start, end = group[0].x0, group[0].x1
        y = (group[0].top + group[0].bottom) / 2
        cuts: list[float] = []
        for stroke in group[1:]:
            if stroke.x0 <= end + _TOUCH:
                if stroke.x0 >= end - _TOUCH and stroke.x1 > end:
                    cuts.append((stroke.x0 + end) / 2)
                end = max(end, stroke.x1)
                continue
            rules.append(Rule(y=y, x0=start, x1=end, cuts=tuple(cuts)))
            start, end, cuts = stroke.x0, stroke.x1, []
        rules.append(Rule(y=y, x0=start, x1=end, cuts=tuple(cuts)))
    return [rule for rule in rules if rule.x1 - rule.x0 >= 12]


def _at_one_height(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    groups: list[list[Stroke]] = []
    last = -1e9
    for stroke in strokes:
        y = (stroke.top + stroke.bottom) / 2
        if y - last > _LEVEL:
            groups.append([])
        groups[-1].append(stroke)
        last = y
    return groups


def _join_upright(strokes: Sequence[Stroke]) -> list[Upright]:
    joined: list[Upright] = []
    for group in clusters(((s.x0 + s.x1) / 2 for s in strokes), 1.0):
        x, low, high = sum(group) / len(group), group[0] - 0.01, group[-1] + 0.01
        start = len(joined)
        for stroke in sorted(
            (s for s in strokes if low <= (s.x0 + s.x1) / 2 <= high), key=lambda s: s.top
        ):
            if len(joined) > start and stroke.top <= joined[-1].bottom + 4:
                joined[-1].bottom = max(joined[-1].bottom, stroke.bottom)
            else:
                joined.append(Upright(x=x, top=stroke.top, bottom=stroke.bottom))
    # Short strokes are decoration (arrows, ticks); a row is taller than 6 points.
    return [u for u in joined if u.bottom - u.top >= 6]


def _join_fills(fills: Iterable[Fill]) -> list[Band]:
    bands: list[Band] = []
    for fill in sorted(fills, key=lambda f: (round(f.top), round(f.bottom), f.x0)):
        last = bands[-1] if bands else None
        if (
            last
            and abs(last.top - fill.top) < 1.5
            and abs(last.bottom - fill.bottom) < 1.5
            and abs(last.light - fill.light) < 0.02
            and last.x0 - _TOUCH <= fill.x0 <= last.x1 + _TOUCH
        ):
            if fill.x0 >= last.x1 - _TOUCH and fill.x1 > last.x1:
                last.cuts = (*last.cuts, (fill.x0 + last.x1) / 2)
            last.x1 = max(last.x1, fill.x1)
        else:
            bands.append(
                Band(x0=fill.x0, top=fill.top, x1=fill.x1, bottom=fill.bottom, light=fill.light)
            )
    return bands


def clusters(values: Iterable[float], width: float) -> list[list[float]]:
    """Numbers that lie close together, in groups."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= width:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def nearest(values: Sequence[float], value: float) -> float:
    """Distance from a number to the nearest in a sorted list."""
    if not values:
        return 1e9
    at = bisect_left(values, value)
    return min(abs(value - values[i]) for i in (at - 1, at) if 0 <= i < len(values))
