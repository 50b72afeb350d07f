"""Where documents about an image are attached: beside it, in its own registry or layout."""

from contextlib import AbstractContextManager
from pathlib import Path

from samestack.errors import RequestError
from samestack.oci.image_name import ImageName
from samestack.oci.layout.files import is_layout
from samestack.oci.layout.writing import writing_layout
from samestack.oci.places import Destination, Source
from samestack.oci.registry.opening import opened_destination


def opened_beside(reference: str, source: Source) -> AbstractContextManager[Destination]:
    """The place of an image, to be written to; ``source`` is what its reference was opened as.

    :class:`RequestError` for an archive or an engine: nothing in them can refer to an image.
    """
    scheme, _, locator = reference.partition(":")
    if scheme == "registry":
        return opened_destination(ImageName.parse(locator))
    directory = Path(source.shown())
    if scheme in {"image", "container"} or not directory.is_dir() or not is_layout(directory):
        hint = "push it first: samestack image push, or build it as a layout: oci:DIR"
        raise RequestError(f"'{reference}': documents are attached in a registry or a layout", hint=hint)
    return writing_layout(directory)
