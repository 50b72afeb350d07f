"""Images of a few files, as documents and blobs in memory; their layers are real archives."""

import gzip
import io
import tarfile
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO

from msgspec import Struct

from samestack.oci.digests import digest_of
from samestack.oci.documents import (
    CONFIG,
    LAYER_GZIP,
    MANIFEST,
    Descriptor,
    Execution,
    History,
    ImageConfig,
    Manifest,
    RootFilesystem,
    document_bytes,
)
from samestack.oci.layers.merged import MergedFiles, merged
from samestack.oci.places import Image
from samestack.oci.platform import AMD64, Platform


class Link(Struct, frozen=True):
    """A symbolic link."""

    target: str


class HardLink(Struct, frozen=True):
    """Another name of a file."""

    target: str


class Moded(Struct, frozen=True):
    """A file with permission bits of its own."""

    data: bytes
    mode: int


class Fifo(Struct, frozen=True):
    """A named pipe."""


Made = bytes | Link | HardLink | Moded | Fifo
Files = Mapping[str, Made]


class MadeLayer(Struct, frozen=True, kw_only=True):
    """A layer with what its manifest and its image's configuration say of it."""

    files: Files = {}
    annotations: Mapping[str, str] = {}
    command: str = ""


class MadeSource(Struct, frozen=True):
    """Where these images stand: in memory."""

    blobs: Mapping[str, bytes]

    def described(self, version: str) -> Descriptor:
        raise NotImplementedError(version)

    def document(self, descriptor: Descriptor) -> bytes:
        return self.blobs[descriptor.digest]

    def blob(self, descriptor: Descriptor) -> BinaryIO:
        return io.BytesIO(self.blobs[descriptor.digest])

    def referrers(self, digest: str) -> tuple[Descriptor, ...]:
        del digest
        return ()

    def shown(self) -> str:
        return "made"


def image(
    *layers: MadeLayer | Files,
    shown: str = "oci:made:1.0",
    platform: Platform = AMD64,
    env: Sequence[str] = (),
    annotations: Mapping[str, str] | None = None,
) -> Image:
    """An image of these layers, the lowest first."""
    made = [one if isinstance(one, MadeLayer) else MadeLayer(files=one) for one in layers]
    tars = [_tar(one.files) for one in made]
    packed = [gzip.compress(one, mtime=0) for one in tars]
    config = ImageConfig(
        architecture=platform.architecture,
        os=platform.os,
        rootfs=RootFilesystem(diff_ids=tuple(map(digest_of, tars))),
        config=Execution(env=tuple(env)),
        history=tuple(History(created_by=one.command) for one in made),
    )
    data = document_bytes(config)
    manifest = Manifest(
        schema_version=2,
        config=Descriptor(media_type=CONFIG, digest=digest_of(data), size=len(data)),
        layers=tuple(
            Descriptor(
                media_type=LAYER_GZIP, digest=digest_of(blob), size=len(blob), annotations=one.annotations
            )
            for one, blob in zip(made, packed, strict=True)
        ),
        annotations=annotations or {},
    )
    whole = document_bytes(manifest)
    return Image(
        shown=shown,
        descriptor=Descriptor(media_type=MANIFEST, digest=digest_of(whole), size=len(whole)),
        manifest=manifest,
        config=config,
        source=MadeSource({digest_of(one): one for one in (*packed, data)}),
    )


def files_of(made: Image) -> AbstractContextManager[MergedFiles]:
    return merged(made)


def _tar(files: Files) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, made in files.items():
            archive.addfile(*_member(path, made))
    return out.getvalue()


def _member(path: str, made: Made) -> tuple[tarfile.TarInfo, BinaryIO | None]:
    info = tarfile.TarInfo(path)
    info.mode = 0o755 if "/bin/" in path else 0o644
    match made:
        case Link(target):
            info.type, info.linkname = tarfile.SYMTYPE, target
            return info, None
        case HardLink(target):
            info.type, info.linkname = tarfile.LNKTYPE, target
            return info, None
        case Fifo():
            info.type = tarfile.FIFOTYPE
            return info, None
        case Moded(data, mode):
            info.size, info.mode = len(data), mode
            return info, io.BytesIO(data)
        case _:
            info.size = len(made)
            return info, io.BytesIO(made)
