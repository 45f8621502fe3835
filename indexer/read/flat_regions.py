"""The lines of a plain text in, the places where tables are flattened in them out.

Rows are lines that end in figures; where several stand near each other with only parts of labels
between, there is a table. A caption or a run of short lines may show one with a single column. How
rows are split into cells, and what the header says, is for others.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.read.captions import is_caption
from indexer.read.flat_lines import Line
from indexer.read.flat_names import has_names_inside, looks_like_header
from indexer.read.flat_rows import Tail, fewest_cells, parse_mixed_tail, parse_tail
from indexer.read.paragraphs import ends_sentence, is_item, is_running_head, numbered_level

_HEADER_WORD = re.compile(r"(?:19|20)\d\d|regnskap|rekneskap|budsjett|avvik|endring", re.IGNORECASE)
_TOTAL = re.compile(r"(?:sum|totalt?|i alt|samla|samlet|sluttsum)\b", re.IGNORECASE)
_SHORT = 60
_FEWEST_SINGLE = 4
_LONGEST_LABEL = 95
_MOST_LINES_BETWEEN = 9
_MOST_PARAGRAPHS_BETWEEN = 4
_MOST_HEADER_LINES = 60
_NARROWEST = 60
_NEAR = 3
_FARTHEST = 4  # lines between a table and its last, short row
_FULL = 0.75  # a line this full is prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Where rows stand: the first and last line with figures, and how to read them."""

    first: int
    last: int
    mixed: bool = False  # a column of words stands among the figures
    columns: int = 0  # 0: not known yet
    captioned_below: bool = False


def find_rows(lines: Sequence[Line], width: int) -> list[Rows]:
    """Where tables are: by several figures in a row, or by a caption over one in each."""
    found = [_cluster(lines, first, last) for first, last in _clusters(lines, width)]
    for i, line in enumerate(lines):
        if is_caption(line.text):
            end = next((rows.first for rows in found if rows.first > i), len(lines))
            led = _led_by_caption(lines, i, min(end, i + _MOST_HEADER_LINES * 2), width)
            if led is not None:
                found.append(led)
    found += _single_figures(lines, found, width)
    below = _captions_stand_below(lines)
    return sorted(
        (replace(rows, captioned_below=below) for rows in found), key=lambda rows: rows.first
    )


