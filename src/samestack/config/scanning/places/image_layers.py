"""An image: every file of every layer, also what a layer above has removed, and its configuration."""

from collections.abc import Iterator, Mapping
from typing import Final

from samestack.config.scanning.places.reading import is_read, looks_binary, texts_of
from samestack.config.scanning.text import Text
from samestack.errors import InputError
from samestack.oci.layers.spool import Spool
from samestack.oci.layers.tar_members import TarMember, members
from samestack.oci.opening import images_in
from samestack.oci.places import Image
from samestack.oci.random_access import RandomAccessFile
from samestack.progress import Reporter

MAX_MEMBERS: Final = 2_000_000
"""An image with more files is refused. The largest seen has 300,000."""
_SNIFFED_BYTES: Final = 8192
_SHOWN: Final = 12
_NAME: Final = "the image"
_ENVIRONMENT: Final = "configuration, Env"


def image_texts(reference: str, reporter: Reporter) -> Iterator[Text]:
    """The texts of an image for every platform that it is for; a layer that several share is told once."""
    seen: set[str] = set()
    for image in images_in(reference):
        yield from _configured(image)
        for number, diff_id in enumerate(image.config.rootfs.diff_ids):
            if diff_id not in seen:
                seen.add(diff_id)
                yield from _of_layer(image, number, reporter)


def _configured(image: Image) -> Iterator[Text]:
    """What an image says to everybody who may pull it: variables, labels, and the commands that made it."""
    execution = image.config.config
    environment = "\n".join(execution.env)
    labels: Mapping[str, str] = execution.labels or {}
    said = "\n".join(f"{name}={value}" for name, value in labels.items())
    commands = "\n".join((*(execution.entrypoint or ()), *(execution.cmd or ())))
    history = "\n".join(f"{one.created_by} {one.comment}" for one in image.config.history)
    for part, content in (
        (_ENVIRONMENT, environment),
        ("configuration, Labels", said),
        ("configuration, Entrypoint and Cmd", commands),
        ("configuration, history", history),
    ):
        if content:
            yield Text(path=_NAME, content=content, part=part, is_file=False)


def _of_layer(image: Image, number: int, reporter: Reporter) -> Iterator[Text]:
    descriptor, diff_id = image.manifest.layers[number], image.config.rootfs.diff_ids[number]
    where = f"{image.shown}: layer {number + 1}"
    spool = Spool()  # one for each layer, so that the disk holds the largest at most
    with image.source.blob(descriptor) as stream:
        span = spool.add(stream, size=descriptor.size, diff_id=diff_id, where=where)
    part = f"layer {number + 1} ({diff_id.removeprefix('sha256:')[:_SHOWN]})"
    reporter.started(f"Looking through layer {number + 1} of {len(image.manifest.layers)}")
    try:
        for count, member in enumerate(members(spool.file, span.start, span.end, where=where)):
            if count >= MAX_MEMBERS:
                raise InputError(where, f"it has more than {MAX_MEMBERS} files")
            yield from _of_member(spool.file, member, part, reporter)
    finally:
        reporter.finished()


def _of_member(file: RandomAccessFile, member: TarMember, part: str, reporter: Reporter) -> Iterator[Text]:
    path = member.header.name.removeprefix("./").lstrip("/")
    if not member.size or not is_read(path, member.size):
        return
    reporter.advanced(path)
    if looks_binary(file.read_at(member.offset, min(_SNIFFED_BYTES, member.size))):
        return
    data = file.read_at(member.offset, member.size)
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    yield from texts_of(shown, data, part=part)
