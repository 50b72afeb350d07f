"""What a lock asks of a host, held against this one; its parts are stood in for where they are not here."""

import os
from collections.abc import Mapping

import pytest

from samestack.capture.observation import Observation
from samestack.capture.probes.host import nvidia
from samestack.capture.tree import Tree
from samestack.envs.syncing import host
from samestack.model import Component, Ecosystem, Layer
from samestack.project.manifest import HostNeeds


def with_driver(patch: pytest.MonkeyPatch, version: str = "", highest_cuda: str = "") -> None:
    driver = Component(
        layer=Layer.DRIVER,
        ecosystem=Ecosystem.GENERIC,
        name="nvidia-driver",
        version=version,
        facts={"highest_cuda": highest_cuda} if highest_cuda else {},
    )

    def read(_tree: Tree, _environment: Mapping[str, str]) -> Observation:
        return Observation((driver,) if version else ())

    patch.setattr(nvidia, "read_nvidia", read)


def test_a_host_without_needs_is_not_even_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nvidia, "read_nvidia", None)
    assert host.unmet_needs(HostNeeds()) == ()
    assert not host.is_without_driver(HostNeeds(glibc="2.17"))
    assert host.missing_system_packages(()) == ()


@pytest.mark.skipif(
    "glibc" not in (os.confstr("CS_GNU_LIBC_VERSION") or ""), reason="it is another C library"
)
def test_the_c_library_of_this_machine_is_asked() -> None:
    assert host.unmet_needs(HostNeeds(glibc="2.5")) == ()
    (said,) = host.unmet_needs(HostNeeds(glibc="9.99"))
    assert said.startswith("it needs glibc 9.99, and this system has 2.")


def test_a_driver_that_is_too_old_is_unmet(monkeypatch: pytest.MonkeyPatch) -> None:
    with_driver(monkeypatch, "450.80.02", "11.0")
    assert host.unmet_needs(HostNeeds(driver="450.80.02", cuda="11.0")) == ()
    assert host.unmet_needs(HostNeeds(driver="525.60.13", cuda="12.0")) == (
        "it needs the NVIDIA driver 525.60.13, and this host has 450.80.02",
        "it needs a driver for CUDA 12.0, and this host's is for 11.0",
    )


def test_versions_are_compared_by_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    with_driver(monkeypatch, "1000.1", "9.2")
    assert host.unmet_needs(HostNeeds(driver="525.60.13")) == ()
    assert len(host.unmet_needs(HostNeeds(cuda="10.0"))) == 1


def test_a_driver_of_no_known_version_is_not_held_against_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    with_driver(monkeypatch, "beta", "")
    assert host.unmet_needs(HostNeeds(driver="525.60.13", cuda="12.0")) == ()


def test_no_driver_at_all_is_something_to_know_and_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    with_driver(monkeypatch)
    needs = HostNeeds(driver="525.60.13")
    assert host.unmet_needs(needs) == ()
    assert host.is_without_driver(needs)


def test_packages_of_the_system_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    there = Component(layer=Layer.SYSTEM, ecosystem=Ecosystem.DEBIAN, name="libgl1", version="1")
    monkeypatch.setattr("samestack.capture.memory.remembered", lambda _read, _key: Observation((there,)))
    assert host.missing_system_packages(("libgl1", "libgl1:amd64", "libglib2.0-0")) == ("libglib2.0-0",)


def test_without_dpkg_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samestack.capture.memory.remembered", lambda _read, _key: Observation())
    assert host.missing_system_packages(("libgl1",)) == ()
