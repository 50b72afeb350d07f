"""An archive that images are written to: a tar file that Docker, podman and skopeo read, each in its way."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samestack.errors import OutsideError, RequestError
from samestack.oci.archive.packing import pack
from samestack.oci.layout.destination import LayoutDestination
from samestack.oci.layout.files import is_layout
from samestack.oci.layout.writing import writing_layout


@contextmanager
def archive_destination(path: Path) -> Iterator[LayoutDestination]:
    """An archive as a destination (:data:`~samestack.oci.places.Opened`).

    It appears at the end, whole, in place of one that stood there, when something was named. With a whole
    name (``team/name:1.0``) engines load the image under it. Beside it there is room for its content twice
    meanwhile, since the order of files in it must not depend on the order in which they came.
    """
    if path.is_dir():
        raise RequestError(f"'{path}' is a directory", hint="name a file, or write oci:DIR for a layout")
    aside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with writing_layout(aside / "layout") as layout:
            yield layout
        if is_layout(aside / "layout"):
            _replace(path, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _replace(path: Path, aside: Path) -> None:
    try:
        pack(aside / "layout", aside / "archive")
        (aside / "archive").replace(path)
    except OSError as error:
        raise OutsideError(f"{path}: cannot be written: {error.strerror}") from None
