"""An open page -> its words, each with its box, size and weight. No lines, no layout.

A word costs five calls to PDFium, a character none: the boxes of the first and the last character
say where a word stands, and whether its type changes in between. What no reader can see is left
out and counted.
"""

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass

from figures.errors import ReadError
from indexer.read import pdf_pages as pdf
from indexer.read.pdf_marks import Fill, Word

MAX_PAGE_CHARACTERS = 150_000
_SMALLEST_TYPE = 2.0  # points; nobody can read less
# PDFium reads on over a hyphen at a line end (U+0002, U+FFFE); the word's parts stand apart.
_WORD = re.compile(r"[^\s\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_LIGATURE = set("filtj")
# U+F0B7 and its like are bullets of symbol fonts; the last row has no width.
_CLEAN: dict[int, str | None] = {
    0x02: "-",
    0xFFFE: "-",
    0xAD: "-",
    0xF0B7: "•",
    0xF0A7: "•",
    0xF02D: "–",
    **dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFF, 0x200E, 0x200F]),
}
_UNCLEAN = re.compile("[" + "".join(map(chr, _CLEAN)) + "]")


@dataclass(slots=True)
class _Run:
    """Characters of one word in one type."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    index: int

    @property
    def tall(self) -> float:
        return self.top - self.bottom


def page_to_words(
    page: pdf.OpenPage, fills: Sequence[Fill], pictures: int
) -> tuple[list[Word], int]:
    """The page's words in the file's order, and how many were left out as invisible."""
    count = pdf.char_count(page.text) if page.text else 0
    if count <= 0:
        return [], 0
    if count > MAX_PAGE_CHARACTERS:
        raise ReadError(
            f"{page.file}: page {page.number} holds {count} characters, more than the "
            f"{MAX_PAGE_CHARACTERS} allowed; it is hardly a page of a report, take it out"
        )
    fonts = _Fonts(page.text)
    box = (ctypes.c_float * 4)()  # left, top, right, bottom
    address = ctypes.addressof(box)
    seen = _Visible(page, fills, pictures)
    char_box, char_object, text_font = pdf.char_box, pdf.char_object, pdf.text_font
    text, words, hidden = page.text, list[Word](), 0

    for match in _WORD.finditer(_page_text(text, count)):
        first, last = match.start(), match.end() - 1
        char_box(text, first, address)
        left, top, right, bottom = box
        tall = top - bottom
        if last > first:
            char_box(text, last, address)
            if abs(box[1] - top) > 0.12 * tall or abs(box[3] - bottom) > 0.12 * tall:
                words += _split_word(page, match, fonts)
                continue
            left, right = min(left, box[0]), max(right, box[2])
        glyphs = char_object(text, first)
        bold, ratio = fonts.of(text_font(glyphs) or 0, first, tall)
        word = match.group()
        if _UNCLEAN.search(word):
            word = word.translate(_CLEAN)
        x0, y0, x1, y1 = page.place(left, bottom, right, top)
        if not word or not seen.word(glyphs, x0, y0, x1, y1, tall / ratio):
            hidden += 1
            continue
        words.append(Word(x0, y0, x1, y1, word, tall / ratio, bold, False))
    return words, hidden


def _page_text(text: int, count: int) -> str:
    """The page's characters, one for each index of the C interface."""
    buffer = (ctypes.c_ushort * (count + 1))()
    pdf.char_text(text, 0, count, ctypes.addressof(buffer))
    whole = bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
    if len(whole) == count:
        return whole
    codes = (pdf.char_code(text, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)


class _Fonts:
    """What a font says of itself, asked once for each: is it bold, how tall is its box."""

    def __init__(self, text: int) -> None:
        self._text = text
        self._known: dict[int, tuple[bool, float]] = {}

    def of(self, font: int, index: int, tall: float) -> tuple[bool, float]:
        """Whether it is bold, and the box height of one point of type."""
        known = self._known.get(font)
        if known is None:
            known = self._known[font] = self._ask(index, tall)
        return known

    def _ask(self, index: int, tall: float) -> tuple[bool, float]:
        buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        pdf.char_font(self._text, index, ctypes.addressof(buffer), 128, ctypes.addressof(flags))
        bold = bool(_BOLD.search(buffer.value.decode("latin-1")) or flags.value & _FORCE_BOLD)
        matrix = (ctypes.c_float * 6)()
        pdf.char_matrix(self._text, index, ctypes.addressof(matrix))
        scale = (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5 or 1.0
        size = pdf.char_size(self._text, index) * scale
        ratio = tall / size if size > 0 else 1.2
        return bold, ratio if 0.6 < ratio < 2.0 else 1.2


class _Visible:
    """Whether a reader of the page sees a word."""

    def __init__(self, page: pdf.OpenPage, fills: Sequence[Fill], pictures: int) -> None:
        self._wide, self._high = page.width, page.height
        self._dark = [fill for fill in fills if fill.light < 0.75]
        self._pictures = pictures
        self._color = (ctypes.c_uint * 4)()
        start = ctypes.addressof(self._color)
        self._addresses = [start + 4 * at for at in range(4)]

    def word(
        self, glyphs: int, x0: float, top: float, x1: float, bottom: float, size: float
    ) -> bool:
        """Not tiny, not without width, not off the page, not painted with nothing or in white."""
        if size < _SMALLEST_TYPE or x1 - x0 < 0.05:
            return False
        if x1 < 0 or bottom < 0 or x0 > self._wide or top > self._high:
            return False
        pdf.fill_color(glyphs, *self._addresses)
        red, green, blue, alpha = self._color
        if alpha < 13 or pdf.text_mode(glyphs) == pdf.INVISIBLE:
            return False
        if min(red, green, blue) < 248 or self._pictures:
            return True
        return any(
            fill.x0 <= x0 + 1 and fill.x1 >= x1 - 1 and fill.top < bottom and fill.bottom > top
            for fill in self._dark
        )


def _split_word(page: pdf.OpenPage, match: re.Match[str], fonts: _Fonts) -> list[Word]:
    """A word in which the type changes, "Resultat¹⁾": one word for each run of a size."""
    box = (ctypes.c_float * 4)()
    runs: list[_Run] = []
    for index, character in enumerate(match.group(), match.start()):
        pdf.char_box(page.text, index, ctypes.addressof(box))
        left, top, right, bottom = box
        run = runs[-1] if runs else None
        if run and abs(top - run.top) + abs(bottom - run.bottom) <= 0.15 * run.tall:
            run.text += character
            run.right = max(run.right, right)
        else:
            runs.append(_Run(character, left, bottom, right, top, index))
    words: list[Word] = []
    for run in _with_ligatures(runs):
        font = pdf.text_font(pdf.char_object(page.text, run.index)) or 0
        bold, ratio = fonts.of(font, run.index, run.tall)
        clean = run.text.translate(_CLEAN)
        if clean and run.tall / ratio >= _SMALLEST_TYPE:
            x0, y0, x1, y1 = page.place(run.left, run.bottom, run.right, run.top)
            words.append(Word(x0, y0, x1, y1, clean, run.tall / ratio, bold, bool(words)))
    return words


def _with_ligatures(runs: Sequence[_Run]) -> list[_Run]:
    """Put "ﬁ" and its like back: PDFium gives the letters of a ligature a box without descent."""
    whole: list[_Run] = []
    for run in runs:
        before = whole[-1] if whole else None
        if before and (set(run.text) <= _LIGATURE or set(before.text) <= _LIGATURE):
            tall = max(before, run, key=lambda r: r.tall)
            right = max(before.right, run.right)
            whole[-1] = _Run(
                before.text + run.text, before.left, tall.bottom, right, tall.top, tall.index
            )
        else:
            whole.append(run)
    return whole
