"""A class as its variables: classes inside it are taken apart, as documents are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from samestack.config.startup.annotations import (
    group_class,
    is_always_document,
    is_class_of_fields,
    is_document,
    is_map,
    without_none,
)
from samestack.config.startup.names import BETWEEN, variable_name
from samestack.config.startup.variable import Group, Shape, Variable
from samestack.config.startup.wanted import wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from samestack.config.startup.classes.field import Field


class _Above(NamedTuple):
    """The way to a class: the names of its variables begin with one of ``names``."""

    names: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    classes: tuple[type, ...] = ()


def shape(settings: type, fields_of: Callable[[type], Iterable[Field]]) -> Shape:
    """Its variables in the order in which they are declared; ``TypeError`` for two that have one name."""
    parts = list(_parts(settings, fields_of, _Above()))
    variables = tuple(part for part in parts if isinstance(part, Variable))
    _refuse_doubles(settings, variables)
    return Shape(variables, tuple(part for part in parts if isinstance(part, Group)))


def _parts(
    settings: type, fields_of: Callable[[type], Iterable[Field]], above: _Above
) -> Iterator[Variable | Group]:
    classes = (*above.classes, settings)
    for field in fields_of(settings):
        path = (*above.path, *field.path)
        attributes = (*above.attributes, field.attribute)
        names = tuple(_names(above.names, field))
        inner = group_class(field.annotation)
        if not names:
            continue  # no variable can have its name
        if inner is None or inner in classes:
            yield _variable(field, names, path, attributes)
        else:
            default = field.default if isinstance(field.default, inner) else None
            yield Group(names[0], path, above.path, attributes, field.is_required, default)
            yield from _parts(inner, fields_of, _Above(names, path, attributes, classes))


def _names(above: tuple[str, ...], field: Field) -> Iterator[str]:
    own = dict.fromkeys(filter(None, map(variable_name, field.names)))
    for name in own:
        if not above:
            yield name
        for outer in above:
            yield outer + BETWEEN + name


def _variable(
    field: Field, names: tuple[str, ...], path: tuple[str, ...], attributes: tuple[str, ...]
) -> Variable:
    return Variable(
        names=names,
        path=path,
        annotation=field.annotation,
        wanted=wanted(field.annotation, field.said),
        is_map=_is_map(field.annotation),
        is_document=is_document(field.annotation) and not field.keeps_text,
        may_be_text=not is_always_document(field.annotation),
        attributes=attributes,
        is_strict=field.is_strict,
    )


def _is_map(annotation: Any) -> bool:  # noqa: ANN401 - annotations are anything
    """A class that is no group (one inside itself, or one of several) is a map as well."""
    return is_map(annotation) or any(map(is_class_of_fields, without_none(annotation)))


def _refuse_doubles(settings: type, variables: tuple[Variable, ...]) -> None:
    seen: dict[str, Variable] = {}
    for variable in variables:
        for name in variable.names:
            if seen.setdefault(name, variable) is not variable:
                both = f"{'.'.join(seen[name].attributes)} and {'.'.join(variable.attributes)}"
                raise TypeError(f"{settings.__name__}: {both} are both the variable {name}")
