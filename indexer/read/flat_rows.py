"""The figures at the end of a flattened row in, the ways to split them into cells out.

`label 349 978 388 008` may be two cells or four, or one that begins in the label: here every
reading is listed with what speaks against it. Which one is right is chosen by flat_arithmetic.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from indexer.read.flat_lines import JOINT, Line

_SIGN = "[-−–+±]"
_GROUPED = rf"\d{{1,3}}(?:[.{JOINT}]\d{{3}})+"
_NUMBER = rf"[(<>≤≥~]?{_SIGN}?[(<>≤≥~]?(?:{_GROUPED}(?:,\d+)?|\d+(?:[.,]\d+)?)\)?%?\*{{0,3}}"
_DATE = r"\d{1,2}\.\d{1,2}\.(?:19|20)?\d\d|(?:19|20)\d\d/\d\d(?:\d\d)?"
_BLANKS = r"[-−–]|n/?a|i/?t|\*{1,3}|\.{1,3}|[xX:]|[⬆⬇↑↓→➡⬅●○✓✔]|ja|nei"
_CELL = re.compile(rf"(?:{_NUMBER}|{_DATE}|{_BLANKS})", re.IGNORECASE)
_UNIT = re.compile(r"%|‰")
_OPENS = re.compile(rf"[(]?{_SIGN}?[1-9]\d{{0,2}}")
_GROUP = re.compile(r"\d{3}(?:,\d+)?\)?(?: ?%)?\*{0,3}")
_LAST_GROUP = re.compile(r".*[^\d]$|.*,.*")
_DASH = re.compile(r"[-−–]")
_MOST_SPLITS = 400
_MOST_PLACES = 60
_MOST_GROUPS = 4  # 999 999 999 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of characters without a space, and how many spaces too many stand before it."""

    text: str
    gap: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """A line parted into words and the figures it ends in."""

    label: str
    pieces: tuple[Piece, ...]
    after: int = 0  # spaces too many after the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One reading of a row: words taken to the label, a text or nothing for each column."""

    label: str
    cells: tuple[str | None, ...]
    cost: float


def parse_tail(line: Line) -> Tail:
    """Find the figures a line ends in.

    >>> tail = parse_tail(Line(text="Utlån til andre 1 534 - 7,2 %"))
    >>> tail.label, [piece.text for piece in tail.pieces]
    ('Utlån til andre', ['1', '534', '-', '7,2 %'])
    """
    return _tail(line.text.split(" "), max(0, line.trail - 1))


def parse_mixed_tail(line: Line, most_words: int = 2) -> Tail:
    """Find the figures a line ends in where a column of words stands between them.

    >>> tail = parse_mixed_tail(Line(text="Renholdsverk AS 20,0 Selvskyldner 2024"))
    >>> tail.label, [piece.text for piece in tail.pieces]
    ('Renholdsverk AS', ['20,0', 'Selvskyldner', '2024'])
    """
    tail = parse_tail(line)
    words = tail.label.split(" ")
    for count in range(1, most_words + 1):
        first = parse_tail(Line(text=" ".join(words[:-count])))
        if first.pieces and first.label and tail.pieces:
            middle = Piece(text=" ".join(words[-count:]))
            pieces = (*first.pieces, middle, *tail.pieces)
            return Tail(label=first.label, pieces=pieces, after=tail.after)
    return tail


def _tail(words: list[str], after: int) -> Tail:
    end = len(words)
    while end > 0 and (not words[end - 1] or _CELL.fullmatch(words[end - 1]) or _UNIT.fullmatch(words[end - 1])):
        end -= 1
    pieces: list[Piece] = []
    gap = 0
    for word in words[end:]:
        if not word:
            gap += 1
        elif _UNIT.fullmatch(word) and pieces:
            pieces[-1] = Piece(text=f"{pieces[-1].text} {word}", gap=pieces[-1].gap)
        else:
            pieces.append(Piece(text=word, gap=gap))
            gap = 0
    label = " ".join(word for word in words[:end] if word)
    while pieces and _UNIT.fullmatch(pieces[0].text):
        label = f"{label} {pieces.pop(0).text}".strip()
    return Tail(label=label, pieces=tuple(pieces), after=after)


