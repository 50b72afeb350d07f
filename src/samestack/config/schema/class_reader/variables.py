"""The variables of a class: a field each, and those of the classes in it."""

from __future__ import annotations

import json
import re
from typing import Any

from . import pydantic_one, pydantic_two
from .declared import NOTHING, Declared
from .refusal import Refusal
from .schemas import EXTRAS, any_of

_BETWEEN = "__"
_NAME = re.compile(r"[A-Z_][A-Z0-9_]*\Z")
_DEEPEST = 12
_OF_SECRETS = "password"


class Variable:
    """One variable, and the keys under which the class is given it."""

    def __init__(self, names: list[str], path: tuple[str, ...], declared: Declared) -> None:
        self.names = names
        self.path = path
        self._declared = declared

    def told(self, reader: Any) -> dict[str, Any]:  # noqa: ANN401
        """As the parent reads it; the default of a secret stays here."""
        schema = dict(self._declared.schema)
        said = {key.replace("-", "_"): schema.pop(key) for key in EXTRAS if key in schema}
        is_secret = self._declared.is_secret or any_of(self._declared.schema, _is_secret)
        found: dict[str, Any] = {
            "name": self.names[0],
            "aliases": self.names[1:],
            "schema": schema if _is_json(schema) else {},
            "is_secret": is_secret,
            "is_required": self._declared.is_required,
            "required_in": [str(one) for one in _listed(said.get("required_in"))],
            "longest_age": str(said.get("longest_age", "")),
            "unit": str(said.get("unit", "")),
            "description": self._declared.description,
        }
        if not is_secret and self._declared.default is not NOTHING:
            default = reader.as_json(self._declared.default)
            found.update({"default": default} if _is_json(default) else {})
        return found


def reader_of(settings: Any) -> Any:  # noqa: ANN401 - one of two modules of the same functions
    """What reads classes of this kind; :class:`Refusal` where nothing does."""
    for reader in (pydantic_two, pydantic_one):
        if isinstance(settings, type) and reader.is_model(settings):
            return reader
    raise Refusal("no-pydantic-class", getattr(settings, "__name__", ""))


def variables_of(settings: Any, reader: Any) -> list[Variable]:  # noqa: ANN401
    """The variables in the order in which their fields are declared; the first of two of one name counts."""
    found: dict[str, Variable] = {}
    walk = _Walk(reader)
    for variable in walk.variables(settings, [()], (), NOTHING, may_miss=False, above=()):
        names = [name for name in dict.fromkeys(variable.names) if name not in found]
        variable.names = names
        found.update((name, variable) for name in names)
    return [one for one in dict.fromkeys(found.values()) if one.names]


class _Walk:
    """Through a class and those in it, as deep as its kind of settings reads them from single variables."""

    def __init__(self, reader: Any) -> None:  # noqa: ANN401
        self._reader = reader

    def variables(  # noqa: PLR0913 - what there is to know of the way to a class
        self,
        settings: Any,  # noqa: ANN401
        prefixes: list[tuple[str, ...]],
        path: tuple[str, ...],
        given: Any,  # noqa: ANN401
        *,
        may_miss: bool,
        above: tuple[Any, ...],
    ) -> list[Variable]:
        """Those of one class; ``given`` is the object that there is without any value."""
        found: list[Variable] = []
        for said in self._reader.declared(settings):
            declared = _with_default(said, given, may_miss=may_miss)
            names = [(*prefix, *name) for prefix in prefixes for name in declared.names]
            inner = (*path, *declared.path)
            if not self._is_group(declared, (*above, settings)):
                found.append(Variable(_variable_names(names, declared), inner, declared))
                continue
            is_root = self._reader.is_settings(declared.nested)  # it reads its own names, and no others
            found.extend(
                self.variables(
                    declared.nested,
                    [()] if is_root else names,
                    inner,
                    NOTHING if declared.default is None else declared.default,
                    may_miss=not declared.is_required and not declared.makes_nested,
                    above=(*above, settings),
                )
            )
        return found

    def _is_group(self, declared: Declared, above: tuple[Any, ...]) -> bool:
        if declared.nested is None or declared.nested in above:
            return False
        roots = [index for index, one in enumerate(above) if index == 0 or self._reader.is_settings(one)]
        depth = len(above) - roots[-1]
        is_near = depth <= min(self._reader.nesting(above[roots[-1]]), _DEEPEST)
        return is_near or bool(self._reader.is_settings(declared.nested))


def _with_default(declared: Declared, given: Any, *, may_miss: bool) -> Declared:  # noqa: ANN401
    """The field as it is inside an object that there is without any value, or in one that need not be."""
    if given is not NOTHING:
        default = getattr(given, declared.attribute, NOTHING)
        return declared._replace(is_required=False, default=default)
    return declared._replace(is_required=False, default=NOTHING) if may_miss else declared


def _variable_names(names: list[tuple[str, ...]], declared: Declared) -> list[str]:
    """Names as variables are called; :class:`Refusal` where no variable can be."""
    parts = [[part.replace("-", "_").replace(".", "_").upper() for part in name] for name in names]
    found = [_BETWEEN.join(name) for name in parts if all(map(_NAME.match, name))]
    if not found:
        raise Refusal("no-name", declared.attribute)
    return found


def has_checks(settings: Any, reader: Any, fields: list[dict[str, Any]]) -> bool:  # noqa: ANN401
    """Whether the class, or one in it, judges values by more than their schema says."""
    if any(any_of(one["schema"], _has_format) for one in fields):
        return True
    return bool(reader.has_validators(settings))


def _has_format(schema: dict[str, Any]) -> bool:
    return str(schema.get("x-format", _OF_SECRETS)) != _OF_SECRETS


def _is_secret(schema: dict[str, Any]) -> bool:
    return schema.get("x-format") == _OF_SECRETS or schema.get("secret") is True


def _listed(said: Any) -> list[Any]:  # noqa: ANN401
    return [said] if isinstance(said, str) else list(said or ())


def _is_json(value: Any) -> bool:  # noqa: ANN401
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return True
