"""Texts that strangers wrote, made fit to be kept and shown."""

import re
from typing import Final

MAX_CHARACTERS: Final = 256
"""The longest text that is kept of a name or a value. The longest real one seen, a GPU's name, has 48."""

_UNSHOWABLE: Final = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"


def shown_text(text: str, limit: int = MAX_CHARACTERS) -> str:
    """One line without control characters or halves of characters, cut after ``limit`` characters."""
    cleaned = text.strip()
    if not cleaned.isprintable():  # nearly all are, and the pattern need not be compiled for them
        cleaned = re.sub(_UNSHOWABLE, "\N{REPLACEMENT CHARACTER}", cleaned)
    return cleaned if len(cleaned) <= limit else cleaned[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"
