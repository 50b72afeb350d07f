"""An environment is removed whole: out of its place in one step, then from the disk."""

import os
import sys
from pathlib import Path
from typing import Final

from samestack.envs.managing.processes import processes_in
from samestack.envs.managing.registry import forget, registered_at
from samestack.envs.managing.state import is_environment
from samestack.envs.transaction import leftovers
from samestack.envs.transaction.exclusion import alone_in
from samestack.errors import OutsideError, RequestError

_SHOWN: Final = 3
_OF_AN_ENVIRONMENT: Final = frozenset(
    {"bin", "include", "lib", "lib64", "share", "etc", "man", "pyvenv.cfg", "conda-meta"}
)
_OF_CONDA_ITSELF: Final = ("condabin", "envs", "pkgs")
_OF_A_PROJECT: Final = (".git", ".hg", "pyproject.toml", "setup.py", "requirements.txt", "environment.yml")


def check_removable(environment: Path) -> None:
    """:class:`RequestError` for what is more than an environment, :class:`OutsideError` if it is in use."""
    if environment.is_symlink():
        raise RequestError(
            f"{environment} is a link", hint=f"name what it leads to: {os.path.realpath(environment)}"
        )
    if not is_environment(environment):
        raise RequestError(f"{environment}: there is no environment")
    reason = _more_than_an_environment(environment)
    if reason:
        raise RequestError(
            f"{environment} is not removed: {reason}", hint="see what is in it, and delete it by hand"
        )
    running = processes_in(environment)
    if running:
        shown = ", ".join(f"{one.number} ({one.command[:60]})" for one in running[:_SHOWN])
        more = f" and {len(running) - _SHOWN} more" if len(running) > _SHOWN else ""
        raise OutsideError(
            f"{environment} is in use by process {shown}{more}", hint="end what runs in it first"
        )


def remove(environment: Path) -> None:
    """Remove an environment, and its entry; interrupted, it is gone from its place or still there whole.

    Errors as from :func:`check_removable`, and :class:`OutsideError` where the file system refuses.
    """
    with alone_in(environment.parent):
        check_removable(environment)
        # What a sync was building is thrown away by the next one: so is this, if we do not get to it.
        aside = leftovers.building(environment)
        try:
            environment.rename(aside)
        except OSError as error:
            raise OutsideError(f"{environment}: cannot be removed: {error.strerror}") from None
        forget(environment)
        leftovers.delete(aside)


def _more_than_an_environment(environment: Path) -> str:
    if Path(sys.prefix).resolve().is_relative_to(environment):
        return "samestack itself runs in it"
    names = {entry.name for entry in environment.iterdir()}
    if "conda-meta" in names and names.intersection(_OF_CONDA_ITSELF):
        return "conda itself is in it"
    of_a_project = sorted(names.intersection(_OF_A_PROJECT))
    if of_a_project:
        return f"a project is in it ({', '.join(of_a_project)})"
    strange = sorted(name for name in names - _OF_AN_ENVIRONMENT if not name.startswith("."))
    if strange and registered_at(environment) is None:
        shown = ", ".join(strange[:_SHOWN]) + (", ..." if len(strange) > _SHOWN else "")
        return f"samestack did not make it, and it holds more than an environment ({shown})"
    return ""
