"""The header of an rpm package."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.system.rpm_headers import read_rpm_header
from samestack.capture.probes.system.system_packages import SystemPackage
from tests.capture.probes.rpm_samples import header


def test_a_package_without_epoch() -> None:
    package = read_rpm_header(header("bash", "5.1.8", "9.el9"))
    assert package == SystemPackage("bash", "5.1.8-9.el9", "x86_64")


def test_a_package_with_epoch() -> None:
    assert read_rpm_header(header("shadow-utils", "4.9", "8.el9", epoch=2)).version == "2:4.9-8.el9"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "cut off"),
        (b"\0\0\0", "cut off"),
        (struct.pack(">II", 0, 0), "no name"),
        (struct.pack(">II", 70_000, 0) + bytes(2_000_000), "claims more"),
        (struct.pack(">II", 1, 2**31), "claims more"),
        (header("bash")[:200], "claims more"),
        (struct.pack(">IIIIIIi", 1, 4, 1000, 6, 0, 1, -1), "without end"),
        (struct.pack(">IIIIII", 1, 0, 1000, 6, 2**32 - 1, 1), "without end"),
    ],
)
def test_what_is_no_header_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read_rpm_header(data)


@given(st.binary(max_size=200), st.integers(0, 120))
def test_a_damaged_header_is_read_or_refused(junk: bytes, place: int) -> None:
    data = bytearray(header("bash"))
    data[place : place + len(junk)] = junk
    try:
        package = read_rpm_header(bytes(data))
    except ValueError:
        return
    assert isinstance(package, SystemPackage)
