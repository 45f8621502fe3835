"""The lines under a flattened header and the number of columns in, rows with cells out.

A row's label may run over several lines with its figures on any of them, or stand in a paragraph
of its own; words that belong to no figures are groups. Cells may run on over several lines too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from figures.numbers import parse_number
from indexer.read.flat_arithmetic import Option, choose
from indexer.read.flat_lines import Line
from indexer.read.flat_rows import (
    Split,
    Tail,
    cheapest,
    fewest_cells,
    parse_mixed_tail,
    parse_tail,
    splits,
)
from indexer.read.paragraphs import is_running_head, join_lines

_OPEN_END = re.compile(
    r"(?:\b(?:og|i|på|av|til|for|fra|per|pr\.?|med|ved|mot|eller|som|den|det|de|en|et|under|over|uten)"
    r"|[-–,/(&])$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[a-zæøå(&/%+]|\d[\d –-]*\s[a-zæøå(]")
_MOST_OPTIONS = 120
_MOST_WEIGHED = 40
_COST_OF_NONE = 5.0
_GUESSED = 2.4  # dearer readings than this leave cells out
_FEW_OPTIONS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow:
    """A row with its cells, or a group when it has none."""

    label: str
    cells: tuple[str | None, ...]
    page: int
    sure: bool = True


@dataclass(slots=True, kw_only=True)
class _Open:
    """A row being read: words and figures found so far."""

    label: str
    tail: Tail | None
    page: int
    before: int = 0  # empty cells on lines of their own above the figures
    after: int = 0  # and below them


def read_rows(
    lines: Sequence[Line], width: int, *, label: str = "", mixed: bool = False
) -> tuple[BodyRow, ...]:
    """Read the rows of a table of `width` columns; `label` begins the first row's label."""
    open_rows = _gather(lines, width, label, mixed)
    figured = [row for row in open_rows if row.tail is not None]
    options = [splits(row.tail, width)[:_MOST_OPTIONS] for row in figured if row.tail is not None]
    choices = choose([[_option(split) for split in splits_] for splits_ in options])
    found = {
        id(row): (splits_[choice.index] if choice.index >= 0 else None, choice.sure)
        for row, splits_, choice in zip(figured, options, choices, strict=True)
    }
    rows = []
    for row in open_rows:
        if row.tail is None:
            rows.append(BodyRow(label=row.label, cells=(None,) * width, page=row.page))
            continue
        split, sure = found[id(row)]
        if split is None:
            split, sure = _forced(row.tail, width), False
        label = f"{row.label} {split.label[len(row.tail.label) :].strip()}".strip()
        rows.append(BodyRow(label=label, cells=split.cells, page=row.page, sure=sure))
    return tuple(rows)


def cost_of_rows(lines: Sequence[Line], width: int, *, mixed: bool = False) -> float:
    """What speaks against so many columns: rows that cannot be split so, or only unevenly."""
    tails = [row.tail for row in _gather(lines, width, "x", mixed) if row.tail is not None]
    shown = tails[:_MOST_WEIGHED]
    total = 0.0
    for tail in shown:
        total += min(_COST_OF_NONE, cheapest(tail, width))
    return total * min(1.0, 8 / max(1, len(shown)))


def share_checked(lines: Sequence[Line], width: int, *, mixed: bool = False) -> float:
    """The share of rows that a sum or difference bears out when there are so many columns."""
    tails = [row.tail for row in _gather(lines, width, "x", mixed) if row.tail is not None]
    options = [list(map(_option, splits(tail, width)[:_FEW_OPTIONS])) for tail in tails]
    return sum(choice.checked for choice in choose(options)) / max(1, len(tails))


def _option(split: Split) -> Option:
    numbers = [parse_number(cell) if cell else None for cell in split.cells]
    return Option(
        values=tuple(float(number.value) if number else None for number in numbers),
        cost=split.cost,
        guessed=split.guessed,
        decimals=min((number.decimals for number in numbers if number), default=0),
        shapes=tuple(
            f"{'%' if '%' in (cell or '') else ''}{min(number.decimals, 1) if number else ''}"
            for cell, number in zip(split.cells, numbers, strict=True)
        ),
    )


