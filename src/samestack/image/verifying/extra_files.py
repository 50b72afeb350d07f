"""Files of an environment that no locked wheel has: excused, told of, or part of a package that is extra."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from msgspec import Struct

from samestack.image.verifying.environment_place import EnvironmentPlace
from samestack.image.verifying.exceptions import Environs, exception_of
from samestack.image.verifying.file_deviations import kind_words, permission_words
from samestack.image.verifying.verification import Deviation, DeviationKind
from samestack.oci.layers.merged import MergedFiles
from samestack.oci.layers.merged_file import FileKind

_STARTUP: Final = (".pth", "sitecustomize.py", "usercustomize.py")


class ExtraFiles(Struct, frozen=True, kw_only=True):
    """What was found."""

    deviations: tuple[Deviation, ...]
    excused: Mapping[str, int]
    """How many, by a key of :data:`~.exceptions.REASONS` or the name of a package that is told of."""


def extra_files(
    expected: Collection[str],
    claimed: Mapping[str, str],
    dist_infos: frozenset[str],
    files: MergedFiles,
    place: EnvironmentPlace,
) -> ExtraFiles:
    """What is among the modules and commands though no locked wheel has it.

    ``claimed`` are paths of packages that are told of elsewhere, with whose they are.
    """
    environs = Environs(place, dist_infos, expected)
    excused: Counter[str] = Counter()
    deviations = []
    for path in _searched(files, place):
        if path in expected:
            continue
        reason = claimed.get(path) or exception_of(path, files, environs)
        if reason:
            excused[reason] += 1
        else:
            deviations.append(_extra(path, files))
    return ExtraFiles(deviations=tuple(deviations), excused=excused)


def _searched(files: MergedFiles, place: EnvironmentPlace) -> Iterator[str]:
    """Whatever Python or a shell would find; commands only where nothing else has its own there."""
    starts = (f"{place.modules}/", *((f"{place.scripts}/",) if place.is_virtual else ()))
    for path, file in files.files.items():
        if file.kind is not FileKind.DIRECTORY and path.startswith(starts):
            yield path


def _extra(path: str, files: MergedFiles) -> Deviation:
    found = files.files[path]
    said = [] if found.kind is FileKind.FILE else [kind_words(found)]
    if path.endswith(_STARTUP):
        said.append("Python runs it at every start")
    if problem := permission_words(found):
        said.append(problem)
    return Deviation(
        kind=DeviationKind.EXTRA_FILE, subject=f"/{path}", detail="; ".join(said), layer=found.layer + 1
    )
