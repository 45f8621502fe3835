"""Text in, its lines out with what the spaces around the words tell.

In text taken from a PDF every cell of a table ends in one space, so that spaces too many, at the
end of a line or alone on one, are cells that were empty. A no-break space between digits is kept:
it says that they are one number.
"""

import re
from dataclasses import dataclass

_THIN = re.compile("[\u00a0\u202f\u2009\u2007]")
_INSIDE_NUMBER = re.compile("(?<=\\d)[\u00a0\u202f\u2009\u2007](?=\\d{3}(?!\\d))")
JOINT = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line without the spaces around it, and how many they were."""

    text: str
    lead: int = 0  # spaces before the text
    trail: int = 0  # spaces after the text; all of them, on a line with nothing else
    page: int = 1
    number: int = 0  # position in the file, from 0


def to_lines(text: str) -> list[Line]:
    """Split a text into lines; a form feed begins a new page."""
    lines = []
    page = 1
    for number, raw in enumerate(text.split("\n")):
        page += raw.count("\f")
        line = _INSIDE_NUMBER.sub("\x00", raw.replace("\f", "").replace("\u00ad", ""))
        line = _THIN.sub(" ", line).replace("\x00", JOINT).replace("\t", "  ")
        bare = line.strip(" ")
        lead = len(line) - len(line.lstrip(" ")) if bare else 0
        trail = len(line) - len(line.rstrip(" ")) if bare else len(line)
        lines.append(Line(text=bare, lead=lead, trail=trail, page=page, number=number))
    return lines
