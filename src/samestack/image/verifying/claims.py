"""Files that belong to packages of an environment which no lock decides: told together, not one by one."""

from collections.abc import Iterator, Mapping
from typing import Final

from samestack.image.verifying.environment_place import EnvironmentPlace
from samestack.image.verifying.exceptions import SEEDS
from samestack.image.verifying.installed import InstalledPackage, recorded_paths
from samestack.oci.layers.merged import MergedFiles

_SEED_MODULES: Final = (
    *("pip/", "pip-", "wheel/", "wheel-", "uv/", "uv-"),
    *("setuptools/", "setuptools-", "pkg_resources/", "_distutils_hack/", "distutils-precedence.pth"),
)
_SEED_COMMANDS: Final = ("pip", "wheel", "uv")
"""How what installers bring begins: no RECORD excuses anything else as theirs."""


def claimed_paths(
    packages: Mapping[InstalledPackage, str], files: MergedFiles, place: EnvironmentPlace
) -> dict[str, str]:
    """By path, what is given for a package: an exception's key, or its name."""
    directories = {one.dist_info: reason for one, reason in packages.items()}
    claimed = {
        path: directories[found] for path in files.files if (found := _metadata(path, place)) in directories
    }
    for one, reason in packages.items():
        for path in _own(one, reason, files, place):
            claimed[path] = reason
    return claimed


def _metadata(path: str, place: EnvironmentPlace) -> str:
    """What stands directly in the directory of modules above a path, the path itself included."""
    start = f"{place.modules}/"
    return start + path.removeprefix(start).partition("/")[0] if path.startswith(start) else ""


def _own(
    package: InstalledPackage, reason: str, files: MergedFiles, place: EnvironmentPlace
) -> Iterator[str]:
    for path in recorded_paths(package, files, place):
        if reason != SEEDS or _is_of_a_seed(path, place):
            yield path


def _is_of_a_seed(path: str, place: EnvironmentPlace) -> bool:
    modules, commands = f"{place.modules}/", f"{place.scripts}/"
    if path.startswith(modules):
        return path.removeprefix(modules).startswith(_SEED_MODULES)
    return path.startswith(commands) and path.removeprefix(commands).startswith(_SEED_COMMANDS)
