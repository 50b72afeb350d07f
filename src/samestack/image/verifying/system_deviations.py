"""Packages of the operating system held against those that a lock decides."""

from collections.abc import Iterator, Sequence

from samestack.capture.image_tree import ImageTree
from samestack.capture.probes.system.debian_packages import read_debian_packages
from samestack.image.debian.locked import LockedPackage
from samestack.image.verifying.verification import Deviation, DeviationKind
from samestack.oci.layers.merged import MergedFiles


def system_deviations(locked: Sequence[LockedPackage], files: MergedFiles) -> Iterator[Deviation]:
    """Which packages dpkg's database has that the lock has not, and the other way round."""
    wanted = {one.name: one.version for one in locked}
    found = {one.name: one.version or "" for one in read_debian_packages(ImageTree(files)).components}
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            kind, detail = DeviationKind.MISSING_SYSTEM_PACKAGE, f"{wanted[name]} is locked"
        elif name not in wanted:
            kind, detail = DeviationKind.EXTRA_SYSTEM_PACKAGE, f"{found[name]}, which the lock does not have"
        elif found[name] != wanted[name]:
            kind, detail = DeviationKind.OTHER_SYSTEM_VERSION, f"{found[name]} instead of {wanted[name]}"
        else:
            continue
        yield Deviation(kind=kind, subject=name, detail=detail)
