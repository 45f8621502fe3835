"""Reading → Document: whose report it is, for which year, in which language. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

from indexer.language import language_of
from indexer.records import Document, Page, Reading

_NAME = r"[A-ZÆØÅ][\wæøåáčđŋšŧžü-]+(?:(?: |-)(?:og |i )?[A-ZÆØÅ][\wæøåáčđŋšŧž-]+)?"
_MUNICIPALITY = re.compile(rf"\b({_NAME})s? (?:kommune|herad)\b")
_KIND = r"årsrapport|årsberetning|årsmelding|årsregnskap|annual report"
_REPORT_YEAR = re.compile(rf"(?:{_KIND})\s*(?:for\s*|og \w+\s*)?(20[0-9]{{2}})", re.IGNORECASE)
_YEAR = re.compile(r"\b(20[0-9]{2})\b")
_REPORT = re.compile(rf"\b({_KIND})\b", re.IGNORECASE)

START = 40  # blocks that make up "the beginning" of a report


def identify(reading: Reading, *, stem: str, kind: str, sha256: str) -> Document:
    """Settle what the reading is a reading of; what cannot be told stays empty."""
    start = [block.text for block in reading.blocks[:START]]
    everything = [block.text for block in reading.blocks]
    municipality = _municipality(reading.title, stem, start, everything)
    year = _year(reading.title, stem, start, everything)
    return Document(
        id=stem,
        title=_title(reading.title, municipality, year, start),
        municipality=municipality,
        year=year,
        language=language_of(" ".join(everything)),
        kind=kind,
        paged=reading.paged,
        sha256=sha256,
        pages=_pages(reading),
        blocks=reading.blocks,
        warnings=reading.warnings,
    )


def _pages(reading: Reading) -> tuple[Page, ...]:
    texts: dict[int, list[str]] = {}
    for block in reading.blocks:
        texts.setdefault(block.page, []).append(block.text)
    last = max([len(reading.sizes), *texts], default=0)
    sizes = dict(enumerate(reading.sizes, start=1))
    return tuple(
        Page(
            number=number,
            text="\n".join(texts.get(number, [])),
            width=sizes.get(number, (0.0, 0.0))[0],
            height=sizes.get(number, (0.0, 0.0))[1],
        )
        for number in range(1, last + 1)
    )


def _municipality(title: str, stem: str, start: Sequence[str], everything: Sequence[str]) -> str:
    """The name most often followed by "kommune", the title and the file's name counting most.

    >>> _municipality("", "vestvik-2023", [], ["Vestvik kommune. Øst kommune."])
    'Vestvik'
    """
    votes: Counter[str] = Counter()
    for text, weight in [(title, 50), *((t, 5) for t in start), *((t, 1) for t in everything)]:
        for match in _MUNICIPALITY.finditer(text):
            votes[_plain_name(match.group(1))] += weight
    if votes:
        folded = _fold(stem)
        named = [name for name in votes if _fold(name) in folded]
        return max(named or votes, key=lambda name: votes[name])
    return ""


def _plain_name(name: str) -> str:
    for word in ("I ", "For ", "Om ", "Den ", "Både "):
        name = name.removeprefix(word)
    return name


def _fold(text: str) -> str:
    """File names have no Norwegian letters: "Stjørdal" is found in "stjordal-2024".

    >>> _fold("Stjørdal")
    'stjordal'
    """
    return text.lower().translate(str.maketrans("æøåäö ", "aoaao-"))


def _year(title: str, stem: str, start: Sequence[str], everything: Sequence[str]) -> int | None:
    for text in (title, *start):
        found = _REPORT_YEAR.search(text)
        if found:
            return int(found.group(1))
    for text in (title, stem.replace("_", " ")):
        found = _YEAR.search(text)
        if found:
            return int(found.group(1))
    years = Counter(year for text in everything for year in _YEAR.findall(text))
    return int(years.most_common(1)[0][0]) if years else None


def _title(title: str, municipality: str, year: int | None, start: Sequence[str]) -> str:
    if _REPORT.search(title):
        return " ".join(title.split())
    word = next((m.group(1).capitalize() for t in start if (m := _REPORT.search(t))), "Årsrapport")
    whose = f"{municipality} kommune – " if municipality else ""
    return f"{whose}{word} {year or ''}".strip()
