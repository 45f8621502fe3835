"""The broken lines over a flattened table in, its column names out.

"Regnskap 2024 Revidert", "budsjett 2024", "", "Avvik" are three columns: the lines say little
about where a name begins, so every way to cut the words into so many names is weighed, by
capitals, years, words that want another after them, and by how alike the names come out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.read.flat_lines import Line
from indexer.read.paragraphs import join_lines

_YEAR = re.compile(r"(?:(?:19|20)\d\d|\d{1,2}\.\d{1,2}\.?(?:(?:19|20)?\d\d)?)\*{0,3}")
_CODE = re.compile(r"[A-ZÆØÅ]+\d")  # CO2
_ORDINAL = re.compile(r"\d{1,2}\.?|[IVX]+")
# Words that a name cannot end in, and words that a capital may follow in the middle of a name.
_WANTS_MORE = re.compile(
    r"(?:og|i|på|av|til|for|fra|frå|per|pr\.?|jf\.?|§|kap\.?|nr\.?|med|ved|mot|eller|and|of|in|to|etter|som|uten|utan)",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"(?:rev|oppr|oppr?innelig|opphavleg|revidert|regulert|justert|vedtatt|vedteke|antall|tal|andel"
    r"|del|snitt|årlig|netto|brutto|gjennomsnittlig|gj\.?snitt|totalt?|samlet|samla|sum|siste|tidligere"
    r"|faktisk|forventet|prosentvis|mål|bud|adj|original|revised|number|share)\.?",
    re.IGNORECASE,
)
# What the rows are: a word over the labels, seldom over figures.
_LABELS = re.compile(
    r"(?:sektor|\w*område[rt]?|kjønn|enhet|eining|avdeling|indikator(?:ar|er)?|beskrivelse|skildring"
    r"|type|namn|navn|utval[g]?|kategori|\w*prosjekt(?:er)?|\w*tiltak|alder|aldersgruppe|nivå|post|tekst"
    r"|låntaker|låntakar|kommune|skole|skule|barnehage|tjeneste|teneste|stilling\w*|fag|gruppe|art|år"
    r"|nøkkeltall?|debitor|selskap|selskab|fond|formål|føremål|konto|fylke|parti|org\w*|garanti|måned"
    r"|månad|kilde|kjelde|ansvar|funksjon|målgruppe|mottaker|leverandør|lån|bygg|anlegg)",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:regnskap|rekneskap|budsjett|avvik|endring|resultat|mål|status|beløp|antall|andel|del|verdi"
    r"|årsverk|sum|totalt|prognose|forbruk|ramme|kvinner?|menn|mann|opprinnelig|opphavleg|revidert"
    r"|vedtatt|justert|prosent|trend|kommentar|merknad|indikator|tiltak|sektor|område|kr|%)",
    re.IGNORECASE,
)
_HEADER = re.compile(r"regnskap|rekneskap|budsjett|avvik|endring|årsverk\b|antall\b|andel\b", re.IGNORECASE)
_NEVER = 1e6
_LONGEST_NAME = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of the header, and what stood before it: 0 a space, 1 a line end, 2 a blank line."""

    text: str
    break_: int
    gap: int = 0  # spaces too many before it, on its line
    line: int = 0  # its line's position in the file
    group: int = 0  # spaces after its line tell of this many empty cells


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


def to_words(lines: Sequence[Line]) -> list[Word]:
    """Cut lines into words that remember the breaks before them and the empty cells after."""
    words: list[Word] = []
    break_ = 2
    for i, line in enumerate(lines):
        if not line.text:
            break_ = 2
            continue
        gap = 0
        empty = max(line.trail, *(below.trail for below in _blank_below(lines, i)), 0) - 1
        for text in line.text.split(" "):
            if not text:
                gap += 1
                continue
            words.append(
                Word(text=text, break_=break_, gap=gap, line=line.number, group=max(0, empty))
            )
            break_, gap = 0, 0
        break_ = 1
    return words


def _blank_below(lines: Sequence[Line], i: int) -> list[Line]:
    """The blank lines right below a line, with a dummy so that there is always one."""
    below = [Line(text="")]
    for line in lines[i + 1 : i + 4]:
        if line.text:
            break
        below.append(line)
    return below


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


