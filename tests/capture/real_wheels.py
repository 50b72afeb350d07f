"""Real wheels from the configured package index, unpacked once a session as a site directory holds them."""

import atexit
import shutil
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.probes.python.distributions import scan_distributions
from samestack.capture.tree import MachineTree

PYTHON = "3.10"


@cache
def site_directory(*requirements: str) -> Path:
    """A directory with these distributions and nothing that they ask for, as on Linux with Python 3.10."""
    directory = _temporary()
    uv = Path(sys.executable).parent / "uv"
    subprocess.run(
        [
            *(uv, "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--target", directory),
            *("--python-version", PYTHON, "--python-platform", "x86_64-manylinux_2_28", *requirements),
        ],
        check=True,
    )
    return directory


@cache
def wheel_of_platform(requirement: str, platform: str) -> Path:
    """A wheel for another platform, unpacked."""
    directory = _temporary()
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"),
            *("--python-version", PYTHON, "--platform", platform, "--dest", directory, requirement),
            "--disable-pip-version-check",
        ],
        check=True,
    )
    (wheel,) = directory.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(directory)
    return directory


def distributions_of(directory: Path) -> dict[str, Distribution]:
    """The distributions of a site directory, by name."""
    found, _ = scan_distributions(MachineTree(), str(directory))
    return {distribution.name: distribution for distribution in found}


def _temporary() -> Path:
    directory = Path(tempfile.mkdtemp(prefix="samestack-wheels-"))
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    return directory
