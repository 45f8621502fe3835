"""A table's body lines, by column -> its rows. Labels over several lines, figures on any of them.

Drawn lines between rows decide where they are drawn. Elsewhere a row is found by its figures (an
anchor), and a label by what keeps its lines together: a smaller distance than between rows, the
same weight, a word that did not fit on the line above.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.read.pdf_anchors import Anchor, Body, find_anchors, level_anchors, measure
from indexer.read.pdf_columns import Columns
from indexer.read.pdf_lines import OPEN_ENDS, Line
from indexer.read.pdf_values import continues_number


@dataclass(slots=True)
class BodyRow:
    """A row: the lines of its label, then of each cell."""

    cells: list[list[Line]]


def body_to_rows(
    cells: list[list[Line]], columns: Columns, separators: Sequence[float]
) -> list[BodyRow]:
    """All rows of a body, top to bottom."""
    if not any(cells):
        return []
    body = measure(cells, columns.count)
    bands = _bands(cells, separators)
    drafts = [(band, find_anchors(band, body)) for band in bands]
    filled = [anchors for _, anchors in drafts if anchors]
    ruled = len(separators) >= 2 and sum(map(len, filled)) <= 1.25 * len(filled)
    rows: list[BodyRow] = []
    for band, anchors in drafts:
        if ruled or (not anchors and any(band[1:]) and (separators or columns.drawn)):
            rows += _one_row(band, anchors, body)
        else:
            rows += _free_rows(band, anchors, body)
    return rows


def _bands(cells: list[list[Line]], separators: Sequence[float]) -> list[list[list[Line]]]:
    """The lines between one drawn line and the next."""
    bounds = [-1e9, *separators, 1e9]
    bands = []
    for upper, lower in pairwise(bounds):
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


def _one_row(band: list[list[Line]], anchors: list[Anchor], body: Body) -> list[BodyRow]:
    """A band between drawn lines is one row, less bold headings above it."""
    labels = band[0]
    rows: list[BodyRow] = []
    cut = 0
    for at in range(1, len(labels)):
        if (
            labels[at - 1].bold
            and not labels[at].bold
            and not _beside(labels[at - 1], anchors, body)
        ):
            cut = at
            break
    if cut and not any(x.middle < labels[cut].top for column in band[1:] for x in column):
        rows.append(BodyRow([labels[:cut], *([] for _ in range(body.count - 1))]))
        labels = labels[cut:]
    rows.append(BodyRow([labels, *band[1:]]))
    return rows


def _beside(line: Line, anchors: Sequence[Anchor], body: Body) -> Anchor | None:
    """The figures on a label's own line."""
    for anchor in anchors:
        if anchor.first - 0.3 * body.size <= line.bottom <= anchor.last + 0.3 * body.size:
            return anchor
    return None


def _free_rows(band: list[list[Line]], anchors: list[Anchor], body: Body) -> list[BodyRow]:
    """Rows where nothing is drawn between them."""
    if not anchors and any(band[1:]):
        anchors = [
            Anchor(line.bottom, line.bottom, {at: [line]})
            for at, column in enumerate(band)
            if at
            for line in column
        ]
        anchors.sort(key=lambda a: a.first)
        anchors = level_anchors(anchors, body)
    groups = _label_groups(band[0], anchors, body)
    rows: list[tuple[float, list[Line], Anchor | None]] = []
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


def _label_groups(labels: list[Line], anchors: Sequence[Anchor], body: Body) -> list[list[Line]]:
    """Label lines that belong together."""
    groups: list[list[Line]] = []
    gaps = [b.bottom - a.bottom for a, b in pairwise(labels)]
    tight = min(gaps, default=0.0)
    for at, line in enumerate(labels):
        if at and _same_label(labels[at - 1], line, gaps[at - 1], tight, anchors, body):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _same_label(
    a: Line, b: Line, gap: float, tight: float, anchors: Sequence[Anchor], body: Body
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
    return not first.text[:1].isupper() or a.text.endswith(OPEN_ENDS)


def _covers(group: Sequence[Line], anchor: Anchor, body: Body) -> bool:
    slack = 0.45 * body.size
    return group[0].bottom - slack <= anchor.last and anchor.first <= group[-1].bottom + slack


def _share(
    group: list[Line], anchors: list[Anchor], body: Body
) -> list[tuple[float, list[Line], Anchor | None]]:
    """One row for a label; several where several rows of figures stand beside its lines."""
    if len(anchors) <= 1:
        middle = (group[0].bottom + group[-1].bottom) / 2
        return [(middle, group, anchors[0] if anchors else None)]
    rows: list[tuple[float, list[Line], Anchor | None]] = []
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
    rows: list[tuple[float, list[Line], Anchor | None]],
    band: list[list[Line]],
    anchors: Sequence[Anchor],
    body: Body,
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
