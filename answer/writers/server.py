"""A prompt → a draft from an OpenAI-compatible server (Ollama, llama.cpp, vLLM), piece by piece.

Only the standard library, no proxy, no redirect: what is sent goes to the address in the settings
and nowhere else. What comes out has passed nothing yet.
"""

import json
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from figures.errors import UsageError

MAX_TOKENS = 300
MAX_SECONDS = 60.0
_MAX_BYTES = 1_000_000
_MAX_LINE = 100_000


def write_on_server(
    where: str, prompt: str, *, max_tokens: int = MAX_TOKENS, seconds: float = MAX_SECONDS
) -> Iterator[str]:
    """The draft's pieces as they come; `where` is "URL#MODEL", the URL up to and with /v1."""
    url, _, model = where.partition("#")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or not model:
        raise UsageError(
            f"generator 'openai:{where}': give openai:URL#MODEL, "
            "as in openai:http://localhost:11434/v1#MODEL."
        )
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    deadline = time.monotonic() + seconds
    connection: HTTPConnection | None = None
    try:
        connection = connect(parts.hostname, parts.port, timeout=seconds)
        body = {
            "model": model,
            "messages": [{"role": "user", "content": prompt}],
            "temperature": 0,
            "max_tokens": max_tokens,
            "stream": True,
        }
        path = f"{parts.path.rstrip('/')}/chat/completions"
        headers = {"Content-Type": "application/json"}
        connection.request("POST", path, json.dumps(body), headers)
        with connection.getresponse() as response:
            if response.status != 200:
                said = " ".join(response.read(300).decode("utf-8", "replace").split())
                raise UsageError(
                    f"generator 'openai:{where}': the server answered {response.status} ({said}). "
                    "Check the address and that the server has the model."
                )
            yield from _pieces(response, deadline)
    except (OSError, HTTPException, ValueError, KeyError, TypeError, LookupError) as error:
        reason = str(error) or type(error).__name__
        raise UsageError(
            f"generator 'openai:{where}': no answer from the server ({reason}). "
            "Start it, or use --generator extract."
        ) from error
    finally:
        if connection:
            connection.close()


def _pieces(response: HTTPResponse, deadline: float) -> Iterator[str]:
    """Text of a stream of events, or of one whole answer where the server does not stream."""
    if "event-stream" not in response.headers.get("Content-Type", ""):
        whole: Any = json.loads(response.read(_MAX_BYTES))
        yield whole["choices"][0]["message"]["content"] or ""
        return
    seen = 0
    while seen < _MAX_BYTES and (line := response.readline(_MAX_LINE)):
        seen += len(line)
        if time.monotonic() > deadline:
            return
        data = line.decode("utf-8").strip().removeprefix("data:").strip()
        if data == "[DONE]":
            return
        if not data.startswith("{"):
            continue  # comments, event names and empty lines
        choices: Any = json.loads(data).get("choices")
        if choices:
            yield choices[0].get("delta", {}).get("content") or ""
