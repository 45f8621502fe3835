"""A picture of a page -> its words, read by tesseract where it is installed (language `nor`).

Words that tesseract is not sure of are left out. Nothing is installed or fetched from here.
"""

import shutil
import subprocess
from functools import cache

from indexer.read.pdf_marks import Word

DOTS_PER_INCH = 200
_SECONDS = 120  # for one page
_SURE = 40.0  # percent
_WORD_LEVEL = "5"


@cache
def tesseract() -> str | None:
    """Where tesseract is, if it is there and knows Norwegian."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    listed = subprocess.run(  # noqa: S603 - the program was found on the path
        [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
    )
    return program if "nor" in listed.stdout.split() else None


def picture_to_words(wide: int, high: int, dots: bytes) -> list[Word]:
    """Read a grey picture; empty where nothing can be read."""
    program = tesseract()
    if program is None:
        return []
    picture = b"P5 %d %d 255\n" % (wide, high) + dots
    try:
        read = subprocess.run(  # noqa: S603 - the program was found on the path, the input is data
            [program, "-", "-", "-l", "nor", "--dpi", str(DOTS_PER_INCH), "tsv"],
            input=picture,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return []
    return tsv_to_words(read.stdout.decode("utf-8", "replace"))


def tsv_to_words(table: str) -> list[Word]:
    """tesseract's table of words -> words in points; a line's words share its bottom edge."""
    scale = 72 / DOTS_PER_INCH
    lines: dict[tuple[str, ...], list[tuple[float, float, float, float, str]]] = {}
    for row in table.splitlines()[1:]:
        level, *place, left, top, wide, tall, sure, text = row.split("\t", 11)
        if level != _WORD_LEVEL or not text.strip() or float(sure) < _SURE:
            continue
        x, y = float(left) * scale, float(top) * scale
        end, foot = x + float(wide) * scale, y + float(tall) * scale
        lines.setdefault(tuple(place[:4]), []).append((x, y, end, foot, text.strip()))
    heights = sorted(max(w[3] for w in line) - min(w[1] for w in line) for line in lines.values())
    usual = heights[len(heights) // 2] if heights else 0.0
    words: list[Word] = []
    for line in lines.values():
        low, high = min(w[1] for w in line), max(w[3] for w in line)
        # A line without tall letters is lower than the next, in the same type.
        size = 0.9 * (usual if abs(high - low - usual) < 0.3 * usual else high - low)
        words += [Word(x0, low, x1, high, text, size, False, False) for x0, _, x1, _, text in line]
    return words
