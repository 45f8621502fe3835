"""A page's lines and rulings -> the places where tables stand. Does not read their cells.

Two kinds of evidence: rules and bands of colour of one width that follow each other (frames), and
lines in which figures stand in columns. What either finds is then grown to the lines that belong
to it (a header above the first rule, a last row below the last).
"""

from collections.abc import Sequence

from indexer.read.pdf_areas import Region, region_of, without_lines
from indexer.read.pdf_frames import find_frames, take_frame
from indexer.read.pdf_growth import grow
from indexer.read.pdf_lines import Line
from indexer.read.pdf_rulings import Rulings
from indexer.read.pdf_shapes import Shape, header_inside, shape_of
from indexer.read.pdf_values import is_number, is_value


def page_to_regions(lines: Sequence[Line], rulings: Rulings) -> tuple[list[Region], list[Line]]:
    """The tables of a page from top to bottom, and the lines that stand in none of them."""
    rest = list(lines)
    regions: list[Region] = []
    for frame in find_frames(rulings, rest):
        region, rest = take_frame(frame, rest, rulings)
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
    at = header_inside([shape_of(line, line.size) for line in region.lines])
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
        edge = min((c[0] for i in run for c in shapes[i].chunks[1:] if is_value(c[2])), default=x0)
        right = max((w.x1 for line in body for w in line.words if w.x1 <= edge), default=x0)
        done = {id(line) for line in taken_all}
        above = [line for line in reversed(lines[:first]) if id(line) not in done]
        head = grow(above, body[0].top, -1, (x0, x1, edge), right, body)
        tail = grow(lines[last + 1 :], body[-1].bottom, 1, (x0, x1, edge), right, body)
        taken = [*reversed(head), *body, *tail]
        if len(taken) < 2:
            continue
        regions.append(region_of(taken, rulings, x0, x1, 1e9, -1e9))
        taken_all += taken
    return regions, without_lines(lines, taken_all) if taken_all else lines


def _stands_in_column(at: int, lines: Sequence[Line], shapes: Sequence[Shape]) -> bool:
    """A line with a figure that a line close by has a figure or a header above or below."""
    shape, line = shapes[at], lines[at]
    if not shape.tabular:
        return False
    mine = [c for c in shape.chunks if is_number(c[2])]
    for other in (*range(at - 1, max(-1, at - 12), -1), *range(at + 1, min(len(lines), at + 12))):
        if abs(lines[other].top - line.top) > 13 * line.size:
            continue
        theirs = (
            [c for c in shapes[other].chunks if is_value(c[2])] if shapes[other].tabular else []
        )
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


def _runs(seeds: Sequence[int], lines: Sequence[Line], shapes: Sequence[Shape]) -> list[list[int]]:
    """Seeds with nothing between them but labels of the same table."""
    runs: list[list[int]] = []
    for seed in seeds:
        if runs and _connected(runs[-1][-1], seed, lines, shapes):
            runs[-1].append(seed)
        else:
            runs.append([seed])
    return runs


def _connected(a: int, b: int, lines: Sequence[Line], shapes: Sequence[Shape]) -> bool:
    edge = min((c[0] for c in shapes[a].chunks[1:]), default=lines[a].x1)
    for before, after in zip(lines[a:b], lines[a + 1 : b + 1], strict=True):
        if after.top - before.bottom > 1.6 * before.size:
            return False
    return all(
        lines[i].x1 <= edge + 2 or shapes[i].tabular or len(shapes[i].chunks) > 1
        for i in range(a + 1, b)
    )
