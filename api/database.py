"""The server's own small databases: keys and feedback."""

import sqlite3
from pathlib import Path


def open_store(store: Path, schema: str) -> sqlite3.Connection:
    """The database with its tables, made where it is missing."""
    store.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(store)
    connection.executescript(schema)
    return connection
