"""dpkg's database is read as dpkg itself reads it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.system.debian_packages import read_debian_packages
from samestack.capture.tree import MachineTree, RootTree
from samestack.errors import InputError
from samestack.model import Layer, Stack
from samestack.process import run
from tests.capture.probes.memory_tree import MemoryTree
from tests.services.requirement import require_program

STATUS = """\
Package: libc6
Status: install ok installed
Priority: optional
Architecture: amd64
Multi-Arch: same
Version: 2.36-9+deb12u10
Description: GNU C Library: Shared libraries
 Package: this line belongs to the description

Package: libc6
Status: install ok installed
Architecture: i386
Multi-Arch: same
Version: 2.36-9+deb12u10

Package: adduser
Status: install ok installed
Architecture: all
Version: 3.134

Package: old-library
Status: deinstall ok config-files
Architecture: amd64
Version: 1.0-1

Package: held
Status: hold ok installed
Architecture: amd64
Version: 1:2.0~rc1-1
"""
HALF = """
Package: broken
Status: install ok half-configured
Architecture: amd64
Version: 1.0-1
"""


def read(status: str | bytes) -> list[tuple[str, str, str | None]]:
    components = read_debian_packages(MemoryTree({"/var/lib/dpkg/status": status})).components
    return [(one.name, one.at, one.version) for one in components]


def test_installed_packages_and_only_those() -> None:
    assert read(STATUS) == [
        ("libc6", "", "2.36-9+deb12u10"),
        ("libc6", "i386", "2.36-9+deb12u10"),
        ("adduser", "", "3.134"),
        ("held", "", "1:2.0~rc1-1"),
    ]


def test_a_half_installed_package_is_there_with_a_remark() -> None:
    observation = read_debian_packages(MemoryTree({"/var/lib/dpkg/status": STATUS + HALF}))
    assert "broken" in [one.name for one in observation.components]
    (remark,) = observation.remarks
    assert (remark.code, remark.subject, remark.layer) == ("package-half-installed", "broken", Layer.SYSTEM)


def test_distroless_images_have_a_file_for_each_package() -> None:
    tree = MemoryTree(
        {
            "/var/lib/dpkg/status.d/base": "Package: base-files\nVersion: 12.4\nArchitecture: amd64\n",
            "/var/lib/dpkg/status.d/base.md5sums": "Package: not-a-package\nVersion: 1\n",
            "/var/lib/dpkg/status.d/ssl": "Package: libssl3\nVersion: 3.0.11-1\nArchitecture: amd64\n",
        }
    )
    assert [one.label for one in read_debian_packages(tree).components] == [
        "base-files 12.4",
        "libssl3 3.0.11-1",
    ]


def test_a_root_without_dpkg_has_none() -> None:
    assert read_debian_packages(MemoryTree({})).components == ()


def test_binary_junk_is_remarked_on_and_the_rest_is_read() -> None:
    junk = b"\n\nPackage: \x00\xff\nVersion: \x1b[2J\nStatus: install ok installed\n\n"
    observation = read_debian_packages(MemoryTree({"/var/lib/dpkg/status": STATUS.encode() + junk}))
    assert len(observation.components) == 4
    assert [remark.code for remark in observation.remarks] == ["malformed-package-entry"]


def test_a_link_out_of_the_root_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "status").write_text(STATUS)
    directory = tmp_path / "root/var/lib/dpkg"
    (directory / "status.d").mkdir(parents=True)
    (directory / "status").symlink_to("../../../../../status")
    (directory / "status.d/one").symlink_to(tmp_path / "status")
    assert read_debian_packages(RootTree(tmp_path / "root")).components == ()


def test_a_huge_one_is_refused() -> None:
    with pytest.raises(InputError, match="larger than"):
        read(bytes(65 * 1024 * 1024))


@pytest.mark.service
def test_on_this_machine_it_says_what_dpkg_says() -> None:
    query = require_program("dpkg-query")
    said = run([query, "--show", "--showformat=${db:Status-Status} ${Package} ${Version} ${Architecture}\n"])
    lines = [line.split() for line in said.output.splitlines()]
    expected = sorted(
        (name, version, architecture)
        for status, name, version, architecture in lines
        if status == "installed"
    )
    found = read_debian_packages(MachineTree()).components
    assert sorted((one.name, str(one.version), str(one.facts["architecture"])) for one in found) == expected


lines = st.sampled_from(
    ["Package: a", "Version: 1", "Status: install ok installed", "Status: x", "", " a", ":", "\0"]
)


@given(st.binary(max_size=400) | st.lists(lines).map(lambda all_of_them: "\n".join(all_of_them).encode()))
def test_whatever_it_holds_what_is_read_is_well_formed(status: bytes) -> None:
    tree = MemoryTree({"/var/lib/dpkg/status": status, "/var/lib/dpkg/status.d/x": status})
    assert Stack.of(read_debian_packages(tree).components).digest.startswith("sha256:")
