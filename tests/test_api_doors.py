"""The doors for other programs: OpenAI's chat completions and MCP, spoken as their clients do."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from small_service import SmallService

from api.app import create_app
from api.keys import create_key
from api.mcp import VERSIONS
from api.settings import ApiSettings

MANY = "100000/minute"
QUESTION = "Hva var netto driftsresultat i Fjordvik i 2024?"
SOURCE = "[1] Fjordvik kommune – Årsrapport 2024, side 1: «Netto driftsresultat 41,2 19,7»"


@pytest.fixture
def service(tmp_path: Path) -> SmallService:
    return SmallService(tmp_path)


@pytest.fixture
def client(service: SmallService, tmp_path: Path) -> Iterator[TestClient]:
    settings = ApiSettings(store=tmp_path / "api.db", questions=MANY, reads=MANY)
    with TestClient(create_app(service, settings), raise_server_exceptions=False) as client:
        yield client


def chat(client: TestClient, *messages: tuple[str, Any], **more: Any) -> Any:
    said = [{"role": role, "content": content} for role, content in messages]
    return client.post("/v1/chat/completions", json={"model": "x", "messages": said} | more)


def test_a_chat_completion_is_the_answer_with_its_sources(client: TestClient) -> None:
    found = chat(client, ("user", QUESTION), temperature=0).json()
    (choice,) = found["choices"]
    assert (found["object"], found["model"], choice["finish_reason"]) == (
        "chat.completion",
        "kommunesvar",
        "stop",
    )
    text = choice["message"]["content"]
    assert text.startswith("Fjordvik kommune hadde et netto driftsresultat på 41,2 mill. kr")
    assert text.endswith(f"Kilder:\n{SOURCE}")
    assert found["kommunesvar"]["figure"]["base_value"] == 41200000


def test_the_last_message_is_the_question_and_the_earlier_ones_the_history(
    client: TestClient, service: SmallService
) -> None:
    parts = [{"type": "text", "text": "Og i 2023?"}]
    chat(
        client,
        ("system", "Du er en pirat."),
        ("user", "Hva var gjelden?"),
        ("assistant", "12 mill. kr [1]."),
        ("user", "?!"),
        ("assistant", None),
        ("user", parts),
    )
    question, turns = service.seen[-1]
    assert question == "Og i 2023?"
    assert [(turn.question, turn.answer) for turn in turns] == [
        ("Hva var gjelden?", "12 mill. kr [1].")
    ]


def test_filters_and_long_histories_are_taken(client: TestClient, service: SmallService) -> None:
    long = [("user", "a" * 5000), ("assistant", "b" * 5000)] * 20
    filters = {"kommune": "Havnes", "year": 2023}
    found = chat(client, *long, ("user", QUESTION), kommunesvar=filters).json()
    assert found["kommunesvar"]["scope"] == {
        "kommuner": ["Havnes"],
        "years": [2023],
        "docs": ["fjordvik-2024"],
    }
    assert len(service.seen[-1][1]) == 10


def test_choices_and_calculations_are_told_as_text(client: TestClient) -> None:
    asked = chat(client, ("user", "Hvor høyt var sykefraværet?")).json()
    text = asked["choices"][0]["message"]["content"]
    assert "- Havnes: Hvor høyt var sykefraværet i Havnes i 2024?" in text
    asked = chat(client, ("user", "Hva var veksten?"), kommunesvar={"lang": "en"}).json()
    text = asked["choices"][0]["message"]["content"]
    assert "512,4 − 498,1 = 14,3 mill. kr" in text
    assert "Sources:\n[1] Fjordvik kommune – Årsrapport 2024, page 1:" in text


def test_a_streamed_completion_is_the_same_in_pieces(client: TestClient) -> None:
    response = chat(client, ("user", QUESTION), stream=True)
    assert response.headers["content-type"].startswith("text/event-stream")
    lines = [line.removeprefix("data: ") for line in response.text.split("\n") if line]
    assert lines.pop() == "[DONE]"
    chunks = [json.loads(line) for line in lines]
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert len({chunk["id"] for chunk in chunks}) == 1
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    assert deltas[0]["role"] == "assistant"
    whole = chat(client, ("user", QUESTION)).json()["choices"][0]["message"]["content"]
    assert "".join(delta.get("content", "") for delta in deltas) == whole
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-1]["kommunesvar"]["status"] == "answered"


def test_a_bug_in_a_streamed_completion_is_told(client: TestClient) -> None:
    response = chat(client, ("user", "krasj"), stream=True)
    assert '"type": "internal"' in response.text
    assert "nothing of the question" not in response.text
    assert response.text.endswith("data: [DONE]\n\n")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"messages": []}, 422),
        ({"messages": [{"role": "system", "content": "Hei"}]}, 422),
        ({"messages": [{"role": "user", "content": "?"}]}, 422),
        ({"messages": [{"role": "user"}]}, 422),
        ({"messages": [{"role": "user", "content": "a" * 1001}]}, 422),
        ({"messages": [{"role": "user", "content": "a"}], "kommunesvar": {"x": 1}}, 422),
        ({"messages": [{"role": "user", "content": "krasj"}]}, 500),
        ({"messages": [{"role": "user", "content": "a" * 300_000}]}, 413),
    ],
)
def test_an_error_is_a_problem_with_a_message_for_openais_clients(
    client: TestClient, body: Any, status: int
) -> None:
    response = client.post("/v1/chat/completions", json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["error"]["message"] == problem["detail"]


def test_the_models_are_one(client: TestClient) -> None:
    assert [model["id"] for model in client.get("/v1/models").json()["data"]] == ["kommunesvar"]


def rpc(client: TestClient, method: str, params: Any = None, **headers: str) -> Any:
    message = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}
    accept = {"accept": "application/json, text/event-stream"}
    return client.post("/mcp", json=message, headers=accept | headers)


def call(client: TestClient, tool: str, **arguments: Any) -> Any:
    reply = rpc(client, "tools/call", {"name": tool, "arguments": arguments}).json()
    assert (reply["jsonrpc"], reply["id"]) == ("2.0", 7)
    return reply["result"]


def test_an_assistant_shakes_hands_and_sees_the_tools(client: TestClient) -> None:
    hello = {"protocolVersion": "2025-03-26", "capabilities": {}, "clientInfo": {"name": "test"}}
    result = rpc(client, "initialize", hello).json()["result"]
    assert result["protocolVersion"] == "2025-03-26"
    assert result["serverInfo"]["name"] == "kommunesvar"
    assert result["capabilities"] == {"tools": {}}
    newer = rpc(client, "initialize", hello | {"protocolVersion": "2099-01-01"}).json()["result"]
    assert newer["protocolVersion"] == VERSIONS[0]
    done = client.post("/mcp", json={"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert (done.status_code, done.content) == (202, b"")
    assert rpc(client, "ping").json() == {"jsonrpc": "2.0", "id": 7, "result": {}}
    tools = {tool["name"]: tool for tool in rpc(client, "tools/list").json()["result"]["tools"]}
    assert list(tools) == ["ask", "search", "figures", "documents"]
    schema = tools["ask"]["inputSchema"]
    assert (schema["type"], schema["required"]) == ("object", ["question"])
    assert set(schema["properties"]) == {"question", "kommune", "year"}


def test_the_tools_give_what_the_service_gives(client: TestClient) -> None:
    result = call(client, "ask", question=QUESTION, kommune="Havnes")
    assert result["isError"] is False
    assert result["content"][0]["text"].endswith(SOURCE)
    assert result["structuredContent"]["scope"]["kommuner"] == ["Havnes"]
    found = call(client, "search", query="sykefravær", k=1)
    assert len(found["structuredContent"]["passages"]) == 1
    assert json.loads(found["content"][0]["text"]) == found["structuredContent"]
    assert len(call(client, "figures", query="drift", limit=2)["structuredContent"]["figures"]) == 2
    assert len(call(client, "documents")["structuredContent"]["documents"]) == 4


def test_wrong_arguments_are_told_to_the_assistant_and_never_repeated(client: TestClient) -> None:
    for tool, arguments in (
        ("ask", {}),
        ("ask", {"question": "?"}),
        ("ask", {"question": "hemmelig" * 200}),
        ("ask", {"question": "a", "hemmelig_ting": 1, "year": "hemmelig"}),
        ("search", {"query": "a", "k": 1000}),
    ):
        result = call(client, tool, **arguments)
        assert result["isError"] is True
        assert "hemmelighemmelig" not in result["content"][0]["text"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", -32700),
        (b"\xff", -32700),
        (b"[]", -32600),
        (b'{"id": 1, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "resources/list"}', -32601),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": [1]}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "x"}}', -32602),
    ],
)
def test_what_is_not_the_protocol_is_an_error_of_the_protocol(
    client: TestClient, content: bytes, code: int
) -> None:
    response = client.post("/mcp", content=content, headers={"content-type": "application/json"})
    assert response.json()["error"]["code"] == code


def test_a_bug_in_a_tool_is_an_error_without_its_message(client: TestClient) -> None:
    params = {"name": "ask", "arguments": {"question": "krasj"}}
    error = rpc(client, "tools/call", params).json()["error"]
    assert error["code"] == -32603
    assert "bug" not in error["message"]


def test_the_address_takes_only_what_the_protocol_sends(client: TestClient) -> None:
    for response, status in (
        (client.get("/mcp", headers={"accept": "text/event-stream"}), 405),
        (client.delete("/mcp"), 405),
        (rpc(client, "ping", origin="https://evil.example"), 403),
        (rpc(client, "ping", **{"mcp-protocol-version": "1999-01-01"}), 400),
        (client.post("/mcp", content=b"a" * 20_000), 413),
    ):
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
    assert rpc(client, "ping", origin="http://testserver").status_code == 200


def test_the_doors_have_the_same_keys_and_limits(service: SmallService, tmp_path: Path) -> None:
    store = tmp_path / "api.db"
    key = create_key(store, "council")
    settings = ApiSettings(store=store, public=False, questions="2/minute", key_factor=1)
    client = TestClient(create_app(service, settings))
    asked = {"name": "ask", "arguments": {"question": QUESTION}}
    assert chat(client, ("user", QUESTION)).status_code == 401
    assert rpc(client, "ping").status_code == 401
    assert client.get("/v1/models").status_code == 401
    client.headers["authorization"] = f"Bearer {key}"
    assert chat(client, ("user", QUESTION)).status_code == 200
    assert rpc(client, "tools/call", asked).status_code == 200
    assert rpc(client, "tools/call", asked).status_code == 429
    assert chat(client, ("user", QUESTION)).status_code == 429
    assert rpc(client, "ping").status_code == 200


def test_what_a_person_writes_of_themselves_is_masked_here_too(
    client: TestClient, service: SmallService
) -> None:
    secret = "Jeg er x@y.no, hva var resultatet?"
    chat(client, ("user", secret), ("assistant", secret), ("user", secret))
    call(client, "ask", question=secret)
    assert "x@y.no" not in repr(service.seen)
    assert "[e-postadresse]" in repr(service.seen[-1])
