from indexer.read.flat_lines import to_lines
from indexer.read.flat_tables import find_tables
from indexer.records import Grid

Rows = dict[str, tuple[str | None, ...]]


def one(text: str) -> Grid:
    (table,) = find_tables(to_lines(text))
    return table.grid


def rows(grid: Grid) -> Rows:
    return {row.label: row.cells for row in grid.rows if any(row.cells)}


def test_the_space_between_thousands_and_between_columns_is_told_apart() -> None:
    grid = one(
        "Tabell 3 Investeringer\n\n"
        "Tall i tusen kroner Regnskap \n2024 \n\nRev. \nbudsjett \n\n2024 \n\nRegnskap \n2023 \n\n"
        "1 Investeringer i bygg 349 978 388 008 321 828 \n\n"
        "2 Tilskudd til andre 1 534 1 000 1 261 \n\n"
        "3 Aksjer 4 864 5 000 5 858 \n\n4 Sum utgifter 356 376 394 008 328 947 \n"
    )
    assert grid.columns == ("Regnskap 2024", "Rev. budsjett 2024", "Regnskap 2023")
    assert grid.corner == "Tall i tusen kroner"
    assert rows(grid)["1 Investeringer i bygg"] == ("349 978", "388 008", "321 828")
    assert rows(grid)["2 Tilskudd til andre"] == ("1 534", "1 000", "1 261")
    assert not grid.unsure


def test_a_no_break_space_holds_a_number_together() -> None:
    grid = one("Tabell 1 Drift\n\nEnhet 2023 2024\nSkole 12\u00a0345 678\nVann 1\u202f200 950\n")
    assert rows(grid)["Skole"] == ("12\u00a0345", "678")


def test_a_header_broken_over_lines_in_any_order_names_the_columns() -> None:
    grid = one(
        "Tabell 2 Drift etter art. Tall i millioner kroner.\n\n \nRegnskap \n\n"
        "2023 \nRegnskap \n\n2024 \n\n"
        "Revidert \nbudsjett \n\n2024 \n\nVedtatt \nbudsjett \n\n2024 Avvik \n\n"
        "Skatt −4 893 −5 253 −5 039 −5 189 214 \n\nAndre −1 −1 0 0 1 \n\n"
        "Sum −4 894 −5 254 −5 039 −5 189 215 \n"
    )
    assert grid.columns == (
        "Regnskap 2023", "Regnskap 2024", "Revidert budsjett 2024", "Vedtatt "
        "budsjett 2024", "Avvik",
    )  # fmt: skip
    assert grid.title == "Tabell 2 Drift etter art"
    assert grid.notes == "Tall i millioner kroner."


def test_names_over_names_are_read_together() -> None:
    grid = one(
        "Tabell 4 Ansatte\n\n Kvinne Mann Sum \n\nOmråde Antall Årsverk \n"
        "Andel \n\nårsverk Antall Årsverk \n"
        "Andel \n\nårsverk Antall Årsverk \nSkole 241 225 37% 389 377 63% 630 602 \n"
        "Helse 98 94 59% 67 66 41% 165 160 \n"
    )
    assert grid.columns[:3] == ("Kvinne Antall", "Kvinne Årsverk", "Kvinne Andel årsverk")
    assert grid.columns[6:] == ("Sum Antall", "Sum Årsverk")
    assert grid.corner == "Område"


def test_a_year_over_all_columns_goes_with_each_name() -> None:
    grid = one(
        "Tabell 5 Nøkkeltall\n\n2024      \n\n Lia Voll Dal \nsnitt \n\nResultat 3,5 −0,9 −2,4 \n\n"
        "Gjeld 116,0 106,8 100,3 \n"
    )
    assert grid.columns == ("Lia 2024", "Voll 2024", "Dal snitt 2024")


def test_what_stands_once_under_two_years_is_of_the_later() -> None:
    grid = one(
        "Tabell 6 Drift\n\n 2023 2024 \n Regnskap Opprinnelig budsjett Regnskap Avvik \n"
        "Skatt 340 957 350 106 354 353 4 247 \nTilskudd 35 439 36 163 37 045 882 \n"
    )
    assert grid.columns == (
        "Regnskap 2023", "Opprinnelig budsjett 2024", "Regnskap 2024", "Avvik 2024",
    )  # fmt: skip