def _forced(tail: Tail, width: int) -> Split:
    """No reading fits: fill the columns from the right, what is left over joins the first."""
    texts = [piece.text for piece in tail.pieces]
    if len(texts) > width:
        spare = len(texts) - width + 1
        texts = [" ".join(texts[:spare]), *texts[spare:]]
    cells = (*texts, *(None,) * (width - len(texts)))
    return Split(label=tail.label, cells=cells, cost=9.0)


def _gather(lines: Sequence[Line], width: int, label: str, mixed: bool) -> list[_Open]:
    rows: list[_Open] = []
    room = max((len(parse_tail(line).label) for line in lines), default=0)
    words: list[Line | None] = []  # lines of words since the last figures; None is a blank line
    if label:
        words.append(Line(text=label, page=lines[0].page if lines else 1))
    gap = 0  # empty cells on lines of their own
    for i, line in enumerate(lines):
        if not line.text:
            gap += line.trail
            if (words and words[-1] is not None) or not words:
                words.append(None)
            continue
        if is_running_head(line.text):
            continue
        tail = parse_mixed_tail(line) if mixed else parse_tail(line)
        if not tail.pieces or _is_words(tail, lines[i + 1 : i + 4], width, any(words)):
            if rows and not any(words):
                rows[-1].after = gap
            words.append(line)
            gap = 0
            continue
        waiting = any(words)
        if not tail.label and not waiting and rows and rows[-1].tail is not None:
            joined = _joined(rows[-1].tail, tail, gap, width)
            if joined is not None:
                rows[-1].tail = joined
                words, gap = [], 0
                continue
        previous = rows[-1].label if rows else ""
        before, groups, label = _part_words(words, tail.label, previous, room=room)
        if before and rows:
            rows[-1].label = join_lines(rows[-1].label, before)
        if rows and not waiting:
            rows[-1].after = gap
        rows += [_Open(label=group, tail=None, page=line.page) for group in groups]
        rows.append(_Open(label=label, tail=tail, page=line.page, before=0 if tail.label else gap))
        words, gap = [], 0
    before, groups, label = _part_words(words, "", rows[-1].label if rows else "", last=True)
    if before and rows:
        rows[-1].label = join_lines(rows[-1].label, before)
    if rows and not any(words):
        rows[-1].after = gap
    for row in rows:
        if row.tail is not None:
            row.tail = _with_gaps(row.tail, row.before, row.after, width)
    return rows


def _with_gaps(tail: Tail, before: int, after: int, width: int) -> Tail:
    """Count empty cells that stand on lines of their own, where the columns come out even so."""
    if cheapest(replace(tail, after=0), width) < _GUESSED:
        return tail
    first = replace(tail.pieces[0], gap=tail.pieces[0].gap + before)
    led = replace(tail, pieces=(first, *tail.pieces[1:]))
    ways = [tail]
    if before:
        ways.append(led)
    if after:
        ways += [replace(tail, after=tail.after + after), replace(led, after=led.after + after)]
    return min(ways, key=lambda way: cheapest(way, width))


def _is_exact(tail: Tail, width: int) -> bool:
    """Tell whether the figures fill the columns, spaces for empty cells counted."""
    return cheapest(tail, width) < 1.0


def _is_words(tail: Tail, below: Sequence[Line], width: int, waiting: bool) -> bool:
    """Tell a line of words that ends in a number ("sykepleiere per 10 000") from a row."""
    if not below or width < 2:
        return False
    if not tail.label:
        number = tail.pieces[0].text.rstrip(".")
        numbered = len(tail.pieces) == 1 and number.isdigit() and len(number) < 4
        return numbered and below[0].text[:1].isalpha()
    goes_on_below = bool(below[0].text) and bool(_GOES_ON.match(below[0].text))
    if goes_on_below and _OPEN_END.search(tail.label) and fewest_cells(tail.pieces) == 1:
        return True
    if tail.after and _is_exact(tail, width):
        return False
    if 2 * len(tail.pieces) > width + 1 or len(tail.pieces) >= width:
        return False
    if below[0].text:
        return goes_on_below
    following = next((parse_tail(line) for line in below if line.text), None)
    figures = (
        following is not None and not following.label and len(following.pieces) > len(tail.pieces)
    )
    return figures and waiting and bool(_GOES_ON.match(tail.label))


