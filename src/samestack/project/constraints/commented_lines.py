"""A line said otherwise, with the reason in a comment at its end."""


def with_reason(text: str, start: int, end: int, replacement: str, reason: str) -> str:
    """The text with another stretch from ``start`` to ``end``; a comment of its line keeps its words."""
    line_end = text.find("\n", end)
    rest = text[end : len(text) if line_end < 0 else line_end]
    carriage_return = "\r" if rest.endswith("\r") else ""
    said = rest.removesuffix("\r").rstrip()
    if not said.endswith("\\"):  # a comment would cut off the line that continues it
        said += f"; {comment_text(reason)}" if "#" in said else f"  # {comment_text(reason)}"
    return f"{text[:start]}{replacement}{said}{carriage_return}{text[end + len(rest) :]}"


def comment_text(reason: str) -> str:
    """A reason as one line."""
    return " ".join(reason.split())


def line_ending(text: str) -> str:
    """How the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"