def test_a_row_label_over_two_lines_is_one_row() -> None:
    grid = one(
        "Tabell 7 Nøkkeltall\n\n 2022 2023 2024 \n\n"
        "Disposisjonsfond, andel av brutto \ndriftsinntekter \n\n"
        "18,2 9,7 9,9 \n\nUtgifter til drift og \nvedlikehold per innbygger 641,8 655,9 1231,1 \n\n"
        "Utgifter til skole per 117,2 106,6 129,1 \nkvadratmeter \n"
    )
    assert list(rows(grid)) == [
        "Disposisjonsfond, andel av brutto driftsinntekter",
        "Utgifter til drift og vedlikehold per innbygger",
        "Utgifter til skole per kvadratmeter",
    ]


def test_a_label_may_end_in_a_number() -> None:
    grid = one(
        "Tabell 8 Nøkkeltall\n\n 2023 2024 \n\nAndel mottakere per \n"
        "1 000 innbyggere 18-66 år 3,6 3,0 \n"
        "Reguleringsplaner i gang pr 31.12 33 41 \nÅrsverk av leger per 10 000 \n"
        "innbyggere 3,0 2,8 \n"
    )
    assert list(rows(grid)) == [
        "Andel mottakere per 1 000 innbyggere 18-66 år",
        "Reguleringsplaner i gang pr 31.12",
        "Årsverk av leger per 10 000 innbyggere",
    ]


def test_rows_without_figures_are_groups() -> None:
    grid = one(
        "Tabell 9 Balanse\n\n Regnskap \n2024 \n\nRegnskap \n2023 EIENDELER \n\nAnleggsmidler   \n"
        "Faste anlegg 34 493 32 928 \nUtlån 3 986 3 457 \n   \nOmløpsmidler   \n"
        "Bankinnskudd 1 832 1 965 \n"
    )
    assert [row.label for row in grid.rows if not any(row.cells)] == [
        "EIENDELER", "Anleggsmidler", "Omløpsmidler",
    ]  # fmt: skip
    assert rows(grid)["Utlån"] == ("3 986", "3 457")


def test_dashes_and_words_are_cells() -> None:
    grid = one(
        "Tabell 10 Mål\n\nIndikator Resultat 2023 Mål 2024 Resultat 2024 Status\n"
        "Trivsel i skolen 4,5 4,6 4,7 Nådd\nVentetid, dager 30 28 - Ikke målt\n"
        "Svar innen fristen 99 100 98 Delvis nådd\n"
    )
    assert rows(grid)["Ventetid, dager"] == ("30", "28", "-", "Ikke målt")
    assert rows(grid)["Svar innen fristen"] == ("99", "100", "98", "Delvis nådd")


def test_a_column_of_words_may_stand_between_figures() -> None:
    grid = one(
        "Tabell 11 Garantier\n\nLåntaker Ramme Type garanti Utløper\n\n"
        "Lia seilforening 1,0 Simpel 2024\n\n"
        "Voll renhold 20,0 Selvskyldner 2031\n\nDal fotball 18,4 Simpel 2028\n\nSum 39,4   \n"
    )
    assert rows(grid)["Voll renhold"] == ("20,0", "Selvskyldner", "2031")
    assert rows(grid)["Sum"] == ("39,4", None, None)


def test_empty_cells_are_where_spaces_too_many_say() -> None:
    grid = one(
        "Tabell 12 Samarbeid\n\n Brann \nog redning Miljø Frisk-\nliv NAV Lege \n\n"
        "Lia kommune 25 116 17 817 313 64 343 895 \n\n"
        "Voll kommune 0 3 925   574 \n\nDal kommune 12    9 \n"
    )
    assert grid.columns == ("Brann og redning", "Miljø", "Friskliv", "NAV", "Lege")
    assert rows(grid)["Voll kommune"] == ("0", "3 925", None, None, "574")
    assert rows(grid)["Dal kommune"] == ("12", None, None, None, "9")


def test_empty_cells_may_stand_on_a_line_of_their_own() -> None:
    grid = one(
        "Tabell 13 Prosjekter\n\nProsjekt Start Slutt Tidligere Brukt Budsjett Sum\n\n"
        "Lia skole \n\n2022 2025 71 042 147 666 141 854 218 708 \n\n"
        "Vannledning Voll \n\n2022 2024 191 14 799 \n"
        " \n\n14 990 \n\nFeiemaskin \n\n   \n3 440 \n\n  \n\n"
        "Voll bru 2023 2024 1 200 900 2 100 3 000 \n"
    )
    assert rows(grid)["Vannledning Voll"] == ("2022", "2024", "191", "14 799", None, "14 990")
    assert rows(grid)["Feiemaskin"] == (None, None, None, "3 440", None, None)


