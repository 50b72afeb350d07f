"""Sources as links: only those that a browser may follow, and short texts for them."""

from urllib.parse import urlsplit

_LONGEST_TEXT = 60


def is_web_link(source: str) -> bool:
    """Whether the source is an ``http`` or ``https`` address of a host; everything else is only text."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and source.isprintable()


def link_text(source: str) -> str:
    """A web address without its scheme, cut where it gets long."""
    text = source.partition("://")[2].rstrip("/")
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 3]}..."
