"""Every error in one shape: RFC 9457 problem+json with a stable `type`, a way out, never a trace.

    {"type": "urn:kommunesvar:problem:not-found", "title": "…", "status": 404, "detail": "…"}

`type` never changes and is what programs test for; `title` and `detail` are for people. A text
that somebody sent is never repeated in an error: it may hold what nobody should read again.
"""

import logging
import traceback
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Scope

from api.html import LANGUAGES, read_texts, render
from figures.errors import IndexMismatch, IndexMissing, KommunesvarError

MEDIA_TYPE = "application/problem+json"

# type -> (status, title). The table in docs/api.md lists the same; a test compares them.
KINDS: dict[str, tuple[int, str]] = {
    "invalid-request": (422, "Something in the request cannot be used"),
    "not-found": (404, "There is nothing here"),
    "method-not-allowed": (405, "This address does not take that method"),
    "body-too-large": (413, "The request body is too large"),
    "unsupported-type": (415, "This kind of file cannot be read"),
    "unauthorized": (401, "An API key is needed"),
    "forbidden": (403, "The API key does not allow this"),
    "too-many-requests": (429, "Too many requests"),
    "busy": (503, "Too much is being done right now"),
    "no-index": (503, "There is no index to answer from"),
    "internal": (500, "Something went wrong on our side"),
    "http": (400, "The request could not be answered"),
}

METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")

log = logging.getLogger("kommunesvar.api")


class Problem(Exception):
    """Raised anywhere in a route; becomes the response."""

    def __init__(self, kind: str, detail: str, *, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.headers = kind, detail, headers


def problem_body(kind: str, detail: str) -> dict[str, Any]:
    """The JSON of a problem."""
    status, title = KINDS[kind]
    return {
        "type": f"urn:kommunesvar:problem:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
    }


def problem_response(scope: Scope, problem: Problem, **more: Any) -> Response:
    """The response for a problem: JSON, or a page where a person is looking."""
    status = more.get("status", KINDS[problem.kind][0])
    if wants_page(scope):
        page = problem_page(scope["path"], status)
        return HTMLResponse(page, status_code=status, headers=problem.headers)
    if scope["path"].startswith("/v1/"):  # where OpenAI's clients look for a message
        more |= {"error": {"message": problem.detail, "type": problem.kind, "code": status}}
    return JSONResponse(
        problem_body(problem.kind, problem.detail) | more,
        status_code=status,
        headers=problem.headers,
        media_type=MEDIA_TYPE,
    )


def wants_page(scope: Scope) -> bool:
    """Whether a browser is looking at an address outside the API."""
    accept = Headers(scope=scope).get("accept", "")
    return "text/html" in accept and not scope["path"].startswith(("/api/", "/v1/", "/mcp"))


def problem_page(path: str, status: int) -> str:
    """A page that says what went wrong, in the language of the address."""
    lang = next((code for code in LANGUAGES if path.startswith(f"/{code}")), LANGUAGES[0])
    texts = read_texts(lang)
    message = texts.get(f"error_{status}", texts["error_500"])
    return render("problem.html", lang, title=f"{message} – {texts['site']}", message=message)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These problems as responses in the API's description."""
    named = {"type": "string"}
    schema = {
        "type": "object",
        "properties": dict.fromkeys(("type", "title", "detail"), named)
        | {"status": {"type": "integer"}},
        "required": ["type", "title", "status", "detail"],
    }
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def install_problems(app: FastAPI) -> None:
    """Give every error that can leave the application the one shape."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(KommunesvarError, _on_ours)


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return problem_response(request.scope, error)


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    places = [
        {"where": ".".join(str(part) for part in item["loc"]), "message": str(item["msg"])}
        for item in error.errors()
    ]
    detail = "; ".join(f"{place['where']}: {place['message']}" for place in places)
    return problem_response(request.scope, Problem("invalid-request", detail), errors=places)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 404:
        problem = Problem("not-found", "No such address", headers=headers)
    elif error.status_code == 400:
        problem = Problem("invalid-request", "body: it cannot be read; send JSON in UTF-8")
    elif error.status_code == 405:
        detail = f"{request.method} cannot be used here"
        headers = {"allow": ", ".join(_methods(request))}
        problem = Problem("method-not-allowed", detail, headers=headers)
    else:
        problem = Problem("http", str(error.detail), headers=headers)
        title = HTTPStatus(error.status_code).phrase
        return problem_response(request.scope, problem, status=error.status_code, title=title)
    return problem_response(request.scope, problem)


def _methods(request: Request) -> list[str]:
    """What the address takes, over all routes: each route alone names only its own."""

    def is_taken(method: str) -> bool:
        scope = {**request.scope, "method": method}
        return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)

    return [method for method in METHODS if is_taken(method)]


async def _on_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, KommunesvarError)
    return problem_response(request.scope, our_problem(error))


def our_problem(error: KommunesvarError) -> Problem:
    """What an error of ours becomes; what is wrong with the index is the operator's business."""
    kind = kind_of(error)
    if kind == "no-index":
        log.error("%s", error)
        return Problem(kind, "Try again later")
    return Problem(kind, str(error))


def kind_of(error: KommunesvarError) -> str:
    """The kind of problem that an error of ours is."""
    return "no-index" if isinstance(error, IndexMissing | IndexMismatch) else "invalid-request"


def problem_of(error: Exception, place: str) -> Problem:
    """What any error becomes where no response can be made of it any more, as in a stream."""
    if isinstance(error, Problem):
        return error
    return (
        our_problem(error)
        if isinstance(error, KommunesvarError)
        else internal_problem(error, place)
    )


def internal_problem(error: Exception, place: str) -> Problem:
    """What a bug of ours becomes. The log gets the way to it, without its message.

    A message may repeat what somebody wrote; the frames name only code.
    """
    frames = traceback.format_tb(error.__traceback__)
    ours = "".join(frame for frame in frames if "site-packages" not in frame)
    log.error("unexpected %s at %s\n%s", type(error).__name__, place, ours)
    return Problem("internal", "Try again; if it lasts, tell whoever runs this")
