"""What the manifest of an image that samestack built says of its layers: nothing else has to be pulled."""

import re
from collections.abc import Iterator
from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.readers.locks.python_packages import package
from samestack.capture.readers.requirements.packaging_values import package_name, placed, shown
from samestack.model import Component, Layer, Remark
from samestack.oci.places import Image

KIND: Final = "dev.samestack.layer.kind"
PACKAGES: Final = "dev.samestack.layer.packages"
"""``NAME==VERSION sha256:HASH`` of each wheel, joined by ``, ``."""

REMARK: Final = "told-by-manifest"

_WHEEL: Final = re.compile(r"(?P<name>[^=\s]+)==(?P<version>\S+) (?P<hash>sha256:[0-9a-f]{64})")


def read_annotations(image: Image) -> Observation | None:
    """The packages that the layers are said to hold; ``None`` for an image whose manifest says nothing.

    :class:`~samestack.errors.InputError` for an annotation that cannot be understood.
    """
    annotations = [layer.annotations for layer in image.manifest.layers]
    if not any(KIND in one for one in annotations):
        return None
    texts = [text for one in annotations if (text := one.get(PACKAGES))]
    components = tuple(component for text in texts for component in _packages(text, image.shown))
    return Observation(components, (_remark(image.shown),))


def _packages(text: str, where: str) -> Iterator[Component]:
    with placed(where, PACKAGES):
        for wheel in text.split(", "):
            match = _WHEEL.fullmatch(wheel)
            if match is None:
                raise ValueError(f"'{shown(wheel)}' is no wheel with its hash")
            yield package(package_name(match["name"]), shown(match["version"]), hashes=(match["hash"],))


def _remark(where: str) -> Remark:
    return Remark(
        code=REMARK,
        layer=Layer.PACKAGES,
        subject="layers",
        message="the packages are those that the manifest names: no layer was pulled (--deep pulls them)",
        place=where,
    )
