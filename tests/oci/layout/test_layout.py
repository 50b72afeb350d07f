"""Layouts: what is written is read again, what failed leaves nothing, and what is altered is found out."""

import io
import os
from pathlib import Path

import msgspec
import pytest

from samestack.errors import InputError, OutsideError, RequestError
from samestack.oci.digests import digest_of
from samestack.oci.documents import (
    CONFIG,
    EMPTY,
    MANIFEST,
    Descriptor,
    Index,
    Manifest,
    described,
    document_bytes,
)
from samestack.oci.images import image_of
from samestack.oci.layout.files import DirectoryFiles, blob_file
from samestack.oci.layout.source import LayoutSource
from samestack.oci.layout.writing import writing_layout
from samestack.oci.places import Blob
from samestack.oci.platform import AMD64, ARM64
from tests.oci.small_images import SmallImage, file, small_image, tar, write_index, write_layout

ONE = small_image(tar(file("one", "1")))
TWO = small_image(tar(file("two", "22")))


def source(place: Path) -> LayoutSource:
    return LayoutSource(DirectoryFiles(place))


def content(place: Path) -> dict[str, bytes]:
    return {str(one.relative_to(place)): one.read_bytes() for one in place.rglob("*") if one.is_file()}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return write_layout(tmp_path / "layout", ONE, "1.0")


def test_an_image_is_read_as_it_was_written(place: Path) -> None:
    found = source(place).described("1.0")
    assert found.digest == ONE.descriptor.digest
    assert source(place).document(found) == document_bytes(ONE.manifest)
    for descriptor, data in zip(ONE.manifest.layers, ONE.blobs[1:], strict=True):
        with source(place).blob(descriptor) as blob:
            assert blob.read() == data


@pytest.mark.parametrize("version", ["", "1.0", ONE.descriptor.digest])
def test_ways_to_name_the_only_image(place: Path, version: str) -> None:
    assert source(place).described(version).digest == ONE.descriptor.digest


def test_a_missing_tag_is_told_the_tags_that_there_are(place: Path) -> None:
    with pytest.raises(RequestError, match=r"there is no image '2\.0'") as caught:
        source(place).described("2.0")
    assert caught.value.hint == "there are: 1.0"


def test_a_tag_moves_and_others_stay(place: Path) -> None:
    write_layout(place, TWO, "2.0")
    write_layout(place, TWO, "1.0")
    assert [source(place).described(tag).digest for tag in ("1.0", "2.0")] == [TWO.descriptor.digest] * 2
    write_layout(place, ONE, "latest")
    assert source(place).described("").digest == ONE.descriptor.digest


def test_several_images_and_none_the_latest(place: Path) -> None:
    write_layout(place, TWO, "2.0")
    with pytest.raises(RequestError, match="there is no image 'latest'"):
        source(place).described("")


def test_a_whole_name_is_found_by_itself_and_by_its_tag(tmp_path: Path) -> None:
    place = write_layout(tmp_path, ONE, "registry.example.com:5000/team/agent:1.0")
    assert source(place).described("1.0") == source(place).described(
        "registry.example.com:5000/team/agent:1.0"
    )


def test_a_tag_that_two_names_end_with_is_ambiguous(tmp_path: Path) -> None:
    write_layout(tmp_path, ONE, "team/one:1.0")
    write_layout(tmp_path, TWO, "team/two:1.0")
    with pytest.raises(RequestError, match="several images could be meant"):
        source(tmp_path).described("1.0")


def test_what_is_there_is_not_moved_again(place: Path) -> None:
    blob = Blob(descriptor=ONE.manifest.layers[0], open=lambda: pytest.fail("it was opened"))
    with writing_layout(place) as layout:
        assert not layout.add(blob)


def write_and_interrupt(place: Path, image: SmallImage, *, named: SmallImage | None = None) -> None:
    with writing_layout(place) as layout:
        if named is not None:
            named.write(layout)
            layout.name(named.descriptor, "1.0")
        image.write(layout)
        raise KeyboardInterrupt


def test_an_interrupted_writing_leaves_what_stood_there(place: Path) -> None:
    before = content(place)
    with pytest.raises(KeyboardInterrupt):
        write_and_interrupt(place, TWO)
    assert content(place) == before


