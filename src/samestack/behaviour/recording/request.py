"""What is to be recorded."""

from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.errors import RequestError

ONE: Final = "{input}"
"""Stands for the path of an input; the program is run once for each."""
ALL: Final = "{inputs}"
"""Stands for what was named as the inputs; the program is run once."""

_MOST_REPEATS: Final = 1000


class Request(Struct, frozen=True, kw_only=True):
    """A program, its inputs, and where and how often it is run."""

    command: tuple[str, ...] = ()
    callable: str = ""
    """``module:function``, instead of a command."""
    inputs: Path | None = None
    environment: str = ""
    """A reference; the active environment when empty."""
    repeats: int = 3
    timeout: float = 0.0
    """The seconds that one execution has; 0 for no limit."""


def check_request(request: Request) -> None:
    """:class:`RequestError` for what contradicts itself."""
    if bool(request.command) == bool(request.callable):
        hint = "samestack record -o FILE -- CMD ..., or --callable MODULE:FUNCTION"
        raise RequestError("name one program: a command or a callable", hint=hint)
    module, _, function = request.callable.partition(":")
    if request.callable and not (module and function):
        raise RequestError(f"'{request.callable}' names no callable", hint="write MODULE:FUNCTION")
    if not 1 <= request.repeats <= _MOST_REPEATS:
        raise RequestError(f"it is run 1 to {_MOST_REPEATS} times, not {request.repeats}")
    if request.inputs is None and any(ONE in word or ALL in word for word in request.command):
        raise RequestError("the command has a place for inputs", hint="name them with --inputs")
