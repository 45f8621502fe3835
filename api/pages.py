"""The chat page and the page about it, made on the server so that they work without JavaScript.

A question is always posted: it never stands in an address. The script in web/static asks the API
instead and shows more; both read the same answer. Templates escape everything they are given.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from answer.records import Answer, Language
from api.bodies import MAX_QUESTION, AskBody
from api.questions import Answerer
from api.service import Json, Service

WEB = Path(str(files("web")))
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
HOME = {"nb": "/", "nn": "/nn", "en": "/en"}
MAX_NAMED = 6  # municipalities that are listed by name
ABOUT = {"nb": "/om", "nn": "/nn/om", "en": "/en/about"}

_MARKER = re.compile(r"(\[\d{1,3}\])")
_ITEM = re.compile(r"^\s*(?:[-•–*]|\d{1,2}[.)])\s+")


def page_routes(service: Service, answerer: Answerer, *, has_feedback: bool) -> APIRouter:
    """Routes for people: HTML, outside the API's description."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    def show_page(lang: Language) -> Any:
        return lambda: HTMLResponse(_ask_page(service, lang))

    def show_about(lang: Language) -> Any:
        return lambda: HTMLResponse(_about_page(service, lang))

    for lang in LANGUAGES:
        router.add_api_route(HOME[lang], show_page(lang), methods=["GET"])
        router.add_api_route(ABOUT[lang], show_about(lang), methods=["GET"])

    @router.post("/spor")
    async def ask(request: Request) -> HTMLResponse:
        body = (await request.body()).decode("utf-8", "replace")
        form = {name: values[-1] for name, values in parse_qs(body).items()}
        return await run_in_threadpool(_answer_form, service, form)

    return router


def _answer_form(service: Service, form: dict[str, str]) -> HTMLResponse:
    lang: Language = next((known for known in LANGUAGES if known == form.get("lang")), "nb")
    question = form.get("example") or form.get("question", "")
    kommune, year = form.get("kommune"), form.get("year")
    chosen: Json = {"question": question, "kommune": kommune, "year": _year(year)}
    try:
        asked = AskBody.model_validate({k: v for k, v in chosen.items() if v is not None})
    except ValidationError:
        error = "long_question" if len(question) > MAX_QUESTION else "empty_question"
        page = _ask_page(service, lang, error=read_texts(lang)[error], **chosen)
        return HTMLResponse(page, status_code=422)
    answer = ask_service(service, asked)
    return HTMLResponse(_ask_page(service, lang, answer=answer, **(chosen | {"question": ""})))


def _ask_page(
    service: Service,
    lang: Language,
    *,
    answer: Answer | None = None,
    error: str = "",
    question: str = "",
    kommune: str | None = None,
    year: int | None = None,
) -> str:
    texts = read_texts(lang)
    documents = service.documents()
    reports: dict[str, list[int]] = {}
    for document in documents:
        if document.get("municipality"):
            found = reports.setdefault(document["municipality"], [])
            if document.get("year") and document["year"] not in found:
                found.append(document["year"])
    shown: Json = {}
    if answer:
        shown = _answer_parts(answer, texts)
    return _render(
        "page.html",
        lang,
        here=HOME,
        title=f"{texts['site']} – {texts['tagline']}",
        examples=service.examples(lang),
        data={"lang": lang, "texts": texts, "reports": reports},
        kommuner=sorted(reports),
        years=sorted({year for years in reports.values() for year in years}, reverse=True),
        holds=_holds(reports, len(documents), texts),
        error=error,
        question=question,
        kommune=kommune,
        year=year,
        answer=shown.get("answer"),
        **{name: shown.get(name) for name in ("chips", "blocks")},
    )


def _about_page(service: Service, lang: Language) -> str:
    texts = read_texts(lang)
    title = f"{texts['about_title']} – {texts['site']}"
    return _render(f"about.{lang}.html", lang, here=ABOUT, title=title, status=service.status())


def _answer_parts(answer: Answer, texts: dict[str, str]) -> Json:
    plain = answer.to_json()
    for citation in plain["citations"]:
        citation["link"] = page_link(citation)
    scope = plain["scope"]
    return {
        "answer": plain,
        "chips": [*scope["kommuner"], *_year_chips(scope["years"])] or [texts["everything"]],
        "blocks": answer_blocks(answer.answer),
    }


def _year_chips(years: Sequence[int]) -> list[str]:
    run = year_text(years)
    return [run] if len(years) > 2 and "–" in run else [str(year) for year in sorted(years)]


def page_link(citation: Json) -> str:
    """The address of the picture of the cited page with the cited place marked."""
    page = citation["page"] or 1
    address = f"/api/v1/documents/{quote(citation['doc'], safe='')}/pages/{page}"
    if citation["page"] is None:
        return address
    box = citation["bbox"]
    marks = {"box": ",".join(f"{side:.1f}" for side in box)} if box else {}
    return f"{address}/image?{urlencode(marks, safe=',')}"


def answer_blocks(text: str) -> list[Json]:
    """An answer's text as paragraphs and lists, each line split at its source markers.

    >>> answer_blocks("To ting [1]:\\n- en\\n- to")[1]["tag"]
    'ul'
    """
    blocks: list[Json] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        tag = "ul" if _ITEM.match(line) else "p"
        if tag == "p" or not blocks or blocks[-1]["tag"] != "ul":
            blocks.append({"tag": tag, "lines": []})
        parts = _MARKER.split(_ITEM.sub("", line))
        blocks[-1]["lines"].append(
            [
                {"text": part, "n": int(part[1:-1]) if _MARKER.fullmatch(part) else None}
                for part in parts
                if part
            ]
        )
    return blocks


@cache
def read_texts(lang: Language) -> dict[str, str]:
    """Every word the page shows, in one language."""
    texts: dict[str, str] = json.loads((WEB / "texts" / f"{lang}.json").read_text("utf-8"))
    return texts


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = _number
    return environment


def _render(template: str, lang: Language, *, here: dict[str, str], **values: Any) -> str:
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


def _holds(reports: dict[str, list[int]], count: int, texts: dict[str, str]) -> str:
    """What there is to answer from: every report where they are few, else how many."""
    if count == 0:
        return texts["no_reports"]
    number = texts["reports_one"] if count == 1 else texts["reports_many"].format(n=count)
    if len(reports) > MAX_NAMED:
        return f"{texts['reports_in']} {number}."
    named = (f"{name} {year_text(years)}".strip() for name, years in sorted(reports.items()))
    return f"{texts['reports_in']} {number}: {', '.join(named)}."


def year_text(years: Sequence[int]) -> str:
    """Years as people write them: a run is one span.

    >>> year_text([2024, 2022, 2023]), year_text([2021, 2024])
    ('2022–2024', '2021, 2024')
    """
    ordered = sorted(years)
    if len(ordered) > 1 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{ordered[0]}–{ordered[-1]}"
    return ", ".join(map(str, ordered))


def _number(value: float) -> str:
    """A figure as Norwegian prints it.

    >>> _number(-1234567.5)
    '−1\\u00a0234\\u00a0567,5'
    """
    text = f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"
    return text.replace(",", "\u00a0").replace(".", ",").replace("-", "−")


def _year(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None
