"""POST ask and ask/stream: a question in, an answer out, whole or as events while it is made.

Events, in this order: `status` (the scope as understood), `citation` (each source), `figure`,
`delta` (pieces of the text), `done` (the whole answer, as POST ask gives it), or `error` (a
problem). The text is checked against its sources before its first piece leaves.
"""

import asyncio
import re
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent

from answer.answer import Tell, tell_nobody
from answer.records import Scope
from api.access import Access
from api.bodies import AskBody
from api.metrics import Metrics
from api.problems import problem_body, problem_of
from api.service import Json, Service

_PIECE = re.compile(r".+?(?:[.!?:\n]+\s*|$)", re.DOTALL)


class _Gone(Exception):
    """The one who asked has left."""


class Answerer:
    """The service behind its door: a place in the queue, and a count of how answers end."""

    def __init__(self, service: Service, access: Access, metrics: Metrics) -> None:
        self._service, self._access, self._metrics = service, access, metrics

    def ask(self, body: AskBody, tell: Tell = tell_nobody) -> Json:
        """The service's answer, and the question as it stands without the conversation."""
        with self._access.place():
            answer = self._service.ask(
                body.question,
                kommune=body.kommune,
                year=body.year,
                docs=body.docs,
                lang=body.lang,
                history=body.turns(),
                tell=tell,
            )
            alone = self._service.stand_alone(body.question, body.turns())
        self._metrics.count_answer(answer.status)
        return answer.to_json() | {"standalone_question": alone}


def question_routes(answerer: Answerer) -> APIRouter:
    """Routes that answer questions."""
    router = APIRouter(tags=["questions"])

    @router.post("/ask", operation_id="ask")
    def ask(body: AskBody) -> Json:
        """One answer with its sources, in the shape described in the documentation."""
        return answerer.ask(body)

    @router.post("/ask/stream", operation_id="askStream", response_class=EventSourceResponse)
    async def ask_stream(body: AskBody) -> AsyncIterator[ServerSentEvent]:
        """The same answer as server-sent events: status, citation, figure, delta, done, error."""
        try:
            async with aclosing(follow(answerer, body)) as steps:
                async for step in steps:
                    for name, data in _events(step):
                        yield ServerSentEvent(event=name, data=data)
        except Exception as error:
            problem = problem_of(error, "ask/stream")
            data = problem_body(problem.kind, problem.detail)
            yield ServerSentEvent(event="error", data=data)

    return router


async def follow(answerer: Answerer, body: AskBody) -> AsyncGenerator[Scope | Json]:
    """The scope as soon as it is understood, then the whole answer; the work stops when closed."""
    loop = asyncio.get_running_loop()
    scopes: asyncio.Queue[Scope | None] = asyncio.Queue()
    gone = threading.Event()

    def tell(scope: Scope) -> None:
        if gone.is_set():
            raise _Gone
        loop.call_soon_threadsafe(scopes.put_nowait, scope)

    def finish(done: asyncio.Future[Json]) -> None:
        if not done.cancelled():
            done.exception()  # looked at, so that an answer nobody waits for is no error
        scopes.put_nowait(None)

    work = asyncio.ensure_future(asyncio.to_thread(answerer.ask, body, tell))
    work.add_done_callback(finish)
    try:
        while scope := await scopes.get():
            yield scope
        yield work.result()
    finally:
        gone.set()


def _events(step: Scope | Json) -> Iterator[tuple[str, Any]]:
    if isinstance(step, Scope):
        yield "status", _plain_scope(step)
    else:
        yield from _answer_events(step)


def pieces(text: str) -> list[str]:
    """A text in the pieces that a stream gives it in: sentences and lines."""
    return _PIECE.findall(text)


def _answer_events(whole: Json) -> Iterator[tuple[str, Any]]:
    yield "status", {"status": whole["status"], "scope": whole["scope"]}
    for citation in whole["citations"]:
        yield "citation", citation
    if whole["figure"]:
        yield "figure", whole["figure"]
    for piece in pieces(whole["answer"]):
        yield "delta", {"text": piece}
    yield "done", whole


def _plain_scope(scope: Scope) -> Json:
    return {
        "status": "searching",
        "scope": {
            "kommuner": list(scope.kommuner),
            "years": list(scope.years),
            "docs": list(scope.docs),
        },
    }
