"""Names of variables, and documents taken apart into them, as the tool does it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from samestack.config.startup.entry import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

BETWEEN = "__"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Leaf(NamedTuple):
    """A value of a document: the variable that it is, the keys that lead to it, and the value."""

    name: str
    path: tuple[str, ...]
    value: Any

    def __repr__(self) -> str:
        return f"Leaf({self.name})"


def variable_name(parts: Sequence[str]) -> str | None:
    """The variable of a path of keys; ``None`` where no variable can have that name."""
    plain = [part.replace("-", "_").replace(".", "_") for part in parts]
    return BETWEEN.join(plain).upper() if plain and all(map(_NAME.fullmatch, plain)) else None


def leaves(document: Mapping[Any, Any], source: str, whole: Collection[str] = ()) -> Iterator[Leaf]:
    """The variables of a document; a map is taken apart unless a variable in ``whole`` is one."""
    seen: dict[str, tuple[str, ...]] = {}
    for leaf in _leaves(document, (), source, whole):
        if leaf.name in seen:
            message = f"a second key is the variable {leaf.name}, as {'.'.join(seen[leaf.name])} is"
            raise UnreadableError(source, message, ".".join(leaf.path))
        seen[leaf.name] = leaf.path
        yield leaf


def _leaves(
    table: Mapping[Any, Any], above: tuple[str, ...], source: str, whole: Collection[str]
) -> Iterator[Leaf]:
    for key, value in table.items():
        path = (*above, str(key))
        name = variable_name(path)
        if name is None or not isinstance(key, str):
            raise UnreadableError(source, "no variable has such a name", ".".join(path))
        if isinstance(value, Mapping) and name not in whole:
            yield from _leaves(value, path, source, whole)
        else:
            yield Leaf(name, path, value)
