"""Numbers as a report prints them: spaces, commas, minus signs. Decimal in, text out."""

from decimal import ROUND_HALF_UP, Decimal

from samples.layouts import Layout


def group_digits(digits: str, gap: str) -> str:
    """Put a gap between thousands.

    >>> group_digits("1234567", " ")
    '1 234 567'
    """
    parts: list[str] = []
    while len(digits) > 3:
        digits, tail = digits[:-3], digits[-3:]
        parts.insert(0, tail)
    return gap.join([digits, *parts])


def print_number(value: Decimal, layout: Layout, decimals: int = 0) -> str:
    """A number in a table cell.

    >>> print_number(Decimal("-1234.5"), Layout(minus="()"), 1)
    '(1 234,5)'
    """
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if rounded == 0:
        return layout.zero if layout.zero != "0" else f"{abs(rounded):f}".replace(".", ",")
    whole, _, rest = f"{abs(rounded):f}".partition(".")
    text = group_digits(whole, layout.thousands) + ("," + rest if rest else "")
    if rounded > 0:
        return text
    return f"({text})" if layout.minus == "()" else layout.minus + text


def say_millions(kroner: int | Decimal, language: str = "nb") -> str:
    """An amount in running text; always a size, the words around it tell the direction.

    >>> say_millions(-12_345_678)
    '12,3 millioner kroner'
    """
    unit = {"nb": "millioner kroner", "nn": "millionar kroner", "en": "NOK million"}[language]
    millions = (abs(Decimal(kroner)) / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    text = say_number(millions)
    return f"{unit.split()[0]} {text} {unit.split()[1]}" if language == "en" else f"{text} {unit}"


def say_number(value: int | Decimal) -> str:
    """A number in running text.

    >>> say_number(Decimal("1234.50"))
    '1 234,5'
    """
    whole, _, rest = f"{abs(Decimal(value)):f}".partition(".")
    rest = rest.rstrip("0")
    text = group_digits(whole, " ") + ("," + rest if rest else "")
    return ("-" if value < 0 else "") + text


def small(text: str) -> str:
    """A label inside a sentence.

    >>> small("Netto driftsutgifter"), small("KOSTRA-gruppe")
    ('netto driftsutgifter', 'KOSTRA-gruppe')
    """
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
