"""Debian packages of any release, unpacked into a directory: real programs and real roots, without chroot.

The mirror is the one that this machine's apt is configured for; nothing is installed on the machine.
"""

import os
from pathlib import Path

from samestack.errors import OutsideError
from samestack.process import run
from tests.services.requirement import require_program, unavailable


def bootstrap(suite: str, packages: list[str], root: Path) -> Path:
    """A root of a release as debootstrap installs it, with some packages more; chroot runs its programs."""
    if os.geteuid() != 0:
        unavailable("only root can run debootstrap and chroot")
    program, mirror = require_program("debootstrap"), _mirror()
    include = f"--include={','.join(packages)}"
    try:
        run([program, "--variant=minbase", include, suite, root, mirror], timeout=600)
    except OutsideError as error:
        unavailable(f"debootstrap cannot install {suite}: {error.message.splitlines()[-1]}")
    return root


def unpack(suite: str, packages: list[str], directory: Path, *, architecture: str = "amd64") -> Path:
    """A root with some packages of a release, and all that they need, unpacked but not configured."""
    archives = _downloaded(suite, packages, directory / "apt", architecture)
    root = directory / "root"
    root.mkdir()
    for archive in archives:
        run([require_program("dpkg-deb"), "--extract", archive, root])
    return root


def source_archive(suite: str, package: str, directory: Path) -> Path:
    """The archive of a package's source as its authors published it, without Debian's changes."""
    apt: list[str | Path] = [require_program("apt-get"), *_private_state(suite, directory, kind="deb-src")]
    try:
        run([*apt, "update"], timeout=120)
        run([*apt, "source", "--download-only", package], directory=directory, timeout=300)
    except OutsideError as error:
        unavailable(f"Debian's source of {package} cannot be had: {error.message.splitlines()[-1]}")
    (archive,) = directory.glob(f"{package}_*.orig.tar.*[!c]")
    return archive


def _downloaded(suite: str, packages: list[str], directory: Path, architecture: str) -> list[Path]:
    apt: list[str | Path] = [
        require_program("apt-get"),
        *_private_state(suite, directory),
        *("-o", f"APT::Architecture={architecture}", "-o", f"APT::Architectures={architecture}"),
    ]
    try:
        run([*apt, "update"], timeout=120)
        run([*apt, "--yes", "--no-install-recommends", "--download-only", "install", *packages], timeout=300)
    except OutsideError as error:
        unavailable(f"Debian's packages of {suite} cannot be had: {error.message.splitlines()[-1]}")
    return sorted((directory / "cache/archives").glob("*.deb"))


def _private_state(suite: str, directory: Path, *, kind: str = "deb") -> list[str]:
    """The options by which apt knows of one release only, and of nothing that is installed."""
    for name in ("lists/partial", "cache/archives/partial"):
        (directory / name).mkdir(parents=True)
    (directory / "status").touch()
    (directory / "sources.list").write_text(f"{kind} {_mirror()} {suite} main\n")
    settings = {
        "Dir::Etc::SourceList": directory / "sources.list",
        "Dir::Etc::SourceParts": "-",
        "Dir::State::Lists": directory / "lists",
        "Dir::State::status": directory / "status",
        "Dir::Cache": directory / "cache",
        "APT::Sandbox::User": "root",
        "Debug::NoLocking": "1",
    }
    return [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]


def _mirror() -> str:
    """The first mirror of Debian's releases that apt uses here."""
    apt = require_program("apt-get")
    lines = run([apt, "indextargets", "--format", "$(ORIGIN) $(LABEL) $(REPO_URI)"]).output.splitlines()
    found = next((line.split()[2] for line in lines if line.startswith("Debian Debian ")), None)
    if found is None:
        unavailable("apt is not configured for a mirror of Debian")
    return found
