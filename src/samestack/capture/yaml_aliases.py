"""YAML with aliases, which let a document of a few lines stand for one of billions of values."""

from pathlib import Path
from typing import Any, Final, TypeVar

from samestack.capture.documents import load_yaml, shaped
from samestack.errors import InputError

T = TypeVar("T")

MAX_VALUES: Final = 5_000_000
"""The most values that a document may have with its aliases written out. A lock of 4 platforms has 90,000."""


def load_bounded_yaml(path: Path, shape: type[T]) -> T:
    """A YAML document of the given shape, as by :func:`load_yaml`, unless its aliases multiply."""
    document = load_yaml(path, dict[str, Any])
    if not _is_bounded(document):
        raise InputError(
            str(path),
            f"its aliases stand for more than {MAX_VALUES:,} values",
            hint="write it without aliases",
        )
    return shaped(document, shape, file=str(path))


def _is_bounded(document: Any) -> bool:  # noqa: ANN401 - a parsed document is anything
    """Whether a document, its aliases written out, has an end and not too many values."""
    sizes: dict[int, int] = {}
    entered: set[int] = set()
    pending = [document]
    while pending:
        node = pending[-1]
        children = _children(node)
        unknown = [child for child in children if isinstance(child, dict | list) and id(child) not in sizes]
        if id(node) in sizes or not unknown:
            sizes.setdefault(id(node), 1 + sum(sizes.get(id(child), 1) for child in children))
            pending.pop()
        elif id(node) in entered:  # it is among its own descendants
            return False
        else:
            entered.add(id(node))
            pending.extend(unknown)
    return sizes[id(document)] <= MAX_VALUES


def _children(node: Any) -> list[Any]:  # noqa: ANN401
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []
