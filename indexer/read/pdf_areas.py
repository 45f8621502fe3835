"""A region: a piece of a page that holds one table, with the lines and rulings inside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.read.pdf_lines import Line, words_to_line
from indexer.read.pdf_rulings import Band, Rule, Rulings, Upright


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


def cut_lines(lines: Sequence[Line], x0: float, top: float, x1: float, bottom: float) -> list[Line]:
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
