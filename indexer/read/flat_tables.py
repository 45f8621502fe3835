"""The lines of a plain text in, the tables flattened in them out, each with the lines it fills.

Rows are lines that end in figures; where several stand near each other, there is a table. How
many columns it has is what header and rows agree on best. See flat_rows for the ways to split a
row, flat_arithmetic for the choice between them, flat_header for the names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.read.captions import is_caption, is_unit_remark, split_caption, subject
from indexer.read.flat_body import BodyRow, cost_of_rows, goes_on, read_rows, share_checked
from indexer.read.flat_header import Header, has_names_inside, looks_like_header, read_header
from indexer.read.flat_lines import Line
from indexer.read.flat_rows import Tail, fewest_cells, parse_mixed_tail, parse_tail
from indexer.read.paragraphs import (
    ends_sentence,
    is_item,
    is_running_head,
    is_short_title,
    numbered_level,
)
from indexer.records import Grid, GridRow

_HEADER_WORD = re.compile(r"(?:19|20)\d\d|regnskap|rekneskap|budsjett|avvik|endring", re.IGNORECASE)
# A first column that only numbers the rows, with a second that names them.
_NUMBERING = re.compile(r"(?:nivå|nr\.?|løpenr\.?|post|kode|id|pos\.?|#)\s+\S", re.IGNORECASE)
_ROW_NUMBER = re.compile(r"^\d{1,3}\.?\s+(?=\D)")
_MOST_COLUMNS = 16
_TOTAL = re.compile(r"(?:sum|totalt?|i alt|samla|samlet|sluttsum)\b", re.IGNORECASE)
_MOST_WEIGHED = 40
_MOST_GONE = 2
_SHORT = 60
_FEWEST_SINGLE = 4
_CLOSE = 12.0
_MOST_CLOSE = 4
_CLEAR = 3.0
_BORNE_OUT = 12.0
_MANY_ROWS = 8  # sums in fewer may hold by chance
_LONGEST_LABEL = 95
_MOST_LINES_BETWEEN = 9
_MOST_PARAGRAPHS_BETWEEN = 4
_MOST_HEADER_LINES = 60
_FULL = 0.75  # a line this full is prose


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatTable:
    """A table and the lines it fills, its caption left out."""

    first: int
    last: int
    grid: Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Where rows stand: the first and last line with figures, and how to read them."""

    first: int
    last: int
    mixed: bool = False  # a column of words stands among the figures
    columns: int = 0  # 0: not known yet
    captioned_below: bool = False


def find_tables(lines: Sequence[Line]) -> list[FlatTable]:
    """Find all tables, in order."""
    width = _width(lines)
    tables: list[FlatTable] = []
    end = -1
    for rows in _find_rows(lines, width):
        if rows.first <= end:
            continue
        table = _table(lines, rows, end + 1, width, tables[-1] if tables else None)
        if table is not None:
            tables.append(table)
            end = table.last
    return tables


def _width(lines: Sequence[Line]) -> int:
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 30)
    return lengths[int(0.9 * len(lengths))] if lengths else 80


def _find_rows(lines: Sequence[Line], width: int) -> list[_Rows]:
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


def _single_figures(
    lines: Sequence[Line], found: Sequence[_Rows], width: int
) -> list[_Rows]:
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
        _Rows(first=run[0], last=run[-1], columns=1)
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


def _cluster(lines: Sequence[Line], first: int, last: int) -> _Rows:
    """Rows that stand near each other; whether most end in words tells how to read them."""
    rows = [line for line in lines[first : last + 1] if _is_row(line)]
    wordy = sum(not parse_tail(line).pieces for line in rows)
    return _Rows(first=first, last=last, mixed=2 * wordy > len(rows))


def _captions_stand_below(lines: Sequence[Line]) -> bool:
    """Tell whether this report's captions follow their tables: a row is the last words before."""
    above = below = 0
    for i, line in enumerate(lines):
        if is_caption(line.text):
            before = next((other for other in reversed(lines[:i]) if other.text), None)
            below += before is not None and bool(parse_tail(before).pieces)
            above += before is None or not parse_tail(before).pieces
    return below > above


