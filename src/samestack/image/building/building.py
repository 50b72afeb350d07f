"""An image built: its layers found or written, moved to where it goes, and named as the very last thing."""

from collections.abc import Iterator
from contextlib import ExitStack

from samestack.image.building.documents import add_index, add_manifest
from samestack.image.building.layer_cache import LayerCache
from samestack.image.building.making import Made, made
from samestack.image.building.origin import origin_of
from samestack.image.building.outputs import Output, opened
from samestack.image.building.parts import KIND
from samestack.image.building.request import BuildRequest, Built, BuiltImage, BuiltLayer
from samestack.image.building.sending import Sending
from samestack.image.building.wheel_files import WheelFiles
from samestack.image.building.workshop import Workshop
from samestack.oci.documents import Descriptor
from samestack.progress import Reporter


def build(request: BuildRequest, output: Output, reporter: Reporter) -> Built:
    """Build the image for every platform that is asked for, and bring it to its place.

    Whatever goes wrong, the place has what it had before. :class:`~samestack.errors.RequestError` for what
    cannot be built as it is asked for, :class:`~samestack.errors.OutsideError` where something fails.
    """
    origin = origin_of(request.project.directory, request.environment)
    with ExitStack() as stack:
        destination = stack.enter_context(opened(output))
        workshop = Workshop(
            files=stack.enter_context(WheelFiles(request.environment)),
            cache=stack.enter_context(LayerCache(request.environment)),
            sending=stack.enter_context(Sending(destination)),
            output=output,
            reporter=reporter,
            opened=stack,
        )
        images = [made(request, platform, workshop) for platform in request.platforms]
        moved = workshop.sending.wait(reporter)
        manifests = [add_manifest(one, request, origin, destination) for one in images]
        descriptor = manifests[0] if len(manifests) == 1 else add_index(manifests, destination)
        destination.name(descriptor, output.tag)
    return Built(
        descriptor=descriptor,
        images=tuple(map(_built, images, manifests, [moved] * len(images))),
        output=output.shown,
        remarks=tuple(dict.fromkeys(_remarks(images))),
    )


def _remarks(images: list[Made]) -> Iterator[str]:
    for one in images:
        yield from one.what.remarks


def _built(image: Made, descriptor: Descriptor, moved: frozenset[str]) -> BuiltImage:
    layers = tuple(
        BuiltLayer(
            kind=layer.blob.descriptor.annotations[KIND],
            title=layer.title,
            digest=layer.blob.descriptor.digest,
            size=layer.blob.descriptor.size,
            was_written=layer.is_new,
            was_moved=layer.blob.descriptor.digest in moved,
        )
        for layer in image.layers
    )
    return BuiltImage(platform=image.platform, descriptor=descriptor, layers=layers)
