"""Every fixed word that a person sees in an answer, in bokmål, nynorsk and English."""

from collections.abc import Sequence

from answer.records import Language

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
