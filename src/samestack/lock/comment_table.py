"""samestack's table in a lock that has no room for it: in comment lines at the end of the file.

The lines are TOML behind ``# ``, so that people can read them and the lock's own tool passes over them.
"""

from typing import Final

import msgspec

from samestack.lock.lock_table import LockTable, table_document

_BEGIN: Final = "# [tool.samestack], which samestack alone reads:"
_COMMENT: Final = "# "


def with_comment_table(text: str, table: LockTable) -> str:
    """The lock with the table in place of the one that it had."""
    return f"{without_comment_table(text).rstrip()}\n\n{_BEGIN}\n{_commented(table)}"


def without_comment_table(text: str) -> str:
    """The lock as its own tool wrote it."""
    before, begin, _ = text.rpartition(f"\n{_BEGIN}\n")
    return f"{before.rstrip()}\n" if begin else text


def comment_table(text: str) -> LockTable:
    """The table of a lock; empty where it has none, or one that was edited into nonsense.

    It may be dropped at any time: nothing of what is installed depends on it.
    """
    import tomllib

    _, begin, after = text.rpartition(f"\n{_BEGIN}\n")
    lines = [line[len(_COMMENT) :] for line in after.split("\n") if line.startswith(_COMMENT)]
    try:
        document = tomllib.loads("\n".join(lines)) if begin else {}
        return msgspec.convert(document, LockTable)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError):
        return LockTable()


def _commented(table: LockTable) -> str:
    import tomli_w

    lines = tomli_w.dumps(table_document(table)).rstrip("\n").split("\n")
    return "".join(f"{_COMMENT}{line}\n" if line else "#\n" for line in lines)
