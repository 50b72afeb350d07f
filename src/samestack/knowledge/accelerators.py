"""What NVIDIA's software and the frameworks built on it need of one another: drivers, GPUs, companions."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from msgspec import Struct, field
from packaging.version import Version

_DATA: Final = Path(__file__).parent / "data" / "accelerators"
_TABLE = TypeVar("_TABLE")


class LowestDriver(Struct, frozen=True, forbid_unknown_fields=True):
    """The oldest driver that runs what was built for a CUDA."""

    cuda: str
    """A major version, ``12``, or a release of those that need a driver of their own, ``11.0``."""
    driver: str
    sources: tuple[str, ...]


class LowestDrivers(Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, the newest CUDA first."""

    dated: date
    rows: tuple[LowestDriver, ...] = field(name="row")

    def of(self, cuda: str) -> LowestDriver | None:
        """The row of a CUDA, ``12.4`` or ``12``; ``None`` for one that the table does not know."""
        series = ".".join(cuda.split(".")[:2])
        major = cuda.partition(".")[0]
        return next((row for name in (series, major) for row in self.rows if row.cuda == name), None)

    def newest(self, driver: Version) -> LowestDriver | None:
        """The newest CUDA that a driver runs."""
        return next((row for row in self.rows if driver >= Version(row.driver)), None)


class FirstTorch(Struct, frozen=True, forbid_unknown_fields=True):
    """The first wheel of torch with code for a GPU and the later ones of its major version."""

    capability: str
    torch: str
    cuda: str
    sources: tuple[str, ...]


class LastTorch(Struct, frozen=True, forbid_unknown_fields=True):
    """The newest CUDA of which wheels hold code for older GPUs, and up to which torch that is known."""

    capability: str
    below: str
    cuda: str
    torch: str
    sources: tuple[str, ...]


class TorchGpus(Struct, frozen=True, forbid_unknown_fields=True):
    """Which wheels of torch hold code for which GPUs."""

    dated: date
    firsts: tuple[FirstTorch, ...] = field(name="first")
    lasts: tuple[LastTorch, ...] = field(name="last")

    def first(self, capability: tuple[int, int]) -> FirstTorch | None:
        """The row of a GPU; ``None`` where every wheel, or none, is known to hold code for it."""
        fitting = (row for row in self.firsts if _is_within_major(row.capability, capability))
        return next(fitting, None)

    def last(self, capability: tuple[int, int]) -> LastTorch | None:
        """The row of an older GPU; ``None`` where the newest wheels hold code for it."""
        shown = Version("{}.{}".format(*capability))
        fitting = (row for row in self.lasts if Version(row.capability) <= shown < Version(row.below))
        return next(fitting, None)


class Companion(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The releases of a package that shares compiled code with torch, and torch's release for each."""

    sources: tuple[str, ...]
    torch: dict[str, str]
    and_later: tuple[str, ...] = ()
    """The releases that work with every later torch as well."""
    cuda_refused_since: str = ""
    """The first release that looks at torch's CUDA when it is imported; empty for one before the table."""
    minor_cuda_since: str = ""
    """The first release that bears another minor release of CUDA than torch's; before, it refuses to load."""
    refusal: str = ""
    """The public page that says so."""


class TorchCompanions(Struct, frozen=True, forbid_unknown_fields=True):
    """Every companion that is known, by its name."""

    dated: date
    torchvision: Companion
    torchaudio: Companion
    torchtext: Companion

    def of(self, name: str) -> Companion:
        """The companion ``torchvision``, ``torchaudio`` or ``torchtext``."""
        found: Companion = getattr(self, name)
        return found


class TensorflowCuda(Struct, frozen=True, forbid_unknown_fields=True):
    """CUDA and cuDNN by release of TensorFlow."""

    dated: date
    sources: tuple[str, ...]
    and_cuda_since: str
    releases: dict[str, tuple[str, str]]

    def of(self, release: str) -> tuple[str, str] | None:
        """CUDA and cuDNN of a release, ``2.15``."""
        return self.releases.get(release)


@cache
def lowest_drivers() -> LowestDrivers:
    """The oldest driver for every CUDA."""
    return _table("cuda_drivers", LowestDrivers)


@cache
def torch_gpus() -> TorchGpus:
    """Which wheels of torch hold code for which GPUs."""
    return _table("torch_gpus", TorchGpus)


@cache
def torch_companions() -> TorchCompanions:
    """torchvision, torchaudio and torchtext with the torch that each of their releases was built for."""
    return _table("torch_companions", TorchCompanions)


@cache
def tensorflow_cuda() -> TensorflowCuda:
    """The CUDA and cuDNN that each release of TensorFlow was tested with."""
    return _table("tensorflow_cuda", TensorflowCuda)


def _table(name: str, form: type[_TABLE]) -> _TABLE:
    import tomllib  # most environments that are checked hold nothing that a table is about

    text = (_DATA / f"{name}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), form)


def _is_within_major(first: str, capability: tuple[int, int]) -> bool:
    major, minor = (int(part) for part in first.split("."))
    return capability[0] == major and capability[1] >= minor
