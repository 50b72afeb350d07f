"""Classes of pydantic 2: models, settings, and dataclasses of pydantic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samestack.config.startup.annotations import group_class, unwrapped
from samestack.config.startup.classes.field import Field
from samestack.config.startup.classes.shape import Family
from samestack.config.startup.classes.stranger import CUSTOM, refusal
from samestack.config.startup.names import BETWEEN
from samestack.config.startup.variable import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ANY = 100
"""Deeper than any class nests."""


def is_model(settings: type) -> bool:
    """Whether it is a model, or a dataclass, of pydantic 2."""
    return hasattr(settings, "__pydantic_validator__") and not getattr(
        settings, "__pydantic_root_model__", False
    )


def fields_of(settings: Any) -> Iterator[Field]:  # noqa: ANN401 - pydantic need not be there
    """The fields of a model; those of settings with their prefix."""
    if not settings.__pydantic_complete__ and hasattr(settings, "model_rebuild"):
        settings.model_rebuild()
    config = getattr(settings, "model_config", None) or getattr(settings, "__pydantic_config__", {})
    fields = getattr(settings, "__pydantic_fields__", None) or settings.model_fields
    for name, field in fields.items():
        names, path = _keys(name, field, config)
        _, said = unwrapped(field.annotation)
        default = None if field.is_required() else field.default
        metadata = (*said, *field.metadata)
        yield Field(
            attribute=name,
            names=names,
            path=path,
            annotation=field.annotation,
            said=metadata,
            is_required=field.is_required() or _makes_inner(field),
            default=default,
            keeps_text=_keeps_text(metadata, config),
            is_strict=_is_strict(metadata, config),
        )


def built(settings: Any, document: Mapping[str, Any]) -> tuple[object, tuple[Failure, ...]]:  # noqa: ANN401
    """An object of the class, or what it does not take."""
    from pydantic import ValidationError

    try:
        return _object(settings, document), ()
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False)
    except Exception as error:  # noqa: BLE001 - a validator may raise anything, with values in its words
        return None, (refusal(error),)
    return None, tuple(Failure(tuple(one["loc"]), _kind(one["type"])) for one in found)


def _object(settings: Any, document: Mapping[str, Any]) -> object:  # noqa: ANN401
    if not _reads_sources(settings):
        return settings(**document)
    # The __init__ of settings would read the environment and files again, and log what it read on demand.
    blank = settings.__new__(settings)
    return settings.__pydantic_validator__.validate_python(dict(document), self_instance=blank)


def refuse_own_init(settings: type) -> None:
    """``TypeError`` for settings whose own ``__init__`` would have to be left out."""
    own = getattr(settings, "__init__", None)
    if _reads_sources(settings) and not getattr(own, "__module__", "").startswith("pydantic_settings"):
        hint = "what it does belongs into model_post_init"
        raise TypeError(f"{settings.__name__} has an __init__ of its own, which reads sources again; {hint}")


def _reads_sources(settings: type) -> bool:
    return hasattr(settings, "settings_customise_sources")


def _keys(
    name: str,
    field: Any,  # noqa: ANN401
    config: Mapping[str, Any],
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """The keys that a field is read by, and those that it is given under."""
    prefix = str(config.get("env_prefix") or "")
    target = config.get("env_prefix_target", "variable")
    paths = [] if config.get("validate_by_alias") is False else list(_aliases(field))
    by_name = config.get("populate_by_name") or config.get("validate_by_name") or not paths
    on_alias, on_name = (
        prefix if target in kinds else "" for kinds in (("alias", "all"), ("variable", "all"))
    )
    names = [(on_alias + path[0], *path[1:]) for path in paths]
    if by_name:
        names.append((on_name + name,))
    return tuple(names), (paths or [(name,)])[0]


def _aliases(field: Any) -> Iterator[tuple[str, ...]]:  # noqa: ANN401
    """Aliases as paths of keys; those that lead into lists are none that a variable can have."""
    said = field.validation_alias if field.validation_alias is not None else field.alias
    for choice in getattr(said, "choices", (said,)):
        path = (choice,) if isinstance(choice, str) else tuple(getattr(choice, "path", ()))
        if path and all(isinstance(key, str) for key in path):
            yield path


def _keeps_text(metadata: tuple[Any, ...], config: Mapping[str, Any]) -> bool:
    marks = {getattr(one, "__name__", type(one).__name__) for one in metadata}
    if "ForceDecode" in marks:
        return False
    return "NoDecode" in marks or "Json" in marks or config.get("enable_decoding") is False


def _nesting(settings: Any) -> int:  # noqa: ANN401
    if not _reads_sources(settings):
        return _ANY
    if settings.model_config.get("env_nested_delimiter") != BETWEEN:
        return 0  # the class alone would read a map from one variable, so that is what it is
    said = settings.model_config.get("env_nested_max_split")
    return _ANY if said is None else int(said)


def _takes_apart(settings: type, inner: type) -> bool:
    """Models of models; in dataclasses, which the tool does not read, dataclasses, too."""
    return hasattr(inner, "model_json_schema") or not hasattr(settings, "model_json_schema")


def _makes_inner(field: Any) -> bool:  # noqa: ANN401
    """Whether the class inside is made where there is no value; its own values may be missing then."""
    return field.default_factory is not None and field.default_factory is group_class(field.annotation)


def _is_strict(metadata: tuple[Any, ...], config: Mapping[str, Any]) -> bool:
    said = [one.strict for one in metadata if isinstance(getattr(one, "strict", None), bool)]
    return said[-1] if said else bool(config.get("strict"))


def _kind(kind: str) -> str:
    """The type of an error, if it is one of pydantic's own: others may be made of values."""
    from typing import get_args

    from pydantic_core.core_schema import ErrorType

    return kind if kind in get_args(ErrorType) else CUSTOM


FAMILY = Family(fields_of, _nesting, _reads_sources, _takes_apart)
