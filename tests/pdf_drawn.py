"""Small PDFs for the tests: words and lines placed in points from the top left corner."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

HIGH = 842
Row = Sequence[str]


class Sheet:
    """A file being drawn, page after page."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.canvas = Canvas(str(path), pagesize=(595, HIGH))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 9,
        bold: bool = False,
        align: str = "left",
        grey: float = 0,
    ) -> None:
        """Words on the baseline `y`; `x` is their left, right or middle."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.setFillGray(grey)
        draw = {
            "left": self.canvas.drawString,
            "right": self.canvas.drawRightString,
            "center": self.canvas.drawCentredString,
        }[align]
        draw(x, HIGH - y, text)

    def rule(self, x0: float, x1: float, y: float) -> None:
        """A level line."""
        self.canvas.line(x0, HIGH - y, x1, HIGH - y)

    def upright(self, x: float, top: float, bottom: float) -> None:
        """An upright line."""
        self.canvas.line(x, HIGH - top, x, HIGH - bottom)

    def fill(self, x0: float, top: float, x1: float, bottom: float, grey: float) -> None:
        """A filled box."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, HIGH - bottom, x1 - x0, bottom - top, stroke=0, fill=1)

    def row(
        self,
        y: float,
        cells: Row,
        columns: Sequence[float],
        *,
        bold: bool = False,
        align: str = "right",
        label: float = 60,
    ) -> None:
        """A label and a cell at each column; an empty string draws nothing."""
        self.text(label, y, cells[0], bold=bold)
        for cell, x in zip(cells[1:], columns, strict=True):
            self.text(x, y, cell, bold=bold, align=align)

    def paragraph(self, y: float, *lines: str, x: float = 60, size: float = 9) -> float:
        """Lines of prose; where the next may stand."""
        for line in lines:
            self.text(x, y, line, size=size)
            y += 1.25 * size
        return y

    def page(self) -> None:
        """End this page."""
        self.canvas.showPage()

    def saved(self) -> Path:
        """Write the file."""
        self.canvas.save()
        return self.path
