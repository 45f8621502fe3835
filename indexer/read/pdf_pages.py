"""A PDF file in, its open pages out. The one door to PDFium, with the functions others need.

PDFium is called through its C functions, a microsecond or so each; handles are plain integers and
results go into buffers that are used again.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from figures.errors import ReadError

MAX_PAGES = 10_000

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5  # kinds of page objects
LINE_TO, CURVE_TO, MOVE_TO = 0, 1, 2  # kinds of path segments
INVISIBLE = 3  # a way of showing text

_int, _uint, _handle, _buffer = ctypes.c_int, ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p


def _function(name: str, result: Any, *arguments: Any) -> Any:
    """The C function with handles as integers: twice as fast as with a class for each handle."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


char_count = _function("FPDFText_CountChars", _int, _handle)
char_text = _function("FPDFText_GetText", _int, _handle, _int, _int, _buffer)
char_code = _function("FPDFText_GetUnicode", _uint, _handle, _int)
char_box = _function("FPDFText_GetLooseCharBox", _int, _handle, _int, _buffer)
char_matrix = _function("FPDFText_GetMatrix", _int, _handle, _int, _buffer)
char_size = _function("FPDFText_GetFontSize", ctypes.c_double, _handle, _int)
char_font = _function(
    "FPDFText_GetFontInfo", ctypes.c_ulong, _handle, _int, _buffer, ctypes.c_ulong, _buffer
)
char_object = _function("FPDFText_GetTextObject", _handle, _handle, _int)
text_font = _function("FPDFTextObj_GetFont", _handle, _handle)
text_mode = _function("FPDFTextObj_GetTextRenderMode", _int, _handle)
fill_color = _function(
    "FPDFPageObj_GetFillColor", _int, _handle, _buffer, _buffer, _buffer, _buffer
)
object_count = _function("FPDFPage_CountObjects", _int, _handle)
object_at = _function("FPDFPage_GetObject", _handle, _handle, _int)
object_kind = _function("FPDFPageObj_GetType", _int, _handle)
object_bounds = _function(
    "FPDFPageObj_GetBounds", _int, _handle, _buffer, _buffer, _buffer, _buffer
)
object_matrix = _function("FPDFPageObj_GetMatrix", _int, _handle, _buffer)
form_count = _function("FPDFFormObj_CountObjects", _int, _handle)
form_object = _function("FPDFFormObj_GetObject", _handle, _handle, ctypes.c_ulong)
path_mode = _function("FPDFPath_GetDrawMode", _int, _handle, _buffer, _buffer)
path_count = _function("FPDFPath_CountSegments", _int, _handle)
path_segment = _function("FPDFPath_GetPathSegment", _handle, _handle, _int)
segment_kind = _function("FPDFPathSegment_GetType", _int, _handle)
segment_point = _function("FPDFPathSegment_GetPoint", _int, _handle, _buffer, _buffer)


class DamagedPage(Exception):
    """A page that cannot be opened; the others may still be read."""


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
        title = buffer.raw.decode("utf-16-le", "replace").rstrip("\0").strip()
        title = title.removeprefix("Microsoft Word - ").removesuffix(".docx")
        return "" if title.lower() in ("untitled", "uten navn") else title

    @contextmanager
    def page(self, index: int) -> Iterator["OpenPage"]:
        """One page, counted from 0, open for reading."""
        handle = pdfium.FPDF_LoadPage(self._handle, index)
        if not handle:
            raise DamagedPage(index + 1)
        text = pdfium.FPDFText_LoadPage(handle)
        try:
            yield OpenPage(handle, text, index + 1, self.name)
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(handle)


class OpenPage:
    """A page while it is open: handles for the functions above, and where things stand on it."""

    def __init__(self, handle: Any, text: Any, number: int, file: str) -> None:
        self._shown = handle
        self.file = file
        self.number = number
        self.handle: int = ctypes.cast(handle, ctypes.c_void_p).value or 0
        self.text: int = (ctypes.cast(text, ctypes.c_void_p).value or 0) if text else 0
        self.width: float = pdfium.FPDF_GetPageWidthF(handle)
        self.height: float = pdfium.FPDF_GetPageHeightF(handle)
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(handle, ctypes.byref(box))
        self.left, self.right = min(box.left, box.right), max(box.left, box.right)
        self.low, self.high = min(box.bottom, box.top), max(box.bottom, box.top)
        self.turn: int = pdfium.FPDFPage_GetRotation(handle)

    def place(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, ...]:
        """left, bottom, right, top in the page's own space -> x0, top, x1, bottom as shown."""
        if self.turn == 0:
            return x0 - self.left, self.high - y1, x1 - self.left, self.high - y0
        if self.turn == 1:
            return y0 - self.low, x0 - self.left, y1 - self.low, x1 - self.left
        if self.turn == 2:
            return self.right - x1, y0 - self.low, self.right - x0, y1 - self.low
        return self.high - y1, self.right - x1, self.high - y0, self.right - x0

    def picture(self, dots_per_inch: int) -> tuple[int, int, bytes]:
        """The page drawn in grey: width, height and one byte for each dot."""
        scale = dots_per_inch / 72
        wide, high = max(1, int(self.width * scale)), max(1, int(self.height * scale))
        bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_Gray, None, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, self._shown, 0, 0, wide, high, 0, 0)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            dots = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * high)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        return wide, high, b"".join(dots[y * stride : y * stride + wide] for y in range(high))
