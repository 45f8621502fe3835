"""A prompt → a draft from a model on this machine, piece by piece. The only door to transformers.

Any causal or sequence-to-sequence model by name or folder: its own chat template, greedy decoding,
weights as eight-bit integers on a processor, as they are on an accelerator. Nothing is downloaded,
and no code of the model's is run. What comes out has passed the gate, not yet the checks.
"""

import os
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when transformers is imported

import torch
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoModelForSeq2SeqLM,
    AutoTokenizer,
    LogitsProcessor,
    LogitsProcessorList,
    StoppingCriteria,
    StoppingCriteriaList,
    TextIteratorStreamer,
)
from transformers.utils import logging

from answer.writers.gate import Gate
from answer.writers.pieces import CLASSES, Allowed, Pieces
from answer.writers.prompts import QUOTE_LENGTHS
from figures.errors import UsageError

MAX_PROMPT = 700  # tokens; the prompt's length is what a small machine pays for
MAX_TOKENS = 160
MAX_SECONDS = 30.0
_REMEMBERED = 4096  # states of the text whose allowed tokens are kept
_LOADING = threading.Lock()
_LOCK = threading.Lock()  # one draft at a time: two would only halve each other's speed


def load_local(name: str) -> "LocalModel":
    """The model of that name, or in that folder; kept for the next question."""
    with _LOADING:  # two who ask at once wait for one model
        return _loaded(name)


@lru_cache(maxsize=1)
def _loaded(name: str) -> "LocalModel":
    return LocalModel(name)


class LocalModel:
    """A model, its tokenizer, and its vocabulary as pieces of text."""

    def __init__(self, name: str) -> None:
        self._tokenizer, self._model = _load(name)
        self._seq2seq = bool(self._model.config.is_encoder_decoder)
        self.vocabulary = Vocabulary(self._tokenizer, self._model)

    def write(
        self,
        prompt: Callable[[int], str],
        gate: Gate,
        *,
        max_tokens: int = MAX_TOKENS,
        seconds: float = MAX_SECONDS,
    ) -> Iterator[str]:
        """The draft's pieces as they are made; `prompt` gives the text for a length of quotes."""
        ids = self._fitting(prompt, max_tokens)
        skip = 1 if self._seq2seq else ids.shape[1]
        stopped = threading.Event()
        streamer = TextIteratorStreamer(
            self._tokenizer,
            skip_prompt=True,
            skip_special_tokens=True,
            clean_up_tokenization_spaces=False,
        )
        failures: list[BaseException] = []

        def work() -> None:
            try:
                with _LOCK, torch.inference_mode():
                    self._model.generate(
                        ids,
                        attention_mask=torch.ones_like(ids),
                        logits_processor=LogitsProcessorList(
                            [OnlyAllowedNumbers(self.vocabulary, gate, skip=skip)]
                        ),
                        stopping_criteria=StoppingCriteriaList([_Stopped(stopped)]),
                        streamer=streamer,
                        max_new_tokens=max_tokens,
                        max_time=seconds,
                        do_sample=False,
                        num_beams=1,
                        pad_token_id=self.vocabulary.pad,
                    )
            except BaseException as error:  # told to whoever reads the pieces
                failures.append(error)
            finally:
                streamer.end()

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            yield from filter(None, streamer)
        finally:
            stopped.set()  # nobody reads on: the model need not write on
            thread.join()
        if failures:
            raise failures[0]

    def prompt_tokens(self, prompt: Callable[[int], str], max_tokens: int = MAX_TOKENS) -> int:
        """How long a prompt becomes."""
        return int(self._fitting(prompt, max_tokens).shape[1])

    def _fitting(self, prompt: Callable[[int], str], max_tokens: int) -> Any:
        """The prompt's tokens, with the quotes as long as there is room for."""
        room = MAX_PROMPT
        known = getattr(self._model.config, "max_position_embeddings", None)
        if known and not self._seq2seq:
            room = max(1, min(room, known - max_tokens))
        for length in QUOTE_LENGTHS:
            ids = self._encode(prompt(length))
            if ids.shape[1] <= room:
                break
        return ids[:, -room:].to(self._model.device)

    def _encode(self, text: str) -> Any:
        if self._tokenizer.chat_template:
            text = self._tokenizer.apply_chat_template(
                [{"role": "user", "content": text}],
                tokenize=False,
                add_generation_prompt=True,
                enable_thinking=False,  # templates that know it leave the thinking out
            )
        special = not self._tokenizer.chat_template  # a template brings its own
        return self._tokenizer(text, return_tensors="pt", add_special_tokens=special)["input_ids"]


