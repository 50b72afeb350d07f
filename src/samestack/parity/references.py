"""The references of environments, as they are meant: paths are relative to the project."""

from pathlib import Path
from typing import Final

from samestack.errors import InputError, RequestError
from samestack.model import Kind, Reference
from samestack.parity.settings import ENVIRONMENTS, Environment

_PATHS: Final = (Kind.VENV, Kind.ROOTFS, Kind.OCI, Kind.PATH)
_PATHS_OR_NAMES: Final = (Kind.CONDA, Kind.PYTHON)
"""A name is looked up; what has a slash in it is a path."""


def reference_of(environment: Environment, project: Path) -> Reference:
    """What an environment's reference names; :class:`InputError` for a kind that there is not."""
    return _placed(environment.reference, project, f"{ENVIRONMENTS}.{environment.name}.reference")


def host_of(environment: Environment, project: Path) -> Reference | None:
    """What its host's reference names; ``None`` where it has none."""
    if not environment.host:
        return None
    return _placed(environment.host, project, f"{ENVIRONMENTS}.{environment.name}.host")


def _placed(text: str, project: Path, place: str) -> Reference:
    try:
        reference = Reference.parse(text)
    except RequestError as error:
        raise InputError(
            str(project / "pyproject.toml"), error.message, place=place, hint=error.hint
        ) from None
    is_path = reference.kind in _PATHS or (reference.kind in _PATHS_OR_NAMES and "/" in reference.locator)
    if not is_path or reference.locator.startswith(("/", "~")):
        return reference
    return Reference(reference.kind, str(project / reference.locator))
