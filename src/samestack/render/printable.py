"""Text that others wrote, made safe to show: no control sequences, nothing invisible, nothing endless."""

from typing import Final

MAX_SHOWN: Final = 1000
"""Characters of one text that are shown; a longer one is cut and says so."""


def printable(text: str) -> str:
    """The text with every character that does not print (escapes, line breaks, direction marks) spelled out.

    A terminal obeys control characters and a browser reorders around direction marks, so a name from an
    examined environment could otherwise draw a page of its own.
    """
    shown = (
        text
        if len(text) <= MAX_SHOWN
        else f"{text[:MAX_SHOWN]} (and {len(text) - MAX_SHOWN} characters more)"
    )
    if shown.isprintable():
        return shown
    return "".join(one if one.isprintable() else _spelled_out(one) for one in shown)


def _spelled_out(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
