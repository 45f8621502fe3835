"""A table's core -> the lines above and below that belong to it: header, last rows, last label."""

from collections.abc import Sequence
from itertools import pairwise

from indexer.read.pdf_lines import OPEN_ENDS, Line, words_to_line
from indexer.read.pdf_shapes import all_years, shape_of
from indexer.read.pdf_values import is_figure


def grow(
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
            if any(w.x1 > wide_from for w in waiting) and shape.tabular and not all_years(shape):
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
    elif step < 0 and body:
        grown += _start_of_label(grown[-1] if grown else body[0], waiting, values_from)
    return grown


def _start_of_label(first: Line, lines: Sequence[Line], values_from: float) -> list[Line]:
    """The lines right above a table's first figures that its first label began on.

    Seen at the top of a page, where the table goes on without its header.
    """
    words = [w for w in first.words if w.x1 <= values_from]
    if not words or not any(is_figure(c[2]) for c in shape_of(first, first.size).chunks):
        return []
    start: list[Line] = []
    label = words_to_line(words)
    for line in lines:
        reads_on = label.words[0].text[:1].islower() or line.text.endswith(OPEN_ENDS)
        if (
            not reads_on
            or label.bottom - line.bottom > 1.4 * label.size
            or abs(line.x0 - label.x0) > 0.6 * label.size
            or abs(line.size - label.size) > 0.05 * label.size
            or line.bold != label.bold
        ):
            break
        start.append(line)
        label = line
    return start


def _rest_of_label(body: Sequence[Line], lines: Sequence[Line], values_from: float) -> list[Line]:
    """The lines right below a table's last figures that its last label runs on over."""
    labels = [
        words_to_line(words)
        for line in body
        if (words := [w for w in line.words if w.x1 <= values_from])
    ]
    if not labels:
        return []
    size = labels[-1].size
    steps = [b.bottom - a.bottom for a, b in pairwise(labels)]
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
