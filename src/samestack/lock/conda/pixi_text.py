"""``pixi.lock``: written by rattler, with the hashes of the index's files, which it cannot be told."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError
from samestack.lock.conda.channels import without_secrets
from samestack.lock.conda.host_needs import virtual_packages_of
from samestack.lock.conda.platform_stack import PlatformStack

ENVIRONMENT: Final = "default"
_PACKAGE: Final = "- pypi: "
_VERSION: Final = "  version: "


def pixi_text(stacks: Sequence[PlatformStack], channels: Sequence[str]) -> str:
    """The lock of all platforms, without any secret of the channels' addresses."""
    text = _written(stacks, channels)
    hashes = {file.address: file.sha256 for stack in stacks for file in stack.files if file.sha256}
    lines = list(_with_hashes(text.splitlines(), hashes))
    return "".join(f"{without_secrets(line)}\n" for line in lines)


def _written(stacks: Sequence[PlatformStack], channels: Sequence[str]) -> str:
    from rattler import LockChannel, LockFile, LockPlatform

    platforms = [
        LockPlatform(one.target.platform, virtual_packages=virtual_packages_of(one)) for one in stacks
    ]
    lock = LockFile(platforms)
    lock.set_channels(ENVIRONMENT, [LockChannel(_address(one)) for one in channels])
    for platform, stack in zip(platforms, stacks, strict=True):
        for record in stack.records:
            lock.add_conda_package(ENVIRONMENT, platform, record)
        for file in stack.files:
            lock.add_pypi_package(ENVIRONMENT, platform, file.name, file.version, file.address)
    with tempfile.TemporaryDirectory(prefix="samestack-lock-") as directory:
        path = Path(directory, "pixi.lock")
        lock.to_path(path)
        return path.read_text(encoding="utf-8")


def _address(channel: str) -> str:
    from rattler import Channel

    return str(Channel(channel).base_url)


def _with_hashes(lines: Sequence[str], hashes: Mapping[str, str]) -> Iterator[str]:
    """Every package of the index with its hash, in the line after its version."""
    address, written = "", set()
    for line in lines:
        if not line.startswith(" "):
            address = line.removeprefix(_PACKAGE).strip("'\"") if line.startswith(_PACKAGE) else ""
        yield line
        if address in hashes and line.startswith(_VERSION):
            written.add(address)
            yield f"  sha256: {hashes[address]}"
    if missing := hashes.keys() - written:
        raise OutsideError(f"rattler wrote a lock without {', '.join(sorted(missing))}")