def line_width(lines: Sequence[Line]) -> int:
    """How long a full line is: of the longest lines, one that many reach."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 30)
    return max(_NARROWEST, lengths[int(0.9 * len(lengths))]) if lengths else _NARROWEST


def _clusters(lines: Sequence[Line], width: int) -> list[tuple[int, int]]:
    """Where rows stand near each other: the first and the last line with figures of each."""
    clusters: list[tuple[int, int]] = []
    figured = [i for i, line in enumerate(lines) if is_figured(line)]
    for before, i, after in zip(
        [-9, *figured], figured, [*figured[1:], len(lines) + 9], strict=False
    ):
        alone = i - before > _NEAR and after - i > _NEAR
        if alone and not is_row(lines[i]):
            continue
        if clusters and _is_one_table(lines[clusters[-1][1] + 1 : i], width):
            clusters[-1] = (clusters[-1][0], i)
        else:
            clusters.append((i, i))
    return clusters


def _cluster(lines: Sequence[Line], first: int, last: int) -> Rows:
    """Rows that stand near each other; whether most end in words tells how to read them."""
    rows = [line for line in lines[first : last + 1] if is_figured(line)]
    wordy = sum(not parse_tail(line).pieces for line in rows)
    return Rows(first=first, last=last, mixed=2 * wordy > len(rows))


def is_figured(line: Line) -> bool:
    """Tell whether a line near rows may be one: "Vann 900 950" is one number or two."""
    if is_row(line):
        return True
    tail = parse_tail(line)
    if len(tail.pieces) < 2 or not 0 < len(tail.label) <= _SHORT or _is_bullet(line):
        return False
    counted = sum(any(map(str.isdigit, piece.text)) for piece in tail.pieces)
    years = _is_header_of_years(tail) or _is_range(tail)
    return counted > 1 and not years and not is_caption(line.text)


def is_row(line: Line) -> bool:
    """Tell a line that ends in several figures from prose that ends in one."""
    if not line.text or (is_item(line.text) and not line.text[0].isdigit()):
        return False
    tail = parse_tail(line)
    if not tail.pieces:
        tail = parse_mixed_tail(line)
        figures = tail.pieces[:-1]
        counted = sum(any(map(str.isdigit, piece.text)) for piece in figures)
        counted = counted > 2 or (counted > 1 and fewest_cells(figures) > 1)
        years = _is_header_of_years(Tail(label="", pieces=figures))
        return (
            counted and not years and len(tail.label) <= _LONGEST_LABEL and not _is_prose_with(tail)
        )
    if len(tail.pieces) < 2 or len(tail.label) > _LONGEST_LABEL:
        return False
    if not any(
        any(c.isdigit() for c in piece.text) or len(tail.pieces) > 2 for piece in tail.pieces
    ):
        return False
    if _is_header_of_years(tail) or _is_range(tail):
        return False
    return fewest_cells(tail.pieces) >= 2 or len(tail.pieces) >= 3


def _is_prose_with(tail: Tail) -> bool:
    """Words after figures that go on a sentence, or a year and a word: "i 2024 2 personer"."""
    word = tail.pieces[-1].text
    return not word[:1].isupper() or word.endswith((".", ",", ":"))


def _is_header_of_years(tail: Tail) -> bool:
    years = [
        re.fullmatch(r"(?:19|20)\d\d|\d\d?\.\d\d?\.(?:19|20)\d\d", p.text) for p in tail.pieces
    ]
    return all(years)


def _is_range(tail: Tail) -> bool:
    texts = [piece.text for piece in tail.pieces]
    return len(texts) == 3 and texts[1] in "-–−"


def _is_one_table(between: Sequence[Line], width: int) -> bool:
    """Tell whether only parts of labels and groups stand between two rows."""
    texts = [line for line in between if line.text and not is_running_head(line.text)]
    paragraphs = sum(
        bool(line.text) and (i == 0 or not between[i - 1].text) for i, line in enumerate(between)
    )
    if len(texts) > _MOST_LINES_BETWEEN or paragraphs > _MOST_PARAGRAPHS_BETWEEN:
        return False
    if any(is_caption(line.text) or _is_prose(line, width) for line in texts):
        return False
    if any(numbered_level(line.text) > 1 for line in texts):
        return False
    if any(map(looks_like_header, [*(line.text for line in texts), *_paragraphs(between)])):
        return False
    if len(texts) > 1 and has_names_inside(texts[-1].text) and not between[-2].text:
        return False
    headers = sum(bool(_HEADER_WORD.match(line.text)) and len(line.text) < 25 for line in texts)
    years = sum(
        bool(parse_tail(line).pieces) and _is_header_of_years(parse_tail(line)) for line in texts
    )
    return headers + years < 2


def _paragraphs(lines: Sequence[Line]) -> list[str]:
    """The texts that blank lines part."""
    parts = [""]
    for line in lines:
        parts[-1] = f"{parts[-1]} {line.text}".strip()
        if not line.text:
            parts.append("")
    return [part for part in parts if part]


def _is_bullet(line: Line) -> bool:
    return is_item(line.text) and not line.text[0].isdigit()


def _is_prose(line: Line, width: int) -> bool:
    full = len(line.text) > _FULL * width and not looks_like_header(line.text)
    sentence = line.text.endswith((".", ":", "!", "?")) and len(line.text) > 0.5 * width
    return full or sentence


def _led_by_caption(lines: Sequence[Line], caption: int, end: int, width: int) -> Rows | None:
    """The rows with one figure, or with words between figures, right under a caption."""
    start, _ = _caption(lines, caption, end, width)
    rows: list[int] = []
    between = 0
    for i in range(start, end):
        line = lines[i]
        if not line.text or is_running_head(line.text):
            continue
        if is_caption(line.text) or _is_prose(line, width) or _is_bullet(line):
            break
        tail = parse_mixed_tail(line)
        if tail.label and tail.pieces and not _is_header_of_years(tail):
            rows.append(i)
            between = 0
        else:
            between += 1
        if between > (_MOST_HEADER_LINES if not rows else _MOST_LINES_BETWEEN // 2):
            break
    if len(rows) < 2:
        return None
    counts = [len(parse_mixed_tail(lines[i]).pieces) for i in rows]
    usual = max(set(counts), key=counts.count)
    mixed = usual > 1
    if counts.count(usual) < 0.6 * len(rows) or (not mixed and len(rows) < 3):
        return None
    return Rows(first=rows[0], last=rows[-1], mixed=mixed, columns=usual)


def _single_figures(lines: Sequence[Line], found: Sequence[Rows], width: int) -> list[Rows]:
    """Runs of short lines that each end in one figure, where no other table is."""
    taken = {i for rows in found for i in range(rows.first, rows.last + 1)}
    runs: list[list[int]] = [[]]
    for i, line in enumerate(lines):
        if not line.text or is_running_head(line.text):
            continue
        if i not in taken and _is_single_figure(line, width):
            runs[-1].append(i)
        elif runs[-1] and not (len(line.text) < _SHORT and i - runs[-1][-1] < 3):
            runs.append([])
    return [
        Rows(first=run[0], last=run[-1], columns=1)
        for run in runs
        if len(run) >= _FEWEST_SINGLE and not _is_contents(lines, run)
    ]


def _is_single_figure(line: Line, width: int) -> bool:
    tail = parse_tail(line)
    if not tail.label or len(line.text) > 0.7 * width or is_caption(line.text) or _is_bullet(line):
        return False
    return fewest_cells(tail.pieces) == 1 and not _is_header_of_years(tail)


def _is_contents(lines: Sequence[Line], run: Sequence[int]) -> bool:
    """A table of contents: page numbers that never fall, after numbered titles or dots."""
    ends = [parse_tail(lines[i]).pieces[-1].text for i in run]
    numbers = [int(text) for text in ends if text.isdigit()]
    led = sum(bool(numbered_level(lines[i].text)) or ".." in lines[i].text for i in run)
    return len(numbers) == len(ends) and numbers == sorted(numbers) and 3 * led >= len(run)


def _captions_stand_below(lines: Sequence[Line]) -> bool:
    """Tell whether this report's captions follow their tables: a row is the last words before."""
    above = below = 0
    for i, line in enumerate(lines):
        if is_caption(line.text):
            before = next((other for other in reversed(lines[:i]) if other.text), None)
            below += before is not None and bool(parse_tail(before).pieces)
            above += before is None or not parse_tail(before).pieces
    return below > above


