from pathlib import Path

import pytest

from figures.errors import ReadError
from indexer.read.encoding import read_text

WORDS = "Årsberetning for Ørnes: økt tilskudd\n"


def test_text_is_read_in_the_encodings_norwegian_files_are_written_in(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(WORDS.encode(encoding))
        assert read_text(path) == WORDS, encoding


def test_line_ends_of_other_systems_become_line_feeds(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"en\r\nto\rtre\n")
    assert read_text(path) == "en\nto\ntre\n"


def test_a_picture_called_txt_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "bilde.txt"
    path.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(ReadError, match=r"^bilde\.txt: [^\n]+$"):
        read_text(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tom.md"
    path.write_bytes(b" \n")
    with pytest.raises(ReadError, match=r"tom\.md"):
        read_text(path)
