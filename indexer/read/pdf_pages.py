"""A PDF file in, its pages' words and strokes out. The one door to PDFium.

Everything is placed in points from the top left corner of the page as a viewer shows it.
PDFium is called through its C functions: a call costs about a microsecond, so a word costs five
calls and a character none. No layout is understood here.
"""

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2_raw import bindings

from figures.errors import ReadError

MAX_PAGES = 10_000
MAX_PAGE_CHARACTERS = 150_000
_MAX_OBJECTS = 60_000  # a map or a drawing; its strokes rule no table
_MAX_SEGMENTS = 4_000
_SMALLEST_TYPE = 2.0  # points; nobody can read less
_TEXT, _PATH, _FORM = 1, 2, 5
# PDFium reads on over a hyphen at a line end (U+0002, U+FFFE); the word's parts stand apart.
_WORD = re.compile(r"[^\s\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_LIGATURE = set("filtj")
# U+0002 is PDFium's hyphen at a line end; U+F0B7 and its like are bullets of symbol fonts.
_CHARACTERS = {0x02: "-", 0xAD: "-", 0xF0B7: "•", 0xF0A7: "•", 0xF02D: "–", 0xFFFE: "-"}
_NOTHING = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFF, 0x200E, 0x200F])
_CLEAN = {**_CHARACTERS, **_NOTHING}
_UNCLEAN = re.compile("[" + "".join(map(chr, _CLEAN)) + "]")


class Word(NamedTuple):
    """A run of characters without a space. `bottom` is the font's descent, the same on a line."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    size: float
    bold: bool
    glued: bool  # no space before it: the part of a word where the type changes size


class Stroke(NamedTuple):
    """A thin line or a thin filled box, level or upright."""

    x0: float
    top: float
    x1: float
    bottom: float


class Fill(NamedTuple):
    """A filled box behind text, and how light it is (1.0 is white)."""

    x0: float
    top: float
    x1: float
    bottom: float
    light: float


@dataclass(slots=True, kw_only=True)
class RawPage:
    """A page as drawn."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    hidden: int = 0  # words no reader can see: white on white, tiny, off the page, no width
    pictures: int = 0


def _function(name: str, *, result: Any = ctypes.c_int) -> Any:
    """A function of our own over the C symbol: handles as plain integers are twice as fast."""
    function = bindings._libs["pdfium"][name]
    function.argtypes = None
    function.restype = result
    return function


_loose_box = _function("FPDFText_GetLooseCharBox")
_text_object = _function("FPDFText_GetTextObject", result=ctypes.c_void_p)
_object_font = _function("FPDFTextObj_GetFont", result=ctypes.c_void_p)
_fill_color = _function("FPDFPageObj_GetFillColor")
_render_mode = _function("FPDFTextObj_GetTextRenderMode")
_page_object = _function("FPDFPage_GetObject", result=ctypes.c_void_p)
_form_object = _function("FPDFFormObj_GetObject", result=ctypes.c_void_p)
_object_type = _function("FPDFPageObj_GetType")
_bounds = _function("FPDFPageObj_GetBounds")
_matrix = _function("FPDFPageObj_GetMatrix")
_char_matrix = _function("FPDFText_GetMatrix")


@contextmanager
def open_pdf(path: Path) -> Iterator["Pdf"]:
    """The file, opened; ReadError in one line when it cannot be."""
    pdfium.FPDF_InitLibrary()
    data = path.read_bytes()
    if b"%PDF-" not in data[:1024]:
        raise ReadError(
            f"{path.name}: not a PDF file (it does not begin with %PDF); "
            "give it the ending of what it is, or export it as PDF again"
        )
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        raise ReadError(f"{path.name}: {_why_not(pdfium.FPDF_GetLastError())}")
    try:
        yield Pdf(handle, path.name)
    finally:
        pdfium.FPDF_CloseDocument(handle)
        del data  # PDFium reads from it until the document is closed


def _why_not(code: int) -> str:
    if code == pdfium.FPDF_ERR_PASSWORD:
        return "locked with a password; save a copy without one and index the copy"
    if code == pdfium.FPDF_ERR_SECURITY:
        return "encrypted in a way that cannot be read; save an open copy and index the copy"
    return (
        "not a readable PDF (damaged or cut short); open it in a viewer, and if it opens there, "
        "print it to a new PDF and index that"
    )


