"""POST /mcp: the Model Context Protocol, for assistants that use tools. Streamable HTTP, stateless.

One JSON-RPC 2.0 message in, one JSON reply out (202 for a notification). There are no sessions and
no streams, so GET is refused, as the protocol allows. https://modelcontextprotocol.io/specification
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from api.access import Access, Kind
from api.bodies import AskBody, Name, Words, Year
from api.plain import answer_to_text
from api.problems import Problem, internal_problem, our_problem
from api.questions import Answerer
from api.service import Json, Service
from figures.errors import KommunesvarError

VERSIONS = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")  # the newest first
INSTRUCTIONS = (
    "Answers come from Norwegian municipal annual reports only. Ask in Norwegian where you can, "
    "name the municipality and the year, and keep each [n] with its source when you use an answer."
)


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Narrowed(_Arguments):
    kommune: Annotated[Name | None, Field(description="Only this municipality")] = None
    year: Annotated[Year | None, Field(description="Only this year")] = None


class _Ask(_Narrowed):
    question: Annotated[Words, Field(description="In bokmål, nynorsk or English")]


class _Search(_Narrowed):
    query: Words
    k: Annotated[int, Field(ge=1, le=50, description="How many")] = 10


class _Figures(_Narrowed):
    query: Annotated[Words, Field(description="What is counted, such as lønnsutgifter")]
    limit: Annotated[int, Field(ge=1, le=100, description="How many")] = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """What an assistant may call: checked arguments in, JSON and the same as text out."""

    description: str
    arguments: type[_Arguments]
    run: Callable[[Any], Json]
    to_text: Callable[[Json], str] = lambda found: json.dumps(found, ensure_ascii=False)
    kind: Kind = "reads"


class _Refused(Exception):
    """A message that gets a JSON-RPC error."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


def mcp_routes(service: Service, answerer: Answerer, access: Access) -> APIRouter:
    """The one address."""
    router = APIRouter(include_in_schema=False)
    tools = _tools(service, answerer)

    @router.post("/mcp", dependencies=[Depends(access.guard("reads"))])
    async def mcp(request: Request) -> Response:
        _check_headers(request)
        body = await request.body()

        def count(kind: Kind) -> None:
            if kind != "reads":
                access.guard(kind)(request)

        reply = await run_in_threadpool(_reply, body, tools, count)
        return Response(status_code=202) if reply is None else JSONResponse(reply)

    return router


def _tools(service: Service, answerer: Answerer) -> dict[str, Tool]:
    def narrowed(given: _Narrowed) -> Json:
        return {"kommune": given.kommune, "year": given.year}

    return {
        "ask": Tool(
            description="One question in, a short answer with figures, calculation and sources out",
            arguments=_Ask,
            run=lambda a: answerer.ask(AskBody(question=a.question, **narrowed(a))),
            to_text=answer_to_text,
            kind="questions",
        ),
        "search": Tool(
            description="Passages of the reports that fit the words, best first",
            arguments=_Search,
            run=lambda a: {"passages": service.search(a.query, k=a.k, **narrowed(a))},
        ),
        "figures": Tool(
            description="Figures from the reports' tables with row, column, unit and page",
            arguments=_Figures,
            run=lambda a: {"figures": service.figures(a.query, limit=a.limit, **narrowed(a))},
        ),
        "documents": Tool(
            description="The reports there are: id, title, municipality, year, pages",
            arguments=_Arguments,
            run=lambda _: {"documents": service.documents()},
        ),
    }


def _check_headers(request: Request) -> None:
    """A page of another site must not call this from its visitor's browser."""
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise Problem("forbidden", "Requests from a page of another site are not answered here")
    if request.headers.get("mcp-protocol-version", VERSIONS[0]) not in VERSIONS:
        raise Problem("http", f"MCP-Protocol-Version: use one of {', '.join(VERSIONS)}")


def _reply(body: bytes, tools: dict[str, Tool], count: Callable[[Kind], None]) -> Json | None:
    """The reply to one message; None where the sender wants none."""
    asked = None
    try:
        message = _read(body)
        asked = message.get("id")
        if asked is None or "method" not in message:  # a notification, or an answer to nothing
            return None
        result = _result(message["method"], message.get("params") or {}, tools, count)
        return {"jsonrpc": "2.0", "id": asked, "result": result}
    except _Refused as refused:
        error = {"code": refused.code, "message": str(refused)}
        return {"jsonrpc": "2.0", "id": asked, "error": error}


def _read(body: bytes) -> Json:
    try:
        message = json.loads(body)
    except ValueError:
        raise _Refused(-32700, "Parse error: send JSON in UTF-8") from None
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        raise _Refused(-32600, "Invalid request: send one JSON-RPC 2.0 message")
    return message


def _result(
    method: str, params: Any, tools: dict[str, Tool], count: Callable[[Kind], None]
) -> Json:
    if not isinstance(params, dict):
        raise _Refused(-32602, "Invalid params: send an object")
    match method:
        case "initialize":
            asked = params.get("protocolVersion")
            return {
                "protocolVersion": asked if asked in VERSIONS else VERSIONS[0],
                "capabilities": {"tools": {}},
                "serverInfo": {"name": "kommunesvar", "title": "Kommunesvar", "version": "1"},
                "instructions": INSTRUCTIONS,
            }
        case "ping":
            return {}
        case "tools/list":
            return {"tools": [_described(name, tool) for name, tool in tools.items()]}
        case "tools/call":
            tool = tools.get(str(params.get("name")))
            if tool is None:
                raise _Refused(-32602, f"No such tool; there are {', '.join(tools)}")
            count(tool.kind)
            return _call(tool, params.get("arguments") or {})
    raise _Refused(-32601, "No such method")


def _described(name: str, tool: Tool) -> Json:
    return {
        "name": name,
        "description": tool.description,
        "inputSchema": tool.arguments.model_json_schema(),
        "annotations": {"readOnlyHint": True, "openWorldHint": False},
    }


def _call(tool: Tool, arguments: Any) -> Json:
    """What the tool gives; what went wrong is told to the assistant, so that it can try again."""
    try:
        found = tool.run(tool.arguments.model_validate(arguments))
        return {**_text(tool.to_text(found)), "structuredContent": found, "isError": False}
    except ValidationError as error:
        places = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        return {**_text("; ".join(places)), "isError": True}
    except KommunesvarError as error:
        return {**_text(our_problem(error).detail), "isError": True}
    except Problem as problem:
        return {**_text(problem.detail), "isError": True}
    except Exception as error:
        raise _Refused(-32603, internal_problem(error, "/mcp").detail) from None


def _text(text: str) -> Json:
    return {"content": [{"type": "text", "text": text}]}
