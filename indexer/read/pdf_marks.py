"""What stands on a page: words, strokes, fills. Records only, in points from the top left."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Word(NamedTuple):
    """A run of characters without a space. `bottom` is the font's descent, the same on a line."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    size: float
    bold: bool
    glued: bool  # no space before it: the part of a word where the type changes size


class Stroke(NamedTuple):
    """A thin line or a thin filled box, level or upright."""

    x0: float
    top: float
    x1: float
    bottom: float


class Fill(NamedTuple):
    """A filled box behind text, and how light it is (1.0 is white)."""

    x0: float
    top: float
    x1: float
    bottom: float
    light: float


@dataclass(slots=True, kw_only=True)
class RawPage:
    """A page as drawn."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    hidden: int = 0  # words no reader can see: white on white, tiny, off the page, no width
    damaged: bool = False  # could not be opened; nothing of it is known
    scanned: bool = False  # pictures and no text; `words` are then read from the picture, if at all
