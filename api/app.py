"""The whole application put together: read this file first.

SafeHeaders → Measure → BugsAsProblems → compression → BodyLimit → routes.
`/api/v1` is for programs, `/v1` and `/mcp` for those that speak OpenAI's way or MCP, and `/` for
people.
"""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import APIRouter, Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from api.access import Access
from api.bodies import MAX_BODY, MAX_CHAT
from api.chat_completions import chat_routes
from api.examples import add_examples
from api.feedback import feedback_routes
from api.headers import BodyLimit, BugsAsProblems, SafeHeaders
from api.html import WEB
from api.jobs import Jobs
from api.mcp import mcp_routes
from api.metrics import Measure, Metrics
from api.operations import health_routes, status_routes
from api.pages import page_routes
from api.problems import described, install_problems
from api.questions import Answerer, question_routes
from api.reports import report_routes
from api.service import Library, Service
from api.settings import ApiSettings
from api.uploads import upload_routes
from figures.errors import KommunesvarError

PREFIX = "/api/v1"
BODIES = {f"{PREFIX}/documents": None, "/v1/chat/completions": MAX_CHAT}
NOT_COMPRESSED = ("application/pdf", "image/jpeg", "image/png", "text/event-stream")


def create_app(
    service: Service, settings: ApiSettings | None = None, library: Library | None = None
) -> FastAPI:
    """An application that answers from `service`; with a `library`, reports can be uploaded."""
    settings = settings or ApiSettings()
    access, metrics = Access(settings), Metrics()
    answerer = Answerer(service, access, metrics)
    questions = [Depends(access.guard("questions"))]
    reads = [Depends(access.guard("reads"))]
    jobs = None
    if library and settings.reports:
        jobs = Jobs(settings.reports, library, after=lambda: _warm_apart(service))

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        _warm_apart(service)
        if jobs:
            jobs.start()
        yield

    app = FastAPI(
        title="Kommunesvar",
        version="1",
        summary="Answers from Norwegian municipal annual reports, each claim with its passage",
        docs_url=None,  # both would load scripts from other hosts
        redoc_url=None,
        openapi_url=f"{PREFIX}/openapi.json",
        lifespan=lifespan,
    )
    install_problems(app)
    api = APIRouter(prefix=PREFIX)
    api.include_router(question_routes(answerer), dependencies=questions, responses=described(413))
    api.include_router(report_routes(service), dependencies=reads, responses=described(404))
    api.include_router(status_routes(service), dependencies=reads)
    if settings.store:
        api.include_router(feedback_routes(settings.store, access), responses=described(413))
    if jobs:
        uploads = upload_routes(service, jobs, access, limit_mb=settings.upload_mb)
        api.include_router(uploads, responses=described(403, 404, 413, 415))
    app.include_router(api, responses=described(401, 422, 429, 500, 503))
    chat = chat_routes(answerer, access)
    app.include_router(chat, responses=described(401, 413, 422, 429, 500, 503))
    app.include_router(mcp_routes(service, answerer, access))
    app.include_router(health_routes(service, metrics), responses=described(503))
    has_feedback = settings.store is not None
    app.include_router(page_routes(service, answerer, access, has_feedback=has_feedback))
    app.mount("/static", StaticFiles(directory=WEB / "static"), name="static")

    add_examples(app)

    # the last one added is the outermost
    app.add_middleware(BodyLimit, limit=MAX_BODY, others=BODIES)
    app.add_middleware(GZipMiddleware, exclude_content_types=NOT_COMPRESSED)
    app.add_middleware(BugsAsProblems)
    app.add_middleware(Measure, metrics=metrics)
    app.add_middleware(SafeHeaders, frame_ancestors=settings.frame_ancestors)
    return app


def _warm_apart(service: Service) -> None:
    threading.Thread(target=_warm, args=(service,), daemon=True).start()


def _warm(service: Service) -> None:
    """Ask one question before somebody waits for an answer: that opens the whole index."""
    with suppress(KommunesvarError):  # no index yet: readyz says so
        for question in service.examples("nb")[:1]:
            service.ask(question)
