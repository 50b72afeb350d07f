"""A dist-info directory: everything that it says, and everything that can be wrong with it."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samestack.capture.probes.python.dist_info import read_dist_info
from samestack.capture.probes.python.distribution import Distribution, Found
from samestack.capture.tree import MAX_TEXT_BYTES, MachineTree
from tests.capture.planted import WHEEL, dist_info, metadata

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def found(directory: Path) -> Found:
    tree, site = MachineTree(), str(directory.parent)
    (entry,) = (one for one in tree.entries(site) if one.name == directory.name)
    return read_dist_info(tree, entry, site)


def distribution(directory: Path) -> Distribution:
    read = found(directory)
    assert read.distribution is not None
    assert not read.remarks
    return read.distribution


def codes(directory: Path) -> list[str]:
    return [remark.code for remark in found(directory).remarks]


def test_all_that_it_says(tmp_path: Path) -> None:
    directory = dist_info(
        tmp_path,
        "Demo.Package",
        "1.0",
        WHEEL=WHEEL.replace("true", "false").replace("py3-none-any", "cp311-cp311-linux_x86_64"),
        REQUESTED="",
        INSTALLER="uv",
    )
    read = distribution(directory)
    assert read.name == "demo-package"
    assert read.version == "1.0"
    assert read.site_directory == str(tmp_path)
    assert read.metadata_directory == str(directory)
    assert read.record.startswith("Demo.Package.py,sha256=AAAA,12")
    assert read.content is not None
    assert not read.root_is_purelib
    assert read.tags == ("cp311-cp311-linux_x86_64",)
    assert read.installer == "uv"
    assert read.is_requested
    assert not read.is_editable
    assert read.source is None


def test_it_is_a_component(tmp_path: Path) -> None:
    component = distribution(dist_info(tmp_path, "demo", "1.0", REQUESTED="")).component(
        "/opt/venv", {"numpy": 2}
    )
    assert component.label == "demo 1.0"
    assert component.at == "/opt/venv"
    assert component.content is not None
    assert component.facts == {"tags": ("py3-none-any",), "numpy": 2}
    assert component.circumstances == {"installer": "pip", "requested": True}


def direct_url(tmp_path: Path, **document: Any) -> Distribution:
    return distribution(dist_info(tmp_path, "demo", "1.0", direct_url__json=json.dumps(document)))


def test_an_editable_installation_has_no_content_of_its_own(tmp_path: Path) -> None:
    read = direct_url(tmp_path, url="file:///home/someone/demo", dir_info={"editable": True})
    assert read.content is None
    assert read.component().circumstances == {"installer": "pip", "editable": "/home/someone/demo"}


def test_a_local_directory_is_a_circumstance(tmp_path: Path) -> None:
    read = direct_url(tmp_path, url="file:///home/someone/demo", dir_info={})
    assert read.content is not None
    assert read.component().source is None
    assert read.component().circumstances == {"installer": "pip", "path": "/home/someone/demo"}


def test_a_commit_is_a_source(tmp_path: Path) -> None:
    info = {"vcs": "git", "commit_id": COMMIT}
    read = direct_url(tmp_path, url="https://user:hunter2@host.example/demo", vcs_info=info)
    assert read.component().source == f"git+https://host.example/demo@{COMMIT}"


def test_an_archive_has_a_source_and_hashes(tmp_path: Path) -> None:
    info = {"hashes": {"sha256": "ab" * 32}}
    read = direct_url(tmp_path, url="https://host.example/demo-1.0.whl", archive_info=info)
    assert read.component().source == "https://host.example/demo-1.0.whl"
    assert read.component().facts["hashes"] == ("sha256:" + "ab" * 32,)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"METADATA": None}, "missing-metadata"),
        ({"METADATA": ""}, "missing-metadata"),
        ({"METADATA": "Name: demo\n\n"}, "malformed-metadata"),
        ({"METADATA": b"\xff\xfe\x00"}, "malformed-metadata"),
        ({"METADATA": metadata("demo", "2.0")}, "directory-differs"),
        ({"METADATA": metadata("other", "1.0")}, "directory-differs"),
        ({"RECORD": None}, "missing-record"),
        ({"RECORD": ""}, "missing-record"),
        ({"RECORD": "demo.py,,\n"}, "malformed-record"),
        ({"RECORD": "demo.py\ndemo.py,sha256=AA,1\n"}, "malformed-record"),
        ({"WHEEL": "nonsense"}, "malformed-wheel"),
        ({"WHEEL": ""}, "malformed-wheel"),
        ({"INSTALLER": "\x1b[31mpip"}, "malformed-installer"),
        ({"direct_url__json": "{"}, "malformed-direct-url"),
        ({"direct_url__json": ""}, "malformed-direct-url"),
        ({"direct_url__json": "[" * 60_000}, "malformed-direct-url"),
    ],
)
def test_what_is_wrong_is_remarked_and_the_rest_is_read(
    tmp_path: Path, files: dict[str, Any], code: str
) -> None:
    read = found(dist_info(tmp_path, "demo", "1.0", **files))
    assert [remark.code for remark in read.remarks] == [code]
    assert read.distribution is not None
    assert read.distribution.name in {"demo", "other"}
    assert read.remarks[0].place.startswith(str(tmp_path))


@pytest.mark.parametrize("installer", ["conda", "debian", "rpm"])
def test_package_managers_of_systems_need_no_record(tmp_path: Path, installer: str) -> None:
    assert distribution(dist_info(tmp_path, "demo", "1.0", RECORD=None, INSTALLER=installer)).content is None
    assert (
        distribution(dist_info(tmp_path, "other", "1.0", RECORD="a.py,,\n", INSTALLER=installer)).content
        is None
    )


def test_debians_own_directories_need_no_record(tmp_path: Path) -> None:
    directory = dist_info(tmp_path / "dist-packages", "demo", "1.0", RECORD=None, INSTALLER=None)
    assert distribution(directory).content is None


def test_no_name_at_all_is_no_distribution(tmp_path: Path) -> None:
    directory = tmp_path / "-.dist-info"
    directory.mkdir()
    read = found(directory)
    assert read.distribution is None
    assert [remark.code for remark in read.remarks] == [
        "invalid-distribution-name",
        "missing-metadata",
        "missing-record",
    ]


def test_a_file_in_place_of_the_directory_is_remarked(tmp_path: Path) -> None:
    (tmp_path / "demo-1.0.dist-info").write_text("no directory")
    read = found(tmp_path / "demo-1.0.dist-info")
    assert read.distribution is None
    assert [remark.code for remark in read.remarks] == ["unreadable"]


@pytest.mark.parametrize("name", ["METADATA", "RECORD", "WHEEL", "INSTALLER", "direct_url.json"])
def test_directories_pipes_and_circles_in_place_of_files_are_remarked(tmp_path: Path, name: str) -> None:
    replacements: tuple[Callable[[Path], None], ...] = (
        Path.mkdir,
        os.mkfifo,
        lambda path: path.symlink_to(path),
    )
    for number, replace in enumerate(replacements):
        directory = dist_info(tmp_path, "demo", f"{number}", **{name.replace(".", "__"): None})
        replace(directory / name)
        read = found(directory)
        assert read.distribution is not None
        assert read.distribution.version == f"{number}"
        assert [remark.code for remark in read.remarks] == ["unreadable"], replace


@pytest.mark.parametrize("name", ["METADATA", "RECORD", "WHEEL", "INSTALLER", "direct_url.json"])
def test_a_file_that_is_too_large_is_remarked(tmp_path: Path, name: str) -> None:
    directory = dist_info(tmp_path, "demo", "1.0")
    with (directory / name).open("wb") as file:
        file.truncate(MAX_TEXT_BYTES + 1)
    read = found(directory)
    assert read.distribution is not None
    assert [remark.code for remark in read.remarks] == ["unreadable"]
    assert "larger than" in read.remarks[0].message
    assert (read.distribution.content is None) == (name == "RECORD")


def test_a_name_that_is_no_text_can_be_written(tmp_path: Path) -> None:
    directory = tmp_path / os.fsdecode(b"d\xff\x1b[31mmo-1.0.dist-info")
    directory.mkdir()
    read = found(directory)
    assert read.distribution is None
    for remark in read.remarks:
        assert remark.subject.isprintable()
        assert (remark.subject + remark.message + remark.place).encode()
