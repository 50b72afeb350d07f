"""Names and numbers of changes, in words."""

from collections.abc import Sequence
from typing import Final

_NAMED: Final = 5


def listed(names: Sequence[str]) -> str:
    """A few names, or how many they are: ``numpy, pillow and scipy``, ``17 changes``."""
    if len(names) > _NAMED:
        return f"{len(names)} changes"
    return _joined(names, "and")


def any_of(names: Sequence[str]) -> str:
    """One of a few names, or of so many: ``numpy, pillow or scipy``, ``one of 17 changes``."""
    return _joined(names, "or") if len(names) <= _NAMED else f"one of {len(names)} changes"


def _joined(names: Sequence[str], word: str) -> str:
    return f" {word} ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))) or "nothing"
