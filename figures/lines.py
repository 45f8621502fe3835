"""A row label, or a person's word for it -> the accounting line, under one name.

"14. Sum driftsinntekter *)" and "Totale driftsinntekter" are both "sum driftsinntekter"; nynorsk
and bokmål share one name. Only lines that every municipality has; see `data/lines.toml`.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Kind = Literal["income", "expense", "result", "asset", "equity", "debt", "ratio", "other"]

_DATA = tomllib.loads((files("figures") / "data" / "lines.toml").read_text(encoding="utf-8"))
_KIND_OF: dict[str, Kind] = {line["name"]: line["kind"] for line in _DATA["line"]}
_NUMBERING = re.compile(r"^(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?|[a-eivx]{1,4}[.)])\s+|^[•–-]\s+")
_ASIDE = re.compile(r"\([^)]*\)|\*+\)?|[¹²³⁴]|\bnote [0-9]+\b|\bi mill\.? ?kr\b")
_INCOME = re.compile("|".join(_DATA["words"]["income"]))
_EXPENSE = re.compile("|".join(_DATA["words"]["expense"]))


@lru_cache(maxsize=65536)
def canonical_line(label: str) -> str:
    """The accounting line a label prints, or an empty string where it is none of them.

    >>> canonical_line("14. Sum driftsinntekter *)")
    'sum driftsinntekter'
    >>> canonical_line("Rammetilskot"), canonical_line("Skolefritidsordning")
    ('rammetilskudd', '')
    """
    words = _plain(label)
    return _labels().get(words) or _labels().get(words.replace(",", "").replace(" - ", " "), "")


@lru_cache(maxsize=1024)
def lines_said(text: str) -> tuple[str, ...]:
    """The accounting lines a question or a sentence speaks of, the longest wording first.

    >>> lines_said("Hvor stort var overskuddet, og hva ble eiendomsskatten?")
    ('eiendomsskatt', 'netto driftsresultat')
    """
    words = re.sub(r"\s+", " ", text.lower())
    found: list[str] = []
    for match in sorted(_said_pattern().finditer(words), key=lambda m: m.start() - m.end()):
        line = _said()[match[0]]
        if line not in found:
            found.append(line)
    return tuple(found)


@lru_cache(maxsize=65536)
def line_kind(label: str) -> Kind | Literal[""]:
    """Whether a line is income, expense, a result … as far as its words tell.

    >>> line_kind("Rammetilskudd"), line_kind("Salgsinntekter kino"), line_kind("Skole")
    ('income', 'income', '')
    """
    if kind := _KIND_OF.get(canonical_line(label)):
        return kind
    words = _plain(label)
    income, expense = bool(_INCOME.search(words)), bool(_EXPENSE.search(words))
    if income == expense:
        return ""
    return "income" if income else "expense"


def _plain(label: str) -> str:
    words = _NUMBERING.sub("", re.sub(r"\s+", " ", label.strip().lower()))
    words = _ASIDE.sub(" ", words)
    return re.sub(r"\s+", " ", words).strip(" .:;=-–")


@cache
def _labels() -> dict[str, str]:
    return {
        _plain(label): line["name"]
        for line in reversed(_DATA["line"])
        for label in (*line["labels"], line["name"])
    }


@cache
def _said() -> dict[str, str]:
    said = {word: line["name"] for line in reversed(_DATA["line"]) for word in line.get("said", ())}
    return said | {word: name for word, name in _labels().items() if len(word) > 4}


@cache
def _said_pattern() -> re.Pattern[str]:
    words = sorted(_said(), key=len, reverse=True)
    return re.compile(rf"(?<![a-zæøå-])(?:{'|'.join(map(re.escape, words))})(?![a-zæøå])")
