"""What was answered, kept in a database: SQLite on a developer's machine, PostgreSQL elsewhere."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from .agent import Answer
from .errors import InputError

_TABLE = "CREATE TABLE IF NOT EXISTS answers (topic TEXT NOT NULL, article TEXT NOT NULL)"
_COUNTED = "SELECT topic, COUNT(*) FROM answers GROUP BY topic ORDER BY topic"


class Connection(Protocol):
    """What SQLite and PostgreSQL have in common, and the history needs."""

    def cursor(self) -> Any:  # noqa: ANN401 - drivers have no common type
        """A cursor."""

    def commit(self) -> None:
        """Keep what was written."""

    def close(self) -> None:
        """Leave."""


class History:
    """The topics and articles of all answers; questions are the customers' own business and are not kept."""

    def __init__(self, connection: Connection, placeholder: str) -> None:
        self._connection = connection
        self._insert = f"INSERT INTO answers VALUES ({placeholder}, {placeholder})"  # noqa: S608 - ? or %s
        self._lock = threading.Lock()
        self._written(_TABLE)

    def add(self, answer: Answer) -> None:
        """Keep an answer."""
        self._written(self._insert, (answer.topic, answer.article))

    def topics(self) -> dict[str, int]:
        """How many answers each topic has had."""
        with self._lock, closing(self._connection.cursor()) as cursor:
            cursor.execute(_COUNTED)
            return {topic: int(count) for topic, count in cursor.fetchall()}

    def close(self) -> None:
        """Leave the database."""
        self._connection.close()

    def _written(self, statement: str, values: tuple[str, ...] = ()) -> None:
        with self._lock, closing(self._connection.cursor()) as cursor:
            cursor.execute(statement, values)
            self._connection.commit()


def open_history(url: str, password: str = "") -> History:
    """The history at an address. Raises ``InputError``, whose words hold no password."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(url)
    if parts.scheme == "postgresql":
        return _postgresql(url, password)
    raise InputError("DATABASE_URL is neither sqlite:///FILE nor postgresql://USER@HOST/NAME")


def _sqlite(url: str) -> History:
    try:
        connection = sqlite3.connect(url[len("sqlite:///") :], check_same_thread=False)
        return History(connection, "?")
    except sqlite3.Error as error:
        raise InputError(f"DATABASE_URL: the file cannot be opened: {error}") from error


def _postgresql(url: str, password: str) -> History:
    import pg8000.dbapi  # only where it is used

    parts = urlsplit(url)
    try:
        connection = pg8000.dbapi.connect(
            user=unquote(parts.username or ""),
            password=password or None,
            host=parts.hostname or "127.0.0.1",
            port=parts.port or 5432,
            database=parts.path.lstrip("/"),
            timeout=10,
        )
        return History(connection, "%s")
    except (pg8000.dbapi.Error, OSError):
        place = f"{parts.hostname}:{parts.port or 5432}"
        raise InputError(
            f"the database at {place} cannot be used; see DATABASE_URL, DATABASE_PASSWORD"
        ) from None
