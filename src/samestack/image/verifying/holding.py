"""The packages that a lock has, held against the files of an image."""

from collections.abc import Iterator, Mapping

from samestack.image.building.debian_layers import locked_debian
from samestack.image.verifying.claims import claimed_paths
from samestack.image.verifying.environment_place import EnvironmentPlace
from samestack.image.verifying.exceptions import REASONS
from samestack.image.verifying.expected import ExpectedPackage, together
from samestack.image.verifying.extra_files import extra_files
from samestack.image.verifying.file_deviations import file_deviations
from samestack.image.verifying.installed import installed_packages
from samestack.image.verifying.notes import notes
from samestack.image.verifying.package_deviations import sorted_packages
from samestack.image.verifying.system_deviations import system_deviations
from samestack.image.verifying.verification import Unchecked, Verification
from samestack.lock.decision import Lock
from samestack.lock.platforms import marker_environment
from samestack.lock.selecting import local_projects, locked_for
from samestack.oci.layers.merged import MergedFiles
from samestack.oci.places import Image


def held_against(
    image: Image,
    lock: Lock,
    expected: tuple[ExpectedPackage, ...],
    files: MergedFiles,
    place: EnvironmentPlace,
) -> Verification:
    """What deviates of packages, of files and of the operating system; layers are not made again."""
    marker = marker_environment(image.platform.in_a_lock, place.series)
    projects = local_projects(locked_for(lock, marker))
    packages = sorted_packages(expected, installed_packages(files, place), projects, files)
    claimed = claimed_paths(packages.others, files, place)
    wanted = together(packages.held)
    extra = extra_files(wanted, claimed, frozenset(one.dist_info for one in packages.held), files, place)
    debian = locked_debian(lock)
    system = debian.of(image.platform.architecture) if debian else None
    return Verification(
        shown=image.shown,
        digest=image.descriptor.digest,
        platform=str(image.platform),
        lock=str(lock.path),
        environment=f"/{place.root}",
        packages=len(expected),
        files=len(wanted),
        system_packages=None if system is None else len(system),
        deviations=(
            *packages.deviations,
            *sorted((*file_deviations(wanted, files, place), *extra.deviations), key=lambda one: one.subject),
            *(() if system is None else system_deviations(system, files)),
        ),
        unchecked=tuple(_unchecked(extra.excused)),
        notes=tuple(notes(image, lock, projects, files, place)),
    )


def _unchecked(excused: Mapping[str, int]) -> Iterator[Unchecked]:
    for what, reason in REASONS.items():
        if excused.get(what):
            yield Unchecked(what=what, files=excused[what], reason=reason)
