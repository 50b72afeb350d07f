"""The packages that bring a library, by the distribution of the system."""

import pytest

from samestack.check.rules.binary.library_remedy import remedy_of
from tests.check.rules.binary.systems import c_library, distribution
from tests.check.subjects import snapshot, subject

GLIB = "libglib-2.0.so.0"


@pytest.mark.parametrize(
    ("name", "version", "like", "command"),
    [
        ("debian", "12", (), "apt-get install libglib2.0-0"),
        ("debian", "13", (), "apt-get install libglib2.0-0t64"),
        ("debian", None, (), "apt-get install libglib2.0-0t64"),
        ("ubuntu", "22.04", ("debian",), "apt-get install libglib2.0-0"),
        ("ubuntu", "24.04", ("debian",), "apt-get install libglib2.0-0t64"),
        ("linuxmint", "22", ("ubuntu", "debian"), "apt-get install libglib2.0-0"),
        ("ubuntu", "rolling", (), "apt-get install libglib2.0-0"),
        ("fedora", "41", (), "dnf install glib2"),
        ("rocky", "9.4", ("rhel", "centos", "fedora"), "dnf install glib2"),
        ("alpine", "3.20", (), "apk add glib"),
        ("opensuse-leap", "15.6", ("suse", "opensuse"), 'zypper install "libglib-2.0.so.0()(64bit)"'),
        ("nixos", "24.11", (), ""),
    ],
)
def test_each_distribution_has_its_own(
    name: str, version: str | None, like: tuple[str, ...], command: str
) -> None:
    host = snapshot(c_library("glibc", "2.36"), distribution(name, version, *like))
    assert remedy_of(subject(host=host), "x", [GLIB]).command == command


def test_a_library_that_the_table_does_not_know_is_asked_for_by_its_name_where_that_can_be() -> None:
    def remedy(name: str) -> tuple[str, str]:
        found = remedy_of(subject(host=snapshot(distribution(name, "1"))), "x", ["libnew.so.7"])
        return found.text, found.command

    text = "install whatever brings libnew.so.7"
    assert remedy("fedora") == (text, 'dnf install "libnew.so.7()(64bit)"')
    assert remedy("alpine") == (text, "apk add so:libnew.so.7")
    assert remedy("debian") == (text, "")


def test_the_systems_packages_and_wheels_go_together() -> None:
    host = snapshot(distribution("debian", "12"))
    remedy = remedy_of(subject(host=host), "x", ["libgomp.so.1", "libcudart.so.12", "libcudart.so.12"])
    assert remedy.command == "apt-get install libgomp1 && pip install nvidia-cuda-runtime-cu12"
    assert remedy.text == "install libgomp1, nvidia-cuda-runtime-cu12"
    assert all(source.startswith("https://") for source in remedy.sources)


def test_parts_of_cuda_whose_version_their_name_does_not_tell() -> None:
    remedy = remedy_of(subject(host=snapshot(distribution("debian", "12"))), "torch", ["libcudnn.so.9"])
    assert "install torch again with what it requires" in remedy.text
    assert remedy.command == ""
