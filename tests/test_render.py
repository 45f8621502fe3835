"""Pages as pictures: where the mark is, and what is kept."""

import io
import os
from pathlib import Path

from PIL import Image
from small_service import typeset_report

from indexer.render import WIDTH, render_page

BOX = (70.0, 257.0, 512.0, 273.0)


def test_only_the_marked_place_is_yellow(tmp_path: Path) -> None:
    typeset_report(tmp_path / "a.pdf")
    image = render_page(tmp_path / "a.pdf", 1, [BOX, (70.0, 300.0, 100.0, 310.0)])
    assert image is not None
    with Image.open(io.BytesIO(image)) as picture:
        scale = WIDTH / 595.28
        assert picture.width == WIDTH
        for (x, y), blue in (
            ((300, 260), 89),
            ((80, 305), 89),
            ((300, 305), 255),
            ((300, 240), 255),
        ):
            pixel = picture.getpixel((round(x * scale), round(y * scale)))
            assert isinstance(pixel, tuple)
            assert abs(pixel[2] - blue) <= 6


def test_a_picture_is_kept_until_its_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    typeset_report(path)
    first = render_page(path, 1, [BOX])
    assert render_page(path, 1, [BOX]) is first
    os.utime(path, ns=(1, 1))
    assert render_page(path, 1, [BOX]) is not first
    assert render_page(path, 3) is None
