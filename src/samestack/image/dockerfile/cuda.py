"""The CUDA that the packages of a lock need of the image below them."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct
from packaging.version import Version

from samestack.capture.probes.binaries.wheel_accelerators import named_accelerators
from samestack.knowledge.accelerators import tensorflow_cuda
from samestack.knowledge.container_bases import CudaImages, container_bases

_TENSORFLOW: Final = ("tensorflow", "tensorflow-gpu")
_RUNTIME: Final = "nvidia-cuda-runtime"
_BRINGS_IT_ALONG: Final = ("torch", _RUNTIME)
"""torch's wheels hold the libraries of CUDA, or ask for NVIDIA's wheels of them."""


class CudaNeed(Struct, frozen=True, kw_only=True):
    """What has to be there beside the driver."""

    cuda: str
    """``11.2``, or a major version where no more is said."""
    cudnn: str = ""
    """The major version; empty where it is not needed, or not known."""
    is_in_the_lock: bool
    """Whether the lock's own packages bring the libraries, so that the image need not."""


def cuda_need(releases: Iterable[tuple[str, str]]) -> CudaNeed | None:
    """What packages, by their names and versions, need; ``None`` where none is known to use CUDA.

    Who brings the libraries along counts before who does not: in one process there can be one CUDA.
    """
    found = [need for name, version in releases for need in _needs(name, version)]
    return max(found, key=lambda one: (one.is_in_the_lock, Version(one.cuda)), default=None)


def cuda_image(need: CudaNeed, glibc: str) -> str | None:
    """NVIDIA's image that serves a need, on a distribution with at least this glibc.

    The lowest CUDA of the same major version that is not below the need, else the highest of that version:
    libraries of one major version stand in for each other.
    """
    fitting = [row for row in container_bases().cuda_images if _serves(row, need, glibc)]
    fitting.sort(key=lambda row: Version(row.cuda))
    above = [row for row in fitting if Version(row.cuda) >= Version(need.cuda)]
    row = next(iter(above or fitting[-1:]), None)
    if row is None:
        return None
    return row.bare if need.is_in_the_lock else row.with_libraries


def _needs(name: str, version: str) -> Iterator[CudaNeed]:
    named = named_accelerators(name, version)
    cuda, cudnn = named.get("cuda"), (named.get("cudnn") or "").partition(".")[0]
    if cuda:
        brings = name.startswith(_BRINGS_IT_ALONG)
        yield CudaNeed(cuda=_series(cuda), cudnn=cudnn, is_in_the_lock=brings)
    elif name in _TENSORFLOW and (row := tensorflow_cuda().of(_series(version))):
        yield CudaNeed(cuda=row[0], cudnn=row[1].partition(".")[0], is_in_the_lock=False)


def _serves(row: CudaImages, need: CudaNeed, glibc: str) -> bool:
    is_same_major = row.cuda.partition(".")[0] == need.cuda.partition(".")[0]
    has_cudnn = need.is_in_the_lock or need.cudnn in {"", row.cudnn}
    distribution = container_bases().distribution_of(row.bare)
    is_new_enough = distribution is None or Version(distribution.glibc) >= Version(glibc or "0")
    return is_same_major and has_cudnn and is_new_enough


def _series(version: str) -> str:
    return ".".join(version.partition("+")[0].split(".")[:2])
