"""Small images in layouts, as samestack or somebody else would have built them."""

import gzip
import hashlib
import io
import tarfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from samestack.image.building.config import LOCK_DIGEST, STACK_DIGEST
from samestack.image.building.parts import KIND, PACKAGES
from samestack.oci.digests import digest_of
from samestack.oci.documents import (
    CONFIG,
    LAYER_GZIP,
    MANIFEST,
    Descriptor,
    Execution,
    ImageConfig,
    Manifest,
    RootFilesystem,
    described,
    document_bytes,
)
from samestack.oci.layout.writing import writing_layout
from samestack.oci.opening import open_image
from samestack.oci.places import Blob, Image

CREATED: Final = "2026-03-01T12:00:00Z"
STACK: Final = digest_of(b"stack")
PACKAGING: Final = hashlib.sha256(b"packaging wheel").hexdigest()
PLUS: Final = hashlib.sha256(b"torch wheel").hexdigest()
WHEELS: Final = f"packaging==24.1 sha256:{PACKAGING}, torch==2.3.0+cpu sha256:{PLUS}"
SITE: Final = "opt/venv/lib/python3.11/site-packages"


def layer(files: Mapping[str, str]) -> bytes:
    """A layer of text files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return gzip.compress(packed.getvalue(), mtime=0)


def distribution(name: str, version: str) -> dict[str, str]:
    """The files of an installed package."""
    metadata = f"{SITE}/{name}-{version}.dist-info"
    return {
        f"{metadata}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{metadata}/RECORD": f"{name}.py,,\n",
        f"{SITE}/{name}.py": "",
    }


ROOT: Final = {
    "etc/os-release": 'ID=debian\nVERSION_ID="12"\n',
    "var/lib/dpkg/status": (
        "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.36-9+deb12u9\n\n"
        "Package: zlib1g\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:1.2.13.dfsg-1\n\n"
    ),
    "opt/venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.11.2\n",
}


def built(directory: Path, *, lock: bytes = b"lock", wheels: str = WHEELS) -> Image:
    """An image as samestack builds them, with two packages."""
    packages = {**distribution("packaging", "24.1"), **distribution("torch", "2.3.0+cpu")}
    annotations = {KIND: "wheels", PACKAGES: wheels}
    labels = {
        LOCK_DIGEST: digest_of(lock),
        STACK_DIGEST: STACK,
        "org.opencontainers.image.title": "helpdesk",
        "org.opencontainers.image.revision": "a" * 40,
        "org.opencontainers.image.base.name": "registry.example.com/debian:bookworm",
        "org.opencontainers.image.base.digest": digest_of(b"base"),
    }
    return written(directory, [(layer(ROOT), {KIND: "base"}), (layer(packages), annotations)], labels)


def foreign(directory: Path) -> Image:
    """An image that another tool built."""
    return written(directory, [(layer(ROOT), {})], {})


def written(
    directory: Path, layers: Sequence[tuple[bytes, Mapping[str, str]]], labels: Mapping[str, str]
) -> Image:
    """An image in a layout, under the tag ``1``."""
    config = ImageConfig(
        architecture="amd64",
        os="linux",
        created=CREATED,
        config=Execution(env=("VIRTUAL_ENV=/opt/venv",), labels=labels),
        rootfs=RootFilesystem(diff_ids=tuple(digest_of(gzip.decompress(data)) for data, _ in layers)),
    )
    blobs = [document_bytes(config), *(data for data, _ in layers)]
    manifest = Manifest(
        schema_version=2,
        config=described(config, CONFIG),
        layers=tuple(_descriptor(data, annotations) for data, annotations in layers),
        annotations=labels,
    )
    with writing_layout(directory) as destination:
        for data, descriptor in zip(blobs, (manifest.config, *manifest.layers), strict=True):
            destination.add(Blob(descriptor=descriptor, open=partial(io.BytesIO, data)))
        descriptor = described(manifest, MANIFEST)
        destination.add_document(document_bytes(manifest), descriptor)
        destination.name(descriptor, "1")
    return open_image(f"oci:{directory}:1")


def _descriptor(data: bytes, annotations: Mapping[str, str]) -> Descriptor:
    return Descriptor(media_type=LAYER_GZIP, digest=digest_of(data), size=len(data), annotations=annotations)
