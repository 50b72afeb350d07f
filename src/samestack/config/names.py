"""Names of variables, and documents taken apart into them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from samestack.errors import InputError

BETWEEN: Final = "__"
"""What parts an inner name from the outer one, as pydantic-settings and .NET have it."""
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Leaf(NamedTuple):
    """A value of a document: the variable that it is, the keys that lead to it, and the value."""

    name: str
    path: tuple[str, ...]
    value: Any


def variable_name(parts: Sequence[str]) -> str | None:
    """The variable of a path of keys; ``None`` where no variable can have that name.

    Hyphens and dots become underscores: stores and files are written with them.
    """
    plain = [part.replace("-", "_").replace(".", "_") for part in parts]
    return BETWEEN.join(plain).upper() if plain and all(map(_NAME.fullmatch, plain)) else None


def leaves(document: Mapping[Any, Any], file: str, whole: Collection[str] = ()) -> Iterator[Leaf]:
    """The variables of a document; a map is taken apart unless a variable in ``whole`` is one.

    :class:`InputError` naming the place of what no variable can be called, and of two keys that are one
    variable.
    """
    seen: dict[str, tuple[str, ...]] = {}
    for leaf in _leaves(document, (), file, whole):
        if leaf.name in seen:
            hint = f"keep this, or {'.'.join(seen[leaf.name])}"
            raise InputError(
                file, f"a second key is the variable {leaf.name}", place=_shown(leaf.path), hint=hint
            )
        seen[leaf.name] = leaf.path
        yield leaf


def _leaves(
    table: Mapping[Any, Any], above: tuple[str, ...], file: str, whole: Collection[str]
) -> Iterator[Leaf]:
    for key, value in table.items():
        path = (*above, str(key))
        name = variable_name(path)
        if name is None or not isinstance(key, str):
            raise InputError(
                file, "no variable has such a name", place=_shown(path), hint="letters, digits and _"
            )
        if isinstance(value, Mapping) and name not in whole:
            yield from _leaves(value, path, file, whole)
        else:
            yield Leaf(name, path, value)


def _shown(path: Sequence[str]) -> str:
    return ".".join(path)
