"""Where the values of a settings object came from, kept beside it: the object stays as its class made it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import weakref
    from collections.abc import Mapping

_MAX_STRONG = 16
"""How many objects are remembered at most of those that Python cannot refer to weakly."""
_weak: dict[int, tuple[weakref.ref[object], Mapping[str, str]]] = {}
_strong: dict[int, tuple[object, Mapping[str, str]]] = {}


def provenance(settings: object) -> Mapping[str, str]:
    """Where each variable came from, by its name: ``config/base.toml, database.url`` for ``DATABASE__URL``.

    ``default`` is the class's own. :class:`LookupError` for what ``load`` did not return: for a copy, too.
    """
    held = _weak.get(id(settings))
    if held is not None and held[0]() is settings:
        return held[1]
    kept = _strong.get(id(settings))
    if kept is not None and kept[0] is settings:
        return kept[1]
    raise LookupError(f"this {type(settings).__name__} was not made by samestack.config.load")


def remember(settings: object, origins: Mapping[str, str]) -> None:
    """Keep the origins for as long as the object is there."""
    import types
    import weakref

    key, shown = id(settings), types.MappingProxyType(dict(origins))
    try:
        reference = weakref.ref(settings, lambda gone: _forget(key, gone))
    except TypeError:  # a class with slots, and every class of pydantic 1
        _strong[key] = (settings, shown)
        while len(_strong) > _MAX_STRONG:
            del _strong[next(iter(_strong))]
    else:
        _weak[key] = (reference, shown)


def _forget(key: int, gone: object) -> None:
    held = _weak.get(key)
    if held is not None and held[0] is gone:  # the place in memory may be another object's by now
        del _weak[key]
