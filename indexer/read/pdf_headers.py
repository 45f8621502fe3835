"""The top of a table -> a name for each column. Header cells of several lines and two levels.

A header ends at the first ruling line (or edge of colour) below words that name the columns, or,
without rulings, above the first line with a figure that is no year.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.read.pdf_columns import Columns
from indexer.read.pdf_lines import Line, join_texts, words_to_text, without_marks
from indexer.read.pdf_pages import Word
from indexer.read.pdf_regions import Region
from indexer.read.pdf_rulings import clusters
from indexer.read.pdf_values import is_value, is_year

_SHORT_WORDS = set(
    "i og av på pr per kr til fra for med mot ut inn år mnd stk om en et ei å er enn vs eks ca "
    "ift iht inkl mill mrd som de det den vi ny nye alle ved hos km kg m the of in to an kvm".split()
)
_FRAGMENT = re.compile(r"[a-zæøåéäöü]{1,3}(?=\s|$)")
_WORD_END = re.compile(r"[A-Za-zÆØÅæøåéäöü]{4,}$")
_YEAR_START = re.compile(r"(?:^|\s)(?:1|19|199|20?|20[0-9])$")


@dataclass(slots=True, kw_only=True)
class Header:
    """What the top of a table says."""

    names: tuple[str, ...]
    corner: str = ""
    title: str = ""  # a row across the whole table above the header
    unsure: str = ""


@dataclass(slots=True)
class _Chunk:
    x0: float
    x1: float
    y: float
    text: str
    columns: list[int]


def split_header(
    cells: list[list[Line]], columns: Columns, region: Region
) -> tuple[Header, list[list[Line]], list[float]]:
    """The header, the body's lines by column, and the lines drawn between rows of the body."""
    separators = wide_levels(region)
    end, title_end = _header_end(cells, region, separators)
    title = join_texts(
        line.text for column in cells for line in column if _middle(line) < title_end
    )
    head = [
        [line for line in column if title_end <= _middle(line) < end] for column in cells
    ]
    body = [[line for line in column if _middle(line) >= end] for column in cells]
    names = _names(head, body, columns, region, title_end, end)
    corner = join_texts(line.text for line in head[0])
    header = Header(names=names, corner=corner, title=title)
    return header, body, [y for y in separators if y > end + 1]


def wide_levels(region: Region) -> list[float]:
    """Heights at which a rule or an edge of colour runs across most of the table."""
    pieces: list[tuple[float, float, float]] = [(r.y, r.x0, r.x1) for r in region.rules]
    for band in region.bands:
        pieces += [(band.top, band.x0, band.x1), (band.bottom, band.x0, band.x1)]
    wide = region.x1 - region.x0
    levels: list[float] = []
    for group in clusters((y for y, _, _ in pieces), 2.2):
        low, high = group[0] - 0.01, group[-1] + 0.01
        spans = sorted((x0, x1) for y, x0, x1 in pieces if low <= y <= high)
        covered, reach = 0.0, region.x0
        for x0, x1 in spans:
            covered += max(0.0, x1 - max(x0, reach))
            reach = max(reach, x1)
        if covered > 0.8 * wide:
            levels.append(sum(group) / len(group))
    return [y for y in levels if region.top + 2 < y < region.bottom - 2]


def _middle(line: Line) -> float:
    return line.bottom - 0.45 * line.size


def _header_end(
    cells: list[list[Line]], region: Region, separators: list[float]
) -> tuple[float, float]:
    """Where the header ends, and where a title row above it ends (region's top when none)."""
    value_lines = sorted((line for column in cells[1:] for line in column), key=_middle)
    top = region.top - 1
    first = next((x for x in value_lines if is_value(x.text) and not is_year(x.text)), None)
    if first is None:
        return _words_only_end(cells, separators, top), top
    start = _middle(first)
    bounds = [top, *[y for y in separators if y < start], region.bottom + 1]
    bounds[-1] = next((y for y in separators if y > start), region.bottom + 1)
    title_end, end = top, top
    for upper, lower in zip(bounds, bounds[1:], strict=False):
        inside = [x for x in value_lines if upper <= _middle(x) < lower]
        labels = [x for x in cells[0] if upper <= _middle(x) < lower]
        if lower > start:
            break
        if not inside:
            if end == top and _next_names(lower, start, value_lines, separators):
                title_end = end = lower
                continue
            break
        if end > title_end and (labels or not all(_names_something(x.text) for x in inside)):
            break
        end = lower
    if end > title_end or (end == title_end and end > top):
        if end > title_end:
            return end, title_end
    # No line is drawn below the header: it ends above the first row with a figure.
    zone = [x for x in value_lines if title_end <= _middle(x) and x.bottom <= first.bottom - 0.5 * first.size]
    row_top = first.bottom - 0.5 * first.size
    above = [x for x in zone if x.bottom < row_top - 0.2 * x.size]
    if not above:
        return title_end, title_end
    lowest = max(x.bottom for x in above)
    return min(lowest + 0.2 * first.size, row_top), title_end


