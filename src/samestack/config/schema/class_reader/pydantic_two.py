"""Classes of pydantic 2: models, and the settings of pydantic-settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .annotations import classes_of, is_model, is_secret, nested_in
from .declared import NOTHING, Declared
from .generating import schemas_of
from .refusal import Refusal
from .schemas import is_compound, taking_text

__all__ = [
    "as_json",
    "built",
    "declared",
    "errors_of",
    "has_validators",
    "is_model",
    "is_settings",
    "nesting",
]

_EMPTY = (list, dict, set, frozenset, tuple, str, int, float, bool)
"""Factories of defaults that make the same each time, and do nothing else."""
_VALIDATORS = ("AfterValidator", "BeforeValidator", "PlainValidator", "WrapValidator")


def is_settings(settings: Any) -> bool:  # noqa: ANN401
    """Whether it reads the environment by itself."""
    return hasattr(settings, "settings_customise_sources")


def nesting(settings: Any) -> int:  # noqa: ANN401
    """How deep the classes in it are read from single variables, joined by two underscores."""
    if not is_settings(settings):
        return 100
    if settings.model_config.get("env_nested_delimiter") != "__":
        return 0
    said = settings.model_config.get("env_nested_max_split")
    return 100 if said is None else int(said)


def declared(settings: Any) -> Iterator[Declared]:  # noqa: ANN401
    """The fields of a class."""
    settings.model_rebuild()
    schemas = schemas_of(settings)
    for name, field in settings.model_fields.items():
        names, path = _keys(name, field, settings)
        nested, is_optional = nested_in(field.annotation)
        yield Declared(
            attribute=name,
            names=names,
            path=path,
            schema=_as_text_too(schemas[name], field, settings.model_config),
            is_required=field.is_required() or field.default_factory is nested is not None,
            default=_default(field),
            is_secret=is_secret(field.annotation),
            nested=nested,
            is_optional=is_optional,
            makes_nested=nested is not None and field.default_factory is nested,
            description=field.description or "",
        )


def as_json(value: Any) -> Any:  # noqa: ANN401
    """A default as JSON; what has no form in it stays an object."""
    from pydantic_core import PydanticSerializationError, to_jsonable_python

    try:
        return to_jsonable_python(value)
    except PydanticSerializationError:
        return NOTHING


def has_validators(settings: Any) -> bool:  # noqa: ANN401
    """Whether it, or a class in it, has validators of its own."""
    return any(map(_has_validators, classes_of(settings, [])))


def _has_validators(settings: Any) -> bool:  # noqa: ANN401
    own = settings.__pydantic_decorators__
    kinds = (own.validators, own.field_validators, own.root_validators, own.model_validators)
    if any(kinds):
        return True
    return any(
        type(mark).__name__ in _VALIDATORS
        for field in settings.model_fields.values()
        for mark in field.metadata
    )


def built(settings: Any, document: dict[str, Any]) -> None:  # noqa: ANN401
    """Make an object of values alone; an error of pydantic where they are refused."""
    if is_settings(settings):  # its __init__ would read the environment, and files
        blank = settings.__new__(settings)
        settings.__pydantic_validator__.validate_python(document, self_instance=blank)
    else:
        settings.model_validate(document)


def errors_of(error: Exception) -> list[tuple[tuple[Any, ...], str]] | None:
    """Where and of which type its errors are; ``None`` for another exception.

    Types that are not pydantic's own, which may be made of values, are empty.
    """
    from typing import get_args

    from pydantic import ValidationError
    from pydantic_core.core_schema import ErrorType

    if not isinstance(error, ValidationError):
        return None
    known = set(get_args(ErrorType)) - {"value_error", "assertion_error"}
    found = error.errors(include_input=False, include_context=False, include_url=False)
    return [(tuple(one["loc"]), one["type"] if one["type"] in known else "") for one in found]


def _keys(name: str, field: Any, settings: Any) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:  # noqa: ANN401
    """What a field is read by, and under which keys the class is given it."""
    config = settings.model_config
    reads = is_settings(settings)
    prefix = str(config.get("env_prefix", "")) if reads else ""
    kind = config.get("env_prefix_target", "variable")
    paths = [] if config.get("validate_by_alias") is False else list(_aliases(field))
    names = [((prefix if kind in ("alias", "all") else "") + path[0], *path[1:]) for path in paths]
    if not paths or config.get("populate_by_name") or config.get("validate_by_name"):
        names.append(((prefix if kind in ("variable", "all") else "") + name,))
    if reads and config.get("case_sensitive"):
        names = [one for one in names if one[0].isupper()]
        if not names:
            raise Refusal("case", name)
    return names, (paths or [(name,)])[0]


def _aliases(field: Any) -> Iterator[tuple[str, ...]]:  # noqa: ANN401
    """Aliases as paths of keys; those that lead into lists are none that a variable can have."""
    said = field.validation_alias if field.validation_alias is not None else field.alias
    for choice in getattr(said, "choices", (said,)):
        path = (choice,) if isinstance(choice, str) else tuple(getattr(choice, "path", ()))
        if path and all(isinstance(key, str) for key in path):
            yield path


def _as_text_too(schema: Any, field: Any, config: Any) -> Any:  # noqa: ANN401
    """An array or a map that the class itself makes of a text may be one."""
    marks = {getattr(mark, "__name__", type(mark).__name__) for mark in field.metadata}
    keeps = "NoDecode" in marks or (config.get("enable_decoding") is False and "ForceDecode" not in marks)
    return taking_text(schema) if keeps and is_compound(schema) else schema


def _default(field: Any) -> Any:  # noqa: ANN401
    if field.is_required():
        return NOTHING
    if field.default_factory is not None:
        return field.default_factory() if field.default_factory in _EMPTY else NOTHING
    return field.default
