"""A class as its variables: classes inside it are taken apart, as documents are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from samestack.config.startup.annotations import (
    group_class,
    is_always_document,
    is_class_of_fields,
    is_document,
    is_map,
    without_none,
)
from samestack.config.startup.classes.field import Field
from samestack.config.startup.names import BETWEEN, variable_name
from samestack.config.startup.variable import Group, Shape, Variable
from samestack.config.startup.wanted import wanted

if TYPE_CHECKING:
    from collections.abc import Iterator


_DEEPEST = 12


class Family(NamedTuple):
    """What is known of classes of one kind, by functions of a class."""

    fields: Callable[[Any], Iterable[Field]]
    nesting: Callable[[Any], int]
    """How deep the classes in it are read from single variables."""
    reads_sources: Callable[[Any], bool]
    """Whether it reads the environment by itself, by names that what is around it does not change."""
    takes_apart: Callable[[Any, Any], bool]
    """Whether another class inside it is one whose values are variables of their own."""


class _Above(NamedTuple):
    """The way to a class: the names of its variables begin with one of ``names``."""

    names: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    classes: tuple[type, ...] = ()


def shape(settings: type, family_of: Callable[[type], Family]) -> Shape:
    """Its variables as they are declared, in order; ``TypeError`` for what no variable can be called."""
    parts = list(_Walk(family_of).parts(settings, _Above()))
    variables = tuple(part for part in parts if isinstance(part, Variable))
    return Shape(variables, tuple(part for part in parts if isinstance(part, Group)))


class _Walk:
    """Through a class and those in it, as deep as its kind reads them from single variables."""

    def __init__(self, family_of: Callable[[type], Family]) -> None:
        self._family_of = family_of

    def parts(self, settings: type, above: _Above) -> Iterator[Variable | Group]:
        classes = (*above.classes, settings)
        family = self._family_of(settings)
        for field in family.fields(settings):
            inner = group_class(field.annotation)
            names = tuple(_names(above.names, field))
            if not names:
                raise TypeError(f"{settings.__name__}.{field.attribute}: no variable can have its name")
            path, attributes = (*above.path, *field.path), (*above.attributes, field.attribute)
            if inner is None or not family.takes_apart(settings, inner):
                yield _variable(field, names, path, attributes)
            elif not self._is_group(inner, classes):
                keys = tuple(one.path[0] for one in self._family_of(inner).fields(inner))
                yield _variable(field, names, path, attributes)._replace(keys=keys)
            else:
                default = field.default if isinstance(field.default, inner) else None
                yield Group(names[0], path, above.path, attributes, field.is_required, default)
                is_root = self._family_of(inner).reads_sources(inner)
                yield from self.parts(inner, _Above(() if is_root else names, path, attributes, classes))

    def _is_group(self, inner: type, classes: tuple[type, ...]) -> bool:
        """Whether it is near enough to the class that reads the environment, and not inside itself."""
        if inner in classes:
            return False
        if self._family_of(inner).reads_sources(inner):
            return True
        roots = [
            index for index, one in enumerate(classes) if not index or self._family_of(one).reads_sources(one)
        ]
        nesting = self._family_of(classes[roots[-1]]).nesting(classes[roots[-1]])
        return len(classes) - roots[-1] <= min(nesting, _DEEPEST)


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
