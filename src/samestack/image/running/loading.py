"""An image, wherever it stands, brought to an engine: its layers are moved only where it is not there yet."""

import re
import tempfile
from pathlib import Path
from typing import Final

from samestack.errors import RequestError
from samestack.image.attesting.said import STANDARD, said_of
from samestack.oci.archive.destination import archive_destination
from samestack.oci.copying import copy
from samestack.oci.engines.engine import Engine
from samestack.oci.image_name import ImageName
from samestack.oci.images import image_of
from samestack.oci.opening import located
from samestack.oci.places import Image
from samestack.oci.random_access import large_directory
from samestack.progress import Reporter

_OTHER: Final = re.compile(r"[^a-z0-9]+")
_DIGITS: Final = 12


def runnable(reference: str, engine: Engine, reporter: Reporter) -> str:
    """What an engine calls the image of a reference, loading it from a layout or an archive if it must.

    What stands in a registry, the engine fetches itself, with its own credentials. :class:`RequestError` for
    a container, which is no image.
    """
    scheme, _, locator = reference.partition(":")
    if scheme == "image":
        return locator
    if scheme == "registry":
        return str(ImageName.parse(locator))
    if scheme == "container":
        raise RequestError(f"'{reference}' runs already, or has run", hint=f"{engine.name} start {locator}")
    source, version = located(reference)
    image = image_of(source, version)
    return _found(image, engine) or _loaded(image, engine, reporter)


def _found(image: Image, engine: Engine) -> str | None:
    """Engines call an image by its configuration's digest, or by its manifest's."""
    for digest in (image.manifest.config.digest, image.descriptor.digest):
        try:
            return engine.inspect(digest).id
        except RequestError:
            continue
    return None


def _loaded(image: Image, engine: Engine, reporter: Reporter) -> str:
    with tempfile.TemporaryDirectory(prefix="samestack-", dir=large_directory()) as directory:
        archive = Path(directory) / "image.tar"
        with archive_destination(archive) as destination:
            copy(image.source, image.descriptor.digest, destination, _name(image), reporter=reporter)
        return engine.load(archive)


def _name(image: Image) -> str:
    """A name that tells people what it is, and that nothing else has."""
    title = _OTHER.sub("-", said_of(image).get(f"{STANDARD}title", "").lower()).strip("-") or "image"
    digits = image.descriptor.digest.partition(":")[2][:_DIGITS]
    return f"localhost/samestack/{title}:{digits}"
