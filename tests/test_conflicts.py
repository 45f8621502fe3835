"""One figure stated twice: told when the amounts differ, silent when only the rounding does."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from figures.cells import Table
from figures.conflicts import Conflict, Text, conflicts_with_text, restated
from indexer.build import build_index
from indexer.embed import load_embedder
from indexer.index import Index
from indexer.records import Grid, GridRow
from indexer.tables import understand_table
from kommunesvar.__main__ import main
from retriever.cells import FoundCell, find_cells
from retriever.otherwise import stated_otherwise
from retriever.understand import understand

ROWS_2023 = (("Skole", "225,8"), ("Barnehage", "112,4"), ("Barnevern", "46,5"), ("Kultur", "20,1"))
ROWS_2024 = (
    ("Skole", "230,0", "225,8"), ("Barnehage", "118,0", "112,4"),
    ("Barnevern", "55,0", "51,6"), ("Kultur", "21,0", "20"),
)  # fmt: skip


def table(doc: str, title: str, columns: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    grid = Grid(
        title=title,
        columns=columns,
        rows=tuple(GridRow(label=row[0], cells=row[1:], page=7) for row in rows),
        page=7,
    )  # fmt: skip
    return understand_table(
        grid, id=f"{doc}/t0", doc=doc, heading="3 Økonomi", year=int(doc[-4:]), municipality="Vik"
    )


def spent(year: int, *rows: tuple[str, ...], title: str = "Netto utgifter") -> Table:
    columns = tuple(f"Regnskap {year - back}" for back in range(len(rows[0]) - 1))
    return table(f"vik-{year}", f"Tabell 3.2 {title} {year}. Tall i mill. kr", columns, *rows)


def told(*conflicts: Conflict) -> list[tuple[str, int, str, str]]:
    return [(c.label, c.year, c.first.text, c.other.text) for c in conflicts]


def test_a_later_report_that_gives_another_amount_for_the_same_year_is_told() -> None:
    found = restated([spent(2023, *ROWS_2023)], [spent(2024, *ROWS_2024)])
    assert told(*found) == [("Barnevern", 2023, "46,5", "51,6")]
    assert (found[0].first.doc, found[0].other.doc) == ("vik-2023", "vik-2024")
    assert found[0].other.base_value == Decimal("51600000.0")


def test_rounding_is_no_conflict() -> None:
    assert "Kultur" not in {
        c.label for c in restated([spent(2023, *ROWS_2023)], [spent(2024, *ROWS_2024)])
    }


@pytest.mark.parametrize(
    "other",
    [
        spent(2024, *ROWS_2024, title="Brutto investeringer i bygg"),
        spent(2024, *ROWS_2024[:2]),
        spent(2024, *((row[0], row[1], row[1]) for row in ROWS_2024)),  # agrees nowhere
        replace(spent(2024, *ROWS_2024), trust="doubtful"),
    ],
    ids=["another table", "too few rows", "another count", "doubtful"],
)
def test_tables_that_are_not_plainly_the_same_are_not_compared(other: Table) -> None:
    assert restated([spent(2023, *ROWS_2023)], [other]) == ()


ACCOUNTS = table(
    "vik-2024", "Tabell 3.1 Økonomisk oversikt drift. Tall i mill. kr",
    ("Regnskap 2024", "Revidert budsjett 2024", "Regnskap 2023"),
    ("Sum driftsinntekter", "900,4", "880,0", "850,0"), ("Eiendomsskatt", "25,3", "26,0", "24,1"),
    ("Netto driftsresultat", "41,2", "12,0", "-8,0"),
)  # fmt: skip


def said(sentence: str, heading: str = "3 Økonomi › 3.1 Drift") -> list[tuple[str, int, str, str]]:
    text = Text(id="vik-2024/p1", doc="vik-2024", page=5, heading=heading, text=sentence)
    return told(*conflicts_with_text([ACCOUNTS], [text], municipality="Vik", year=2024))


def test_a_sentence_that_gives_another_amount_than_the_table_is_told() -> None:
    expected = [("Eiendomsskatt", 2024, "25,3", "28 mill. kr")]
    assert said("Eiendomsskatten utgjorde 28 mill. kr i 2024.") == expected
    assert said("I 2024 var eiendomsskatten 28 mill. kr.") == expected
    assert said("Vik kommune hadde et netto driftsresultat på 47 mill. kr.") != []


@pytest.mark.parametrize(
    "sentence",
    [
        "Eiendomsskatten utgjorde 25 mill. kr i 2024.",  # rounded
        "Eiendomsskatten var om lag 26 mill. kr.",  # also the budget
        "Eiendomsskatten var 24,1 mill. kr i 2023.",
        "Eiendomsskatten økte med 28 mill. kr.",
        "Eiendomsskatten på næring utgjorde 20 mill. kr.",
        "Budsjettert eiendomsskatt var 30 mill. kr.",
        "Eiendomsskatten var 30 mill. kr i 2023 og 35 mill. kr i 2024.",
        "Netto driftsresultat ble 4,6 prosent.",  # another unit
        "Årsresultatet ble 30 mill. kr.",  # another result
        "Korrigert netto driftsresultat var 30 mill. kr.",
        "Det ble investert for 30 mill. kr.",
    ],
)
def test_a_sentence_about_something_else_is_not_compared(sentence: str) -> None:
    assert said(sentence) == []


def test_only_the_tables_own_chapter_and_the_foreword_speak_of_it() -> None:
    sentence = "Eiendomsskatten utgjorde 28 mill. kr."
    assert said(sentence, heading="7 Kultur") == []
    assert said(sentence, heading="Forord") != []


REPORT = """# Vik kommune – Årsrapport {year}

