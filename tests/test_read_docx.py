from pathlib import Path

import docx
import pytest

from figures.errors import ReadError
from indexer.read.docx import read_docx


def written(tmp_path: Path) -> Path:
    document = docx.Document()
    document.core_properties.title = "Årsmelding 2024"
    document.add_heading("Økonomi", level=1)
    paragraph = document.add_paragraph("Vi brukte 12 millioner")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(" på skole.")
    document.add_paragraph("Ny skole", style="List Bullet")
    document.add_paragraph().add_run("Barnehage").bold = True
    document.add_paragraph("Tabell 1 Drift. Tall i tusen kroner", style="Caption")
    table = document.add_table(rows=4, cols=3)
    for row, cells in zip(
        table.rows,
        [
            ("Enhet", "Regnskap", ""),
            ("", "2023", "2024"),
            ("Skole", "1 200", "1 300"),
            ("Vann", "", "9"),
        ],
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    path = tmp_path / "a.docx"
    document.save(str(path))
    return path


def test_styles_tell_headings_and_items(tmp_path: Path) -> None:
    reading = read_docx(written(tmp_path))
    assert reading.title == "Årsmelding 2024"
    assert not reading.paged
    assert [(b.kind, b.level, b.text) for b in reading.blocks][:4] == [
        ("heading", 1, "Økonomi"),
        ("paragraph", 0, "Vi brukte 12 millioner på skole."),
        ("item", 0, "Ny skole"),
        ("heading", 6, "Barnehage"),
    ]


def test_a_table_with_merged_cells_has_its_names_and_caption(tmp_path: Path) -> None:
    grid = read_docx(written(tmp_path)).blocks[-1].grid
    assert grid is not None
    assert (grid.title, grid.notes) == ("Tabell 1 Drift", "Tall i tusen kroner")
    assert grid.columns == ("Regnskap 2023", "Regnskap 2024")
    assert [(row.label, row.cells) for row in grid.rows] == [
        ("Skole", ("1 200", "1 300")),
        ("Vann", (None, "9")),
    ]


def test_a_file_that_is_no_word_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "b.docx"
    path.write_bytes(b"ikke en zip")
    with pytest.raises(ReadError, match=r"b\.docx"):
        read_docx(path)
