"""What the training builds with: pairs, first vectors, weights, and the file that is loaded."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from indexer.embed import StaticEmbedder
from indexer.tokens import key
from training.asked import Choice, Choosing, read_asked
from training.cooccurrence import first_vectors
from training.pairs import window
from training.pieces import train_pieces
from training.ranking import Candidates, fit, write_weights
from training.save import save_embedder
from training.sharpen import sharpen
from training.wordlists import compound_parts, nynorsk_keys

TEXTS = ["Skolene fikk flere elever i grunnskolen.", "Vannverket leverte vann til byen."] * 30


@pytest.fixture(scope="module")
def pieces() -> Tokenizer:
    return train_pieces(TEXTS, 400)


def test_a_saved_embedder_is_the_one_that_is_loaded(tmp_path: Path, pieces: Tokenizer) -> None:
    rows = np.random.default_rng(1).standard_normal((pieces.get_vocab_size(), 8))
    save_embedder(tmp_path, pieces, rows.astype(np.float32), name="trial")
    loaded = StaticEmbedder(tmp_path)
    assert (loaded.name, loaded.dim) == ("trial", 8)
    skole = rows[pieces.encode("skol").ids].mean(axis=0)
    assert loaded.embed_queries(["skole"])[0] @ skole / np.linalg.norm(skole) > 0.999


def test_pieces_that_keep_the_same_company_are_alike() -> None:
    random = np.random.default_rng(3)
    # 0 and 1 stand among 2-5, 6 and 7 among 8-11
    texts = [
        np.array([one, *random.permutation(group)], np.int32)
        for _ in range(200)
        for one, group in ((0, range(2, 6)), (1, range(2, 6)), (6, range(8, 12)), (7, range(8, 12)))
    ]
    rows = first_vectors(iter(texts), 12, 4, seed=1)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert rows[0] @ rows[1] > rows[0] @ rows[6] + 0.5


def test_words_that_make_several_compounds_are_parts() -> None:
    dictionary = ["skole", "plass", "bygg", "skoleplass", "skolebygg", "plassbygg", "byggplass"]
    used = Counter({"skole": 50, "plass": 50, "bygg": 50})
    assert {"plass", "bygg"} <= set(compound_parts(dictionary, used))


def test_nynorsk_keys_never_take_a_common_bokmal_word_away() -> None:
    pairs = [("plomme", "plumbe"), ("plommene", "plumbene"), ("avvek", "avvik")]
    learned = nynorsk_keys(pairs, Counter({"plomme": 100, "avvik": 100, "avvek": 3}))
    assert learned["plumb"] == "plom"
    assert "avvik" not in learned


def test_a_window_holds_the_words_around_the_answer() -> None:
    text = " ".join(f"ord{number}" for number in range(400))
    around = window(text, text.index("ord200"))
    assert "ord200" in around.split()
    assert len(around.split()) <= 90


def test_the_ranker_learns_what_tells_right_from_wrong(tmp_path: Path) -> None:
    from retriever.rank import FEATURES

    random = np.random.default_rng(5)
    lists = []
    for _ in range(200):
        values = random.random((6, len(FEATURES)))
        lists.append(Candidates(values=values, right=values[:, 3] == values[:, 3].max()))
    weights = fit(lists)
    assert max(weights, key=lambda name: weights[name]) == FEATURES[3]
    assert min(weights.values()) >= 0
    write_weights(tmp_path / "ranking.json", weights)
    assert json.loads((tmp_path / "ranking.json").read_text())["weights"] == weights


def test_sharpening_pulls_the_row_that_is_meant_ahead_of_its_neighbours() -> None:
    texts = ["kloakk avløp vann drikkevann søppel renovasjon"] * 5
    pieces = train_pieces(texts, 200)
    rows = [Choice(name=name, whole=name) for name in ("avløp", "vann", "renovasjon")]
    asked = [
        Choosing(question=said, choices=tuple(rows), right=place)
        for place, said in enumerate(("kloakk", "drikkevann", "søppel"))
    ] * 100
    random = np.random.default_rng(2)
    vectors = random.standard_normal((pieces.get_vocab_size(), 16)).astype(np.float32)

    def likeness(vectors: np.ndarray, one: str, other: str) -> float:
        left, right = (vectors[pieces.encode(key(word)).ids].sum(axis=0) for word in (one, other))
        return float(left @ right / np.linalg.norm(left) / np.linalg.norm(right))

    after = sharpen(pieces, vectors, asked, epochs=30, runs=1, say=lambda _: None)
    assert likeness(after, "kloakk", "avløp") > likeness(vectors, "kloakk", "avløp")
    assert likeness(after, "kloakk", "avløp") > likeness(after, "kloakk", "renovasjon")


def test_our_own_questions_each_have_an_answer_to_choose() -> None:
    asked = list(read_asked())
    assert len(asked) > 30_000
    assert all(0 <= one.right < len(one.choices) and one.question.strip() for one in asked)
