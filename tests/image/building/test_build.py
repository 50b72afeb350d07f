"""Images built from small wheels: reproducible, cached, whole or not there."""

import gzip
import hashlib
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from samestack.errors import InputError, RequestError
from samestack.image.building.building import build
from samestack.image.building.outputs import output_of
from samestack.image.building.request import BuildRequest, Built
from samestack.image.settings import ImageSettings
from samestack.lock.reading import read_lock
from samestack.oci.images import image_of
from samestack.oci.layout.files import DirectoryFiles
from samestack.oci.layout.source import LayoutSource
from samestack.oci.places import Image
from samestack.oci.platform import AMD64, ARM64, Platform
from samestack.progress import SILENT
from samestack.project.reading import read_project
from tests.envs.small_wheels import wheel

MANIFEST = '[project]\nname = "example"\nversion = "1.5"\nrequires-python = "==3.11.*"\ndependencies = []\n'


def example(directory: Path, *, beta: str = "1") -> Path:
    """A project with two packages, one with a command, and a file."""
    wheels = directory / "wheels"
    alpha = wheel(wheels, "alpha", "1", command="greet")
    return locked_project(directory / "project", alpha, wheel(wheels, "beta", beta))


def locked_project(directory: Path, *wheels: Path) -> Path:
    """A project with a file and a lock of wheels that lie beside it."""
    directory.mkdir(parents=True)
    (directory / "pyproject.toml").write_text(MANIFEST)
    (directory / "main.py").write_text("print('hello')\n")
    head = 'lock-version = "1.0"\ncreated-by = "test"\nrequires-python = "==3.11.*"\n'
    (directory / "pylock.toml").write_text("\n".join((head, *map(package, wheels))))
    return directory


def package(file: Path) -> str:
    """A wheel as a lock has it."""
    name, version = file.name.split("-")[:2]
    digits = hashlib.sha256(file.read_bytes()).hexdigest()
    said = f'path = "../wheels/{file.name}", size = {file.stat().st_size}, hashes = {{ sha256 = "{digits}" }}'
    return f'[[packages]]\nname = "{name}"\nversion = "{version}"\nwheels = [{{ {said} }}]\n'


def request(directory: Path, cache: Path, *platforms: Platform, **settings: Any) -> BuildRequest:
    return BuildRequest(
        project=read_project(directory),
        lock=read_lock(directory / "pylock.toml"),
        settings=ImageSettings(**{"base": "scratch", **settings}),
        platforms=platforms or (AMD64,),
        environment={"SAMESTACK_CACHE": str(cache)},
        python="3.11",
    )


def built(
    directory: Path, place: Path, *platforms: Platform, cache: Path | None = None, **settings: Any
) -> Built:
    asked = request(directory, cache or place.parent / "cache", *platforms, **settings)
    return build(asked, output_of(f"oci:{place}"), SILENT)


def image_at(place: Path, platform: Platform = AMD64) -> Image:
    return image_of(LayoutSource(DirectoryFiles(place)), "", platform)


def members(image: Image, kind: str) -> dict[str, tarfile.TarInfo]:
    found: dict[str, tarfile.TarInfo] = {}
    for layer in image.manifest.layers:
        if layer.annotations["dev.samestack.layer.kind"] == kind:
            # The streaming mode of tarfile stops after the first member of a gzip file.
            with (
                image.source.blob(layer) as blob,
                gzip.open(blob) as data,
                tarfile.open(fileobj=data, mode="r|") as archive,
            ):
                found.update({member.name: member for member in archive})
    return found


