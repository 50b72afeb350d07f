"""Every conda environment of a root file system or a machine, looked for where they usually are."""

from typing import Final

from samestack.capture.probes.places import directories_at
from samestack.capture.probes.python.home_directories import home_directories
from samestack.capture.tree import Tree

_ROOTS: Final = ("/*", "/opt/*", "/usr/local/*")
"""Where conda, mamba and their installers are put: ``/opt/conda``."""
_ROOTS_AT_HOME: Final = ("/*", "/.local/share/mamba", "/.conda")
_PROJECTS: Final = ("/*/.pixi/envs/*", "/*/*/.pixi/envs/*")


def find_conda_prefixes(tree: Tree) -> tuple[str, ...]:
    """The prefixes in the usual places of a tree, each once. What lies elsewhere is not found."""
    at_home = (f"{home}{root}" for home in home_directories(tree) for root in _ROOTS_AT_HOME)
    roots = (*_ROOTS, *at_home)
    places = (*roots, *(f"{root}/envs/*" for root in roots), *_PROJECTS)
    directories = dict.fromkeys(path for place in places for path in directories_at(tree, place))
    return tuple(path for path in directories if tree.is_directory(f"{path}/conda-meta"))
