"""What a project wants of its environment beyond what the ecosystem's own tables can say."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct


class Backend(StrEnum):
    """Who decides and builds the environment of a project."""

    VENV = "venv"
    """uv decides a ``pylock.toml`` and fills a virtual environment."""
    CONDA = "conda"
    """rattler decides a ``pixi.lock`` and fills a prefix, Python packages of an index on top."""
    POETRY = "poetry"
    """Poetry decides its ``poetry.lock`` and fills a virtual environment."""


LOCK_NAMES: Final = {
    Backend.VENV: "pylock.toml",
    Backend.CONDA: "pixi.lock",
    Backend.POETRY: "poetry.lock",
}

PLATFORMS: Final = ("linux-64", "linux-aarch64", "osx-64", "osx-arm64", "win-64")
"""The platforms that a manifest can name, in conda's words."""


class Constraint(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A requirement that only narrows what something else asks for, and why it is there."""

    requirement: str
    """``numpy<2``."""
    reason: str
    """A sentence for whoever wants to lift it."""


class HostNeeds(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The least that a host must offer; empty where nothing is known or needed."""

    driver: str = ""
    """The lowest NVIDIA driver: ``450.80.02``."""
    cuda: str = ""
    """The lowest CUDA that the driver must be able to run: ``11.2``."""
    glibc: str = ""
    """The lowest glibc: ``2.31``."""


class Manifest(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, rename="kebab"
):
    """``[tool.samestack]``, as far as it speaks of the environment; everything may be left out."""

    backend: Backend | None = None
    python: str = ""
    """A series (``3.9``) or a release (``3.9.18``); empty where ``requires-python`` has to do."""
    platforms: tuple[str, ...] = ()
    """Those that the lock is for, out of :data:`PLATFORMS`; empty for all that uv knows."""
    environment: str = ".venv"
    """Where the environment is, relative to the project."""
    extras: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    """Extras and dependency groups of the project that belong into its lock."""
    channels: tuple[str, ...] = ()
    """conda channels, the most important first."""
    system_packages: tuple[str, ...] = ()
    """Packages of the operating system that the program needs: ``libgl1``."""
    as_of: str = ""
    """A day (``2022-03-01``) or ``auto``: only releases of before it count."""
    urls: bool = True
    """Whether a lock keeps the addresses of files, or their names and hashes alone."""
    host: HostNeeds = HostNeeds()
    constraints: tuple[Constraint, ...] = ()


class Project(Struct, frozen=True, kw_only=True):
    """A directory with what its files say."""

    directory: Path
    manifest: Manifest = Manifest()
    file: str = ""
    """The ``pyproject.toml`` with the manifest, relative to the directory; empty where there is none."""
    wishes: tuple[str, ...] = ()
    """The files that ask for packages (``requirements.txt``, ``pyproject.toml``, ``environment.yml``)."""
    requires_python: str = ""
    """What ``[project] requires-python`` says."""
    backend: Backend = Backend.VENV
    """The manifest's, or the one that the files speak for."""
    backend_reason: str = ""
    """Why this one, in a sentence."""
    is_package: bool = False
    """Whether the project itself can be installed (``[build-system]``)."""
    name: str = ""
    """What the project calls itself, normalised; the directory's name where it says nothing."""
    notes: tuple[str, ...] = ()
    """What was decided on the way here, in a sentence each."""
