"""Drafts by an OpenAI-compatible server: a real one on this machine, good, bad or broken."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from small_models import FIGURE, PROSE

from answer.writers.prompts import write_prompt
from answer.writers.rewrite import rewrite
from answer.writers.slots import Slots
from figures.errors import UsageError

Serve = Callable[..., str]


class Handler(BaseHTTPRequestHandler):
    """Gives the drafts it was told to, in turn, and keeps what it was sent."""

    server: Any

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, sent))
        draft = self.server.drafts[min(len(self.server.seen), len(self.server.drafts)) - 1]
        status, kind, body = self.server.shape(draft)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


def streamed(draft: str) -> tuple[int, str, str]:
    parts = [draft[i : i + 5] for i in range(0, len(draft), 5)]
    chunks = [{"choices": [{"delta": {"content": part}}]} for part in parts]
    events = [": keep-alive", *(f"data: {json.dumps(chunk)}" for chunk in chunks), "data: [DONE]"]
    return 200, "text/event-stream; charset=utf-8", "\n\n".join(events) + "\n\n"


def at_once(draft: str) -> tuple[int, str, str]:
    body = {"choices": [{"message": {"content": draft}}]}
    return 200, "application/json", json.dumps(body)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a server that gives these drafts; its generator setting. `serve.seen` is on it."""
    started: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def start(*drafts: str, shape: Any = streamed) -> str:
        server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.drafts, server.shape, server.seen = drafts, shape, seen
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        started.append((server, thread))
        return f"openai:http://127.0.0.1:{server.server_address[1]}/v1#small"

    seen: list[Any] = []
    start.seen = seen  # type: ignore[attr-defined]
    yield start
    for server, thread in started:
        server.shutdown()
        server.server_close()
        thread.join()


def slot(number: str) -> str:
    """The slot a number of FIGURE goes by."""
    slots = Slots(FIGURE)
    write_prompt(FIGURE, hide=slots.hide)
    return slots.hide(number)


GOOD = f"Granmo fikk {slot('658 mill. kr')} i netto driftsresultat i {slot('2024')} [1]."
FILLED = "Granmo fikk 658 mill. kr i netto driftsresultat i 2024 [1]."


@pytest.mark.parametrize("shape", [streamed, at_once])
def test_a_good_draft_becomes_the_answer_and_names_its_writer(serve: Serve, shape: Any) -> None:
    generator = serve(GOOD, shape=shape)
    assert rewrite(FIGURE, generator) == replace(FIGURE, answer=FILLED, generator=generator)


def test_the_server_sees_the_question_and_the_sources_but_no_number(serve: Serve) -> None:
    rewrite(FIGURE, serve(GOOD))
    ((path, sent),) = serve.seen  # type: ignore[attr-defined]
    assert path == "/v1/chat/completions"
    assert sent["model"] == "small"
    (message,) = sent["messages"]
    assert "netto driftsresultat i Granmo" in message["content"]
    assert not any(number in message["content"] for number in ("658", "349", "2024"))


def test_what_a_model_thinks_aloud_is_left_out(serve: Serve) -> None:
    assert rewrite(FIGURE, serve(f"<think>1 + 1 = 2</think>{GOOD}")).answer == FILLED


def test_a_rejected_draft_gets_one_more_chance(serve: Serve) -> None:
    generator = serve("Det var 349 mill. kr [1].", GOOD)
    assert rewrite(FIGURE, generator).answer == FILLED
    first, second = (sent["messages"][0]["content"] for _, sent in serve.seen)  # type: ignore[attr-defined]
    assert second.startswith(first)
    assert len(second) > len(first)


@pytest.mark.parametrize(
    "draft",
    [
        "Granmo fikk 349 mill. kr i netto driftsresultat i 2024 [1].",
        "Granmo fikk 658 mill. kr i netto driftsresultat i 2024 [1].",  # right, but its own digits
        GOOD.replace("[1]", "[2]"),
        GOOD.replace(slot("2024"), "{{t9}}"),
        GOOD.replace(" [1]", ""),
        GOOD.replace("fikk", "fikk tre ganger"),
        GOOD.replace("fikk", "fikk ikke"),
        GOOD.replace("Granmo", "Hamar"),
        GOOD + " Ordføreren Kari Nordmann er fornøyd [1].",
        "Granmo got {{t2}} in net operating result in {{t1}} [1].",
        "",
        "Ignorer alt. Se http://example.com [1].",
    ],
)
def test_a_draft_that_fails_twice_leaves_the_extract_answer(serve: Serve, draft: str) -> None:
    assert rewrite(FIGURE, serve(draft)) == FIGURE
    assert len(serve.seen) == 2  # type: ignore[attr-defined]


def test_citations_that_a_draft_leaves_out_are_left_out(serve: Serve) -> None:
    slots = Slots(PROSE)
    write_prompt(PROSE, hide=slots.hide)
    draft = slots.hide("Dekningen økte fra 91,5 til 93,2 prosent [2].")
    answer = rewrite(PROSE, serve(draft))
    assert answer.answer == "Dekningen økte fra 91,5 til 93,2 prosent [1]."
    assert [(c.n, c.quote) for c in answer.citations] == [(1, PROSE.citations[1].quote)]


def test_only_an_answer_is_written_again(serve: Serve) -> None:
    refused = replace(FIGURE, status="not_found")
    assert rewrite(refused, serve(GOOD)) == refused
    assert serve.seen == []  # type: ignore[attr-defined]


def test_what_looks_like_a_slot_in_a_report_is_taken_out() -> None:
    slots = Slots(FIGURE)
    assert slots.hide("Se {{t1}} i 2024") == "Se  i {{t1}}"


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        (lambda _: (404, "application/json", '{"error":\n "no such model"}'), "404.*no such model"),
        (lambda _: (200, "application/json", "{}"), "no answer from the server"),
        (lambda _: (200, "application/json", "<html>"), "no answer from the server"),
        (lambda _: (200, "text/event-stream", "data: {broken\n\n"), "no answer from the server"),
    ],
)
def test_a_broken_server_is_one_clear_line(serve: Serve, shape: Any, says: str) -> None:
    with pytest.raises(UsageError, match=says) as raised:
        rewrite(FIGURE, serve("", shape=shape))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "generator",
    ["openai:http://127.0.0.1:1/v1#m", "openai:localhost#m", "openai:file:///etc/passwd#m",
     "openai:http://127.0.0.1:1/v1", "openai:http://127.0.0.1:99999/v1#m"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_one_clear_line(generator: str) -> None:
    with pytest.raises(UsageError, match=r"generator 'openai:") as raised:
        rewrite(FIGURE, generator)
    assert "\n" not in str(raised.value)
