"""The bundled embedder is light, even-handed between languages, and refuses what is no model."""

import subprocess
import sys
import time

import numpy as np
import pytest

from figures.errors import UsageError
from indexer.embed import load_embedder, passage_pieces


def likeness(one: str, other: str) -> float:
    rows = load_embedder().embed_queries([one, other])
    return float(rows[0] @ rows[1])


def test_rows_have_length_one_and_unknown_text_is_nowhere() -> None:
    rows = load_embedder().embed_passages(["Barnehagen har plass.", "", "😀"])
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 0], abs=1e-5)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("Kor høgt var sjukefråværet?", "Sykefraværet var 9,2 prosent.", "Veilyset ble skiftet."),
        ("How large is the debt?", "Langsiktig gjeld økte.", "Elevene trives på skolen."),
        ("hvor mange eldre får hjelp hjemme", "Hjemmetjenesten hadde 410 brukere.", "Snøbrøyting"),
        ("søppel", "Husholdningsavfall og renovasjon", "Psykisk helse og rus"),
    ],
)
def test_likeness_follows_meaning(question: str, right: str, wrong: str) -> None:
    assert likeness(question, right) > likeness(question, wrong)


def test_the_same_text_gives_the_same_row_alone_and_in_company() -> None:
    embedder = load_embedder()
    alone = embedder.embed_passages(["Lånegjelden økte."])
    together = embedder.embed_passages(["x"] * 200 + ["Lånegjelden økte."])
    assert np.allclose(alone[0], together[-1], atol=1e-6)


def test_no_torch_and_no_wait() -> None:
    code = (
        "import sys, time; from indexer.embed import load_embedder; start = time.perf_counter();"
        "load_embedder().embed_queries(['gjeld']); assert 'torch' not in sys.modules;"
        "print(time.perf_counter() - start)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 1.0  # 0.06 s on a quiet machine


def test_embedding_a_thousand_passages_takes_a_moment() -> None:
    embedder = load_embedder()
    texts = ["Kommunen hadde flere elever i grunnskolen enn året før, og færre lærere."] * 1_000
    embedder.embed_passages(texts[:1])
    start = time.process_time()
    embedder.embed_passages(texts)
    assert time.process_time() - start < 1.0  # 0.1 s on a quiet machine


def test_a_model_that_is_not_there_is_said_in_one_line() -> None:
    with pytest.raises(UsageError, match="no/such-model"):
        load_embedder("./no/such-model")


def test_pieces_are_whole_lines_under_their_heading() -> None:
    text = "\n".join(f"Rad {number}\t{number} 000\t{number} 500" for number in range(40))
    pieces = passage_pieces("1. Økonomi › Balansen", "Tabell 1", text)
    assert len(pieces) > 1
    assert all(piece.startswith("Balansen\nTabell 1\n") for piece in pieces)
    lines = [line for piece in pieces for line in piece.split("\n")[2:]]
    assert lines == text.split("\n")


def test_an_empty_passage_is_one_piece() -> None:
    assert len(passage_pieces("", "", "")) == 1
