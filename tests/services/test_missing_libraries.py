"""The libGL gap of a slim image under opencv-python: found without running it, mended as it says."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.capture.entry import capture
from samestack.capture.options import Options
from samestack.check.finding import Finding, Severity
from samestack.check.rules.binary import glibc, missing_library
from samestack.check.subject import Subject
from samestack.errors import OutsideError
from samestack.model import Kind, Reference
from samestack.process import run
from tests.services.debian_packages import bootstrap
from tests.services.requirement import require_program, unavailable

pytestmark = [pytest.mark.service, pytest.mark.registry]

SITE = "usr/local/lib/python3.11/dist-packages"


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    """Debian 12 with its Python and opencv-python, installed from outside."""
    with tempfile.TemporaryDirectory(prefix="samestack-debian-") as path:
        directory = bootstrap("bookworm", ["python3"], Path(path) / "root")
        run(
            [
                *(Path(sys.executable).parent / "uv", "pip", "install", "--quiet", "--no-deps"),
                *("--only-binary", ":all:", "--target", directory / SITE),
                *("--python-version", "3.11", "--python-platform", "x86_64-manylinux_2_28"),
                "opencv-python==4.8.1.78",
            ],
            timeout=300,
        )
        yield directory


def findings(root: Path) -> list[Finding]:
    subject = Subject(capture(Reference(Kind.ROOTFS, str(root)), Options(deep=True)))
    found = [one for rule in (missing_library.RULE, glibc.RULE) for one in rule.examine(subject)]
    return [one for one in found if one.severity is not Severity.NOTE]


def loaded(root: Path) -> str:
    """What the loader in the root itself says of the module; empty where it loads."""
    module = next((root / SITE / "cv2").glob("cv2*.so")).relative_to(root)
    code = f"import ctypes; ctypes.CDLL('/{module}')"
    said = run([require_program("chroot"), root, "python3", "-c", code], check=False, timeout=60)
    return "" if said.status == 0 else said.messages.splitlines()[-1]


def test_the_gap_is_found_and_the_named_packages_mend_it(root: Path) -> None:
    assert "libGL.so.1: cannot open shared object file" in loaded(root)
    (finding,) = findings(root)
    assert (finding.subject, finding.severity) == ("opencv-python", Severity.ERROR)
    assert "without libGL.so.1, libglib-2.0.so.0 and libgthread-2.0.so.0" in finding.message
    assert finding.evidence[0].startswith(
        "libGL.so.1 is needed by cv2/cv2.abi3.so > opencv_python.libs/libQt5"
    )
    assert finding.command == "apt-get install libgl1 libglib2.0-0"

    _install(root, finding.command.split()[2:])
    assert loaded(root) == ""
    assert findings(root) == []


def _install(root: Path, packages: list[str]) -> None:
    inside: list[str | Path] = [
        require_program("chroot"),
        root,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
    ]
    try:
        run([*inside, "update"], timeout=120)
        run([*inside, "install", "--yes", "--no-install-recommends", *packages], timeout=300)
    except OutsideError as error:
        unavailable(f"Debian's packages cannot be had: {error.message.splitlines()[-1]}")
