"""Where people have their Pythons: on PATH, in the directories of the tools that install them, in the system.

No directory is walked; what lies elsewhere can be named by its path.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

_NAMES_ON_PATH: Final = ("python3", "python", *(f"python3.{minor}" for minor in range(6, 20)))
_ROOTS_OF_CONDA: Final = ("miniconda3", "miniforge3", "mambaforge", "anaconda3", "micromamba")
_SYSTEM: Final = ("/usr/local", "/usr", "/opt/*", "/opt/python/*")
"""``/opt/python`` is where the images in which wheels are built have theirs."""


class Place(Struct, frozen=True):
    """A prefix or an executable that may be a Python's, and who put it there."""

    source: str
    path: Path


def places(variables: Mapping[str, str] = os.environ) -> Iterator[Place]:
    """Every place that is there, the preferred ones first; what is in them may be no Python.

    ``variables`` are those of the process: ``PATH``, ``HOME``, and those of the tools.
    """
    home = Path(variables.get("HOME") or "~").expanduser()
    for path in _on_path(variables):
        yield Place("system" if path.is_relative_to("/usr") else "PATH", path)
    for source, patterns in _installed(home, variables):
        for root, pattern in patterns:
            yield from (Place(source, path) for path in sorted(_found(root, pattern), reverse=True))
    yield Place("samestack", Path(sys.base_prefix))
    yield from (Place("conda", path) for path in _of_conda(home, variables))


def _on_path(variables: Mapping[str, str]) -> Iterator[Path]:
    directories = dict.fromkeys(filter(os.path.isabs, variables.get("PATH", "").split(os.pathsep)))
    for directory in directories:
        yield from (path for name in _NAMES_ON_PATH if _is_there(path := Path(directory, name)))


def _installed(
    home: Path, variables: Mapping[str, str]
) -> Iterator[tuple[str, tuple[tuple[Path, str], ...]]]:
    data = Path(variables.get("XDG_DATA_HOME") or home / ".local/share")
    uv = Path(variables.get("UV_PYTHON_INSTALL_DIR") or data / "uv/python")
    pyenv = dict.fromkeys((Path(variables.get("PYENV_ROOT") or home / ".pyenv"), home / ".pyenv"))
    asdf = Path(variables.get("ASDF_DATA_DIR") or home / ".asdf")
    mise = Path(variables.get("MISE_DATA_DIR") or data / "mise")
    yield "uv", ((uv, "*"),)
    yield "pyenv", tuple((root, "versions/*") for root in pyenv)
    yield "asdf", ((asdf, "installs/python/*"),)
    yield "mise", ((mise, "installs/python/*"),)
    yield "system", tuple((Path("/"), pattern.lstrip("/")) for pattern in _SYSTEM)


def _of_conda(home: Path, variables: Mapping[str, str]) -> Iterator[Path]:
    """Last, since an environment of conda is there for its own sake, and may be gone tomorrow."""
    program, active = variables.get("CONDA_EXE"), variables.get("CONDA_PREFIX")
    roots = [Path(program).parent.parent] if program else []
    roots += [Path(root) for root in (variables.get("MAMBA_ROOT_PREFIX"),) if root]
    roots += [home / name for name in _ROOTS_OF_CONDA]
    roots += [home / ".local/share/mamba", Path("/opt/conda")]
    yield from ([Path(active)] if active else [])
    for root in dict.fromkeys(roots):
        yield root
        yield from sorted(_found(root, "envs/*"))


def _found(root: Path, pattern: str) -> list[Path]:
    try:
        return list(root.glob(pattern))
    except OSError:  # a directory that is not ours to read
        return []


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