def fewest_cells(pieces: Sequence[Piece]) -> int:
    """How many cells the pieces are at least, all that can be one number being one."""
    return min((len(cells) for cells in _groupings(tuple(pieces), len(pieces))), default=0)


def splits(tail: Tail, width: int) -> list[Split]:
    """All readings of a row as `width` cells, the likeliest by themselves first."""
    found: list[Split] = []
    most = len(tail.pieces) - 1 if not tail.label else min(2, len(tail.pieces) - 1)
    for taken in range(most + 1):
        words = " ".join(piece.text for piece in tail.pieces[:taken])
        label = f"{tail.label} {words}".strip()
        cost = _cost_of_label(tail, taken)
        for cells, price in _placed(tail.pieces[taken:], tail.after, width):
            found.append(Split(label=label, cells=cells, cost=cost + price))
            if len(found) >= _MOST_SPLITS:
                return sorted(found, key=lambda split: split.cost)
    return sorted(found, key=lambda split: split.cost)


def _cost_of_label(tail: Tail, taken: int) -> float:
    """Figures may belong to the label: "pr 31.12", or a row named by its year; seldom others."""
    if not taken:
        return 0.0
    if not tail.label:
        return 0.5 if taken == 1 else 3.0
    words = tail.pieces[:taken]
    if all(re.fullmatch(_DATE, piece.text) or piece.text.startswith("*") for piece in words):
        return 0.5
    return 1.2 + 1.0 * taken


def _placed(
    pieces: Sequence[Piece], after: int, width: int
) -> Iterator[tuple[tuple[str | None, ...], float]]:
    """The pieces as cells in their columns; empty cells where spaces or nothing tells."""
    for cells in _groupings(tuple(pieces), width):
        missing = width - len(cells)
        texts = [text for text, _, _ in cells]
        price = sum(cost for _, _, cost in cells)
        gaps = [gap for _, gap, _ in cells]
        hinted = [*gaps, after]
        if missing == 0:
            yield tuple(texts), price + 0.1 * sum(gaps)
            continue
        exact = _by_gaps(texts, hinted, missing)
        if exact:
            yield exact, price
        without_first = _by_gaps(texts, [0, *gaps[1:], after], missing)
        if without_first and without_first != exact:
            yield without_first, price + 0.3
        places = combinations(range(width), missing)
        for number, empty in enumerate(places):
            if number >= _MOST_PLACES:
                break
            row: list[str | None] = [None] * width
            rest = iter(texts)
            for column in range(width):
                if column not in empty:
                    row[column] = next(rest)
            if tuple(row) not in (exact, without_first):
                yield tuple(row), price + 1.5 + 1.0 * missing


def _by_gaps(texts: list[str], gaps: list[int], missing: int) -> tuple[str | None, ...] | None:
    if sum(gaps) != missing:
        return None
    row: list[str | None] = []
    for text, gap in zip([*texts, None], gaps, strict=True):
        row += [None] * gap
        if text is not None:
            row.append(text)
    return tuple(row)


_Cell = tuple[str, int, float]  # text, spaces too many before it, what speaks against it


def _groupings(pieces: tuple[Piece, ...], most: int) -> Iterator[tuple[_Cell, ...]]:
    """Every way to make at most `most` cells of the pieces, in order."""
    if not pieces:
        yield ()
        return
    if most == 0:
        return
    first = pieces[0]
    for taken, text, cost in _first_cells(pieces):
        for rest in _groupings(pieces[taken:], most - 1):
            yield ((text, first.gap, cost), *rest)


def _first_cells(pieces: tuple[Piece, ...]) -> Iterator[tuple[int, str, float]]:
    """The cells that the first pieces may be: alone, or with the groups of three that follow."""
    first = pieces[0]
    yield 1, first.text, 0.0
    if _DASH.fullmatch(first.text) and len(pieces) > 1 and pieces[1].text[0].isdigit():
        for taken, text, cost in _first_cells(pieces[1:]):
            yield taken + 1, f"{first.text}{text}", cost + 0.6
    if not _OPENS.fullmatch(first.text):
        return
    text = first.text
    for taken in range(1, min(len(pieces), _MOST_GROUPS)):
        piece = pieces[taken]
        if piece.gap or not _GROUP.fullmatch(piece.text):
            return
        text = f"{text} {piece.text}"
        yield taken + 1, text, 0.0
        if not piece.text.isdigit():
            return
