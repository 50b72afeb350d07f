"""Images as bases: what they offer is found out once, and told to the next build."""

import gzip
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from samestack.errors import InputError, RequestError
from samestack.image.building.bases import default_base
from samestack.image.building.compressing import compressing
from samestack.oci.digests import digest_of
from samestack.oci.documents import (
    CONFIG,
    DOCKER_LAYER,
    LAYER_GZIP,
    LAYER_TAR,
    MANIFEST,
    Descriptor,
    Execution,
    History,
    ImageConfig,
    Manifest,
    RootFilesystem,
    described,
    document_bytes,
)
from samestack.oci.layout.writing import writing_layout
from samestack.oci.places import Blob
from samestack.oci.platform import AMD64, ARM64
from tests.image.building.test_build import built, example, image_at

ROOT = {
    "usr/bin/python3.11": b"\x7fELF",
    "usr/local/bin/python3.9": b"other",
    "etc/os-release": b"ID=debian\n",
}


def archive(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as layer:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(data), 0o755
            layer.addfile(member, io.BytesIO(data))
    return out.getvalue()


def base_in(place: Path, kind: str = LAYER_GZIP, files: Mapping[str, bytes] = ROOT) -> str:
    """A base of one layer, as a layout; its reference."""
    plain = archive(files)
    data = plain if kind == LAYER_TAR else gzip.compress(plain, mtime=0)
    config = ImageConfig(
        architecture="amd64",
        os="linux",
        config=Execution(env=("PATH=/bin",), labels={"maintainer": "somebody"}),
        rootfs=RootFilesystem(diff_ids=(digest_of(plain),)),
        history=(History(created_by="made"), History(created_by="CMD", empty_layer=True)),
    )
    layer = Descriptor(media_type=kind, digest=digest_of(data), size=len(data))
    manifest = Manifest(schema_version=2, config=described(config, CONFIG), layers=(layer,))
    with writing_layout(place) as there:
        there.add(Blob(descriptor=layer, open=lambda: io.BytesIO(data)))
        there.add(Blob(descriptor=manifest.config, open=lambda: io.BytesIO(document_bytes(config))))
        there.add_document(document_bytes(manifest), described(manifest, MANIFEST))
        there.name(described(manifest, MANIFEST), "latest")
    return f"oci:{place}"


def test_its_layers_lie_below_and_its_python_is_used(tmp_path: Path) -> None:
    built(example(tmp_path), tmp_path / "layout", base=base_in(tmp_path / "base"))
    base, image = image_at(tmp_path / "base"), image_at(tmp_path / "layout")
    assert image.manifest.layers[0].digest == base.manifest.layers[0].digest
    assert image.config.rootfs.diff_ids[0] == base.config.rootfs.diff_ids[0]
    assert image.config.history[0] == History(created_by="made")
    assert len(image.config.history) == len(image.manifest.layers)
    labels = image.config.config.labels or {}
    assert labels["maintainer"] == "somebody"
    assert labels["org.opencontainers.image.base.digest"] == base.descriptor.digest
    assert "org.opencontainers.image.base.name" not in labels, "a path of this machine"
    assert image.manifest.annotations["dev.samestack.base.python"].startswith("/usr/bin/python3.11 3.11")


def test_dockers_word_for_a_layer_becomes_that_of_oci(tmp_path: Path) -> None:
    built(example(tmp_path), tmp_path / "layout", base=base_in(tmp_path / "base", DOCKER_LAYER))
    assert {layer.media_type for layer in image_at(tmp_path / "layout").manifest.layers} == {LAYER_GZIP}


def test_an_uncompressed_layer_is_compressed_once(tmp_path: Path) -> None:
    made, base = example(tmp_path), base_in(tmp_path / "base", LAYER_TAR)
    first = built(made, tmp_path / "layout", base=base)
    layer = image_at(tmp_path / "layout").manifest.layers[0]
    assert layer.media_type == LAYER_GZIP
    with image_at(tmp_path / "layout").source.blob(layer) as blob:
        assert gzip.decompress(blob.read()) == archive(ROOT)
    again = built(made, tmp_path / "other", base=base)
    assert again.descriptor == first.descriptor
    assert not any(one.was_written for one in again.images[0].layers)


def test_what_an_uncompressed_layer_was_said_to_be(tmp_path: Path) -> None:
    write = compressing(lambda: io.BytesIO(b"other"), digest_of(b"this"), where="base")
    with pytest.raises(InputError, match="not what its configuration says"):
        write(io.BytesIO())


def test_a_base_without_python(tmp_path: Path) -> None:
    base = base_in(tmp_path / "base", files={"usr/bin/x": b"", "etc/y": b""})
    with pytest.raises(RequestError, match=r"the base has no Python 3\.11") as caught:
        built(example(tmp_path), tmp_path / "layout", base=base)
    assert 'python = "copy"' in str(caught.value.hint)


def test_a_base_for_another_processor(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="linux/arm64"):
        built(example(tmp_path), tmp_path / "layout", ARM64, base=base_in(tmp_path / "base"))


def test_what_an_earlier_build_found_out_is_not_found_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, base = example(tmp_path), base_in(tmp_path / "base")
    first = built(made, tmp_path / "layout", AMD64, base=base)

    def unwanted(*_: object) -> None:
        raise AssertionError("the base is read again")

    monkeypatch.setattr("samestack.image.building.base_facts._read", unwanted)
    again = built(made, tmp_path / "layout", AMD64, base=base, cache=tmp_path / "fresh")
    assert again.descriptor == first.descriptor


def test_a_base_that_nobody_named() -> None:
    assert default_base("3.11") == "debian:bookworm"
    with pytest.raises(RequestError, match=r"Python 3\.10"):
        default_base("3.10")