class Pdf:
    """An open document."""

    def __init__(self, handle: Any, name: str) -> None:
        self._handle = handle
        self.name = name
        self.page_count: int = pdfium.FPDF_GetPageCount(handle)
        if self.page_count < 1:
            raise ReadError(f"{name}: has no pages; export it again from where it was made")
        if self.page_count > MAX_PAGES:
            raise ReadError(
                f"{name}: has {self.page_count} pages, more than the {MAX_PAGES} allowed; "
                "split it and index the parts"
            )

    def title(self) -> str:
        """The title in the file's metadata, or nothing."""
        size = pdfium.FPDF_GetMetaText(self._handle, b"Title", None, 0)
        buffer = ctypes.create_string_buffer(max(2, size))
        pdfium.FPDF_GetMetaText(self._handle, b"Title", buffer, size)
        return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").strip()

    def page(self, index: int) -> RawPage:
        """Read one page, counted from 0."""
        page = pdfium.FPDF_LoadPage(self._handle, index)
        if not page:
            raise ReadError(f"{self.name}: page {index + 1} is damaged; repair the file first")
        try:
            return _page_to_raw(page, index + 1, self.name)
        finally:
            pdfium.FPDF_ClosePage(page)

    def picture(self, index: int, *, dots_per_inch: int = 300) -> tuple[int, int, bytes]:
        """A page drawn in grey: width, height and one byte for each dot."""
        page = pdfium.FPDF_LoadPage(self._handle, index)
        scale = dots_per_inch / 72
        wide = int(pdfium.FPDF_GetPageWidthF(page) * scale)
        high = int(pdfium.FPDF_GetPageHeightF(page) * scale)
        bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_Gray, None, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, 0)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            dots = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * high)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
            pdfium.FPDF_ClosePage(page)
        return wide, high, b"".join(dots[y * stride : y * stride + wide] for y in range(high))


class _Place:
    """From the page's own space (origin at the bottom, perhaps turned) to the shown page's."""

    def __init__(self, page: Any) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
        self.left, self.right = min(box.left, box.right), max(box.left, box.right)
        self.low, self.high = min(box.bottom, box.top), max(box.bottom, box.top)
        self.turn: int = pdfium.FPDFPage_GetRotation(page)

    def box(
        self, x0: float, y0: float, x1: float, y1: float
    ) -> tuple[float, float, float, float]:
        """left, bottom, right, top -> x0, top, x1, bottom."""
        if self.turn == 0:
            return x0 - self.left, self.high - y1, x1 - self.left, self.high - y0
        if self.turn == 1:
            return y0 - self.low, x0 - self.left, y1 - self.low, x1 - self.left
        if self.turn == 2:
            return self.right - x1, y0 - self.low, self.right - x0, y1 - self.low
        return self.high - y1, self.right - x1, self.high - y0, self.right - x0


def _page_to_raw(page: Any, number: int, name: str) -> RawPage:
    raw = RawPage(
        number=number,
        width=pdfium.FPDF_GetPageWidthF(page),
        height=pdfium.FPDF_GetPageHeightF(page),
    )
    place = _Place(page)
    _read_objects(page, raw, place)
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return raw
    try:
        _read_words(text_page, raw, place, name)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return raw


def _page_text(text_page: Any, count: int) -> str:
    """The page's characters, one for each index of the C interface."""
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)


