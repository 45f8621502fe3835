"""A table's body lines, by column -> its rows. Labels over several lines, figures on any of them.

Drawn lines between rows decide where they are drawn. Elsewhere a row is found by its figures (an
anchor), and a label by what keeps its lines together: a smaller distance than between rows, the
same weight, a word that did not fit on the line above.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.read.pdf_columns import Columns
from indexer.read.pdf_lines import Line
from indexer.read.pdf_values import continues_number, is_value

_UNITS = {"%", "kr", "kr.", "mill.", "mill. kr", "kroner", "mrd.", "prosent"}
_OPEN_ENDS = (",", "-", "–", "(", "/", " og", " i", " av", " til", " for", " per", " på", " med",
              " eller", " som", " fra", " pr", " pr.", " ved", " om", " samt", " mot", " å")


@dataclass(slots=True)
class BodyRow:
    """A row: the lines of its label, then of each cell."""

    cells: list[list[Line]]


@dataclass(slots=True)
class _Anchor:
    """Figures on one line: a row's, or part of one."""

    first: float
    last: float
    cells: dict[int, list[Line]]


@dataclass(slots=True)
class _Body:
    """What holds for a whole table body."""

    count: int
    size: float
    pitch: float | None  # least distance between two rows of one line each
    right: float  # where label lines end
    padded: bool  # lines of one label stand closer than rows do
    runs_down: bool  # figures stand on a label's first line


