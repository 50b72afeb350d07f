"""Packages held against the lock: which are there, which are not, and which are there as well."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from samestack.compare.releases import SEEDS as SEED_NAMES
from samestack.compare.versions import normal_version
from samestack.image.verifying.exceptions import PROJECT, SEEDS
from samestack.image.verifying.expected import ExpectedPackage
from samestack.image.verifying.installed import InstalledPackage
from samestack.image.verifying.verification import Deviation, DeviationKind
from samestack.oci.layers.merged import MergedFiles


class SortedPackages(Struct, frozen=True, kw_only=True):
    """The packages of a lock and of an environment, told apart."""

    held: tuple[ExpectedPackage, ...]
    """Those whose files are held against the lock."""
    deviations: tuple[Deviation, ...]
    others: Mapping[InstalledPackage, str]
    """Those that the lock does not decide: each with the exception that it is, else with its name."""


def sorted_packages(
    locked: Sequence[ExpectedPackage],
    installed: Sequence[InstalledPackage],
    projects: Collection[str],
    files: MergedFiles,
) -> SortedPackages:
    """Which packages are there in the locked version, and what the others are.

    ``projects`` are those that the lock names as directories of a machine.
    """
    held = [one for one in locked if _is_there(one, installed, files)]
    own = {one.dist_info for one in held}
    names = {one.name for one in locked}
    others = {one: _excuse(one, names, projects) for one in installed if one.dist_info not in own}
    unexcused = [one for one, excuse in others.items() if not excuse]
    return SortedPackages(
        held=tuple(held),
        deviations=(
            *_absent(locked, held, unexcused, files),
            *_extra(unexcused, names, {one.name for one in held}, files),
        ),
        others={one: excuse or one.name for one, excuse in others.items()},
    )


def _is_there(package: ExpectedPackage, installed: Sequence[InstalledPackage], files: MergedFiles) -> bool:
    """Also where its metadata is gone and some of its files are there: then these are told of one by one."""
    found = [one for one in installed if one.name == package.name]
    if found:
        return any(one.dist_info == package.dist_info for one in found)
    return any(path in files.files for path in package.files)


def _excuse(package: InstalledPackage, locked: Collection[str], projects: Collection[str]) -> str:
    if package.name in locked:
        return ""
    return PROJECT if package.name in projects else SEEDS if package.name in SEED_NAMES else ""


def _absent(
    locked: Sequence[ExpectedPackage],
    held: Sequence[ExpectedPackage],
    others: Sequence[InstalledPackage],
    files: MergedFiles,
) -> Iterator[Deviation]:
    """Packages that are not there in the locked version: at all, or in another one."""
    for package in locked:
        if package not in held:
            yield _replaced(package, [one for one in others if one.name == package.name], files)


def _replaced(package: ExpectedPackage, others: Sequence[InstalledPackage], files: MergedFiles) -> Deviation:
    if not others:
        detail = f"{package.version} is locked"
        return Deviation(kind=DeviationKind.MISSING_PACKAGE, subject=package.name, detail=detail)
    same = normal_version(others[0].version) == normal_version(package.version)
    locked = f"{package.version} of another wheel" if same else package.version
    return Deviation(
        kind=DeviationKind.OTHER_VERSION,
        subject=package.name,
        detail=f"{', '.join(one.version for one in others)} instead of {locked}",
        layer=_layer(others[0], files),
    )


def _extra(
    others: Sequence[InstalledPackage], locked: Collection[str], held: Collection[str], files: MergedFiles
) -> Iterator[Deviation]:
    """Packages that the lock does not have, or that are there once more."""
    for one in others:
        if one.name not in locked or one.name in held:
            beside = " beside the locked one" if one.name in held else ""
            yield Deviation(
                kind=DeviationKind.EXTRA_PACKAGE,
                subject=one.name,
                detail=f"{one.version}{beside}, which the lock does not have",
                layer=_layer(one, files),
            )


def _layer(package: InstalledPackage, files: MergedFiles) -> int:
    """The layer that brought a package, by its metadata."""
    for name in ("/METADATA", "/PKG-INFO", ""):
        if found := files.files.get(package.dist_info + name):
            return found.layer + 1
    return 0
