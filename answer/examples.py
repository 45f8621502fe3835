"""Questions that an index can answer, to show a newcomer: about accounting lines that it holds.

Nothing is asked to find them out, so that the page is there at once; nothing here knows a
municipality's name.
"""

from answer.records import Language
from indexer.index import Index

SHOWN = 4

# An accounting line that every municipality has, and a question about it.
PATTERNS: tuple[tuple[str, dict[Language, str]], ...] = (
    ("netto driftsresultat", {
        "nb": "Hva var netto driftsresultat i {place} i {year}?",
        "nn": "Kva var netto driftsresultat i {place} i {year}?",
        "en": "What was the net operating result in {place} in {year}?",
    }),
    ("lønnsutgifter", {
        "nb": "Hvor mye økte lønnsutgiftene i {place} fra {before} til {year}?",
        "nn": "Kor mykje auka lønsutgiftene i {place} frå {before} til {year}?",
        "en": "How much did wage costs grow in {place} from {before} to {year}?",
    }),
    ("rammetilskudd", {
        "nb": "Hvor mye fikk {place} i rammetilskudd i {year}?",
        "nn": "Kor mykje fekk {place} i rammetilskot i {year}?",
        "en": "How large was the block grant to {place} in {year}?",
    }),
    ("eiendomsskatt", {
        "nb": "Hvor mye fikk {place} inn i eiendomsskatt i {year}?",
        "nn": "Kor mykje fekk {place} inn i eigedomsskatt i {year}?",
        "en": "How much property tax did {place} receive in {year}?",
    }),
    ("sum driftsutgifter", {
        "nb": "Hva var sum driftsutgifter i {place} i {year}?",
        "nn": "Kva var sum driftsutgifter i {place} i {year}?",
        "en": "What were total operating expenses in {place} in {year}?",
    }),
)  # fmt: skip


def example_questions(index: Index, lang: Language) -> list[str]:
    """At most four, each about another thing, from one report after the other, newest first."""
    reports = [d for d in reversed(index.documents) if d["year"] and d["municipality"]]
    reports.sort(key=lambda report: -report["year"])
    held = {
        (line, doc)
        for line, doc in index.store.execute("SELECT DISTINCT line, doc FROM rows WHERE line != ''")
    }
    questions: list[str] = []
    for line, pattern in PATTERNS:
        start = len(questions) % max(1, len(reports))
        for report in reports[start:] + reports[:start]:
            if (line, report["id"]) in held:
                year = report["year"]
                questions.append(
                    pattern[lang].format(place=report["municipality"], year=year, before=year - 1)
                )
                break
    return questions[:SHOWN]
