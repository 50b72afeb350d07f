"""Images and containers of an engine, to be read: what it saves is a file without a name from then on."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from samestack.errors import RequestError
from samestack.oci.archive.source import opened_archive
from samestack.oci.assembled import Assembled, AssembledSource
from samestack.oci.digests import digest_of
from samestack.oci.documents import (
    CONFIG,
    LAYER_TAR,
    Descriptor,
    Execution,
    ImageConfig,
    Manifest,
    RootFilesystem,
    document_bytes,
)
from samestack.oci.engines.details import ContainerDetails
from samestack.oci.engines.engine import Engine
from samestack.oci.engines.finding import engine
from samestack.oci.images import machine_platform
from samestack.oci.places import Source
from samestack.oci.platform import Platform
from samestack.oci.random_access import RandomAccessFile, large_directory


def image_source(name: str, chosen: Engine | None = None) -> Source:
    """An image that an engine has; :class:`~samestack.errors.RequestError` where it has none of the name."""
    used = chosen or engine()
    return opened_archive(_written(partial(used.save, name)), f"image:{name}")


def container_source(name: str, chosen: Engine | None = None) -> Source:
    """A container as an image of one layer: its files as they are now, without what is mounted into it."""
    used = chosen or engine()
    details = used.inspect_container(name)
    file = _written(partial(used.export, name))
    return _of_files(file, details, _platform(used, details), f"container:{name}")


def _written(write: Callable[[Path], None]) -> RandomAccessFile:
    """What an engine writes. Its name is gone before it is read, so that nothing stays behind."""
    with tempfile.TemporaryDirectory(prefix="samestack-", dir=large_directory()) as directory:
        archive = Path(directory) / "archive.tar"
        write(archive)
        return RandomAccessFile.of(archive)


def _platform(used: Engine, details: ContainerDetails) -> Platform:
    try:
        return used.inspect(details.image).platform
    except RequestError:  # an image can be removed while a container of it is still there
        return machine_platform()


def _of_files(
    file: RandomAccessFile, details: ContainerDetails, platform: Platform, shown: str
) -> AssembledSource:
    digest = file.digest()
    config = ImageConfig(
        architecture=platform.architecture,
        os=platform.os,
        variant=platform.variant,
        rootfs=RootFilesystem(diff_ids=(digest,)),
        config=Execution(
            env=details.config.env or (), user=details.config.user, working_dir=details.config.working_dir
        ),
    )
    data = document_bytes(config)
    manifest = Manifest(
        schema_version=2,
        config=Descriptor(media_type=CONFIG, digest=digest_of(data), size=len(data)),
        layers=(Descriptor(media_type=LAYER_TAR, digest=digest, size=file.size),),
    )
    opener = partial(file.part, 0, file.size)
    return AssembledSource((Assembled(manifest=manifest, config=data),), {digest: opener}, shown)
