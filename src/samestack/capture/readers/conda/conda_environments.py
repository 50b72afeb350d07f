"""Conda environments by name: where conda, mamba and micromamba keep them, found without running any."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from samestack.capture.documents import read_text
from samestack.errors import InputError, RequestError

BASE: Final = "base"
"""What conda calls the environment that it is installed in."""

_HOME_ROOTS: Final = (
    "miniconda3",
    "miniforge3",
    "mambaforge",
    "anaconda3",
    "micromamba",
    ".local/share/mamba",
)
_SYSTEM_ROOTS: Final = ("/opt/conda", "/opt/miniconda3", "/opt/miniforge3", "/opt/anaconda3")


def find_prefix(locator: str, environment: Mapping[str, str]) -> str:
    """The absolute path of the environment at a path or of a name.

    ``environment`` are the variables to go by, ``HOME`` among them. :class:`RequestError` names the
    environments there are when there is none or more than one of the name.
    """
    path = Path(os.path.expanduser(locator))
    if os.sep in locator or locator.startswith(("~", ".")) or is_prefix(path):
        if not is_prefix(path):
            raise RequestError(f"'{locator}' is no conda environment: it has no directory conda-meta")
        return os.path.abspath(path)
    known = list(dict.fromkeys(_prefixes(environment)))
    matching = [prefix for prefix in known if environment_name(prefix) == locator]
    if len(matching) == 1:
        return str(matching[0])
    if matching:
        raise RequestError(
            f"{len(matching)} conda environments are called '{locator}'",
            hint=f"name one by its path: {', '.join(map(str, matching))}",
        )
    raise RequestError(f"there is no conda environment '{locator}'", hint=_hint(known))


def is_prefix(path: Path) -> bool:
    """Whether a directory is a conda environment."""
    return os.path.isdir(path / "conda-meta")


def environment_name(prefix: Path) -> str:
    """What people call the environment: its directory, or ``base`` where conda itself is installed."""
    is_base = prefix.parent.name != "envs" and any(
        os.path.isdir(prefix / part) for part in ("condabin", "envs")
    )
    return BASE if is_base else prefix.name


def _prefixes(environment: Mapping[str, str]) -> Iterator[Path]:
    home = Path(os.path.expanduser(environment.get("HOME", "~")))
    yield from (path for path in _registered(home / ".conda/environments.txt") if is_prefix(path))
    for root in _roots(home, environment):
        yield from _below(root)
    for variable in ("CONDA_ENVS_PATH", "CONDA_ENVS_DIRS"):
        for directory in filter(None, environment.get(variable, "").split(os.pathsep)):
            yield from _in_directory(Path(directory))
    yield from _in_directory(home / ".conda/envs")


def _roots(home: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    for variable in ("CONDA_PREFIX", "MAMBA_ROOT_PREFIX"):
        if value := environment.get(variable):
            active = Path(value)
            yield active.parent.parent if active.parent.name == "envs" else active
    if program := environment.get("CONDA_EXE"):
        yield Path(program).parent.parent
    yield from (home / name for name in _HOME_ROOTS)
    yield from map(Path, _SYSTEM_ROOTS)


def _below(root: Path) -> Iterator[Path]:
    if is_prefix(root):
        yield root
    yield from _in_directory(root / "envs")


def _in_directory(directory: Path) -> Iterator[Path]:
    try:
        found = sorted(directory.iterdir())
    except OSError:  # not there, or not for us to see
        return
    yield from (path for path in found if is_prefix(path))


def _registered(file: Path) -> list[Path]:
    """The paths that conda notes down when it creates an environment anywhere."""
    try:
        lines = read_text(file).splitlines()
    except InputError:  # conda writes the file on its first use
        return []
    return [Path(line.strip()) for line in lines if line.strip().startswith("/")]


def _hint(prefixes: list[Path]) -> str:
    if not prefixes:
        return "no conda environment was found: name one by its path, as in conda:/path/to/prefix"
    return f"found are: {', '.join(sorted({environment_name(prefix) for prefix in prefixes}))}"
