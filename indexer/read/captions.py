"""A caption or introducing sentence in, a table's title and its remarks out.

It knows how captions begin ("Tabell 1.1", "Tabell:") and where the title ends and remarks about
unit, sign or source begin. It does not understand the remarks; that is for the figures package.
"""

import re

_CAPTION = re.compile(
    r"(?:tabell|table)\s*(?:(?:nr\.?\s*)?\d+(?:[.-]\d+)*[a-z]?\s*[.:–-]?|:)(?:\s|$)", re.IGNORECASE
)
# A full stop ends the title when a long enough word stands before it and a capital after it:
# not in "Tabell 1.1 Økonomi", "pr. 31.12" or "kap. Helse".
_SENTENCE = re.compile(
    r"(?<=[\w%)*]{4})\s?\.\s*(?=[A-ZÆØÅ])"
    r"|\.\s+(?=(?i:tall|beløp|mill|mrd|tusen|prosent|kilde|positiv|negativ|i kolonne)\w*\b)"
)
_UNIT_REMARK = re.compile(
    r"\(?(?:alle\s+)?(?:(?:tall(?:ene)?|tala|beløp(?:ene|a)?|sum(?:mer)?|amounts|figures)\s*"
    r"(?:er\s+)?(?:oppgitt\s+|gitt\s+)?(?:i|in)\s+)?(?:hele\s+)?"
    r"(?:tusen|1[\s.]?000|1000|mill(?:ion(?:er|ar)?)?\.?|mrd\.?|milliard(?:er|ar)?|prosent|kr(?:oner)?"
    r"|nok|thousands?|millions?|%)"
    r"(?:\s*(?:av\s+)?(?:kr\.?|kroner|nok))?[.:)]*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?:tabell|table)\s*(?:\d+(?:[.-]\d+)*[a-z]?)?\s*[.:–-]?\s*", re.IGNORECASE)
_FOOTNOTE_MARK = re.compile(r"(?<=[a-zæøåA-ZÆØÅ.)])(?:[1-9]\)|\s?[¹²³⁴⁵⁶⁷⁸⁹]+)$")
_FIRST_OF_TWO = re.compile(
    r"(?:antall|andel|sum|samla|samlet|årlig|netto|brutto|gjennomsnittlig|total[te]*|\w+e)$",
    re.IGNORECASE,
)


def is_caption(text: str) -> bool:
    """Tell whether a line names a table: "Tabell 2.4 Antall ansatte", "Tabell: Bemanning".

    A sentence about a table does not: "Tabell 1.2 viser resultatet for områdene."
    """
    match = _CAPTION.match(text)
    if match is None or len(text) > 400:
        return False
    rest = text[match.end() :].lstrip()
    return not re.match(r"(?:viser|gir|over|under|inneholder|og|syner|shows|gives)\b", rest)


def split_caption(text: str) -> tuple[str, str]:
    """Part a caption's title from the remarks after it.

    >>> split_caption("Tabell 1.1 Drift etter art 2024. Tall i millioner kroner.")
    ('Tabell 1.1 Drift etter art 2024', 'Tall i millioner kroner.')
    """
    text = " ".join(text.split())
    match = _SENTENCE.search(text)
    if match is None:
        return text.rstrip(". "), ""
    return text[: match.start()].strip(), text[match.end() :].strip()


def is_unit_remark(text: str) -> bool:
    """Tell whether a line says the unit and nothing else.

    >>> is_unit_remark("Tall i tusen kroner"), is_unit_remark("Tall i tusen kr Regnskap 2024")
    (True, False)
    """
    return bool(_UNIT_REMARK.fullmatch(" ".join(text.split())))


def subject(title: str) -> str:
    """The word or two of a title that say what its figures are, for a column without a name.

    >>> subject("Tabell 1.9 Garantiansvar til idrettsformål")
    'Garantiansvar'
    >>> subject("Tabell: Antall svar fordelt på områder")
    'Antall svar'
    """
    words = re.findall(r"[^\W\d_][\w-]*", _NUMBER.sub("", title).strip())
    two = len(words) > 1 and _FIRST_OF_TWO.match(words[0])
    return " ".join(words[: 2 if two else 1])


def without_footnote_mark(label: str) -> str:
    """A row's label without the mark of a footnote: "Skole1)" and "Skole ¹" are "Skole".

    >>> without_footnote_mark("Lønn og pensjon2)"), without_footnote_mark("Etappe 1)")
    ('Lønn og pensjon', 'Etappe 1)')
    """
    return _FOOTNOTE_MARK.sub("", label)
