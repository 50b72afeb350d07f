"""The way in: how people say where an image stands becomes a source, or an image."""

import re
from pathlib import Path
from typing import Final, NamedTuple

from samestack.errors import RequestError
from samestack.oci.image_name import ImageName
from samestack.oci.images import image_of, images_of
from samestack.oci.layout.files import DirectoryFiles, is_layout
from samestack.oci.layout.source import LayoutSource
from samestack.oci.places import Image, Source
from samestack.oci.platform import Platform

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+]+):(.*)", re.DOTALL)
_HINT: Final = "write oci:PATH[:TAG], registry:HOST/NAME[:TAG], image:NAME, container:NAME, or just a path"


class Located(NamedTuple):
    """Where an image stands, and what it is called there."""

    source: Source
    version: str
    """A tag, a whole name or a digest; empty for the only or the latest one."""


def located(text: str) -> Located:
    """What a reference of an image means: ``oci:DIR[:TAG]``, ``image:NAME``, ``registry:HOST/NAME``, a path.

    An engine is asked for the whole image here and now. :class:`RequestError` for what is no reference of an
    image, or is not there.
    """
    match = _SCHEME.fullmatch(text)
    if match is None:
        return _of_files(text, text)
    scheme, locator = match.groups()
    match scheme:
        case "oci":
            return _of_files(locator, text)
        case "registry":
            return _of_registry(locator)
        case "image" | "container":
            return _of_engine(scheme, locator)
    raise RequestError(f"'{scheme}:' names no image", hint=_HINT)


def open_source(text: str) -> Source:
    """The place that a reference of an image names; see :func:`located`."""
    return located(text).source


def open_image(text: str, platform: Platform | None = None) -> Image:
    """The image that a reference names, for a platform; see :func:`located` and :func:`.images.image_of`."""
    source, version = located(text)
    return image_of(source, version, platform)


def images_in(text: str) -> tuple[Image, ...]:
    """The images that a reference names, one for each platform."""
    return images_of(*located(text))


def _of_files(locator: str, text: str) -> Located:
    path, version = _split(locator, text)
    if path.is_dir():
        if not is_layout(path):
            raise RequestError(f"'{path}' is a directory and no image layout", hint=_HINT)
        return Located(LayoutSource(DirectoryFiles(path)), version)
    from samestack.oci.archive.source import archive_source

    return Located(archive_source(path), version)


def _split(locator: str, text: str) -> tuple[Path, str]:
    """A path and what follows the colon or ``@`` after it: the longest path that is there."""
    ends = [len(locator), *(match.start() for match in re.finditer("[:@]", locator))]
    for end in sorted(ends, reverse=True):
        path = Path(locator[:end]).expanduser()
        if locator[:end] and path.exists():
            return path, locator[end + 1 :]
    raise RequestError(f"'{text}': no such layout or archive", hint=_HINT)


def _of_registry(locator: str) -> Located:
    from samestack.oci.registry.opening import registry_source

    name = ImageName.parse(locator)
    return Located(registry_source(name), name.digest or name.tag)


def _of_engine(scheme: str, name: str) -> Located:
    from samestack.oci.engines.sources import container_source, image_source

    if not name:
        raise RequestError(f"'{scheme}:' names no {scheme}", hint=_HINT)
    return Located(container_source(name) if scheme == "container" else image_source(name), "")
