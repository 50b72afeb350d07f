"""What may be in an environment though no wheel has it, each with the reason why."""

import posixpath
import re
from collections.abc import Collection, Mapping
from typing import Final

from msgspec import Struct

from samestack.capture.probes.python.record import OF_THE_INSTALLER
from samestack.image.verifying.environment_place import EnvironmentPlace
from samestack.oci.layers.merged import MergedFiles
from samestack.oci.layers.merged_file import FileKind

INSTALLER_FILES: Final = frozenset(name.decode() for name in OF_THE_INSTALLER)

BYTECODE: Final = "compiled bytecode"
METADATA: Final = "installers' metadata"
COMMANDS: Final = "the environment's own commands"
PROJECT: Final = "the project itself"
SEEDS: Final = "installers"

REASONS: Final[Mapping[str, str]] = {
    BYTECODE: "nobody can tell from outside what it was compiled from",
    METADATA: "RECORD, INSTALLER, direct_url.json and their like: every installer writes its own",
    COMMANDS: "python, and what activates the environment, written by whoever made it",
    PROJECT: "the lock names it as a directory, and decides no content",
    SEEDS: "pip, setuptools, wheel and uv come with environments unasked, and no lock names them here",
}

_COMPILED: Final = re.compile(r"(?P<module>[^/]+)\.cpython-\d+(?:\.opt-[12])?\.pyc")
_COMMAND: Final = re.compile(
    r"python[\d.]*t?|[Aa]ctivate(?:_this\.py|\.\w+)?|deactivate\.(?:bat|nu)|pydoc\.bat|\U0001d70bthon"
)
"""``bin/`` as ``python -m venv`` (3.14's joke among them), virtualenv and uv fill it."""


_START: Final = {
    "_virtualenv.pth": {"69ac3d8f27e679c81b94ab30b3b56e9cd138219b1ba94a1fa3606d5a76a1433d"},
    "_virtualenv.py": {
        "684b8c07932ba4a84ac2e5ae9afe49ef04e92bac3d8d4191d455cf09d093e5fc",
        "c9199315871b11b12df226f890a38e66e63191e1adbfb11a66e6861151b33fca",
        "0aeb86546345c1d0fada097536e35525714d5cdbcc2d8eb3f9912a955044fcff",
        "0f20351ea7e90039c46d3fabdef991f28b1e3ff33eb13ee6f0d5cd21ea0e8b14",
        "bec6155ff7bfc88f8e79e481f27fd7ee0a3b40eeca9bfeb41f4c4b997b2f8100",
        "07584d2a5d13e0811eb567d78ed2aca0fb60e7defff59a01ca7a48d907bdea51",
        "ee52b2e2e720a40885a6b4b90c40e28e5c70e550af74d5efd169eaa5db2a6f6f",
        "6cf30c56faf2a55228914dbbd17f8088ed371ebb08f5e7fa6fd931f913fcaf1d",
        "cfb3db86aaa53bb62b5ff764970bec2d71c9228590a0ebec57f6ec926cc0bf1a",
    },
}
"""What virtualenv 20.0 to 21.15 and uv up to 0.13 have Python run at its start, by SHA-256."""


class Environs(Struct, frozen=True):
    """Where a file without a wheel is found."""

    place: EnvironmentPlace
    dist_infos: frozenset[str]
    """The metadata directories of packages that are locked, by their paths."""
    expected: Collection[str]
    """What the locked wheels install; what is missing of it is told of elsewhere."""


def exception_of(path: str, files: MergedFiles, environs: Environs) -> str:
    """Which exception a file of the environment is, by a key of :data:`REASONS`; empty where it is none."""
    if files.files[path].kind is not FileKind.FILE:
        return COMMANDS if _is_command(path, environs) else ""
    directory, name = posixpath.split(path)
    if directory in environs.dist_infos and name in INSTALLER_FILES:
        return METADATA
    if _is_command(path, environs):
        return COMMANDS
    if directory == environs.place.modules and name in _START:
        return COMMANDS if files.digest_of(path).removeprefix("sha256:") in _START[name] else ""
    source = source_of(path)
    return BYTECODE if source in files.files or source in environs.expected else ""


def _is_command(path: str, environs: Environs) -> bool:
    directory, name = posixpath.split(path)
    return directory == environs.place.scripts and _COMMAND.fullmatch(name) is not None


def source_of(path: str) -> str:
    """The module that a file of ``__pycache__`` was compiled from; empty for any other file."""
    directory, name = posixpath.split(path)
    match = _COMPILED.fullmatch(name)
    if match is None or posixpath.basename(directory) != "__pycache__":
        return ""
    return posixpath.join(posixpath.dirname(directory), f"{match['module']}.py")
