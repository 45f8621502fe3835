"""Whether the service is up, what it holds and how it fares: status, healthz, readyz, metrics."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from api.metrics import Metrics
from api.problems import Problem
from api.service import Json, Service


def status_routes(service: Service) -> APIRouter:
    """Routes under the API's prefix."""
    router = APIRouter(tags=["operations"])

    @router.get("/status", operation_id="status")
    def status() -> Json:
        """Reports, municipalities, years, tables and figures in the index; models in use."""
        # where the folder lies is the operator's business
        return {name: value for name, value in service.status().items() if name != "index"}

    return router


def health_routes(service: Service, metrics: Metrics) -> APIRouter:
    """Routes at the root, where a supervisor looks for them."""
    router = APIRouter(tags=["operations"])

    @router.get("/healthz", operation_id="healthz")
    def healthz() -> Json:
        """The process answers."""
        return {"status": "ok"}

    @router.get("/readyz", operation_id="readyz")
    def readyz() -> Json:
        """The index is open and has something to answer from."""
        documents = len(service.documents())
        if not documents:
            raise Problem("no-index", "The index holds no reports")
        return {"status": "ok", "documents": documents}

    @router.get("/metrics", operation_id="metrics", response_class=PlainTextResponse)
    def read_metrics() -> PlainTextResponse:
        """Counts and times of requests, in Prometheus's text format."""
        return PlainTextResponse(metrics.text(), media_type="text/plain; version=0.0.4")

    return router
