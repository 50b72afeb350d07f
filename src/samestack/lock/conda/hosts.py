"""The hosts that a lock is for, one a platform, as conda sees hosts: by their virtual packages."""

from collections.abc import Iterator
from typing import Final

from packaging.version import InvalidVersion, Version

from samestack.capture.readers.conda.conda_platforms import this_platform
from samestack.project.manifest import HostNeeds
from samestack.solve.conda.virtual_packages import CondaTarget, VirtualPackage, target_of
from samestack.solve.targets import GLIBC_STEPS

_ARCHITECTURES: Final = {"64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}


def host_of(platform: str, needs: HostNeeds) -> CondaTarget:
    """What can be counted on where the lock is used: what the manifest demands of every host, before all.

    Of the rest, this machine is the example for its own platform, with what ``CONDA_OVERRIDE_*`` say; for
    another platform it is an old system without a GPU.
    """
    is_here = platform == this_platform()
    found = _of_this_machine() if is_here else target_of(platform, None).virtual_packages or ()
    demanded = {one.name: one for one in _demanded(platform, needs)}
    kept = (one for one in found if one.name not in demanded)
    return CondaTarget(platform, (*kept, *demanded.values()))


def described(target: CondaTarget) -> str:
    """The host in a sentence."""
    offered = ", ".join(f"{one.name} {one.version}" for one in target.virtual_packages or ())
    which = "this machine" if target.platform == this_platform() else "an old system"
    return f"{target.platform} is decided for {which}, as far as the manifest does not say else: {offered}"


def glibc_of(target: CondaTarget) -> str:
    """The glibc of the host; empty where it has none."""
    return next((one.version for one in target.virtual_packages or () if one.name == "__glibc"), "")


def uv_platform(target: CondaTarget) -> str:
    """What uv calls such a host: ``x86_64-manylinux_2_28``, ``aarch64-apple-darwin``."""
    system, _, machine = target.platform.partition("-")
    architecture = _ARCHITECTURES.get(machine, machine)
    if system == "osx":
        return f"{architecture}-apple-darwin"
    if system == "win":
        return f"{architecture}-pc-windows-msvc"
    minor = _glibc_minor(glibc_of(target))
    return f"{architecture}-manylinux_2_{minor}" if minor else f"{architecture}-unknown-linux-gnu"


def _glibc_minor(glibc: str) -> int | None:
    """The newest step that the library is new enough for."""
    try:
        release = Version(glibc).release
    except InvalidVersion:
        return None
    if release[:1] != (2,) or len(release) < 2:
        return None
    return max((step for step in GLIBC_STEPS if step <= release[1]), default=None)


def _demanded(platform: str, needs: HostNeeds) -> Iterator[VirtualPackage]:
    if needs.cuda and not platform.startswith("osx"):
        yield VirtualPackage("__cuda", needs.cuda)
    if needs.glibc and platform.startswith("linux"):
        yield VirtualPackage("__glibc", needs.glibc)


def _of_this_machine() -> tuple[VirtualPackage, ...]:
    from rattler import VirtualPackage as Detected
    from rattler import VirtualPackageOverrides

    found = (one.into_generic() for one in Detected.detect(VirtualPackageOverrides.from_env()))
    return tuple(
        VirtualPackage(one.name.normalized, str(one.version), str(one.build_string)) for one in found
    )
