"""The whole application put together: read this file first.

SafeHeaders → BugsAsProblems → compression → BodyLimit → routes.
`/api/v1` is for programs, `/` for people.
"""

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from api.bodies import MAX_BODY
from api.headers import BodyLimit, BugsAsProblems, SafeHeaders
from api.operations import health_routes, status_routes
from api.pages import WEB, page_routes
from api.problems import install_problems
from api.questions import question_routes
from api.reports import report_routes
from api.service import Service

PREFIX = "/api/v1"


def create_app(service: Service) -> FastAPI:
    """An application that answers from `service`."""
    app = FastAPI(
        title="Kommunesvar",
        version="1",
        summary="Answers from Norwegian municipal annual reports, each claim with its passage",
        docs_url=None,  # both would load scripts from other hosts
        redoc_url=None,
        openapi_url=f"{PREFIX}/openapi.json",
    )
    install_problems(app)
    api = APIRouter(prefix=PREFIX)
    for routes in (question_routes(service), report_routes(service), status_routes(service)):
        api.include_router(routes)
    app.include_router(api)
    app.include_router(health_routes(service))
    app.include_router(page_routes(service))
    app.mount("/static", StaticFiles(directory=WEB / "static"), name="static")
    app.add_middleware(BodyLimit, limit=MAX_BODY)
    app.add_middleware(
        GZipMiddleware,
        exclude_content_types=("application/pdf", "image/png", "image/webp", "text/event-stream"),
    )
    app.add_middleware(BugsAsProblems)
    app.add_middleware(SafeHeaders)
    return app
