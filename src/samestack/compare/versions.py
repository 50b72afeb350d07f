"""Which of two versions is later, as PEP 440 orders them.

Most versions are numbers and dots. These are compared as what they are: the library that knows all others
takes longer to load than most of what asks for this.
"""

from collections.abc import Sequence
from typing import Final

_MOST_DIGITS: Final = 19


def normal_version(version: str) -> str:
    """The version in its normal form; what is none stays as it is."""
    if _is_plain(version.split("."), also=("dev", "post")):
        return version
    from packaging.version import InvalidVersion, Version

    try:
        return str(Version(version))
    except InvalidVersion:
        return version


def order_of(first: str, second: str) -> int | None:
    """-1 where the first is the earlier one, 1 where it is the later one, 0 if they are equal.

    ``None`` where one of them is no version.
    """
    one, other = first.split("."), second.split(".")
    if _is_plain(one) and _is_plain(other):
        left, right = _numbers(one), _numbers(other)
        return (left > right) - (left < right)
    from packaging.version import InvalidVersion, Version

    try:
        earlier, later = Version(first), Version(second)
    except InvalidVersion:
        return None
    return (earlier > later) - (earlier < later)


def _is_plain(parts: Sequence[str], also: Sequence[str] = ()) -> bool:
    """Whether these are numbers, and at their end, in this order from it, perhaps words with a number."""
    for word in also:
        if len(parts) > 1 and parts[-1].startswith(word):
            if not _is_number(parts[-1].removeprefix(word)):
                return False
            parts = parts[:-1]
    return all(map(_is_number, parts))


def _is_number(text: str) -> bool:
    is_spelled_out = text.isascii() and text.isdecimal() and len(text) < _MOST_DIGITS
    return is_spelled_out and (text == "0" or text[0] != "0")


def _numbers(parts: Sequence[str]) -> tuple[int, ...]:
    """Without zeros at the end: 1.0 and 1 are one version."""
    numbers = [int(part) for part in parts]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
