"""Which of two versions is later, as PEP 440 orders them.

Most versions are numbers and dots. These are compared as what they are: the library that knows all others
takes longer to load than most of what asks for this.
"""

from collections.abc import Sequence
from typing import Final

_MOST_DIGITS: Final = 19
_PRERELEASES: Final = ("a", "b", "rc")


def normal_version(version: str) -> str:
    """The version in its normal form; what is none stays as it is."""
    if _is_normal(version.split(".")):
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


def _is_normal(parts: Sequence[str]) -> bool:
    """Whether these are numbers, as people write them: ``1.2``, ``1.2rc1``, ``1.2.post1``, ``1.2.dev3``."""
    for word in ("dev", "post"):
        if len(parts) > 1 and parts[-1].startswith(word):
            if not _is_number(parts[-1].removeprefix(word)):
                return False
            parts = parts[:-1]
    return _is_plain(parts[:-1]) and (_is_number(parts[-1]) or _is_prerelease(parts[-1]))


def _is_prerelease(part: str) -> bool:
    """Whether this is a number with the number of a version before it: ``0rc1``."""
    divided = (part.partition(word) for word in _PRERELEASES)
    return any(word and _is_number(before) and _is_number(number) for before, word, number in divided)


def _is_plain(parts: Sequence[str]) -> bool:
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
