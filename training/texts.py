"""The open data folder -> texts and pairs to train on. What each row may be used for is here.

Laws are most of the words, so they are sampled down. NTREX rows and NorQuAD's test part
(`doc_split`) are for testing only and never leave this file as training text.
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_LAWS_CHARACTERS = 8_000_000


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a gzipped JSON lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


def norquad(data: Path, part: str) -> list[dict[str, Any]]:
    """NorQuAD by documents: "embedder" and "ranking" share the training part, "test" is the rest.

    The ranking part is kept from the embedder, or its likeness would look better than it is.
    """
    found = []
    for row in rows(data / "qa" / "norquad.jsonl.gz"):
        if row["doc_split"] != "train":
            own = "test"
        else:
            own = "ranking" if zlib.crc32(str(row["doc_id"]).encode()) % 4 == 0 else "embedder"
        if own == part:
            found.append(row)
    return found


def running_text(data: Path) -> Iterator[str]:
    """Paragraphs of Norwegian text, laws sampled down."""
    for name in ("laws_lover", "laws_forskrifter"):
        taken = 0
        for row in rows(data / "text" / f"{name}.jsonl.gz"):
            if taken > _LAWS_CHARACTERS:
                break
            taken += len(row["text"])
            yield from row["text"].split("\n")
    for name in ("public_docs", "ndt_reports_parliament", "kodeklubben_ccbysa"):
        for row in rows(data / "text" / f"{name}.jsonl.gz"):
            yield from row["text"].split("\n")
    for part in ("embedder", "ranking"):
        yield from (row["context"] for row in norquad(data, part))
    for row in rows(data / "parallel" / "no_en_parallel.jsonl.gz"):
        if row["source"] != "NTREX":
            yield row.get("nb") or ""


def paragraphs(data: Path, *, most: int = 250_000) -> Iterator[str]:
    """Running text in whole paragraphs, each source's share bounded."""
    for name, share in (
        ("laws_lover", 0.25),
        ("laws_forskrifter", 0.25),
        ("public_docs", 0.3),
        ("ndt_reports_parliament", 0.1),
        ("kodeklubben_ccbysa", 0.05),
        ("debian_handbook_nb_ccbysa3", 0.05),
    ):
        left = int(most * share)
        for row in rows(data / "text" / f"{name}.jsonl.gz"):
            if row.get("kind") == "ui-strings":
                continue
            for text in row["text"].split("\n"):
                if len(text) > 120 and left > 0:
                    left -= 1
                    yield text
    for context in dict.fromkeys(row["context"] for row in norquad(data, "embedder")):
        yield from context.split("\n")


def all_text(data: Path) -> Iterator[str]:
    """All paragraphs of all sources, and the Norwegian and English of the parallel ones."""
    for path in sorted((data / "text").glob("*.jsonl.gz")):
        for row in rows(path):
            yield from (text for text in row["text"].split("\n") if len(text) > 30)
    yield from dict.fromkeys(row["context"] for row in norquad(data, "embedder"))
    for row in rows(data / "parallel" / "no_en_parallel.jsonl.gz"):
        if row["source"] != "NTREX":
            yield " ".join(row.get(language) or "" for language in ("nb", "nn", "en"))
