"""Drafts by models on this machine: real ones of all kinds, small and with random weights."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_models import (
    FIGURE,
    PROSE,
    TOKENIZERS,
    free_draft,
    run_on_one_thread,
    save_model,
    taught,
    wrapped,
)

from answer.writers.allowed import allowed_numbers
from answer.writers.gate import Gate
from answer.writers.local import MAX_PROMPT, LocalModel, load_local
from answer.writers.prompts import write_prompt
from answer.writers.rewrite import rewrite
from figures.errors import UsageError


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    yield from run_on_one_thread()


TEMPLATE = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}<assistant>"
GATE = Gate(allowed_numbers(PROSE), {1, 2})


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Folders of a model of each family, each with another kind of tokenizer."""
    folder = tmp_path_factory.mktemp("models")
    kinds = {"gpt2": "digits merged", "llama": "single digits", "t5": "unigram"}
    saved = {}
    for kind, name in kinds.items():
        template = TEMPLATE if kind == "llama" else None
        tokenizer = wrapped(TOKENIZERS[name](), template=template)
        saved[kind] = save_model(folder / kind, kind, tokenizer)
    return saved


def prompt(length: int) -> str:
    return write_prompt(PROSE, quote_length=length)


@pytest.mark.parametrize("kind", ["gpt2", "llama", "t5"])
def test_a_draft_comes_in_pieces_and_holds_no_number_of_its_own(
    models: dict[str, str], kind: str
) -> None:
    pieces = list(LocalModel(models[kind]).write(prompt, GATE, max_tokens=60))
    assert len(pieces) > 3 or kind == "t5"  # its random weights say one letter over and over
    assert GATE.fits("".join(pieces))


def test_a_model_that_writes_well_is_heard(tmp_path: Path) -> None:
    draft = "Granmo fikk 658 mill. kr i netto driftsresultat i 2024 [1]."
    generator = f"transformers:{taught(tmp_path, FIGURE, draft)}"
    assert rewrite(FIGURE, generator) == replace(FIGURE, answer=draft, generator=generator)


def test_a_model_taught_to_write_a_wrong_number_cannot(tmp_path: Path) -> None:
    wrong = "Granmo fikk 349 mill. kr i netto driftsresultat i 2019 [3]."
    folder = taught(tmp_path, FIGURE, wrong)
    assert free_draft(folder, FIGURE) == wrong  # that is what it would write
    gate = Gate(allowed_numbers(FIGURE), {1})
    draft = "".join(load_local(folder).write(lambda n: write_prompt(FIGURE, quote_length=n), gate))
    assert not any(number in draft for number in ("349", "2019", "[3]"))
    assert "658 mill. kr" in rewrite(FIGURE, f"transformers:{folder}").answer


@pytest.mark.parametrize("kind", ["gpt2", "llama", "t5"])
def test_an_answer_that_a_bad_model_wrote_is_the_extract_answer(
    models: dict[str, str], kind: str
) -> None:
    answer = rewrite(FIGURE, f"transformers:{models[kind]}")
    assert answer == FIGURE
    assert answer.generator == "extract"


def test_the_same_prompt_gives_the_same_draft(models: dict[str, str]) -> None:
    model = LocalModel(models["llama"])
    drafts = {"".join(model.write(prompt, GATE, max_tokens=30)) for _ in range(2)}
    assert len(drafts) == 1


def test_a_draft_ends_when_its_time_is_up(models: dict[str, str]) -> None:
    model = LocalModel(models["gpt2"])
    started = time.monotonic()
    pieces = list(model.write(prompt, GATE, max_tokens=1500, seconds=0.2))
    assert time.monotonic() - started < 10
    assert pieces


def test_a_draft_that_nobody_reads_on_stops(models: dict[str, str]) -> None:
    model = LocalModel(models["gpt2"])
    pieces = model.write(prompt, GATE, max_tokens=1500, seconds=60)
    next(pieces)
    started = time.monotonic()
    pieces.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 10


def test_long_quotes_are_cut_until_the_prompt_is_short_enough(models: dict[str, str]) -> None:
    model = LocalModel(models["gpt2"])
    lengths: list[int] = []

    def long_prompt(length: int) -> str:
        lengths.append(length)
        return "kommunen skole " * (length + 50)

    list(model.write(long_prompt, GATE, max_tokens=3))
    assert lengths == sorted(lengths, reverse=True)
    assert len(lengths) > 1
    assert model.prompt_tokens(long_prompt, 3) <= MAX_PROMPT


def test_a_name_that_is_no_model_is_one_clear_line(tmp_path: Path) -> None:
    for name in ("no-such/model", str(tmp_path)):
        with pytest.raises(UsageError, match="no model that can be loaded") as raised:
            load_local(name)
        assert name in str(raised.value)
        assert "\n" not in str(raised.value)


def test_weights_that_could_run_code_are_refused(models: dict[str, str], tmp_path: Path) -> None:
    import torch

    source = Path(models["llama"])
    for file in source.iterdir():
        if file.suffix == ".json":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    torch.save({}, tmp_path / "pytorch_model.bin")
    with pytest.raises(UsageError, match="safetensors"):
        load_local(str(tmp_path))


def test_nothing_heavy_is_imported_until_a_model_is_asked_for() -> None:
    program = (
        "import sys; from answer.writers.rewrite import rewrite;"
        "print([m for m in ('torch', 'transformers', 'http.client') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_a_generator_that_nobody_knows_is_named() -> None:
    for generator in ("gpt", "transformers:", "openai", ""):
        with pytest.raises(UsageError, match="transformers:NAME or openai:URL#MODEL"):
            rewrite(FIGURE, generator)
