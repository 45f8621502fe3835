"""The broken lines over a flattened table in, its column names out.

"Regnskap 2024 Revidert", "budsjett 2024", "", "Avvik" are three columns: the lines say little
about where a name begins, so every way to cut the words into so many names is weighed, by
capitals, years, words that want another after them, and by how alike the names come out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from indexer.read.flat_lines import Line
from indexer.read.flat_names import (
    HEADER,
    LABELS,
    NAMES,
    YEAR,
    Word,
    cost_of_corner,
    cost_of_name,
    cost_of_title,
    cost_of_unlikeness,
    has_year,
    is_group,
    join_words,
    looks_like_header,
    to_words,
)

_NEVER = 1e6
_LONGEST_NAME = 9
_MOST_UPPER = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the lines over the rows came to; `cost` is what speaks against it."""

    title: str
    corner: str
    names: tuple[str, ...]
    groups: tuple[str, ...]  # headings of rows that stand between the header and the first row
    label: str  # the beginning of the first row's label
    cost: float
    first: int = 0  # the line it begins on, its title left out


def read_header(
    lines: Sequence[Line],
    width: int,
    *,
    label_wanted: bool | None,
    corner_empty: bool,
    titled: bool = False,
) -> Header:
    """Cut the lines over the first row into title, corner, `width` column names and the rest.

    `label_wanted` tells whether the first row's label must (True), may (None) or should not
    (False) begin among these lines. `corner_empty`: spaces say that the first cell is empty.
    `titled`: a caption stands above, so that another title is unlikely.
    """
    words = to_words(lines)
    flat = _one_level(words, width, label_wanted, corner_empty, titled=titled)
    two = _two_levels(words, width, label_wanted)
    best = two if two is not None and two.cost < flat.cost else flat
    return replace(best, names=tuple(name.strip(" :") for name in best.names))