def _joined(tail: Tail, more: Tail, gap: int, width: int) -> Tail | None:
    """A row's cells with those of the next line, where only together they fill the columns."""
    if _is_exact(tail, width):
        return None
    for spaces in dict.fromkeys((tail.after + gap, gap, tail.after, 0)):
        first = replace(more.pieces[0], gap=spaces)
        joined = Tail(
            label=tail.label, pieces=(*tail.pieces, first, *more.pieces[1:]), after=more.after
        )
        if _is_exact(joined, width):
            return joined
    return None


def _part_words(
    words: Sequence[Line | None], own: str, previous: str, *, last: bool = False, room: int = 0
) -> tuple[str, list[str], str]:
    """Part the words between two rows: the rest of the label above, groups, the label below."""
    paragraphs: list[list[Line]] = [[]]
    for word in words:
        if word is None:
            paragraphs.append([])
        else:
            paragraphs[-1].append(word)
    before = ""
    if previous and paragraphs[0]:
        below = own or any(paragraphs[1:])
        count = _rest_of_label(
            paragraphs[0], previous, own if not any(paragraphs[1:]) else "", bool(below) or last
        )
        before = _join(paragraphs[0][:count])
        paragraphs[0] = paragraphs[0][count:]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    if last:
        return before, [], ""
    if not paragraphs:
        return before, [], own
    if own and not any(map(str.isalpha, own)) and words[-1] is not None:
        taken = _wholly(paragraphs[-1])  # "skala" / "1–5"
    elif own and not _GOES_ON.match(own):
        adjacent = words[-1] is not None
        taken = _label_lines(paragraphs[-1], own, room) if adjacent else 0
    else:
        taken = _wholly(paragraphs[-1])
    kept = paragraphs[-1][len(paragraphs[-1]) - taken :]
    rest = paragraphs[-1][: len(paragraphs[-1]) - taken]
    groups = [text for lines in (*paragraphs[:-1], rest) for text in _groups(lines)]
    label = _join(kept)
    return before, groups, join_lines(label, own) if label and own else label or own


def _groups(lines: Sequence[Line]) -> list[str]:
    """The headings that lines between rows hold; a line in lower case carries one on."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _GOES_ON.match(line.text) and groups[-1][-1].trail <= 2:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_join(group) for group in groups]


def _rest_of_label(paragraph: Sequence[Line], previous: str, own: str, more_below: bool) -> int:
    """How many lines right under a row are the rest of its label: what follows begins anew."""
    if not (_GOES_ON.match(paragraph[0].text) or _OPEN_END.search(previous)):
        return 0
    for count in range(1, len(paragraph)):
        if not _GOES_ON.match(paragraph[count].text):
            return count
    return len(paragraph) if more_below and not _GOES_ON.match(own) else 0


def _wholly(paragraph: Sequence[Line]) -> int:
    """How many of the paragraph's last lines are the label when it has no words of its own."""
    for i, line in enumerate(reversed(paragraph)):
        if line.trail > 2:
            return i
    return len(paragraph)


def _label_lines(paragraph: Sequence[Line], own: str, room: int) -> int:
    """How many of the lines right above belong to a label whose last line has a capital.

    A line is broken in the middle of a label where the next word would not have fitted: no label
    here is wider than `room`.
    """
    if paragraph[0].text.rstrip(".").isdigit():
        return len(paragraph)
    taken = 0
    below = own
    for line in reversed(paragraph):
        unfinished = _OPEN_END.search(line.text) or line.text.count("(") > line.text.count(")")
        unfinished = unfinished or len(line.text) + len(below.split(" ")[0]) > room + 2
        if line.trail > 2 or not (_GOES_ON.match(below) or unfinished):
            break
        taken += 1
        below = line.text
    return taken


def _join(lines: Sequence[Line]) -> str:
    text = ""
    for line in lines:
        words = " ".join(line.text.split())
        text = join_lines(text, words) if text else words
    return text


def goes_on(text: str) -> bool:
    """Tell whether a line of a label must have begun on the line before it."""
    return bool(_GOES_ON.match(text))
