"""What images are built on and with: distributions, NVIDIA's images, and the uv that installs in them."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct, field


class Uv(Struct, frozen=True, forbid_unknown_fields=True):
    """A release of uv and the hashes of its wheels for Linux with glibc."""

    version: str
    hashes: tuple[str, ...]
    sources: tuple[str, ...]


class Distribution(Struct, frozen=True, forbid_unknown_fields=True):
    """A release of Debian or Ubuntu."""

    name: str
    """``bookworm``."""
    words: tuple[str, ...]
    """How the names of images say that they are of it."""
    glibc: str
    python: str
    """The series of its package ``python3``."""
    sources: tuple[str, ...]


class CudaImages(Struct, frozen=True, forbid_unknown_fields=True):
    """NVIDIA's images with a CUDA."""

    cuda: str
    cudnn: str
    """The major version in ``with_libraries``."""
    bare: str
    """With the CUDA runtime alone."""
    with_libraries: str
    """With cuBLAS, cuDNN and their like."""
    sources: tuple[str, ...]


class ContainerBases(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything of the table."""

    dated: date
    uv: Uv
    distributions: tuple[Distribution, ...] = field(name="distribution")
    cuda_images: tuple[CudaImages, ...] = field(name="cuda")

    def distribution_of(self, image: str) -> Distribution | None:
        """The distribution that the name of an image tells; ``None`` where it does not."""
        fitting = (one for one in self.distributions if any(word in image for word in one.words))
        return next(fitting, None)


@cache
def container_bases() -> ContainerBases:
    """The whole table."""
    path = Path(__file__).parent / "data" / "container_bases.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), ContainerBases)
