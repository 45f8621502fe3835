"""Grids understood as tables."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from figures.cells import Cell, Table
from indexer.records import Grid, GridRow
from indexer.report_checks import check_against_overviews
from indexer.report_units import share_report_units
from indexer.tables import row_in_words, table_to_json, understand_table


def grid(
    columns: str, *rows: str, title: str = "", corner: str = "", notes: str = "", unsure: str = ""
) -> Grid:
    """Columns and rows written with bars; a row without bars is a heading."""
    names = tuple(columns.split("|"))
    printed = []
    for row in rows:
        label, *cells = row.split("|")
        values = tuple(cell or None for cell in cells) or (None,) * len(names)
        printed.append(GridRow(label=label, cells=values, page=1))
    return Grid(
        title=title, corner=corner, notes=notes, columns=names, rows=tuple(printed), page=1,
        unsure=unsure,
    )  # fmt: skip


def understand(printed: Grid, context: str = "", heading: str = "") -> Table:
    return understand_table(
        printed, id="vik-2024/t0", doc="vik-2024", heading=heading, year=2024, municipality="Vik",
        context=context,
    )  # fmt: skip


def amount(table: Table, row: int, column: int) -> tuple[float, str]:
    found = cell(table, row, column)
    assert found.base_value is not None
    return float(found.base_value), found.unit


def cell(table: Table, row: int, column: int) -> Cell:
    found = table.rows[row].cells[column]
    assert found is not None
    return found


ACCOUNTS = grid(
    "Regnskap 2023|Regnskap 2024|Revidert budsjett 2024|Avvik",
    "Driftsinntekter",
    "Rammetilskudd|-4 317|-4 893|-4 928|-35",
    "Eiendomsskatt|-810|-908|-910|-2",
    "Sum driftsinntekter|-5 127|-5 801|-5 838|-37",
    "Driftsutgifter",
    "Lønnsutgifter|3 270|3 874|3 856|-18",
    "Sosiale utgifter|1 194|1 291|1 108|-183",
    "Sum driftsutgifter|4 464|5 165|4 964|-201",
    "Brutto driftsresultat|-663|-636|-874|-238",
    title="Tabell 1 Økonomisk oversikt etter art. Tall i tusen kr",
)


def test_accounts_are_understood_whole() -> None:
    table = understand(ACCOUNTS)
    assert (table.trust, table.unit) == ("verified", "tusen kr")
    assert cell(table, 0, 1).base_value == -4_893_000
    assert [row.group for row in table.rows] == ["Driftsinntekter"] * 3 + ["Driftsutgifter"] * 3 + [
        ""
    ]
    assert [row.total for row in table.rows] == [False, False, True, False, False, True, True]
    assert table.rows[2].line == "sum driftsinntekter"
    assert table.income_negative
    assert table.deviation_good


def test_what_the_caption_says_of_the_deviation_wins() -> None:
    said = understand(
        grid("Regnskap|Budsjett|Avvik", "Skole|10|12|2", title="Positivt avvik er merforbruk")
    )
    assert said.deviation_good is False
    other = understand(
        grid("Regnskap|Budsjett|Avvik", "Skole|10|12|2", notes="Minus er merforbruk")
    )
    assert other.deviation_good is True
    assert understand(grid("Regnskap|Budsjett|Avvik", "Skole|10|19|5")).deviation_good is None


def test_the_arithmetic_tells_what_the_caption_does_not() -> None:
    saved = grid(
        "Regnskap|Budsjett|Avvik i kr|Avvik i %", "Skole|100|120|20|17", "Bo|90|70|-20|-29"
    )
    assert understand(saved).deviation_good is True
    spent = grid("Regnskap|Budsjett|Avvik", "Skole|100|120|-20", "Bolig|90|70|20")
    assert understand(spent).deviation_good is False


def test_the_unit_nearest_the_number_wins() -> None:
    table = understand(
        grid(
            "Regnskap 2024|Avvik i kr|Avvik i %",
            "Skole|1 200|100|8,3",
            "Netto driftsresultat i %|-1,9 %||",
            "Antall elever|3 069||",
            "Kostnad per elev, hele kroner|145.500||",
            corner="Beløp i 1000",
        )
    )
    assert amount(table, 0, 0) == (1_200_000, "kr")
    assert amount(table, 0, 1) == (100_000, "kr")
    assert amount(table, 0, 2) == (8.3, "prosent")
    assert amount(table, 1, 0) == (-1.9, "prosent")
    assert amount(table, 2, 0) == (3069, "antall")
    assert amount(table, 3, 0) == (145_500, "kr/elev")


def test_the_line_before_a_table_may_tell_its_unit_but_not_its_story() -> None:
    numbers = grid("Regnskap 2024", "Skole|1 200,5", "Bolig|31,0")
    declared = understand(numbers, context="Tabellen viser utgiftene. Tall i mill. kr.")
    assert declared.unit == "mill. kr"
    assert understand(numbers, context="Utgiftene økte med 5 mill. kr.").unit == ""


def test_years_in_a_column_are_not_money() -> None:
    table = understand(
        grid("Garantiramme|Forventet låneopptak", "Seilforening|3,5|2024", "Ski|1,0|2025",
             title="Garantier. Tall i mill. kr")
    )  # fmt: skip
    assert cell(table, 0, 0).base_value == 3_500_000
    assert amount(table, 0, 1) == (2024, "år")


def test_a_project_number_is_not_money() -> None:
    table = understand(grid("Prosjektnr.|Regnskap 2024", "Skole|10234|5 120", corner="Tusen kr"))
    assert amount(table, 0, 0) == (10234, "")
    assert amount(table, 0, 1) == (5_120_000, "kr")


def test_a_part_of_a_whole_counts_the_part() -> None:
    table = understand(grid("Resultat 2024|Mål 2025", "Antall revisjoner|25 av 30|<30"))
    assert cell(table, 0, 0).value == 25
    assert cell(table, 0, 0).text == "25 av 30"
    assert cell(table, 0, 1).bound == "<"


def test_words_and_dashes_stay_as_text() -> None:
    table = understand(grid("Resultat 2024|Mål 2025", "Trivsel|*) Ikke målt|-"))
    assert cell(table, 0, 0).value is None
    assert cell(table, 0, 1).text == "-"


def test_rows_of_the_same_kind_share_a_unit() -> None:
    table = understand(
        grid(
            "Vik 2024|Oslo 2024",
            "Netto driftsutgifter til museer|43|267",
            "Netto driftsutgifter til kulturskole per innbygger|412|181",
            "Sum|455|448",
        )
    )
    assert table.unit == "kr/innbygger"
    assert [column.place for column in table.columns] == ["", "Oslo"]


def test_money_without_a_unit_is_not_counted_as_pieces() -> None:
    table = understand(grid("Regnskap 2024|Budsjett 2024", "Boliger|602|588", "Barn|31|30"))
    assert {found.unit for row in table.rows for found in row.cells if found} == {""}


def test_years_down_the_side_leave_the_columns_without_a_year() -> None:
    table = understand(grid("JAN|FEB", "2023|270|329", "2024|393|404"))
    assert [column.year for column in table.columns] == [None, None]


def test_columns_that_could_not_be_told_apart_are_doubtful() -> None:
    table = understand(grid("2023|2024", "Skole|1|2", unsure="to mulige delinger"))
    assert table.trust == "doubtful"
    assert "to mulige delinger" in table.reasons


def test_a_table_without_a_unit_takes_the_reports_own() -> None:
    bare = grid("Regnskap 2024|Rev. budsjett 2024", "Skole|1 951|1 922", "Bolig|602|588")
    one, other = share_report_units([understand(ACCOUNTS), understand(bare)])
    assert other.unit == "tusen kr"
    assert cell(other, 0, 0).base_value == 1_951_000
    assert any("ikke trykt" in reason for reason in other.reasons)
    assert one.reasons == understand(ACCOUNTS).reasons


def test_a_comparison_with_other_places_is_never_given_a_unit() -> None:
    bare = grid("Vik 2024|Oslo 2024", "Netto driftsutgifter til plansak|292|371")
    assert share_report_units([understand(ACCOUNTS), understand(bare)])[1].unit == ""


def test_a_deviation_from_the_wrong_budget_makes_the_budgets_doubtful() -> None:
    columns = "Regnskap|Revidert budsjett|Opprinnelig budsjett|Avvik regnskap og revidert budsjett"
    shifted = understand(grid(columns, "Mill. kr|325,9|325,9|344,0|18,1"))
    assert shifted.trust == "doubtful"
    assert "byttet plass" in shifted.reasons[0]
    assert understand(grid(columns, "Mill. kr|325,9|344,0|340,0|18,1")).trust == "plain"


OVERVIEW = grid(
    "Regnskap 2024|Revidert budsjett 2024|Opprinnelig budsjett 2024",
    "Skole|2 495|2 463|2 287",
    "Barnehage|1 982|1 993|1 885",
    "Kultur og idrett|188|192|180",
    "Vann og avløp|301|299|302",
    "Helse|3 099|3 027|2 929",
    title="Tabell 1 Alle tjenester. Mill. kr",
)


def service(name: str, numbers: str) -> Table:
    columns = "Regnskap|Revidert budsjett|Opprinnelig budsjett"
    title = f"Regnskap og budsjett for {name} 2024"
    small = understand(grid(columns, f"Millioner kroner|{numbers}", title=title))
    return replace(small, id=f"vik-2024/{name}")


def test_a_table_of_one_service_is_held_against_the_overview() -> None:
    skole, barnehage, kultur = check_against_overviews(
        [
            understand(OVERVIEW),
            service("skole", "2 495,2|2 462,8|2 287,1"),
            service("barnehage", "1 982,4|1 993,0|1 884,9"),
            service("kultur og idrett", "2 495,2|2 462,8|2 287,1"),
        ]
    )[1:]
    assert skole.trust == barnehage.trust == "plain"
    assert "stemmer med Tabell 1" in skole.reasons
    assert kultur.trust == "doubtful"
    assert "Tabell 1 har 188 mill. kr for Kultur og idrett" in kultur.reasons


def test_an_overview_that_agrees_with_nobody_is_of_something_else() -> None:
    tables = [
        understand(OVERVIEW),
        service("skole", "404,1|401,0|399,9"),
        service("barnehage", "108,8|100,0|99,9"),
    ]
    assert list(check_against_overviews(tables)) == tables


def test_the_json_has_the_contracts_shape() -> None:
    told = table_to_json(understand(ACCOUNTS))
    assert told["columns"][1] == "Regnskap 2024"
    assert told["rows"][0]["values"][1] == {
        "text": "-4 893",
        "value": -4893,
        "base_value": -4893000,
        "base_unit": "kr",
    }


def test_a_row_in_words_says_what_it_is_about() -> None:
    table = understand(ACCOUNTS)
    said = row_in_words(table, table.rows[0])
    assert said.startswith("Rammetilskudd. Driftsinntekter. Økonomisk oversikt etter art")
    assert "4 893" not in said


@settings(deadline=None)
@given(
    st.lists(st.text(max_size=12), min_size=1, max_size=5),
    st.lists(st.lists(st.one_of(st.none(), st.text(max_size=8)), max_size=6), max_size=8),
    st.text(max_size=40),
)
def test_no_grid_breaks_the_understanding(
    columns: list[str], rows: list[list[str | None]], words: str
) -> None:
    printed = Grid(
        title=words,
        corner=words,
        notes=words,
        columns=tuple(columns),
        rows=tuple(GridRow(label=words, cells=tuple(cells), page=1) for cells in rows),
        page=1,
    )
    table = understand(printed, context=words, heading=words)
    share_report_units([table])
    table_to_json(table)