def _caption_below(lines: Sequence[Line], last: int, width: int) -> str:
    for i in range(last + 1, min(last + 5, len(lines))):
        if is_caption(lines[i].text):
            return _caption(lines, i, len(lines), width)[1]
        if lines[i].text:
            break
    return ""


def _led_by_caption(lines: Sequence[Line], caption: int, end: int, width: int) -> _Rows | None:
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
    return _Rows(first=rows[0], last=rows[-1], mixed=mixed, columns=usual)


def _clusters(lines: Sequence[Line], width: int) -> list[tuple[int, int]]:
    """Where rows stand near each other: the first and the last line with figures of each."""
    clusters: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        if not _is_row(line):
            continue
        if clusters and _is_one_table(lines[clusters[-1][1] + 1 : i], width):
            clusters[-1] = (clusters[-1][0], i)
        else:
            clusters.append((i, i))
    return clusters


def _is_row(line: Line) -> bool:
    """Tell a line that ends in several figures from prose that ends in one."""
    if not line.text or is_item(line.text) and not line.text[0].isdigit():
        return False
    tail = parse_tail(line)
    if not tail.pieces:
        tail = parse_mixed_tail(line)
        figures = tail.pieces[:-1]
        counted = sum(any(map(str.isdigit, piece.text)) for piece in figures)
        counted = counted > 2 or (counted > 1 and fewest_cells(figures) > 1)
        years = _is_header_of_years(Tail(label="", pieces=figures))
        return (
            counted
            and not years
            and len(tail.label) <= _LONGEST_LABEL
            and not _is_prose_with(tail)
        )
    if len(tail.pieces) < 2 or len(tail.label) > _LONGEST_LABEL:
        return False
    if not any(any(c.isdigit() for c in piece.text) or len(tail.pieces) > 2 for piece in tail.pieces):
        return False
    if _is_header_of_years(tail) or _is_range(tail):
        return False
    return fewest_cells(tail.pieces) >= 2 or len(tail.pieces) >= 3


def _is_prose_with(tail: Tail) -> bool:
    """Words after figures that go on a sentence, or a year and a word: "i 2024 2 personer"."""
    word = tail.pieces[-1].text
    return not word[:1].isupper() or word.endswith((".", ",", ":"))


def _is_header_of_years(tail: Tail) -> bool:
    years = [re.fullmatch(r"(?:19|20)\d\d|\d\d?\.\d\d?\.(?:19|20)\d\d", p.text) for p in tail.pieces]
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
    if any(numbered_level(line.text) > 1 or looks_like_header(line.text) for line in texts):
        return False
    if len(texts) > 1 and has_names_inside(texts[-1].text) and not between[-2].text:
        return False
    headers = sum(bool(_HEADER_WORD.match(line.text)) and len(line.text) < 25 for line in texts)
    years = sum(bool(parse_tail(line).pieces) and _is_header_of_years(parse_tail(line)) for line in texts)
    return headers + years < 2


def _is_bullet(line: Line) -> bool:
    return is_item(line.text) and not line.text[0].isdigit()


def _is_prose(line: Line, width: int) -> bool:
    full = len(line.text) > _FULL * width and not looks_like_header(line.text)
    sentence = line.text.endswith((".", ":", "!", "?")) and len(line.text) > 0.5 * width
    return full or sentence


