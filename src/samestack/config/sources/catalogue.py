"""Every kind of source: ours, each loaded when it is used, and strangers' by entry point."""

import importlib
from typing import TYPE_CHECKING, Final

from samestack.config.sources.kind import SourceKind
from samestack.errors import RequestError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP: Final = "samestack.config.sources"
"""The entry points of strangers' kinds."""

_OWN: Final = {
    "environment": "process_environment",
    "directory": "secret_directory",
    "dotenv": "dotenv_file",
    "age": "age_file",
    "sops": "sops_file",
    "vault": "vault",
    "aws-secrets": "aws_secrets_manager",
    "kubernetes-secret": "kubernetes_secret",
    "aws-parameters": "aws_parameter_store",
    "consul": "consul",
    "kubernetes-configmap": "kubernetes_config_map",
    "file": "document",
}
"""The kinds of samestack, by the module of this package that is one."""


def source_kind(name: str) -> SourceKind:
    """The kind of that name; :class:`RequestError` where there is none."""
    if name in _OWN:
        module = importlib.import_module(f"samestack.config.sources.{_OWN[name]}")
        return _checked(module.KIND, name)
    return _foreign(name)


def own_kinds() -> tuple[str, ...]:
    """The names of samestack's own kinds, the highest layer first."""
    return tuple(_OWN)


def _foreign(name: str) -> SourceKind:
    from importlib.metadata import entry_points

    points = entry_points(group=GROUP)
    for point in points.select(name=name):
        return _checked(_loaded(point, name), name)
    from samestack.check.suggestion import did_you_mean

    raise RequestError(
        f"there is no kind of source '{name}'", hint=did_you_mean(name, (*_OWN, *points.names))
    )


def _loaded(point: "EntryPoint", name: str) -> object:
    try:
        return point.load()
    except Exception as error:  # noqa: BLE001 - a stranger's module may fail in any way
        fault = f"the source kind '{name}' cannot be loaded: {type(error).__name__} in {point.value}"
        raise RequestError(fault, hint="see that its package is whole, or remove it") from None


def _checked(found: object, name: str) -> SourceKind:
    if not isinstance(found, SourceKind):
        raise RequestError(
            f"the source kind '{name}' is no SourceKind", hint="its entry point has to name a SourceKind"
        )
    return found
