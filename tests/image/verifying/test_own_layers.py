"""Layers of our own images are made again from the lock, and whatever was done to one is named."""

import io
import os
import tarfile
from pathlib import Path

import pytest
import tomli_w
from msgspec import structs

from samestack.image.building.building import build
from samestack.image.building.debian_layers import locked_debian
from samestack.image.building.outputs import output_of
from samestack.image.building.parts import KEY, KIND
from samestack.image.building.request import BuildRequest
from samestack.image.debian.base import decide
from samestack.image.debian.locked import LockedPackage, to_table
from samestack.image.settings import ImageSettings
from samestack.image.verifying.verification import Verification
from samestack.lock.decision import Lock
from samestack.oci.digests import digest_of
from samestack.oci.images import image_of
from samestack.oci.layout.files import DirectoryFiles
from samestack.oci.layout.source import LayoutSource
from samestack.oci.places import Image
from samestack.oci.platform import AMD64
from samestack.progress import SILENT
from samestack.project.reading import read_project
from tests.image.debian.package_maker import MadeMirror, deb, fields, tree
from tests.image.debian.small_debian import small_debian
from tests.image.sizes.made_images import MadeSource
from tests.image.verifying.locked_images import SITE, lock_in, told, verified

MANIFEST = '[project]\nname = "example"\nversion = "1"\nrequires-python = "==3.11.*"\ndependencies = []\n'


def own_image(directory: Path, lock: Lock, *, base: str = "scratch") -> Image:
    """The lock's image, built by samestack; without a base, the layers alone."""
    (directory / "pyproject.toml").write_text(MANIFEST)
    asked = BuildRequest(
        project=read_project(directory),
        lock=lock,
        settings=ImageSettings(base=base),
        platforms=(AMD64,),
        environment={**os.environ, "SAMESTACK_CACHE": str(directory / "cache")},
        python="3.11",
    )
    build(asked, output_of(f"oci:{directory / 'image'}"), SILENT)
    return image_of(LayoutSource(DirectoryFiles(directory / "image")), "", AMD64)


def kinds(image: Image) -> list[str]:
    return [layer.annotations[KIND] for layer in image.manifest.layers]


def with_altered(image: Image, kind: str, path: str, data: bytes) -> Image:
    """The image with a file more in its first layer of a kind; the annotations stay as they were."""
    at = kinds(image).index(kind)
    layers, diff_ids = list(image.manifest.layers), list(image.config.rootfs.diff_ids)
    blobs = {layer.digest: image.source.blob(layer).read() for layer in layers}
    tar = _with_file(blobs[layers[at].digest], path, data)
    blobs[digest_of(tar)] = tar
    layers[at] = structs.replace(layers[at], digest=digest_of(tar), size=len(tar))
    diff_ids[at] = digest_of(tar)
    rootfs = structs.replace(image.config.rootfs, diff_ids=tuple(diff_ids))
    return structs.replace(
        image,
        manifest=structs.replace(image.manifest, layers=tuple(layers)),
        config=structs.replace(image.config, rootfs=rootfs),
        source=MadeSource(blobs),
    )


def _with_file(layer: bytes, path: str, data: bytes) -> bytes:
    """The layer's archive, uncompressed, with a file at its end."""
    out = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(layer)) as before, tarfile.open(fileobj=out, mode="w") as after:
        for member in before:
            after.addfile(member, before.extractfile(member) if member.isreg() else None)
        info = tarfile.TarInfo(path)
        info.size, info.mode = len(data), 0o644
        after.addfile(info, io.BytesIO(data))
    return out.getvalue()


@pytest.fixture(name="lock")
def _lock(tmp_path: Path) -> Lock:
    return lock_in(tmp_path)


def test_every_layer_of_the_lock_is_made_again(tmp_path: Path, lock: Lock) -> None:
    image = own_image(tmp_path, lock)
    verification = verified(image, lock)
    assert told(verification) == []
    assert verification.layers == sum(one in ("venv", "wheel", "wheels") for one in kinds(image)) >= 2
    (said,) = [one for one in verification.notes if "were not made again" in one]
    assert "application" in said


