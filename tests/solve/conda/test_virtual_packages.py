"""Hosts and platforms as virtual packages."""

import pytest

from samestack.model import Component, Ecosystem, Host, Layer, Origin, Snapshot, Stack, Standing
from samestack.solve.conda.virtual_packages import VirtualPackage, target_of


def component(layer: Layer, name: str, version: str, **facts: str) -> Component:
    return Component(layer=layer, ecosystem=Ecosystem.GENERIC, name=name, version=version, facts=facts)


def host() -> Snapshot:
    return Snapshot(
        origin=Origin(
            reference="h.json", kind="machine", standing=Standing.OBSERVED, captured_at="", captured_by=""
        ),
        stack=Stack.of([component(Layer.OS, "glibc", "2.31", architecture="aarch64")]),
        host=Host.of(
            [
                component(Layer.KERNEL, "linux", "5.15.0-91-generic"),
                component(Layer.DRIVER, "nvidia-driver", "535.1", highest_cuda="12.2"),
            ]
        ),
    )


def test_a_host_offers_what_it_has() -> None:
    target = target_of("", host())
    assert target.platform == "linux-aarch64"
    assert set(target.virtual_packages or ()) == {
        VirtualPackage("__unix", "0"),
        VirtualPackage("__archspec", "1", "aarch64"),
        VirtualPackage("__glibc", "2.31"),
        VirtualPackage("__linux", "5.15.0"),
        VirtualPackage("__cuda", "12.2"),
    }


@pytest.mark.parametrize(
    ("platform", "named", "glibc"),
    [
        ("x86_64-manylinux_2_17", "linux-64", "2.17"),
        ("linux-aarch64", "linux-aarch64", "2.28"),
        ("aarch64-apple-darwin", "osx-arm64", None),
        ("x86_64-pc-windows-msvc", "win-64", None),
        ("windows", "win-64", None),
    ],
)
def test_a_platform_offers_little(platform: str, named: str, glibc: str | None) -> None:
    target = target_of(platform, None)
    offered = {one.name: one.version for one in target.virtual_packages or ()}
    assert target.platform == named
    assert offered.get("__glibc") == glibc
    assert "__cuda" not in offered


def test_without_either_it_is_this_machine() -> None:
    assert target_of("", None).virtual_packages is None
