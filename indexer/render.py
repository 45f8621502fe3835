"""One page of a PDF -> a WebP picture with places marked. Reads the file, keeps nothing open.

It does not read text: that is indexer/read. PDFium is not safe to call from two threads at once,
so one lock stands around all of it.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from figures.cells import Box

WIDTH = 1100  # pixels: sharp at the width a page is read at, about 40 ms and 100 kB a page
MAX_SIDE = 4000  # a page of extreme shape is made smaller, not refused
MARK = (255, 222, 89)  # multiplied with the page, as a highlighter pen is
EDGE = (196, 71, 0)
MARGIN = 2.0  # points around a box, so that the edge does not touch the words

_PDFIUM = Lock()


def render_page(path: Path, number: int, boxes: Sequence[Box] = ()) -> bytes | None:
    """Page `number` (1-based) as WebP with `boxes` marked; None when there is no such page."""
    with _PDFIUM:
        document = pypdfium2.PdfDocument(path)
        try:
            if not 1 <= number <= len(document):
                return None
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(WIDTH / width, MAX_SIDE / height)
            picture = page.render(scale=scale).to_pil().convert("RGB")
        finally:
            document.close()
    out = io.BytesIO()
    _mark(picture, boxes, scale).save(out, "WEBP", lossless=True, method=0)
    return out.getvalue()


def _mark(picture: Image.Image, boxes: Sequence[Box], scale: float) -> Image.Image:
    if not boxes:
        return picture
    pen = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(pen)
    places = [_pixels(box, scale, picture.size) for box in boxes]
    for place in places:
        draw.rectangle(place, fill=MARK)
    marked = ImageChops.multiply(picture, pen)
    draw = ImageDraw.Draw(marked)
    for place in places:
        draw.rectangle(place, outline=EDGE, width=2)
    return marked


def _pixels(box: Box, scale: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A box in pixels, inside the picture and with its corners in order."""
    x0, x1 = sorted((box[0], box[2]))
    top, bottom = sorted((box[1], box[3]))
    right, low = size[0] - 1, size[1] - 1
    return (
        max(0, min(right, round((x0 - MARGIN) * scale))),
        max(0, min(low, round((top - MARGIN) * scale))),
        max(0, min(right, round((x1 + MARGIN) * scale))),
        max(0, min(low, round((bottom + MARGIN) * scale))),
    )
