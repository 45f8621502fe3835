"""API keys in a SQLite file: created and revoked by the operator, of which only a hash is kept.

A key is 32 random bytes, so a plain SHA-256 of it cannot be guessed backwards and needs no salt.
"""

import hashlib
import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from api.database import open_store
from figures.errors import UsageError

Scope = Literal["read", "admin"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS keys (
    name TEXT PRIMARY KEY, hash TEXT UNIQUE NOT NULL, scope TEXT NOT NULL,
    created TEXT NOT NULL, revoked TEXT);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key as the operator sees it; the key itself is shown once, when it is made."""

    name: str
    scope: Scope
    created: str
    revoked: str | None


def create_key(store: Path, name: str, *, scope: Scope = "read") -> str:
    """Make a key for `name` and return it; it cannot be read again."""
    key = f"ksv_{secrets.token_urlsafe(32)}"
    with closing(open_store(store, SCHEMA)) as connection, connection:
        try:
            connection.execute(
                "INSERT INTO keys VALUES (?, ?, ?, ?, NULL)", (name, _hash(key), scope, _now())
            )
        except sqlite3.IntegrityError:
            raise UsageError(
                f"there is a key named {name!r} already; choose another name"
            ) from None
    return key


def revoke_key(store: Path, name: str) -> None:
    """From now on the key is refused."""
    with closing(open_store(store, SCHEMA)) as connection, connection:
        changed = connection.execute(
            "UPDATE keys SET revoked = ? WHERE name = ? AND revoked IS NULL", (_now(), name)
        )
        if not changed.rowcount:
            raise UsageError(f"no key in use is named {name!r}")


def list_keys(store: Path) -> list[Key]:
    """Every key that was ever made, oldest first."""
    with closing(open_store(store, SCHEMA)) as connection:
        rows = connection.execute(
            "SELECT name, scope, created, revoked FROM keys ORDER BY created, name"
        ).fetchall()
    return [Key(name=n, scope=s, created=c, revoked=r) for n, s, c, r in rows]


def find_scope(store: Path, key: str) -> Scope | None:
    """What a key allows; None when it is not one, or not any more."""
    with closing(open_store(store, SCHEMA)) as connection:
        row: tuple[Scope] | None = connection.execute(
            "SELECT scope FROM keys WHERE hash = ? AND revoked IS NULL", (_hash(key),)
        ).fetchone()
    return row[0] if row else None


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