def _next_names(
    after: float, start: float, value_lines: Sequence[Line], separators: Sequence[float]
) -> bool:
    """Whether the band below a title row holds column names."""
    lower = next((y for y in separators if y > after + 1), 1e9)
    inside = [x for x in value_lines if after <= _middle(x) < lower]
    return bool(inside) and lower <= start


def _names_something(text: str) -> bool:
    return not is_value(text) or is_year(text)


def _words_only_end(cells: list[list[Line]], separators: list[float], top: float) -> float:
    """A table of words: its first drawn row is the header if it is bold or clearly shorter."""
    if not separators:
        return top
    first = [line for column in cells for line in column if _middle(line) < separators[0]]
    rest = [line for column in cells for line in column if _middle(line) >= separators[0]]
    filled = sum(any(_middle(x) < separators[0] for x in column) for column in cells)
    if not rest or filled < len(cells) - 1 or not first:
        return top
    if all(line.bold for line in first) and not all(line.bold for line in rest):
        return separators[0]
    longest = max(sum(len(x.text) for x in c if _middle(x) < separators[0]) for c in cells)
    usual = sum(len(line.text) for line in rest) / (len(separators) * len(cells))
    return separators[0] if longest < 60 and longest < usual else top


# --- names


def _names(
    head: list[list[Line]],
    body: list[list[Line]],
    columns: Columns,
    region: Region,
    top: float,
    end: float,
) -> tuple[str, ...]:
    count = columns.count
    if not any(head[1:]):
        return ("",) * (count - 1)
    lines = [line for line in region.lines if top <= _middle(line) < end]
    sides = [_sides(column) for column in body]
    chunks = [c for line in lines for c in _chunks(line, columns, sides)]
    _span(chunks, columns, region, top, end)
    parts: list[list[str]] = [[] for _ in range(count)]
    for chunk in sorted(chunks, key=lambda c: c.y):
        for at in chunk.columns:
            parts[at].append(chunk.text)
    return tuple(join_header(p) for p in parts[1:])


