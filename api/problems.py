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
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from figures.errors import IndexMismatch, IndexMissing, KommunesvarError

MEDIA_TYPE = "application/problem+json"

# type -> (status, title). The table in docs/api.md lists the same; a test compares them.
KINDS: dict[str, tuple[int, str]] = {
    "invalid-request": (422, "Something in the request cannot be used"),
    "not-found": (404, "There is nothing here"),
    "method-not-allowed": (405, "This address does not take that method"),
    "body-too-large": (413, "The request body is too large"),
    "unauthorized": (401, "An API key is needed"),
    "forbidden": (403, "The API key does not allow this"),
    "too-many-requests": (429, "Too many requests"),
    "busy": (503, "Too many questions are being answered right now"),
    "no-index": (503, "There is no index to answer from"),
    "internal": (500, "Something went wrong on our side"),
    "http": (400, "The request could not be answered"),
}

log = logging.getLogger("kommunesvar.api")


class Problem(Exception):
    """Raised anywhere in a route; becomes the response."""

    def __init__(self, kind: str, detail: str, *, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.headers = kind, detail, headers


def problem_body(kind: str, detail: str, **more: Any) -> dict[str, Any]:
    """The JSON of a problem."""
    status, title = KINDS[kind]
    return {
        "type": f"urn:kommunesvar:problem:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        **more,
    }


def problem_response(problem: Problem, **more: Any) -> JSONResponse:
    """The response for a problem."""
    body = problem_body(problem.kind, problem.detail, **more)
    return JSONResponse(
        body, status_code=body["status"], headers=problem.headers, media_type=MEDIA_TYPE
    )


def install_problems(app: FastAPI) -> None:
    """Give every error that can leave the application the one shape."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(KommunesvarError, _on_ours)


async def _on_problem(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return problem_response(error)


async def _on_invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    places = [
        {"where": ".".join(str(part) for part in item["loc"]), "message": str(item["msg"])}
        for item in error.errors()
    ]
    detail = "; ".join(f"{place['where']}: {place['message']}" for place in places)
    return problem_response(Problem("invalid-request", detail), errors=places)


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    kind = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "http")
    details = {
        "not-found": f"No such address: {request.url.path}",
        "method-not-allowed": f"{request.url.path} does not take {request.method}",
    }
    body = problem_body(kind, details.get(kind, str(error.detail)))
    if kind == "http":
        body["status"] = error.status_code
        body["title"] = HTTPStatus(error.status_code).phrase
    return JSONResponse(
        body, status_code=error.status_code, headers=error.headers, media_type=MEDIA_TYPE
    )


async def _on_ours(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, KommunesvarError)
    return problem_response(Problem(kind_of(error), str(error)))


def kind_of(error: KommunesvarError) -> str:
    """The kind of problem that an error of ours is."""
    return "no-index" if isinstance(error, IndexMissing | IndexMismatch) else "invalid-request"


def internal_problem(error: Exception, place: str) -> Problem:
    """What a bug of ours becomes. The log gets the way to it, without its message.

    A message may repeat what somebody wrote; the frames name only code.
    """
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("unexpected %s at %s\n%s", type(error).__name__, place, frames)
    return Problem("internal", "Try again; if it lasts, tell whoever runs this")