def test_an_image_holds_the_environment_the_packages_and_the_files(tmp_path: Path) -> None:
    built(example(tmp_path), tmp_path / "layout")
    image = image_at(tmp_path / "layout")
    modules = "opt/venv/lib/python3.11/site-packages"
    assert members(image, "venv")["opt/venv/bin/python"].linkname == "/usr/bin/python3.11"
    packages = members(image, "wheel")
    assert {f"{modules}/alpha/__init__.py", f"{modules}/beta/__init__.py", "opt/venv/bin/greet"} <= set(
        packages
    )
    assert set(members(image, "application")) == {
        "app",
        "app/main.py",
        "app/pylock.toml",
        "app/pyproject.toml",
    }


def test_every_layer_says_what_it_is(tmp_path: Path) -> None:
    built(example(tmp_path), tmp_path / "layout")
    image = image_at(tmp_path / "layout")
    for layer, diff_id in zip(image.manifest.layers, image.config.rootfs.diff_ids, strict=True):
        assert layer.annotations["dev.samestack.layer.diff-id"] == diff_id
        assert layer.annotations["dev.samestack.layer.key"].startswith("sha256:")
    packages = [layer.annotations.get("dev.samestack.layer.packages", "") for layer in image.manifest.layers]
    assert [one.partition(" ")[0] for one in packages if one] == ["alpha==1", "beta==1"]


def test_labels_tell_the_lock_and_the_stack(tmp_path: Path) -> None:
    built(example(tmp_path), tmp_path / "layout")
    image = image_at(tmp_path / "layout")
    labels = image.config.config.labels or {}
    assert labels.items() <= image.manifest.annotations.items()
    assert labels["org.opencontainers.image.title"] == "example"
    assert labels["org.opencontainers.image.version"] == "1.5"
    assert labels["dev.samestack.stack.digest"].startswith("sha256:")
    assert str(tmp_path) not in json.dumps(labels)


