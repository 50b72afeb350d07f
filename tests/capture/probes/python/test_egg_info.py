"""setuptools' own forms: what ``setup.py`` and Debian leave."""

import os
from pathlib import Path

import pytest

from samestack.capture.probes.python.distributions import scan_distributions
from samestack.capture.tree import MachineTree
from samestack.model import Remark
from tests.capture.planted import metadata, write


def scanned(site: Path) -> tuple[dict[str, str | None], tuple[Remark, ...]]:
    distributions, remarks = scan_distributions(MachineTree(), str(site))
    return {one.name: one.version for one in distributions}, remarks


def test_directories_files_and_eggs(tmp_path: Path) -> None:
    write(tmp_path / "six-1.16.0.egg-info/PKG-INFO", metadata("six", "1.16.0"))
    write(tmp_path / "distro-1.8-py3.11.egg-info", metadata("Distro", "1.8"))
    write(tmp_path / "PyYAML-6.0-py3.11-linux-x86_64.egg/EGG-INFO/PKG-INFO", metadata("PyYAML", "6.0"))
    assert scanned(tmp_path) == ({"six": "1.16.0", "distro": "1.8", "pyyaml": "6.0"}, ())


def test_a_zipped_egg_is_known_by_its_name(tmp_path: Path) -> None:
    write(tmp_path / "demo-1.2-py3.8.egg", b"PK\x03\x04")
    known, remarks = scanned(tmp_path)
    assert known == {"demo": "1.2"}
    assert [remark.code for remark in remarks] == ["zipped-egg"]


@pytest.mark.parametrize("line", ["{}\n.", "{}/\r\n../", "  {}"])
def test_a_link_leads_to_metadata_beside_sources(tmp_path: Path, line: str) -> None:
    write(tmp_path / "project/My_Demo.egg-info/PKG-INFO", metadata("my-demo", "3.0"))
    write(tmp_path / "project/other.egg-info/PKG-INFO", metadata("other", "1.0"))
    write(tmp_path / "site/my-demo.egg-link", line.format(tmp_path / "project"))
    (one,), remarks = scan_distributions(MachineTree(), str(tmp_path / "site"))
    assert not remarks
    assert (one.name, one.version, one.is_editable) == ("my-demo", "3.0", True)
    assert one.component().circumstances == {"editable": str(tmp_path / "project")}


def test_a_relative_link_starts_at_the_site_directory(tmp_path: Path) -> None:
    write(tmp_path / "project/demo.egg-info/PKG-INFO", metadata("demo", "3.0"))
    write(tmp_path / "site/demo.egg-link", "../project\n.")
    assert scanned(tmp_path / "site") == ({"demo": "3.0"}, ())


@pytest.mark.parametrize(
    "content", [b"", b"/nowhere\n", b"\0\n", b"\xff\n", b"/" + b"x" * 5000, b"/etc/passwd\n"]
)
def test_a_broken_link_is_remarked(tmp_path: Path, content: bytes) -> None:
    write(tmp_path / "demo.egg-link", content)
    known, remarks = scanned(tmp_path)
    assert known == {"demo": None}
    assert [remark.code for remark in remarks] == ["egg-link"]


def test_what_is_wrong_is_remarked(tmp_path: Path) -> None:
    (tmp_path / "a-1.0.egg-info").mkdir()
    write(tmp_path / "b-1.0.egg-info", "Name: b\n")
    write(tmp_path / "c-1.0.egg-info/PKG-INFO", metadata("c", "2.0"))
    os.mkfifo(tmp_path / "d-1.0.egg-info")
    (tmp_path / "e-1.0.egg-info").symlink_to("nowhere")
    known, remarks = scanned(tmp_path)
    assert known == {"a": "1.0", "b": "1.0", "c": "2.0", "d": "1.0", "e": "1.0"}
    assert [(remark.subject[:1], remark.code) for remark in remarks] == [
        ("a", "missing-metadata"),
        ("b", "malformed-metadata"),
        ("c", "directory-differs"),
        ("d", "unreadable"),
        ("e", "missing-metadata"),
    ]
