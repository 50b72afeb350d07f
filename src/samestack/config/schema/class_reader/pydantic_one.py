"""Classes of pydantic 1: models and settings, also where pydantic 2 brings them as ``pydantic.v1``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from .declared import NOTHING, Declared
from .refusal import Refusal
from .schemas import is_compound, plain, self_contained, taking_null, taking_text

_SINGLETON = 1
_EMPTY = (list, dict, set, frozenset, tuple, str, int, float, bool)
_SECRETS = ("SecretStr", "SecretBytes")
_OWN_TYPE = re.compile(r"(value_error|type_error|assertion_error)(\.[a-z_.]{1,80})?\Z")
_CUSTOM = ("value_error", "assertion_error", "type_error")


def is_model(settings: type) -> bool:
    """Whether it is a model of pydantic 1."""
    return hasattr(settings, "__fields__") and hasattr(settings, "__config__")


def is_settings(settings: Any) -> bool:  # noqa: ANN401
    """Whether it reads the environment by itself."""
    return any(one.__name__ == "BaseSettings" for one in settings.__mro__)


def nesting(settings: Any) -> int:  # noqa: ANN401
    """How deep the classes in it are read from single variables, joined by two underscores."""
    if not is_settings(settings):
        return 100
    return 100 if getattr(settings.__config__, "env_nested_delimiter", None) == "__" else 0


def declared(settings: Any) -> Iterator[Declared]:  # noqa: ANN401
    """The fields of a class."""
    for name, field in settings.__fields__.items():
        makes = field.default_factory
        nested = field.type_ if _is_nested(field) else None
        yield Declared(
            attribute=name,
            names=_names(settings, field),
            path=(field.alias,),
            schema=_schema(settings, field),
            is_required=bool(field.required) or makes is nested is not None,
            default=_default(field),
            is_secret=_is_secret(field.outer_type_) or _is_secret(field.type_),
            nested=nested,
            is_optional=bool(field.allow_none),
            makes_nested=nested is not None and makes is nested,
            description=field.field_info.description or "",
        )


def as_json(value: Any) -> Any:  # noqa: ANN401
    """A default as JSON; what has no form in it stays an object."""
    name = next(one for one in ("pydantic.v1.json", "pydantic.json") if one in sys.modules)
    encoder = sys.modules[name].pydantic_encoder
    try:
        return json.loads(json.dumps(value, default=encoder))
    except (TypeError, ValueError):
        return NOTHING


def has_validators(settings: Any) -> bool:  # noqa: ANN401
    """Whether it, or a class in it, has validators of its own."""
    return any(map(_has_validators, _classes(settings, [])))


def _has_validators(settings: Any) -> bool:  # noqa: ANN401
    if settings.__pre_root_validators__ or settings.__post_root_validators__:
        return True
    return any(field.class_validators for field in settings.__fields__.values())


def built(settings: Any, document: dict[str, Any]) -> None:  # noqa: ANN401
    """Make an object of values alone; an error of pydantic where they are refused."""
    if not is_settings(settings):
        settings(**document)
        return
    blank = settings.__new__(settings)  # the __init__ of settings would read the environment, and files
    _base(settings).__init__(blank, **document)


def errors_of(error: Exception) -> list[tuple[tuple[Any, ...], str]] | None:
    """Where and of which type its errors are; ``None`` for another exception.

    Types that are not pydantic's own are empty.
    """
    if not any(one.__name__ == "ValidationError" for one in type(error).__mro__):
        return None
    found = error.errors()  # type: ignore[attr-defined]
    kinds = [one["type"] if _OWN_TYPE.match(one["type"]) else "" for one in found]
    return [
        (tuple(one["loc"]), "" if kind in _CUSTOM else kind)
        for one, kind in zip(found, kinds)  # noqa: B905
    ]


def _base(settings: Any) -> Any:  # noqa: ANN401
    return next(one for one in settings.__mro__ if one.__name__ == "BaseModel")


def _package(settings: Any) -> str:  # noqa: ANN401
    """``pydantic``, or ``pydantic.v1``."""
    return str(_base(settings).__module__.rpartition(".")[0])


def _schema(settings: Any, field: Any) -> Any:  # noqa: ANN401
    schemas = import_module(_package(settings) + ".schema")
    try:
        names = schemas.get_model_name_map(schemas.get_flat_models_from_field(field, set()))
        said, definitions, _ = schemas.field_schema(
            field, by_alias=False, model_name_map=names, ref_prefix="#/$defs/"
        )
    except (TypeError, ValueError):  # a type that has no JSON Schema
        return {}
    definitions = {name: plain(one) for name, one in definitions.items()}
    found = self_contained(plain(said), definitions)
    if _takes_text(settings, field, found):
        found = taking_text(found)
    return taking_null(found) if field.allow_none else found


def _takes_text(settings: Any, field: Any, schema: Any) -> bool:  # noqa: ANN401
    """Whether something of the class sees its text before it is judged."""
    if any(one.pre for one in (field.class_validators or {}).values()):
        return True
    parse = getattr(settings.__config__, "parse_env_var", None)
    own = getattr(parse, "__module__", "").startswith("pydantic.")
    if schema.get("x-format") == "time-delta":
        return True
    return parse is not None and not own and is_compound(schema)


def _names(settings: Any, field: Any) -> list[tuple[str, ...]]:  # noqa: ANN401
    if not is_settings(settings):
        by_name = settings.__config__.allow_population_by_field_name
        return [(name,) for name in dict.fromkeys([field.alias, *([field.name] if by_name else [])])]
    said = field.field_info.extra.get("env_names", {field.name})
    found = sorted(said) if isinstance(said, (set, frozenset)) else list(said)
    if settings.__config__.case_sensitive:
        found = [one for one in found if one.isupper()]
        if not found:
            raise Refusal("case", field.name)
    return [(one,) for one in found]


def _default(field: Any) -> Any:  # noqa: ANN401
    if field.required:
        return NOTHING
    if field.default_factory is not None:
        return field.default_factory() if field.default_factory in _EMPTY else NOTHING
    return field.default


def _is_nested(field: Any) -> bool:  # noqa: ANN401
    kind: Any = field.type_
    if field.shape != _SINGLETON or not isinstance(kind, type) or not is_model(kind):
        return False
    return "__root__" not in vars(kind)["__fields__"]


def _is_secret(annotation: Any) -> bool:  # noqa: ANN401
    above = annotation.__mro__ if isinstance(annotation, type) else ()
    if any(one.__name__ in _SECRETS and one.__module__.startswith("pydantic.") for one in above):
        return True
    return any(map(_is_secret, getattr(annotation, "__args__", ()) or ()))


def _classes(settings: Any, seen: list[Any]) -> list[Any]:  # noqa: ANN401
    if settings in seen:
        return seen
    seen.append(settings)
    for field in settings.__fields__.values():
        if isinstance(field.type_, type) and is_model(field.type_):
            _classes(field.type_, seen)
    return seen