def differing(verification: Verification) -> list[int]:
    return [one.layer for one in verification.deviations if one.kind == "other-layer"]


@pytest.mark.parametrize(
    ("path", "also"),
    [
        (f"{SITE}/demo/core.py", ["altered-file"]),
        # Nobody would look for these among the packages: the layer gives them away.
        (f"{SITE}/demo/__pycache__/core.cpython-311.pyc", []),
        ("etc/ld.so.preload", []),
    ],
)
def test_an_altered_layer_is_named(tmp_path: Path, lock: Lock, path: str, also: list[str]) -> None:
    image = own_image(tmp_path, lock)
    altered = with_altered(image, "wheel", path, b"evil")
    verification = verified(altered, lock)
    assert differing(verification) == [kinds(image).index("wheel") + 1]
    assert [one.kind for one in verification.deviations if one.kind != "other-layer"] == also


def test_a_layer_that_claims_other_wheels_is_named(tmp_path: Path, lock: Lock) -> None:
    image = own_image(tmp_path, lock)
    layers = list(image.manifest.layers)
    first, second = (at for at, kind in enumerate(kinds(image)) if kind == "wheel")
    layers[first] = structs.replace(layers[first], annotations=layers[second].annotations)
    swapped = structs.replace(image, manifest=structs.replace(image.manifest, layers=tuple(layers)))
    assert differing(verified(swapped, lock)) == [first + 1]


def test_a_layer_of_other_wheels_than_the_locks_is_named(tmp_path: Path, lock: Lock) -> None:
    image = own_image(tmp_path, lock)
    layers = list(image.manifest.layers)
    at = kinds(image).index("wheel")
    annotations = {KIND: "wheel", KEY: "sha256:0", "dev.samestack.layer.packages": "spy==1 sha256:0"}
    layers[at] = structs.replace(layers[at], annotations=annotations)
    foreign = structs.replace(image, manifest=structs.replace(image.manifest, layers=tuple(layers)))
    assert differing(verified(foreign, lock)) == [at + 1]


@pytest.fixture(name="mirror")
def _mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeMirror:
    """A mirror of a few packages, which nobody has signed."""
    mirror = small_debian(tmp_path / "mirror")
    # The version of the package is all that can be told of an interpreter that is none.
    about = fields("python3.11-minimal", "3.11")
    mirror.add(about, deb(about, tree({"usr/bin/python3.11": "elf"})))
    about = fields("libstdc++6")
    mirror.add(about, deb(about, []))
    about = fields("python3", Depends="python3.11-minimal")
    mirror.add(about, deb(about, []))
    mirror.publish()
    monkeypatch.setenv("SAMESTACK_DEBIAN_MIRROR", mirror.address)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    return mirror


def debian_lock(directory: Path) -> Lock:
    """The lock with the packages of a base in it."""
    decided = decide("bookworm", ["python3", "libstdc++6"], ["amd64"], environment=os.environ)
    table = {"tool": {"samestack": {"image": {"debian": to_table(decided.locked)}}}}
    return lock_in(directory, more=tomli_w.dumps(table))


@pytest.mark.usefixtures("mirror")
def test_a_base_of_debian_is_made_again_too(tmp_path: Path) -> None:
    lock = debian_lock(tmp_path)
    image = own_image(tmp_path, lock, base="debian:bookworm")
    verification = verified(image, lock)
    assert told(verification) == []
    assert verification.system_packages == len(locked_packages(lock)) >= 7
    assert verification.layers == len(kinds(image)) - 1
    assert "not made again: application" in " ".join(verification.notes)


@pytest.mark.usefixtures("mirror")
def test_an_altered_base_is_named(tmp_path: Path) -> None:
    lock = debian_lock(tmp_path)
    altered = with_altered(own_image(tmp_path, lock, base="debian:bookworm"), "base", "bin/sh", b"evil")
    assert differing(verified(altered, lock)) == [1]


def locked_packages(lock: Lock) -> tuple[LockedPackage, ...]:
    found = locked_debian(lock)
    assert found is not None
    return found.of("amd64")
