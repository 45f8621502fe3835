"""Who may ask, and how often: keys with scopes, and a gentler limit for everybody else.

Addresses are kept in memory for as long as a limit's window, and nowhere else.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from time import time
from typing import Literal

from fastapi import Request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from api.keys import Scope, find_scope
from api.problems import Problem
from api.settings import ApiSettings

Kind = Literal["questions", "reads"]


class Access:
    """The guard at the door: one for each application."""

    def __init__(self, settings: ApiSettings) -> None:
        self._settings = settings
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._limits = {"questions": parse(settings.questions), "reads": parse(settings.reads)}
        self._places = threading.BoundedSemaphore(settings.at_once)

    def guard(self, kind: Kind) -> Callable[[Request], None]:
        """A dependency that lets a request of this kind pass, or raises a problem."""

        def check(request: Request) -> None:
            key = _bearer(request)
            self._scope(key)
            self._count(kind, key or (request.client.host if request.client else ""), bool(key))

        return check

    def admin(self, request: Request) -> None:
        """A dependency that lets only an admin's key pass."""
        key = _bearer(request)
        if key is None:
            raise _unauthorized("This needs an API key of scope admin")
        if self._scope(key) != "admin":
            raise Problem("forbidden", "This needs an API key of scope admin")

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place among those being answered; raises at once when all are taken."""
        if not self._places.acquire(blocking=False):
            raise Problem("busy", "Try again in a few seconds", headers={"retry-after": "3"})
        try:
            yield
        finally:
            self._places.release()

    def _scope(self, key: str | None) -> Scope | None:
        if key is None:
            if not self._settings.public:
                raise _unauthorized("Send a key as `Authorization: Bearer …`")
            return None
        scope = find_scope(self._settings.store, key) if self._settings.store else None
        if scope is None:
            raise _unauthorized("The key is not known, or not valid any more")
        return scope

    def _count(self, kind: Kind, who: str, has_key: bool) -> None:
        limit: RateLimitItem = self._limits[kind]
        if has_key:
            limit = type(limit)(limit.amount * self._settings.key_factor, limit.multiples)
        if not self._limiter.hit(limit, kind, who):
            reset = self._limiter.get_window_stats(limit, kind, who).reset_time
            wait = max(1, ceil(reset - time()))
            raise Problem(
                "too-many-requests",
                f"At most {limit}; try again in {wait} seconds",
                headers={"retry-after": str(wait)},
            )


def _bearer(request: Request) -> str | None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" and key.strip() else None


def _unauthorized(detail: str) -> Problem:
    return Problem("unauthorized", detail, headers={"www-authenticate": "Bearer"})
