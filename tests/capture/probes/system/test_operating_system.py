"""The distribution is read from os-release, however that is written."""

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.system.operating_system import read_operating_system
from samestack.capture.tree import RootTree
from samestack.errors import InputError
from samestack.model import Component, Layer, Stack
from tests.capture.probes.memory_tree import MemoryTree

DEBIAN = """\
PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
"""
ROCKY = """\
NAME="Rocky Linux"
VERSION="9.3 (Blue Onyx)"
ID="rocky"
ID_LIKE="rhel centos fedora"
VERSION_ID="9.3"
"""


def read(text: str | bytes) -> Component:
    (component,) = read_operating_system(MemoryTree({"/etc/os-release": text})).components
    return component


def test_debian() -> None:
    component = read(DEBIAN)
    assert (component.layer, component.label) == (Layer.OS, "debian 12")
    assert component.facts == {"codename": "bookworm"}
    assert component.circumstances == {"full_name": "Debian GNU/Linux 12 (bookworm)"}


def test_a_derived_distribution_names_its_relatives() -> None:
    component = read(ROCKY)
    assert component.label == "rocky 9.3"
    assert component.facts == {"like": ("rhel", "centos", "fedora")}


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("VERSION_ID=12", "12"),
        ("VERSION_ID='12'", "12"),
        ('VERSION_ID="1\\"2"', '1"2'),
        ("VERSION_ID='1\\$2'", "1\\$2"),
        ("VERSION_ID=", None),
        ("# VERSION_ID=13\nVERSION_ID=12\r", "12"),
    ],
)
def test_values_are_quoted_as_a_shell_does(line: str, version: str | None) -> None:
    assert read(f"ID=x\n{line}\n").version == version


def test_without_a_name_it_is_linux() -> None:
    assert read("NAME=Nothing\n").name == "linux"


def test_the_second_place_is_read_where_the_first_is_missing() -> None:
    tree = MemoryTree({"/usr/lib/os-release": DEBIAN})
    assert read_operating_system(tree).components[0].label == "debian 12"


def test_a_root_without_os_release_is_remarked_on() -> None:
    observation = read_operating_system(MemoryTree({}))
    assert observation.components == ()
    assert [remark.code for remark in observation.remarks] == ["distribution-unknown"]


def test_one_that_is_a_link_out_of_the_root_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text(DEBIAN)
    (tmp_path / "root/etc").mkdir(parents=True)
    (tmp_path / "root/etc/os-release").symlink_to(tmp_path / "outside")
    assert read_operating_system(RootTree(tmp_path / "root")).components == ()


def test_a_huge_one_is_refused() -> None:
    with pytest.raises(InputError, match="larger than"):
        read("#" * 100_000)


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"ID={text}\nVERSION_ID={text}".encode())
)
def test_whatever_it_holds_there_is_a_distribution(data: bytes) -> None:
    assert Stack((read(data),)).digest.startswith("sha256:")


@given(
    st.from_regex(r"[ -~]{1,20}", fullmatch=True).map(str.strip).filter(lambda text: text and "'" not in text)
)
def test_what_a_shell_would_quote_is_read_back(value: str) -> None:
    assert read(f"VERSION_ID={shlex.quote(value)}").version == value
