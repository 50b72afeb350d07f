"""Classes of pydantic 1: models and settings, also where pydantic 2 brings them as ``pydantic.v1``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from samestack.config.startup.classes.field import Field
from samestack.config.startup.classes.shape import Family
from samestack.config.startup.classes.stranger import CUSTOM, refusal
from samestack.config.startup.names import BETWEEN
from samestack.config.startup.variable import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SHAPE_SINGLETON = 1
_ANY = 100
"""Deeper than any class nests."""


def is_model(settings: type) -> bool:
    """Whether it is a model of pydantic 1."""
    if hasattr(settings, "__pydantic_validator__"):
        return False
    return hasattr(settings, "__fields__") and hasattr(settings, "__get_validators__")


def fields_of(settings: Any) -> Iterator[Field]:  # noqa: ANN401 - pydantic need not be there
    """The fields of a model; those of settings by the names that these read."""
    for name, field in settings.__fields__.items():
        default = None if field.required else field.default
        yield Field(
            attribute=name,
            names=tuple((key,) for key in _keys(settings, field)),
            path=(field.alias,),
            annotation=field.outer_type_,
            said=(field.field_info, field.type_) if field.shape == _SHAPE_SINGLETON else (field.field_info,),
            is_required=bool(field.required) or _makes_inner(field),
            default=default,
            keeps_text=bool(field.parse_json),
        )


def built(settings: Any, document: Mapping[str, Any]) -> tuple[object, tuple[Failure, ...]]:  # noqa: ANN401
    """An object of the class, or what it does not take."""
    package = sys.modules[_base(settings).__module__.rpartition(".")[0]]
    try:
        return _object(settings, document), ()
    except package.ValidationError as error:
        found = error.errors()
    except Exception as error:  # noqa: BLE001 - a validator may raise anything, with values in its words
        return None, (refusal(error),)
    own = _own_kinds(package)
    kinds = (one["type"] if one["type"] in own else CUSTOM for one in found)
    return None, tuple(Failure(tuple(one["loc"]), kind) for one, kind in zip(found, kinds))


def _object(settings: Any, document: Mapping[str, Any]) -> object:  # noqa: ANN401
    if not _reads_sources(settings):
        return settings(**document)
    # The __init__ of settings would read the environment and files again.
    blank = settings.__new__(settings)
    _base(settings).__init__(blank, **document)
    return blank


def refuse_own_init(settings: Any) -> None:  # noqa: ANN401
    """``TypeError`` for settings whose own ``__init__`` would have to be left out."""
    owner = next(one for one in settings.__mro__ if "__init__" in vars(one))
    if _reads_sources(settings) and owner.__module__.partition(".")[0] != "pydantic":
        hint = "what it does belongs into a root validator"
        raise TypeError(f"{settings.__name__} has an __init__ of its own, which reads sources again; {hint}")


def _reads_sources(settings: type) -> bool:
    return hasattr(settings, "_build_values")


def _base(settings: type) -> Any:  # noqa: ANN401
    """``BaseModel`` itself."""
    return next(one for one in reversed(settings.__mro__) if one.__name__ == "BaseModel")


def _keys(settings: Any, field: Any) -> list[str]:  # noqa: ANN401
    said = field.field_info.extra.get("env_names")
    if _reads_sources(settings) and said:
        return sorted(said) if isinstance(said, (set, frozenset)) else list(said)
    by_name = getattr(settings.__config__, "allow_population_by_field_name", False)
    return [field.alias, field.name] if by_name else [field.alias]


def _own_kinds(package: Any) -> frozenset[str]:  # noqa: ANN401
    """The types of errors that are pydantic's own: others may be made of values."""
    kind_of = package.error_wrappers.get_exc_type
    raised = [one for one in vars(package.errors).values() if isinstance(one, type)]
    own = {kind_of(one) for one in raised if issubclass(one, Exception)}
    return frozenset({*own, "value_error", "type_error", "assertion_error"})


def _nesting(settings: Any) -> int:  # noqa: ANN401
    is_split = getattr(settings.__config__, "env_nested_delimiter", None) == BETWEEN
    return _ANY if is_split or not _reads_sources(settings) else 0


def _makes_inner(field: Any) -> bool:  # noqa: ANN401
    """Whether the class inside is made where there is no value; its own values may be missing then."""
    return field.default_factory is not None and field.default_factory is field.type_


FAMILY = Family(fields_of, _nesting, _reads_sources, lambda _, inner: is_model(inner))
