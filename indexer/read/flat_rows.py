"""The figures at the end of a flattened row in, the ways to split them into cells out.

`label 349 978 388 008` may be two cells or four, or one that begins in the label: here every
reading is listed with what speaks against it. Which one is right is chosen by flat_arithmetic.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice
from math import ceil

from indexer.read.flat_lines import JOINT, Line

_SIGN = "[-−–+±]"
_GROUPED = rf"\d{{1,3}}(?:[.{JOINT}]\d{{3}})+"
_NUMBER = rf"[(<>≤≥~]?{_SIGN}?[(<>≤≥~]?(?:{_GROUPED}(?:,\d+)?|\d+(?:[.,]\d+)?)\)?%?\*{{0,3}}"
_DATE = r"\d{1,2}\.\d{1,2}\.(?:19|20)?\d\d|(?:19|20)\d\d/\d\d(?:\d\d)?"
_BLANKS = r"[-−–]|n/?a|i/?t|\*{1,3}|\.{1,3}|[xX:]|[⬆⬇↑↓→➡⬅●○✓✔]|ja|nei"
# What stands in a cell instead of a figure; "Ikke målt" is one cell.
_STATUS = (
    r"(?:ikke|ikkje|delvis|delvist|ikke helt)[ \x01](?:målt?|målbart?|nådd|oppnådd|aktuelt?|vurdert"
    r"|gjennomført|tilgjengelig|rapportert)|måles[ \x01]ikke|vert[ \x01]ikkje[ \x01]målt"
    r"|nådd|oppnådd|gjennomført"
    r"|på[ \x01]plan|i[ \x01]rute|under[ \x01]arbeid|ny(?:tt)?|mangler|manglar"
    r"|grønn?|gul|rød|raud|lav|middels|høy"
)
_SEVERAL_WORDS = re.compile(rf"(?<!\S)(?:{_STATUS})(?!\S)", re.IGNORECASE)
_CELL = re.compile(rf"(?:{_NUMBER}|{_DATE}|{_BLANKS}|{_STATUS})", re.IGNORECASE)
_UNIT = re.compile(r"%|‰")
_OPENS = re.compile(rf"[(]?{_SIGN}?[1-9]\d{{0,2}}")
_GROUP = re.compile(r"\d{3}(?:,\d+)?\)?(?: ?%)?\*{0,3}")
_LEADING_ZERO = re.compile(r"0\d+")
_MISPRINT = re.compile(r"\d{4}")  # "11 2885": a digit too many in the last group
_DASH = re.compile(r"[-−–]")
_ONE_CELL = "\x01"
_MOST_SPLITS = 250
_MOST_GUESSES = 60
_MOST_MISSING = 3  # cells that may be gone without a trace
_UNUSED_GAP = 0.4
_INSIDE = 0.4  # the last columns are empty more often than those in between
_COULD_BE_ONE = 0.2
_LONG = 0.1  # for each group beyond the second
_ODD = 3.0
_IMPOSSIBLE = 1e3
_MOST_PLACES = 12
_MOST_DIGITS = 10  # no municipality counts in tens of billions of kroner
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
    guessed: bool = False  # cells are missing, and nothing on the line tells which


def parse_tail(line: Line) -> Tail:
    """Find the figures a line ends in.

    >>> tail = parse_tail(Line(text="Utlån til andre 1 534 - 7,2 %"))
    >>> tail.label, [piece.text for piece in tail.pieces]
    ('Utlån til andre', ['1', '534', '-', '7,2 %'])
    """
    text = _SEVERAL_WORDS.sub(lambda match: match.group().replace(" ", _ONE_CELL), line.text)
    return _tail(text.split(" "), max(0, line.trail - 1))


def parse_mixed_tail(line: Line, most_words: int = 2) -> Tail:
    """Find the figures a line ends in where one column holds words, between or after them.

    >>> tail = parse_mixed_tail(Line(text="Renholdsverk AS 20,0 Selvskyldner 2024"))
    >>> tail.label, [piece.text for piece in tail.pieces]
    ('Renholdsverk AS', ['20,0', 'Selvskyldner', '2024'])
    """
    tail = parse_tail(line)
    words = tail.label.split(" ")
    for count in range(1, most_words + 1):
        first = parse_tail(Line(text=" ".join(words[:-count])))
        if first.pieces and first.label:
            middle = Piece(text=" ".join(words[-count:]))
            pieces = (*first.pieces, middle, *tail.pieces)
            return Tail(label=first.label, pieces=pieces, after=tail.after)
    return tail


def _is_cell(word: str) -> bool:
    return not word or bool(_CELL.fullmatch(word) or _UNIT.fullmatch(word))


def _tail(words: list[str], after: int) -> Tail:
    end = len(words)
    while end > 0 and _is_cell(words[end - 1]):
        end -= 1
    pieces: list[Piece] = []
    gap = 0
    for word in words[end:]:
        if not word:
            gap += 1
        elif _UNIT.fullmatch(word) and pieces:
            pieces[-1] = Piece(text=f"{pieces[-1].text} {word}", gap=pieces[-1].gap)
        else:
            pieces.append(Piece(text=word.replace(_ONE_CELL, " "), gap=gap))
            gap = 0
    if not any(_DASH.fullmatch(p.text) or any(map(str.isdigit, p.text)) for p in pieces):
        pieces, end = [], len(words)  # only words: no figures stand here
    label = " ".join(word for word in words[:end] if word).replace(_ONE_CELL, " ")
    while pieces and _UNIT.fullmatch(pieces[0].text):
        label = f"{label} {pieces.pop(0).text}".strip()
    return Tail(label=label, pieces=tuple(pieces), after=after)


def fewest_cells(pieces: Sequence[Piece]) -> int:
    """How many cells the pieces are at least, all that can be one number being one."""
    fewest = [0] * (len(pieces) + 1)
    for start in range(len(pieces) - 1, -1, -1):
        ways = _first_cells(tuple(pieces[start:]))
        fewest[start] = 1 + min(fewest[start + taken] for taken, _, _ in ways)
    return fewest[0]


@lru_cache(maxsize=16384)
def cheapest(tail: Tail, width: int) -> float:
    """What speaks against the best reading of a row as `width` cells, without listing them all."""
    best = _IMPOSSIBLE
    most = len(tail.pieces) - 1 if not tail.label else min(2, len(tail.pieces) - 1)
    for taken in range(most + 1):
        pieces = tail.pieces[taken:]
        label = _cost_of_label(tail, taken)
        if label >= best:
            continue
        costs = _cheapest_groupings(pieces, width)
        hints = sum(piece.gap for piece in pieces) + tail.after
        for count, cost in enumerate(costs[1:], start=1):
            missing = width - count
            if missing == 0:
                gone = _UNUSED_GAP * (hints - pieces[0].gap) + 0.1 * pieces[0].gap
            elif missing in (hints, hints - pieces[0].gap):
                gone = 0.0
            else:
                gone = 1.5 + 1.0 * missing if missing <= _MOST_MISSING else _IMPOSSIBLE
            best = min(best, label + cost + gone)
    return best


def _cheapest_groupings(pieces: tuple[Piece, ...], most: int) -> list[float]:
    """For each number of cells up to `most`, the lowest cost of making them of the pieces."""
    table = [[_IMPOSSIBLE] * (most + 1) for _ in range(len(pieces) + 1)]
    table[-1][0] = 0.0
    for start in range(len(pieces) - 1, -1, -1):
        for taken, text, cost in _first_cells(pieces[start : start + _MOST_GROUPS + 2]):
            rest = start + taken
            if rest < len(pieces) and taken < _MOST_GROUPS and _could_go_on(text, pieces[rest]):
                cost += _COULD_BE_ONE
            for count in range(1, most + 1):
                table[start][count] = min(table[start][count], cost + table[rest][count - 1])
    return table[0]


@lru_cache(maxsize=4096)
def splits(tail: Tail, width: int) -> tuple[Split, ...]:
    """All readings of a row as `width` cells, the likeliest by themselves first."""
    found: list[Split] = []
    most = len(tail.pieces) - 1 if not tail.label else min(2, len(tail.pieces) - 1)
    for taken in range(most + 1):
        if taken and found and not _may_be_label(tail.pieces[taken - 1].text):
            break
        words = " ".join(piece.text for piece in tail.pieces[:taken])
        label = f"{tail.label} {words}".strip()
        cost = _cost_of_label(tail, taken)
        for cells, price, guessed in _placed(tail.pieces[taken:], tail.after, width):
            found.append(Split(label=label, cells=cells, cost=cost + price, guessed=guessed))
            if len(found) >= _MOST_SPLITS:
                return tuple(sorted(found, key=_price))
    return tuple(sorted(found, key=_price))


def _may_be_label(text: str) -> bool:
    """A small number may end a label even where the figures come out even without it."""
    return text.rstrip(".").isdigit() and len(text) < 3


def _price(split: Split) -> tuple[float, int]:
    lengths = [sum(map(str.isdigit, cell)) for cell in split.cells if cell]
    return round(split.cost, 6), max(lengths, default=0) - min(lengths, default=0)


def _cost_of_label(tail: Tail, taken: int) -> float:
    """Figures may belong to the label: "pr 31.12", or a row named by its year; seldom others."""
    if not taken:
        return 0.0
    if not tail.label:
        return 0.5 if taken == 1 else 3.0
    words = tail.pieces[:taken]
    if all(re.fullmatch(_DATE, piece.text) or piece.text.startswith("*") for piece in words):
        return 0.5
    precise = sum(not piece.text.isdigit() for piece in words)
    return 1.2 + 1.0 * taken + 2.0 * precise


_Cell = tuple[str, int, float]  # text, spaces too many before it, what speaks against it


def _placed(
    pieces: tuple[Piece, ...], after: int, width: int
) -> Iterator[tuple[tuple[str | None, ...], float, bool]]:
    """The pieces as cells in their columns; empty cells where spaces tell, or by a guess."""
    hints = sum(piece.gap for piece in pieces) + after
    for cells in _even_first(pieces, width):
        texts, gaps, price = _unzipped(cells)
        unused = 0.1 * gaps[0] + _UNUSED_GAP * (sum(gaps[1:]) + after)
        yield tuple(texts), price + unused, False
    guesses = 0
    for missing in range(1, min(width, max(_MOST_MISSING, hints) + 1)):
        for cells in _even_first(pieces, width - missing):
            texts, gaps, price = _unzipped(cells)
            told = _by_gaps(texts, [*gaps, after], missing)
            told_but_first = _by_gaps(texts, [0, *gaps[1:], after], missing)
            if told or told_but_first:
                yield told or told_but_first or (), price + (0.0 if told else 0.3), False
                continue
            if guesses > _MOST_GUESSES:
                break
            from_the_end = combinations(range(width - 1, -1, -1), missing)
            for empty in islice(from_the_end, _MOST_PLACES):
                guesses += 1
                rest = iter(texts)
                row = [None if column in empty else next(rest) for column in range(width)]
                inside = 0.0 if row[-missing:] == [None] * missing else _INSIDE
                yield tuple(row), price + 1.5 + 1.0 * missing + inside, True


def _unzipped(cells: tuple[_Cell, ...]) -> tuple[list[str], list[int], float]:
    texts = [text for text, _, _ in cells]
    return texts, [gap for _, gap, _ in cells], sum(cost for _, _, cost in cells)


def _by_gaps(texts: list[str], gaps: list[int], missing: int) -> tuple[str | None, ...] | None:
    if sum(gaps) != missing:
        return None
    row: list[str | None] = []
    for text, gap in zip([*texts, None], gaps, strict=True):
        row += [None] * gap
        if text is not None:
            row.append(text)
    return tuple(row)


def _even_first(pieces: tuple[Piece, ...], count: int) -> Iterator[tuple[_Cell, ...]]:
    """The ways to make `count` cells, those with as many groups in each before all others."""
    seen = set()
    if len(pieces) > count + _MOST_MISSING:
        near = range(max(1, len(pieces) // count), ceil(len(pieces) / count) + 1)
        for cells in _groupings(pieces, count, near):
            seen.add(cells)
            yield cells
    for cells in _groupings(pieces, count, range(1, _MOST_GROUPS + 1)):
        if cells not in seen:
            yield cells


def _groupings(pieces: tuple[Piece, ...], count: int, sizes: range) -> Iterator[tuple[_Cell, ...]]:
    """Every way to make `count` cells of the pieces, in order."""
    if not pieces:
        if count == 0:
            yield ()
        return
    if not count <= len(pieces) <= count * (_MOST_GROUPS + 1):
        return
    first = pieces[0]
    for taken, text, cost in _first_cells(pieces):
        rest = pieces[taken:]
        could_go_on = bool(rest) and taken < _MOST_GROUPS and _could_go_on(text, rest[0])
        if taken not in sizes and (could_go_on or taken > 1):
            continue
        if could_go_on:
            cost += _COULD_BE_ONE
        for more in _groupings(rest, count - 1, sizes):
            yield ((text, first.gap, cost), *more)


def _could_go_on(text: str, following: Piece) -> bool:
    opened = _OPENS.fullmatch(text.split(" ")[0]) and text[-1].isdigit()
    return bool(opened and not following.gap and _GROUP.fullmatch(following.text))


def _first_cells(pieces: tuple[Piece, ...]) -> Iterator[tuple[int, str, float]]:
    """The cells that the first pieces may be: alone, or with the groups of three that follow."""
    first = pieces[0]
    yield 1, first.text, _ODD if _LEADING_ZERO.fullmatch(first.text) else 0.0
    if _DASH.fullmatch(first.text) and len(pieces) > 1 and pieces[1].text[0].isdigit():
        for taken, text, cost in _first_cells(pieces[1:]):
            yield taken + 1, f"{first.text}{text}", cost + 0.6
    if not _OPENS.fullmatch(first.text):
        return
    text = first.text
    if len(pieces) > 1 and _MISPRINT.fullmatch(pieces[1].text) and not pieces[1].gap:
        yield 2, f"{text} {pieces[1].text}", _ODD - 1.0
    for taken in range(1, min(len(pieces), _MOST_GROUPS)):
        piece = pieces[taken]
        if piece.gap or not _GROUP.fullmatch(piece.text):
            return
        text = f"{text} {piece.text}"
        huge = 1.0 if sum(map(str.isdigit, text)) > _MOST_DIGITS else 0.0
        yield taken + 1, text, _LONG * max(0, taken - 1) + huge
        if not piece.text.isdigit():
            return
