"""Values of types that have nothing inside: texts converted, and nothing that would lose anything."""

from __future__ import annotations

import enum
import math
from typing import Any

_TRUE = ("1", "on", "t", "true", "y", "yes")
_FALSE = ("0", "off", "f", "false", "n", "no")
_MOST_CHARACTERS = 5_000
"""The longest text of a number, a date or a path."""


class UnfitError(Exception):
    """A value that is none of a type. It says which type of error, and where in the value, not the value."""

    def __init__(self, kind: str, path: tuple[object, ...] = ()) -> None:
        super().__init__(kind, path)
        self.kind = kind
        self.path = path


def maker_of(one: Any) -> Any:  # noqa: ANN401 - annotations are anything
    """What makes values of a type: a function of it and a value, that raises ``UnfitError``; or ``None``."""
    if not isinstance(one, type):
        return None
    module = one.__module__.partition("._")[0]  # pathlib._local
    return _enum if issubclass(one, enum.Enum) else _MAKERS.get(f"{module}.{one.__qualname__}")


def chosen(choices: tuple[Any, ...], value: Any) -> Any:  # noqa: ANN401
    """The one of the choices that a value, or a text, stands for."""
    for choice in choices:
        if type(choice) is type(value) and choice == value:
            return choice
    for choice in choices:
        if isinstance(value, str) and not isinstance(choice, (str, enum.Enum)) and str(choice) == value:
            return choice
    raise UnfitError("choice")


def _enum(one: Any, value: Any) -> Any:  # noqa: ANN401
    value_of = chosen(tuple(member.value for member in one), value)
    return next(member for member in one if member.value == value_of)


def _text(one: type, value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, str):
        raise UnfitError("text")
    return one(value)


def _boolean(_: type, value: Any) -> bool:  # noqa: ANN401
    text = value.lower() if isinstance(value, str) else str(value) if value in (0, 1) else ""
    if isinstance(value, bool) or text in _TRUE or text in _FALSE:
        return value if isinstance(value, bool) else text in _TRUE
    raise UnfitError("boolean")


def _integer(_: type, value: Any) -> int:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise UnfitError("integer")
    if isinstance(value, str):
        return int(_parsed(int, value, "integer"))
    if isinstance(value, float) and not value.is_integer():
        raise UnfitError("integer")
    return int(value)


def _number(_: type, value: Any) -> float:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise UnfitError("number")
    number = float(_parsed(float, value, "number"))
    if not math.isfinite(number):
        raise UnfitError("number")
    return number


def _parsed(make: Any, value: Any, kind: str) -> Any:  # noqa: ANN401
    try:
        return make(value if len(str(value)) <= _MOST_CHARACTERS else "")
    except (ValueError, ArithmeticError):
        pass  # what is raised in here would keep the value as its context
    raise UnfitError(kind)


def _of_text(one: Any, value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, str):
        raise UnfitError("text")
    return _parsed(one, value, one.__name__.lower())


def _of_iso(one: Any, value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, str):
        raise UnfitError("text")
    text = value[:-1] + "+00:00" if value.endswith("Z") and one.__name__ != "date" else value
    return _parsed(one.fromisoformat, text, one.__name__)


def _decimal(one: Any, value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise UnfitError("number")
    return _parsed(one, str(value), "number")


def _none(_: type, value: Any) -> None:  # noqa: ANN401
    if value is not None:
        raise UnfitError("null")


def _bytes(_: type, value: Any) -> bytes:  # noqa: ANN401
    if not isinstance(value, str):
        raise UnfitError("text")
    return value.encode()


_MAKERS: dict[str, Any] = {
    "builtins.str": _text,
    "builtins.bytes": _bytes,
    "builtins.bool": _boolean,
    "builtins.int": _integer,
    "builtins.float": _number,
    "builtins.NoneType": _none,
    "decimal.Decimal": _decimal,
    "uuid.UUID": _of_text,
    "datetime.datetime": _of_iso,
    "datetime.date": _of_iso,
    "datetime.time": _of_iso,
    "pathlib.Path": _of_text,
    "pathlib.PurePath": _of_text,
}
"""By name, so that only programs that have such fields import their types."""
