"""A line with Markdown or HTML marks in, its words out.

Raised footnote numbers are dropped: "kommunene<sup>1</sup>" is "kommunene". Links keep their text.
"""

import html
import re

_RAISED = re.compile(r"<sup>\s*[\d*,) ]{1,6}\s*</sup>", re.IGNORECASE)
_RAISED_CHARACTER = re.compile(r"(?<=[^\W\d_])[¹²³⁴⁵⁶⁷⁸⁹]+(?!\w)(?<!m²)(?<!m³)")
_BREAK = re.compile(r"</?(?:br|p|li|ul|ol|div|td|tr)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*\b(?:\s[^<>]*)?/?>|<!--.*?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"(?<!\\)\[([^\]]+)\]\((?:[^()]|\([^)]*\))*\)")
_BARE_LINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_STRONG = re.compile(r"(?<![\\\w])(\*{1,3}|_{1,3})(?=[^\s*_])(.+?)(?<=[^\s\\])\1(?!\w)")
_CODE = re.compile(r"`([^`]+)`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_SPACES = re.compile(r"[ \t\u00a0]+")
_BOLD = re.compile(r"(?:<b>|<strong>|\*\*|__).+(?:</b>|</strong>|\*\*|__)", re.IGNORECASE)
_FOOTNOTE = re.compile(
    r"<sup>\s*\d+\s*</sup>\s*\S|(?:\\?\*)+\)\s?\S|\\\*|(\*{1,4})\s?[^*\s](?!.*\1)"
    r"|\[\^\w+\]:\s|note\s*\d*\s*:",
    re.IGNORECASE,
)


def plain_text(text: str) -> str:
    """Take the marks off; line breaks stay.

    >>> plain_text("**Mål 8:** se [planen](https://a.no)<sup>2</sup>")
    'Mål 8: se planen'
    """
    text = _BARE_LINK.sub(r"\1", _RAISED.sub("", text))
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _TAG.sub("", _BREAK.sub(" ", text))
    for _ in range(2):  # bold around italics
        text = _STRONG.sub(r"\2", text)
    text = _RAISED_CHARACTER.sub("", _ESCAPE.sub(r"\1", _CODE.sub(r"\1", text)))
    return _SPACES.sub(" ", html.unescape(text)).replace("\u00ad", "").strip()


def is_bold(text: str) -> bool:
    """Tell whether all of a cell or line is set in bold."""
    return bool(_BOLD.fullmatch(text.strip()))


def is_footnote(text: str) -> bool:
    """Tell whether a line, marks and all, begins as a footnote: "<sup>6</sup> Dette", "*) Ikke"."""
    return bool(_FOOTNOTE.match(text.lstrip()))
