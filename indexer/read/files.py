"""One file → one Reading, by its ending. Each reader is imported only when a file needs it."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from figures.errors import ReadError
from indexer.records import Reading

READERS = {
    ".pdf": ("indexer.read.pdf", "read_pdf"),
    ".md": ("indexer.read.markdown", "read_markdown"),
    ".txt": ("indexer.read.plaintext", "read_plaintext"),
    ".docx": ("indexer.read.docx", "read_docx"),
    ".html": ("indexer.read.html", "read_html"),
}


def read_file(path: Path) -> Reading:
    """Read one report; a file that holds nothing to read is an error that names it."""
    module, function = READERS[path.suffix.lower()]
    read = cast(Callable[[Path], Reading], getattr(import_module(module), function))
    reading = read(path)
    if not any(block.text.strip() for block in reading.blocks):
        raise ReadError(
            f"{path.name}: no text in it; if the pages are pictures, run OCR on it first"
        )
    return reading
