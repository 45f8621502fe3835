from indexer.read.markdown import markdown_blocks
from indexer.records import Block, Grid

HEADED = "# Lia kommune\n\n## Økonomi\n\n### Drift\n\n## Skole\n\n## Helse\n\n"


def grids(text: str) -> list[Grid]:
    return [block.grid for block in markdown_blocks(text) if block.grid]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in markdown_blocks(text)]


def rows(grid: Grid) -> dict[str, tuple[str | None, ...]]:
    return {row.label: row.cells for row in grid.rows}


def test_headings_keep_their_level_and_lose_their_marks() -> None:
    blocks = markdown_blocks("# Lia\n\n### **Drift** og *vekst*\n\nVi brukte mer.\n")
    assert [(b.kind, b.level, b.text) for b in blocks] == [
        ("heading", 1, "Lia"),
        ("heading", 3, "Drift og vekst"),
        ("paragraph", 0, "Vi brukte mer."),
    ]


def test_markup_and_raised_footnote_numbers_are_taken_off() -> None:
    text = "Se [planen](https://lia.no/a_(b)) for **alle** kommunene<sup>1</sup> og snake_case.\n"
    assert kinds(text) == [("paragraph", "Se planen for alle kommunene og snake_case.")]


def test_a_raised_number_first_makes_a_footnote() -> None:
    text = "Tekst.\n\n<sup>2</sup> Målet er videreført.\n"
    assert kinds(text)[1] == ("footnote", "2 Målet er videreført.")


def test_list_items_stand_alone() -> None:
    assert kinds("Vi skal:\n\n- bygge skole - og bru\n- rive\n  gamle hus\n") == [
        ("paragraph", "Vi skal:"),
        ("item", "bygge skole - og bru"),
        ("item", "rive gamle hus"),
    ]


def test_a_paragraph_cut_by_a_page_break_is_one() -> None:
    text = "Avviket mellom budsjett og regnskap for\n\ntjeneste-\n\nområdene er stort.\n"
    assert kinds(text) == [
        ("paragraph", "Avviket mellom budsjett og regnskap for tjenesteområdene er stort.")
    ]


def test_numbered_lines_are_headings_where_nobody_marked_them() -> None:
    text = "2 Innledning\n\nKommunen vokser jevnt.\n\n2.1 Bemanning\n\nVi er mange.\n"
    blocks = markdown_blocks(text)
    assert [(b.kind, b.level) for b in blocks if b.kind == "heading"] == [
        ("heading", 1),
        ("heading", 2),
    ]


def test_a_bold_line_alone_is_a_heading() -> None:
    assert kinds(HEADED + "**Sykefravær**\n\nDet gikk ned.\n")[-2] == ("heading", "Sykefravær")


def test_a_table_with_tabs_has_its_caption_header_and_cells() -> None:
    text = (
        "Tabell 1.2 Drift 2024. Tall i millioner kroner. Positive tall er mindreforbruk.\n\n"
        "\tRegnskap 2024\tAvvik\nSkole\t1 204\t-12\n<b>Sum</b>\t<b>1 204</b>\t<b>-12</b>\n"
    )
    (grid,) = grids(text)
    assert grid.title == "Tabell 1.2 Drift 2024"
    assert grid.notes == "Tall i millioner kroner. Positive tall er mindreforbruk."
    assert grid.columns == ("Regnskap 2024", "Avvik")
    assert rows(grid) == {"Skole": ("1 204", "-12"), "Sum": ("1 204", "-12")}
    assert [row.bold for row in grid.rows] == [False, True]


def test_a_rows_line_is_label_and_cells_with_tabs() -> None:
    (block,) = [b for b in markdown_blocks("\tA\tB\nSkole\t1\t2\n") if b.kind == "table"]
    assert block.text == "\tA\tB\nSkole\t1\t2"


def test_header_words_cut_between_rows_are_mended() -> None:
    text = (
        "Stavanger og Stavanger kommune. Opprinnelig og opprinnelig.\n\n"
        "\tRegnskap\tOpprinneli\t\n\t2023\tg budsjett\tAvvik\n\t\t2023\t\nSkole\t1\t2\t1\n\n"
        "Og så:\n\n\tOslo 2023\tStavange r 2023\nVann\t3\t4\n"
    )
    first, second = grids(text)
    assert first.columns == ("Regnskap 2023", "Opprinnelig budsjett 2023", "Avvik")
    assert second.columns == ("Oslo 2023", "Stavanger 2023")


def test_a_name_that_spans_columns_stands_with_each() -> None:
    text = "Enhet\tKvinne\t\tMann\t\n\tAntall\tAndel\tAntall\tAndel\nSkole\t3\t60%\t2\t40%\n"
    (grid,) = grids(text)
    assert grid.columns == ("Kvinne Antall", "Kvinne Andel", "Mann Antall", "Mann Andel")
    assert grid.corner == "Enhet"


def test_years_under_a_place_take_its_name_and_the_rest_stay() -> None:
    text = "Indikator\tLia\t\tVoll 2024\n\t2023\t2024\t\nVann\t1\t2\t3\n"
    (grid,) = grids(text)
    assert grid.columns == ("Lia 2023", "Lia 2024", "Voll 2024")


def test_a_row_with_only_a_label_is_a_group() -> None:
    (grid,) = grids("\tA\tB\n<b>Inntekter</b>\t\t\nSkatt\t1\t2\n")
    assert [row.cells for row in grid.rows] == [(None, None), ("1", "2")]


