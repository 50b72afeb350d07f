"""A host as conda sees it: virtual packages, which packages depend on as on any other."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from samestack.capture.readers.conda.conda_platforms import this_platform
from samestack.model import Layer, Snapshot

PLATFORMS: Final = ("linux-64", "linux-aarch64", "linux-ppc64le", "osx-64", "osx-arm64", "win-64")

LAYERS: Final = {
    "__cuda": Layer.ACCELERATOR,
    "__cuda_arch": Layer.ACCELERATOR,
    "__glibc": Layer.OS,
    "__musl": Layer.OS,
    "__linux": Layer.KERNEL,
    "__osx": Layer.OS,
    "__win": Layer.OS,
    "__unix": Layer.OS,
    "__archspec": Layer.HARDWARE,
}
"""The layer that refuses what depends on one of them."""

_ARCHITECTURES: Final = {"x86_64": "linux-64", "aarch64": "linux-aarch64", "ppc64le": "linux-ppc64le"}
_ARCHSPECS: Final = {"64": "x86_64", "arm64": "m1"}
_OLD_KERNEL: Final = "4.18"
_OLD_GLIBC: Final = "2.28"
_OLD_MACOS: Final = "13.0"


class VirtualPackage(Struct, frozen=True):
    """A name with two underscores, a version and a build."""

    name: str
    version: str
    build: str = "0"


class CondaTarget(Struct, frozen=True):
    """Where conda packages are to run; without virtual packages, this machine."""

    platform: str
    virtual_packages: tuple[VirtualPackage, ...] | None = None


def target_of(platform: str, host: Snapshot | None) -> CondaTarget:
    """The target for a platform in conda's words or uv's, or for a host; both may be left out."""
    if host is not None:
        return _of_host(platform, host)
    if not platform:
        return CondaTarget(this_platform())
    named = platform if platform in PLATFORMS else _conda_platform(platform)
    return CondaTarget(named, tuple(_of_platform(named, platform)))


def _of_host(platform: str, host: Snapshot) -> CondaTarget:
    libraries = [one for one in host.stack.layer(Layer.OS) if one.name in {"glibc", "musl"}]
    architecture = next((str(one.facts.get("architecture", "")) for one in libraries), "") or "x86_64"
    named = platform if platform in PLATFORMS else _ARCHITECTURES.get(architecture, "linux-64")
    found = [VirtualPackage("__unix", "0"), VirtualPackage("__archspec", "1", architecture)]
    found += [VirtualPackage(f"__{one.name}", one.version) for one in libraries if one.version]
    found += [
        VirtualPackage("__linux", _release(one.version))
        for one in host.host.layer(Layer.KERNEL)
        if one.name == "linux" and one.version
    ]
    found += [
        VirtualPackage("__cuda", str(one.facts["highest_cuda"]))
        for one in host.host.layer(Layer.DRIVER)
        if one.name == "nvidia-driver" and one.facts.get("highest_cuda")
    ]
    return CondaTarget(named, tuple(found))


def _release(kernel: str) -> str:
    """The numbers of a kernel's release, as conda takes them: ``5.15.0`` of ``5.15.0-91-generic``."""
    numbers = kernel.partition("-")[0].partition("+")[0]
    return numbers if all(part.isdecimal() for part in numbers.split(".")) else "0"


def _conda_platform(platform: str) -> str:
    """What conda calls a platform of uv's."""
    machine = "aarch64" if platform.startswith(("aarch64", "arm64")) else "64"
    if "darwin" in platform or platform == "macos":
        return "osx-arm64" if machine == "aarch64" or platform == "macos" else "osx-64"
    return "win-64" if "windows" in platform else f"linux-{machine}"


def _of_platform(named: str, platform: str) -> Iterator[VirtualPackage]:
    """What can be counted on where only the platform is known: no accelerator, and an old system."""
    system, _, machine = named.partition("-")
    yield VirtualPackage("__archspec", "1", _ARCHSPECS.get(machine, machine))
    if system == "win":
        yield VirtualPackage("__win", "0")
        return
    yield VirtualPackage("__unix", "0")
    if system == "osx":
        yield VirtualPackage("__osx", _OLD_MACOS)
        return
    yield VirtualPackage("__linux", _OLD_KERNEL)
    _, is_tagged, glibc = platform.partition("manylinux_")
    yield VirtualPackage("__glibc", glibc.replace("_", ".") if is_tagged else _OLD_GLIBC)