class Vocabulary:
    """What each token adds to a text, found by letting the tokenizer write it after another."""

    def __init__(self, tokenizer: Any, model: Any) -> None:
        self._tokenizer = tokenizer
        self._anchor = tokenizer("a", add_special_tokens=False)["input_ids"]
        self._before = self._decode([])
        size = int(model.config.get_text_config().vocab_size)  # some score more than are in use
        banned = set(tokenizer.all_special_ids)
        texts = [
            "" if token in banned or token >= len(tokenizer) else self.text([token])
            for token in range(size)
        ]
        self.pieces = Pieces(texts)
        self.ends = {end for end in _ends(tokenizer, model) if end < size}
        self.pad = next(t for t in (tokenizer.pad_token_id, *sorted(self.ends), 0) if t is not None)
        self.may_end = _mask(size, sorted(self.ends))
        self.classes = {name: _mask(size, self.pieces.plain(name)) for name in CLASSES}

    def text(self, tokens: list[int]) -> str:
        """What a run of tokens writes, spaces at its beginning included."""
        return self._decode(tokens)[len(self._before) :]

    def _decode(self, tokens: list[int]) -> str:
        text: str = self._tokenizer.decode(
            [*self._anchor, *tokens],
            skip_special_tokens=True,
            clean_up_tokenization_spaces=False,
        )
        return text


class OnlyAllowedNumbers(LogitsProcessor):  # type: ignore[misc]
    """Leaves a token its score only where what it makes can still stand before the gate."""

    def __init__(self, vocabulary: Vocabulary, gate: Gate, *, skip: int) -> None:
        """`skip` tokens of the prompt are not part of the draft."""
        self._vocabulary = vocabulary
        self._gate = gate
        self._skip = skip
        self._after = lru_cache(maxsize=_REMEMBERED)(self._find)

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """Scores with the rest at minus infinity."""
        allowed = torch.stack([self._allowed(row[self._skip :].tolist()) for row in input_ids])
        return scores.masked_fill(~allowed.to(scores.device), -torch.inf)

    def _allowed(self, tokens: list[int]) -> Any:
        text = self._vocabulary.text(tokens)
        found, may_end = self._after(self._gate.tail(text))
        mask = torch.zeros_like(self._vocabulary.may_end)
        mask[list(found.ids)] = True
        for name in found.classes:
            mask |= self._vocabulary.classes[name]
        if may_end and text.strip():
            mask |= self._vocabulary.may_end
        # stuck: the checks reject what there is
        return mask if mask.any() else self._vocabulary.may_end

    def _find(self, tail: str) -> tuple[Allowed, bool]:
        allowed = self._vocabulary.pieces.after(tail, self._gate)
        return allowed, self._gate.may_follow(tail, "", done=True)


class _Stopped(StoppingCriteria):  # type: ignore[misc]
    """Ends a draft that nobody reads."""

    def __init__(self, stopped: threading.Event) -> None:
        self._stopped = stopped

    def __call__(self, input_ids: Any, *_scores: Any, **_options: Any) -> Any:
        """One answer for each row."""
        return torch.full((input_ids.shape[0],), self._stopped.is_set(), device=input_ids.device)


def _load(name: str) -> tuple[Any, Any]:
    """Tokenizer and model, ready to write; from this machine alone."""
    where: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    accelerator = torch.cuda.is_available()
    try:
        with _quiet():
            config = AutoConfig.from_pretrained(name, **where)
            kind = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
            tokenizer = AutoTokenizer.from_pretrained(name, **where)
            model = kind.from_pretrained(
                name,
                config=config,
                use_safetensors=True,  # a pickle could run code
                dtype=torch.bfloat16 if accelerator else torch.float32,
                **where,
            ).eval()
            if accelerator:
                return tokenizer, model.to("cuda")
            layers = {torch.nn.Linear}
            return tokenizer, torch.ao.quantization.quantize_dynamic(model, layers, torch.qint8)
    except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
        found = "the folder holds none" if Path(name).is_dir() else "it is not on this machine"
        reason = str(error).strip().split("\n")[0]
        raise UsageError(
            f"generator 'transformers:{name}': no model that can be loaded, {found} ({reason}). "
            "Give the name or folder of a causal or sequence-to-sequence model in safetensors."
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Without progress bars, and without warnings of how the libraries will change."""
    level = logging.get_verbosity()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(level)


def _ends(tokenizer: Any, model: Any) -> set[int]:
    configured = model.generation_config.eos_token_id
    several = configured if isinstance(configured, list) else [configured]
    return {token for token in (*several, tokenizer.eos_token_id) if token is not None}


def _mask(size: int, tokens: list[int]) -> Any:
    mask = torch.zeros(size, dtype=torch.bool)
    mask[tokens] = True
    return mask
