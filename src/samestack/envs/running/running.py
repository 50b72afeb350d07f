"""What a command is given to run in an environment: the variables that activating it would set, by no shell.

An activated environment is nothing but variables. A shell's scripts for them exist so that they can be taken
back, which a command that ends does by itself.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

_CONDA: Final = "conda-meta"
_STATE: Final = "conda-meta/state"
_PACKAGE_VARIABLES: Final = "etc/conda/env_vars.d"
_SCRIPTS: Final = "etc/conda/activate.d"
_UNSET: Final = "***unset***"
"""What conda writes for a variable that is to be taken away."""

_MISLEADING: Final = (
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "VIRTUAL_ENV_PROMPT",
    "CONDA_PREFIX",
    "CONDA_DEFAULT_ENV",
    "CONDA_PROMPT_MODIFIER",
    "CONDA_SHLVL",
)
"""What another environment, or another Python, may have set."""


class Activation(NamedTuple):
    """The variables of a command in an environment. No struct: the command would wait for msgspec."""

    variables: Mapping[str, str]
    """All of them."""
    notes: tuple[str, ...] = ()
    """What activating the environment in a shell would do beyond that, in a sentence each."""


def activation(environment: Path, variables: Mapping[str, str] = os.environ) -> Activation:
    """The variables that a command in the environment is given, made from those of this process.

    :class:`~samestack.errors.InputError` where conda's files of variables are malformed.
    """
    kept = {name: value for name, value in variables.items() if name not in _MISLEADING}
    kept["PATH"] = os.pathsep.join((str(environment / "bin"), variables.get("PATH") or os.defpath))
    if (environment / _CONDA).is_dir():
        return _of_conda(environment, kept)
    return Activation({**kept, "VIRTUAL_ENV": str(environment)})


def _of_conda(prefix: Path, kept: Mapping[str, str]) -> Activation:
    own = {"CONDA_PREFIX": str(prefix), "CONDA_DEFAULT_ENV": prefix.name, "CONDA_SHLVL": "1"}
    stated = {**kept, **own, **_stated(prefix)}
    scripts = sorted(path.name for path in (prefix / _SCRIPTS).glob("*.sh"))
    notes = (f"not run, since they are a shell's: {', '.join(scripts)} in {_SCRIPTS}",) if scripts else ()
    return Activation({name: value for name, value in stated.items() if value != _UNSET}, notes)


def _stated(prefix: Path) -> Mapping[str, str]:
    """The variables of its packages in the order of their files, then those that somebody set for it."""
    from samestack.capture.documents import load_json

    stated: dict[str, str] = {}
    for file in sorted((prefix / _PACKAGE_VARIABLES).glob("*.json")):
        stated.update(load_json(file, dict[str, str]))
    if (prefix / _STATE).is_file():
        from samestack.envs.running.conda_state import CondaState

        stated.update(load_json(prefix / _STATE, CondaState).env_vars)
    return stated