def join_words(words: Sequence[Word]) -> str:
    """The words as text, those hyphenated at a line end made whole."""
    text = ""
    for word in words:
        if text and word.break_:
            text = join_lines(text, word.text)
        else:
            text = f"{text} {word.text}".strip()
    return text


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

    @lru_cache(maxsize=None)
    def names_from(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        """The cheapest way to begin `left` names at `start`; the last place is their end."""
        if left == 0:
            return _cost_of_rest(words, start, width, label_wanted), (start,)
        best: tuple[float, tuple[int, ...]] = (_NEVER, (start,))
        for end in range(start + 1, min(count, start + _LONGEST_NAME) + 1):
            price = _cost_of_name(words, start, end, width, leaf)
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
        title_cost = _cost_of_title(words, title_end) + (1.5 if titled and title_end else 0.0)
        for corner_end in range(title_end, min(count, title_end + 10) + 1):
            corner_cost = _cost_of_corner(words, title_end, corner_end, corner_empty)
            if best_header is not None and title_cost + corner_cost - width >= best_header.cost:
                continue
            price, cuts = names_from(corner_end, width)
            if price >= _NEVER:
                continue
            names = tuple(join_words(words[a:b]) for a, b in zip(cuts, cuts[1:], strict=False))
            if corner_end == title_end and _LABELS.fullmatch(names[0].split(" ")[0]) and width > 1:
                price += 2.0
            if _is_lone_last(words, cuts):
                price += 0.8
            over = _ends_in_years(words[:title_end])
            unlike = 0.0 if leaf else _cost_of_unlikeness(names, repeats=not over)
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
        and not any(_YEAR.fullmatch(w.text) or _NAMES.fullmatch(w.text) for w in last)
    )


def _ends_in_years(words: Sequence[Word]) -> bool:
    """Tell whether the last line of a title is years, so that the names below may repeat."""
    start = max((i for i, word in enumerate(words) if word.break_), default=0)
    return len(words) - start > 1 and all(_YEAR.fullmatch(w.text) for w in words[start:])


def _two_levels(words: list[Word], width: int, label_wanted: bool | None) -> Header | None:
    """Names over names: "Kvinne Mann Totalt" over "Antall Årsverk Antall Årsverk Antall Årsverk".

    The names below are found first; they begin anew as often as there are names above.
    """
    line_starts = [i for i, word in enumerate(words) if word.break_]
    best: Header | None = None
    for position, start in enumerate(line_starts[:-1]):
        end = line_starts[position + 1]
        upper = words[start:end]
        if not 1 <= len(upper) <= 8 or not _spans(tuple(word.text for word in upper)):
            continue
        lower = _one_level(words[end:], width, label_wanted, corner_empty=False, leaf=True)
        spanned = _span(tuple(word.text for word in upper), lower.names)
        if spanned is None or (len(upper) == 1 and words[start].break_ < 2):
            continue
        title = join_words(_last_paragraph(words[:start]))
        cost = lower.cost - 1.5 + _cost_of_title(words, start) + (1.0 if lower.title else 0.0)
        header = replace(lower, title=f"{title} {lower.title}".strip(), names=spanned, cost=cost)
        if best is None or header.cost < best.cost:
            best = header
    return best


def _last_paragraph(words: Sequence[Word]) -> Sequence[Word]:
    start = max((i for i, word in enumerate(words) if word.break_ == 2), default=0)
    return words[start:]


def _spans(upper: tuple[str, ...]) -> bool:
    """Tell whether words may be names over names: all years or all words, none a corner."""
    if all(map(_YEAR.fullmatch, upper)):
        return True
    return all(word[:1].isupper() and not _LABELS.fullmatch(word) for word in upper)


def _span(upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...] | None:
    """The names below, each with the name above that spans it; None where they do not agree."""
    if len(upper) == 1:
        single = _YEAR.fullmatch(upper[0]) and not any(map(_has_year, lower)) and len(lower) > 1
        return tuple(f"{name} {upper[0]}" for name in lower) if single and all(lower) else None
    starts = [i for i, name in enumerate(lower) if name == lower[0]]
    if len(starts) != len(upper):
        return None
    blocks = [lower[a:b] for a, b in zip(starts, [*starts[1:], len(lower)], strict=True)]
    longest = max(blocks, key=len)
    if all(longest[: len(block)] == block for block in blocks):
        overs = [name for name, block in zip(upper, blocks, strict=True) for _ in block]
    elif len(upper) == 2 and all(map(_YEAR.fullmatch, upper)):
        # what stands twice is of either year in turn, what stands once of the year reported on
        latest = max(upper)
        overs = [
            upper[lower[:i].count(name)] if lower.count(name) == 2 else latest
            for i, name in enumerate(lower)
        ]
    else:
        return None
    years = all(map(_YEAR.fullmatch, upper))
    pairs = zip(overs, lower, strict=True)
    return tuple(f"{name} {over}" if years else f"{over} {name}" for over, name in pairs)