def _table(
    lines: Sequence[Line], found: _Rows, floor: int, width: int, previous: FlatTable | None
) -> FlatTable | None:
    first, last = found.first, found.last
    top, caption = _top(lines, first, floor, width, captions_below=found.captioned_below)
    head = lines[top:first]
    last = _bottom(lines, last, width)
    if found.captioned_below:
        caption = _caption_below(lines, last, width)
    rows = [line for line in lines[first : last + 1] if _is_row(line)]
    widths = [found.columns] if found.columns else _plausible_widths(rows, mixed=found.mixed)
    body_lines = lines[first : last + 1]
    head = [line if not is_unit_remark(line.text) else replace(line, text="") for line in head]
    after_text = top > 0 and bool(lines[top - 1].text)
    best = _best_width(head, body_lines, found, widths, titled=bool(caption), after_text=after_text)
    if best is None:
        return None
    columns, header = best
    named = header.cost < 1e5
    body = read_rows(body_lines, columns, label=header.label, mixed=found.mixed)
    title, notes = _title_and_notes(lines, caption, header.title, header.corner, top, last)
    names, corner, unsure = header.names, header.corner, ""
    if not named:
        continued = previous is not None and len(previous.grid.columns) == columns and not caption
        if continued and previous is not None and _near(lines, previous.last, first):
            names, corner = previous.grid.columns, previous.grid.corner
            title, notes = previous.grid.title, previous.grid.notes
        elif len(rows) < 3:
            return None
        else:
            unsure = "tabellen har ingen overskrift"
    elif len(rows) == 1 and not caption and header.cost > 3:
        return None
    doubtful = [row.label for row in body if not row.sure]
    if doubtful:
        unsure = f"kolonnene kan deles på flere måter: {doubtful[0]}"
    grid = Grid(
        title=title, corner=corner, notes=notes, columns=names,
        rows=(*_groups(header, columns, lines[first].page), *_rows(body, title, corner)),
        page=lines[first].page, unsure=unsure,
    )  # fmt: skip
    start = header.first if named else first
    return FlatTable(first=min(start, first), last=last, grid=grid)


def _best_width(
    head: Sequence[Line],
    body: Sequence[Line],
    found: _Rows,
    widths: Sequence[int],
    *,
    titled: bool,
    after_text: bool,
) -> tuple[int, Header] | None:
    """The number of columns that header and rows agree on, sums deciding between near ones."""
    prices = {width: cost_of_rows(body, width, mixed=found.mixed) for width in widths}
    tried: list[tuple[float, int, Header]] = []
    for width, price in sorted(prices.items(), key=lambda item: item[1]):
        if tried and price >= min(cost for cost, _, _ in tried) + _CLOSE:
            break
        header = _header(head, body[0], width, found, titled=titled, after_text=after_text)
        tried.append((min(header.cost, 7.0 + 0.2 * width) + price, width, header))
    if not tried:
        return None
    cheapest = min(cost for cost, _, _ in tried)
    close = sorted((one for one in tried if one[0] <= cheapest + _CLOSE), key=lambda one: one[:2])
    close = close[:_MOST_CLOSE]
    if len(close) > 1 and not (cheapest < _CLEAR < close[1][0] - cheapest):
        weight = _BORNE_OUT * min(1.0, sum(map(_is_row, body)) / _MANY_ROWS)
        close = [
            (cost - weight * share_checked(body, width, mixed=found.mixed) ** 2, width, header)
            for cost, width, header in close
        ]
    _, width, header = min(close, key=lambda one: one[:2])
    return width, header


def _near(lines: Sequence[Line], end: int, first: int) -> bool:
    return sum(bool(line.text) for line in lines[end + 1 : first]) <= 15


def _groups(header: Header, columns: int, page: int) -> tuple[GridRow, ...]:
    return tuple(GridRow(label=g, cells=(None,) * columns, page=page) for g in header.groups)


def _rows(body: Sequence[BodyRow], title: str, corner: str) -> tuple[GridRow, ...]:
    rows = []
    numbered = bool(_NUMBERING.match(corner))
    for i, row in enumerate(body):
        label = _ROW_NUMBER.sub("", row.label) if numbered else row.label
        if not label and i == len(body) - 1 and i > 1:
            label = "Sum"
        elif not label and len(body) == 1:
            label = subject(title)
        rows.append(GridRow(label=label, cells=row.cells, page=row.page))
    return tuple(rows)


