"""What a program prints, recognised: JSON, JSON Lines, a table with a header, or else plain text."""

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any, Final

from samestack.errors import OutsideError

_NAME: Final = re.compile(r"[^\W\d][^,;\t]*(?<!\s)")
_INTEGER: Final = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_FLOAT: Final = re.compile(r"(?i)[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|inf|nan)")
_TRUTH: Final = {"true": True, "false": False, "True": True, "False": False}
_SEPARATORS: Final = (",", "\t", ";")


def tree_of_text(text: str) -> Any:  # noqa: ANN401 - whatever it holds
    """The tree that a text writes down, or the text itself without the line break at its end."""
    for read in (_json, json_lines, likely_table):
        tree = read(text)
        if tree is not None:
            return tree
    # JSON's null is an answer, and no other text means the same.
    return None if text.strip() == "null" else text.rstrip("\r\n")


def json_tree(text: str, name: str) -> Any:  # noqa: ANN401
    """The tree of a file that says of itself to be JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OutsideError(f"the output {name} is not JSON: {error}") from None


def json_lines(text: str) -> list[Any] | None:
    """The values of JSON Lines, two or more; ``None`` for what is something else."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    values = []
    for line in lines:
        value = _json(line)
        if value is None and line.strip() != "null":
            return None
        values.append(value)
    return values


def likely_table(text: str) -> dict[str, list[Any]] | None:
    """The columns of what looks like a table of two columns or more; ``None`` for what does not."""
    rows = _rows(text)
    is_likely = len(rows) > 1 and len(rows[0]) > 1 and all(_NAME.fullmatch(name) for name in rows[0])
    return _columns(rows) if is_likely else None


def table(text: str) -> dict[str, list[Any]] | None:
    """The columns of a table by the names in its header; ``None`` where its lines are not even."""
    rows = _rows(text)
    return _columns(rows) if rows else None


def _rows(text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [row for row in lines if row]
    except csv.Error:
        return []


def _columns(rows: Sequence[Sequence[str]]) -> dict[str, list[Any]] | None:
    header, lines = rows[0], rows[1:]
    if len(set(header)) < len(header) or any(len(row) != len(header) for row in lines):
        return None
    return {name: column([row[place] for row in lines]) for place, name in enumerate(header)}


def column(cells: Sequence[str]) -> list[Any]:
    """The cells as what all are: integers, numbers, truth values or texts. An empty number is ``None``."""
    said = [cell for cell in cells if cell]
    if said and all(cell in _TRUTH for cell in cells):
        return [_TRUTH[cell] for cell in cells]
    if said and all(_INTEGER.fullmatch(cell) for cell in said):
        return [int(cell) if cell else None for cell in cells]
    if said and all(_FLOAT.fullmatch(cell) for cell in said):
        return [float(cell) if cell else None for cell in cells]
    return list(cells)


def _json(text: str) -> Any:  # noqa: ANN401
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
