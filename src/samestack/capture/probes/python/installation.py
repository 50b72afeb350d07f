"""One Python: an interpreter and the directories that it imports packages from."""

import posixpath
from collections.abc import Iterator

from msgspec import Struct

from samestack.capture.probes.python.python_layout import (
    base_site_directories,
    existing_directories,
    library_names,
    resolved,
    series_of,
    standard_library,
    venv_site_directories,
)
from samestack.capture.probes.python.venv_configuration import (
    FILE_NAME,
    VenvConfiguration,
    read_venv_configuration,
)
from samestack.capture.tree import Tree

_NAMES = ("python", "python3", "pypy3")


class Installation(Struct, frozen=True, kw_only=True):
    """An installed Python, or a virtual environment of one. Paths are paths inside the tree."""

    executable: str
    """As it is found in the prefix; for a virtual environment it may lead nowhere."""
    prefix: str
    library_name: str
    """The name of its directories: ``python3.11``, ``python3.13t``, ``pypy3.10``; empty when unknown."""
    site_directories: tuple[str, ...]
    """Those that are there, links followed, in the order of ``sys.path``."""
    configuration: VenvConfiguration | None = None
    """Of a virtual environment: what its pyvenv.cfg says."""
    base: "Installation | None" = None
    """Of a virtual environment: the Python that it belongs to, where that is still there."""

    @property
    def version(self) -> str:
        """The series: ``3.11``."""
        return series_of(self.library_name)

    @property
    def implementation(self) -> str:
        """``cpython`` or ``pypy``."""
        return "pypy" if self.library_name.startswith("pypy") else "cpython"


def installations_at(tree: Tree, prefix: str, *, user_base: str = "") -> tuple[Installation, ...]:
    """Every Python of a prefix with an executable and a standard library, the oldest first.

    ``user_base`` is the directory below which ``pip install --user`` installs; none where empty.
    """
    return tuple(_bases_at(tree, prefix, library_names(tree, prefix), user_base))


def installation_of(tree: Tree, executable: str, *, user_base: str = "") -> Installation | None:
    """The Python that an executable is, found as it finds its own library; ``None`` when it is none.

    A link elsewhere to a virtual environment's interpreter is the base interpreter, as for Python itself.
    """
    prefix = posixpath.dirname(posixpath.dirname(executable))
    if tree.is_file(f"{prefix}/{FILE_NAME}"):
        return venv_at(tree, prefix, user_base=user_base)
    return _base_of(tree, executable, user_base)


def venv_at(tree: Tree, prefix: str, *, user_base: str = "") -> Installation:
    """The virtual environment at a prefix, however broken it is."""
    configuration = read_venv_configuration(tree, prefix)
    executable = _venv_executable(tree, prefix)
    base = _base_of_venv(tree, executable, configuration, user_base)
    library_name = _venv_library_name(tree, prefix, configuration, base)
    own = venv_site_directories(tree, prefix, library_name) if library_name else ()
    shared = base.site_directories if base and configuration.uses_base_packages else ()
    return Installation(
        executable=executable,
        prefix=prefix,
        library_name=library_name,
        site_directories=tuple(dict.fromkeys((*own, *shared))),
        configuration=configuration,
        base=base,
    )


def _bases_at(tree: Tree, prefix: str, names: list[str], user_base: str) -> Iterator[Installation]:
    for name in names:
        executable = f"{prefix.rstrip('/')}/bin/{name}"
        if tree.is_file(executable) and standard_library(tree, prefix, name):
            users = existing_directories(tree, [f"{user_base}/lib/{name}/site-packages"] if user_base else [])
            yield Installation(
                executable=executable,
                prefix=prefix,
                library_name=name,
                site_directories=(*users, *base_site_directories(tree, prefix, name)),
            )


def _base_of(tree: Tree, executable: str, user_base: str) -> Installation | None:
    path = resolved(tree, executable)
    if path is None or not tree.is_file(path):
        return None
    prefix, name = posixpath.dirname(posixpath.dirname(path)), posixpath.basename(path)
    names = [name] if series_of(name) else library_names(tree, prefix)
    found = tuple(_bases_at(tree, prefix, names, user_base))
    return found[0] if len(found) == 1 else None


def _venv_executable(tree: Tree, prefix: str) -> str:
    candidates = [f"{prefix.rstrip('/')}/bin/{name}" for name in _NAMES]
    return next((path for path in candidates if tree.is_file(path)), candidates[0])


def _base_of_venv(
    tree: Tree, executable: str, configuration: VenvConfiguration, user_base: str
) -> Installation | None:
    """By its link; an interpreter that was copied into the environment has its library at home."""
    if not tree.is_file(executable):
        return None
    named = [configuration.executable] if configuration.executable else []
    at_home = [f"{configuration.home}/{name}" for name in _NAMES] if configuration.home else []
    found = (_base_of(tree, path, user_base) for path in (executable, *named, *at_home))
    return next((one for one in found if one is not None), None)


def _venv_library_name(
    tree: Tree, prefix: str, configuration: VenvConfiguration, base: Installation | None
) -> str:
    """That of its interpreter, unless its packages were installed for another one only."""
    series = ".".join(configuration.version.split(".")[:2])
    names = [base.library_name] if base else []
    names += [f"python{series}"] if series else []
    names += reversed(library_names(tree, prefix))
    used = (name for name in names if venv_site_directories(tree, prefix, name))
    return next(used, names[0] if names else "")
