from pathlib import Path

from indexer.read.plaintext import plaintext_blocks, read_plaintext

PROSE = (
    "Kommunen hadde et godt år med høy aktivitet i alle sektorer, og innbyggerne ble flere. De\n"
    "fleste målene i økonomiplanen ble nådd, men sykefraværet er fortsatt høyere enn ønsket i\n"
    "både skole og omsorg.\n"
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in plaintext_blocks(text)]


def test_lines_broken_where_the_page_was_full_are_one_paragraph() -> None:
    (block,) = plaintext_blocks(PROSE)
    assert block.text == " ".join(PROSE.split())


def test_words_hyphenated_at_the_line_end_are_whole() -> None:
    text = (
        PROSE
        + "Vi ser at helse- og omsorgstjenesten vokser raskt, og at kommunens samlede drifts-\n"
        "utgifter øker.\n"
    )
    assert "helse- og omsorgstjenesten" in plaintext_blocks(text)[-1].text
    assert "driftsutgifter øker" in plaintext_blocks(text)[-1].text


def test_a_sentence_cut_by_a_page_is_one_paragraph() -> None:
    text = f"{PROSE}\nVi ser en økning i antall\n mottakere av hjelp.\n"
    assert kinds(text)[-1] == ("paragraph", "Vi ser en økning i antall mottakere av hjelp.")


def test_a_short_line_over_a_paragraph_is_a_heading() -> None:
    text = f"{PROSE}\nDriftsutgifter\n{PROSE}"
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "heading", "paragraph"]


def test_numbered_and_capital_headings_have_levels() -> None:
    text = f"1. Økonomi\n\n1.2 Drift\n\n{PROSE}\nHELSE OG OMSORG\n\n{PROSE}"
    headings = [(b.text, b.level) for b in plaintext_blocks(text) if b.kind == "heading"]
    assert headings == [("1. Økonomi", 1), ("1.2 Drift", 2), ("HELSE OG OMSORG", 3)]


def test_a_short_last_line_and_a_name_are_no_headings() -> None:
    text = f"{PROSE}\nLia, 26. mars 2025\n\nKari Nordmann\n"
    assert not [block for block in plaintext_blocks(text) if block.kind == "heading"]


def test_bullets_become_items_and_the_lead_in_stays_prose() -> None:
    text = (
        "Vi har tre mål:\n\n● fritt valg\n"
        "• ny skole på Voll som skal stå ferdig til\n\nskolestart\n- rene elver\n"
    )
    assert kinds(text) == [
        ("paragraph", "Vi har tre mål:"),
        ("item", "fritt valg"),
        ("item", "ny skole på Voll som skal stå ferdig til skolestart"),
        ("item", "rene elver"),
    ]


def test_page_numbers_and_running_heads_are_dropped() -> None:
    text = f"{PROSE}\nSide 12 av 73\n\n\nÅrsberetning 12 Lia kommune\n\n{PROSE}"
    assert len(plaintext_blocks(text)) == 2


def test_form_feeds_are_pages_and_without_them_there_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{PROSE}\f{PROSE}", encoding="utf-8")
    reading = read_plaintext(path)
    assert reading.paged
    assert [block.page for block in reading.blocks] == [1, 2]
    path.write_text(PROSE + "\n" + PROSE, encoding="utf-8")
    reading = read_plaintext(path)
    assert not reading.paged
    assert {block.page for block in reading.blocks} == {1}


def test_prose_with_figures_in_it_is_no_table() -> None:
    text = (
        "Kommunen hadde 12 345 innbyggere ved årets slutt, mot 12 100 i 2023 og 11 950 i 2022\n"
        "2021. Av disse bodde 3 400 i sentrum, og veksten var på 2,0 prosent fra 2023 til 2024\n"
        "som er høyere enn de 1,4 prosent vi la til grunn.\n"
    )
    assert [block.kind for block in plaintext_blocks(text)] == ["paragraph"]


def test_a_table_of_contents_is_no_table() -> None:
    text = "1. Innledning 3\n2. Økonomi 7\n3. Skole 12\n4. Helse 19\n5. Kultur 25\n"
    assert not any(block.grid for block in plaintext_blocks(text))


def test_every_word_stays_and_none_stands_twice() -> None:
    table = (
        "\nTabell 1 Drift. Tall i tusen kr\n\nSektor 2023 2024\n\n"
        "Skole 12 400 13 100\nVann 900 1 050\n\n"
    )
    text = PROSE + table + PROSE
    words = " ".join(block.text for block in plaintext_blocks(text)).split()
    assert words == text.split()
