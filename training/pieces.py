"""Texts -> a vocabulary of pieces: the commonest keys whole, everything else in parts of words."""

from collections import Counter
from collections.abc import Iterable

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import WhitespaceSplit
from tokenizers.trainers import WordPieceTrainer

from indexer.tokens import tokens

_UNKNOWN = "[UNK]"


def train_pieces(texts: Iterable[str], size: int) -> Tokenizer:
    """Learn a vocabulary over the keys of texts; an unseen key falls into known parts."""
    keys = (" ".join(tokens(text)) for text in texts)
    tokenizer = Tokenizer(WordPiece(unk_token=_UNKNOWN, max_input_chars_per_word=60))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    trainer = WordPieceTrainer(
        vocab_size=size, min_frequency=3, special_tokens=[_UNKNOWN], show_progress=False
    )
    tokenizer.train_from_iterator(keys, trainer)
    return tokenizer


def key_counts(texts: Iterable[str]) -> Counter[str]:
    """How often each key stands in the texts."""
    return Counter(key for text in texts for key in tokens(text))
