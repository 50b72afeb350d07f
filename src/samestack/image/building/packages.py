"""The layers of packages: what is in them is placed from the wheels when somebody has to write them."""

from collections.abc import Iterable, Iterator
from typing import Final

from samestack.image.building.overlaps import note_paths
from samestack.image.building.parts import Part, writing
from samestack.image.building.plan import PackageLayer
from samestack.image.building.request import BuildRequest
from samestack.image.building.wheel_files import WheelFiles
from samestack.image.layers.entry import LayerEntry
from samestack.image.wheels.archive import read_wheel
from samestack.image.wheels.installing import placed

_NAMED: Final = 3
"""How many packages the title of a layer names."""


def package_part(layer: PackageLayer, request: BuildRequest, files: WheelFiles) -> Part:
    """The layer as a part."""
    python, prefix = request.python, request.settings.prefix

    def entries() -> Iterator[LayerEntry]:
        for wheel in layer.wheels:
            found = placed(read_wheel(files.one(wheel), sha256=wheel.sha256), prefix, python)
            note_paths(wheel, found, request)
            yield from found

    return Part(
        kind=layer.kind,
        title=_title(f"{one.name} {one.version}" for one in layer.wheels),
        key=layer.key(python, prefix),
        write=writing(entries),
        packages=", ".join(one.label for one in layer.wheels),
        sizes=", ".join(str(one.size) for one in layer.wheels),
    )


def _title(labels: Iterable[str]) -> str:
    named = list(labels)
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return ", ".join(named[:_NAMED]) + more
