"""One place of the code that reads a variable."""

from typing import Any

from msgspec import UNSET, Struct


class Usage(Struct, frozen=True, kw_only=True):
    """What one place tells of a variable. Its representation shows no default, which may be a secret."""

    name: str
    place: str
    """``server.py:12``, ``train.ipynb, cell 3``."""
    type: str = ""
    """Of JSON Schema; empty where the place does not tell."""
    default: Any = UNSET
    """What the code takes where there is no variable, of its type; unset where the place names none."""
    is_required: bool = False
    """Whether the code fails without it."""
    is_guarded: bool = False
    """Whether the code asks first if it is there."""

    def __repr__(self) -> str:
        return f"Usage({self.name}, {self.place})"
