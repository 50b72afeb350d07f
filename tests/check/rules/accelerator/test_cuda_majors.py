from msgspec.structs import replace

from samestack.check.finding import Severity
from samestack.check.rules.accelerator.cuda_majors import RULE
from samestack.check.subject import Subject
from samestack.model import Layer, Standing
from tests.check.subjects import cuda, package, python, snapshot, subject

TORCH = (package("torch", "2.3.0"), cuda("torch", "12.1"))
CUBLAS = (package("nvidia-cublas-cu12", "12.1.3.1"), package("nvidia-cudnn-cu12", "8.9.2.26"))

PLANTED = (
    subject(python(), *TORCH, package("cupy-cuda11x", "13.0.0"), cuda("cupy-cuda11x", "11")),
    subject(python(), *TORCH, *CUBLAS, package("nvidia-cudnn-cu11", "8.9.6.50")),
    subject(python(), *TORCH, *CUBLAS, package("nvidia-cublas-cu11", "11.11.3.6")),
)
HEALTHY = (
    subject(python(), *TORCH, *CUBLAS, package("cupy-cuda12x", "13.0.0"), cuda("cupy-cuda12x", "12")),
    subject(python(), package("nvidia-ml-py", "12.535.133"), package("nvidia-dali-cuda120", "1.30.0")),
)


def test_two_that_load_different_ones() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "CUDA 11 and 12 in one environment: cupy-cuda11x 13.0.0 and torch 2.3.0 load different ones into one "
        "process, where they can disturb each other"
    )
    assert finding.evidence == ("CUDA 11: cupy-cuda11x 13.0.0", "CUDA 12: torch 2.3.0")


def test_two_wheels_of_one_file() -> None:
    (finding,) = RULE.examine(PLANTED[1])
    assert finding.severity is Severity.WARNING
    assert (
        "nvidia-cudnn-cu11 8.9.6.50 and nvidia-cudnn-cu12 8.9.2.26 install the same libcudnn.so"
        in finding.message
    )


def test_left_over_libraries_are_noted() -> None:
    (finding,) = RULE.examine(PLANTED[2])
    assert finding.severity is Severity.NOTE


def test_what_is_of_one_major_version_is_not_even_noted() -> None:
    for asked in HEALTHY:
        assert not list(RULE.examine(asked))


def test_a_lock_may_hold_builds_for_several_that_exclude_each_other() -> None:
    lock = snapshot(
        replace(package("torch", "2.6.0+cu124"), marker="extra == 'new'"),
        replace(package("torch", "2.6.0+cu118"), marker="extra == 'old'"),
        replace(package("nvidia-cudnn-cu12", "9.1.0.70"), marker="extra == 'new'"),
        replace(package("nvidia-cudnn-cu11", "9.1.0.70"), marker="extra == 'old'"),
        kind="uv.lock",
        standing=Standing.DECIDED,
        complete=(Layer.PACKAGES,),
        deep=False,
    )
    assert not list(RULE.examine(Subject(lock)))
