"""Every Python of a root file system or a machine, looked for where Pythons usually are."""

from typing import Final

from samestack.capture.probes.places import directories_at
from samestack.capture.probes.python.home_directories import home_directories
from samestack.capture.probes.python.installation import Installation, installations_at, venv_at
from samestack.capture.probes.python.venv_configuration import FILE_NAME
from samestack.capture.tree import Tree

_CONDA: Final = "conda-meta"  # a conda prefix has a reader of its own
_PLACES: Final = (
    "/usr",
    "/usr/local",
    "/opt/*",
    "/opt/*/*",
    "/opt/*/versions/*",
    "/opt/*/venvs/*",
    "/usr/local/*/versions/*",
    "/venv",
    "/.venv",
    "/env",
    "/*/.venv",
    "/*/venv",
    "/opt/*/.venv",
    "/srv/*/.venv",
    "/srv/*/venv",
    "/usr/src/*/.venv",
    "/usr/src/*/venv",
    "/var/www/*/.venv",
    "/var/www/*/venv",
)
_PLACES_AT_HOME: Final = (
    "/.venv",
    "/venv",
    "/*/.venv",
    "/*/venv",
    "/.virtualenvs/*",
    "/.pyenv/versions/*",
    "/.local/share/uv/python/*",
    "/.local/share/uv/tools/*",
    "/.local/share/pipx/venvs/*",
)


def find_installations(tree: Tree, *, user_base: str = "") -> tuple[Installation, ...]:
    """The Pythons and virtual environments in the usual places of a tree, each once, conda's left out.

    What lies elsewhere is not found: no directory is walked. ``user_base`` is the directory below which
    ``pip install --user`` installs; none where empty.
    """
    at_home = (f"{home}{place}" for home in home_directories(tree) for place in _PLACES_AT_HOME)
    places = (*_PLACES, *at_home)
    found: dict[tuple[str, str], Installation] = {}
    for prefix in dict.fromkeys(path for place in places for path in directories_at(tree, place)):
        for installation in _at(tree, prefix, user_base):
            found.setdefault((prefix, installation.library_name), installation)
    return tuple(found.values())


def _at(tree: Tree, prefix: str, user_base: str) -> tuple[Installation, ...]:
    if tree.is_file(f"{prefix}/{FILE_NAME}"):
        return (venv_at(tree, prefix, user_base=user_base),)
    if tree.is_directory(f"{prefix}/{_CONDA}"):
        return ()
    return installations_at(tree, prefix, user_base=user_base)
