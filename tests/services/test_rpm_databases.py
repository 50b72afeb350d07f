"""Databases that rpm itself writes, in each of its formats, are read as rpm reads them.

The releases of rpm that write them are Debian's: 4.20 (SQLite and its own format) and 4.16 (Berkeley DB).
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.capture.probes.system.rpm_packages import read_rpm_packages
from samestack.capture.tree import RootTree
from samestack.process import run
from tests.services.debian_packages import unpack

pytestmark = pytest.mark.service

SPECIFICATION = """\
Name: {name}
Version: 1.2.3
Release: {release}
{epoch}
Summary: A package for a test
License: none
BuildArch: noarch
%description
Nothing but a list of files, so long that its header needs several pages of a database.
%install
mkdir -p %{{buildroot}}/usr/share/{name}
for number in $(seq 400); do echo $number > %{{buildroot}}/usr/share/{name}/file-$number; done
%files
/usr/share/{name}
"""
PACKAGES = {"plain": ("4.el9", ""), "with-epoch": ("1", "Epoch: 7"), "third": ("2~rc1", "")}
LABELS = ["plain 1.2.3-4.el9", "third 1.2.3-2~rc1", "with-epoch 7:1.2.3-1"]


class Rpm:
    """A release of rpm, run from the directory that it is unpacked in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        libraries = [root / "lib/x86_64-linux-gnu", root / "usr/lib/x86_64-linux-gnu"]
        linkers = [path for one in libraries for path in one.glob("ld-*.so*") if path.is_file()]
        self.start: list[str | Path] = [linkers[0], "--library-path", ":".join(map(str, libraries))]

    def run(self, program: str, *words: str | Path) -> str:
        configuration = {"RPM_CONFIGDIR": str(self.root / "usr/lib/rpm"), "HOME": str(self.root)}
        return run([*self.start, self.root / "usr/bin" / program, *words], environment=configuration).output

    def database(self, backend: str, packages: list[Path]) -> tuple[Path, list[str]]:
        """A root with a database of the packages, and what rpm says is in it."""
        directory = self.root.parent / f"{backend}-root"
        options: list[str | Path] = [
            "--define",
            f"_db_backend {backend}",
            "--dbpath",
            directory / "var/lib/rpm",
        ]
        self.run("rpm", *options, "--nodeps", "--noscripts", "--justdb", "--install", *packages)
        epoch = "%|EPOCH?{%{EPOCH}:}|"
        said = self.run(
            "rpm", *options, "-qa", "--queryformat", f"%{{NAME}} {epoch}%{{VERSION}}-%{{RELEASE}}\\n"
        )
        return directory, sorted(said.splitlines())


@pytest.fixture(scope="module")
def directory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="samestack-rpm-") as path:
        yield Path(path)


@pytest.fixture(scope="module")
def newer(directory: Path) -> Rpm:
    return Rpm(unpack("trixie", ["rpm"], _made(directory / "newer")))


@pytest.fixture(scope="module")
def older(directory: Path) -> Rpm:
    return Rpm(unpack("bullseye", ["rpm"], _made(directory / "older")))


@pytest.fixture(scope="module")
def packages(newer: Rpm, directory: Path) -> list[Path]:
    build = _made(directory / "build")
    for name, (release, epoch) in PACKAGES.items():
        path = build / f"{name}.spec"
        path.write_text(SPECIFICATION.format(name=name, release=release, epoch=epoch))
        newer.run("rpmbuild", "--quiet", "--define", f"_topdir {build}", "-bb", path)
    return sorted(build.rglob("*.rpm"))


def _made(directory: Path) -> Path:
    directory.mkdir()
    return directory


@pytest.mark.parametrize("backend", ["sqlite", "ndb"])
def test_of_a_newer_rpm(newer: Rpm, packages: list[Path], backend: str) -> None:
    root, said = newer.database(backend, packages)
    observation = read_rpm_packages(RootTree(root))
    assert sorted(one.label for one in observation.components) == said == LABELS
    assert observation.remarks == ()


@pytest.mark.parametrize("backend", ["sqlite", "bdb"])
def test_of_an_older_rpm(older: Rpm, packages: list[Path], backend: str) -> None:
    root, said = older.database(backend, packages)
    observation = read_rpm_packages(RootTree(root))
    assert sorted(one.label for one in observation.components) == said == LABELS
    assert observation.remarks == ()
