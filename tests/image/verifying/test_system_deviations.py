"""What dpkg's database says, against what the lock has."""

from samestack.image.debian.locked import LockedPackage
from samestack.image.verifying.system_deviations import system_deviations
from samestack.oci.layers.merged import merged
from tests.image.sizes.made_images import image

STATUS = b"""\
Package: bash
Status: install ok installed
Architecture: amd64
Version: 5.2

Package: libc6
Status: install ok installed
Architecture: amd64
Version: 2.36-9

Package: removed
Status: deinstall ok config-files
Architecture: amd64
Version: 1
"""


def locked(name: str, version: str) -> LockedPackage:
    return LockedPackage(
        name=name, version=version, architecture="amd64", file=f"pool/{name}.deb", size=1, sha256="0" * 64
    )


def found(*packages: LockedPackage) -> list[tuple[str, str, str]]:
    with merged(image({"var/lib/dpkg/status": STATUS})) as files:
        return [(one.kind, one.subject, one.detail) for one in system_deviations(packages, files)]


def test_what_is_locked_and_there_deviates_nowhere() -> None:
    assert found(locked("bash", "5.2"), locked("libc6", "2.36-9")) == []


def test_each_deviation_is_named() -> None:
    assert found(locked("bash", "5.3"), locked("zlib1g", "1.2")) == [
        ("other-system-version", "bash", "5.2 instead of 5.3"),
        ("extra-system-package", "libc6", "2.36-9, which the lock does not have"),
        ("missing-system-package", "zlib1g", "1.2 is locked"),
    ]
