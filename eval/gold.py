"""A gold file → questions with their right answers, checked; nothing is scored by halves.

Each line is one JSON object; the fields are those of `Gold`. The first line that cannot be used
ends the reading, with the file, the line and what is wrong. Whether the evidence stands in the
reports is checked once there is an index: see `eval.places`.
"""

import hashlib
import json
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from figures.errors import UsageError

Kind = Literal["figure", "computed", "compare", "text", "list", "yesno", "unanswerable", "clarify"]
UNANSWERED: tuple[Kind, ...] = ("unanswerable", "clarify")  # kinds that are right without an answer
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class GoldFigure(_Line):
    """The number that answers, in base units; `sign_free` where both signs are plain speech."""

    base_value: float = Field(allow_inf_nan=False)
    base_unit: Said
    tolerance: float = Field(ge=0, allow_inf_nan=False)
    as_stated: str
    sign_free: bool = False


class Evidence(_Line):
    """Where the answer stands: the words of the report, and its table's title or number."""

    doc: Said
    quote: Said
    table: str | None = None


class Asked(_Line):
    """An earlier question of the same conversation."""

    question: str
    answer: str


class Gold(_Line):
    """One question with its right answer."""

    id: Said
    question: Said
    lang: Literal["nb", "nn", "en"]
    kind: Kind
    docs: list[Said]
    answer: str
    figure: GoldFigure | None
    accept: list[Annotated[list[Said], Field(min_length=1)]]  # one of each inner list is said
    evidence: list[Evidence]
    note: str = ""
    history: list[Asked] = []
    confirmed: bool = True  # false in a candidate that no person has confirmed


def read_gold(path: Path) -> list[Gold]:
    """Every question of the file, or a UsageError for its first bad line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: cannot be read ({error}); name a file of gold questions"
        ) from None
    found: list[Gold] = []
    lines: dict[str, int] = {}
    # Not splitlines(): it also breaks at U+2028 and U+0085, which quotes from PDFs can hold.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        for fault in _faults(line):
            raise UsageError(f"{path}:{number}: {fault}")
        gold = Gold.model_validate_json(line)
        if gold.id in lines:
            raise UsageError(
                f"{path}:{number}: the id {gold.id!r} is taken by line {lines[gold.id]}"
            )
        lines[gold.id] = number
        found.append(gold)
    if not found:
        raise UsageError(f"{path}: holds no questions")
    return found


def fingerprint(golds: list[Gold]) -> str:
    """A short checksum of the questions and their answers, to know the same set again."""
    text = "\n".join(gold.model_dump_json(exclude={"confirmed"}) for gold in golds)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _faults(line: str) -> Iterator[str]:
    """What is wrong with one line, in words; nothing when it can be used."""
    try:
        gold = Gold.model_validate_json(line)
    except ValidationError as error:
        yield _in_words(error)
        return
    if not gold.confirmed:
        yield (
            f"{gold.id} is a candidate that nobody has confirmed; fill in kind, docs, answer and "
            "evidence, and set confirmed to true, or remove the line"
        )
    unscored = gold.kind not in UNANSWERED and not gold.figure and not gold.accept
    if unscored:
        yield f"a {gold.kind} question needs a figure or words in accept to be scored by"
    for evidence in gold.evidence:
        if evidence.doc not in gold.docs:
            yield f"evidence from {evidence.doc!r}, which docs does not name"


def _in_words(error: ValidationError) -> str:
    found = error.errors(include_url=False)
    # A misspelt key is told before the key that it leaves missing.
    first = next((e for e in found if e["type"] == "extra_forbidden"), found[0])
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"unknown key {place!r}; {_nearest(first['loc'])}"
    if first["type"] == "missing":
        return f"{place} is missing"
    if first["type"] == "json_invalid":
        return f"not a JSON object ({first['ctx']['error']})"
    given = json.dumps(first["input"], ensure_ascii=False, default=str)
    return f"{place or 'the line'}: {first['msg']}, not {given[:60]}"


def _nearest(place: tuple[Any, ...]) -> str:
    owners: dict[str, type[BaseModel]]
    owners = {"figure": GoldFigure, "evidence": Evidence, "history": Asked}
    known = list(owners.get(str(place[0]), Gold).model_fields)
    near = get_close_matches(str(place[-1]), known, n=1)
    return f"the nearest known is {near[0]!r}" if near else f"the known are {', '.join(known)}"
