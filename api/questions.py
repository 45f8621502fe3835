"""POST ask and ask/stream: a question in, an answer out, whole or as events while it is made.

Events, in this order: `status` (the scope as understood), `citation` (each source), `figure`,
`delta` (pieces of the text), `done` (the whole answer, as POST ask gives it), or `error` (a
problem). The text is checked against its sources before its first piece leaves.
"""

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent

from answer.answer import Tell, tell_nobody
from answer.records import Answer, Scope
from api.access import Access
from api.bodies import AskBody
from api.metrics import Metrics
from api.problems import Problem, internal_problem, our_problem, problem_body
from api.service import Json, Service
from figures.errors import KommunesvarError

_PIECE = re.compile(r".+?(?:[.!?:\n]+\s*|$)", re.DOTALL)


class _Gone(Exception):
    """The one who asked has left."""


class Answerer:
    """The service behind its door: a place in the queue, and a count of how answers end."""

    def __init__(self, service: Service, access: Access, metrics: Metrics) -> None:
        self._service, self._access, self._metrics = service, access, metrics

    def ask(self, body: AskBody, tell: Tell = tell_nobody) -> Answer:
        """Put the question in `body` to the service."""
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
        self._metrics.count_answer(answer.status)
        return answer

    def to_json(self, body: AskBody, answer: Answer) -> Json:
        """The answer as it leaves, with the question as it stands without the conversation."""
        alone = self._service.stand_alone(body.question, body.turns())
        return answer.to_json() | {"standalone_question": alone}


def question_routes(answerer: Answerer) -> APIRouter:
    """Routes that answer questions."""
    router = APIRouter(tags=["questions"])

    @router.post("/ask", operation_id="ask")
    def ask(body: AskBody) -> Json:
        """One answer with its sources, in the shape described in the documentation."""
        return answerer.to_json(body, answerer.ask(body))

    @router.post("/ask/stream", operation_id="askStream", response_class=EventSourceResponse)
    async def ask_stream(body: AskBody) -> AsyncIterator[ServerSentEvent]:
        """The same answer as server-sent events: status, citation, figure, delta, done, error."""
        loop = asyncio.get_running_loop()
        scopes: asyncio.Queue[Scope | None] = asyncio.Queue()
        gone = threading.Event()

        def tell(scope: Scope) -> None:
            if gone.is_set():
                raise _Gone
            loop.call_soon_threadsafe(scopes.put_nowait, scope)

        def finish(done: asyncio.Future[Answer]) -> None:
            if not done.cancelled():
                done.exception()  # looked at, so that an answer nobody waits for is no error
            scopes.put_nowait(None)

        work = asyncio.ensure_future(asyncio.to_thread(answerer.ask, body, tell))
        work.add_done_callback(finish)
        try:
            while scope := await scopes.get():
                yield ServerSentEvent(event="status", data=_plain_scope(scope))
            for name, data in _answer_events(answerer.to_json(body, work.result())):
                yield ServerSentEvent(event=name, data=data)
        except Problem as problem:
            yield _error_event(problem)
        except KommunesvarError as error:
            yield _error_event(our_problem(error))
        except Exception as error:
            yield _error_event(internal_problem(error, "ask/stream"))
        finally:
            gone.set()

    return router


def _answer_events(whole: Json) -> Iterator[tuple[str, Any]]:
    yield "status", {"status": whole["status"], "scope": whole["scope"]}
    for citation in whole["citations"]:
        yield "citation", citation
    if whole["figure"]:
        yield "figure", whole["figure"]
    for piece in _PIECE.findall(whole["answer"]):
        yield "delta", {"text": piece}
    yield "done", whole


def _error_event(problem: Problem) -> ServerSentEvent:
    return ServerSentEvent(event="error", data=problem_body(problem.kind, problem.detail))


def _plain_scope(scope: Scope) -> Json:
    return {
        "status": "searching",
        "scope": {
            "kommuner": list(scope.kommuner),
            "years": list(scope.years),
            "docs": list(scope.docs),
        },
    }