BUILD = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.image.building.test_build import built
print(built(Path(sys.argv[1]), Path(sys.argv[2])).descriptor.digest)
"""


def digest_elsewhere(directory: Path, environment: Mapping[str, str], umask: int) -> str:
    """What a process of its own builds, in a directory, with a cache of its own."""
    root = str(Path(__file__).parents[3])
    words = (sys.executable, "-c", BUILD.format(root=root), example(directory), directory / "layout")
    old = os.umask(umask)
    try:
        finished = subprocess.run(
            words, check=True, capture_output=True, text=True, env={**os.environ, **environment}
        )
    finally:
        os.umask(old)
    return finished.stdout.strip()


def test_the_same_bits_anywhere(tmp_path: Path) -> None:
    """In another directory, time zone, language, umask, order of hashes."""
    one = digest_elsewhere(tmp_path / "one", {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"}, 0o022)
    other = digest_elsewhere(
        tmp_path / "somewhere else", {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "2"}, 0o077
    )
    assert one == other
    assert one.startswith("sha256:")


def test_nothing_is_written_twice(tmp_path: Path) -> None:
    made = example(tmp_path)
    first = built(made, tmp_path / "layout")
    again = built(made, tmp_path / "layout")
    other = built(made, tmp_path / "other")
    assert first.descriptor.digest == again.descriptor.digest == other.descriptor.digest
    assert all(layer.was_written and layer.was_moved for layer in first.images[0].layers)
    assert not any(layer.was_written or layer.was_moved for layer in again.images[0].layers)
    assert all(layer.was_moved and not layer.was_written for layer in other.images[0].layers)


def test_a_bump_writes_one_layer(tmp_path: Path) -> None:
    built(example(tmp_path / "1"), tmp_path / "layout")
    bumped = built(example(tmp_path / "2", beta="2"), tmp_path / "layout", cache=tmp_path / "fresh")
    written = {layer.title for layer in bumped.images[0].layers if layer.was_written}
    # The lock is one of the project's files.
    assert written == {"beta 2", "files of example"}


def test_on_a_fresh_machine_the_previous_image_serves(tmp_path: Path) -> None:
    made = example(tmp_path)
    first = built(made, tmp_path / "layout")
    for file in (tmp_path / "wheels").iterdir():
        file.unlink()  # nothing needs to be fetched
    again = built(made, tmp_path / "layout", cache=tmp_path / "fresh")
    assert again.descriptor == first.descriptor
    assert not any(layer.was_written for layer in again.images[0].layers)
    assert not (tmp_path / "fresh/wheels").exists()


def test_a_named_image_serves_too_unless_it_may_not(tmp_path: Path) -> None:
    made = example(tmp_path)
    built(made, tmp_path / "layout")
    asked = replace(request(made, tmp_path / "fresh"), previous=f"oci:{tmp_path / 'layout'}")
    found = build(asked, output_of(f"oci:{tmp_path / 'other'}"), SILENT)
    assert all(layer.was_moved and not layer.was_written for layer in found.images[0].layers)
    asked = replace(asked, from_previous=False, environment={"SAMESTACK_CACHE": str(tmp_path / "fresher")})
    found = build(asked, output_of(f"oci:{tmp_path / 'third'}"), SILENT)
    assert all(layer.was_written for layer in found.images[0].layers)


def test_several_platforms_are_one_image(tmp_path: Path) -> None:
    made = example(tmp_path)
    found = built(made, tmp_path / "layout", AMD64, ARM64)
    assert found.descriptor.media_type == "application/vnd.oci.image.index.v1+json"
    assert [image.platform for image in found.images] == [AMD64, ARM64]
    assert image_at(tmp_path / "layout", ARM64).config.architecture == "arm64"
    again = built(made, tmp_path / "layout", AMD64, ARM64, cache=tmp_path / "fresh")
    assert again.descriptor == found.descriptor
    assert not any(layer.was_written for image in again.images for layer in image.layers)


def test_an_archive_holds_the_same_image(tmp_path: Path) -> None:
    made = example(tmp_path)
    in_layout = built(made, tmp_path / "layout")
    asked = request(made, tmp_path / "cache")
    archives = [tmp_path / name for name in ("one.tar", "two.tar")]
    for archive in archives:
        found = build(asked, output_of(str(archive), title="example"), SILENT)
        assert found.descriptor == in_layout.descriptor
    assert archives[0].read_bytes() == archives[1].read_bytes()


def test_a_budget_is_kept(tmp_path: Path) -> None:
    found = built(example(tmp_path), tmp_path / "layout", layers=1)
    kinds = [layer.kind for layer in found.images[0].layers]
    assert kinds == ["venv", "wheels", "application"]


def clashing(directory: Path) -> Iterator[Path]:
    for name in ("alpha", "beta"):
        yield wheel(directory / "wheels", name, "1", {"shared/module.py": f"# {name}\n"})


def test_two_packages_that_want_the_same_path(tmp_path: Path) -> None:
    made = locked_project(tmp_path / "project", *clashing(tmp_path))
    with pytest.raises(RequestError, match=r"alpha and beta want different things at .*shared/module\.py"):
        built(made, tmp_path / "layout")
    assert not (tmp_path / "layout").exists()


def test_an_altered_wheel_leaves_nothing(tmp_path: Path) -> None:
    made = example(tmp_path)
    file = tmp_path / "wheels/beta-1-py3-none-any.whl"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(InputError, match="SHA-256"):
        built(made, tmp_path / "layout")
    assert not (tmp_path / "layout").exists()


def test_an_interruption_leaves_the_old_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = built(example(tmp_path / "1"), tmp_path / "layout")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("samestack.image.building.building.add_manifest", interrupted)
    with pytest.raises(KeyboardInterrupt):
        built(example(tmp_path / "2", beta="2"), tmp_path / "layout")
    assert image_at(tmp_path / "layout").descriptor.digest == first.descriptor.digest


@pytest.mark.parametrize("text", ["image", "docker:name", "oci:", "registry:name", "x.tar.gz"])
def test_what_is_no_place(text: str) -> None:
    with pytest.raises(RequestError):
        output_of(text)
