from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from samestack.check.finding import Severity
from samestack.check.rules.python.wheel_tags import RULE
from samestack.check.subject import Subject
from samestack.model import Component, Ecosystem, Layer, Remark, Value
from tests.check.subjects import NOTHING, generic, glibc, package, python, snapshot, subject

PYTHON = python("3.11.7", abi="cpython-311-x86_64-linux-gnu", platform="x86_64-linux-gnu")
OLD_HOST = snapshot(glibc("2.17"))


def built(*tags: str, facts: Mapping[str, Value] = NOTHING) -> Component:
    return package("built", "1.2.3", {"tags": tags, **facts})


FOR_39 = built("cp39-cp39-manylinux_2_17_x86_64", facts={"extension_abis": ("cpython-39",)})
FOR_GLIBC_228 = built("cp311-cp311-manylinux_2_28_x86_64")
# xgboost 1.6.1: it says cp39, and holds a library without any extension module.
MISLABELLED = built("cp39-cp39-manylinux2014_x86_64", "cp39-cp39-manylinux_2_17_x86_64")
FOR_ARM = built("cp311-cp311-manylinux_2_17_aarch64")
MALFORMED = Remark(
    code="malformed-wheel",
    layer=Layer.PACKAGES,
    subject="built-1.2.3.dist-info",
    message="WHEEL is malformed: it holds lines that are not fields",
)

PLANTED = (
    subject(PYTHON, glibc(), FOR_39),
    subject(PYTHON, glibc("2.17"), FOR_GLIBC_228),
    Subject(snapshot(PYTHON, glibc(), FOR_GLIBC_228), OLD_HOST),
    subject(PYTHON, glibc(), FOR_ARM),
    subject(PYTHON, glibc(), built("cp311-cp311-macosx_11_0_arm64")),
    subject(PYTHON, glibc(), built("cp311-cp311-musllinux_1_2_x86_64")),
    subject(PYTHON, glibc(), built("cp312-abi3-manylinux_2_17_x86_64")),
)
HEALTHY = (
    subject(PYTHON, glibc(), FOR_GLIBC_228),
    Subject(snapshot(PYTHON, glibc("2.17"), FOR_GLIBC_228), snapshot(glibc("2.28"))),
    subject(PYTHON, glibc(), built("py3-none-any")),
    subject(PYTHON, glibc(), built("cp37-abi3-manylinux_2_17_x86_64")),
    subject(PYTHON, glibc(), MISLABELLED),
    subject(PYTHON, glibc(), FOR_ARM, remarks=(MALFORMED,)),
    subject(PYTHON, glibc(), package("untagged", "1")),
    # Debian keeps the tag of the last of its Pythons; conda's packages are built where they are installed.
    subject(PYTHON, glibc(), replace(FOR_39, circumstances={"installer": "debian"})),
    subject(PYTHON, glibc(), replace(FOR_39, ecosystem=Ecosystem.CONDA)),
    subject(
        python("3.11.7", platform="x86_64-linux-musl"),
        generic(Layer.OS, "musl", "1.2.4", architecture="x86_64"),
        built("cp311-cp311-musllinux_1_1_x86_64"),
    ),
)


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (0, "built 1.2.3: it was built for CPython 3.9, and this is CPython 3.11"),
        (1, "it was built for glibc 2.28 or later, and the system has glibc 2.17"),
        (2, "it was built for glibc 2.28 or later, and the system has glibc 2.17"),
        (3, "it was built for aarch64, and this is x86_64"),
        (4, "it was built for macOS, and this is Linux"),
        (5, "it was built for musl 1.2 or later, and the system has glibc 2.36"),
        (6, "it was built for CPython 3.12 or later, and this is CPython 3.11"),
    ],
)
def test_the_finding_says_which_part_refuses(index: int, said: str) -> None:
    (finding,) = RULE.examine(PLANTED[index])
    assert said in finding.message
    assert finding.subject == "built"
    is_here = PLANTED[index].system is PLANTED[index].snapshot
    assert finding.command == ("pip install --force-reinstall --no-deps built==1.2.3" if is_here else "")


def test_for_another_host_no_command_is_offered_here() -> None:
    (finding,) = RULE.examine(Subject(snapshot(PYTHON, glibc(), FOR_GLIBC_228), OLD_HOST))
    assert "the system has glibc 2.17" in finding.message
    assert finding.command == ""


def test_what_the_binaries_tell_has_the_last_word() -> None:
    old = snapshot(glibc("2.17"))
    modest = built("cp311-cp311-manylinux_2_28_x86_64", facts={"glibc": "2.14"})
    greedy = built("cp311-cp311-manylinux_2_28_x86_64", facts={"glibc": "2.25"})
    relabelled = built("cp39-cp39-linux_x86_64", facts={"extension_abis": ("cpython-311", "cpython-39")})
    severities = [
        (modest, Severity.WARNING),
        (greedy, Severity.ERROR),
        (replace(relabelled, version="2"), Severity.NOTE),
        (replace(MISLABELLED, version="3"), Severity.NOTE),
    ]
    for component, severity in severities:
        (finding,) = RULE.examine(Subject(snapshot(PYTHON, glibc(), component), old))
        assert finding.severity is severity, finding.message


def test_of_a_shallow_snapshot_a_label_alone_is_no_proof() -> None:
    (finding,) = RULE.examine(Subject(snapshot(PYTHON, glibc(), MISLABELLED, deep=False)))
    assert finding.severity is Severity.UNKNOWN


def test_an_unknown_c_library_is_said_once_for_all() -> None:
    others = [replace(FOR_GLIBC_228, name=name) for name in ("one", "two")]
    (finding,) = RULE.examine(subject(PYTHON, *others))
    assert finding.severity is Severity.UNKNOWN
    assert "2 packages" in finding.message


def test_each_of_several_pythons_has_its_own_tags() -> None:
    components = (
        replace(PYTHON, at="/new"),
        python("3.9.1", "/old", abi="cpython-39-x86_64-linux-gnu"),
        replace(FOR_39, at="/new"),
        replace(FOR_39, at="/old"),
    )
    (finding,) = RULE.examine(subject(glibc(), *components))
    assert finding.at == "/new"
