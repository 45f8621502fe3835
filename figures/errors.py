"""Errors a person can act on. A question we cannot answer is not an error: see answer.records.

KommunesvarError            one line: what, which value, where, what to do
├── UsageError              a flag, a setting or an input that cannot be used
├── ReadError               a report could not be read (the others still are)
├── IndexMissing            no finished index in the folder
├── IndexMismatch           the index does not fit this program or its models
└── Incomparable            figures that must not be calculated with together
"""


class KommunesvarError(Exception):
    """The root: its text is shown to people as it is."""


class UsageError(KommunesvarError):
    """A flag, a setting or an input that cannot be used."""


class ReadError(KommunesvarError):
    """A report that could not be read; the text names the file and what is wrong with it."""


class IndexMissing(KommunesvarError):
    """There is no finished index where one was looked for."""


class IndexMismatch(KommunesvarError):
    """The index on disk was made by another format or with other models."""


class Incomparable(KommunesvarError):
    """Figures in different units, places or kinds of year must not be calculated with together."""
