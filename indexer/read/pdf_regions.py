"""A page's lines and rulings -> the places where tables stand. Does not read their cells.

Two kinds of evidence: rules and bands of colour of one width that follow each other, and lines
in which figures stand in columns. What either finds is then grown to the lines that belong to it
(a header above the first rule, a last row below the last).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from indexer.read.pdf_lines import Line, words_to_line
from indexer.read.pdf_pages import Word
from indexer.read.pdf_rulings import Band, Rule, Rulings, Upright
from indexer.read.pdf_values import is_number, is_value, is_year

_SAME_EDGE = 4.0  # points between the ends of rules of one table


@dataclass(slots=True, kw_only=True)
class Region:
    """A piece of a page that holds one table, with the lines and rulings inside it."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: list[Line]
    rules: list[Rule] = field(default_factory=list)
    uprights: list[Upright] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    ruled: bool = False


@dataclass(slots=True)
class _Shape:
    """How a line looks: its chunks (words without a wide gap), and whether figures end it."""

    chunks: list[tuple[float, float, str]]
    tabular: bool
    prose: bool


def page_to_regions(
    lines: Sequence[Line], rulings: Rulings
) -> tuple[list[Region], list[Line]]:
    """The tables of a page from top to bottom, and the lines that stand in none of them."""
    rest = list(lines)
    regions: list[Region] = []
    for frame in _frames(rulings, rest):
        region, rest = _take(frame, rest, rulings)
        if region is not None:
            regions.append(region)
    found, rest = _unruled(rest, rulings)
    merged, rest = _merged([*regions, *found], rest, rulings)
    captions: list[Line] = []
    parts = [part for region in merged for part in _split(region, rulings, captions)]
    if captions:
        rest = sorted([*rest, *captions], key=lambda line: (line.bottom, line.x0))
    return parts, rest


def _split(region: Region, rulings: Rulings, captions: list[Line]) -> list[Region]:
    """Two tables that stand close together, the second with a caption and a header of its own."""
    at = _header_inside(region.lines, [shape_of(line, line.size) for line in region.lines])
    if at is None or any(
        u.top < region.lines[at].top - 2 and u.bottom > region.lines[at].bottom + 2
        for u in region.uprights
    ):
        return [region]
    captions.append(region.lines[at])
    upper, lower = region.lines[:at], region.lines[at + 1 :]
    parts = []
    for lines in (upper, lower):
        part = region_of(
            lines, rulings, region.x0, region.x1, lines[0].top - 2, lines[-1].bottom + 2
        )
        part.ruled = region.ruled
        parts.append(part)
    return [parts[0], *_split(parts[1], rulings, captions)]


def _merged(
    regions: list[Region], rest: list[Line], rulings: Rulings
) -> tuple[list[Region], list[Line]]:
    """Join pieces of one table: of one width, with nothing but labels between them."""
    regions.sort(key=lambda r: (r.top, r.x0))
    merged: list[Region] = []
    for region in regions:
        before = merged[-1] if merged else None
        if before is None or not _of_one_width(before, region):
            merged.append(region)
            continue
        size = region.lines[0].size
        between = [
            line
            for line in rest
            if before.bottom - 2 < line.bottom < region.top + 0.9 * size
            and line.x0 < before.x1
            and line.x1 > before.x0
        ]
        reach = before.bottom
        for line in between:
            if line.top - reach > 1.4 * size or line.x1 > before.x0 + 0.6 * (before.x1 - before.x0):
                break
            reach = line.bottom
        else:
            if region.top - reach <= 1.4 * size and not _starts_anew(region, before):
                taken = [*before.lines, *between, *region.lines]
                rest = without_lines(rest, between) if between else rest
                joined = region_of(
                    taken,
                    rulings,
                    min(before.x0, region.x0),
                    max(before.x1, region.x1),
                    before.top,
                    region.bottom,
                )
                joined.ruled = before.ruled or region.ruled
                merged[-1] = joined
                continue
        merged.append(region)
    return merged, rest


