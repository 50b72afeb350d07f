"""Which wheels the target takes, and how its markers evaluate."""

from collections.abc import Iterator
from typing import Final

from packaging import tags
from packaging.markers import default_environment

from samestack.solve.problem import Target

_GLIBC_OF_UV: Final = 28
"""The minor version of glibc 2 that uv means by ``linux`` and by a plain GNU platform."""

_LEGACY: Final = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}


def target_tags(target: Target) -> frozenset[tags.Tag] | None:
    """Every tag of a wheel that the target takes; ``None`` for a platform that is not known here."""
    platforms = list(_platforms(target.platform))
    if not platforms:
        return None
    version = series(target)
    interpreter = f"cp{version[0]}{version[1]}"
    return frozenset(
        (
            *tags.cpython_tags(version, platforms=platforms),
            *tags.compatible_tags(version, interpreter, platforms),
        )
    )


def series(target: Target) -> tuple[int, int]:
    """The major and minor version of the target's Python."""
    major, _, rest = target.python.partition(".")
    minor = rest.partition(".")[0]
    return int(major), int(minor or 0)


def python_version(target: Target) -> str:
    """Its full version; of a series without one, the first, as uv takes it."""
    return target.python if target.python.count(".") >= 2 else f"{target.python}.0"


def glibc_of(target: Target) -> tuple[int, int] | None:
    """The glibc that the target has, as far as its tags tell."""
    versions = [
        (int(parts[1]), int(parts[2]))
        for name in _platforms(target.platform)
        if (parts := name.split("_"))[0] == "manylinux" and parts[1:3] != []
    ]
    return max(versions, default=None)


def marker_values(target: Target) -> dict[str, str]:
    """What markers are evaluated with."""
    values = {**default_environment(), **_platform_values(target.platform)}
    major, minor = series(target)
    full = python_version(target)
    return {
        **{name: str(value) for name, value in values.items()},
        "python_version": f"{major}.{minor}",
        "python_full_version": full,
        "implementation_name": "cpython",
        "implementation_version": full,
        "platform_python_implementation": "CPython",
    }


def _platforms(name: str) -> Iterator[str]:
    if not name:
        yield from tags.platform_tags()
        return
    machine, _, system = name.partition("-")
    if name in {"linux", "windows", "macos"}:
        machine, system = ("arm64" if name == "macos" else "x86_64"), name
    if "manylinux" in system or system in {"linux", "unknown-linux-gnu"}:
        yield from _glibc_platforms(machine, _glibc_minor(system))
    elif system == "unknown-linux-musl":
        yield from (f"musllinux_1_{minor}_{machine}" for minor in (2, 1, 0))
        yield f"linux_{machine}"
    elif "windows" in system:
        yield {"x86_64": "win_amd64", "aarch64": "win_arm64", "i686": "win32"}.get(machine, machine)
    elif "darwin" in system or system == "macos":
        yield from tags.mac_platforms((13, 0), "arm64" if machine in {"arm64", "aarch64"} else machine)


def _glibc_minor(system: str) -> int:
    if system == "manylinux2014":
        return 17
    last = system.rpartition("_")[2]
    return int(last) if last.isdecimal() else _GLIBC_OF_UV


def _glibc_platforms(machine: str, newest: int) -> Iterator[str]:
    oldest = 5 if machine in {"x86_64", "i686"} else 17
    for minor in range(newest, oldest - 1, -1):
        yield f"manylinux_2_{minor}_{machine}"
        if minor in _LEGACY:
            yield f"{_LEGACY[minor]}_{machine}"
    yield f"linux_{machine}"


def _platform_values(name: str) -> dict[str, str]:
    if not name:
        return {}
    machine = name.partition("-")[0]
    if "windows" in name:
        known = {"x86_64": "AMD64", "aarch64": "ARM64", "windows": "AMD64"}
        return _values("win32", "Windows", "nt", known.get(machine, machine))
    if "darwin" in name or name == "macos":
        return _values("darwin", "Darwin", "posix", "x86_64" if machine == "x86_64" else "arm64")
    if "linux" in name:
        return _values("linux", "Linux", "posix", "x86_64" if name == "linux" else machine)
    return {}


def _values(platform: str, system: str, kind: str, machine: str) -> dict[str, str]:
    return {
        "sys_platform": platform,
        "platform_system": system,
        "os_name": kind,
        "platform_machine": machine,
        "platform_release": "",
        "platform_version": "",
    }
