"""A printed amount -> the amount as people say it. Accounts print signs, speech uses words.

In accounts that print incomes with a minus, a surplus has a minus too. People say "rammetilskuddet
var 4 893 mill. kr" and "et overskudd på 658 mill. kr"; only a deficit is less than nothing.
"""

import re
from decimal import Decimal

from figures.lines import line_kind

_REALLY_NEGATIVE = re.compile(r"merforbruk|meirforbruk|udek|prinsippendring|underskudd|underskot")


def plain_value(value: Decimal, label: str, *, income_negative: bool) -> Decimal:
    """The amount in plain speech: incomes, expenses, surpluses, debts and funds are positive.

    >>> plain_value(Decimal(-658), "Netto driftsresultat", income_negative=True)
    Decimal('658')
    >>> plain_value(Decimal(-658), "Netto driftsresultat", income_negative=False)
    Decimal('-658')
    >>> plain_value(Decimal(-308), "Lønnsutgifter", income_negative=False)
    Decimal('308')
    >>> plain_value(Decimal(-45740), "Sum langsiktig gjeld", income_negative=False)
    Decimal('45740')
    """
    kind = line_kind(label)
    if kind == "debt" or (kind == "equity" and not _REALLY_NEGATIVE.search(label.lower())):
        return abs(value)
    if income_negative and kind in ("income", "result"):
        return -value
    if kind == "expense" and not income_negative:  # accounts that print expenses with a minus
        return abs(value)
    return value
