"""An image that was built before serves as the cache: its manifest says which layer each key has become."""

from collections.abc import Iterator, Mapping

from msgspec import Struct, structs

from samestack.errors import RequestError
from samestack.image.building.parts import DIFF_ID, KEY, PACKAGES, SIZES, Part, Ready, ready
from samestack.oci.digests import is_digest
from samestack.oci.documents import LAYER_GZIP, Descriptor
from samestack.oci.images import image_of
from samestack.oci.places import Blob, Source
from samestack.oci.platform import Platform


class Previous(Struct, frozen=True, kw_only=True):
    """The layers of images that samestack built, by their keys.

    Whoever can write to that place decides what is in them: for somebody else's, build without it.
    """

    source: Source
    layers: Mapping[str, Descriptor]
    annotations: Mapping[str, str]
    """Of the manifest."""
    repository: str = ""
    """Where they are, for a registry that can mount them elsewhere."""

    def wheel_sizes(self) -> Iterator[tuple[str, int]]:
        """The sizes of the wheels that its layers hold, each with its SHA-256, as far as they are told."""
        for layer in self.layers.values():
            labels = layer.annotations.get(PACKAGES, "").split(", ")
            sizes = layer.annotations.get(SIZES, "").split(", ")
            for label, size in zip(labels, sizes, strict=False):
                if size.isdecimal():
                    yield label.rpartition("sha256:")[2], int(size)

    def ready(self, part: Part) -> Ready | None:
        """The layer of a part, if it is among them and says the same of itself."""
        found = self.layers.get(part.key)
        if found is None or not is_digest(found.annotations.get(DIFF_ID, "")):
            return None
        diff_id = found.annotations[DIFF_ID]
        descriptor = structs.replace(found, annotations={**part.annotations, DIFF_ID: diff_id})
        blob = Blob(descriptor=descriptor, open=lambda: self.source.blob(found), origin=self.repository)
        return ready(part, blob, diff_id)


def previous(source: Source, version: str, platform: Platform, *, repository: str = "") -> Previous | None:
    """What a tag or digest names for a platform; ``None`` where nothing is there that could serve."""
    try:
        image = image_of(source, version, platform)
    except RequestError:
        return None
    layers = {
        layer.annotations[KEY]: layer
        for layer in image.manifest.layers
        if KEY in layer.annotations and layer.media_type == LAYER_GZIP
    }
    annotations = image.manifest.annotations
    return Previous(source=source, layers=layers, annotations=annotations, repository=repository)
