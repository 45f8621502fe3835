"""What speaks for and against words of a header being a title, a corner or a column's name.

Costs only, in one scale: 0 is as it should be, 1 is odd, 3 is hardly ever seen. The vocabularies
are what municipal reports call their columns; a word not in them costs nothing by itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.read.flat_lines import Line
from indexer.read.paragraphs import join_lines

YEAR = re.compile(r"(?:(?:19|20)\d\d|\d{1,2}\.\d{1,2}\.?(?:(?:19|20)?\d\d)?)\*{0,3}")
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
LABELS = re.compile(
    r"(?:sektor|\w*område[rt]?|kjønn|enhet|eining|avdeling|indikator(?:ar|er)?|beskrivelse|skildring"
    r"|type|namn|navn|utval[g]?|kategori|\w*prosjekt(?:er)?|\w*tiltak|alder|aldersgruppe|nivå|post|tekst"
    r"|låntaker|låntakar|kommune|skole|skule|barnehage|tjeneste|teneste|stilling\w*|fag|gruppe|art|år"
    r"|nøkkeltall?|debitor|selskap|selskab|fond|formål|føremål|konto|fylke|parti|org\w*|garanti|måned"
    r"|månad|kilde|kjelde|ansvar|funksjon|målgruppe|mottaker|leverandør|lån|bygg|anlegg)",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"(?:regnskap|rekneskap|budsjett|avvik|endring|resultat|mål|status|beløp|antall|andel|del|verdi"
    r"|årsverk|sum|totalt|prognose|forbruk|ramme|kvinner?|menn|mann|opprinnelig|opphavleg|revidert"
    r"|vedtatt|justert|prosent|trend|kommentar|merknad|indikator|tiltak|sektor|område|kr|%)",
    re.IGNORECASE,
)
HEADER = re.compile(
    r"regnskap|rekneskap|budsjett|avvik|endring|årsverk\b|antall\b|andel\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of the header, and what stood before it: 0 a space, 1 a line end, 2 a blank line."""

    text: str
    break_: int
    gap: int = 0  # spaces too many before it, on its line
    line: int = 0  # its line's position in the file
    group: int = 0  # spaces after its line tell of this many empty cells


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


def join_words(words: Sequence[Word]) -> str:
    """The words as text, those hyphenated at a line end made whole."""
    text = ""
    for word in words:
        if text and word.break_:
            text = join_lines(text, word.text)
        else:
            text = f"{text} {word.text}".strip()
    return text


def cost_of_title(words: Sequence[Word], end: int) -> float:
    """Words of a title, not of a name; best cut where a blank line is."""
    if end == 0:
        return 0.0
    cost = 0.7
    if end < len(words):
        cost += {0: 5.0, 1: 0.4, 2: 0.0}[words[end].break_]
    if LABELS.fullmatch(words[0].text):
        cost += 1.0
    if words[end - 1].break_ and YEAR.fullmatch(words[end - 1].text):
        cost += 2.0
    if HEADER.match(words[end - 1].text):
        cost += 1.5
    if sum(bool(YEAR.fullmatch(word.text)) for word in words[:end]) > 2:
        cost += 2.0  # so many years are columns
    lone = " ".join(word.text for word in words[:end])
    if end <= 2 and not lone.isupper():
        # one or two words are rather a corner or a name, unless they are a paragraph
        whole = end < len(words) and words[end].break_ == 2 and end == 2 and not words[1].break_
        cost += 0.3 if whole else 1.2
    return cost


def cost_of_corner(words: Sequence[Word], start: int, end: int, corner_empty: bool) -> float:
    """What speaks against these words standing over the labels."""
    if start == end:
        return 0.0 if corner_empty else 0.25
    inside = words[start:end]
    cost = 1.0 if corner_empty else 0.0
    if not inside[0].text[:1].isupper():
        cost += 1.0
    if all(YEAR.fullmatch(word.text) for word in inside):
        cost += 3.0
    cost += 1.5 * sum(bool(YEAR.fullmatch(word.text)) for word in inside)
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
    text = words[i].text.lstrip('(«"')
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
    if YEAR.fullmatch(first):
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
    years = [i for i, text in enumerate(texts) if YEAR.fullmatch(text)]
    cost += 2.0 * max(0, len(years) - 1)
    if years and 0 < years[0] < len(texts) - 1 and texts[years[0] + 1][:1] not in "(-–":
        cost += 1.5
    for i in range(1, len(texts)):
        text = texts[i].lstrip('(«"')
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


def cost_of_name(words: Sequence[Word], start: int, end: int, width: int, leaf: bool) -> float:
    """What speaks against these words being one column's name; a `leaf` has names over it."""
    inside = words[start:end]
    cost = _name_cost(
        tuple(word.text for word in inside),
        tuple(word.break_ for word in inside),
        tuple(word.gap for word in inside),
        leaf,
    )
    cost += sum(0.08 * over for over in _over_long(inside, width))
    if any(is_group([word], width) and not YEAR.fullmatch(word.text) for word in inside):
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


def is_group(words: Sequence[Word], width: int) -> bool:
    """Empty cells after it, as many as there are columns, or a colon make words a group."""
    return words[-1].group >= max(2, width - 1) or words[-1].text.endswith(":")


def cost_of_unlikeness(names: Sequence[str], *, repeats: bool) -> float:
    """Names of one table are made alike: all years, or all with a year.

    `repeats`: no name may stand twice, as there are no years over them to tell them apart.
    """
    cost = 0.8 * (len(names) - len(set(names))) if repeats else 0.0
    pure = [bool(YEAR.fullmatch(name)) for name in names]
    dated = sum(map(has_year, names)) - sum(pure)
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
    years = sum(bool(YEAR.fullmatch(word)) for word in words)
    known = sum(bool(NAMES.fullmatch(word)) for word in words)
    known += bool(LABELS.fullmatch(words[0])) and not NAMES.fullmatch(words[0])
    small = sum(word[:1].islower() for word in words)
    return (years > 1 or known > 1 or years + known > 1) and 2 * small <= len(words)


def has_names_inside(text: str) -> bool:
    """Tell a line in which new names seem to begin: capitals after the first word."""
    words = text.split()
    inside = [w for i, w in enumerate(words) if i and w[:1].isupper() and not w.isupper()]
    return len(inside) > 1 and not text.endswith((".", ":", ","))


def has_year(text: str) -> bool:
    """Tell whether a year or date is among the words."""
    return any(YEAR.fullmatch(word) for word in text.split())
