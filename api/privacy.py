"""A question in, the same question without identity numbers, phones, e-mail and accounts out.

Runs before anything else sees the text. Figures must survive: a number is masked for what it can
be shown to be (a control digit, a phone's grouping), never only for its length.
"""

import re
from collections.abc import Callable, Sequence

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ELEVEN = re.compile(r"(?<![\d,.])\d{4}[ .]?\d{2}[ .]?\d{5}(?!\d)|(?<![\d,.])\d{6}[ -]?\d{5}(?!\d)")
# Eight digits as people write phone numbers; 45 000 000 and 450 000 kroner are figures.
_PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+|00)47[ ]?)?"
    r"(?:[2-9]\d{7}|[2-9]\d(?: \d\d){3}|[2-9]\d\d \d\d \d{3})(?![\d]|[.,]\d| \d)"
)
_AMOUNT = re.compile(r"\s*(?:kr\b|kroner|mill|mrd|nok|innbygg|prosent|%)", re.IGNORECASE)
_AMOUNT_BEFORE = re.compile(r"(?:\bkr\.?|\bnok|\bbeløp(?:et)?)\s*$", re.IGNORECASE)


def mask(text: str) -> str:
    """Replace what identifies a person with a word that says what stood there.

    >>> mask("Ring 912 34 567 eller skriv til kari@example.no")
    'Ring [telefonnummer] eller skriv til [e-postadresse]'
    >>> mask("Hvem fikk 91234567 kroner i 2024?")
    'Hvem fikk 91234567 kroner i 2024?'
    """
    text = _EMAIL.sub("[e-postadresse]", text)
    text = _ELEVEN.sub(_mask_eleven, text)
    return _PHONE.sub(_mask_phone, text)


def _mask_eleven(found: re.Match[str]) -> str:
    digits = [int(char) for char in found.group() if char.isdigit()]
    if _is_identity_number(digits):
        return "[fødselsnummer]"
    if _is_account_number(digits):
        return "[kontonummer]"
    return found.group()


def _mask_phone(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()], found.string[found.end() :]
    is_amount = _AMOUNT.match(after) or _AMOUNT_BEFORE.search(before)
    return found.group() if is_amount else "[telefonnummer]"


def _is_identity_number(digits: Sequence[int]) -> bool:
    """A fødselsnummer, or a D-number, H-number or synthetic one, by date and both control digits.

    From 2032 the first control digit may also leave 1, 2 or 3 over; those are masked too.
    """
    day = digits[0] * 10 + digits[1]
    month = digits[2] * 10 + digits[3]
    if not (1 <= day <= 31 or 41 <= day <= 71) or not 1 <= month % 20 <= 12:
        return False
    first = sum(map(_times, digits, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1))) % 11
    second = sum(map(_times, digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))) % 11
    return first in (0, 1, 2, 3) and second == 0


def _is_account_number(digits: Sequence[int]) -> bool:
    return sum(map(_times, digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))) % 11 == 0


_times: Callable[[int, int], int] = int.__mul__
