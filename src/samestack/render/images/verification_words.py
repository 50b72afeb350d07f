"""An image held against its lock, in words that the terminal and the page share."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from samestack.image.verifying.verification import Deviation, DeviationKind, Unchecked, Verification
from samestack.render.images.byte_words import counted

KINDS: Final = {
    DeviationKind.MISSING_PACKAGE: "missing",
    DeviationKind.EXTRA_PACKAGE: "extra",
    DeviationKind.OTHER_VERSION: "other version",
    DeviationKind.MISSING_FILE: "missing",
    DeviationKind.ALTERED_FILE: "altered",
    DeviationKind.REPLACED_FILE: "replaced",
    DeviationKind.EXTRA_FILE: "extra",
    DeviationKind.PERMISSIONS: "permissions",
    DeviationKind.MISSING_SYSTEM_PACKAGE: "missing",
    DeviationKind.EXTRA_SYSTEM_PACKAGE: "extra",
    DeviationKind.OTHER_SYSTEM_VERSION: "other version",
    DeviationKind.OTHER_LAYER: "other",
}

_HEADINGS: Final = {
    DeviationKind.MISSING_PACKAGE: "packages",
    DeviationKind.EXTRA_PACKAGE: "packages",
    DeviationKind.OTHER_VERSION: "packages",
    DeviationKind.MISSING_SYSTEM_PACKAGE: "packages of the system",
    DeviationKind.EXTRA_SYSTEM_PACKAGE: "packages of the system",
    DeviationKind.OTHER_SYSTEM_VERSION: "packages of the system",
    DeviationKind.OTHER_LAYER: "layers",
}
_OF_NO_PACKAGE: Final = "files of no package"


def verdict(verification: Verification) -> str:
    """The answer in a sentence."""
    if verification.is_whole:
        return "It is what its lock says."
    return f"It is not what its lock says: {counted(len(verification.deviations), 'deviation')}."


def scope(verification: Verification) -> str:
    """What was held against what."""
    said = [
        counted(verification.packages, "package"),
        f"{counted(verification.files, 'file')} in {verification.environment}",
    ]
    if verification.system_packages is not None:
        said.append(f"{counted(verification.system_packages, 'package')} of the system")
    if verification.layers is not None:
        said.append(f"{counted(verification.layers, 'layer')} made again")
    return f"held against {verification.lock}: {', '.join(said)}"


def groups(verification: Verification) -> Iterator[tuple[str, Sequence[Deviation]]]:
    """The deviations under their headings: packages and layers as a whole, then files by their packages."""

    def order(one: Deviation) -> tuple[bool, str]:
        return (one.kind not in _HEADINGS, heading(one))

    for _, found in groupby(sorted(verification.deviations, key=order), order):
        deviations = list(found)
        yield heading(deviations[0]), deviations


def heading(deviation: Deviation) -> str:
    """What a deviation is listed under."""
    return _HEADINGS.get(deviation.kind) or deviation.package or _OF_NO_PACKAGE


def detail_words(deviation: Deviation) -> str:
    """What is there instead, and which layer did it."""
    layer = f"by layer {deviation.layer}" if deviation.layer else ""
    return ", ".join(filter(None, (deviation.detail, layer)))


def unchecked_words(unchecked: Unchecked) -> str:
    """What was not held against anything, and why."""
    return f"{counted(unchecked.files, 'file')} of {unchecked.what}: {unchecked.reason}"
