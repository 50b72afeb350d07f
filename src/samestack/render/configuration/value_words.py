"""A value of a variable in words, and the layer that it comes from."""

from typing import Any, Final

import msgspec

from samestack.config.masking import MASK
from samestack.config.rank import Rank

NOT_READ: Final = "(not read)"
"""What stands for a value of which only the presence was asked."""
_LAYERS: Final = {
    Rank.OVERRIDE: "--set",
    Rank.PROCESS: "environment",
    Rank.DIRECTORY: "mounted files",
    Rank.DOTENV: ".env",
    Rank.SECRET_STORE: "secret store",
    Rank.CONFIGURATION_STORE: "configuration store",
    Rank.PROFILE: "profile",
    Rank.BASE: "base",
    Rank.DEFAULT: "default",
}


def value_words(value: Any) -> str:  # noqa: ANN401 - any value of a variable
    """A text as it is, everything else as JSON: ``20``, ``null``, ``["a", "b"]``."""
    if value is msgspec.UNSET:
        return NOT_READ
    if isinstance(value, str):
        return value or '""'
    return msgspec.json.format(msgspec.json.encode(value), indent=0).decode()


def layer_words(rank: int) -> str:
    """``secret store``."""
    return _LAYERS[Rank(rank)]


def is_masked(value: Any) -> bool:  # noqa: ANN401
    """Whether something in a value was taken out because it is a secret."""
    match value:
        case str():
            return MASK in value
        case dict():
            return any(map(is_masked, value.values()))
        case list() | tuple():
            return any(map(is_masked, value))
        case _:
            return False