def body_to_rows(
    cells: list[list[Line]], columns: Columns, separators: Sequence[float]
) -> list[BodyRow]:
    """All rows of a body, top to bottom."""
    lines = [line for column in cells for line in column]
    if not lines:
        return []
    sizes = sorted(line.size for line in lines)
    size = sizes[len(sizes) // 2]
    pitch = _pitch(cells, size)
    body = _Body(
        count=columns.count,
        size=size,
        pitch=pitch,
        padded=pitch is not None and _leading(cells[0], size) < pitch - 0.12 * size,
        right=_right_of(cells[0], size),
        runs_down=_runs_down(cells, size),
    )
    bands = _bands(cells, separators)
    drafts = [(band, _anchors(band, body)) for band in bands]
    filled = [anchors for _, anchors in drafts if anchors]
    ruled = len(separators) >= 2 and sum(map(len, filled)) <= 1.25 * len(filled)
    rows: list[BodyRow] = []
    for band, anchors in drafts:
        if ruled or (not anchors and any(band[1:]) and (separators or columns.drawn)):
            rows += _one_row(band, anchors, body)
        else:
            rows += _free_rows(band, anchors, body)
    return rows


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
    for a, b in zip(labels, labels[1:], strict=False):
        if _near(bases, a.bottom, 0.25 * size) >= 2 and _near(bases, b.bottom, 0.25 * size) >= 2:
            gaps.append(b.bottom - a.bottom)
    if not gaps:
        for a, b in zip(labels, labels[1:], strict=False):
            if _near(bases, a.bottom, 0.25 * size) and _near(bases, b.bottom, 0.25 * size):
                gaps.append(b.bottom - a.bottom)
    gaps.sort()
    return gaps[len(gaps) // 8] if gaps else None


def _leading(labels: list[Line], size: float) -> float:
    """The least distance between two label lines."""
    bases = sorted(line.bottom for line in labels)
    gaps = [b - a for a, b in zip(bases, bases[1:], strict=False) if b - a > 0.7 * size]
    return min(gaps, default=1e9)


def _runs_down(cells: list[list[Line]], size: float) -> bool:
    """Whether labels run on below their figures: lines that begin small have none beside them."""
    bases = sorted(x.bottom for column in cells[1:] for x in column)
    labels = sorted(cells[0], key=lambda line: line.bottom)
    below = above = 0
    for a, b in zip(labels, labels[1:], strict=False):
        if b.text[:1].islower() and b.bottom - a.bottom < 1.75 * size:
            first, second = _near(bases, a.bottom, 0.25 * size), _near(bases, b.bottom, 0.25 * size)
            below += bool(first) and not second
            above += bool(second) and not first
    return below > above


def _near(bases: Sequence[float], at: float, within: float) -> int:
    return sum(abs(base - at) <= within for base in bases)


def _bands(cells: list[list[Line]], separators: Sequence[float]) -> list[list[list[Line]]]:
    """The lines between one drawn line and the next."""
    bounds = [-1e9, *separators, 1e9]
    bands = []
    for upper, lower in zip(bounds, bounds[1:], strict=False):
        band = [
            sorted(
                (x for x in column if upper <= x.bottom - 0.45 * x.size < lower),
                key=lambda x: x.bottom,
            )
            for column in cells
        ]
        if any(band):
            bands.append(band)
    return bands


# --- figures


def _anchors(band: list[list[Line]], body: _Body) -> list[_Anchor]:
    """Lines of figures, those that are halves of one row put together."""
    found = sorted(
        ((line.bottom, at, line) for at, column in enumerate(band) if at for line in column
         if is_value(line.text) or line.text in _UNITS),
        key=lambda item: item[:2],
    )
    anchors: list[_Anchor] = []
    for base, at, line in found:
        if anchors and base - anchors[-1].first <= 0.3 * body.size and at not in anchors[-1].cells:
            anchors[-1].cells[at] = [line]
            anchors[-1].last = max(anchors[-1].last, base)
        else:
            anchors.append(_Anchor(base, base, {at: [line]}))
    merged: list[_Anchor] = []
    for anchor in anchors:
        if merged and _one_figure_row(merged[-1], anchor, body):
            before = merged[-1]
            before.last = anchor.last
            for at, lines in anchor.cells.items():
                before.cells.setdefault(at, []).extend(lines)
        else:
            merged.append(anchor)
    return merged


def _one_figure_row(a: _Anchor, b: _Anchor, body: _Body) -> bool:
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


# --- rows


def _one_row(band: list[list[Line]], anchors: list[_Anchor], body: _Body) -> list[BodyRow]:
    """A band between drawn lines is one row, less bold headings above it."""
    labels = band[0]
    rows: list[BodyRow] = []
    cut = 0
    for at in range(1, len(labels)):
        if labels[at - 1].bold and not labels[at].bold and not _beside(labels[at - 1], anchors, body):
            cut = at
            break
    if cut and not any(_middle(x) < labels[cut].top for column in band[1:] for x in column):
        rows.append(BodyRow([labels[:cut], *([] for _ in range(body.count - 1))]))
        labels = labels[cut:]
    rows.append(BodyRow([labels, *band[1:]]))
    return rows


def _middle(line: Line) -> float:
    return line.bottom - 0.45 * line.size


def _beside(line: Line, anchors: Sequence[_Anchor], body: _Body) -> _Anchor | None:
    """The figures on a label's own line."""
    for anchor in anchors:
        if anchor.first - 0.3 * body.size <= line.bottom <= anchor.last + 0.3 * body.size:
            return anchor
    return None


def _free_rows(band: list[list[Line]], anchors: list[_Anchor], body: _Body) -> list[BodyRow]:
    """Rows where nothing is drawn between them."""
    if not anchors and any(band[1:]):
        anchors = [
            _Anchor(line.bottom, line.bottom, {at: [line]})
            for at, column in enumerate(band)
            if at
            for line in column
        ]
        anchors.sort(key=lambda a: a.first)
        anchors = _level(anchors, body)
    groups = _label_groups(band[0], anchors, body)
    rows: list[tuple[float, list[Line], _Anchor | None]] = []
    free = list(anchors)
    for group in groups:
        mine = [a for a in free if _covers(group, a, body)]
        for anchor in mine:
            free.remove(anchor)
        rows += _share(group, mine, body)
    for anchor in free:
        near = min(
            (i for i, row in enumerate(rows) if row[2] is None),
            key=lambda i: abs(rows[i][0] - anchor.first),
            default=None,
        )
        reach = 0.9 * (body.pitch or 1.3 * body.size)
        if near is not None and abs(rows[near][0] - anchor.first) < reach:
            rows[near] = (rows[near][0], rows[near][1], anchor)
        else:
            rows.append((anchor.first, [], anchor))
    rows.sort(key=lambda row: row[0])
    return _with_words(rows, band, anchors, body)


def _level(anchors: list[_Anchor], body: _Body) -> list[_Anchor]:
    merged: list[_Anchor] = []
    for anchor in anchors:
        if merged and anchor.first - merged[-1].first < 0.3 * body.size:
            for at, lines in anchor.cells.items():
                merged[-1].cells.setdefault(at, []).extend(lines)
        else:
            merged.append(anchor)
    return merged


def _label_groups(
    labels: list[Line], anchors: Sequence[_Anchor], body: _Body
) -> list[list[Line]]:
    """Label lines that belong together."""
    groups: list[list[Line]] = []
    gaps = [b.bottom - a.bottom for a, b in zip(labels, labels[1:], strict=False)]
    tight = min(gaps, default=0.0)
    for at, line in enumerate(labels):
        if at and _same_label(labels[at - 1], line, gaps[at - 1], tight, anchors, body):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _same_label(
    a: Line, b: Line, gap: float, tight: float, anchors: Sequence[_Anchor], body: _Body
) -> bool:
    beside_a, beside_b = _beside(a, anchors, body), _beside(b, anchors, body)
    if beside_a is not None and beside_a is beside_b:
        return True
    if a.bold != b.bold or (beside_a and beside_b) or gap > 1.75 * body.size:
        return False
    if body.pitch is not None and gap < body.pitch - 0.12 * body.size:
        return True
    if body.padded:
        return False
    if not beside_b and a.words[-1].text.isdigit() and continues_number(a.text, b.text):
        return True
    if body.pitch is None and gap > 1.12 * tight:
        return False
    # The distance does not tell: words do. A line is broken only where the next word did not fit.
    first = b.words[0]
    if a.x1 + 0.25 * body.size + (first.x1 - first.x0) < body.right - 0.5 * body.size:
        return False
    if body.runs_down and beside_a and not beside_b and not b.bold:
        return True
    return not first.text[:1].isupper() or a.text.endswith(_OPEN_ENDS)


def _covers(group: Sequence[Line], anchor: _Anchor, body: _Body) -> bool:
    slack = 0.45 * body.size
    return group[0].bottom - slack <= anchor.last and anchor.first <= group[-1].bottom + slack


def _share(
    group: list[Line], anchors: list[_Anchor], body: _Body
) -> list[tuple[float, list[Line], _Anchor | None]]:
    """One row for a label; several where several rows of figures stand beside its lines."""
    if len(anchors) <= 1:
        middle = (group[0].bottom + group[-1].bottom) / 2
        return [(middle, group, anchors[0] if anchors else None)]
    rows: list[tuple[float, list[Line], _Anchor | None]] = []
    start = 0
    for number, anchor in enumerate(anchors):
        stop = start
        last = number == len(anchors) - 1
        while stop < len(group) and (last or group[stop].bottom <= anchor.last + 0.3 * body.size):
            stop += 1
        rows.append((anchor.first, group[start:stop], anchor))
        start = stop
    return rows


def _with_words(
    rows: list[tuple[float, list[Line], _Anchor | None]],
    band: list[list[Line]],
    anchors: Sequence[_Anchor],
    body: _Body,
) -> list[BodyRow]:
    """Add cells of words: each line goes to the row that begins above it."""
    used = {id(line) for anchor in anchors for lines in anchor.cells.values() for line in lines}
    finished = []
    tops = []
    for _, labels, anchor in rows:
        cells: list[list[Line]] = [labels, *([] for _ in range(body.count - 1))]
        if anchor:
            for at, lines in anchor.cells.items():
                cells[at] = list(lines)
        every = [line for cell in cells for line in cell]
        tops.append(min(line.top for line in every))
        finished.append(BodyRow(cells))
    for at in range(1, body.count):
        for line in band[at]:
            if id(line) not in used and finished:
                owner = max(
                    (i for i, top in enumerate(tops) if top <= line.top + 0.45 * body.size),
                    default=0,
                )
                finished[owner].cells[at].append(line)
    for row in finished:
        for cell in row.cells:
            cell.sort(key=lambda x: x.bottom)
    return finished
