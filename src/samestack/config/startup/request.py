"""What is to be loaded: the profile, the places to look in, the environment."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Union

    Directory = Union[str, os.PathLike[str]]

PROFILE = "SAMESTACK_PROFILE"
DIRECTORY = "SAMESTACK_CONFIG_DIRECTORY"
SECRETS = "SAMESTACK_SECRETS"
DEVELOPMENT = "development"
_MOUNTED = "/run/secrets"
_DOCUMENTS = "config"
_DOTENV = ".env"


class Request:
    """Its representation shows no variable: tracebacks print what frames hold."""

    __slots__ = (
        "directory",
        "dotenv",
        "ignore_unknown",
        "is_directory_named",
        "profile",
        "secrets",
        "variables",
    )

    profile: str
    directory: str
    """Where the documents are."""
    is_directory_named: bool
    """Whether somebody said so, and it has to be there."""
    dotenv: str
    """The ``.env`` file; empty for none."""
    secrets: tuple[str, ...]
    """Directories with a file for each variable, the highest first."""
    variables: Mapping[str, str]
    ignore_unknown: bool

    def __repr__(self) -> str:
        return f"Request({self.profile!r}, {self.directory!r})"


def request_of(
    profile: str | None,
    directory: Directory | None,
    variables: Mapping[str, str] | None,
    *,
    ignore_unknown: bool,
) -> Request:
    """The request of what a caller said, and of what the environment says where he did not."""
    request = Request()
    request.variables = os.environ if variables is None else variables
    request.profile = profile or request.variables.get(PROFILE, "") or DEVELOPMENT
    said = os.fspath(directory) if directory else request.variables.get(DIRECTORY, "")
    request.is_directory_named = bool(said)
    request.directory = said or _found(_DOCUMENTS, os.path.isdir) or _DOCUMENTS
    request.dotenv = _found(_DOTENV, os.path.isfile) if request.profile == DEVELOPMENT else ""
    request.secrets = _secrets(request.variables)
    request.ignore_unknown = ignore_unknown
    return request


def _found(name: str, is_there: Callable[[str], bool]) -> str:
    """A file or directory in the working directory or, where it is not there, beside the program."""
    for place in ("", _beside_program()):
        path = os.path.join(place, name) if place else name
        if is_there(path):
            return path
    return ""


def _beside_program() -> str:
    import sys

    file = getattr(sys.modules.get("__main__"), "__file__", None)
    return os.path.dirname(os.path.abspath(file)) if file else ""


def _secrets(variables: Mapping[str, str]) -> tuple[str, ...]:
    said = variables.get(SECRETS)
    if said is None:
        return (_MOUNTED,) if os.path.isdir(_MOUNTED) else ()
    return tuple(part for part in said.split(os.pathsep) if part)
