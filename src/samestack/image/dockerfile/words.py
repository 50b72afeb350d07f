"""Values in the syntax of a Dockerfile, where nothing of them can become an instruction or a variable."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

from samestack.errors import RequestError

_PLAIN_PATH: Final = re.compile(r"[\w.+@=~,-]+(?: [\w.+@=~,-]+)*")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_ESCAPED: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "$": "\\$"})


def quoted(text: str) -> str:
    """A text in double quotes, of which Docker changes nothing; :class:`RequestError` for several lines."""
    if not text.isprintable():
        raise RequestError(f"{text!r} cannot stand in a Dockerfile", hint="write it in one line of text")
    return f'"{text.translate(_ESCAPED)}"'


def pairs(values: Mapping[str, str]) -> tuple[str, ...]:
    """``name="value"`` each, for ENV and LABEL."""
    for name in values:
        if _NAME.fullmatch(name) is None:
            raise RequestError(f"'{name}' cannot be a variable or a label of a Dockerfile")
    return tuple(f"{name}={quoted(value)}" for name, value in values.items())


def exec_form(words: Iterable[str]) -> str:
    """A command as a list in JSON: no shell reads it, so that signals reach the program."""
    return json.dumps(list(words))


def path_words(*paths: str) -> str:
    """Paths for COPY; one with spaces makes it a list in JSON.

    :class:`RequestError` for a name with characters that Docker takes for patterns or variables.
    """
    for path in paths:
        if any(_PLAIN_PATH.fullmatch(part) is None for part in path.split("/") if part):
            hint = "rename it, or leave it out: tool.samestack.image.exclude"
            raise RequestError(f"'{path}' cannot be named in a Dockerfile", hint=hint)
    return exec_form(paths) if any(" " in path for path in paths) else " ".join(paths)
