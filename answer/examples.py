"""Questions that an index can answer, to show a newcomer: each is asked, kept if it is answered.

Said of whatever reports there are, the newest first; nothing here knows a municipality's name.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from answer.answer import answer_question
from answer.records import Language
from indexer.index import Index

SHOWN = 4

# A figure, a change, a share of the staff, and something in words.
PATTERNS: dict[Language, tuple[str, ...]] = {
    "nb": (
        "Hva var netto driftsresultat i {place} i {year}?",
        "Hvor høyt var sykefraværet i {place} i {year}?",
        "Hvor mye økte lønnsutgiftene i {place} fra {before} til {year}?",
        "Hva sier årsrapporten for {place} i {year} om klima?",
        "Hvor mye fikk {place} i rammetilskudd i {year}?",
        "Hvor stort var disposisjonsfondet i {place} i {year}?",
    ),
    "nn": (
        "Kva var netto driftsresultat i {place} i {year}?",
        "Kor høgt var sjukefråværet i {place} i {year}?",
        "Kor mykje auka lønsutgiftene i {place} frå {before} til {year}?",
        "Kva seier årsrapporten for {place} i {year} om klima?",
        "Kor mykje fekk {place} i rammetilskot i {year}?",
        "Kor stort var disposisjonsfondet i {place} i {year}?",
    ),
    "en": (
        "What was the net operating result in {place} in {year}?",
        "How high was sick leave in {place} in {year}?",
        "How much did wage costs grow in {place} from {before} to {year}?",
        "What does the annual report of {place} for {year} say about climate?",
        "How large was the block grant to {place} in {year}?",
    ),
}


@lru_cache(maxsize=len(PATTERNS))
def example_questions(index: Index, lang: Language) -> list[str]:
    """At most four, each about another thing, from one report after the other."""
    return list(islice(_answered(index, lang), SHOWN))


def _answered(index: Index, lang: Language) -> Iterator[str]:
    reports = sorted(
        (
            (d["year"], d["municipality"])
            for d in index.documents
            if d["year"] and d["municipality"]
        ),
        key=lambda report: (-report[0], report[1]),
    )
    for number, pattern in enumerate(PATTERNS[lang]):
        start = number % max(1, len(reports))
        for year, place in (reports[start:] + reports[:start])[:3]:
            question = pattern.format(place=place, year=year, before=year - 1)
            if answer_question(question, index).status == "answered":
                yield question
                break