def header_top(
    lines: Sequence[Line], first: int, floor: int, width: int, *, captions_below: bool
) -> tuple[int, str]:
    """Where the header begins, and the caption over it."""
    i = first
    while i > max(floor, first - _MOST_HEADER_LINES):
        line = lines[i - 1]
        if is_caption(line.text):
            return (i, "") if captions_below else _caption(lines, i - 1, first, width)
        if numbered_level(line.text) > 1 and not lines[i].text:
            break
        if line.text and (_is_prose(line, width) or _is_bullet(line)):
            up = i - 1
            while up >= max(0, i - 3) and lines[up].text:
                if is_caption(lines[up].text):
                    return (i, "") if captions_below else _caption(lines, up, first, width)
                up -= 1
            # the rest of the paragraph is prose too
            while i < first and lines[i].text and not ends_sentence(lines[i - 1].text):
                i += 1
            break
        i -= 1
    return i, ""


def _caption(lines: Sequence[Line], start: int, first: int, width: int) -> tuple[int, str]:
    """A caption with the lines it runs over; the line after it."""
    text = lines[start].text
    end = start + 1
    while end < first and lines[end].text:
        line = lines[end]
        full = len(lines[end - 1].text) + len(line.text.split(" ")[0]) > 0.84 * width
        goes_on = line.text[0].islower() or line.text[0] in "(«" or text.endswith(("-", "(", ","))
        if parse_tail(line).pieces and not full:
            break
        short = len(text) < 12  # only "Tabell 3:"
        new_page = line.lead == 1 and not line.text[0].islower()
        if new_page or not (full or goes_on or short):
            break
        text = f"{text} {line.text}"
        end += 1
    return end, " ".join(text.split())


def caption_below(lines: Sequence[Line], last: int, width: int) -> str:
    """The caption right under a table, if there is one."""
    for i in range(last + 1, min(last + 5, len(lines))):
        if is_caption(lines[i].text):
            return _caption(lines, i, len(lines), width)[1]
        if lines[i].text:
            break
    return ""


def last_line(lines: Sequence[Line], last: int, width: int) -> int:
    """The last line of the table: short rows and the ends of labels after the last full row."""
    end = last
    for i in range(last + 1, len(lines)):
        line = lines[i]
        if i > end + _FARTHEST or (line.text and not _ends_table(line, i == end + 1, width)):
            break
        if line.text:
            end = i
    return end


def _ends_table(line: Line, adjacent: bool, width: int) -> bool:
    """Tell whether a line with fewer figures than its columns, or none, is still of the table."""
    tail = parse_tail(line)
    if tail.pieces:
        short = line.trail > 2 and len(tail.label) < _SHORT
        return not tail.label or bool(_TOTAL.match(tail.label)) or short
    in_brackets = line.text[0] == "(" and line.text.endswith(")")
    rest_of_label = line.text[0].islower() and len(line.text) < 0.4 * width
    return adjacent and (in_brackets or rest_of_label)
