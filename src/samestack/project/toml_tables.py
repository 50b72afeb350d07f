"""New keys and tables in a TOML text, where a person would write them; everything else stays as it stands.

tomlkit would do so too, but what it adds after a table parts the next table from the comment above that.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from samestack.solve.written.span import line_of
from samestack.solve.written.toml_text import TOML

_HEADER: Final = re.compile(r"[ \t]*\[\[?[ \t]*(?P<path>[^\[\]\n#]+?)[ \t]*\]\]?[ \t]*(#.*)?")
_WIDTH: Final = 60
"""The longest list that is written in one line, in characters."""
_SAYS_NOTHING: Final = re.compile(r"[ \t]*(#.*)?")


class _Block(Struct, frozen=True):
    """A table of the text: its path, and the line after its last one that says something."""

    path: str
    end: int


def with_keys(text: str, table: str, values: Mapping[str, Any]) -> str | None:
    """The text with more keys in a table, which is made at the end where it is not there.

    ``None`` where the text writes the table in a way (inline, dotted) that has no room for a line.
    """
    lines = _key_lines(values)
    own = next((one for one in _blocks(text) if one.path == table), None)
    if own is not None:
        return _checked(text, _inserted(text, own.end, lines, gap=False), table, values)
    return _checked(text, _inserted(text, _end(text, table), [f"[{table}]", *lines]), table, values)


def with_entry(text: str, array: str, values: Mapping[str, Any]) -> str | None:
    """The text with one more table in an array of tables, after the last of its own or its parent's."""
    lines = [f"[[{array}]]", *_key_lines(values)]
    return _checked(text, _inserted(text, _end(text, array), lines), array, [values])


def _end(text: str, path: str) -> int:
    """The line before which a new table fits best: behind its nearest relatives, else at the end."""
    blocks = _blocks(text)
    parent = path.rpartition(".")[0] if "." in path else path
    relatives = [one.end for one in blocks if one.path == parent or one.path.startswith(f"{parent}.")]
    return (relatives or [len(text.splitlines())])[-1] if parent != "tool" else len(text.splitlines())


def _blocks(text: str) -> list[_Block]:
    """Every table that has a header, in order."""
    path, end, found, in_texts = "", 0, list[_Block](), _lines_in_texts(text)
    for number, line in enumerate(text.splitlines()):
        header = _HEADER.fullmatch(line)
        if header is not None and number not in in_texts:
            found.append(_Block(path, end))
            path = re.sub(r"[\s\"']", "", header["path"])
        if not _SAYS_NOTHING.fullmatch(line):
            end = number + 1
    return [one for one in (*found, _Block(path, end)) if one.path]


def _lines_in_texts(text: str) -> frozenset[int]:
    """The lines that a text of several lines goes on in: what looks like a header there is none."""
    return frozenset(
        number
        for span in TOML.spans(text)
        for number in range(line_of(text, span.start), line_of(text, span.end))
    )


def _key_lines(values: Mapping[str, Any]) -> list[str]:
    import tomli_w

    lines: list[str] = []
    for key, value in values.items():
        if isinstance(value, list) and len(line := _one_line(key, value)) <= _WIDTH:
            lines.append(line)
        else:
            lines += tomli_w.dumps({key: value}, indent=2).splitlines()
    return lines


def _one_line(key: str, values: Sequence[Any]) -> str:
    import tomli_w

    items = (tomli_w.dumps({"v": value}).removeprefix("v = ").rstrip("\n") for value in values)
    head = tomli_w.dumps({key: 0}).partition(" = ")[0]
    return f"{head} = [{', '.join(items)}]"


def _inserted(text: str, at: int, lines: Sequence[str], *, gap: bool = True) -> str:
    """The text with lines before the line ``at``, counted from 0; ``gap`` sets them apart by blank lines."""
    ending = "\r\n" if "\r\n" in text else "\n"
    # What has no line end yet needs one, if something is to follow.
    whole = text if not text or text.endswith("\n") else f"{text}{ending}"
    before, after = whole.splitlines(keepends=True)[:at], whole.splitlines(keepends=True)[at:]
    above = [ending] if gap and before and before[-1].strip() else []
    below = [ending] if gap and after and after[0].strip() else []
    return "".join((*before, *above, *(f"{line}{ending}" for line in lines), *below, *after))


def _checked(before: str, after: str, path: str, values: Any) -> str | None:  # noqa: ANN401 - any value of TOML
    """The new text if it says what the old one did and the values beside; a text can hide what it means."""
    expected = tomllib.loads(before)
    *parents, name = path.split(".")
    try:
        holder = expected
        for parent in parents:
            holder = holder.setdefault(parent, {})
        if isinstance(values, Mapping):
            holder.setdefault(name, {}).update(values)
        else:
            holder.setdefault(name, []).extend(values)
        return after if tomllib.loads(after) == expected else None
    except (tomllib.TOMLDecodeError, AttributeError):
        return None
