"""Packages become components, whoever manages them."""

from samestack.capture.probes.system.system_packages import SystemPackage, observe_packages
from samestack.model import Ecosystem


def test_a_foreign_architecture_is_told_apart() -> None:
    packages = [
        SystemPackage("libc6", "2.36-9", "amd64"),
        SystemPackage("libc6", "2.36-9", "i386"),
        SystemPackage("zlib1g", "1:1.2", "amd64"),
        SystemPackage("tzdata", "2024a-0", "all"),
    ]
    components = observe_packages(Ecosystem.DEBIAN, packages, place="status").components
    assert [(one.name, one.at) for one in components] == [
        ("libc6", ""),
        ("libc6", "i386"),
        ("zlib1g", ""),
        ("tzdata", ""),
    ]
    assert components[1].facts == {"architecture": "i386"}


def test_entries_that_nobody_would_write_are_counted() -> None:
    packages = [
        SystemPackage("zlib1g", "1:1.2", "amd64"),
        SystemPackage("", "1", "amd64"),
        SystemPackage("name", "\x1b[31m", "amd64"),
        SystemPackage("n" * 300, "1", "amd64"),
    ]
    observation = observe_packages(Ecosystem.DEBIAN, packages, place="status")
    assert [one.name for one in observation.components] == ["zlib1g"]
    (remark,) = observation.remarks
    assert remark.code == "malformed-package-entry"
    assert remark.message.startswith("3 entries")
