"""What is chosen for one Dockerfile, and what comes of it."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from samestack.image.settings import ImageSettings
from samestack.lock.decision import Lock
from samestack.oci.platform import AMD64, Platform
from samestack.project.manifest import Project

_CONDA_LOCKS: Final = ("pixi.lock", "conda-lock.yml")


class Choices(Struct, frozen=True, kw_only=True):
    """What whoever asks decides, beyond the settings of the project."""

    base: str = ""
    """An image as ``FROM`` names it; empty for the settings' or the one that suits the lock."""
    installer: str = ""
    """An image that holds ``/uv``, or micromamba for a lock of conda's; empty to take uv from the index."""
    platform: Platform = AMD64
    is_for_gpu: bool = False
    has_buildkit: bool = True
    """Whether the builder knows mounts: caches and secrets."""


class Request(Struct, frozen=True, kw_only=True):
    """All that a Dockerfile is a function of."""

    project: Project
    lock: Lock
    settings: ImageSettings
    choices: Choices = Choices()

    @property
    def is_conda(self) -> bool:
        """Whether the lock is one of conda's."""
        return self.lock.kind in _CONDA_LOCKS


class Dockerfile(Struct, frozen=True, kw_only=True):
    """A Dockerfile with all that it needs beside it."""

    files: Mapping[str, bytes]
    """By their paths, relative to the project: the Dockerfile, ``.dockerignore`` and lists of packages."""
    base: str
    """The image below, by name and digest."""
    notes: tuple[str, ...] = ()
    """What whoever builds it has to know, a sentence each."""
