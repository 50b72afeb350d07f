"""A base of Debian packages: what is taken is decided once and locked; the layers follow from the lock alone.

:func:`decide` asks the mirror which packages there are, :func:`base_layers` says, without asking anybody,
which layers a lock makes, and :func:`debian_base` fills those that no cache has. Nothing is executed, so it
takes no root and any machine serves for any architecture.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from samestack.capture.addresses import without_credentials
from samestack.errors import InputError
from samestack.image.debian.archives.unpacking import Unpacked, unpack
from samestack.image.debian.database import package_entries, whole_entries
from samestack.image.debian.fetching import Fetching
from samestack.image.debian.index import POCKETS, Found, find_suites, read_packages
from samestack.image.debian.layering import BaseLayer, base_layers
from samestack.image.debian.locked import LockedDebian, LockedPackage
from samestack.image.debian.mirror import machine_mirror
from samestack.image.debian.package import Package
from samestack.image.debian.placing import placed
from samestack.image.debian.resolving import Catalogue, resolve
from samestack.image.debian.settled.root import united
from samestack.image.debian.settled.rules import settled
from samestack.image.debian.settled.scripts import unsettled
from samestack.image.layers.entry import LayerEntry
from samestack.progress import SILENT, Reporter

__all__ = ["BaseLayer", "DebianBase", "Decided", "base_layers", "debian_base", "decide"]


class Decided(Struct, frozen=True, kw_only=True):
    """Which packages a base has from now on."""

    locked: LockedDebian
    remarks: tuple[str, ...] = ()
    """What a user should know of how it was decided, a line each."""


def decide(
    suite: str,
    requested: Sequence[str],
    architectures: Sequence[str],
    *,
    environment: Mapping[str, str] = os.environ,
    reporter: Reporter = SILENT,
) -> Decided:
    """Decide which packages a base of a suite (``bookworm``) has, for each architecture (``amd64``).

    :class:`RequestError` for what cannot be had together, :class:`OutsideError` for a mirror that fails,
    :class:`InputError` for one that is not what the archive's keys signed.
    """
    found = find_suites(machine_mirror(environment), suite)
    release = found[0].release.codename or suite
    packages: dict[str, tuple[LockedPackage, ...]] = {}
    with Fetching(environment, reporter) as fetching:
        for architecture in architectures:
            known = (one for each in found for one in read_packages(each, architecture, fetching))
            taken = resolve(Catalogue.of(known), requested)
            packages[architecture] = tuple(_locked(one, release) for one in taken)
    locked = LockedDebian(suite=release, requested=tuple(sorted(set(requested))), packages=packages)
    return Decided(locked=locked, remarks=tuple(_remarks(found)))


class DebianBase:
    """The packages of a lock at hand: fetched and unpacked when a layer of them is first asked for."""

    def __init__(
        self,
        locked: LockedDebian,
        architecture: str,
        directory: Path,
        environment: Mapping[str, str],
        reporter: Reporter,
    ) -> None:
        self._locked = locked
        self._architecture = architecture
        self._directory = directory
        self._environment = environment
        self._reporter = reporter
        self._unpacked: dict[LockedPackage, Unpacked] = {}

    def entries(self, layer: BaseLayer) -> tuple[LayerEntry, ...]:
        """Everything in a layer. Its content can be read as long as the base is open."""
        packages = self._at_hand(layer.packages)
        if layer.is_top:
            return tuple(self._top(packages))
        files = united((one, _placed(one)) for one in packages).files
        return (*files.values(), *(entry for one in packages for entry in package_entries(one)))

    def remarks(self, layer: BaseLayer) -> tuple[str, ...]:
        """What a user should know of the packages of a layer, a line each."""
        names = unsettled(self._at_hand(layer.packages))
        what = (
            "have scripts of their own, which are" if len(names) > 1 else "has a script of its own, which is"
        )
        return (f"{', '.join(names)} {what} not run",) if names else ()

    def _top(self, packages: Sequence[Unpacked]) -> Iterator[LayerEntry]:
        root = united((one, _placed(one)) for one in packages)
        yield from settled(root, self._architecture)
        yield from whole_entries(packages)

    def _at_hand(self, packages: Sequence[LockedPackage]) -> list[Unpacked]:
        missing = [one for one in packages if one not in self._unpacked]
        if missing:
            mirror = machine_mirror(self._environment)
            with Fetching(self._environment, self._reporter) as fetching:
                files = fetching.packages(missing, mirror, self._locked.suite)
            for package, path in files.items():
                self._unpacked[package] = unpack(package, path, self._directory)
        return [self._unpacked[one] for one in packages]


@contextmanager
def debian_base(
    locked: LockedDebian,
    architecture: str,
    *,
    environment: Mapping[str, str] = os.environ,
    reporter: Reporter = SILENT,
) -> Iterator[DebianBase]:
    """The base of a lock for an architecture; what it unpacks is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="samestack-debian-") as directory:
        yield DebianBase(locked, architecture, Path(directory), environment, reporter)


def _placed(unpacked: Unpacked) -> tuple[LayerEntry, ...]:
    return placed(unpacked.entries, where=unpacked.package.text)


def _locked(package: Package, release: str) -> LockedPackage:
    try:
        return LockedPackage(
            name=package.name,
            version=package.version,
            architecture=package.architecture,
            file=package.file,
            size=package.size,
            sha256=package.sha256,
            suite="" if package.suite == release else package.suite,
        )
    except ValueError as error:
        raise InputError("the index of packages", str(error), place=package.name) from None


def _remarks(found: Sequence[Found]) -> Iterator[str]:
    release = found[0].release.codename
    for one in found:
        shown = f"{without_credentials(one.place.address)} {one.release.suite}"
        if one.release.signed.unchecked:
            yield f"the signature of {shown} was not checked: {one.release.signed.unchecked}"
        if one.release.valid_until is not None and one.release.valid_until < datetime.now(UTC):
            yield f"{shown} says that it is out of date since {one.release.valid_until:%Y-%m-%d}"
    suites = {one.release.codename for one in found}
    for pocket in POCKETS:
        if f"{release}-{pocket}" not in suites:
            yield f"no mirror here has {release}-{pocket}: its updates are left out"
