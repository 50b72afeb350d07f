"""From a tag to an image: platforms, attestations beside them, artifacts, and documents that do not agree."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from samestack.errors import InputError, RequestError
from samestack.oci.digests import digest_of
from samestack.oci.documents import (
    INDEX,
    MANIFEST,
    Descriptor,
    ImageConfig,
    Index,
    RootFilesystem,
    described,
    document_bytes,
    read_document,
)
from samestack.oci.images import image_of, images_of, machine_platform
from samestack.oci.layout.files import DirectoryFiles
from samestack.oci.layout.source import LayoutSource
from samestack.oci.layout.writing import writing_layout
from samestack.oci.platform import AMD64, ARM64, Platform
from tests.oci.small_images import SmallImage, file, small_image, tar, write_index, write_layout

INTEL = small_image(tar(file("a")), platform=AMD64)
ARM = small_image(tar(file("b")), platform=ARM64)


def source(place: Path) -> LayoutSource:
    return LayoutSource(DirectoryFiles(place))


@pytest.fixture
def both(tmp_path: Path) -> LayoutSource:
    with writing_layout(tmp_path) as layout:
        write_index(layout, [(INTEL, AMD64), (ARM, ARM64)], "1.0")
    return source(tmp_path)


def test_the_image_of_each_platform(both: LayoutSource) -> None:
    assert image_of(both, "1.0", ARM64).manifest == ARM.manifest
    assert image_of(both, "1.0", AMD64).manifest == INTEL.manifest
    assert [one.platform for one in images_of(both, "1.0")] == [AMD64, ARM64]


def test_of_several_without_a_wish_it_is_this_machines(both: LayoutSource) -> None:
    assert image_of(both, "1.0").platform == machine_platform()


def test_the_only_one_is_meant_whatever_it_is_for(tmp_path: Path) -> None:
    other = small_image(tar(file("a")), platform=Platform(os="linux", architecture="riscv64"))
    assert image_of(source(write_layout(tmp_path, other)), "").platform.architecture == "riscv64"


def test_a_platform_that_is_not_there_is_told_which_are(both: LayoutSource) -> None:
    with pytest.raises(RequestError, match="not for linux/s390x") as caught:
        image_of(both, "1.0", Platform(os="linux", architecture="s390x"))
    assert caught.value.hint == "it is for linux/amd64, linux/arm64"


def test_attestations_among_the_platforms_are_no_images(tmp_path: Path) -> None:
    unknown = Platform(os="unknown", architecture="unknown")
    with writing_layout(tmp_path) as layout:
        write_index(layout, [(INTEL, AMD64), (ARM, unknown)], "1.0")
    assert [one.manifest for one in images_of(source(tmp_path), "1.0")] == [INTEL.manifest]


def written(place: Path, image: SmallImage) -> LayoutSource:
    return source(write_layout(place, image))


def with_config(image: SmallImage, config: bytes, media_type: str | None = None) -> SmallImage:
    before = image.manifest.config
    after = Descriptor(media_type=media_type or before.media_type, digest=digest_of(config), size=len(config))
    return SmallImage(manifest=replace(image.manifest, config=after), blobs=(config, *image.blobs[1:]))


def test_an_artifact_is_no_image(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is an artifact of 'application/example'"):
        image_of(written(tmp_path, with_config(INTEL, b"{}", "application/example")), "")


@pytest.mark.parametrize("diff_ids", [(), ("sha256:0",), (digest_of(b"a"), digest_of(b"b"))])
def test_layers_and_configuration_must_agree(tmp_path: Path, diff_ids: tuple[str, ...]) -> None:
    config = read_document(INTEL.blobs[0], ImageConfig, where="test")
    altered = document_bytes(replace(config, rootfs=RootFilesystem(diff_ids=diff_ids)))
    with pytest.raises(InputError, match="layers are not the"):
        image_of(written(tmp_path, with_config(INTEL, altered)), "")


def test_more_layers_than_any_image_has(tmp_path: Path) -> None:
    many = small_image(*[tar()] * 1001)
    with pytest.raises(InputError, match="1001 layers"):
        image_of(written(tmp_path, many), "")


def test_indexes_in_indexes_end(tmp_path: Path) -> None:
    descriptor = INTEL.descriptor
    with writing_layout(tmp_path) as layout:
        INTEL.write(layout)
        for depth in range(5):
            index = Index(schema_version=2, manifests=(descriptor,))
            descriptor = described(index, INDEX)
            layout.add_document(document_bytes(index), descriptor)
            layout.name(descriptor, f"depth-{depth}")
    assert image_of(source(tmp_path), "depth-1").manifest == INTEL.manifest
    with pytest.raises(InputError, match="nested too deeply"):
        image_of(source(tmp_path), "depth-4")


def test_an_index_of_nothing(tmp_path: Path) -> None:
    with writing_layout(tmp_path) as layout:
        write_index(layout, [], "1.0")
    with pytest.raises(InputError, match="no image that could run"):
        images_of(source(tmp_path), "1.0")


def test_media_types_that_are_no_image(tmp_path: Path) -> None:
    with writing_layout(tmp_path) as layout:
        INTEL.write(layout)
        layout.name(replace(INTEL.descriptor, media_type="application/example"), "1.0")
    with pytest.raises(InputError, match="'application/example' is no image"):
        images_of(source(tmp_path), "1.0")
    assert INTEL.descriptor.media_type == MANIFEST
