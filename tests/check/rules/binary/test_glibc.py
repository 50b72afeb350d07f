import pytest
from msgspec.structs import replace

from samestack.check.finding import Severity
from samestack.check.rules.binary.glibc import RULE
from samestack.check.subject import Subject
from tests.check.rules.binary.systems import c_library, distribution, system
from tests.check.subjects import glibc, package, python, snapshot, subject

NEW = package("torch", "2.9.0", glibc="2.28", glibcxx="3.4.32", needs=("libc.so.6", "libstdc++.so.6"))
MUSL = package("numpy", "2.2.6", needs=("libc.musl-x86_64.so.1",))
CENTOS = snapshot(glibc("2.17"), distribution("centos", "7"))
ALPINE = snapshot(c_library("musl", "1.2.5"), distribution("alpine", "3.20"))
CONDA = replace(python(), circumstances={"libraries": ("libstdc++.so.6",)})

PLANTED = (
    subject(python(), NEW, host=CENTOS),
    subject(python(), NEW, host=system()),
    subject(python(), NEW, host=ALPINE),
    subject(python(), MUSL, host=system()),
    subject(python(), NEW, host=snapshot(distribution("debian", "12"))),
)
HEALTHY = (
    subject(python(), package("torch", "2.9.0", glibc="2.28", glibcxx="3.4.30"), host=system()),
    subject(CONDA, NEW, host=system()),
    subject(python(), NEW, package("libstdcxx", "1", provides=("libstdc++.so.6",)), host=system()),
    subject(python(), package("torch", "2.9.0", glibc="2.9"), host=CENTOS),
    subject(python(), MUSL, host=ALPINE),
    subject(python(), NEW, host=snapshot(c_library("musl", "1.2.5", "libc.so.6"))),
    subject(python(), package("six", "1.16.0"), host=snapshot()),
    subject(python(), package("torch", "2.9.0", glibc="2.28"), host=snapshot(c_library("glibc", ""))),
)


def test_a_c_library_that_is_too_old() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.severity is Severity.ERROR
    assert finding.message == (
        "torch 2.9.0: it needs glibc 2.28 and the system has 2.17: its compiled files cannot be loaded"
    )
    assert finding.evidence[0] == "highest symbol version that it needs: GLIBC_2.28"


def test_a_c_plus_plus_library_that_is_too_old() -> None:
    (finding,) = RULE.examine(PLANTED[1])
    assert "GLIBCXX_3.4.32" in finding.message
    assert "ends at 3.4.30" in finding.message


@pytest.mark.parametrize(
    ("case", "said"),
    [(2, "compiled for glibc and the system has musl"), (3, "compiled for musl and the system")],
)
def test_another_c_library(case: int, said: str) -> None:
    (finding,) = RULE.examine(PLANTED[case])
    assert said in finding.message


def test_an_unknown_c_library_is_one_finding() -> None:
    (finding,) = RULE.examine(subject(python(), NEW, package("x", "1", glibc="2.17"), host=snapshot()))
    assert finding.severity is Severity.UNKNOWN


def test_an_image_brings_its_own() -> None:
    root = snapshot(python(), NEW, glibc("2.17"), kind="rootfs")
    (finding,) = RULE.examine(Subject(root, system()))
    assert "the system has 2.17" in finding.message
