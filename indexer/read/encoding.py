"""A text file's bytes in, its text out, or one clear reason why it is not text.

Knows UTF-8 and UTF-16 (with or without a byte order mark) and falls back on Windows-1252, which
old Norwegian exports are written in. It does not look at what the text says.
"""

import codecs
from pathlib import Path

from figures.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that a text never holds; tab, line feed, form feed and return are fine.
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\v\f\r\x1a\x1b")
_MOST_CONTROLS = 0.001


def read_text(path: Path) -> str:
    """The file's text with plain line feeds; ReadError when it holds no text."""
    data = path.read_bytes()
    if not data.strip():
        raise ReadError(f"{path.name}: filen er tom")
    text = _decoded(data)
    if text is None or sum(map(text.count, _CONTROLS)) > _MOST_CONTROLS * len(text):
        raise ReadError(f"{path.name}: dette er ikke tekst, selv om navnet sier {path.suffix}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding)
    guess = _utf16_without_mark(data)
    if guess:
        return _decode(data, guess)
    return _decode(data, "utf-8") or data.decode("cp1252", errors="replace")


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16_without_mark(data: bytes) -> str:
    """In UTF-16 every other byte of a Latin text is zero: the even ones say which end is first."""
    head = data[:4096]
    half = len(head) // 2
    if half and head[1::2].count(0) > 0.7 * half and head[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if half and head[0::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""
