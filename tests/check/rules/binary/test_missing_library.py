from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from samestack.check.finding import Finding, Severity
from samestack.check.rules.binary.missing_library import RULE
from samestack.check.subject import Subject
from samestack.model import Component, Value
from tests.check.rules.binary.systems import USUAL, c_library, distribution, system
from tests.check.subjects import package, python, snapshot, subject

GUI = "opencv_python.libs/libQt5Gui-afbd4980.so.5.15.19"
OPENCV: Mapping[str, Value] = {
    "needs": ("libGL.so.1", "libX11.so.6", "libc.so.6", "libglib-2.0.so.0", "libgthread-2.0.so.0"),
    "needs_of_plugins": ("libX11.so.6",),
    "needed_by": (
        f"libGL.so.1: cv2/cv2.abi3.so > {GUI}",
        "libX11.so.6: cv2/qt/plugins/platforms/libqxcb.so",
        f"libglib-2.0.so.0: cv2/cv2.abi3.so > {GUI}",
        f"libgthread-2.0.so.0: cv2/cv2.abi3.so > {GUI}",
    ),
    "tags": ("cp37-abi3-manylinux_2_17_x86_64",),
}
CV2 = package("opencv-python", "4.8.1.78", OPENCV)
GRAPHICS = ("libGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libX11.so.6")
NUMBA = package("numba", "0.60.0", needs=("libtbb.so.12",), needs_sometimes=("libtbb.so.12",))
MPI = package("mpi4py", "4.1.2", needs=("libmpi.so.12", "libmpi.so.40"))
LOCAL = package("mine", "1.0", needs=("libmine.so.1",), search_path=("/opt/mine/lib",))
CONDA_PYTHON = replace(python(), circumstances={"libraries": ("libgomp.so.1",)})


def on(host: object, *packages: Component, interpreter: Component | None = None) -> Subject:
    return subject(interpreter or python(), *packages, host=host)  # type: ignore[arg-type]


PLANTED = (
    on(system(), CV2),
    on(system(*GRAPHICS[:1]), CV2),
    on(system(), package("lightgbm", "4.5.0", needs=("libc.so.6", "libgomp.so.1"))),
    on(system(), package("torch", "2.3.0", needs=("libcudart.so.12",))),
    on(system(), package("vtk", "9.3.1", needs=("libX11.so.6",), needs_sometimes=("libX11.so.6",))),
    on(system(), MPI),
    on(system(), LOCAL),
    on(snapshot(distribution("debian", "12")), CV2),
    Subject(snapshot(python(), package("numpy", "2.2.6"), deep=False)),
)
HEALTHY = (
    on(system(*GRAPHICS), CV2),
    on(system("libmpi.so.40"), MPI),
    on(system(), NUMBA),
    on(
        system(),
        package("torch", "2.3.0", needs=("libcudart.so.12", "libcuda.so.1", "libnvidia-ml.so.1")),
        package("nvidia-cuda-runtime-cu12", "12.1.105", provides=("libcudart.so.12",)),
    ),
    on(system(), package("lightgbm", "4.5.0", needs=("libgomp.so.1",)), interpreter=CONDA_PYTHON),
    on(
        system("libgomp.so.1"),
        package("x", "1", needs=("libgomp.so.1.0.0", "libpthread.so.0", "libmvec.so.1")),
    ),
    on(system(), package("x", "1", needs=("libpython3.10.so.1.0", "_pywrap_tensorflow_internal.so"))),
    on(system(), package("scipy", "1.15.0")),
    subject(
        python(), package("numpy", "2.2.6"), c_library("glibc", "2.36", *USUAL), distribution("debian", "12")
    ),
)


def graver(case: Subject) -> Finding:
    return min(RULE.examine(case), key=lambda finding: finding.severity.rank)


def test_it_says_what_is_missing_which_file_needs_it_and_what_brings_it() -> None:
    error, note = RULE.examine(PLANTED[0])
    assert error.severity is Severity.ERROR
    assert error.message == (
        "opencv-python 4.8.1.78: its modules cannot be imported without libGL.so.1, libglib-2.0.so.0 and "
        "libgthread-2.0.so.0, not found here"
    )
    assert error.evidence[0] == f"libGL.so.1 is needed by cv2/cv2.abi3.so > {GUI}"
    assert error.evidence[-1].startswith("no package brings it, and it is not among the 5 libraries")
    assert (error.remedy, error.command) == (
        "install libgl1, libglib2.0-0",
        "apt-get install libgl1 libglib2.0-0",
    )
    assert note.severity is Severity.NOTE
    assert "what it loads on occasion only needs libX11.so.6" in note.message


@pytest.mark.parametrize(
    ("case", "severity"),
    [
        (2, Severity.ERROR),
        (3, Severity.ERROR),
        (4, Severity.WARNING),
        (5, Severity.ERROR),
        (6, Severity.UNKNOWN),
        (7, Severity.UNKNOWN),
        (8, Severity.UNKNOWN),
    ],
)
def test_how_grave_it_is(case: int, severity: Severity) -> None:
    (finding,) = RULE.examine(PLANTED[case])
    assert finding.severity is severity


def test_a_part_of_cuda_is_brought_by_a_wheel() -> None:
    assert graver(PLANTED[3]).command == "pip install nvidia-cuda-runtime-cu12"


def test_what_a_package_does_without_is_a_note_that_says_why() -> None:
    (finding,) = RULE.examine(on(system(), NUMBA))
    assert finding.severity is Severity.NOTE
    assert any("workqueue" in line for line in finding.evidence)
    (other,) = RULE.examine(on(system("libmpi.so.40"), MPI))
    assert other.severity is Severity.NOTE


def test_directories_that_a_wheel_names_are_of_where_it_was_built() -> None:
    facts: Mapping[str, Value] = {**LOCAL.facts, "tags": ("cp310-cp310-manylinux_2_17_x86_64",)}
    assert graver(on(system(), package("mine", "1.0", facts))).severity is Severity.ERROR
    assert "it also looks in /opt/mine/lib" in graver(PLANTED[6]).evidence


def test_a_root_file_system_runs_on_its_own_libraries() -> None:
    root = snapshot(
        python(), CV2, c_library("glibc", "2.36", *USUAL), distribution("debian", "12"), kind="rootfs"
    )
    assert graver(Subject(root, system(*GRAPHICS))).severity is Severity.ERROR


def test_for_another_c_library_it_is_silent_and_the_rule_glibc_speaks() -> None:
    alpine = snapshot(c_library("musl", "1.2.5", "libz.so.1"), distribution("alpine", "3.20"))
    assert list(RULE.examine(on(alpine, CV2))) == []
    musl = package("x", "1", needs=("libc.musl-x86_64.so.1", "libGL.so.1"))
    assert list(RULE.examine(on(system(), musl))) == []
    assert graver(on(alpine, musl)).command == "apk add mesa-gl"


def test_many_missing_ones_are_counted() -> None:
    many = package("x", "1", needs=tuple(f"libx{number:02}.so.1" for number in range(20)))
    finding = graver(on(system(), many))
    assert "libx00.so.1, libx01.so.1, libx02.so.1 and 17 more" in finding.message
    assert "and 8 more" in finding.evidence
    assert finding.remedy == "install whatever brings libx00.so.1, libx01.so.1, libx02.so.1 and 17 more"
