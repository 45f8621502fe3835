from pathlib import Path

from indexer.read.html import read_html
from indexer.records import Block, Grid

PAGE = """<!doctype html><html><head><title>Årsrapport 2024 – Lia kommune</title>
<style>p { color: red }</style></head><body>
<nav><a href="/">Hjem</a></nav>
<main><h1>Årsrapport</h1><h2>Økonomi</h2>
<p>Vi brukte <b>12</b>&nbsp;millioner<sup>1</sup> på<br>skole.</p>
<ul><li>Ny skole</li><li>Gammel <i>bru</i></li></ul>
<div>Løs tekst <span>i en boks</span><p>og et avsnitt</p></div>
<p style="display:none">skjult</p><script>var x = "nei";</script>
TABLE
<p class="footnote">1 Uten moms.</p></main></body></html>"""


def read(tmp_path: Path, table: str = "") -> tuple[Block, ...]:
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace("TABLE", table), encoding="utf-8")
    reading = read_html(path)
    assert reading.title == "Årsrapport 2024 – Lia kommune"
    assert not reading.paged
    return reading.blocks


def grid(tmp_path: Path, table: str) -> Grid:
    (found,) = [block.grid for block in read(tmp_path, table) if block.grid]
    return found


def test_the_report_is_read_and_the_page_around_it_is_not(tmp_path: Path) -> None:
    assert [(b.kind, b.level, b.text) for b in read(tmp_path)] == [
        ("heading", 1, "Årsrapport"),
        ("heading", 2, "Økonomi"),
        ("paragraph", 0, "Vi brukte 12 millioner på skole."),
        ("item", 0, "Ny skole"),
        ("item", 0, "Gammel bru"),
        ("paragraph", 0, "Løs tekst i en boks"),
        ("paragraph", 0, "og et avsnitt"),
        ("footnote", 0, "1 Uten moms."),
    ]


def test_cells_that_span_stand_in_the_columns_they_cover(tmp_path: Path) -> None:
    table = (
        "<table><caption>Tabell 1 Ansatte. Antall</caption>"
        "<tr><th rowspan=2>Enhet</th><th colspan=2>Kvinner</th><th colspan=2>Menn</th></tr>"
        "<tr><th>2023</th><th>2024</th><th>2023</th><th>2024</th></tr>"
        "<tr><td>Skole</td><td>31</td><td>33</td><td>12</td><td>11</td></tr></table>"
    )
    found = grid(tmp_path, table)
    assert found.title == "Tabell 1 Ansatte"
    assert found.notes.startswith("Antall")
    assert found.corner == "Enhet"
    assert found.columns == ("Kvinner 2023", "Kvinner 2024", "Menn 2023", "Menn 2024")
    assert found.rows[0].cells == ("31", "33", "12", "11")


def test_a_table_that_only_lays_out_words_keeps_its_words(tmp_path: Path) -> None:
    blocks = read(tmp_path, "<table><tr><td>Bare ord her</td></tr></table>")
    assert "Bare ord her" in [block.text for block in blocks]


def test_broken_html_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "b.html"
    path.write_text("<p>Et avsnitt <b>uten slutt<table><tr><td>A<td>1<tr><td>B<td>2", "utf-8")
    blocks = read_html(path).blocks
    assert [block.text for block in blocks[:2]] == ["Et avsnitt", "uten slutt"]
    assert blocks[-1].grid is not None
