"""Which of two versions is later, as PEP 440 orders them.

Most versions are numbers and dots. These are compared as what they are: the library that knows all others
takes longer to load than most of what asks for this.
"""

import re
from typing import Final

_NUMBER: Final = r"(?:0|[1-9]\d{0,17})"
_RELEASE: Final = rf"{_NUMBER}(?:\.{_NUMBER})*"
_LABEL: Final = rf"(?:{_NUMBER}|[a-z][a-z0-9]{{0,40}})"
_PLAIN: Final = re.compile(_RELEASE, re.ASCII)
_NORMAL: Final = re.compile(
    rf"{_RELEASE}(?:(?:a|b|rc){_NUMBER})?(?:\.post{_NUMBER})?(?:\.dev{_NUMBER})?(?:\+{_LABEL}(?:\.{_LABEL})*)?",
    re.ASCII,
)


def normal_version(version: str) -> str:
    """The version in its normal form; what is none stays as it is."""
    if _NORMAL.fullmatch(version):
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
    if _PLAIN.fullmatch(first) and _PLAIN.fullmatch(second):
        one, other = _numbers(first), _numbers(second)
        return (one > other) - (one < other)
    from packaging.version import InvalidVersion, Version

    try:
        left, right = Version(first), Version(second)
    except InvalidVersion:
        return None
    return (left > right) - (left < right)


def _numbers(version: str) -> tuple[int, ...]:
    """Without zeros at the end: 1.0 and 1 are one version."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
