"""Roots that Debian's own packages make are read as what they are, of whatever release and architecture."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.readers.environments import rootfs
from samestack.model import Ecosystem, Layer
from samestack.process import run
from tests.services.debian_packages import unpack
from tests.services.requirement import require_program

pytestmark = pytest.mark.service

CONTROL = """\
Package: {name}
Version: 2:1.0~rc1-3
Architecture: {architecture}
Maintainer: Nobody <nobody@host.example>
Description: A package for a test
 Package: this line belongs to the description
"""


@pytest.fixture(scope="module")
def directory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="samestack-root-") as path:
        yield Path(path)


@pytest.fixture(scope="module")
def bullseye(directory: Path) -> Path:
    """A root of Debian 11 for arm64 with a Python that has packages, and packages that dpkg has installed."""
    work = directory / "bullseye"
    work.mkdir()
    root = unpack("bullseye", ["base-files", "python3-six"], work, architecture="arm64")
    for name, architecture in (
        ("own", "arm64"),
        ("second", "arm64"),
        ("foreign", "armhf"),
        ("neutral", "all"),
    ):
        _install(name, architecture, work, root)
    return root


def _install(name: str, architecture: str, work: Path, root: Path) -> None:
    control = work / f"{name}-{architecture}/DEBIAN/control"
    control.parent.mkdir(parents=True)
    control.write_text(CONTROL.format(name=name, architecture=architecture))
    archive = work / f"{name}.deb"
    run([require_program("dpkg-deb"), "--root-owner-group", "--build", control.parent.parent, archive])
    (root / "var/lib/dpkg/updates").mkdir(parents=True, exist_ok=True)
    (root / "var/lib/dpkg/info").mkdir(exist_ok=True)
    (root / "var/lib/dpkg/status").touch()
    run([require_program("dpkg"), f"--root={root}", "--force-all", "--install", archive])


def named(observation: Observation, layer: Layer) -> list[tuple[str, str]]:
    return [(one.label, one.at) for one in observation.components if one.layer is layer]


def test_another_release_for_another_architecture(bullseye: Path) -> None:
    observation = rootfs.read(str(bullseye), Options())
    assert named(observation, Layer.OS) == [("debian 11", ""), ("glibc 2.31", "")]
    glibc = next(one for one in observation.components if one.name == "glibc")
    assert glibc.facts == {"architecture": "aarch64"}
    assert named(observation, Layer.PYTHON) == [("python 3.9.2", "/usr")]
    assert ("six 1.16.0", "/usr") in named(observation, Layer.PACKAGES)


def test_what_dpkg_has_installed_and_nothing_of_this_machine(bullseye: Path) -> None:
    observation = rootfs.read(str(bullseye), Options())
    debian = [one for one in observation.components if one.ecosystem is Ecosystem.DEBIAN]
    assert sorted((one.name, one.at, one.version) for one in debian) == [
        ("foreign", "armhf", "2:1.0~rc1-3"),
        ("neutral", "", "2:1.0~rc1-3"),
        ("own", "", "2:1.0~rc1-3"),
        ("second", "", "2:1.0~rc1-3"),
    ]
    own = {Layer.HARDWARE, Layer.DRIVER, Layer.KERNEL, Layer.CONFIGURATION, Layer.MODELS}
    assert not [one for one in observation.components if one.layer in own]


def test_a_root_with_musl(directory: Path) -> None:
    work = directory / "musl"
    work.mkdir()
    root = unpack("bookworm", ["musl", "base-files"], work)
    observation = rootfs.read(str(root), Options())
    assert ("musl 1.2.3", "") in named(observation, Layer.OS)
    assert ("debian 12", "") in named(observation, Layer.OS)
