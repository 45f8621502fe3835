"""Header lines -> a name for each column: cells of several lines, cells over several columns.

A cell over several columns is known by the walls around it, by a short rule under it, by words
that cross a border, or by standing in a row of its own with fewer cells than there are columns:
then the cells are shared out among the columns so that each stands best above its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.read.pdf_areas import Region
from indexer.read.pdf_columns import Columns
from indexer.read.pdf_lines import Line, join_texts, without_marks, words_to_text
from indexer.read.pdf_marks import Word

_SHORT_WORDS = set(
    "i og av på pr per kr til fra for med mot ut inn år mnd stk om å er enn vs eks ca ift iht "
    "inkl mill mrd som de det den vi ny nye alle ved hos km kg m kvm bud avd snitt mål".split()
)
_FRAGMENT = re.compile(r"[a-zæøåéäöü]{1,3}(?=\s|$)")
_WORD_END = re.compile(r"[A-Za-zÆØÅæøåéäöü]{4,}$")
_LONE_LETTER = re.compile(r"[A-Za-zÆØÅ]{3,}-[a-zæøå]$")
_YEAR_START = re.compile(r"(?:^|\s)(?:1|19|199|20?|20[0-9])$")
_UNCOVERED = 12.0  # points of misplacement that a column without a cell above it is worth


@dataclass(slots=True)
class _Cell:
    """A piece of a header line, and the columns it names."""

    x0: float
    x1: float
    top: float
    y: float
    text: str
    columns: list[int]
    fixed: bool = False  # walls or a rule say which columns


@dataclass(slots=True)
class _Level:
    """A row of header cells; a cell may have several lines."""

    cells: list[_Cell] = field(default_factory=list)


def header_names(
    lines: Sequence[Line], body: list[list[Line]], columns: Columns, region: Region
) -> tuple[str, ...]:
    """The name of each column but the label's; empty names when there is no header."""
    sides = [_sides(column) for column in body]
    cells = [cell for line in lines for cell in _line_to_cells(line, columns, sides)]
    for cell in cells:
        _fix_by_rulings(cell, columns, region)
    levels = _levels(cells, region)
    if len(levels) > 1:
        for number, level in enumerate(levels[:-1]):
            _share_out(level, levels[number + 1 :], columns, sides)
    names = _names(cells, columns.count)
    if len(levels) == 1 and len(set(names)) < len(names):
        names = _with_first_line_above(cells, columns, sides) or names
    return names


def _names(cells: Sequence[_Cell], count: int) -> tuple[str, ...]:
    parts: list[list[str]] = [[] for _ in range(count)]
    for cell in sorted(cells, key=lambda c: c.y):
        for at in cell.columns:
            parts[at].append(cell.text)
    return tuple(join_header(p) for p in parts[1:])