def _has_year(text: str) -> bool:
    return any(_YEAR.fullmatch(word) for word in text.split())


def _cost_of_title(words: Sequence[Word], end: int) -> float:
    """Words of a title, not of a name; best cut where a blank line is."""
    if end == 0:
        return 0.0
    cost = 0.7
    if end < len(words):
        cost += {0: 5.0, 1: 0.4, 2: 0.0}[words[end].break_]
    if _LABELS.fullmatch(words[0].text):
        cost += 1.0
    if words[end - 1].break_ and _YEAR.fullmatch(words[end - 1].text):
        cost += 2.0
    if _HEADER.match(words[end - 1].text):
        cost += 1.5
    lone = " ".join(word.text for word in words[:end])
    if end <= 2 and not lone.isupper():
        cost += 1.2  # one or two words are rather a corner or a name
    return cost


def _cost_of_corner(words: Sequence[Word], start: int, end: int, corner_empty: bool) -> float:
    if start == end:
        return 0.0 if corner_empty else 0.25
    inside = words[start:end]
    cost = 1.0 if corner_empty else 0.0
    if not inside[0].text[:1].isupper():
        cost += 1.0
    if all(_YEAR.fullmatch(word.text) for word in inside):
        cost += 3.0
    cost += 1.5 * sum(bool(_YEAR.fullmatch(word.text)) for word in inside)
    cost += 0.6 * sum(_begins_name(words, i) for i in range(start + 1, end))
    cost += 0.3 * max(0, len(inside) - 6)
    if _WANTS_MORE.fullmatch(inside[-1].text):
        cost += 3.0
    if _ADJECTIVE.fullmatch(inside[-1].text):
        cost += 1.2
    stands_alone = end < len(words) and words[end].break_ == 2
    if stands_alone and sum(len(word.text) + 1 for word in inside) > 24:
        cost += 1.0  # rather a title
    cost += 0.5 * sum(word.break_ == 2 for word in inside[1:])
    return cost + (2.0 if _unbalanced(inside) else 0.0)


def _begins_name(words: Sequence[Word], i: int) -> bool:
    """A capital where nothing before asks for more."""
    text = words[i].text.lstrip("(«\"")
    return text[:1].isupper() and not (
        _CODE.match(text) or _WANTS_MORE.fullmatch(words[i - 1].text)
    )


def _unbalanced(words: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in words)
    return text.count("(") != text.count(")")


@lru_cache(maxsize=200_000)
def _name_cost(
    texts: tuple[str, ...], breaks: tuple[int, ...], gaps: tuple[int, ...], leaf: bool
) -> float:
    first, last = texts[0], texts[-1]
    cost = 0.0
    if _YEAR.fullmatch(first):
        unit_follows = len(texts) > 1 and texts[1][:1].islower()
        cost += 0.4 if len(texts) == 1 else 0.6 if unit_follows else 1.2
    elif first[:1] in "(*":
        cost += 3.0
    elif first[:1].islower():
        cost += 2.5
    elif not first[:1].isalpha() and not _ORDINAL.fullmatch(first) and first[:1] not in "%+":
        cost += 0.8
    if _WANTS_MORE.fullmatch(last.rstrip("-")) or last.endswith("-"):
        cost += 3.0
    if _ADJECTIVE.fullmatch(last) and len(texts) < 3 and not leaf:
        cost += 1.2
    years = [i for i, text in enumerate(texts) if _YEAR.fullmatch(text)]
    cost += 2.0 * max(0, len(years) - 1)
    if years and 0 < years[0] < len(texts) - 1 and texts[years[0] + 1][:1] not in "(-–":
        cost += 1.5
    for i in range(1, len(texts)):
        text = texts[i].lstrip("(«\"")
        opened = _WANTS_MORE.fullmatch(texts[i - 1]) or texts[i - 1].endswith(("-", ",", "/"))
        if text[:1].isupper() and text[1:2] and not _CODE.match(text) and not opened:
            cost += 0.35 if _ADJECTIVE.fullmatch(texts[i - 1]) and not leaf else 1.4
        if gaps[i]:
            cost += 0.8
        cost += 0.12 * breaks[i]
    joined = " ".join(texts)
    if joined.count("(") != joined.count(")"):
        cost += 3.0
    return cost + 0.4 * max(0, len(texts) - 5)


