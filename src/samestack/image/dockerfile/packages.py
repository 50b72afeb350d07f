"""What is installed, of whichever kind of lock, and what the image below has to know of it."""

from collections.abc import Mapping

from msgspec import Struct, field

from samestack.image.building.locked_wheels import locked_wheels
from samestack.image.building.target import GLIBC, Target, python_series
from samestack.image.dockerfile.choices import Choices
from samestack.image.dockerfile.requirement_files import UV, requirement_files, uv_file
from samestack.lock.decision import Lock


class Packages(Struct, frozen=True, kw_only=True):
    """What a lock has for one platform."""

    series: str
    """Of Python."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """By their paths beside the Dockerfile."""
    releases: tuple[tuple[str, str], ...] = ()
    """Names and versions."""
    glibc: str = ""
    """The least that these wheels need; empty where the lock does not say."""


def wheel_packages(lock: Lock, choices: Choices) -> Packages:
    """Those of a lock of Python packages."""
    series = python_series(lock)
    glibc = lock.table.host.glibc
    wheels = locked_wheels(lock, Target(platform=choices.platform, python=series, glibc=_at_least(glibc)))
    uv = {} if choices.installer else {UV: uv_file()}
    return Packages(
        series=series,
        files={**uv, **requirement_files(wheels)},
        releases=tuple((one.name, one.version) for one in wheels),
        glibc=glibc,
    )


def _at_least(glibc: str) -> tuple[int, int]:
    """What wheels are chosen for: the lock's need, which the base is held to, or what every base has."""
    parts = [int(part) for part in glibc.split(".")[:2] if part.isdecimal()]
    return max(GLIBC, (parts[0], parts[1])) if len(parts) == 2 else GLIBC
