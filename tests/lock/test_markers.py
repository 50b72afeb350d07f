"""Markers of a lock, evaluated for its platforms."""

import pytest

from samestack.lock.markers import holds, is_settled


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("", True),
        ("sys_platform == 'linux'", True),
        ("sys_platform == 'darwin' or platform_machine == 'arm64'", False),
        ("python_full_version == '3.9.*' and platform_python_implementation != 'PyPy'", True),
    ],
)
def test_a_marker_holds_or_not(marker: str, *, expected: bool) -> None:
    assert holds(marker, "linux-64", "3.9") is expected


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        (
            "python_full_version == '3.10.*' and platform_machine == 'x86_64' and sys_platform == 'linux'",
            True,
        ),
        ("os_name == 'nt' or platform_system == 'Windows'", True),
        ("python_full_version < '3.11.3'", False),
        ("platform_release >= '5'", False),
        ("platform_python_implementation != 'PyPy'", False),
        ("extra == 'gpu'", False),
    ],
)
def test_only_a_platform_and_a_series_settle_a_marker(marker: str, *, expected: bool) -> None:
    assert is_settled(marker) is expected