class _Fonts:
    """What a font says of itself, asked once for each: is it bold, how tall is its box."""

    def __init__(self, text_page: int) -> None:
        self._text_page = text_page
        self._known: dict[int, tuple[bool, float]] = {}

    def of(self, font: int, index: int, tall: float) -> tuple[bool, float]:
        """Whether it is bold, and the box height of one point of type."""
        known = self._known.get(font)
        if known is None:
            known = self._known[font] = self._ask(font, index, tall)
        return known

    def _ask(self, font: int, index: int, tall: float) -> tuple[bool, float]:
        buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        page = ctypes.c_void_p(self._text_page)
        page_handle = ctypes.cast(page, pdfium.FPDF_TEXTPAGE)
        pdfium.FPDFText_GetFontInfo(page_handle, index, buffer, 128, ctypes.byref(flags))
        bold = bool(_BOLD.search(buffer.value.decode("latin-1")) or flags.value & _FORCE_BOLD)
        matrix = (ctypes.c_float * 6)()
        _char_matrix(page, index, ctypes.byref(matrix))
        scale = (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5 or 1.0
        size = pdfium.FPDFText_GetFontSize(page_handle, index) * scale
        ratio = tall / size if size > 0 else 1.2
        return bold, ratio if 0.6 < ratio < 2.0 else 1.2


def _read_words(text_page: Any, raw: RawPage, place: _Place, name: str) -> None:
    """Words with their boxes: the first and the last character's box say it all."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return
    if count > MAX_PAGE_CHARACTERS:
        raise ReadError(
            f"{name}: page {raw.number} holds {count} characters, more than the "
            f"{MAX_PAGE_CHARACTERS} allowed; it is hardly a page of a report, take it out"
        )
    text = _page_text(text_page, count)
    page = ctypes.cast(text_page, ctypes.c_void_p)
    fonts = _Fonts(page.value or 0)
    box = (ctypes.c_float * 4)()  # left, top, right, bottom
    address = ctypes.byref(box)
    color = (ctypes.c_uint * 4)()
    red, green, blue, alpha = (ctypes.byref(color, 4 * i) for i in range(4))
    dark = [fill for fill in raw.fills if fill.light < 0.75]
    turned, words, c_void = place.turn, raw.words, ctypes.c_void_p

    for match in _WORD.finditer(text):
        first, last = match.start(), match.end() - 1
        _loose_box(page, first, address)
        left, top, right, bottom = box
        tall = top - bottom
        if last > first:
            _loose_box(page, last, address)
            last_tall, last_bottom = box[1] - box[3], box[3]
            left, right = min(left, box[0]), max(right, box[2])
        else:
            last_tall, last_bottom = tall, bottom
        glyphs = c_void(_text_object(page, first))
        bold, ratio = fonts.of(_object_font(glyphs) or 0, first, tall)
        word = match.group()
        if _UNCLEAN.search(word):
            word = word.translate(_CLEAN)
            if not word:
                continue
        if abs(last_tall - tall) > 0.12 * tall or abs(last_bottom - bottom) > 0.12 * tall:
            _split_word(page, match, place, fonts, words)
            continue
        if turned:
            x0, y0, x1, y1 = place.box(left, bottom, right, top)
        else:
            x0, y0 = left - place.left, place.high - top
            x1, y1 = right - place.left, place.high - bottom
        size = tall / ratio
        _fill_color(glyphs, red, green, blue, alpha)
        if (
            size < _SMALLEST_TYPE
            or x1 - x0 < 0.05
            or x1 < 0
            or y1 < 0
            or x0 > raw.width
            or y0 > raw.height
            or color[3] < 13
            or _render_mode(glyphs) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            or (
                color[0] > 247
                and color[1] > 247
                and color[2] > 247
                and not raw.pictures
                and not any(
                    fill.x0 <= x0 + 1 and fill.x1 >= x1 - 1 and fill.top < y1 and fill.bottom > y0
                    for fill in dark
                )
            )
        ):
            raw.hidden += 1
            continue
        words.append(Word(x0, y0, x1, y1, word, size, bold, False))


def _split_word(
    page: Any, match: re.Match[str], place: _Place, fonts: _Fonts, words: list[Word]
) -> None:
    """A word in which the type changes, "Resultat¹⁾": one word for each run of a size."""
    box = (ctypes.c_float * 4)()
    runs: list[list[Any]] = []  # text, left, bottom, right, top, first index
    for index, character in enumerate(match.group(), match.start()):
        _loose_box(page, index, ctypes.byref(box))
        left, top, right, bottom = box
        tall = top - bottom
        if runs:
            run = runs[-1]
            before = run[4] - run[2]
            if abs(tall - before) <= 0.12 * before and abs(bottom - run[2]) <= 0.12 * before:
                run[0] += character
                run[3] = max(run[3], right)
                continue
        runs.append([character, left, bottom, right, top, index])
    runs = _with_ligatures(runs)
    for number, (text, left, bottom, right, top, index) in enumerate(runs):
        glyphs = ctypes.c_void_p(_text_object(page, index))
        bold, ratio = fonts.of(_object_font(glyphs) or 0, index, top - bottom)
        clean = text.translate(_CLEAN)
        if clean and (top - bottom) / ratio >= _SMALLEST_TYPE:
            x0, y0, x1, y1 = place.box(left, bottom, right, top)
            words.append(
                Word(x0, y0, x1, y1, clean, (top - bottom) / ratio, bold, number > 0)
            )


def _with_ligatures(runs: list[list[Any]]) -> list[list[Any]]:
    """Put "ﬁ" and its like back: PDFium gives the letters of a ligature a box without descent."""
    whole: list[list[Any]] = []
    for run in runs:
        before = whole[-1] if whole else None
        if before and (_LIGATURE >= set(run[0]) or _LIGATURE >= set(before[0])):
            tall = max(before, run, key=lambda r: r[4] - r[2])
            before[:] = [
                before[0] + run[0],
                before[1],
                tall[2],
                max(before[3], run[3]),
                tall[4],
                tall[5],
            ]
        else:
            whole.append(run)
    return whole


def _read_objects(page: Any, raw: RawPage, place: _Place) -> None:
    """Strokes, fills and the number of pictures."""
    handle = ctypes.cast(page, ctypes.c_void_p)
    count = pdfium.FPDFPage_CountObjects(page)
    drawing = _Drawing(raw, place)
    void = ctypes.c_void_p
    for index in range(min(count, _MAX_OBJECTS)):
        item = void(_page_object(handle, index))
        kind = _object_type(item)
        if kind != _TEXT:
            drawing.add(item, kind, None, 0)


_T = tuple[float, float, float, float, float, float]


class _Drawing:
    """Collects what is drawn on a page, through nested forms."""

    def __init__(self, raw: RawPage, place: _Place) -> None:
        self.raw = raw
        self.place = place
        self.box = (ctypes.c_float * 4)()
        self.seen = 0

    def add(self, item: Any, kind: int, outer: _T | None, depth: int) -> None:
        """Take in one object; `outer` places a form's own space on the page."""
        self.seen += 1
        if kind == _PATH:
            self._path(item, outer)
        elif kind == _FORM and depth < 4:
            matrix = _multiply(_matrix_of(item), outer)
            form = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
            for index in range(pdfium.FPDFFormObj_CountObjects(form)):
                if self.seen > _MAX_OBJECTS:
                    return
                inner = ctypes.c_void_p(_form_object(item, ctypes.c_ulong(index)))
                self.add(inner, _object_type(inner), matrix, depth + 1)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.raw.pictures += 1

    def _path(self, item: Any, outer: _T | None) -> None:
        box = self.box
        if not _bounds(
            item, *(ctypes.byref(box, 4 * i) for i in range(4))
        ):
            return
        path = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        if not fill.value and not stroke.value:
            return
        segments = pdfium.FPDFPath_CountSegments(path)
        corners = _moved(box[0], box[1], box[2], box[3], outer)
        whole = self.place.box(*corners)
        thin = min(whole[2] - whole[0], whole[3] - whole[1]) <= 2.5
        light = 0.0
        if fill.value and not thin:
            light = _lightness(item)
            if light is None:
                return
        if segments <= 5 or thin:
            self._rectangle(whole, bool(fill.value), light)
        elif segments <= _MAX_SEGMENTS:
            matrix = _multiply(_matrix_of(item), outer)
            for left, low, right, high in _subpaths(path, segments):
                part = self.place.box(*_moved(left, low, right, high, matrix))
                self._rectangle(part, bool(fill.value), light)

    def _rectangle(
        self, box: tuple[float, float, float, float], filled: bool, light: float
    ) -> None:
        x0, top, x1, bottom = box
        wide, high = x1 - x0, bottom - top
        strokes = self.raw.strokes
        if min(wide, high) <= 2.5:
            if max(wide, high) > 3:
                strokes.append(Stroke(x0, top, x1, bottom))
        elif filled:
            if wide > 6 and high > 4:
                self.raw.fills.append(Fill(x0, top, x1, bottom, light))
        elif wide > 6 and high > 4:
            strokes.append(Stroke(x0, top, x1, top))
            strokes.append(Stroke(x0, bottom, x1, bottom))
            strokes.append(Stroke(x0, top, x0, bottom))
            strokes.append(Stroke(x1, top, x1, bottom))


def _lightness(item: Any) -> float | None:
    """How light a fill is, from 0 (black) to 1 (white); None when it cannot be seen."""
    color = (ctypes.c_uint * 4)()
    _fill_color(item, *(ctypes.byref(color, 4 * i) for i in range(4)))
    if color[3] < 13:
        return None
    shade = (0.3 * color[0] + 0.59 * color[1] + 0.11 * color[2]) / 255
    return 1 - (1 - shade) * color[3] / 255


def _matrix_of(item: Any) -> _T:
    matrix = (ctypes.c_float * 6)()
    _matrix(item, ctypes.byref(matrix))
    return tuple(matrix)  # type: ignore[return-value]


def _multiply(inner: _T, outer: _T | None) -> _T:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _moved(
    left: float, low: float, right: float, high: float, matrix: _T | None
) -> tuple[float, float, float, float]:
    if matrix is None:
        return left, low, right, high
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (left, right) for y in (low, high)]
    ys = [b * x + d * y + f for x in (left, right) for y in (low, high)]
    return min(xs), min(ys), max(xs), max(ys)


def _subpaths(path: Any, count: int) -> Iterator[tuple[float, float, float, float]]:
    """The box of each straight piece of a path of many pieces, in the path's own space."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield _around(points)
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        points.append((x.value, y.value))
    if len(points) > 1 and not curved:
        yield _around(points)


def _around(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)
