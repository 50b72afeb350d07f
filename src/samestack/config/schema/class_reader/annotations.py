"""What the types of fields say in pydantic 2: secrets, and classes in classes."""

from __future__ import annotations

from typing import Any

_SECRETS = ("SecretStr", "SecretBytes", "Secret", "_SecretBase")


def is_model(settings: type) -> bool:
    """Whether it is a model of pydantic 2."""
    return hasattr(settings, "__pydantic_validator__") and hasattr(settings, "model_json_schema")


def _parts(annotation: Any) -> tuple[Any, ...]:  # noqa: ANN401
    annotation = getattr(annotation, "__value__", annotation)  # of "type Name = ..."
    return tuple(getattr(annotation, "__args__", ()) or ())


def is_secret(annotation: Any) -> bool:  # noqa: ANN401
    """Whether a type is one of pydantic's secrets, or has one in it."""
    for one in (annotation, getattr(annotation, "__origin__", None)):
        above = one.__mro__ if isinstance(one, type) else ()
        if any(each.__name__ in _SECRETS and each.__module__ == "pydantic.types" for each in above):
            return True
    return any(map(is_secret, _parts(annotation)))


def nested_in(annotation: Any) -> tuple[Any, bool]:  # noqa: ANN401
    """The class of a field that is one, or is one or null; and whether it may be null."""
    if isinstance(annotation, type) and is_model(annotation):
        return (None if getattr(annotation, "__pydantic_root_model__", False) else annotation), False
    parts = _parts(annotation)
    others = [one for one in parts if one is not type(None)]
    if len(others) != 1 or (len(parts) == 1 and not hasattr(annotation, "__metadata__")):
        return None, False
    found, is_optional = nested_in(others[0])
    return found, is_optional or len(parts) > 1


def classes_of(settings: Any, seen: list[Any]) -> list[Any]:  # noqa: ANN401
    """A class, and all those that its fields name."""
    if settings in seen:
        return seen
    seen.append(settings)
    for field in settings.model_fields.values():
        for one in _models(field.annotation):
            classes_of(one, seen)
    return seen


def _models(annotation: Any) -> list[Any]:  # noqa: ANN401
    if isinstance(annotation, type) and is_model(annotation):
        return [annotation]
    return [one for part in _parts(annotation) for one in _models(part)]
