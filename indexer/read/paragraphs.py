"""What the words of a line alone tell about it: heading, item, running head, or more of the last.

Shared by the readers of files without typography. Nothing here knows about tables.
"""

import re

_ENDS_SENTENCE = re.compile(r"[.!?:;…](?:[»”\"')\]]|\s)*$")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<title>[A-ZÆØÅ«“\"].*)")
_ITEM = re.compile(r"\s*(?:[●•○▪◦‣·]\s*|[-–*]\s+|(?:\d{1,2}|[a-zæøå])[.)]\s+)(?=\S)")
_RUNNING = re.compile(
    r"(?:side\s*)?\d{1,3}\s*(?:av|/|of)\s*\d{1,3}|side\s*\d{1,3}|"
    r"(?:års\w+|annual report)\s(?:(?:19|20)\d\d\s)?\|?\s*\d{1,3}\s\|?\s*\D{3,40}kommune|"
    r"\D{3,40}kommune\s[|–-]?\s*(?:års\w+)\s(?:(?:19|20)\d\d\s)?[|–-]?\s*(?:side\s)?\d{1,3}",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"(?:\b(?:og|i|på|av|til|for|fra|frå|per|pr\.?|jf\.?|med|ved|eller|som|§|nr\.?)|[(,/])$",
    re.IGNORECASE,
)
_LONGEST_HEADING = 90
_MOST_WORDS = 12
_MOST_WORDS_OF_LABEL = 3  # "Resultatkommentar:" is a heading, a longer lead-in is not


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends where a sentence or a lead-in may end."""
    return bool(_ENDS_SENTENCE.search(text))


def is_unfinished(text: str) -> bool:
    """Tell whether a line ends in a word that wants another after it."""
    return bool(_UNFINISHED.search(text))


def continues(previous: str, text: str) -> bool:
    """Tell whether `text` carries on a sentence that a page or column break cut.

    >>> continues("Tilskuddet ble redusert for", "tjenesteområdene i år.")
    True
    """
    return bool(previous) and not ends_sentence(previous) and text[:1].islower()


def join_lines(first: str, second: str) -> str:
    """Put two lines of a paragraph together, a word hyphenated at the line end made whole.

    >>> join_lines("økonomi og tjeneste-", "området i år")
    'økonomi og tjenesteområdet i år'
    """
    word = re.search(r"[^\W\d_]*[a-zæøå]-$", first)
    following = re.match(r"[a-zæøå]+", second)
    if word and following and following.group() not in ("og", "eller", "samt", "til"):
        return first[:-1] + second
    if first.endswith("-") and first[-2:-1].strip() and following and word is None:
        return first + second  # "CO2-" and "ekvivalenter"
    return f"{first} {second}"


def is_item(text: str) -> bool:
    """Tell whether a line begins a list item."""
    return bool(_ITEM.match(text))


def is_running_head(text: str) -> bool:
    """Tell whether a line is only a page number or the report's name with one."""
    return bool(_RUNNING.fullmatch(text.strip()))


def numbered_level(text: str) -> int:
    """A numbered heading's level: 1 for "2. Klima" or "2 Klima", 2 for "2.1 Mål"; else 0."""
    match = _NUMBERED.match(text)
    if match is None or not _could_be_heading(match["title"]):
        return 0
    return match["number"].count(".") + 1


def is_short_title(text: str) -> bool:
    """Tell whether a line by itself could be a heading without a number.

    The caller must know that it stands alone and that text follows.
    """
    return text[:1].isupper() and _could_be_heading(text) and len(text) > 1


def is_capitals(text: str) -> bool:
    """Tell whether a line is all in capitals, as some chapters' names are."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


def _could_be_heading(text: str) -> bool:
    return (
        len(text) <= _LONGEST_HEADING
        and len(text.split()) <= _MOST_WORDS
        and not re.search(r"[.,;!]$|\d\s?%$|\d\.\s?[a-zæøå]+\s20\d\d$", text)
        and (text.isupper() or not re.search(r"[.?!]\s+[A-ZÆØÅ]", text))
        and not (text.endswith(":") and len(text.split()) > _MOST_WORDS_OF_LABEL)
        and any(map(str.isalpha, text))
        and "://" not in text
    )
