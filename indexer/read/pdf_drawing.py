"""An open page -> the strokes and fills drawn on it, through nested forms. Curves are left out."""

import ctypes
from collections.abc import Iterator

from indexer.read import pdf_pages as pdf
from indexer.read.pdf_marks import Fill, Stroke

_MAX_OBJECTS = 60_000  # a map or a drawing; its strokes rule no table
_MAX_SEGMENTS = 4_000
_THIN = 2.5  # points; a filled box as thin as this is a line
_Matrix = tuple[float, ...]
_Box = tuple[float, ...]


def page_to_drawing(page: pdf.OpenPage) -> tuple[list[Stroke], list[Fill], int]:
    """Strokes, fills, and the number of pictures."""
    drawing = _Drawing(page)
    object_at, object_kind, text = pdf.object_at, pdf.object_kind, pdf.TEXT
    for index in range(min(pdf.object_count(page.handle), _MAX_OBJECTS)):
        item = object_at(page.handle, index)
        kind = object_kind(item)
        if kind != text:
            drawing.add(item, kind, None, 0)
    return drawing.strokes, drawing.fills, drawing.pictures


class _Drawing:
    """Collects what is drawn."""

    def __init__(self, page: pdf.OpenPage) -> None:
        self.strokes: list[Stroke] = []
        self.fills: list[Fill] = []
        self.pictures = 0
        self._page = page
        self._seen = 0
        self._box = (ctypes.c_float * 4)()
        start = ctypes.addressof(self._box)
        self._sides = [start + 4 * at for at in range(4)]

    def add(self, item: int, kind: int, outer: _Matrix | None, depth: int) -> None:
        """Take in one object; `outer` places a form's own space on the page."""
        self._seen += 1
        if kind == pdf.PATH:
            self._path(item, outer)
        elif kind == pdf.FORM and depth < 4:
            matrix = _multiply(_matrix_of(item), outer)
            for index in range(pdf.form_count(item)):
                if self._seen > _MAX_OBJECTS:
                    return
                inner = pdf.form_object(item, index)
                self.add(inner, pdf.object_kind(inner), matrix, depth + 1)
        elif kind == pdf.IMAGE:
            self.pictures += 1

    def _path(self, item: int, outer: _Matrix | None) -> None:
        if not pdf.object_bounds(item, *self._sides):
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdf.path_mode(item, ctypes.addressof(fill), ctypes.addressof(stroke))
        if not fill.value and not stroke.value:
            return
        whole = self._page.place(*_moved(tuple(self._box), outer))
        thin = min(whole[2] - whole[0], whole[3] - whole[1]) <= _THIN
        light = _lightness(item) if fill.value and not thin else 0.0
        if light is None:
            return
        segments = pdf.path_count(item)
        if segments <= 5 or thin:
            self._rectangle(whole, bool(fill.value), light)
        elif segments <= _MAX_SEGMENTS:
            matrix = _multiply(_matrix_of(item), outer)
            for part in _subpaths(item, segments):
                placed = self._page.place(*_moved(part, matrix))
                self._rectangle(placed, bool(fill.value), light)

    def _rectangle(self, box: _Box, filled: bool, light: float) -> None:
        x0, top, x1, bottom = box
        wide, high = x1 - x0, bottom - top
        if min(wide, high) <= _THIN:
            if max(wide, high) > 3:
                self.strokes.append(Stroke(x0, top, x1, bottom))
        elif wide <= 6 or high <= 4:
            return
        elif filled:
            self.fills.append(Fill(x0, top, x1, bottom, light))
        else:
            self.strokes += (
                Stroke(x0, top, x1, top),
                Stroke(x0, bottom, x1, bottom),
                Stroke(x0, top, x0, bottom),
                Stroke(x1, top, x1, bottom),
            )


def _lightness(item: int) -> float | None:
    """How light a fill is, from 0 (black) to 1 (white); None when it cannot be seen."""
    color = (ctypes.c_uint * 4)()
    start = ctypes.addressof(color)
    pdf.fill_color(item, start, start + 4, start + 8, start + 12)
    red, green, blue, alpha = color
    if alpha < 13:
        return None
    shade = (0.3 * red + 0.59 * green + 0.11 * blue) / 255
    return 1 - (1 - shade) * alpha / 255


def _matrix_of(item: int) -> _Matrix:
    matrix = (ctypes.c_float * 6)()
    pdf.object_matrix(item, ctypes.addressof(matrix))
    return tuple(matrix)


def _multiply(inner: _Matrix, outer: _Matrix | None) -> _Matrix:
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


def _moved(box: _Box, matrix: _Matrix | None) -> _Box:
    """left, bottom, right, top under a matrix."""
    if matrix is None:
        return box
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)


def _subpaths(path: int, count: int) -> Iterator[_Box]:
    """The box of each straight piece of a path of many pieces, in the path's own space."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(count):
        segment = pdf.path_segment(path, index)
        kind = pdf.segment_kind(segment)
        pdf.segment_point(segment, ctypes.addressof(x), ctypes.addressof(y))
        if kind == pdf.MOVE_TO:
            if len(points) > 1 and not curved:
                yield _around(points)
            points, curved = [], False
        curved = curved or kind == pdf.CURVE_TO
        points.append((x.value, y.value))
    if len(points) > 1 and not curved:
        yield _around(points)


def _around(points: list[tuple[float, float]]) -> _Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
