"""Questions the report does not answer, though they look like those it does.

Twins of real questions: a story another year told, a year or a municipality outside the report, an
indicator or a pay nobody printed.
"""

from samples.askers import NOT_THERE, Asker, Wordings
from samples.draws import rng
from samples.indicators import KOSTRA
from samples.printing import small
from samples.prose_bank import untold
from samples.services import CHAPTERS

# No table and no story mentions these.
_NEVER: tuple[Wordings, ...] = (
    {
        "nb": ("Hva tjente kommunedirektøren i {k} i {y}?",),
        "nn": ("Kva tente kommunedirektøren i {k} i {y}?",),
        "en": ("What was the salary of {k}'s municipal director in {y}?",),
    },
    {
        "nb": ("Hvor mange parkeringsbøter ble skrevet ut i {k} i {y}?",),
        "nn": ("Kor mange parkeringsbøter vart skrivne ut i {k} i {y}?",),
        "en": ("How many parking fines were issued in {k} in {y}?",),
    },
    {
        "nb": ("Hva var valgdeltakelsen i {k} ved kommunevalget?",),
        "nn": ("Kva var valdeltakinga i {k} ved kommunevalet?",),
        "en": ("What was the turnout in {k} at the municipal election?",),
    },
    {
        "nb": ("Hvor mange elbiler er registrert i {k} i {y}?",),
        "nn": ("Kor mange elbilar er registrerte i {k} i {y}?",),
    },
    {
        "nb": ("Hva kostet julebordet for de ansatte i {k} i {y}?",),
        "nn": ("Kva kosta julebordet for dei tilsette i {k} i {y}?",),
    },
)


def ask_gaps(a: Asker) -> None:
    """A handful of each sort."""
    m, year = a.scene.m, a.scene.year
    for area in CHAPTERS:
        for story in untold(m, area.key, year):
            for ask in story.asks:
                if a.chance(0.15, "untold", ask.wordings[0]):
                    wordings: Wordings = {a.lang: ask.wordings[:1]}
                    a.add("unanswerable", wordings, NOT_THERE[a.lang], note="told another year")
    for wordings in _NEVER:
        a.add("unanswerable", wordings, NOT_THERE[a.lang], note="never printed")
    _wrong_place(a)
    _wrong_year(a)


def _wrong_place(a: Asker) -> None:
    """An indicator for a municipality the tables do not have."""
    strangers = [n for n in ("Nordlia", "Stokkvåg", "Myrland") if n not in a.scene.m.neighbours]
    for area in CHAPTERS[::4]:
        what = rng(a.doc, "stranger", area.key).choice(KOSTRA[area.key])
        place = rng(a.doc, "place", area.key).choice(strangers)
        wordings: Wordings = {
            "nb": (f"Hva var {small(what.nb)} i {place} i {{y}}, ifølge rapporten til {{k}}?",),
            "nn": (f"Kva var {small(what.nn)} i {place} i {{y}}, ifølgje rapporten til {{k}}?",),
        }
        a.add("unanswerable", wordings, NOT_THERE[a.lang], note="no such municipality")


def _wrong_year(a: Asker) -> None:
    """A year no column has."""
    early = a.scene.year - 6
    wordings: Wordings = {
        "nb": (f"Hvor mye brukte {{k}} kommune på lønn i {early}?", f"sykefravær {{k}} {early}"),
        "nn": (f"Kor mykje brukte {{k}} kommune på løn i {early}?",),
        "en": (f"What was the sick leave rate in {{k}} in {early}?",),
    }
    a.add("unanswerable", wordings, NOT_THERE[a.lang], note="no such year")