def _sides(column: list[Line]) -> tuple[float, float]:
    """Where most cells of a column begin and end."""
    if not column:
        return (-1e9, -1e9)
    lefts, rights = sorted(x.x0 for x in column), sorted(x.x1 for x in column)
    return lefts[len(lefts) // 2], rights[len(rights) // 2]


# --- cells


def _line_to_cells(
    line: Line, columns: Columns, sides: Sequence[tuple[float, float]]
) -> list[_Cell]:
    """A header line cut where columns meet; a text across a border keeps all it crosses."""
    runs: list[list[Word]] = []
    for word in without_marks(line.words, line.size, line.bottom):
        if runs and not _parted(runs[-1][-1], word, columns, sides, line.size):
            runs[-1].append(word)
        else:
            runs.append([word])
    cells = []
    for run in runs:
        x0, x1 = run[0].x0, max(w.x1 for w in run)
        crossed = [
            i
            for i in range(columns.count)
            if min(x1, columns.borders[i + 1]) - max(x0, columns.borders[i])
            > 0.25 * min(x1 - x0, columns.borders[i + 1] - columns.borders[i])
        ]
        inside = crossed if len(crossed) > 1 and 0 not in crossed else [columns.at((x0 + x1) / 2)]
        if inside != [0]:
            cells.append(_Cell(x0, x1, line.top, line.bottom, words_to_text(run), inside))
    return cells


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


# --- cells over several columns


def _fix_by_rulings(cell: _Cell, columns: Columns, region: Region) -> None:
    walls = [u.x for u in region.uprights if u.top <= cell.y - 2 and u.bottom >= cell.y - 4]
    if columns.drawn and len(walls) >= 2:
        left = max((x for x in walls if x <= cell.x0 + 2), default=None)
        right = min((x for x in walls if x >= cell.x1 - 2), default=None)
        if left is not None and right is not None:
            covered = _covered(left, right, columns)
            if covered:
                cell.columns, cell.fixed = covered, True
            return
    for rule in region.rules:
        if (
            rule.x1 - rule.x0 < 0.8 * (region.x1 - region.x0)
            and not rule.cuts
            and cell.y - 2 <= rule.y <= cell.y + 8
            and rule.x0 - 2 <= (cell.x0 + cell.x1) / 2 <= rule.x1 + 2
        ):
            covered = _covered(rule.x0, rule.x1, columns)
            if len(covered) > 1:
                cell.columns, cell.fixed = covered, True


def _covered(left: float, right: float, columns: Columns) -> list[int]:
    return [
        i
        for i in range(1, columns.count)
        if left - 3 <= (columns.borders[i] + columns.borders[i + 1]) / 2 <= right + 3
    ]


def _levels(cells: Sequence[_Cell], region: Region) -> list[_Level]:
    """Rows of header cells: a rule between them, or more than the distance of lines."""
    levels: list[_Level] = []
    rules = [r.y for r in region.rules] + [y for b in region.bands for y in (b.top, b.bottom)]
    last = -1e9
    for cell in sorted(cells, key=lambda c: c.y):
        high = cell.y - cell.top
        apart = cell.y - last > 1.32 * high or any(
            last - 0.5 * high < y < cell.y - 0.5 * high for y in rules
        )
        if not levels or (cell.y - last > 0.5 * high and apart):
            levels.append(_Level())
        levels[-1].cells.append(cell)
        last = max(last, cell.y)
    return levels


def _share_out(
    level: _Level,
    below: Sequence[_Level],
    columns: Columns,
    sides: Sequence[tuple[float, float]],
) -> None:
    """Give each cell of an upper row the columns that it stands above."""
    stacks = _stacks(level.cells)
    named = {at for lower in below for cell in lower.cells for at in cell.columns}
    if any(cell.fixed for cell in level.cells) or len(stacks) >= columns.count - 1:
        return
    if len(named) < 0.6 * (columns.count - 1) or len(stacks) > 8:
        return
    extents = [
        (
            min((c.x0 for b in below for c in b.cells if c.columns == [at]), default=sides[at][0]),
            max((c.x1 for b in below for c in b.cells if c.columns == [at]), default=sides[at][1]),
        )
        for at in range(columns.count)
    ]
    spans = _best_spans(stacks, extents, columns)
    for stack, span in zip(stacks, spans, strict=True):
        for cell in stack:
            cell.columns = span


def _stacks(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """The lines of one cell stand above each other."""
    stacks: list[list[_Cell]] = []
    for cell in sorted(cells, key=lambda c: c.x0):
        if stacks and cell.x0 < max(c.x1 for c in stacks[-1]):
            stacks[-1].append(cell)
        else:
            stacks.append([cell])
    return stacks


def _best_spans(
    stacks: Sequence[Sequence[_Cell]], extents: Sequence[tuple[float, float]], columns: Columns
) -> list[list[int]]:
    """Neighbouring columns for each cell, in order, with the least misplacement overall."""
    count = columns.count
    boxes = [(min(c.x0 for c in s), max(c.x1 for c in s)) for s in stacks]
    best: tuple[float, list[list[int]]] = (1e9, [list(s[0].columns) for s in stacks])
    kinds = ("middle", "left", "right") if len(stacks) > 1 else ("middle",)
    for kind in kinds:
        # reached[i]: the least cost of placing the cells so far in columns before i
        reached: dict[int, tuple[float, list[list[int]]]] = {1: (0.0, [])}
        for x0, x1 in boxes:
            following: dict[int, tuple[float, list[list[int]]]] = {}
            for start, (cost, spans) in reached.items():
                for first in range(start, count):
                    for last in range(first, count):
                        total = (
                            cost
                            + (first - start) * _UNCOVERED
                            + _misplaced(kind, x0, x1, first, last, extents, columns)
                        )
                        if total < following.get(last + 1, (1e9, []))[0]:
                            following[last + 1] = (total, [*spans, list(range(first, last + 1))])
            reached = following
        for end, (cost, spans) in reached.items():
            total = cost + (count - end) * _UNCOVERED + (0.0 if kind == "middle" else 1.0)
            if total < best[0]:
                best = (total, spans)
    return best[1]


def _misplaced(
    kind: str,
    x0: float,
    x1: float,
    first: int,
    last: int,
    extents: Sequence[tuple[float, float]],
    columns: Columns,
) -> float:
    left, right = extents[first][0], extents[last][1]
    # Flush cells are flush to the point; only the middle of a cell is a guess.
    if kind == "left":
        inset = x0 - columns.borders[first]
        return 4 * min(abs(x0 - left), abs(inset - min(max(inset, 0), 6)) if columns.drawn else 1e9)
    if kind == "right":
        return 4 * abs(x1 - right)
    drawn = abs((x0 + x1) / 2 - (columns.borders[first] + columns.borders[last + 1]) / 2)
    return min(drawn, abs((x0 + x1) / 2 - (left + right) / 2))


def _with_first_line_above(
    cells: Sequence[_Cell], columns: Columns, sides: Sequence[tuple[float, float]]
) -> tuple[str, ...] | None:
    """2023 2024 2023 2024 under two words: names that repeat ask for a row of cells above."""
    top = min(c.y for c in cells)
    upper = _Level([c for c in cells if c.y < top + 3])
    lower = _Level([c for c in cells if c.y >= top + 3])
    if not lower.cells:
        return None
    before = [list(c.columns) for c in upper.cells]
    _share_out(upper, [lower], columns, sides)
    names = _names(cells, columns.count)
    if len(set(names)) == len(names):
        return names
    for cell, at in zip(upper.cells, before, strict=True):
        cell.columns = at
    return _by_repetition(upper, lower, columns)


def _by_repetition(upper: _Level, lower: _Level, columns: Columns) -> tuple[str, ...] | None:
    """As many words above as there are runs of different names below."""
    below = sorted(lower.cells, key=lambda c: c.x0)
    above = sorted(upper.cells, key=lambda c: c.x0)
    runs: list[list[_Cell]] = []
    for cell in below:
        if not runs or any(cell.text == other.text for other in runs[-1]):
            runs.append([])
        runs[-1].append(cell)
    if len(runs) != len(above) or len(below) != columns.count - 1:
        return None
    for cell, run in zip(above, runs, strict=True):
        cell.columns = [at for other in run for at in other.columns]
    return _names([*above, *below], columns.count)


# --- the lines of one cell


def join_header(parts: Sequence[str]) -> str:
    """The lines of a header cell -> its name; a word or a year cut at the cell's edge is mended.

    >>> join_header(["Stavange", "r 2023"]), join_header(["Rev.", "budsjett", "2024"])
    ('Stavanger 2023', 'Rev. budsjett 2024')
    >>> join_header(["Omsorgs-", "boliger"]), join_header(["Regnskap 202", "4"])
    ('Omsorgsboliger', 'Regnskap 2024')
    >>> join_header(["KOSTRA-g", "ruppe 13"]), join_header(["KOSTRA", "-gruppe 13"])
    ('KOSTRA-gruppe 13', 'KOSTRA-gruppe 13')
    """
    name = ""
    for part in parts:
        glued = name and (
            _is_fragment(name, part)
            or _is_rest_of_year(name, part)
            or _LONE_LETTER.search(name)
            or re.match(r"-[a-zæøå]", part)
        )
        name = name + part if glued else join_texts([name, part])
    return name


def _is_fragment(name: str, part: str) -> bool:
    fragment = _FRAGMENT.match(part)
    return bool(fragment and fragment.group() not in _SHORT_WORDS and _WORD_END.search(name))


def _is_rest_of_year(name: str, part: str) -> bool:
    start, rest = re.search(r"[0-9]+$", name), re.match(r"[0-9]{1,3}(?![0-9])", part)
    return bool(
        start and rest and _YEAR_START.search(name) and len(start.group() + rest.group()) == 4
    )