def _one_level(
    words: list[Word],
    width: int,
    label_wanted: bool | None,
    corner_empty: bool,
    *,
    leaf: bool = False,
    titled: bool = False,
) -> Header:
    count = len(words)

    @cache
    def names_from(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        """The cheapest way to begin `left` names at `start`; the last place is their end."""
        if left == 0:
            return _cost_of_rest(words, start, width, label_wanted), (start,)
        best: tuple[float, tuple[int, ...]] = (_NEVER, (start,))
        for end in range(start + 1, min(count, start + _LONGEST_NAME) + 1):
            price = cost_of_name(words, start, end, width, leaf)
            if price >= best[0]:
                continue
            after, ends = names_from(end, left - 1)
            if price + after < best[0]:
                best = (price + after, (start, *ends))
        return best

    best_header = None
    for title_end in range(count + 1):
        if title_end and title_end < count and not words[title_end].break_:
            continue
        title_cost = cost_of_title(words, title_end) + (1.5 if titled and title_end else 0.0)
        for corner_end in range(title_end, min(count, title_end + 10) + 1):
            corner_cost = cost_of_corner(words, title_end, corner_end, corner_empty)
            if best_header is not None and title_cost + corner_cost - width >= best_header.cost:
                continue
            price, cuts = names_from(corner_end, width)
            if price >= _NEVER:
                continue
            names = tuple(join_words(words[a:b]) for a, b in pairwise(cuts))
            if corner_end == title_end and LABELS.fullmatch(names[0].split(" ")[0]) and width > 1:
                price += 2.0
            if _is_lone_last(words, cuts):
                price += 0.8
            over = _ends_in_years(words[:title_end])
            unlike = 0.0 if leaf else cost_of_unlikeness(names, repeats=not over)
            cost = title_cost + corner_cost + price + unlike - (1.0 if over else 0.0)
            if best_header is None or cost < best_header.cost:
                groups, label = _rest(words[cuts[-1] :], width, label_wanted)
                best_header = Header(
                    title=join_words(_last_paragraph(words[:title_end])),
                    corner=join_words(words[title_end:corner_end]),
                    names=names,
                    groups=groups,
                    label=label,
                    cost=cost,
                    first=words[title_end].line,
                )
    if best_header is None:
        groups, label = _rest(words, width, label_wanted)
        return Header(
            title="", corner="", names=("",) * width, groups=groups, label=label, cost=_NEVER
        )
    return best_header


def _is_lone_last(words: Sequence[Word], cuts: Sequence[int]) -> bool:
    """The last name alone on its line, those before it side by side: rather the first group."""
    starts = [words[i].break_ for i in cuts[:-1]]
    last = words[cuts[-2] : cuts[-1]]
    return (
        len(starts) > 2
        and starts[-1] > 0
        and sum(starts[1:-1]) == 0
        and not any(YEAR.fullmatch(w.text) or NAMES.fullmatch(w.text) for w in last)
    )


def _ends_in_years(words: Sequence[Word]) -> bool:
    """Tell whether the last line of a title is years, so that the names below may repeat."""
    start = max((i for i, word in enumerate(words) if word.break_), default=0)
    return len(words) - start > 1 and all(YEAR.fullmatch(w.text) for w in words[start:])


def _two_levels(words: list[Word], width: int, label_wanted: bool | None) -> Header | None:
    """Names over names: "Kvinne Mann Totalt" over "Antall Årsverk Antall Årsverk Antall Årsverk".

    The names below are found first; they begin anew as often as there are names above.
    """
    line_starts = [i for i, word in enumerate(words) if word.break_]
    best: Header | None = None
    for position, start in enumerate(line_starts[:-1]):
        end = line_starts[position + 1]
        upper = words[start:end]
        if not 1 <= len(upper) <= _MOST_UPPER or not _spans(tuple(word.text for word in upper)):
            continue
        lower = _one_level(words[end:], width, label_wanted, corner_empty=False, leaf=True)
        spanned = _span_of_place(tuple(word.text for word in upper), lower.names) or _span(
            tuple(word.text for word in upper), lower.names
        )
        if spanned is None or (len(upper) == 1 and not _stands_over_all(words, start, spanned)):
            continue
        title = join_words(_last_paragraph(words[:start]))
        cost = lower.cost - 1.5 + cost_of_title(words, start) + (1.0 if lower.title else 0.0)
        header = replace(
            lower,
            title=f"{title} {lower.title}".strip(),
            names=spanned,
            cost=cost,
            first=upper[0].line,
        )
        if best is None or header.cost < best.cost:
            best = header
    return best


def _last_paragraph(words: Sequence[Word]) -> Sequence[Word]:
    start = max((i for i, word in enumerate(words) if word.break_ == 2), default=0)
    return words[start:]


def _spans(upper: tuple[str, ...]) -> bool:
    """Tell whether words may be names over names: all years or all words, none a corner."""
    if all(map(YEAR.fullmatch, upper)) or _place_and_year(upper):
        return True
    return all(word[:1].isupper() and not LABELS.fullmatch(word) for word in upper)


def _span(upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...] | None:
    """The names below, each with the name above that spans it; None where they do not agree."""
    if len(upper) == 1:
        single = YEAR.fullmatch(upper[0]) and not any(map(has_year, lower)) and len(lower) > 1
        return tuple(f"{name} {upper[0]}" for name in lower) if single and all(lower) else None
    starts = [i for i, name in enumerate(lower) if name == lower[0]]
    if len(starts) != len(upper):
        return None
    blocks = [lower[a:b] for a, b in zip(starts, [*starts[1:], len(lower)], strict=True)]
    longest = max(blocks, key=len)
    if all(longest[: len(block)] == block for block in blocks):
        overs = [name for name, block in zip(upper, blocks, strict=True) for _ in block]
    elif len(upper) == 2 and all(map(YEAR.fullmatch, upper)):
        # what stands twice is of either year in turn, what stands once of the year reported on
        latest = max(upper)
        overs = [
            upper[lower[:i].count(name)] if lower.count(name) == 2 else latest
            for i, name in enumerate(lower)
        ]
    else:
        return None
    years = all(map(YEAR.fullmatch, upper))
    pairs = zip(overs, lower, strict=True)
    return tuple(f"{name} {over}" if years else f"{over} {name}" for over, name in pairs)


def _place_and_year(upper: tuple[str, ...]) -> bool:
    place = upper[:-1]
    named = all(word[:1].isupper() and not LABELS.fullmatch(word) for word in place)
    return (
        bool(place) and named and bool(YEAR.fullmatch(upper[-1])) and not any(map(has_year, place))
    )


def _span_of_place(upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...] | None:
    """ "Lia 2024" over "2023 2024 Voll Landet": the place is of the years, the year of the rest."""
    pure = [bool(YEAR.fullmatch(name)) for name in lower]
    rest = [name for name, is_year in zip(lower, pure, strict=True) if not is_year]
    years = sum(pure)
    if not _place_and_year(upper) or years < 2 or not all(pure[:years]) or not rest:
        return None
    if any(map(has_year, rest)):
        return None
    place, year = " ".join(upper[:-1]), upper[-1]
    pairs = zip(lower, pure, strict=True)
    return tuple(f"{place} {name}" if is_year else f"{name} {year}" for name, is_year in pairs)


def _stands_over_all(words: Sequence[Word], start: int, names: Sequence[str]) -> bool:
    """Tell whether a year on a line of its own is of all columns, not the half of one name."""
    alone = words[start].break_ == 2 and not any(YEAR.fullmatch(w.text) for w in words[:start])
    return alone and len(set(names)) == len(names)


def _cost_of_rest(
    words: Sequence[Word], start: int, width: int, label_wanted: bool | None
) -> float:
    """What is left between the header and the first figures: groups and the first label."""
    if start == len(words):
        return 2.5 if label_wanted else 0.0
    cost = 0.2
    if not words[start].break_:
        # only a group in capitals may stand on the header's last line
        first, before = words[start].text, words[start - 1].text if start else ""
        cost += 0.8 if first.isupper() and len(first) > 3 and not before.isupper() else 4.0
    if words[start].text[:1].islower() or words[start].text[:1] in "(":
        cost += 2.5
    groups, label = _parts(words[start:], width, label_wanted)
    for group in groups:
        cost += 0.0 if is_group(group, width) else 0.8
    for part in [*groups, *([label] if label else [])]:
        lines = [i for i, word in enumerate(part) if word.break_ or not i]
        cost += 4.0 * any(YEAR.fullmatch(part[i].text) for i in lines)
        cost += 4.0 * looks_like_header(" ".join(word.text for word in part))
        cost += 2.0 * any(HEADER.match(part[i].text) for i in lines)
        cost += 2.0 * (len(part) > 25)
    if label and is_group(label, width):
        cost += 2.0
    return cost


_Part = list[Word]


def _parts(
    words: Sequence[Word], width: int, label_wanted: bool | None
) -> tuple[list[_Part], _Part]:
    """Part what is left into groups and the first row's label."""
    parts: list[_Part] = []
    for i, word in enumerate(words):
        after_group = i > 0 and word.break_ and is_group(words[i - 1 : i], width)
        if not parts or word.break_ == 2 or after_group or (word.break_ and label_wanted is False):
            parts.append([])
        parts[-1].append(word)
    if label_wanted is False or not parts:
        return parts, []
    label = parts.pop()
    while parts and label[0].text[:1].islower() and not is_group(parts[-1], width):
        label = [*parts.pop(), *label]
    return parts, label


def _rest(
    words: Sequence[Word], width: int, label_wanted: bool | None
) -> tuple[tuple[str, ...], str]:
    groups, label = _parts(words, width, label_wanted)
    return tuple(map(join_words, groups)), join_words(label)
