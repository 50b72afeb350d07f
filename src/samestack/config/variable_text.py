"""A value as the text of an environment variable."""

from typing import Any

import msgspec


def variable_text(value: Any) -> str | None:  # noqa: ANN401 - what JSON can say
    """The text that reads as this value again; ``None`` for null, which no variable can say, and the unread.

    ``true`` and ``false``; lists and maps as JSON, as settings classes read them.
    """
    match value:
        case None | msgspec.UNSET:
            return None
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case _:
            return msgspec.json.encode(value).decode()
