"""Archives: ours are equal for equal images and whole or not there; Docker's of every age are read."""

import contextlib
import gzip
import json
import tarfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import InputError, OutsideError, RequestError
from samestack.oci.archive.destination import archive_destination
from samestack.oci.archive.source import archive_source, opened_archive
from samestack.oci.digests import digest_of
from samestack.oci.documents import LAYER_GZIP, LAYER_TAR, MAX_DOCUMENT_BYTES, Descriptor
from samestack.oci.images import image_of, images_of
from samestack.oci.layers.merged import merged
from samestack.oci.places import Blob, Source
from samestack.oci.platform import AMD64, ARM64
from samestack.oci.random_access import RandomAccessFile
from tests.oci.small_images import SmallImage, file, hard_link, member, small_image, symlink, tar, write_index

LOWER, UPPER = tar(file("a", "1")), tar(file("b", "2"), file(".wh.a"))
IMAGE = small_image(LOWER, UPPER)
NAME = "registry.example.com/team/agent:1.0"


def write(path: Path, image: SmallImage, name: str = NAME) -> Path:
    with archive_destination(path) as archive:
        image.write(archive)
        archive.name(image.descriptor, name)
    return path


def names_in(source: Source, version: str = "") -> list[str]:
    with merged(image_of(source, version)) as files:
        return list(files.files)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    source = archive_source(write(tmp_path / "image.tar", IMAGE))
    for version in ("", "1.0", NAME, IMAGE.descriptor.digest):
        assert image_of(source, version).manifest == IMAGE.manifest
    assert names_in(source) == ["b"]
    assert [one.name for one in tmp_path.iterdir()] == ["image.tar"]


def test_equal_images_are_equal_bytes_whatever_came_first(tmp_path: Path) -> None:
    write(tmp_path / "a.tar", IMAGE)
    with archive_destination(tmp_path / "b.tar") as archive:
        parts = zip((IMAGE.manifest.config, *IMAGE.manifest.layers), IMAGE.blobs, strict=True)
        for descriptor, data in reversed(list(parts)):
            archive.add(Blob(descriptor=descriptor, open=partial(BytesIO, data)))
        IMAGE.write(archive)
        archive.name(IMAGE.descriptor, NAME)
    assert (tmp_path / "a.tar").read_bytes() == (tmp_path / "b.tar").read_bytes()


def test_what_docker_reads_of_it(tmp_path: Path) -> None:
    with tarfile.open(write(tmp_path / "image.tar", IMAGE)) as archive:
        listed = archive.extractfile("manifest.json")
        assert listed is not None
        (entry,) = json.load(listed)
        assert entry["RepoTags"] == [NAME]
        for name, data in zip([entry["Config"], *entry["Layers"]], IMAGE.blobs, strict=True):
            content = archive.extractfile(name)
            assert content is not None
            assert content.read() == data
        assert {(one.mtime, one.uid, one.gid, one.uname) for one in archive} == {(0, 0, 0, "")}


def test_of_several_platforms_docker_gets_the_name_once(tmp_path: Path) -> None:
    images = [(IMAGE, AMD64), (small_image(LOWER, platform=ARM64), ARM64)]
    with archive_destination(tmp_path / "image.tar") as archive:
        write_index(archive, images, NAME)
    with tarfile.open(tmp_path / "image.tar") as plain:
        listed = plain.extractfile("manifest.json")
        assert listed is not None
        assert [one["RepoTags"] for one in json.load(listed)] == [[NAME], None]
    source = archive_source(tmp_path / "image.tar")
    assert [one.platform for one in images_of(source, NAME)] == [AMD64, ARM64]


def interrupt(path: Path) -> None:
    with archive_destination(path) as archive:
        IMAGE.write(archive)
        archive.name(IMAGE.descriptor, NAME)
        raise KeyboardInterrupt


def test_an_interrupted_writing_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "image.tar").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        interrupt(tmp_path / "image.tar")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("image.tar", b"old")]


def test_without_a_name_there_is_no_archive(tmp_path: Path) -> None:
    with archive_destination(tmp_path / "image.tar") as archive:
        IMAGE.write(archive)
    assert not list(tmp_path.iterdir())


def test_a_directory_is_no_place_for_an_archive(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="is a directory"), archive_destination(tmp_path):
        pytest.fail("it was opened")


def test_a_disk_that_does_not_take_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*words: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "addfile", refused)
    with pytest.raises(OutsideError, match="No space left"):
        write(tmp_path / "image.tar", IMAGE)
    assert not list(tmp_path.iterdir())


