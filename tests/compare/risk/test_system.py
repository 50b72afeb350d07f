"""The operating system, its packages, native libraries and accelerators."""

import pytest

from samestack.compare.risk.system import upstream_version
from samestack.model import Component, Ecosystem, Layer
from samestack.model.risk import Risk
from tests.compare.risk.changes import component, reasons_of, risk_of, told


def installed(name: str, version: str | None, ecosystem: Ecosystem = Ecosystem.DEBIAN) -> Component:
    return component(Layer.SYSTEM, name, version, ecosystem=ecosystem)


@pytest.mark.parametrize(
    ("version", "ecosystem", "upstream"),
    [
        ("2.36-9+deb12u4", Ecosystem.DEBIAN, "2.36"),
        ("1:2.1.5-2", Ecosystem.DEBIAN, "2.1.5"),
        ("1.2-3-4", Ecosystem.DEBIAN, "1.2-3"),
        ("2024a+deb12u1", Ecosystem.DEBIAN, "2024a"),
        ("2.34-60.el9_2.7", Ecosystem.RPM, "2.34"),
        ("1.2.4-r2", Ecosystem.ALPINE, "1.2.4"),
        ("1.2.4-r2", Ecosystem.CONDA, "1.2.4-r2"),
    ],
)
def test_upstreams_version(version: str, ecosystem: Ecosystem, upstream: str) -> None:
    assert upstream_version(version, ecosystem) == upstream


def test_a_revision_of_one_upstream_version_bears_no_risk() -> None:
    before, after = installed("libtiff6", "4.5.0-6"), installed("libtiff6", "4.5.0-6+deb12u1")
    (reason,) = reasons_of(before, after)
    assert reason.risk is Risk.NONE
    assert "revision of one upstream version, 4.5.0" in reason.text


@pytest.mark.parametrize(
    ("name", "before", "after", "ecosystem", "risk"),
    [
        ("libjpeg62-turbo", "1:2.0.6-4", "1:2.1.5-2", Ecosystem.DEBIAN, Risk.RESULTS),
        ("libjpeg-turbo", "2.0.90-6.el9", "2.1.5-1.el9", Ecosystem.RPM, Risk.RESULTS),
        ("ffmpeg", "6.0-r1", "6.1-r0", Ecosystem.ALPINE, Risk.RESULTS),
        ("libstdc++6", "10.2.1-6", "12.2.0-14", Ecosystem.DEBIAN, Risk.BREAKS),
        ("bash", "5.1-2", "5.2-1", Ecosystem.DEBIAN, Risk.UNKNOWN),
        ("bash", "5.1-2", "5.1-2", Ecosystem.DEBIAN, Risk.UNKNOWN),
        ("libgomp", "12", "13", Ecosystem.GENERIC, Risk.RESULTS),
        ("openblas", "0.3.20", "0.3.21", Ecosystem.GENERIC, Risk.RESULTS),
        ("something", "1.0", "2.0", Ecosystem.GENERIC, Risk.UNKNOWN),
    ],
)
def test_packages_and_native_libraries(
    name: str, before: str, after: str, ecosystem: Ecosystem, risk: Risk
) -> None:
    assert risk_of(installed(name, before, ecosystem), installed(name, after, ecosystem)) is risk


def test_a_fault_of_one_release_is_named() -> None:
    before = installed("openblas", "0.3.16.dev", Ecosystem.GENERIC)
    assert "0.3.17 undoes this" in told(before, installed("openblas", "0.3.17", Ecosystem.GENERIC))


def test_what_is_gone_breaks_only_where_it_is_known_to_be_needed() -> None:
    assert risk_of(installed("libgl1", "1.6.0-1"), None) is Risk.BREAKS
    assert risk_of(installed("bash", "5.2-1"), None) is Risk.UNKNOWN
    assert risk_of(None, installed("libgl1", "1.6.0-1")) is Risk.UNKNOWN


def test_a_version_that_is_not_stated_is_unknown() -> None:
    assert risk_of(installed("libtiff6", None), installed("libtiff6", "4.5.0-6")) is Risk.UNKNOWN


def test_the_c_library_and_the_distribution() -> None:
    old, new = component(Layer.OS, "glibc", "2.31"), component(Layer.OS, "glibc", "2.41")
    assert risk_of(old, new) is Risk.RESULTS
    assert risk_of(old, None) is Risk.BREAKS
    assert risk_of(None, component(Layer.OS, "musl", "1.2.5")) is Risk.UNKNOWN
    debian = component(Layer.OS, "debian", "11"), component(Layer.OS, "debian", "12")
    assert risk_of(*debian) is Risk.UNKNOWN


@pytest.mark.parametrize(
    ("name", "before", "after", "risk"),
    [
        ("cuda", "11.8", "12.4", Risk.BREAKS),
        ("cuda", "12.1", "12.4", Risk.RESULTS),
        ("cudnn", "8.9.2", "9.1.0", Risk.BREAKS),
        ("nccl", "2.18.3", "2.20.5", Risk.RESULTS),
        ("nvidia-cudnn-cu12", "8.9.2.26", "8.9.7.29", Risk.RESULTS),
        ("rocm", "6.0", "6.1", Risk.UNKNOWN),
    ],
)
def test_accelerators(name: str, before: str, after: str, risk: Risk) -> None:
    old, new = component(Layer.ACCELERATOR, name, before), component(Layer.ACCELERATOR, name, after)
    assert risk_of(old, new) is risk


def test_an_accelerators_software_that_is_gone() -> None:
    assert risk_of(component(Layer.ACCELERATOR, "cuda", "12.4"), None) is Risk.BREAKS
