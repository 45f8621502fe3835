"""Every fixed word that a person sees in an answer, in bokmål, nynorsk and English."""

import re
from collections.abc import Sequence

from answer.records import Language
from indexer.table_rows import CAPTION_NUMBER

SHOUTED = 4  # capitals: a longer word in capitals only is no abbreviation

TEXTS: dict[str, dict[Language, str]] = {
    "not_found": {
        "nb": "Det står ikke i rapportene. Jeg har lett i {where}.",
        "nn": "Det står ikkje i rapportane. Eg har leita i {where}.",
        "en": "The reports do not say. I searched {where}.",
    },
    "nearest": {
        "nb": "Det nærmeste jeg fant, handler om «{what}» [1].",
        "nn": "Det næraste eg fann, handlar om «{what}» [1].",
        "en": "The nearest I found is about “{what}” [1].",
    },
    "stated_otherwise": {
        "nb": "{title} oppgir {value} for det samme [{n}].",
        "nn": "{title} oppgir {value} for det same [{n}].",
        "en": "{title} gives {value} for the same [{n}].",
    },
    "our_words": {
        "nb": "(Forklaringen er vår egen, ikke hentet fra rapportene.)",
        "nn": "(Forklaringa er vår eiga, ikkje henta frå rapportane.)",
        "en": "(The explanation is our own, not taken from the reports.)",
    },
    "report_defines": {
        "nb": "I rapportene står det:",
        "nn": "I rapportane står det:",
        "en": "The reports write:",
    },
    "leans_yes": {"nb": "Ja.", "nn": "Ja.", "en": "Yes."},
    "leans_no": {"nb": "Nei.", "nn": "Nei.", "en": "No."},
    "leans_open": {
        "nb": "Rapportene sier ikke rett ut ja eller nei, men skriver:",
        "nn": "Rapportane seier ikkje rett ut ja eller nei, men skriv:",
        "en": "The reports do not say yes or no outright, but write:",
    },
    "not_held": {
        "nb": "{what} er ikke i samlingen. Her ligger {held}.",
        "nn": "{what} er ikkje i samlinga. Her ligg {held}.",
        "en": "{what} is not in the collection. It holds {held}.",
    },
    "empty": {
        "nb": "Skriv et spørsmål om det som står i årsrapportene.",
        "nn": "Skriv eit spørsmål om det som står i årsrapportane.",
        "en": "Write a question about what the annual reports say.",
    },
    "greeting": {
        "nb": "Hei! Spør om det som står i årsrapportene, så finner jeg det og viser hvor.",
        "nn": "Hei! Spør om det som står i årsrapportane, så finn eg det og viser kvar.",
        "en": "Hello! Ask about what the annual reports say, and I will show where.",
    },
    "which_municipality": {
        "nb": "Hvilken kommune mener du?",
        "nn": "Kva kommune meiner du?",
        "en": "Which municipality do you mean?",
    },
    "which_year": {
        "nb": "Hvilket år mener du?",
        "nn": "Kva år meiner du?",
        "en": "Which year do you mean?",
    },
    "and": {"nb": "og", "nn": "og", "en": "and"},
}


def text(name: str, language: Language, **values: object) -> str:
    """One fixed text with its values put in."""
    return TEXTS[name][language].format(**values)


def listed(items: Sequence[str], language: Language) -> str:
    """Items as a person would list them.

    >>> listed(["Hamar 2023", "Hamar 2024", "Oslo 2024"], "nb")
    'Hamar 2023, Hamar 2024 og Oslo 2024'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {TEXTS['and'][language]} {items[-1]}"


_NUMBERING = re.compile(r"^\d{1,3}(?:\.\d{1,2})*[.):-]?\s*(?=[A-ZÆØÅ][A-ZÆØÅa-zæøå])")


_YEARS = re.compile(
    r"[ ,]+(?:(?:i|for|per|pr\.?) )?(?:\d\d?\.\d\d?\.)?20\d\d(?: ?(?:og|til|[–-]) ?20\d\d)*$"
)


_NEXT_SENTENCE = re.compile(r"(?<=[a-zæøå0-9)])\. (?=[A-ZÆØÅ])")
_TABLE_SHOWS = re.compile(
    r"^tabell(?:en)?(?: (?:under|nedenfor|over|ovenfor))?(?: (?:viser|syner))?:? ", re.IGNORECASE
)


def plain_title(title: str) -> str:
    """A table's title as a person would say it: no number, no years, no unit or source after it.

    >>> plain_title("Tabell 14.4 Sykefravær 2023 og 2024"), plain_title("Balanse per 31.12.2024")
    ('Sykefravær', 'Balanse')
    >>> plain_title("Tabell 3 Utgifter 2023. Tall i tusen kr"), plain_title("Tabellen viser gebyr")
    ('Utgifter', 'Gebyr')
    """
    first = _NEXT_SENTENCE.split(CAPTION_NUMBER.sub("", title.strip(" .:*")), maxsplit=1)[0]
    bare = _TABLE_SHOWS.sub("", _YEARS.sub("", first)).strip(" .:*,")
    return bare[:1].upper() + bare[1:]


def plain_label(label: str) -> str:
    """A row's label as a person would say it, without its number, marks and capitals.

    >>> plain_label("10 Lønnsutgifter *"), plain_label("33-GRUNNSKOLE"), plain_label("90+")
    ('Lønnsutgifter', 'Grunnskole', '90+')
    """
    bare = _NUMBERING.sub("", label.strip(" .:*"))
    return bare.capitalize() if bare.isupper() and len(bare) > SHOUTED else bare
