"""Dataclasses, which check nothing themselves: texts are converted, and all is held against its type."""

from __future__ import annotations

import dataclasses
import typing
from typing import TYPE_CHECKING, Any

from samestack.config.startup.annotations import group_class
from samestack.config.startup.classes.converting import converted, is_convertible
from samestack.config.startup.classes.field import Field
from samestack.config.startup.classes.shape import Family
from samestack.config.startup.classes.simple_types import UnfitError
from samestack.config.startup.classes.stranger import refusal
from samestack.config.startup.variable import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Build = Callable[[type, Mapping[str, Any]], tuple[object, tuple[Failure, ...]]]


def is_model(settings: type) -> bool:
    """Whether it is a dataclass."""
    return isinstance(settings, type) and dataclasses.is_dataclass(settings)


def refuse_own_init(_: type) -> None:
    """None is refused: a dataclass reads no sources."""


def fields_of(settings: Any) -> Iterator[Field]:  # noqa: ANN401 - any dataclass
    """The fields that it is made of; ``TypeError`` for one of a type that nothing can be converted to."""
    hints = typing.get_type_hints(settings, include_extras=True)
    for field in dataclasses.fields(settings):
        if not field.init:
            continue
        annotation = hints[field.name]
        if group_class(annotation) is None and not is_convertible(annotation):
            raise TypeError(f"{settings.__name__}.{field.name} is of a type that no text can be converted to")
        has_default = field.default is not dataclasses.MISSING
        yield Field(
            attribute=field.name,
            names=((field.name,),),
            path=(field.name,),
            annotation=annotation,
            is_required=_is_required(field, group_class(annotation)),
            default=field.default if has_default else None,
        )


def _is_required(field: Any, inner: Any) -> bool:  # noqa: ANN401
    """Also where the class inside is made where there is no value: its own values may be missing then."""
    if field.default is not dataclasses.MISSING:
        return False
    return field.default_factory is dataclasses.MISSING or field.default_factory is inner is not None


def built(settings: Any, document: Mapping[str, Any], build: Build) -> tuple[object, tuple[Failure, ...]]:  # noqa: ANN401
    """An object of the class, or what does not fit; ``build`` makes those of the classes inside it."""
    values: dict[str, Any] = {}
    failures: list[Failure] = []
    for field in fields_of(settings):
        if field.attribute in document:
            value, wrong = _value(field.annotation, document[field.attribute], build)
            values[field.attribute] = value
            failures += (one._replace(path=(field.attribute, *one.path)) for one in wrong)
        elif field.is_required:
            failures.append(Failure((field.attribute,), "missing"))
    if failures:
        return None, tuple(failures)
    try:
        return settings(**values), ()
    except Exception as error:  # noqa: BLE001 - __post_init__ may raise anything, with values in its words
        return None, (refusal(error),)


def _value(annotation: Any, value: Any, build: Build) -> tuple[object, tuple[Failure, ...]]:  # noqa: ANN401
    inner = group_class(annotation)
    if inner is not None and isinstance(value, dict):
        return build(inner, value)
    try:
        return converted(annotation, value), ()
    except UnfitError as error:
        return None, (Failure(error.path, error.kind),)


FAMILY = Family(fields_of, lambda _: 100, lambda _: False, lambda _, __: True)
