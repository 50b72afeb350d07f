"""Patterns that Python judges like the library, and in a time that grows with the text alone.

The library's engine cannot take forever on any pattern, and Python's can, so only those are judged here that
repeat nothing, or one thing at their end: ``^postgresql://``, ``^(sqlite|redis)://``, ``^hf_[A-Za-z0-9]+$``.
"""

import re
from functools import cache
from typing import Final

_CHARACTER: Final = r"[A-Za-z0-9_ @:/,;=!%&~-]"
_CLASS: Final = r"\[(?:[A-Za-z]-[A-Za-z]|[0-9]-[0-9]|[A-Za-z0-9_@:/,.])+-?\]"
_CHOICE: Final = rf"\((?:\?:)?(?:{_CHARACTER}|\\\.)+(?:\|(?:{_CHARACTER}|\\\.)+)*\)"
_ATOM: Final = rf"(?:{_CHARACTER}|{_CLASS}|{_CHOICE}|\\\.)"
_SIMPLE: Final = re.compile(rf"\^(?P<atoms>{_ATOM}*)(?P<repeated>{_ATOM}[+*?])?(?P<end>\$?)")


@cache
def simple_pattern(text: str) -> re.Pattern[str] | None:
    """The expression of a simple pattern of JSON Schema; ``None`` for any other."""
    if _SIMPLE.fullmatch(text) is None:
        return None
    try:  # Python's $ matches before a newline at the end, too
        return re.compile(text.removesuffix("$") + r"\Z" if text.endswith("$") else text)
    except re.error:  # a range that runs backwards
        return None
