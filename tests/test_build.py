"""Reports in, index out: what is read again, what is dropped, and what a bad file costs."""

from pathlib import Path

import pytest

from figures.errors import IndexMismatch, ReadError, UsageError
from indexer.build import build_index
from indexer.commit import current_generation, read_manifest, verify
from indexer.embed import load_embedder
from indexer.index import Index
from indexer.store import count, load_page, load_passages, passages_of, tables_of

REPORT = """# {name} kommune – Årsrapport {year}

## 1 Skole

{name} kommune bygde en ny skole på Nesodden vest. Skolen fikk plass til 212 elever.

Tabell 1 Regnskap for skole {year}. Tall i tusen kr

Post\tRegnskap {year}\tBudsjett {year}\tAvvik
Lønn\t41 200\t40 000\t-1 200
Varer\t3 100\t3 000\t-100
Sum\t44 300\t43 000\t-1 300
"""


def write(folder: Path, name: str, year: int, more: str = "") -> Path:
    path = folder / f"{name.lower()}-{year}.md"
    path.write_text(REPORT.format(name=name, year=year) + more, encoding="utf-8")
    return path


def build(reports: Path, index: Path) -> tuple[int, int, int, int]:
    built = build_index([reports], index, embedder=load_embedder(), workers=2)
    return len(built.added), len(built.unchanged), len(built.removed), len(built.failures)


def opened(index: Path) -> Index:
    return Index(index, embedder="bundled")


def test_only_what_changed_is_read_again_and_what_is_gone_is_dropped(tmp_path: Path) -> None:
    reports, index = tmp_path / "reports", tmp_path / "index"
    reports.mkdir()
    first, second = write(reports, "Vestvik", 2023), write(reports, "Vestvik", 2024)
    assert build(reports, index) == (2, 0, 0, 0)
    assert build(reports, index) == (0, 2, 0, 0)
    write(reports, "Vestvik", 2024, "\nKommunen kjøpte en ny brannbil.\n")
    first.unlink()
    assert build(reports, index) == (1, 0, 1, 0)
    found = opened(index)
    assert [document["id"] for document in found.documents] == [second.stem]
    assert {p.doc for p in load_passages(found.store, range(100))} == {second.stem}
    assert any("brannbil" in passage.text for passage in passages_of(found.store, second.stem))
    verify(current_generation(index))


def test_a_table_comes_back_from_the_store_as_it_was_understood(tmp_path: Path) -> None:
    reports, index = tmp_path / "reports", tmp_path / "index"
    reports.mkdir()
    write(reports, "Vestvik", 2024)
    build(reports, index)
    (table,) = tables_of(opened(index).store, [])
    assert table.unit == "tusen kr"
    assert [column.measure for column in table.columns] == [
        "accounts",
        "revised_budget",
        "deviation",
    ]
    lonn = table.rows[0]
    assert lonn.label == "Lønn"
    assert lonn.cells[0]
    assert lonn.cells[0].base_value == 41_200_000
    assert table.rows[-1].total
    assert table.trust == "verified"


def test_every_passage_of_prose_is_a_substring_of_its_page(samples: Index) -> None:
    for document in samples.documents:
        for passage in passages_of(samples.store, document["id"]):
            page = load_page(samples.store, passage.doc, passage.page)
            assert page
            if not passage.table:
                assert passage.text in page.text


def test_one_bad_file_is_reported_and_the_rest_are_indexed(tmp_path: Path) -> None:
    reports, index = tmp_path / "reports", tmp_path / "index"
    reports.mkdir()
    write(reports, "Vestvik", 2024)
    (reports / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (reports / "bilde.pdf").write_bytes(b"\x89PNG\r\n")
    built = build_index([reports], index, embedder=load_embedder())
    assert built.added == ("vestvik-2024",)
    assert sorted(failure.path.name for failure in built.failures) == ["bilde.pdf", "broken.pdf"]
    assert all(failure.path.name in failure.reason for failure in built.failures)


def test_when_nothing_can_be_read_the_index_stays_as_it_was(tmp_path: Path) -> None:
    reports, index = tmp_path / "reports", tmp_path / "index"
    reports.mkdir()
    good = write(reports, "Vestvik", 2024)
    build(reports, index)
    before = current_generation(index)
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no pdf at all")
    with pytest.raises(ReadError, match=r"bad\.pdf"):
        build_index([bad], index, embedder=load_embedder())
    assert current_generation(index) == before
    assert opened(index).documents[0]["id"] == good.stem


def test_two_files_of_one_name_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = write(tmp_path / "a", "Vestvik", 2024), write(tmp_path / "b", "Vestvik", 2024)
    with pytest.raises(UsageError, match="'vestvik-2024' is taken"):
        build_index([one, other], tmp_path / "index", embedder=load_embedder())


def test_the_manifest_names_the_models_and_another_embedder_is_refused(
    samples_index: Path,
) -> None:
    manifest = read_manifest(current_generation(samples_index))
    assert manifest["models"] == {"embedder": load_embedder().name}
    index = Index(samples_index, embedder="bundled")
    index.manifest["models"]["embedder"] = "another"
    with pytest.raises(IndexMismatch, match="'another'"):
        _ = index.embedder


def test_the_same_reports_give_the_same_records(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for year in (2022, 2023, 2024):
        write(reports, "Vestvik", year)
    for name in ("one", "two"):
        build(reports, tmp_path / name)
    one, two = (list(opened(tmp_path / name).store.iterdump()) for name in ("one", "two"))
    assert one == two
    assert count(opened(tmp_path / "one").store)["documents"] == 3
