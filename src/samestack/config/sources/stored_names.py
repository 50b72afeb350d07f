"""What a store keeps under paths, as variables: ``helpdesk/production/database/url`` is ``DATABASE__URL``."""

from collections.abc import Iterable
from typing import Final, TypeVar

from samestack.config.names import variable_name
from samestack.errors import InputError

MAX_VARIABLES: Final = 10_000
"""The most that one source may have."""
Kept = TypeVar("Kept")


def variables_below(
    prefix: str, kept: Iterable[tuple[str, Kept]], source: str
) -> tuple[tuple[str, Kept], ...]:
    """Each variable with what is kept under it, by name.

    ``kept`` are pairs of a path, which begins with ``prefix``, and what is kept there. :class:`InputError`
    for paths that no variable can be called after, for two of one variable, and for too many.
    """
    found: dict[str, tuple[str, Kept]] = {}
    for path, said in kept:
        if not path.startswith(prefix):
            raise InputError(source, "a path that was not asked for")
        inner = path.removeprefix(prefix)
        name = variable_name(inner.split("/"))
        if name is None:
            raise InputError(
                source, "no variable has such a name", place=repr(inner), hint="letters, digits and _"
            )
        if name in found:
            hint = f"keep this, or {found[name][0]}"
            raise InputError(source, f"a second path is the variable {name}", place=inner, hint=hint)
        found[name] = (inner, said)
        if len(found) > MAX_VARIABLES:
            raise InputError(source, f"more than {MAX_VARIABLES:,} variables", hint="name a longer path")
    return tuple((name, said) for name, (_, said) in sorted(found.items()))