def _cost_of_name(
    words: Sequence[Word], start: int, end: int, width: int, leaf: bool
) -> float:
    inside = words[start:end]
    cost = _name_cost(
        tuple(word.text for word in inside),
        tuple(word.break_ for word in inside),
        tuple(word.gap for word in inside),
        leaf,
    )
    cost += sum(0.08 * over for over in _over_long(inside, width))
    if any(_is_group([word], width) and not _YEAR.fullmatch(word.text) for word in inside):
        cost += 3.0
    before = words[start - 1].text if start else ""
    if before and (_WANTS_MORE.fullmatch(before) or before.endswith("-")):
        cost += 2.0
    return cost + (0.15 if inside[0].break_ == 0 else 0.0)


def _over_long(words: Sequence[Word], width: int) -> list[float]:
    """By how much each line of a name is longer than so many columns leave room for."""
    room = max(19.0, 60 / width)
    lengths: list[int] = []
    for i, word in enumerate(words):
        if word.break_ or not i:
            lengths.append(len(word.text))
        else:
            lengths[-1] += len(word.text) + 1
    return [max(0.0, length - room) for length in lengths]


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
        cost += 0.0 if _is_group(group, width) else 0.8
    for part in [*groups, *([label] if label else [])]:
        lines = [i for i, word in enumerate(part) if word.break_ or not i]
        cost += 4.0 * any(_YEAR.fullmatch(part[i].text) for i in lines)
        cost += 4.0 * looks_like_header(" ".join(word.text for word in part))
        cost += 2.0 * any(_HEADER.match(part[i].text) for i in lines)
        cost += 2.0 * (len(part) > 25)
    if label and _is_group(label, width):
        cost += 2.0
    return cost


def _is_group(words: Sequence[Word], width: int) -> bool:
    """Empty cells after it, as many as there are columns, or a colon make words a group."""
    return words[-1].group >= max(2, width - 1) or words[-1].text.endswith(":")


_Part = list[Word]


def _parts(
    words: Sequence[Word], width: int, label_wanted: bool | None
) -> tuple[list[_Part], _Part]:
    """Part what is left into groups and the first row's label."""
    parts: list[_Part] = []
    for i, word in enumerate(words):
        after_group = i > 0 and word.break_ and _is_group(words[i - 1 : i], width)
        if not parts or word.break_ == 2 or after_group or (word.break_ and label_wanted is False):
            parts.append([])
        parts[-1].append(word)
    if label_wanted is False or not parts:
        return parts, []
    return parts[:-1], parts[-1]


def _rest(
    words: Sequence[Word], width: int, label_wanted: bool | None
) -> tuple[tuple[str, ...], str]:
    groups, label = _parts(words, width, label_wanted)
    return tuple(map(join_words, groups)), join_words(label)


def _cost_of_unlikeness(names: Sequence[str], *, repeats: bool) -> float:
    """Names of one table are made alike: all years, or all with a year.

    `repeats`: no name may stand twice, as there are no years over them to tell them apart.
    """
    cost = 0.8 * (len(names) - len(set(names))) if repeats else 0.0
    pure = [bool(_YEAR.fullmatch(name)) for name in names]
    dated = sum(map(_has_year, names)) - sum(pure)
    if all(pure):
        cost -= 0.3 * len(names)
    elif any(pure):
        # years stand side by side: "2022 2023 Endring"; one alone is half of another name
        runs = sum(one and not before for before, one in zip([False, *pure], pure, strict=False))
        cost += 0.2 if runs == 1 and sum(pure) > 1 else 1.2 * runs
        cost += 1.0 if dated else 0.0
    elif dated and dated < len(names):
        cost += 0.1
    loud = sum(name.isupper() and len(name) > 5 for name in names)
    return cost + (0.8 * loud if loud < len(names) else 0.0)


def looks_like_header(text: str) -> bool:
    """Tell a line of column names from words of a label or a sentence.

    >>> looks_like_header("Indikator Lia 2023 Lia 2024 Landet 2024")
    True
    >>> looks_like_header("Netto driftsutgifter til Den norske kirke i 2024")
    False
    """
    words = text.split()
    if len(words) < 2 or text.endswith((".", ":", ",", "!", "?")):
        return False
    years = sum(bool(_YEAR.fullmatch(word)) for word in words)
    known = sum(bool(_NAMES.fullmatch(word)) for word in words)
    small = sum(word[:1].islower() for word in words)
    return (years > 1 or known > 1 or years + known > 1) and 2 * small <= len(words)


def has_names_inside(text: str) -> bool:
    """Tell a line in which new names seem to begin: capitals after the first word."""
    words = text.split()
    inside = [w for i, w in enumerate(words) if i and w[:1].isupper() and not w.isupper()]
    return len(inside) > 1 and not text.endswith((".", ":", ","))
