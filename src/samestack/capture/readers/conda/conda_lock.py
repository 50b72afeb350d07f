"""``conda-lock.yml``, version 1: the packages of one platform."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, field

from samestack.capture.observation import Observation
from samestack.capture.readers.conda.conda_platforms import choice_remark, preferred, this_platform
from samestack.capture.readers.conda.conda_records import CondaRecord, archive_of, component_of
from samestack.capture.readers.conda.locked_wheels import locked_wheel
from samestack.capture.readers.locks.python_packages import with_circumstances
from samestack.capture.readers.requirements.packaging_values import placed, shown
from samestack.capture.yaml_aliases import load_bounded_yaml
from samestack.errors import InputError
from samestack.model import Component

_MAIN = "main"


class _Hash(Struct):
    md5: str | None = None
    sha256: str | None = None


class _Package(Struct):
    name: str
    version: str
    manager: str
    platform: str
    url: str = ""
    dependencies: dict[str, str] = field(default_factory=dict)
    hash: _Hash = field(default_factory=_Hash)
    category: str = _MAIN
    optional: bool = False


class _Lock(Struct):
    version: int
    package: tuple[_Package, ...] = ()


def read(path: Path) -> Observation:
    """What is locked for this platform (or the first one); the other platforms are remarked on.

    Packages of a category other than ``main`` name it as their group.
    """
    file = str(path)
    lock = load_bounded_yaml(path, _Lock)
    if lock.version != 1:
        raise InputError(
            file, f"version {lock.version} of the format is not known", place="version", hint="use version 1"
        )
    platforms = list(dict.fromkeys(package.platform for package in lock.package))
    if not platforms:
        return Observation()
    wanted = this_platform()
    platform = preferred(platforms, wanted)
    remarks = choice_remark("platform", platform, wanted, platforms, file)
    return Observation(_components(lock.package, platform, file), remarks)


def _components(packages: Iterable[_Package], platform: str, file: str) -> tuple[Component, ...]:
    """The packages of a platform. One in several categories is listed once for each; main comes first."""
    rows = [(index, package) for index, package in enumerate(packages) if package.platform == platform]
    rows.sort(key=lambda row: row[1].category != _MAIN)
    found: dict[tuple[str, str], Component] = {}
    for index, package in rows:
        with placed(file, f"package[{index}]"):
            found.setdefault((package.manager, package.name), _component(package))
    return tuple(found.values())


def _component(package: _Package) -> Component:
    if package.manager not in {"conda", "pip"}:
        raise ValueError("its manager is neither conda nor pip")
    if package.manager == "pip":
        component = locked_wheel(package.url, package.name, package.version, package.hash.sha256)
    else:
        component = _of_channel(package)
    group = None if package.category == _MAIN else package.category
    return with_circumstances(component, {"group": (shown(group),)}) if group else component


def _of_channel(package: _Package) -> Component:
    archive = archive_of(package.url)
    record = CondaRecord(
        name=package.name,
        version=package.version,
        build=archive.build,
        channel=archive.channel,
        md5=package.hash.md5,
        sha256=package.hash.sha256,
        depends=tuple(package.dependencies),
    )
    return component_of(record)