def test_a_cell_gone_without_a_trace_is_put_back_where_the_total_wants_it() -> None:
    grid = one(
        "Tabell 14 Møter\n\nOrgan Møter Saker Spørsmål\nStyret 8 100 14\n"
        "Råd A 14 126\nRåd B 9 54 3\nRåd C 6 43\nSum 37 323 17\n"
    )
    assert rows(grid)["Råd A"] == ("14", "126", None)
    assert not grid.unsure


def test_a_cell_gone_where_nothing_can_tell_makes_the_table_unsure() -> None:
    grid = one(
        "Tabell 15 Nøkkeltall\n\nIndikator Lia 2024 Voll 2024 Dal 2024 Landet 2024\n"
        "Andel barn 45,9 45,1 37,7 46,2\nAndel lærere 41,2 40,1 39,5\n"
        "Andel elever 38,4 37,9 40,2 41,0\n"
    )
    assert "Andel lærere" in grid.unsure


def test_a_table_goes_on_over_a_page_break() -> None:
    grid = one(
        "Tabell 16 Drift\n\nEnhet 2023 2024\n\nSkole 60,0 71,0\n\nVann 209,0 235,0\n\n \n\n"
        "Årsberetning 12 Lia kommune\n\n \n\n Kultur 8,0 45,0\n\nSum 277,0 351,0\n"
    )
    assert list(rows(grid)) == ["Skole", "Vann", "Kultur", "Sum"]


def test_figures_without_any_label_are_named_after_the_title_or_as_the_sum() -> None:
    grid = one(
        "Tabell 17 Årlig avkastning fra fondet\n\n2022 2023 2024\n2 160 000 1 268 000 485 000\n"
    )
    assert rows(grid) == {"Årlig avkastning": ("2 160 000", "1 268 000", "485 000")}
    grid = one("Tabell 18 Ansatte\n\nEnhet Menn Kvinner\n\nSkole 12 30\n\nHelse 5 41\n\n  17 71\n")
    assert rows(grid)["Sum"] == ("17", "71")


def test_one_figure_in_each_row_makes_a_table_under_a_caption() -> None:
    grid = one(
        "Tabell 19 Svar\n\nOmråde Antall svar\n\nSkole 12\nHelse 202\n"
        "Kultur og idrett 48\nSamlet 262\n"
    )
    assert grid.columns == ("Antall svar",)
    assert rows(grid)["Kultur og idrett"] == ("48",)


def test_a_caption_below_belongs_to_the_rows_above_it() -> None:
    text = (
        "Enhet 2023 2024\nSkole 1 200 1 300\nVann 900 950\n\nTabell 1 Drift\n\n"
        "Litt tekst om det.\n\n"
        "Enhet 2023 2024\nVeg 10 12\nKultur 5 6\n\nTabell 2 Årsverk\n"
    )
    assert [table.grid.title for table in find_tables(to_lines(text))] == [
        "Tabell 1 Drift",
        "Tabell 2 Årsverk",
    ]


def test_a_second_header_begins_a_second_table() -> None:
    text = (
        "Enhet Regnskap 2024 Budsjett 2024\nSkole 1 200 1 300\nVann 900 950\n\n"
        "Garantier per 31.12.2024\n\n"
        "Låntaker Beløp Utløper\nLia IL 34,7 2048\nVoll IL 4,7 2028\n"
    )
    tables = find_tables(to_lines(text))
    assert [table.grid.columns for table in tables] == [
        ("Regnskap 2024", "Budsjett 2024"),
        ("Beløp", "Utløper"),
    ]


def test_a_unit_on_a_line_of_its_own_is_a_note() -> None:
    grid = one(
        "Status økonomi\n\nBeløp i 1000\n\nSektor Regnskap 2023 Regnskap 2024 Avvik i %\n"
        "Skole 14 592 8 598 18,8 %\nVann 1 092 13 -5,0 %\nSum 15 684 8 611 4,0 %\n"
    )
    assert grid.notes == "Beløp i 1000"
    assert grid.title == "Status økonomi"
    assert rows(grid)["Vann"] == ("1 092", "13", "-5,0 %")
