"""The modules of packages that a program imports, compiled beforehand, in a layer of their own.

The program's own modules are not among them: they are few, and would change the layer with every edit.
"""

from collections.abc import Iterable, Iterator, Mapping

from samestack.image.building.laid_out import laid_out
from samestack.image.building.locked_wheels import LockedWheel
from samestack.image.building.parts import Part, writing
from samestack.image.building.plan import layer_key
from samestack.image.building.request import BuildRequest
from samestack.image.building.wheel_files import WheelFiles
from samestack.image.layers.compression import compressor
from samestack.image.layers.entry import Content, LayerEntry
from samestack.image.wheels.archive import read_wheel
from samestack.image.wheels.bytecode import compiled
from samestack.image.wheels.installing import placed
from samestack.image.wheels.tracing import Traced, traced
from samestack.oci.images import machine_platform
from samestack.oci.platform import Platform


def bytecode_parts(
    request: BuildRequest,
    platform: Platform,
    wheels: tuple[LockedWheel, ...],
    application: Part,
    files: WheelFiles,
) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The layer, where the settings ask for it and this machine can try the imports; and what to know."""
    if not request.settings.bytecode:
        return (), ()
    if not machine_platform().serves(platform):
        return (), (f"nothing is compiled for {platform}: its modules cannot be imported on this machine",)
    return (_part(request, wheels, application, files),), ()


def _part(
    request: BuildRequest, wheels: tuple[LockedWheel, ...], application: Part, files: WheelFiles
) -> Part:
    def entries() -> tuple[LayerEntry, ...]:
        with laid_out(wheels, files, request.python) as python:
            found = traced(request.settings.bytecode, python, directory=request.project.directory)
            return compiled(_sources(found, request, wheels, files), python, request.python)

    hashes = sorted(one.sha256 for one in wheels)
    asked = ("bytecode", compressor(), request.python, request.settings.prefix, *request.settings.bytecode)
    key = layer_key(*asked, application.key, *hashes)
    return Part(kind="bytecode", title="compiled modules", key=key, write=writing(entries))


def _sources(
    found: Traced, request: BuildRequest, wheels: Iterable[LockedWheel], files: WheelFiles
) -> Mapping[str, Content]:
    """The traced files of packages, by their paths in the image."""
    root = f"{request.settings.prefix.strip('/')}/lib/python{request.python}/site-packages"
    wanted = {f"{root}/{path}" for path in found.packages}
    return dict(_wanted_in(wheels, wanted, request, files))


def _wanted_in(
    wheels: Iterable[LockedWheel], wanted: set[str], request: BuildRequest, files: WheelFiles
) -> Iterator[tuple[str, Content]]:
    for wheel in wheels:
        opened = read_wheel(files.one(wheel), sha256=wheel.sha256)
        for entry in placed(opened, request.settings.prefix, request.python):
            if entry.path in wanted and entry.content is not None:
                yield entry.path, entry.content
