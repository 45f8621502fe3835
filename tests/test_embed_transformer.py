"""A sentence-transformers model is used the way it was trained: its prompts, its length."""

from pathlib import Path

import numpy as np
import pytest

from indexer.embed import Embedder, load_embedder

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "passage", ":", "skole", "gjeld"]


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    """A model with random weights, saved and loaded by its folder; it reads eight pieces."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder: Path = tmp_path_factory.mktemp("model")
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    model = SentenceTransformer(
        modules=[
            modules.Transformer(str(folder / "bert"), max_seq_length=8),
            modules.Pooling(16),
        ],
        prompts={"query": "query: ", "passage": "passage: "},
    )
    model.save(str(folder / "whole"))
    return load_embedder(str(folder / "whole"))


def test_questions_and_passages_get_their_own_prompts(embedder: Embedder) -> None:
    asked, found = embedder.embed_queries(["skole"]), embedder.embed_passages(["skole"])
    assert embedder.dim == asked.shape[1] == 16
    assert not np.allclose(asked, found)
    assert np.allclose(found, embedder.embed_passages(["skole"]), atol=1e-6)


def test_the_models_own_length_limit_holds(embedder: Embedder) -> None:
    long, longer = embedder.embed_passages(["skole " * 20, "skole " * 200])
    assert np.allclose(long, longer, atol=1e-6)


def test_rows_have_length_one_and_no_text_gives_no_row(embedder: Embedder) -> None:
    rows = embedder.embed_passages(["skole", "gjeld"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert embedder.embed_queries([]).shape == (0, 16)