## Økonomi

{text}

Tabell 1 Netto utgifter {year}. Tall i mill. kr

{table}
"""


def report(year: int, rows: tuple[tuple[str, ...], ...], text: str = "Et år som andre.") -> str:
    head = ["Område", *(f"Regnskap {year - back}" for back in range(len(rows[0]) - 1))]
    lines = ["|".join(head), "|".join("---" for _ in head), *map("|".join, rows)]
    return REPORT.format(
        year=year, text=text, table="\n".join(f"|{line}|" for line in lines)
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "vik-2023.md").write_text(report(2023, ROWS_2023), encoding="utf-8")
    text = report(2024, ROWS_2024, "Barnevern kostet mye.")
    (folder / "vik-2024.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def index(folder: Path) -> Path:
    build_index([folder], folder / "index", embedder=load_embedder(), workers=1)
    return folder / "index"


def find(index: Index, question: str) -> FoundCell:
    return find_cells(index, understand(question, index.documents), limit=1)[0]


def test_the_index_knows_both_amounts_from_either_side(index: Path) -> None:
    opened = Index(index, embedder="bundled")
    for doc, other in (("vik-2023", "51,6"), ("vik-2024", "46,5")):
        query = understand("Barnevern regnskap 2023", opened.documents, docs=[doc])
        (stated,) = stated_otherwise(opened, find_cells(opened, query, limit=1)[0])
        assert stated.text == other
    assert stated_otherwise(opened, find(opened, "Barnehage i 2023")) == ()


def test_figures_show_it(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "Barnevern", "--year", "2023", "--index", str(index)]) == 0
    assert "også oppgitt som 51,6 mill. kr (vik-2024" in capsys.readouterr().out


def test_a_report_that_leaves_takes_its_conflicts_along(folder: Path, index: Path) -> None:
    build_index([folder / "vik-2023.md"], index, embedder=load_embedder(), workers=1)
    opened = Index(index, embedder="bundled")
    assert opened.store.execute("SELECT count(*) FROM conflicts").fetchone() == (0,)
    build_index([folder / "vik-2023.md", folder / "vik-2024.md"], index,
                embedder=load_embedder(), workers=1)  # fmt: skip
    opened = Index(index, embedder="bundled")
    assert opened.store.execute("SELECT count(*) FROM conflicts").fetchone() == (1,)
