"""``pixi.lock``, versions 4 to 7: the packages of one environment on one platform."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from samestack.capture.documents import shaped
from samestack.capture.observation import Observation
from samestack.capture.readers.conda.conda_platforms import choice_remark, preferred, this_platform
from samestack.capture.readers.conda.conda_records import CondaRecord, archive_of, component_of, shown_address
from samestack.capture.readers.conda.locked_wheels import locked_wheel
from samestack.capture.readers.requirements.packaging_values import placed
from samestack.capture.yaml_aliases import load_bounded_yaml
from samestack.errors import InputError
from samestack.model import Layer, Remark

_VERSIONS: Final = range(4, 8)
_DEFAULT: Final = "default"


class _Platform(Struct):
    name: str
    subdir: str | None = None


class _Environment(Struct):
    packages: dict[str, Any] = field(default_factory=dict)


class _Package(Struct):
    """A package, and in an environment's list the address of one. Version 4 and 5 name the kind apart."""

    kind: str | None = None
    url: str | None = None
    path: str | None = None
    conda: str | None = None
    pypi: str | None = None
    name: str | None = None
    version: str | None = None
    channel: str | None = None
    md5: str | None = None
    sha256: str | None = None
    depends: tuple[str, ...] = ()

    @property
    def address(self) -> tuple[str, str]:
        """Kind and address, which tell packages apart; the kind of one built from source is ``source``."""
        for kind, address in (("conda", self.conda), ("pypi", self.pypi)):
            if address is not None:
                return kind, address
        return self.kind or "source", self.url or self.path or ""


class _Lock(Struct):
    version: int
    environments: dict[str, Any]
    packages: tuple[_Package, ...] = ()
    platforms: tuple[_Platform | str, ...] = ()


def read(path: Path) -> Observation:
    """The default environment (or the first) on this platform (or the first); the others are remarked on."""
    file = str(path)
    lock = load_bounded_yaml(path, _Lock)
    if lock.version not in _VERSIONS:
        hint = "write it anew with: pixi lock"
        raise InputError(
            file, f"version {lock.version} of the format is not known", place="version", hint=hint
        )
    if not lock.environments:
        raise InputError(file, "it has no environments", place="environments")
    environments = list(lock.environments)
    name = preferred(environments, _DEFAULT)
    environment = shaped(lock.environments[name], _Environment, file=file)
    remarks = choice_remark("environment", name, _DEFAULT, environments, file)
    return Observation.joined((Observation(remarks=remarks), _read_environment(environment, lock, file)))


def _read_environment(environment: _Environment, lock: _Lock, file: str) -> Observation:
    platforms = list(environment.packages)
    if not platforms:
        return Observation()
    wanted = _platform_here(lock)
    platform = preferred(platforms, wanted)
    listed = shaped(environment.packages[platform], tuple[_Package, ...], file=file)
    remarks = choice_remark("platform", platform, wanted, platforms, file)
    return Observation.joined((Observation(remarks=remarks), *_observed(lock.packages, listed, file)))


def _platform_here(lock: _Lock) -> str:
    """What the lock calls this platform: since version 7 a platform may have a name of its own."""
    here = this_platform()
    named = (one.name for one in lock.platforms if isinstance(one, _Platform) and one.subdir == here)
    return next(named, here)


def _observed(
    packages: tuple[_Package, ...], listed: tuple[_Package, ...], file: str
) -> Iterator[Observation]:
    known = {package.address: (index, package) for index, package in enumerate(packages)}
    for entry in listed:
        if entry.address not in known:
            raise InputError(
                file,
                f"an environment lists {shown_address(entry.address[1])}, of which nothing is said",
                place="packages",
            )
        index, package = known[entry.address]
        with placed(file, f"packages[{index}]"):
            yield _read_package(package, file)


def _read_package(package: _Package, file: str) -> Observation:
    kind, address = package.address
    if kind == "pypi":
        return Observation((locked_wheel(address, package.name, package.version, package.sha256),))
    try:
        archive = archive_of(address)
    except ValueError:
        return _of_source(package, address, file)
    record = CondaRecord(
        name=archive.name,
        version=archive.version,
        build=archive.build,
        channel=package.channel or archive.channel,
        md5=package.md5,
        sha256=package.sha256,
        depends=package.depends,
    )
    return Observation((component_of(record),))


def _of_source(package: _Package, address: str, file: str) -> Observation:
    """A package that is built where it is installed: known by what the lock says of it, if it does."""
    if package.name and package.version:
        record = CondaRecord(name=package.name, version=package.version, depends=package.depends)
        return Observation((component_of(record, path=shown_address(address)),))
    remark = Remark(
        code="version-unknown",
        layer=Layer.PACKAGES,
        subject=shown_address(package.name or address),
        message="it is built from source, and the lock does not say which version that makes",
        place=file,
    )
    return Observation(remarks=(remark,))
