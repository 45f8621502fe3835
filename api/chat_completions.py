"""POST /v1/chat/completions and GET /v1/models: OpenAI's way of asking, over the same answerer.

The last message of the user is the question, what stands before it the conversation. Nothing else
of a request changes an answer: instructions of a `system` message and sampling are not looked at.
"""

import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from secrets import token_hex
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response, StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

from answer.records import Scope
from api.access import Access
from api.bodies import MAX_QUESTION, MAX_TURNS, AskBody, Name, TurnBody, Year
from api.plain import answer_to_text
from api.problems import Problem, problem_of
from api.questions import Answerer, follow, pieces
from api.service import Json

MODEL = "kommunesvar"


class Message(BaseModel):
    """One message; of content in parts, the texts count."""

    model_config = ConfigDict(extra="ignore")
    role: Annotated[str, Field(max_length=50)]
    content: str | list[Json] | None = None

    def text(self) -> str:
        """What was written."""
        if isinstance(self.content, list):
            return "\n".join(str(part.get("text", "")) for part in self.content)
        return self.content or ""


class Filters(BaseModel):
    """As in POST /api/v1/ask."""

    model_config = ConfigDict(extra="forbid")
    kommune: Name | None = None
    year: Year | None = None
    docs: Annotated[list[Name], Field(max_length=50)] = []
    lang: Literal["nb", "nn", "en"] | None = None


class ChatBody(BaseModel):
    """A conversation; fields that are not named here are ignored."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [
                        {"role": "user", "content": "Hva var netto driftsresultat i 2024?"}
                    ],
                }
            ]
        },
    )
    model: Annotated[str, Field(max_length=200, description="Any; there is one")] = MODEL
    messages: Annotated[list[Message], Field(min_length=1, max_length=1000)]
    stream: StrictBool = False
    kommunesvar: Annotated[Filters, Field(description="Filters of our own")] = Filters()


def chat_routes(answerer: Answerer, access: Access) -> APIRouter:
    """The two routes that such clients need."""
    router = APIRouter(prefix="/v1", tags=["other programs"])

    @router.get("/models", operation_id="models", dependencies=[Depends(access.guard("reads"))])
    def models() -> Json:
        """The one model."""
        model = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
        return {"object": "list", "data": [model]}

    @router.post(
        "/chat/completions",
        operation_id="chatCompletions",
        response_model=None,
        dependencies=[Depends(access.guard("questions"))],
        responses={200: {"content": {"application/json": {}, "text/event-stream": {}}}},
    )
    def chat_completions(body: ChatBody) -> Json | Response:
        """An answer as text with its sources; the whole answer stands in `kommunesvar`."""
        asked = chat_to_question(body)
        if body.stream:
            return StreamingResponse(_chunks(answerer, asked), media_type="text/event-stream")
        answer = answerer.ask(asked)
        message = {"role": "assistant", "content": answer_to_text(answer)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return _envelope("chat.completion", choice) | {"kommunesvar": answer}

    return router


def chat_to_question(body: ChatBody) -> AskBody:
    """The question of a conversation, with as many earlier turns as an answer looks at."""
    said = [message for message in body.messages if message.role in ("user", "assistant")]
    while said and said[-1].role != "user":
        said.pop()
    if not said:
        raise Problem("invalid-request", "messages: none has the role user; ask something")
    *earlier, question = said
    turns: list[tuple[str, str]] = []
    for message in earlier:
        if message.role == "user":
            turns.append((message.text(), ""))
        elif turns:
            turns[-1] = (turns[-1][0], message.text())
    history = [turn for asked, answer in turns[-MAX_TURNS:] for turn in _turn(asked, answer)]
    try:
        return AskBody(question=question.text(), history=history, **body.kommunesvar.model_dump())
    except ValidationError as error:
        raise RequestValidationError(
            [item | {"loc": ("body", "messages", *item["loc"])} for item in error.errors()]
        ) from None


def _turn(question: str, answer: str) -> Iterator[TurnBody]:
    """An earlier turn, shortened to what we take; none where there are no words in it."""
    try:
        yield TurnBody(question=question[:MAX_QUESTION], answer=answer[:2000])
    except ValidationError:
        return


async def _chunks(answerer: Answerer, asked: AskBody) -> AsyncIterator[bytes]:
    envelope = _envelope("chat.completion.chunk", {})

    def chunk(delta: Json, finish: str | None = None, **more: Any) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return _data(envelope | {"choices": [choice]} | more)

    yield chunk({"role": "assistant", "content": ""})
    try:
        async with aclosing(follow(answerer, asked)) as steps:
            async for step in steps:
                if isinstance(step, Scope):
                    continue
                for piece in pieces(answer_to_text(step)):
                    yield chunk({"content": piece})
                yield chunk({}, "stop", kommunesvar=step)
    except Exception as error:
        problem = problem_of(error, "chat/completions")
        yield _data({"error": {"message": problem.detail, "type": problem.kind}})
    yield format_sse_event(data_str="[DONE]")


def _envelope(kind: str, choice: Json) -> Json:
    return {
        "id": f"chatcmpl-{token_hex(12)}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL,
        "choices": [choice],
    }


def _data(value: Json) -> bytes:
    return format_sse_event(data_str=json.dumps(value, ensure_ascii=False))
