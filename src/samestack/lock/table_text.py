"""samestack's table in the text of a lock, found without reading the lock itself."""

import tomllib
from pathlib import Path
from typing import Final

import msgspec
from msgspec import structs

from samestack.capture.documents import read_text
from samestack.lock.comment_table import comment_table, with_comment_table
from samestack.lock.decision import Decision
from samestack.lock.lock_table import LockTable, table_document

TABLE_START: Final = "\n[tool.samestack]\n"
"""samestack writes its table last, after all packages."""


def table_of(path: Path) -> LockTable:
    """The table of a lock; empty where another tool wrote the lock, or it was edited into nonsense.

    It may be dropped at any time: nothing of what is installed depends on it.
    """
    text = read_text(path)
    return pylock_table(text) if path.suffix == ".toml" else comment_table(text)


def pylock_table(text: str) -> LockTable:
    """The table in the text of a ``pylock.toml``; only the end of the text is parsed."""
    _, start, after = text.rpartition(TABLE_START)
    try:
        document = tomllib.loads(start + after) if start else {}
        return msgspec.convert(document.get("tool", {}).get("samestack", {}), LockTable)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError):
        return LockTable()


def with_pylock_table(text: str, table: LockTable) -> str:
    """The text of a ``pylock.toml`` without a table, with one after all packages."""
    import tomli_w

    written = tomli_w.dumps({"tool": {"samestack": table_document(table)}})
    if not written.startswith(TABLE_START[1:]):  # what has tables alone needs no line of its own in TOML
        written = f"{TABLE_START[1:]}\n{written}"
    return f"{text.rstrip()}\n\n{written}"


def with_table(decision: Decision, table: LockTable) -> Decision:
    """A decision with another table in it; what it decides stays."""
    text = decision.data.decode()
    if decision.path.suffix == ".toml":
        changed = with_pylock_table(text.rpartition(TABLE_START)[0] or text, table)
    else:
        changed = with_comment_table(text, table)
    return structs.replace(decision, data=changed.encode(), table=table)