def _sides(column: list[Line]) -> tuple[float, float]:
    """Where most cells of a column begin and end."""
    if not column:
        return (-1e9, -1e9)
    lefts, rights = sorted(x.x0 for x in column), sorted(x.x1 for x in column)
    return lefts[len(lefts) // 2], rights[len(rights) // 2]


def _chunks(
    line: Line, columns: Columns, sides: Sequence[tuple[float, float]]
) -> list[_Chunk]:
    """A header line cut where columns meet; a text across a border keeps all it crosses."""
    count = columns.count
    runs: list[list[Word]] = []
    for word in without_marks(line.words, line.size, line.bottom):
        if runs and not _parted(runs[-1][-1], word, columns, sides, line.size):
            runs[-1].append(word)
        else:
            runs.append([word])
    chunks = []
    for run in runs:
        x0, x1 = run[0].x0, max(w.x1 for w in run)
        crossed = [
            i
            for i in range(count)
            if min(x1, columns.borders[i + 1]) - max(x0, columns.borders[i])
            > 0.25 * min(x1 - x0, columns.borders[i + 1] - columns.borders[i])
        ]
        at = columns.at((x0 + x1) / 2)
        inside = crossed if len(crossed) > 1 and 0 not in crossed else [at]
        chunks.append(_Chunk(x0, x1, line.bottom, words_to_text(run), inside))
    return [c for c in chunks if c.columns != [0]]


def _parted(
    a: Word, b: Word, columns: Columns, sides: Sequence[tuple[float, float]], size: float
) -> bool:
    """Whether two words of a header line belong to different cells."""
    gap = b.x0 - a.x1
    if b.glued:
        return False
    if gap > 0.9 * size:
        return True
    border = any(a.x1 - 1 <= x <= b.x0 + 1 for x in columns.borders[1:-1])
    left, right = columns.at((a.x0 + a.x1) / 2), columns.at((b.x0 + b.x1) / 2)
    if left == right:
        return False
    aligned = abs(a.x1 - sides[left][1]) < 1.5 or abs(b.x0 - sides[right][0]) < 1.5
    return (border and gap > 0.34 * size) or columns.drawn or aligned or gap > 0.5 * size


def _span(
    chunks: list[_Chunk], columns: Columns, region: Region, top: float, end: float
) -> None:
    """Find the header cells that stand over several columns."""
    for chunk in chunks:
        walls = [u.x for u in region.uprights if u.top <= chunk.y - 2 and u.bottom >= chunk.y - 4]
        if columns.drawn and len(walls) >= 2:
            left = max((x for x in walls if x <= chunk.x0 + 2), default=None)
            right = min((x for x in walls if x >= chunk.x1 - 2), default=None)
            if left is not None and right is not None:
                chunk.columns = _covered(left, right, columns) or chunk.columns
                continue
        for rule in region.rules:
            short = rule.x1 - rule.x0 < 0.8 * (region.x1 - region.x0)
            if (
                short
                and not rule.cuts
                and chunk.y - 2 <= rule.y <= chunk.y + 8
                and rule.y < end - 4
                and rule.x0 - 2 <= (chunk.x0 + chunk.x1) / 2 <= rule.x1 + 2
            ):
                covered = _covered(rule.x0, rule.x1, columns)
                if len(covered) > 1:
                    chunk.columns = covered
    _span_by_repetition(chunks, columns)


def _covered(left: float, right: float, columns: Columns) -> list[int]:
    return [
        i
        for i in range(1, columns.count)
        if left - 3 <= (columns.borders[i] + columns.borders[i + 1]) / 2 <= right + 3
    ]


def _span_by_repetition(chunks: list[_Chunk], columns: Columns) -> None:
    """2023 2024 2023 2024 under two words: each word stands over a pair."""
    if not chunks:
        return
    lowest = max(c.y for c in chunks)
    lower = sorted((c for c in chunks if c.y > lowest - 3), key=lambda c: c.x0)
    upper = sorted((c for c in chunks if c.y <= lowest - 3), key=lambda c: c.x0)
    names = [c.text for c in lower]
    if not upper or len(lower) != columns.count - 1 or len(set(names)) == len(names):
        return
    groups: list[list[_Chunk]] = []
    for chunk in lower:
        if not groups or chunk.text == groups[-1][0].text or chunk.text in (c.text for c in groups[-1]):
            groups.append([])
        groups[-1].append(chunk)
    levels = {round(c.y) for c in upper}
    if len(levels) == 1 and len(groups) == len(upper):
        for chunk, group in zip(upper, groups, strict=True):
            chunk.columns = [i for c in group for i in c.columns]


def join_header(parts: Sequence[str]) -> str:
    """The lines of a header cell -> its name; a word or a year cut at the cell's edge is mended.

    >>> join_header(["Stavange", "r 2023"]), join_header(["Rev.", "budsjett", "2024"])
    ('Stavanger 2023', 'Rev. budsjett 2024')
    >>> join_header(["Omsorgs-", "boliger"]), join_header(["Regnskap 202", "4"])
    ('Omsorgsboliger', 'Regnskap 2024')
    """
    name = ""
    for part in parts:
        fragment = _FRAGMENT.match(part)
        broken_word = fragment and fragment.group() not in _SHORT_WORDS and _WORD_END.search(name)
        broken_year = re.match(r"[0-9]{1,3}(?![0-9])", part) and _YEAR_START.search(name)
        if broken_year and name:
            digits = re.search(r"[0-9]+$", name)
            more = re.match(r"[0-9]+", part)
            broken_year = digits and more and len(digits.group()) + len(more.group()) == 4
        name = name + part if broken_word or broken_year else join_texts([name, part])
    return name
