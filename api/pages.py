"""The chat page and the page about it, made on the server so that they work without JavaScript.

A question is posted; it stands in an address, `/?q=…`, only where somebody followed such a link.
The script in web/static asks the API instead and shows more; both read the same answer.
"""

import re
from typing import Annotated, Any
from urllib.parse import parse_qs, quote, urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from answer.records import Language
from api.access import Access
from api.bodies import MAX_QUESTION, AskBody
from api.html import ABOUT, HOME, LANGUAGES, read_texts, render, text_blocks, year_text
from api.problems import kind_of
from api.questions import Answerer
from api.service import Json, Service
from figures.errors import KommunesvarError

Asked = Annotated[str, Query(max_length=4 * MAX_QUESTION)]
MAX_NAMED = 6  # municipalities that are listed by name


def page_routes(
    service: Service, answerer: Answerer, access: Access, *, has_feedback: bool
) -> APIRouter:
    """Routes for people: HTML, outside the API's description."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    page = _AskPage(service, has_feedback=has_feedback)

    def show_page(lang: Language) -> Any:
        def show(
            request: Request, q: Asked = "", kommune: Asked = "", year: Asked = ""
        ) -> HTMLResponse:
            if not q:
                return HTMLResponse(page.html(lang, kommune=kommune, year=_year(year)))
            access.guard("questions")(request)
            form = {"lang": lang, "question": q, "kommune": kommune, "year": year}
            return _answer_form(page, answerer, form)

        return show

    def show_about(lang: Language) -> Any:
        return lambda: HTMLResponse(_about_page(lang))

    reads = [Depends(access.guard("reads"))]
    for lang in LANGUAGES:
        router.add_api_route(HOME[lang], show_page(lang), methods=["GET"], dependencies=reads)
        router.add_api_route(ABOUT[lang], show_about(lang), methods=["GET"], dependencies=reads)

    @router.post("/spor", dependencies=[Depends(access.guard("questions"))])
    async def ask(request: Request) -> HTMLResponse:
        body = (await request.body()).decode("utf-8", "replace")
        form = {name: values[-1] for name, values in parse_qs(body).items()}
        return await run_in_threadpool(_answer_form, page, answerer, form)

    return router


def _answer_form(page: "_AskPage", answerer: Answerer, form: dict[str, str]) -> HTMLResponse:
    lang: Language = next((known for known in LANGUAGES if known == form.get("lang")), "nb")
    question = form.get("example") or form.get("question", "")
    filters: Json = {
        "kommune": form.get("kommune") or None,
        "year": _year(form.get("year", "")),
    }
    try:
        asked = AskBody.model_validate({"question": question} | filters)
        answer = answerer.ask(asked)
    except (ValidationError, KommunesvarError) as problem:
        error = read_texts(lang)[_error_text(problem, question)]
        shown = page.html(lang, error=error, question=question[:MAX_QUESTION], **filters)
        return HTMLResponse(shown, status_code=422)
    named = {"q": asked.question} | {name: value for name, value in filters.items() if value}
    link = f"{HOME[lang]}?{urlencode(named)}"
    return HTMLResponse(page.html(lang, answer=answer, link=link, **filters))


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,4}", text) else None


def _error_text(problem: ValidationError | KommunesvarError, question: str) -> str:
    if isinstance(problem, KommunesvarError):
        return "error_503" if kind_of(problem) == "no-index" else "error_422"
    return "long_question" if len(question) > MAX_QUESTION else "empty_question"


class _AskPage:
    """The page with the form, empty or with one answer."""

    def __init__(self, service: Service, *, has_feedback: bool) -> None:
        self._service, self._has_feedback = service, has_feedback

    def html(
        self,
        lang: Language,
        *,
        answer: Json | None = None,
        link: str = "",
        error: str = "",
        question: str = "",
        kommune: str | None = None,
        year: int | None = None,
    ) -> str:
        texts = read_texts(lang)
        try:
            documents, examples = self._service.documents(), self._service.examples(lang)
        except KommunesvarError:  # no index yet: the page says so, and readyz says why
            documents, examples = [], []
        reports = _years_by_place(documents)
        return render(
            "page.html",
            lang,
            title=f"{texts['site']} – {texts['tagline']}",
            examples=examples,
            data={
                "lang": lang,
                "texts": texts,
                "reports": reports,
                "feedback": self._has_feedback,
            },
            kommuner=sorted(reports),
            years=sorted({year for years in reports.values() for year in years}, reverse=True),
            holds=_holds(reports, len(documents), texts),
            error=error,
            link=link,
            question=question,
            kommune=kommune,
            year=year,
            **_answer_values(answer, texts),
        )


def _about_page(lang: Language) -> str:
    texts = read_texts(lang)
    title = f"{texts['about_title']} – {texts['site']}"
    return render(f"about.{lang}.html", lang, here=ABOUT, title=title)


def _years_by_place(documents: list[Json]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for document in documents:
        if document["municipality"]:
            years = found.setdefault(document["municipality"], set())
            years |= {document["year"]} - {None}
    return {place: sorted(years) for place, years in sorted(found.items())}


def _holds(reports: dict[str, list[int]], count: int, texts: dict[str, str]) -> str:
    """What there is to answer from: every report where they are few, else how many."""
    if count == 0:
        return texts["no_reports"]
    number = texts["reports_one"] if count == 1 else texts["reports_many"].format(n=count)
    if not 0 < len(reports) <= MAX_NAMED:
        return f"{texts['reports_in']} {number}."
    named = (f"{name} {year_text(years)}".strip() for name, years in reports.items())
    return f"{texts['reports_in']} {number}: {', '.join(named)}."


def _answer_values(answer: Json | None, texts: dict[str, str]) -> Json:
    if answer is None:
        return {"answer": None, "chips": [], "blocks": []}
    for citation in answer["citations"]:
        citation["link"] = page_link(citation)
        citation["file"] = file_link(citation)
    scope = answer["scope"]
    chips = [*scope["kommuner"], *filter(None, [year_text(scope["years"])])]
    return {
        "answer": answer,
        "chips": chips or [texts["everything"]],
        "blocks": text_blocks(answer["answer"]),
    }


def page_link(citation: Json) -> str:
    """The address of the picture of the cited page with the cited place marked."""
    page = citation["page"] or 1
    address = f"/api/v1/documents/{quote(citation['doc'], safe='')}/pages/{page}"
    if citation["page"] is None:
        return address
    box = citation["bbox"]
    mark = "?box=" + ",".join(f"{side:.1f}" for side in box) if box else ""
    return f"{address}/image{mark}"


def file_link(citation: Json) -> str:
    """The address of the report itself, which a browser's own viewer opens at the cited page."""
    place = f"#page={citation['page']}" if citation["page"] else ""
    return f"/api/v1/documents/{quote(citation['doc'], safe='')}/file{place}"
