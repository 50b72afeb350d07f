"""Texts that others wrote as Markdown in which they stay text: in a table, in a comment, on a code host."""

import re
from html import escape
from typing import Final
from urllib.parse import quote

from samestack.render.links import is_web_link, link_text
from samestack.render.printable import printable

_ACTIVE: Final = re.compile(r"[&<>|*_\[\]`\\~$#@^]|:(?=//)")
_BREAKS_A_CODE_SPAN: Final = re.compile(r"[|`\\]")
_ZERO_WIDTH_SPACE: Final = "&#8203;"
_SAFE_IN_ADDRESS: Final = "/:?#[]@!$&'()*+,;=%~"


def prose(text: str) -> str:
    """Text outside code. A space of no width keeps a mention from notifying anybody."""
    return _ACTIVE.sub(_as_reference, printable(text))


def code(text: str) -> str:
    """Text as code, in a table cell too, where a code span cannot hold every pipe."""
    shown = printable(text)
    if shown.strip() and not _BREAKS_A_CODE_SPAN.search(shown):
        return f"`{shown}`"
    return f"<code>{prose(text)}</code>"


def source_link(source: str) -> str:
    """A link where the source is a web address, else its text."""
    if not is_web_link(source):
        return prose(source)
    return f"[{prose(link_text(source))}](<{escape(quote(source, safe=_SAFE_IN_ADDRESS))}>)"


def _as_reference(match: re.Match[str]) -> str:
    character = match[0]
    return f"&#{ord(character)};" + (_ZERO_WIDTH_SPACE if character in "@#" else "")
