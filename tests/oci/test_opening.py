"""How people say where an image stands: every form, what is wrong with others, and what to write instead."""

from pathlib import Path

import pytest

from samestack.errors import RequestError
from samestack.oci.archive.destination import archive_destination
from samestack.oci.layout.writing import writing_layout
from samestack.oci.opening import images_in, located, open_image, open_source
from samestack.oci.platform import AMD64, ARM64
from tests.oci.small_images import file, small_image, tar, write_index, write_layout

ONE, TWO = small_image(tar(file("one"))), small_image(tar(file("two")), platform=ARM64)
NAME = "registry.example.com:5000/team/agent:1.0"


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    write_layout(tmp_path / "layout", ONE, "1.0")
    return write_layout(tmp_path / "layout", TWO, "2.0")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with archive_destination(tmp_path / "image.tar") as written:
        ONE.write(written)
        written.name(ONE.descriptor, NAME)
    return tmp_path / "image.tar"


def test_a_layout_and_a_tag_in_it(layout: Path) -> None:
    assert open_image(f"oci:{layout}:1.0").manifest == ONE.manifest
    assert open_image(f"oci:{layout}:2.0").manifest == TWO.manifest
    assert open_image(f"{layout}:2.0").shown == f"{layout}:2.0"
    assert open_image(f"oci:{layout}@{ONE.descriptor.digest}").manifest == ONE.manifest
    assert open_image(f"oci:{layout}@{ONE.descriptor.digest}").shown == f"{layout}@{ONE.descriptor.digest}"


def test_an_archive_and_a_name_in_it(archive: Path) -> None:
    for text in (str(archive), f"oci:{archive}", f"{archive}:1.0", f"oci:{archive}:{NAME}"):
        assert open_image(text).manifest == ONE.manifest


def test_a_path_with_colons_is_found(tmp_path: Path) -> None:
    write_layout(tmp_path / "a:b", ONE, "c")
    for text in (f"oci:{tmp_path}/a:b", f"oci:{tmp_path}/a:b:c", f"{tmp_path}/a:b:c"):
        assert open_image(text).manifest == ONE.manifest


def test_a_path_from_where_one_is_and_from_home(
    layout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for text in ("./layout:1.0", "oci:layout:1.0", "oci:~/layout:1.0"):
        assert open_image(text).manifest == ONE.manifest


def test_platforms(tmp_path: Path) -> None:
    with writing_layout(tmp_path) as written:
        write_index(written, [(ONE, AMD64), (TWO, ARM64)], "1.0")
    assert open_image(f"oci:{tmp_path}:1.0", ARM64).manifest == TWO.manifest
    assert [one.manifest for one in images_in(f"oci:{tmp_path}:1.0")] == [ONE.manifest, TWO.manifest]


def test_a_registry_is_not_asked_before_it_has_to_be() -> None:
    source, version = located("registry:registry.example.com/team/agent:1.0")
    assert "registry.example.com/team/agent" in source.shown()
    assert version == "1.0"
    digest = f"sha256:{'0' * 64}"
    assert located(f"registry:registry.example.com/team/agent@{digest}").version == digest


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("teapot:x", "'teapot:' names no image"),
        ("oci:", "no such layout or archive"),
        ("oci:missing:1.0", "no such layout or archive"),
        ("missing.tar", "no such layout or archive"),
        ("", "no such layout or archive"),
        ("registry:agent:1.0", "host of a registry"),
        ("image:", "names no image"),
        ("container:", "names no container"),
    ],
)
def test_what_names_no_image(text: str, problem: str) -> None:
    with pytest.raises(RequestError, match=problem) as caught:
        open_source(text)
    assert caught.value.hint


def test_a_directory_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no image layout"):
        open_source(f"oci:{tmp_path}")
