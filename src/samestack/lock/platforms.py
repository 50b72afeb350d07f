"""The platforms that a lock can be for, in the words of markers, of wheels and of uv."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from samestack.project.manifest import PLATFORMS

_NEWEST: Final = 99
"""A series stands for its newest release; no series has had more than two dozen."""


class Platform(Struct, frozen=True, kw_only=True):
    """One of :data:`~samestack.project.manifest.PLATFORMS`."""

    os_name: str
    system: str
    """What ``platform.system()`` says."""
    sys_platform: str
    machine: str
    """What ``platform.machine()`` says."""
    uv: str
    """What ``uv --python-platform`` calls it."""


_ALL: Final = {
    "linux-64": Platform(
        os_name="posix",
        system="Linux",
        sys_platform="linux",
        machine="x86_64",
        uv="x86_64-unknown-linux-gnu",
    ),
    "linux-aarch64": Platform(
        os_name="posix",
        system="Linux",
        sys_platform="linux",
        machine="aarch64",
        uv="aarch64-unknown-linux-gnu",
    ),
    "osx-64": Platform(
        os_name="posix",
        system="Darwin",
        sys_platform="darwin",
        machine="x86_64",
        uv="x86_64-apple-darwin",
    ),
    "osx-arm64": Platform(
        os_name="posix",
        system="Darwin",
        sys_platform="darwin",
        machine="arm64",
        uv="aarch64-apple-darwin",
    ),
    "win-64": Platform(
        os_name="nt",
        system="Windows",
        sys_platform="win32",
        machine="AMD64",
        uv="x86_64-pc-windows-msvc",
    ),
}


def platform_of(name: str) -> Platform:
    """The platform that conda calls ``linux-64``; ``KeyError`` for one that a manifest cannot name."""
    return _ALL[name]


def platforms_or_all(names: Sequence[str]) -> tuple[str, ...]:
    """The platforms that are named, or all where none is."""
    return tuple(names) or PLATFORMS


def marker_environment(platform: str, python: str) -> Mapping[str, str]:
    """The values that markers have on a platform with a CPython, a series (``3.9``) or a release.

    A series stands for its newest release. What only a running system can tell is empty.
    """
    said = _ALL[platform]
    series = ".".join(python.split(".")[:2])
    release = python if python.count(".") > 1 else f"{series}.{_NEWEST}"
    return {
        "implementation_name": "cpython",
        "implementation_version": release,
        "os_name": said.os_name,
        "platform_machine": said.machine,
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": said.system,
        "platform_version": "",
        "python_full_version": release,
        "python_version": series,
        "sys_platform": said.sys_platform,
        "extra": "",
    }


def environment_markers(platforms: Sequence[str], python: str) -> tuple[str, ...]:
    """The markers of a Python series on each of the platforms; one without any where none is named."""
    series = f"python_version == '{'.'.join(python.split('.')[:2])}'"
    named = [_ALL[name] for name in platforms]
    on_each = (
        f"{series} and sys_platform == '{one.sys_platform}' and platform_machine == '{one.machine}'"
        for one in named
    )
    return tuple(on_each) or (series,)