def _of_one_width(a: Region, b: Region) -> bool:
    overlap = min(a.x1, b.x1) - max(a.x0, b.x0)
    return overlap > 0.8 * max(a.x1 - a.x0, b.x1 - b.x0) and b.top >= a.bottom - 4


def _starts_anew(region: Region, before: Region) -> bool:
    """Two ruled frames apart from each other are two tables, however close."""
    return before.ruled and region.ruled and region.top - before.bottom > 4


def shape_of(line: Line, size: float) -> _Shape:
    """Split a line at its wide gaps. Justified prose has wide gaps too, but all alike."""
    words = line.words
    gaps = [b.x0 - a.x1 for a, b in zip(words, words[1:], strict=False)]
    usual = sorted(gaps)[len(gaps) // 4] if len(gaps) >= 4 else 0.3 * size
    wide = max(0.85 * size, min(1.9 * usual, 1.3 * size))
    chunks: list[tuple[float, float, str]] = []
    start = 0
    for at in range(1, len(words) + 1):
        if (
            at == len(words)
            or gaps[at - 1] >= wide
            or (gaps[at - 1] > 0.2 * size and _two_figures(words[at - 1], words[at], size))
        ):
            run = words[start:at]
            chunks.append((run[0].x0, run[-1].x1, " ".join(w.text for w in run)))
            start = at
    values = [is_value(text) for _, _, text in chunks]
    tabular = any(values[1:]) or (values[0] and all(values))
    return _Shape(chunks, tabular, not tabular and len(chunks) < 2)


def _two_figures(a: Word, b: Word, size: float) -> bool:
    """Figures of two columns that stand close: a sign, or more than a thousands space."""
    if not a.text[-1].isdigit():
        return False
    if b.text[0] in "-−–(" and b.text[1:2].isdigit():
        return is_value(a.text)
    return b.text[0].isdigit() and b.x0 - a.x1 > 0.45 * size and is_value(a.text)


# --- ruled tables


@dataclass(slots=True)
class _Frame:
    x0: float
    x1: float
    ys: list[float]


def _frames(rulings: Rulings, lines: Sequence[Line]) -> list[_Frame]:
    """Runs of rules (and band edges) of one width, with table rows between them."""
    levels = [(r.y, r.x0, r.x1) for r in rulings.rules if r.x1 - r.x0 >= 60]
    for band in rulings.bands:
        if band.x1 - band.x0 >= 60 and band.bottom - band.top < 400:
            levels += [(band.top, band.x0, band.x1), (band.bottom, band.x0, band.x1)]
    levels.sort()
    open_frames: list[_Frame] = []
    for y, x0, x1 in levels:
        for frame in reversed(open_frames):
            if abs(frame.x0 - x0) <= _SAME_EDGE and abs(frame.x1 - x1) <= _SAME_EDGE:
                if y - frame.ys[-1] < 1.5 or not _prose_between(frame, y, lines, rulings):
                    frame.ys.append(y)
                    break
                open_frames.append(_Frame(x0, x1, [y]))
                break
        else:
            open_frames.append(_Frame(x0, x1, [y]))
    frames = [f for f in open_frames if f.ys[-1] - f.ys[0] > 8]
    # The widest first, and not one inside another: rules under a spanning header are part of it.
    frames.sort(key=lambda f: f.x0 - f.x1)
    kept: list[_Frame] = []
    for frame in frames:
        if not any(_inside(frame, other) for other in kept):
            kept.append(frame)
    kept.sort(key=lambda f: (f.ys[0], f.x0))
    return kept


def _header_inside(lines: Sequence[Line], shapes: Sequence[_Shape]) -> int | None:
    """Where a caption line and a header without figures stand below rows with figures."""
    seen = False
    for at, shape in enumerate(shapes):
        seen = seen or (shape.tabular and any(is_number(c[2]) for c in shape.chunks))
        if (
            seen
            and len(shape.chunks) == 1
            and not shape.tabular
            and at + 1 < len(shapes)
            and len(shapes[at + 1].chunks) > 2
            and not any(is_value(c[2]) and not is_year(c[2]) for c in shapes[at + 1].chunks)
        ):
            return at
    return None


def _inside(inner: _Frame, outer: _Frame) -> bool:
    return (
        inner.x0 >= outer.x0 - 5
        and inner.x1 <= outer.x1 + 5
        and inner.ys[0] >= outer.ys[0] - 3
        and inner.ys[-1] <= outer.ys[-1] + 3
    )


def _prose_between(
    frame: _Frame, y: float, lines: Sequence[Line], rulings: Rulings
) -> bool:
    """Whether running text stands between a table's last rule and the next one of its width."""
    top = frame.ys[-1]
    if any(u.top <= top + 3 and u.bottom >= y - 3 for u in rulings.uprights
           if frame.x0 - 3 <= u.x <= frame.x1 + 3):
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
    prose = [
        line
        for line, shape in zip(between, shapes, strict=True)
        if shape.prose and line.x1 - line.x0 > 0.55 * wide
    ]
    if any(line.text.startswith(("Tabell", "Figur", "Kilde:")) for line in between):
        return True
    if len(frame.ys) > 1 and _header_inside(between, shapes) is not None:
        return True
    first = between[0]
    values = min((c[0] for s in shapes if s.tabular for c in s.chunks if is_value(c[2])), default=0)
    if len(between) > 1 and any(len(x.words) >= 8 and x.x1 > values for x in prose if not x.bold):
        return True
    if not shapes[0].tabular and first.top - top > 1.7 * first.size:
        return True
    if any(line.size > 1.12 * between[-1].size for line in between[:-1]):
        return True  # a heading
    if len(between) == 1:
        return bool(prose) and y - top > 3.4 * first.size
    if len(prose) >= 2 or (prose and not any(s.tabular for s in shapes)):
        return True
    gaps = [b.top - a.bottom for a, b in zip(between, between[1:], strict=False)]
    usual = min(max(median(gaps), 0.3 * first.size), 0.7 * first.size)
    # A wide gap before words that are no figures: the next table's caption or header.
    return any(
        gap > max(2 * usual, 0.9 * line.size) and not shape.tabular
        for gap, line, shape in zip(
            [between[0].top - top, *gaps], between, shapes, strict=True
        )
    )


def cut_lines(
    lines: Sequence[Line], x0: float, top: float, x1: float, bottom: float
) -> list[Line]:
    """The lines of a box, without the words beside it."""
    inside: list[Line] = []
    for line in lines:
        middle = line.bottom - 0.5 * line.size
        if not top - 0.5 <= middle <= bottom + 0.5:
            continue
        if line.x0 >= x0 - 4 and line.x1 <= x1 + 4:
            inside.append(line)
            continue
        words = [w for w in line.words if x0 - 4 <= (w.x0 + w.x1) / 2 <= x1 + 4]
        if words:
            inside.append(words_to_line(words))
    return inside


def _take(
    frame: _Frame, lines: list[Line], rulings: Rulings
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
        (w.x1 for line, s in zip(inner, shapes, strict=True) if len(s.chunks) > 1
         for w in line.words if w.x1 <= edge),
        default=frame.x0,
    )
    head = _grow(list(reversed(above)), frame.ys[0], -1, limits, right)
    tail = _grow(below, frame.ys[-1], 1, limits, right, inner, closed=True)
    taken = [*reversed(head), *inner, *tail]
    region = region_of(taken, rulings, frame.x0, frame.x1, frame.ys[0], frame.ys[-1])
    region.ruled = True
    return region, without_lines(lines, taken)


def region_of(
    taken: list[Line], rulings: Rulings, x0: float, x1: float, top: float, bottom: float
) -> Region:
    """A region around lines and a frame, with the rulings that fall inside."""
    top = min(top, min(line.top for line in taken))
    bottom = max(bottom, max(line.bottom for line in taken))
    x0 = min(x0, min(line.x0 for line in taken))
    x1 = max(x1, max(line.x1 for line in taken))
    return Region(
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        lines=taken,
        rules=[
            r
            for r in rulings.rules
            if top - 3 <= r.y <= bottom + 3 and r.x0 >= x0 - 6 and r.x1 <= x1 + 6
        ],
        uprights=[
            u
            for u in rulings.uprights
            if x0 - 3 <= u.x <= x1 + 3 and u.bottom > top + 1 and u.top < bottom - 1
        ],
        bands=[
            b
            for b in rulings.bands
            if b.bottom > top - 2 and b.top < bottom + 2 and b.x0 >= x0 - 6 and b.x1 <= x1 + 6
        ],
    )


def without_lines(lines: Sequence[Line], taken: Sequence[Line]) -> list[Line]:
    """What is left of lines when the words of some are taken."""
    gone = {id(word) for line in taken for word in line.words}
    rest: list[Line] = []
    for line in lines:
        if id(line.words[0]) in gone or id(line.words[-1]) in gone:
            words = [w for w in line.words if id(w) not in gone]
            if words:
                rest.append(words_to_line(words))
        else:
            rest.append(line)
    return rest


def _grow(
    lines: Sequence[Line],
    edge: float,
    step: int,
    limits: tuple[float, float, float],
    label_right: float,
    body: Sequence[Line] = (),
    closed: bool = False,
) -> list[Line]:
    """Follow a table's lines upwards (step -1) or downwards from its edge.

    `body` are the table's own lines: its last label may run on below it, unless a rule closes it.
    """
    x0, x1, values_from = limits
    wide_from = max(label_right, min(values_from, x0 + 0.5 * (x1 - x0))) + 5
    grown: list[Line] = []
    waiting: list[Line] = []  # lines with a label only, kept if the table goes on after them
    for line in lines:
        gap = (edge - line.bottom) if step < 0 else (line.top - edge)
        if gap > 1.4 * line.size:
            break
        shape = shape_of(line, line.size)
        right = [c for c in shape.chunks if c[1] > values_from]
        if shape.tabular or len(shape.chunks) > 1 or (line.x0 > x0 + 0.25 * (x1 - x0)):
            if step > 0 and not shape.tabular:
                break
            if not right:
                break
            if any(w.x1 > wide_from for w in waiting) and shape.tabular and not _all_years(shape):
                break
            grown += [*waiting, line]
            waiting = []
        elif (
            (line.x1 <= label_right + 0.5 * line.size and len(waiting) < 12)
            or (line.x1 <= wide_from and len(waiting) < 3)
            or (step < 0 and line.x1 <= x0 + 0.75 * (x1 - x0) and not waiting)
        ):
            waiting.append(line)
        else:
            break
        edge = line.top if step < 0 else line.bottom
    if step > 0 and body and (grown or not closed):
        grown += _rest_of_label([*body, *grown], waiting, values_from)
    return grown


def _all_years(shape: _Shape) -> bool:
    return all(is_year(c[2]) for c in shape.chunks if is_value(c[2]))


def _rest_of_label(
    body: Sequence[Line], lines: Sequence[Line], values_from: float
) -> list[Line]:
    """The lines right below a table's last figures that its last label runs on over."""
    labels = [
        words_to_line(words)
        for line in body
        if (words := [w for w in line.words if w.x1 <= values_from])
    ]
    if not labels:
        return []
    size = labels[-1].size
    steps = [b.bottom - a.bottom for a, b in zip(labels, labels[1:], strict=False)]
    steps = [step for step in steps if step > 0.7 * size]
    tight = min(steps, default=1.3 * size)
    wraps = max(steps, default=tight) > 1.12 * tight  # rows stand further apart than lines do
    right = max(line.x1 for line in labels)
    rest: list[Line] = []
    last = labels[-1]
    for line in lines:
        first = line.words[0]
        step = line.bottom - last.bottom
        begins_small = not first.text[:1].isupper()
        if (
            step > 1.5 * size
            or abs(line.x0 - last.x0) > 0.6 * size
            or abs(line.size - size) > 0.05 * size
            or line.bold != last.bold
            or last.x1 + 0.25 * size + (first.x1 - first.x0) < right - 0.5 * size
            or not (begins_small or (wraps and step < 1.06 * tight))
        ):
            break
        rest.append(line)
        last = line
    return rest


# --- tables without rules


def _unruled(lines: list[Line], rulings: Rulings) -> tuple[list[Region], list[Line]]:
    """Runs of lines whose figures stand under each other."""
    shapes = [shape_of(line, line.size) for line in lines]
    seeds = [i for i in range(len(lines)) if _stands_in_column(i, lines, shapes)]
    regions: list[Region] = []
    taken_all: list[Line] = []
    for run in _runs(seeds, lines, shapes):
        first, last = run[0], run[-1]
        body = list(lines[first : last + 1])
        x0, x1 = min(line.x0 for line in body), max(line.x1 for line in body)
        edge = min(
            (c[0] for i in run for c in shapes[i].chunks[1:] if is_value(c[2])), default=x0
        )
        right = max((w.x1 for line in body for w in line.words if w.x1 <= edge), default=x0)
        done = {id(line) for line in taken_all}
        above = [line for line in reversed(lines[:first]) if id(line) not in done]
        head = _grow(above, body[0].top, -1, (x0, x1, edge), right)
        tail = _grow(lines[last + 1 :], body[-1].bottom, 1, (x0, x1, edge), right, body)
        taken = [*reversed(head), *body, *tail]
        if len(taken) < 2:
            continue
        regions.append(region_of(taken, rulings, x0, x1, 1e9, -1e9))
        taken_all += taken
    return regions, without_lines(lines, taken_all) if taken_all else lines


def _stands_in_column(at: int, lines: Sequence[Line], shapes: Sequence[_Shape]) -> bool:
    """A line with a figure that a line close by has a figure or a header above or below."""
    shape, line = shapes[at], lines[at]
    if not shape.tabular:
        return False
    mine = [c for c in shape.chunks if is_number(c[2])]
    for other in (*range(at - 1, max(-1, at - 12), -1), *range(at + 1, min(len(lines), at + 12))):
        if abs(lines[other].top - line.top) > 13 * line.size:
            continue
        theirs = [c for c in shapes[other].chunks if is_value(c[2])] if shapes[other].tabular else []
        if not theirs and other < at and len(shapes[other].chunks) > 1:
            theirs = shapes[other].chunks[1:]
        for a in mine:
            for b in theirs:
                if (
                    abs(a[1] - b[1]) < 1.5
                    or abs(a[0] - b[0]) < 1.0
                    or abs(a[0] + a[1] - b[0] - b[1]) < 2.0
                ):
                    return True
    return False


def _runs(
    seeds: Sequence[int], lines: Sequence[Line], shapes: Sequence[_Shape]
) -> list[list[int]]:
    """Seeds with nothing between them but labels of the same table."""
    runs: list[list[int]] = []
    for seed in seeds:
        if runs and _connected(runs[-1][-1], seed, lines, shapes):
            runs[-1].append(seed)
        else:
            runs.append([seed])
    return runs


def _connected(
    a: int, b: int, lines: Sequence[Line], shapes: Sequence[_Shape]
) -> bool:
    edge = min((c[0] for c in shapes[a].chunks[1:]), default=lines[a].x1)
    for before, after in zip(lines[a:b], lines[a + 1 : b + 1], strict=True):
        if after.top - before.bottom > 1.6 * before.size:
            return False
    return all(
        lines[i].x1 <= edge + 2 or shapes[i].tabular or len(shapes[i].chunks) > 1
        for i in range(a + 1, b)
    )


def words_in(lines: Sequence[Line]) -> list[Word]:
    """All words of some lines."""
    return [word for line in lines for word in line.words]
