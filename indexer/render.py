"""One page of a PDF -> a JPEG picture with places marked. Reads the file, keeps nothing open.

It does not read text: that is indexer/read. PDFium is not safe to call from two threads at once,
so one lock stands around all of it. The last pictures are kept: many people open the same source.
"""

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from figures.cells import Box

WIDTH = 1100  # pixels: sharp at the width a page is read at
QUALITY = 75  # of JPEG, which takes a tenth of the time that lossless WebP does
KEPT = 64  # pictures, of 100 to 300 kB each
MAX_SIDE = 4000  # a page of extreme shape is made smaller, not refused
MARK = (255, 222, 89)  # multiplied with the page, as a highlighter pen is
EDGE = (196, 71, 0)
MARGIN = 2.0  # points around a box, so that the edge does not touch the words

_PDFIUM = Lock()


def render_page(path: Path, number: int, boxes: Sequence[Box] = ()) -> bytes | None:
    """Page `number` (1-based) as JPEG with `boxes` marked; None when there is no such page."""
    return _picture(path, path.stat().st_mtime_ns, number, tuple(boxes))


@lru_cache(maxsize=KEPT)
def _picture(path: Path, _changed: int, number: int, boxes: tuple[Box, ...]) -> bytes | None:
    with _PDFIUM:
        document = pypdfium2.PdfDocument(path)
        try:
            if not 1 <= number <= len(document):
                return None
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(WIDTH / width, MAX_SIDE / height)
            picture = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
        finally:
            document.close()
    _mark(picture, [_pixels(box, scale, picture.size) for box in boxes])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _mark(picture: Image.Image, places: Sequence[tuple[int, int, int, int]]) -> None:
    """Draw on the picture; only the part around the places is worked on."""
    if not places:
        return
    lefts, tops, rights, lows = zip(*places, strict=True)
    left, top = min(lefts), min(tops)
    part = picture.crop((left, top, max(rights) + 1, max(lows) + 1))
    inside = [(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in places]
    pen = Image.new("RGB", part.size, "white")
    for place in inside:
        ImageDraw.Draw(pen).rectangle(place, fill=MARK)
    marked = ImageChops.multiply(part, pen)
    for place in inside:
        ImageDraw.Draw(marked).rectangle(place, outline=EDGE, width=2)
    picture.paste(marked, (left, top))


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
