"""ASGI layers around everything: safe headers, bugs as problems, and a limit on bodies."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Problem, internal_problem, problem_response

# `img-src blob:` lets the page turn its own chart into a PNG; nothing comes from another host.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
)

HEADERS = {
    "cache-control": "no-cache",  # asked for again each time, and answered "not changed"
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class SafeHeaders:
    """Add the security headers to every response that does not set its own."""

    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self.app = app
        self.headers = HEADERS | {"content-security-policy": POLICY + frame_ancestors}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; add headers on the way out."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class BugsAsProblems:
    """Turn what nobody caught into a problem; when a response has begun, cut it off."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; answer for the application when it breaks."""
        begun = False

        async def watch(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            problem = internal_problem(error, scope.get("path", ""))
            if not begun:
                await problem_response(scope, problem)(scope, receive, send)


class BodyLimit:
    """Refuse a body above `limit` bytes, whether or not its length was declared.

    `others` holds addresses with another limit; None: that address counts for itself, because
    what is large goes to disk, not to memory.
    """

    def __init__(self, app: ASGIApp, limit: int, others: Mapping[str, int | None]) -> None:
        self.app, self.limit, self.others = app, limit, others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body, at most `limit` bytes of it, before the application sees the request."""
        bodyless = scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS")
        limit = None if bodyless else self.others.get(scope["path"], self.limit)
        if limit is None:
            await self.app(scope, receive, send)
            return
        messages: list[Message] = []
        size, more = 0, True
        while more and size <= limit:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            more = message.get("more_body", False)
        if size > limit:
            detail = f"Send at most {limit} bytes; a question has room in 1000 characters"
            problem = Problem("body-too-large", detail)
            await problem_response(scope, problem)(scope, receive, send)
            return

        async def replay() -> Message:
            return messages.pop(0) if messages else await receive()

        await self.app(scope, replay, send)
