"""A notebook's cells and outputs as the texts that people see, without its pictures."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from samestack.config.scanning.text import Text

_PICTURES: Final = ("image/", "audio/", "video/", "application/pdf", "application/octet-stream", "font/")
_EMBEDDED: Final = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/=\\\n]+")
_CONTROL: Final = re.compile(r"\x1b\[[0-9;]*m")
_MAX_CELLS: Final = 20_000


def notebook_texts(path: str, data: bytes) -> Iterator[Text]:
    """The source of every cell, its outputs, the metadata; where it is no JSON, all of it as it is."""
    try:
        notebook = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield Text(path=path, content=data.decode("utf-8", "replace"))
        return
    for number, cell in enumerate(_cells(notebook), start=1):
        yield from _of_cell(path, f"cell {number}", cell)
    if isinstance(notebook, dict) and (metadata := notebook.get("metadata")):
        yield Text(path=f"{path}", content=_as_text(metadata), part="metadata")


def _cells(notebook: object) -> list[dict[str, Any]]:
    """Of format 4, and of format 3, which has sheets."""
    if not isinstance(notebook, dict):
        return []
    places = [notebook, *_dictionaries(notebook.get("worksheets"))]
    cells = [cell for place in places for cell in _dictionaries(place.get("cells"))]
    return cells[:_MAX_CELLS]


def _of_cell(path: str, part: str, cell: dict[str, Any]) -> Iterator[Text]:
    source = _joined(cell.get("source", cell.get("input", "")))
    yield from _text(path, part, source)
    for number, output in enumerate(_dictionaries(cell.get("outputs")), start=1):
        for content in _of_output(output):
            yield from _text(path, f"{part}, output {number}", content)
    if metadata := cell.get("metadata"):
        yield from _text(path, f"{part}, metadata", _as_text(metadata))


def _of_output(output: dict[str, Any]) -> Iterator[str]:
    yield from (_joined(output[key]) for key in ("text", "evalue", "traceback") if key in output)
    data = output.get("data")
    for kind, content in data.items() if isinstance(data, dict) else ():
        if not str(kind).startswith(_PICTURES):
            yield _joined(content) if isinstance(content, str | list) else _as_text(content)


def _text(path: str, part: str, content: str) -> Iterator[Text]:
    if content:
        yield Text(path=path, content=_EMBEDDED.sub("", _CONTROL.sub("", content)), part=part)


def _dictionaries(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _joined(source: object) -> str:
    """Lines as a list, or as one text; the lines of a traceback have no ends of their own."""
    if isinstance(source, str):
        return source
    lines: Iterable[object] = source if isinstance(source, list) else ()
    return "".join(f"{line}" if str(line).endswith("\n") else f"{line}\n" for line in lines)


def _as_text(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode()
