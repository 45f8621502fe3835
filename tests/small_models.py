"""Small real models for the writers' tests: random weights, and tokenizers of many kinds."""

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from answer.records import Answer, Citation, Figure
from answer.writers.prompts import write_prompt

END = "</s>"
WORDS = """kommunen hadde brukte fikk økte sank barnehage skole sykehjem gjeld fondet årsverk
ansatte innbyggere netto driftsresultat utgifter inntekter mot året før trenger treningen tidlig
total kroner og i på til av for med som ble var er det en et mill. mrd. prosent tre to fire fem
seks sju åtte ni ti tolv tjue tretti hundre tusen million millioner milliarder halvparten
tredjedel dobbelt""".split()

FIGURE = Answer(
    question="Hva var netto driftsresultat i Granmo i 2024?",
    language="nb",
    status="answered",
    answer="Netto driftsresultat i Granmo var 658 mill. kr i 2024 [1].",
    figure=Figure(base_value=Decimal(658_000_000), base_unit="kr", text="658 mill. kr"),
    citations=(
        Citation(
            n=1,
            doc="granmo-2024",
            title="Granmo kommune – Årsberetning 2024",
            page=5,
            heading="1. Økonomi › Driftsregnskapet",
            quote="Netto driftsresultat\t658\t349\t388",
            table="Tabell 1.1 Regnskap 2024",
            row="Netto driftsresultat",
            column="Regnskap 2024",
        ),
    ),
)
PROSE = Answer(
    question="Hva sier Granmo om barnehagene i 2023?",
    language="nb",
    status="answered",
    answer="Kommunen åpnet tre barnehager med 12 450 plasser i 2023. [1] "
    "Dekningen økte fra 91,5 til 93,2 prosent. [2]",
    citations=tuple(
        Citation(n=n, doc="granmo-2023", title="Granmo", page=n, heading="Oppvekst", quote=quote)
        for n, quote in enumerate(
            (
                "Kommunen åpnet tre barnehager med 12 450 plasser i 2023.",
                "Dekningen økte fra 91,5 til 93,2 prosent.",
            ),
            start=1,
        )
    ),
)


def corpus() -> list[str]:
    """Sentences with many numbers, so that a tokenizer learns to merge digits as large ones do."""
    chance = random.Random(7)
    lines = []
    for _ in range(600):
        words = chance.choices(WORDS, k=6)
        number = chance.choice(
            ["2023", "2024", "658", "12 450", "91,5", str(chance.randrange(9999))]
        )
        words.insert(chance.randrange(6), number)
        lines.append(" ".join(words).capitalize() + f" [{chance.randrange(1, 4)}].")
    return lines


def byte_level(*, split: str = "") -> Tokenizer:
    """Pieces of bytes, digits merged as they come, or cut by `split` first."""
    tokenizer = Tokenizer(models.BPE())
    steps: list[Any] = [pre_tokenizers.ByteLevel(add_prefix_space=False)]
    if split:
        steps.insert(0, pre_tokenizers.Split(Regex(split), "isolated"))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(steps)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    return _trained(
        tokenizer,
        trainers.BpeTrainer(
            vocab_size=700, special_tokens=[END], initial_alphabet=alphabet, show_progress=False
        ),
    )


def single_digits() -> Tokenizer:
    """Words with a mark for the space before, each digit for itself, bytes for what is unknown."""
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Metaspace(), pre_tokenizers.Digits(individual_digits=True)]
    )
    tokenizer.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(" ", 1, 0),
        ]
    )
    bytes_ = [f"<0x{byte:02X}>" for byte in range(256)]
    return _trained(
        tokenizer,
        trainers.BpeTrainer(
            vocab_size=900, special_tokens=[END, "<unk>", *bytes_], show_progress=False
        ),
    )


def unigram() -> Tokenizer:
    """Likely pieces of words, digits merged, a mark for the space before."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    return _trained(
        tokenizer,
        trainers.UnigramTrainer(
            vocab_size=500, special_tokens=[END, "<unk>"], unk_token="<unk>", show_progress=False
        ),
    )


TOKENIZERS = {
    "digits merged": byte_level,
    "three digits": lambda: byte_level(split=r"[0-9]{1,3}"),
    "single digits": single_digits,
    "unigram": unigram,
}


def _trained(tokenizer: Tokenizer, trainer: Any) -> Tokenizer:
    tokenizer.train_from_iterator(corpus(), trainer)
    return tokenizer


def wrapped(tokenizer: Tokenizer, *, template: str | None = None) -> Any:
    """The tokenizer as transformers has it."""
    from transformers import PreTrainedTokenizerFast

    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token=END, pad_token=END, chat_template=template
    )


def save_model(folder: Path, kind: str, tokenizer: Any) -> str:
    """A model with random weights that always writes the same for the same prompt."""
    import torch
    from transformers import (
        GPT2Config,
        GPT2LMHeadModel,
        LlamaConfig,
        LlamaForCausalLM,
        T5Config,
        T5ForConditionalGeneration,
    )

    torch.manual_seed(3)
    size, end = len(tokenizer) + 8, tokenizer.eos_token_id  # padded, as many models are
    made: Any
    if kind == "gpt2":
        made = GPT2LMHeadModel(
            GPT2Config(
                vocab_size=size, n_positions=2048, n_embd=32, n_layer=1, n_head=2,
                bos_token_id=end, eos_token_id=end, initializer_range=0.5,
            )
        )  # fmt: skip
    elif kind == "llama":
        made = LlamaForCausalLM(
            LlamaConfig(
                vocab_size=size, hidden_size=32, intermediate_size=32, num_hidden_layers=1,
                num_attention_heads=2, num_key_value_heads=1, max_position_embeddings=2048,
                bos_token_id=end, eos_token_id=end, initializer_range=0.5,
            )
        )  # fmt: skip
    else:
        made = T5ForConditionalGeneration(
            T5Config(
                vocab_size=size, d_model=32, d_kv=16, d_ff=32, num_layers=1, num_heads=2,
                decoder_start_token_id=end, eos_token_id=end, pad_token_id=end,
            )
        )  # fmt: skip
    made.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


def taught(folder: Path, answer: Answer, draft: str) -> str:
    """A small model that has learnt to write this draft for this answer, and nothing else."""
    import torch

    tokenizer = wrapped(single_digits())
    name = save_model(folder, "llama", tokenizer)
    model = _open(name)
    asked = torch.tensor([tokenizer(write_prompt(answer)).input_ids])
    said = torch.tensor([[*tokenizer(draft).input_ids, tokenizer.eos_token_id]])
    labels = torch.cat([torch.full_like(asked, -100), said], dim=1)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(400):
        loss = model(input_ids=torch.cat([asked, said], dim=1), labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if loss.item() < 0.02:
            break
    model.save_pretrained(folder)
    return name


def free_draft(folder: str, answer: Answer) -> str:
    """What a causal model writes when nothing holds it."""
    tokenizer = wrapped(single_digits())
    asked = tokenizer(write_prompt(answer), return_tensors="pt").input_ids
    written = _open(folder).generate(asked, max_new_tokens=60, do_sample=False)
    text: str = tokenizer.decode(written[0, asked.shape[1] :], skip_special_tokens=True)
    return text


def run_on_one_thread() -> Iterator[None]:
    """For tiny models threads cost more than they bring."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def _open(folder: str) -> Any:
    from transformers import AutoModelForCausalLM

    return AutoModelForCausalLM.from_pretrained(folder)