def _top(
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


def _bottom(lines: Sequence[Line], last: int, width: int) -> int:
    """The last line of the table: short rows and the ends of labels after the last full row."""
    end = last
    i = last + 1
    while i < len(lines) and i <= end + 4:
        line = lines[i]
        if line.text:
            tail = parse_tail(line)
            adjacent = i == end + 1
            if tail.pieces and (not tail.label or _TOTAL.match(tail.label)):
                end = i
            elif tail.pieces and line.trail > 2 and len(tail.label) < 60:
                end = i
            elif adjacent and line.text[0].islower() and len(line.text) < 0.4 * width:
                end = i
            elif adjacent and line.text[0] == "(" and line.text.endswith(")"):
                end = i
            else:
                break
        i += 1
    return end


def _plausible_widths(rows: Sequence[Line], *, mixed: bool) -> list[int]:
    """The numbers of columns that at least half of the rows could have."""
    parse = parse_mixed_tail if mixed else parse_tail
    tails = [tail for line in rows[:_MOST_WEIGHED] if (tail := parse(line)).pieces]
    bounds = [
        (fewest_cells(tail.pieces) - 2, len(tail.pieces) + tail.after + _MOST_GONE)
        for tail in tails
    ]
    widths = [
        width
        for width in range(1, _MOST_COLUMNS + 1)
        if 2 * sum(low <= width <= high for low, high in bounds) >= len(bounds)
    ]
    return widths or [max(1, min(_MOST_COLUMNS, len(tails[0].pieces)))] if tails else [1]


def _header(
    head: Sequence[Line], row: Line, columns: int, found: _Rows, *, titled: bool, after_text: bool
) -> Header:
    own = (parse_mixed_tail if found.mixed else parse_tail)(row).label
    wanted: bool | None = not own or goes_on(own)
    if own and not any(map(str.isalpha, own)):
        wanted = None
    empty = any(
        (line.lead == 1 and not (head[i - 1].text if i else after_text))
        or (not line.text and line.trail in (1, 2) and i + 1 < len(head) and bool(head[i + 1].text))
        for i, line in enumerate(head)
    )
    return read_header(head, columns, label_wanted=wanted, corner_empty=empty, titled=titled)


def _title_and_notes(
    lines: Sequence[Line], caption: str, over: str, corner: str, top: int, last: int
) -> tuple[str, str]:
    """The title from the caption, the words over the header, or the sentence before it."""
    notes = [line.text for line in lines[top : top + 12] if is_unit_remark(line.text)]
    notes += _footnotes(lines, last)
    if caption:
        title, rest = split_caption(caption)
        return re.sub(r"^tabell\s*:\s*", "", title, flags=re.IGNORECASE), " ".join([rest, *notes]).strip()
    for note in notes:
        over = over.replace(note, " ")
    over = " ".join(over.split())
    if over:
        return over.rstrip(": "), " ".join(notes)
    above = [line.text for line in lines[max(0, top - 4) : top] if line.text]
    before = " ".join(above[-1].split()) if above else ""
    if before.endswith(":") or re.search(r"\btabell", before, re.IGNORECASE):
        return before.rstrip(":. "), " ".join(notes)
    if len(corner.split()) > 2 and not re.match(r"tall|beløp", corner, re.IGNORECASE):
        return corner.rstrip(": "), " ".join(notes)
    return before if is_short_title(before) else "", " ".join(notes)


def _footnotes(lines: Sequence[Line], last: int) -> list[str]:
    notes: list[str] = []
    for line in lines[last + 1 : last + 10]:
        if line.text.startswith(("*", "Note", "N/A")):
            notes.append(line.text)
        elif line.text and not (notes and lines[line.number - 1].text and line.lead != 1):
            break
        elif line.text:
            notes[-1] = f"{notes[-1]} {line.text}"
    return notes