def docker_archive(*, is_compressed: bool = False, is_linked: bool = False) -> bytes:
    """As Docker before version 25 saves: a folder for each layer, and links for the same once more."""
    layers = [gzip.compress(one) if is_compressed else one for one in (LOWER, UPPER)]
    second = [file("2/layer.tar", layers[1])]
    if is_linked:
        second = [symlink("2/layer.tar", "../3/l"), file("4", layers[1]), hard_link("3/l", "4")]
    listed = {
        "Config": "c.json",
        "RepoTags": ["agent:1.0", "agent:latest"],
        "Layers": ["1/layer.tar", "2/layer.tar"],
    }
    config, manifest = file("c.json", IMAGE.blobs[0]), file("manifest.json", json.dumps([listed]))
    return tar(config, file("1/layer.tar", layers[0]), *second, manifest)


def opened(data: bytes) -> Source:
    spool = RandomAccessFile.temporary()
    spool.append(data)
    return opened_archive(spool, "image.tar")


@pytest.mark.parametrize("is_compressed", [False, True])
@pytest.mark.parametrize("is_linked", [False, True])
def test_archives_of_older_dockers(*, is_compressed: bool, is_linked: bool) -> None:
    source = opened(docker_archive(is_compressed=is_compressed, is_linked=is_linked))
    assert names_in(source) == names_in(source, "agent:1.0") == names_in(source, "latest") == ["b"]
    layers = image_of(source, "").manifest.layers
    assert {one.media_type for one in layers} == {LAYER_GZIP if is_compressed else LAYER_TAR}
    assert source.referrers(IMAGE.descriptor.digest) == ()
    with pytest.raises(RequestError, match=r"there is no image '2\.0'"):
        source.described("2.0")


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_archives_that_are_compressed_as_a_whole(compress: Callable[[bytes], bytes]) -> None:
    assert names_in(opened(compress(docker_archive()))) == ["b"]


def test_what_is_asked_for_and_not_in_it() -> None:
    source = opened(docker_archive())
    missing = Descriptor(media_type=LAYER_TAR, digest=digest_of(b"missing"), size=7)
    for ask in (source.document, source.blob):
        with pytest.raises(InputError, match="it is missing"):
            ask(missing)


CONFIG = small_image(LOWER).blobs[0]
LISTED = file("manifest.json", '[{"Config": "c", "Layers": []}]')
LISTED_WITH_LAYER = file("manifest.json", '[{"Config": "c", "Layers": ["l"]}]')
BROKEN = {
    "nothing": b"",
    "no archive": b"hello",
    "an archive of something else": tar(file("thesis.txt", "mine")),
    "a source distribution": gzip.compress(tar(file("package-1.0/PKG-INFO", "Name: package"))),
    "a manifest that is none": tar(file("manifest.json", "{}")),
    "a manifest of numbers": tar(file("manifest.json", "[3]")),
    "a manifest without a configuration": tar(LISTED),
    "a configuration outside": tar(symlink("c", "/etc/passwd"), LISTED),
    "a configuration above": tar(symlink("c", "../../../../etc/passwd"), LISTED),
    "links in a circle": tar(symlink("c", "d"), symlink("d", "c"), LISTED),
    "a configuration that is a pipe": tar(member("c", tarfile.FIFOTYPE), LISTED),
    "another number of layers": tar(file("c", CONFIG), LISTED),
    "a layer that is missing": tar(file("c", CONFIG), LISTED_WITH_LAYER),
    "a configuration that is too long": tar(file("c", bytes(MAX_DOCUMENT_BYTES + 1)), LISTED),
    "diff ids that are none": tar(
        file("c", CONFIG.replace(b"sha256:", b"sha257:")), file("l", LOWER), LISTED_WITH_LAYER
    ),
    "a layout without an index": tar(file("oci-layout", "{}"), file("index.json", "")),
    "a path that leads out": tar(file("../manifest.json", "[]")),
    "an archive cut off": tar(file("manifest.json", "x" * 2000))[:1500],
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_image_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"image\.tar"):
        images_of(opened(BROKEN[name]), "")


def test_a_layer_that_is_another_is_found_out() -> None:
    source = opened(tar(file("c", CONFIG), file("l", UPPER), LISTED_WITH_LAYER))
    with pytest.raises(InputError, match="content is not what its digest says"):
        names_in(source)


ALTERED = docker_archive()


@given(st.integers(0, len(ALTERED) - 1), st.integers(0, 255))
def test_with_an_altered_byte_it_is_the_same_image_or_none(place: int, byte: int) -> None:
    data = ALTERED[:place] + bytes([byte]) + ALTERED[place + 1 :]
    with contextlib.suppress(InputError, RequestError):
        assert names_in(opened(data)) == ["b"]


@given(st.binary(max_size=2000))
def test_any_bytes_are_an_image_or_an_error(data: bytes) -> None:
    with contextlib.suppress(InputError):
        opened(data)
