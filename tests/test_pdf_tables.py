"""Tables in PDFs, one lesson each: what is drawn, and the grid it must become."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_drawn import Sheet

from indexer.read.pdf import read_pdf
from indexer.records import Grid

RIGHT = (330.0, 430.0, 530.0)
HEADER = ("", "Regnskap 2024", "Budsjett 2024", "Avvik")
ROWS = (
    ("Rammetilskudd", "1 585 493", "1 520 000", "65 493"),
    ("Skatt", "912 004", "900 000", "12 004"),
    ("Andre inntekter", "-7", "1 100", "-1 107"),
    ("Sum inntekter", "2 497 490", "2 421 100", "76 390"),
)


def grids_of(path: Path) -> list[Grid]:
    return [block.grid for block in read_pdf(path).blocks if block.grid is not None]


def rows_of(grid: Grid) -> list[tuple[str | None, ...]]:
    return [(row.label, *row.cells) for row in grid.rows]


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path / "report.pdf")


def no_rules(sheet: Sheet) -> None:
    pass


def only_below_the_header(sheet: Sheet) -> None:
    sheet.rule(58, 534, 104)


def above_between_and_below(sheet: Sheet) -> None:
    for y in (89, 104, 164):
        sheet.rule(58, 534, y)


def between_all_rows(sheet: Sheet) -> None:
    for y in (104, 119, 134, 149, 164):
        sheet.rule(58, 534, y)


def full_grid(sheet: Sheet) -> None:
    for y in (89, 104, 119, 134, 149, 164):
        sheet.rule(58, 534, y)
    for x in (58, 250, 340, 440, 534):
        sheet.upright(x, 89, 164)


def every_second_row_shaded(sheet: Sheet) -> None:
    for y in (104, 134):
        sheet.fill(58, y, 534, y + 15, 0.9)


@pytest.mark.parametrize(
    "rulings",
    [
        no_rules,
        only_below_the_header,
        above_between_and_below,
        between_all_rows,
        full_grid,
        every_second_row_shaded,
    ],
)
def test_the_same_table_is_read_however_it_is_ruled(
    sheet: Sheet, rulings: Callable[[Sheet], None]
) -> None:
    rulings(sheet)
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(100 + 15 * number, row, RIGHT, bold=number in (0, 4))
    (grid,) = grids_of(sheet.saved())
    assert grid.columns == HEADER[1:]
    assert rows_of(grid) == list(ROWS)
    assert [row.bold for row in grid.rows] == [False, False, False, True]


@pytest.mark.parametrize("align", ["left", "center"])
def test_figures_need_not_stand_to_the_right(sheet: Sheet, align: str) -> None:
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(100 + 15 * number, row, (280, 380, 480), align=align)
    (grid,) = grids_of(sheet.saved())
    assert grid.columns == HEADER[1:]
    assert rows_of(grid) == list(ROWS)


def test_columns_that_nearly_touch_are_told_apart_by_their_right_edges(sheet: Sheet) -> None:
    rows = [
        ("Rammetilskudd", "-371 565 725", "-370 507 625", "-370 443 586"),
        ("Skatt", "-320 174 534", "-317 228 243", "-311 811 836"),
        ("Gebyrer", "-5", "-1 200", "-300"),
        ("Sum", "-691 740 264", "-687 737 068", "-682 255 722"),
    ]
    for number, row in enumerate([("", "2024", "2023", "2022"), *rows]):
        sheet.row(100 + 14 * number, row, (200, 256, 312))
    (grid,) = grids_of(sheet.saved())
    assert rows_of(grid) == rows


def test_an_empty_cell_stays_in_its_own_column(sheet: Sheet) -> None:
    rows = [("Skole", "5", "", "7"), ("Helse", "", "6", "8"), ("Kultur", "3", "4", "")]
    for number, row in enumerate([("", "2022", "2023", "2024"), *rows]):
        sheet.row(100 + 15 * number, row, RIGHT)
    (grid,) = grids_of(sheet.saved())
    assert [row.cells for row in grid.rows] == [
        ("5", None, "7"),
        (None, "6", "8"),
        ("3", "4", None),
    ]


def test_a_column_without_any_figure_is_still_a_column(sheet: Sheet) -> None:
    full_grid(sheet)
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(100 + 15 * number, (*row[:3], "Avvik" if number == 0 else ""), RIGHT)
    (grid,) = grids_of(sheet.saved())
    assert grid.columns == HEADER[1:]
    assert {row.cells[2] for row in grid.rows} == {None}


def test_header_cells_of_several_lines_are_one_name_each(sheet: Sheet) -> None:
    for y, words in (
        (80, ("", "Revidert", "Opprinnelig", "")),
        (91, ("Regnskap", "budsjett", "budsjett", "Avvik i")),
        (102, ("2024", "2024", "2024", "prosent")),
    ):
        for x, word in zip((250, 340, 430, 520), words, strict=True):
            sheet.text(x, y, word, align="right", bold=True)
    sheet.text(60, 102, "Tall i tusen kr", bold=True)
    sheet.rule(58, 522, 106)
    for number, label in enumerate(("Skole", "Helse", "Kultur")):
        sheet.row(
            118 + 15 * number, (label, "1 200", "1 300", "1 400", "2,5"), (250, 340, 430, 520)
        )
    (grid,) = grids_of(sheet.saved())
    assert grid.columns == (
        "Regnskap 2024",
        "Revidert budsjett 2024",
        "Opprinnelig budsjett 2024",
        "Avvik i prosent",
    )
    assert grid.corner == "Tall i tusen kr"


def test_a_word_cut_at_the_edge_of_a_header_cell_is_mended(sheet: Sheet) -> None:
    for y, words in ((90, ("Oslo", "Stavange")), (101, ("2023", "r 2023"))):
        for x, word in zip((330, 430), words, strict=True):
            sheet.text(x, y, word, align="right")
    for number, label in enumerate(("Skole", "Helse", "Kultur")):
        sheet.row(118 + 15 * number, (label, "11", "12"), (330, 430))
    (grid,) = grids_of(sheet.saved())
    assert grid.columns == ("Oslo 2023", "Stavanger 2023")


def test_a_header_over_several_columns_is_part_of_each_name(sheet: Sheet) -> None:
    columns = (280.0, 340.0, 400.0, 460.0, 520.0)
    for middle, word in ((295, "Kvinner"), (415, "Menn")):
        sheet.text(middle, 85, word, align="center", bold=True)
    sheet.rule(58, 522, 89)
    sheet.row(100, ("", "Antall", "Andel", "Antall", "Andel", "Sum"), columns, bold=True)
    sheet.rule(58, 522, 104)
    for number, label in enumerate(("Skole", "Helse", "Kultur")):
        sheet.row(116 + 15 * number, (label, "10", "50", "11", "50", "21"), columns)
    (grid,) = grids_of(sheet.saved())
    assert grid.columns == ("Kvinner Antall", "Kvinner Andel", "Menn Antall", "Menn Andel", "Sum")


@pytest.mark.parametrize("figures_on", [0, 1])
def test_a_label_over_two_lines_is_one_row(sheet: Sheet, figures_on: int) -> None:
    sheet.row(100, HEADER, RIGHT)
    y = 120.0
    for label in (("Skole",), ("Overføringer til andre og", "avsetninger til fond"), ("Kultur",)):
        at = y + 11 * min(figures_on, len(label) - 1)
        for x, cell in zip(RIGHT, ("10", "20", "30"), strict=True):
            sheet.text(x, at, cell, align="right")
        for line in label:
            sheet.text(60, y, line)
            y += 11
        y += 7
    (grid,) = grids_of(sheet.saved())
    assert [row.label for row in grid.rows] == [
        "Skole",
        "Overføringer til andre og avsetninger til fond",
        "Kultur",
    ]
    assert {row.cells for row in grid.rows} == {("10", "20", "30")}


def test_a_figure_over_two_lines_is_one_cell(sheet: Sheet) -> None:
    sheet.row(100, ("", "Oslo", "Bergen", "Stavanger"), RIGHT)
    sheet.row(118, ("Utgifter per bruker (kr)", "19 591", "19 476", "23 605"), RIGHT)
    sheet.text(60, 136, "Utgifter per plass i en")
    sheet.text(430, 136, "1 793", align="right")
    sheet.row(147, ("institusjon (kr)", "1 585 493", "299", "1 570 447"), RIGHT)
    sheet.row(165, ("Dekning", "15,98 %", "14,42 %", "12,68 %"), RIGHT)
    (grid,) = grids_of(sheet.saved())
    assert rows_of(grid)[1] == (
        "Utgifter per plass i en institusjon (kr)",
        "1 585 493",
        "1 793 299",
        "1 570 447",
    )


def test_a_row_without_figures_is_a_heading_for_those_below(sheet: Sheet) -> None:
    sheet.row(100, HEADER, RIGHT)
    sheet.row(116, ("Driftsinntekter", "", "", ""), RIGHT, bold=True)
    for number, row in enumerate(ROWS):
        sheet.row(131 + 15 * number, row, RIGHT)
    (grid,) = grids_of(sheet.saved())
    assert rows_of(grid)[0] == ("Driftsinntekter", None, None, None)
    assert rows_of(grid)[1:] == list(ROWS)


def test_raised_footnote_marks_stay_out_of_labels_and_figures(sheet: Sheet) -> None:
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(100 + 15 * number, row, RIGHT)
    sheet.text(84, 127, "1)", size=5.5)
    sheet.text(330.5, 142, "2", size=5.5)
    (grid,) = grids_of(sheet.saved())
    assert rows_of(grid) == list(ROWS)


def test_cells_of_words_stand_beside_cells_of_figures(sheet: Sheet) -> None:
    rows = [
        ("Trivsel", "90,0", "Ikke målt", "Ikke nådd"),
        ("Mobbing", "7,4 %", "5,5 %", "Nådd"),
        ("Fravær", "<5", "–", "Nådd"),
    ]
    for number, row in enumerate([("Indikator", "Mål", "Resultat", "Status"), *rows]):
        sheet.row(100 + 15 * number, row, RIGHT)
    sheet.rule(58, 534, 104)
    (grid,) = grids_of(sheet.saved())
    assert rows_of(grid) == rows
    assert grid.corner == "Indikator"


def test_a_table_of_words_in_boxes_is_a_grid(sheet: Sheet) -> None:
    for y in (88, 104, 132, 160):
        sheet.rule(58, 534, y)
    for x in (58, 250, 534):
        sheet.upright(x, 88, 160)
    sheet.row(100, ("Tiltak", "Status"), (254,), align="left", bold=True)
    sheet.row(116, ("Ny skole på Nes, med", "Vedtatt i juni og tatt i bruk"), (254,), align="left")
    sheet.row(127, ("flerbrukshall", "fra skolestart"), (254,), align="left")
    sheet.row(144, ("Ny ungdomsklubb", "Utsatt"), (254,), align="left")
    (grid,) = grids_of(sheet.saved())
    assert grid.columns == ("Status",)
    assert rows_of(grid) == [
        ("Ny skole på Nes, med flerbrukshall", "Vedtatt i juni og tatt i bruk fra skolestart"),
        ("Ny ungdomsklubb", "Utsatt"),
    ]


def test_two_tables_side_by_side_are_two_grids(sheet: Sheet) -> None:
    sheet.row(100, ("", "Sluttet"), (250,))
    sheet.row(100, ("", "Nyansatt"), (530,), label=330)
    for number, label in enumerate(("Skole", "Helse", "Kultur", "Eiendom")):
        sheet.row(115 + 15 * number, (label, f"{number + 11}"), (250,))
        sheet.row(115 + 15 * number, (label, f"{number + 51}"), (530,), label=330)
    left, right = grids_of(sheet.saved())
    assert (left.columns, right.columns) == (("Sluttet",), ("Nyansatt",))
    assert [row.cells[0] for row in left.rows] == ["11", "12", "13", "14"]
    assert rows_of(right)[0] == ("Skole", "51")


@pytest.mark.parametrize(("caption", "below"), [(80, False), (180, True)])
def test_a_caption_above_or_below_is_the_title(sheet: Sheet, caption: float, below: bool) -> None:
    sheet.text(60, caption, "Tabell 3.1 Inntekter 2024. Tall i tusen kr", bold=True)
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(100 + 15 * number, row, RIGHT)
    reading = read_pdf(sheet.saved())
    (block,) = [block for block in reading.blocks if block.kind == "table"]
    assert block.grid is not None
    assert block.grid.title == "Tabell 3.1 Inntekter 2024. Tall i tusen kr"
    assert block.text.startswith(block.grid.title)


def test_the_line_with_the_unit_is_a_note_and_not_the_title(sheet: Sheet) -> None:
    sheet.text(60, 72, "Tabell 2 Inntekter", bold=True)
    sheet.text(60, 84, "Tall i mill. kr")
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(100 + 15 * number, row, RIGHT)
    (grid,) = grids_of(sheet.saved())
    assert (grid.title, grid.notes) == ("Tabell 2 Inntekter", "Tall i mill. kr")


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_over_two_pages_is_one_grid_and_each_page_has_its_rows(
    sheet: Sheet, repeated: bool
) -> None:
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(740 + 15 * number, row, RIGHT)
    sheet.page()
    more = [
        ("Lønn", "800 000", "790 000", "-10 000"),
        ("Netto", "1 697 490", "1 631 100", "66 390"),
    ]
    for number, row in enumerate([HEADER, *more] if repeated else more):
        sheet.row(70 + 15 * number, row, RIGHT)
    sheet.paragraph(140, "Prosaen etter tabellen står for seg selv og hører ikke med til tabellen.")
    reading = read_pdf(sheet.saved())
    (grid,) = [block.grid for block in reading.blocks if block.grid is not None]
    assert grid.columns == HEADER[1:]
    assert rows_of(grid) == [*ROWS, *more]
    assert [row.page for row in grid.rows] == [1, 1, 1, 1, 2, 2]
    texts = {n: "\n".join(b.text for b in reading.blocks if b.page == n) for n in (1, 2)}
    assert "Lønn\t800 000\t790 000\t-10 000" in texts[2]
    assert "Lønn" not in texts[1]


def test_a_label_cut_from_its_figures_by_the_pages_end_is_mended(sheet: Sheet) -> None:
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(730 + 15 * number, row, RIGHT)
    sheet.text(60, 805, "Overføringer til andre og")
    sheet.page()
    sheet.row(70, ("avsetninger", "10", "20", "30"), RIGHT)
    sheet.row(85, ("Netto", "11", "21", "31"), RIGHT)
    (grid,) = grids_of(sheet.saved())
    assert rows_of(grid)[4:] == [
        ("Overføringer til andre og avsetninger", "10", "20", "30"),
        ("Netto", "11", "21", "31"),
    ]


def test_an_empty_column_on_the_next_page_does_not_shift_the_others(sheet: Sheet) -> None:
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(740 + 15 * number, row, RIGHT)
    sheet.page()
    for number, label in enumerate(("Lønn", "Pensjon", "Netto")):
        sheet.row(70 + 15 * number, (label, "10", "", "30"), RIGHT)
    (grid,) = grids_of(sheet.saved())
    assert [row.cells for row in grid.rows[4:]] == [("10", None, "30")] * 3


def test_a_table_with_its_own_caption_does_not_go_on_with_the_one_before(sheet: Sheet) -> None:
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(740 + 15 * number, row, RIGHT)
    sheet.page()
    sheet.text(60, 70, "Tabell 2 Utgifter", bold=True)
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(90 + 15 * number, row, RIGHT)
    assert len(grids_of(sheet.saved())) == 2


def test_prose_between_two_ruled_tables_keeps_them_apart(sheet: Sheet) -> None:
    for top in (100, 260):
        for number, row in enumerate((HEADER, *ROWS)):
            sheet.row(top + 15 * number, row, RIGHT)
            sheet.rule(58, 534, top + 4 + 15 * number)
    sheet.paragraph(
        190,
        "Regnskapet viser at inntektene ble høyere enn budsjettert, og at avviket skyldes skatten.",
        "Veksten i skatteinntektene var sterkere enn det som var lagt til grunn i budsjettet.",
    )
    reading = read_pdf(sheet.saved())
    assert [block.kind for block in reading.blocks] == ["table", "paragraph", "table"]


def test_every_row_and_every_cell_knows_its_place(sheet: Sheet) -> None:
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(100 + 15 * number, row, RIGHT)
    (grid,) = grids_of(sheet.saved())
    skatt = grid.rows[1]
    assert skatt.box is not None
    assert skatt.box[1] < 130 < skatt.box[3]
    assert [round(box[2]) for box in skatt.boxes if box] == [330, 430, 530]


def test_every_row_is_a_line_of_the_blocks_text(sheet: Sheet) -> None:
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.row(100 + 15 * number, row, RIGHT)
    (block,) = read_pdf(sheet.saved()).blocks
    assert block.text.splitlines() == ["\t".join(row).strip("\t") for row in (HEADER, *ROWS)]


def test_a_table_of_contents_is_no_table_of_figures(sheet: Sheet) -> None:
    sheet.text(60, 80, "Innhold", size=16, bold=True)
    titles = ("1 Innledning", "2 Økonomi", "3 Skole", "4 Helse og omsorg", "5 Kultur")
    for number, title in enumerate(titles):
        sheet.row(110 + 16 * number, (title, str(2 * number + 3)), (530,))
    reading = read_pdf(sheet.saved())
    assert not [block for block in reading.blocks if block.grid]
    assert [block.text for block in reading.blocks if block.kind == "heading"] == ["Innhold"]