def test_groups_in_a_first_column_of_their_own_become_group_rows() -> None:
    text = (
        "Sektor\tIndikator\tVerdi\nVei\tTrafikk\t1,6 prosent\n\tElbiler\t32 prosent\n"
        "\tBusser\t4\nVarme\tFjernvarme\t10\n"
    )
    (grid,) = grids(text)
    assert [(row.label, row.cells) for row in grid.rows] == [
        ("Vei", (None,)),
        ("Trafikk", ("1,6 prosent",)),
        ("Elbiler", ("32 prosent",)),
        ("Busser", ("4",)),
        ("Varme", (None,)),
        ("Fjernvarme", ("10",)),
    ]


def test_a_table_cut_by_a_page_is_joined_with_or_without_its_header() -> None:
    text = "Tabell: Drift\n\n\t2023\t2024\nSkole\t1\t2\n\nVann\t3\t4\n\n\t2023\t2024\nVeg\t5\t6\n"
    (grid,) = grids(text)
    assert list(rows(grid)) == ["Skole", "Vann", "Veg"]


def test_another_header_among_the_rows_begins_another_table() -> None:
    text = (
        "Barnehage\tResultat 2024\tMål 2025\nBarn per voksen\t5,9\t6\n"
        "Trivsel\tResultat 2023*\tLandet 2023\nUtemiljø\t4,2\t4,2\n"
    )
    assert [grid.columns for grid in grids(text)] == [
        ("Resultat 2024", "Mål 2025"),
        ("Resultat 2023*", "Landet 2023"),
    ]


def test_a_table_without_a_header_names_its_column_after_the_title() -> None:
    text = "Tabell 3 Garantiansvar til idrett. Tall i mill. kr\n\nLia IL\t1,7\nVoll SK\t2,3\n"
    (grid,) = grids(text)
    assert grid.columns == ("Garantiansvar",)
    assert not grid.unsure


def test_captions_below_go_with_the_table_above_them() -> None:
    text = (
        "År\t2023\t2024\nSkole\t1\t2\n\nTabell: Elever i skolen.\n\nTekst her.\n\n"
        "År\t2023\t2024\nVann\t3\t4\n\nTabell: Vannlekkasjer.\n"
    )
    assert [grid.title for grid in grids(text)] == ["Elever i skolen", "Vannlekkasjer"]


def test_without_a_caption_the_sentence_before_is_the_title() -> None:
    text = "Antall brukere har økt slik:\n\nÅr\t2023\t2024\nBrukere\t1\t2\n"
    assert grids(text)[0].title == "Antall brukere har økt slik"


def test_pipe_tables_are_tables() -> None:
    text = (
        "| Enhet | 2023 | 2024 |\n|---|---:|---:|\n| Skole | 1 | **2** |\n"
        "| Vann \\| avløp | 3 | |\n"
    )
    (grid,) = grids(text)
    assert grid.columns == ("2023", "2024")
    assert rows(grid) == {"Skole": ("1", "2"), "Vann | avløp": ("3", None)}


def test_an_html_table_in_markdown_is_a_table() -> None:
    text = (
        "<table>\n<tr><th>Enhet</th><th>2024</th></tr>\n\n"
        "<tr><td>Skole</td><td>7</td></tr>\n</table>\n"
    )
    assert rows(grids(text)[0]) == {"Skole": ("7",)}


def test_lists_and_breaks_in_cells_become_words() -> None:
    text = "Mål\tStatus\n<p><b>Mål 1</b></p>\t<ul> <li>• Fire av<br>seks</li> <li>• To</li></ul>\n"
    assert rows(grids(text)[0])["Mål 1"] == ("• Fire av seks • To",)


def test_a_table_of_contents_is_no_table() -> None:
    text = "1\tInnledning.....\t3\n2\tØkonomi.....\t7\n2.1\tDrift\t8\n3\tSkole.....\t12\n"
    blocks = markdown_blocks(text)
    assert not any(block.grid for block in blocks)
    assert blocks[1].text == "2 Økonomi 7"


def test_footnotes_under_a_table_are_notes_and_stay_in_the_text() -> None:
    text = "\t2024\nLærere*\t12\n\n\\*Årsverk, ikke hoder\n\nMer tekst.\n"
    blocks = markdown_blocks(text)
    assert [block.kind for block in blocks] == ["table", "footnote", "paragraph"]
    assert blocks[0].grid is not None
    assert blocks[0].grid.notes == "*Årsverk, ikke hoder"


def test_marks_of_footnotes_leave_the_labels() -> None:
    (grid,) = grids("\t2023\t2024\nSkole1)\t1\t2\nEtappe 1)\t3\t4\n")
    assert list(rows(grid)) == ["Skole", "Etappe 1)"]


def test_no_word_is_lost_and_none_stands_twice() -> None:
    text = "# Lia\n\nEn to tre.\n\n- fire\n- fem\n\nTabell 1 Seks\n\n\tsju\nåtte\t9\n"
    words = " ".join(block.text for block in markdown_blocks(text)).split()
    assert words == "Lia En to tre. fire fem Tabell 1 Seks sju åtte 9".split()


def test_blocks_of_a_markdown_file_are_all_on_page_one() -> None:
    assert {block.page for block in markdown_blocks(HEADED)} == {1}


def test_an_untitled_block_is_a_block() -> None:
    assert markdown_blocks("bare tekst\n") == (Block(kind="paragraph", text="bare tekst", page=1),)