def test_an_interrupted_writing_leaves_no_directory(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_and_interrupt(tmp_path / "new/layout", ONE)
    assert not list(tmp_path.iterdir())


def test_what_was_named_before_the_interruption_stays(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_and_interrupt(tmp_path / "layout", TWO, named=ONE)
    assert len(list((tmp_path / "layout/blobs/sha256").iterdir())) == 3
    assert image_of(source(tmp_path / "layout"), "1.0").manifest == ONE.manifest


@pytest.mark.parametrize("data", [b"other", b"longer than it was said to be", b""])
def test_content_that_is_not_what_was_promised_is_not_kept(tmp_path: Path, data: bytes) -> None:
    descriptor = Descriptor(media_type=CONFIG, digest=digest_of(b"right"), size=5)
    with writing_layout(tmp_path / "layout") as layout:
        with pytest.raises(InputError):
            layout.add(Blob(descriptor=descriptor, open=lambda: io.BytesIO(data)))
        assert not layout.has(descriptor)
        assert not list((tmp_path / "layout/blobs/sha256").iterdir())


def test_only_one_writes_at_a_time(place: Path) -> None:
    with writing_layout(place), pytest.raises(OutsideError, match="another program"), writing_layout(place):
        pytest.fail("two are writing")
    with writing_layout(place):
        pass


def test_what_a_killed_writing_left_is_removed(place: Path) -> None:
    (place / "blobs/sha256/.partial-0123").write_bytes(b"half")
    with writing_layout(place):
        pass
    assert not list(place.rglob(".partial-*"))


def test_a_directory_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(RequestError, match="no image layout"), writing_layout(tmp_path):
        pytest.fail("it was opened")
    with pytest.raises(RequestError, match="is a file"), writing_layout(tmp_path / "thesis.txt"):
        pytest.fail("it was opened")
    assert content(tmp_path) == {"thesis.txt": b"mine"}


@pytest.mark.parametrize("new", [b"x", b"", b"y" * 500])
def test_altered_blobs_are_found_out(place: Path, new: bytes) -> None:
    for descriptor in (ONE.descriptor, ONE.manifest.layers[0]):
        (place / blob_file(descriptor.digest)).write_bytes(new)
    with pytest.raises(InputError, match="content is not"):
        source(place).document(ONE.descriptor)
    with source(place).blob(ONE.manifest.layers[0]) as blob, pytest.raises(InputError):
        blob.read()


def test_a_missing_blob_and_a_pipe_in_its_place(place: Path) -> None:
    path = place / blob_file(ONE.descriptor.digest)
    path.unlink()
    with pytest.raises(InputError, match="missing"):
        source(place).document(ONE.descriptor)
    os.mkfifo(path)
    with pytest.raises(InputError, match="missing"):
        source(place).document(ONE.descriptor)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"manifests": 3}'])
def test_an_index_that_is_none(place: Path, text: str) -> None:
    (place / "index.json").write_text(text)
    with pytest.raises(InputError, match=r"index\.json"):
        source(place).described("")


def artifact(subject: Descriptor, note: str) -> Manifest:
    empty = Descriptor(media_type=EMPTY, digest=digest_of(b"{}"), size=2)
    return Manifest(
        schema_version=2,
        config=empty,
        layers=(empty,),
        subject=subject,
        artifact_type="application/example",
        annotations={"note": note},
    )


def write_artifact(place: Path, manifest: Manifest) -> Descriptor:
    with writing_layout(place) as layout:
        layout.add(Blob(descriptor=manifest.config, open=lambda: io.BytesIO(b"{}")))
        layout.add_document(document_bytes(manifest), described(manifest, MANIFEST))
    return described(manifest, MANIFEST)


def test_what_refers_to_an_image_is_listed_and_is_not_the_image(place: Path) -> None:
    first, second = (write_artifact(place, artifact(ONE.descriptor, note)) for note in ("a", "b"))
    write_artifact(place, artifact(ONE.descriptor, "a"))
    found = source(place).referrers(ONE.descriptor.digest)
    assert {one.digest for one in found} == {first.digest, second.digest}
    assert {one.artifact_type for one in found} == {"application/example"}
    assert {one.annotations["note"] for one in found} == {"a", "b"}
    assert len(found) == 2
    assert source(place).described("").digest == ONE.descriptor.digest
    assert source(place).referrers(first.digest) == ()


def test_a_list_under_the_fallback_tag_is_read_too(place: Path) -> None:
    manifest = artifact(ONE.descriptor, "old")
    listed = Index(
        schema_version=2, manifests=(described(manifest, MANIFEST, artifact_type="application/example"),)
    )
    with writing_layout(place) as layout:
        layout.add_document(document_bytes(listed), described(listed, listed.media_type))
        layout.name(described(listed, listed.media_type), ONE.descriptor.digest.replace(":", "-"))
    assert source(place).referrers(ONE.descriptor.digest) == listed.manifests
    assert source(place).described("").digest == ONE.descriptor.digest


def test_the_image_of_one_platform_is_found_by_its_digest(tmp_path: Path) -> None:
    with writing_layout(tmp_path / "layout") as layout:
        write_index(layout, [(ONE, AMD64), (TWO, ARM64)], "1.0")
    found = source(tmp_path / "layout").described(TWO.descriptor.digest)
    assert (found.digest, found.media_type) == (TWO.descriptor.digest, MANIFEST)
    with pytest.raises(RequestError):
        source(tmp_path / "layout").described(ONE.manifest.config.digest)
    with pytest.raises(RequestError):
        source(tmp_path / "layout").described(f"sha256:{'0' * 64}")


def test_equal_images_are_equal_layouts(tmp_path: Path) -> None:
    first, second = (write_layout(tmp_path / name, ONE, "1.0") for name in ("a", "b"))
    assert content(first) == content(second)
    assert msgspec.json.decode((first / "oci-layout").read_bytes()) == {"imageLayoutVersion": "1.0.0"}


def test_the_rest_of_an_image_that_was_not_named_is_gone(tmp_path: Path) -> None:
    unnamed: SmallImage = ONE
    with writing_layout(tmp_path / "layout") as layout:
        unnamed.write(layout)
    assert not (tmp_path / "layout").exists()
