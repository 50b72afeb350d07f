"""The wheels of a package that the Python of a lock can use.

uv leaves out the wheels of other platforms, and of older Pythons; those of newer ones it keeps, since the
project might be run on one. A lock is for one Python, so nobody would ever look at them.
"""

import re
from collections.abc import Iterator

_LINE = re.compile(r'^    \{ url = "[^"]*/[^/"]+-([a-z0-9_.]+)-([a-z0-9_.]+)-[a-z0-9_.]+\.whl"')


def with_fitting_wheels(text: str, python: str) -> str:
    """The lines of a package without those of wheels that the Python cannot use, where any is left."""
    if "\n]" not in text:  # one wheel, on one line
        return text
    lines = text.split("\n")
    kept = list(_kept(lines, python))
    return "\n".join(kept) if any(map(_LINE.match, kept)) else text


def _kept(lines: list[str], python: str) -> Iterator[str]:
    minor = int(python.split(".")[1])
    for line in lines:
        match = _LINE.match(line)
        if match is None or any(_fits(tag, match[2].split("."), minor) for tag in match[1].split(".")):
            yield line


def _fits(tag: str, abis: list[str], minor: int) -> bool:
    """Whether a wheel for ``cp39``, ``py3`` or ``pp39`` is for a CPython or PyPy 3 of this minor version."""
    kind, major, number = tag[:2], tag[2:3], tag[3:]
    if major != "3" or not number.isdecimal():
        return major == "3" and not number
    is_for_later = kind == "py" or "abi3" in abis
    return int(number) <= minor if is_for_later else int(number) == minor
