"""What is installed, in files beside the Dockerfile: each package by its release and its wheel's hash."""

from collections.abc import Iterable, Mapping
from typing import Final

from samestack.image.building.locked_wheels import LockedWheel
from samestack.knowledge.container_bases import container_bases

DIRECTORY: Final = "requirements.image"
HEAVY: Final = f"{DIRECTORY}/heavy.txt"
LIGHT: Final = f"{DIRECTORY}/light.txt"
CONDA: Final = f"{DIRECTORY}/conda.txt"
INDEX: Final = f"{DIRECTORY}/index.txt"
UV: Final = f"{DIRECTORY}/uv.txt"

HEAVY_BYTES: Final = 8_000_000
"""From this size on a wheel is a heavy one. Of 77 wheels around torch, 20 hold 97 % of the bytes."""

_ABOUT: Final = "# Written by samestack. It names no index: whoever builds does.\n"


def requirement_files(wheels: Iterable[LockedWheel]) -> Mapping[str, bytes]:
    """The files of the heavy and of the light packages; one that would be empty is left out."""
    parts: dict[str, list[LockedWheel]] = {HEAVY: [], LIGHT: []}
    for wheel in wheels:
        parts[HEAVY if _is_heavy(wheel) else LIGHT].append(wheel)
    return {file: _text(map(_requirement, part)) for file, part in parts.items() if part}


def uv_file() -> bytes:
    """The uv that installs, by its hashes."""
    uv = container_bases().uv
    return _text([_hashed("uv", uv.version, uv.hashes)])


def hashed_requirements(releases: Iterable[tuple[str, str, str]]) -> bytes:
    """A file of names, versions and SHA-256s, for what stands in no standard lock."""
    return _text(_hashed(name, version, [f"sha256:{digits}"]) for name, version, digits in releases)


def _is_heavy(wheel: LockedWheel) -> bool:
    """By its size; where the lock does not say it, what is compiled counts as heavy."""
    if wheel.size:
        return wheel.size >= HEAVY_BYTES
    return not wheel.file.endswith("-any.whl")


def _requirement(wheel: LockedWheel) -> str:
    return _hashed(wheel.name, wheel.version, [f"sha256:{wheel.sha256}"])


def _hashed(name: str, version: str, hashes: Iterable[str]) -> str:
    return " \\\n    ".join([f"{name}=={version}", *(f"--hash={one}" for one in hashes)])


def _text(requirements: Iterable[str]) -> bytes:
    return (_ABOUT + "".join(f"{one}\n" for one in requirements)).encode()
