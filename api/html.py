"""Templates and texts of the pages for people: values in, HTML out. Everything is escaped.

Texts stand in web/texts, one file for each language with the same names; the script in web/static
gets the same file.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from answer.records import Language

WEB = Path(str(files("web")))
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
HOME = {"nb": "/", "nn": "/nn", "en": "/en"}
ABOUT = {"nb": "/om", "nn": "/nn/om", "en": "/en/about"}

_MARKER = re.compile(r"(\[\d{1,3}\])")
_IN_FIGURE = re.compile(r"(?<=\d) (?=\d{3}(?!\d)|kr\b|mill\.|mrd\.|%)")
_ITEM = re.compile(r"^\s*(?:[-•–*]|\d{1,2}[.)])\s+")


def render(template: str, lang: Language, *, here: dict[str, str] = HOME, **values: Any) -> str:
    """A template filled in; `here` is the same page's address in each language."""
    languages = [(code, read_texts(code)["lang_name"]) for code in LANGUAGES]
    return (
        _templates()
        .get_template(template)
        .render(
            lang=lang,
            t=SimpleNamespace(**read_texts(lang)),  # as attributes: a dict has its own `clear`
            languages=languages,
            home=HOME,
            about=ABOUT,
            here=here,
            **values,
        )
    )


@cache
def read_texts(lang: Language) -> dict[str, str]:
    """Every word the page shows, in one language."""
    texts: dict[str, str] = json.loads((WEB / "texts" / f"{lang}.json").read_text("utf-8"))
    return texts


def text_blocks(text: str) -> list[dict[str, Any]]:
    r"""An answer's text as paragraphs and lists, each line split at its source markers.

    >>> [block["tag"] for block in text_blocks("To ting [1]:\n- en\n- to")]
    ['p', 'ul']
    """
    blocks: list[dict[str, Any]] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        tag = "ul" if _ITEM.match(line) else "p"
        if tag == "p" or not blocks or blocks[-1]["tag"] != "ul":
            blocks.append({"tag": tag, "lines": []})
        parts = filter(None, _MARKER.split(_ITEM.sub("", line)))
        blocks[-1]["lines"].append(
            [
                {"text": unbroken(part), "n": int(part[1:-1]) if _MARKER.fullmatch(part) else None}
                for part in parts
            ]
        )
    return blocks


def unbroken(text: str) -> str:
    r"""A text in which no figure is broken over two lines.

    >>> unbroken("til 627 462 000 kr i 2023")
    'til 627\xa0462\xa0000\xa0kr i 2023'
    """
    return _IN_FIGURE.sub("\u00a0", text)


def year_text(years: Sequence[int]) -> str:
    """Years as people write them: a run is one span.

    >>> year_text([2024, 2022, 2023]), year_text([2021, 2024])
    ('2022–2024', '2021, 2024')
    """
    ordered = sorted(years)
    if len(ordered) > 1 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{ordered[0]}–{ordered[-1]}"
    return ", ".join(map(str, ordered))


def number_text(value: float) -> str:
    r"""A figure as Norwegian prints it.

    >>> number_text(-1234567.5)
    '−1\xa0234\xa0567,5'
    """
    text = f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"
    return text.replace(",", "\u00a0").replace(".", ",").replace("-", "−")


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = number_text
    return environment
