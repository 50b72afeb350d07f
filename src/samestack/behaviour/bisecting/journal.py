"""The journal of trials: whatever ends a bisection, it goes on from what was tried.

An SQLite file. Each trial is written as soon as it is known and in one piece, so that a process that is
killed loses the trials that it was at, and no other. What is kept is how a trial ended, not whether that is
good: the same trials serve other questions.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

import msgspec

from samestack.behaviour.bisecting.trials.outcome import Outcome
from samestack.errors import InputError, OutsideError

_FORM: Final = 1
"""Of the file: what an older or newer samestack wrote in another form is not read."""
_PATIENCE_SECONDS: Final = 30.0
_TABLE: Final = """
create table if not exists trials (
    key text not null,
    number integer not null,
    ending text not null,
    seconds real not null,
    at text not null,
    outcome blob not null,
    primary key (key, number)
) without rowid
"""


class Journal:
    """The journal in a file, which is made where there is none; for one thread.

    Several processes may use one journal at once. :class:`InputError` where the file is none,
    :class:`OutsideError` where it cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._explained():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Everything is written already; what SQLite keeps beside the file goes away."""
        self._connection.close()

    def outcome(self, key: str, number: int) -> Outcome | None:
        """How this run of a trial ended, if it was made before."""
        with self._explained():
            row = self._connection.execute(
                "select outcome from trials where key = ? and number = ?", (key, number)
            ).fetchone()
        return None if row is None else self._decoded(row[0])

    def note(self, key: str, number: int, outcome: Outcome) -> None:
        """Write down how a run of a trial ended."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        row = (key, number, outcome.ending, outcome.seconds, at, msgspec.msgpack.encode(outcome))
        with self._explained():
            self._connection.execute("insert or replace into trials values (?, ?, ?, ?, ?, ?)", row)

    def __len__(self) -> int:
        with self._explained():
            return int(self._connection.execute("select count(*) from trials").fetchone()[0])

    def _prepare(self) -> None:
        form = self._connection.execute("pragma user_version").fetchone()[0]
        tables = self._connection.execute("select name from sqlite_master").fetchall()
        if form != _FORM and (form or tables):
            raise InputError(str(self.path), "it is no journal of this samestack's", hint="name another file")
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        self._connection.execute(_TABLE)
        self._connection.execute(f"pragma user_version = {_FORM}")

    def _decoded(self, data: bytes) -> Outcome:
        try:
            return msgspec.msgpack.decode(data, type=Outcome)
        except msgspec.DecodeError as error:
            raise InputError(str(self.path), f"a trial in it cannot be read: {error}") from None

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise OutsideError(f"{self.path}: the journal cannot be used: {error}") from None
            raise InputError(str(self.path), f"it is no journal: {error}", hint="name another file") from None
        except OSError as error:
            raise OutsideError(f"{self.path}: cannot be made: {error.strerror}") from None
