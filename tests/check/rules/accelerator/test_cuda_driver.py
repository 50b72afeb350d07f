import pytest

from samestack.check.finding import Severity
from samestack.check.rules.accelerator.cuda_driver import RULE
from samestack.check.subject import Subject
from samestack.model import Component, Layer, Remark, Standing
from tests.check.recorded_hosts import on_recorded, unknown_host
from tests.check.subjects import cuda, driver, gpu, library, package, python, snapshot, subject

TORCH = (python(), package("torch", "2.3.0"), cuda("torch", "12.1"))
RUNTIME = (
    python(),
    package("nvidia-cuda-runtime-cu12", "12.4.127"),
    cuda("nvidia-cuda-runtime-cu12", "12.4.127"),
)


def bundled(owner: str, version: str) -> Component:
    found = library("cuda", owner, version, layer=Layer.ACCELERATOR)
    return Component(
        layer=found.layer,
        ecosystem=found.ecosystem,
        name="cuda",
        at=owner,
        version=version,
        circumstances={"files": (f"/site/{owner}.libs/libcudart.so.{version}",)},
    )


PLANTED = (
    on_recorded("v100-driver-450.json", *TORCH),
    on_recorded("v100-driver-450.json", *RUNTIME),
    on_recorded("a100-driver-535.json", python(), package("torch", "2.9.0"), cuda("torch", "13.0")),
    unknown_host(*TORCH),
)
HEALTHY = (
    on_recorded("v100-driver-450.json", python(), package("torch", "1.13.0"), cuda("torch", "11.7")),
    on_recorded("a100-driver-535.json", *TORCH),
    on_recorded("a100-driver-535.json", *RUNTIME),
    on_recorded("h200-driver-580.json", *TORCH),
    on_recorded("h200-driver-580.json", python(), package("torch", "2.9.0"), cuda("torch", "13.0")),
    subject(*TORCH),  # a machine that certainly has no driver
    unknown_host(python(), package("torch", "2.3.0+cpu")),
)


def test_a_wheel_for_cuda_12_on_driver_450() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert (finding.severity, finding.subject) == (Severity.ERROR, "torch")
    assert finding.message == (
        "torch 2.3.0: it is for CUDA 12.1, which needs driver 525.60.13 or later, and the host has "
        "450.80.02: no GPU can be used"
    )
    assert finding.evidence == (
        "torch 2.3.0: CUDA 12.1",
        "host: nvidia-driver 450.80.02 (CUDA 11.0 at most)",
        "host: gpu Tesla V100-SXM2-16GB, compute capability 7.0",
    )
    assert "a build of torch for CUDA 11 or older" in finding.remedy
    assert "cuda-compat-12-1" in finding.remedy


def test_the_runtime_alone_can_only_warn() -> None:
    (finding,) = RULE.examine(PLANTED[1])
    assert (finding.severity, finding.subject) == (Severity.WARNING, "nvidia-cuda-runtime-cu12")


def test_all_of_one_cuda_are_one_finding_in_which_torch_stands_first() -> None:
    planted = on_recorded(
        "v100-driver-450.json",
        *TORCH,
        *RUNTIME[1:],
        package("torchaudio", "2.3.0+cu121"),
        cuda("torchaudio", "12.1"),
    )
    (finding,) = RULE.examine(planted)
    assert finding.subject == "torch"
    assert len([line for line in finding.evidence if "CUDA 12." in line]) == 3


@pytest.mark.parametrize(
    ("wheel", "version", "highest", "is_refused"),
    [
        ("11.0", "450.36.06", "11.0", False),  # CUDA 11.0 came with a driver of its own
        ("11.3", "450.36.06", "11.0", True),
        ("11.8", "450.80.02", "11.0", False),
        ("12.4", "525.60.13", "12.0", False),
        ("12.0", "520.61.05", "11.8", True),
        ("12.4", "470.57.02", "12.4", False),  # the forward compatibility package speaks for itself
        ("10.2", "440.33.01", "10.2", False),
        ("10.2", "418.39", "10.1", True),
        ("13.0", "580.65.06", "13.0", False),
        ("15.0", "580.65.06", "13.0", True),  # beyond the table the driver's own word decides
        ("15.2", "900.10", "15.0", False),
    ],
)
def test_the_lowest_driver_of_every_cuda(wheel: str, version: str, highest: str, *, is_refused: bool) -> None:
    asked = subject(
        python(),
        package("torch", "2.3.0"),
        cuda("torch", wheel),
        driver(version, highest),
        gpu("NVIDIA A100", "8.0"),
    )
    assert [finding.severity for finding in RULE.examine(asked)] == [Severity.ERROR] * is_refused


def test_what_is_bundled_tells_the_major_version_alone() -> None:
    """``libcudart.so.11.0`` is the name of all of CUDA 11's."""
    asked = subject(
        python(), package("faiss-gpu", "1.7.2"), bundled("faiss-gpu", "11.0"), driver("440.33", "10.2")
    )
    (finding,) = RULE.examine(asked)
    assert finding.severity is Severity.WARNING
    assert "CUDA 11, which needs driver 450.80.02" in finding.message


def test_a_cuda_beyond_the_table_and_a_driver_that_does_not_tell_are_unknown() -> None:
    silent = Component(
        layer=Layer.DRIVER, ecosystem=driver("1", "1").ecosystem, name="nvidia-driver", version="900.1"
    )
    (finding,) = RULE.examine(subject(python(), package("torch", "9.0"), cuda("torch", "15.0"), silent))
    assert finding.severity is Severity.UNKNOWN


def test_a_driver_that_does_not_answer_is_unknown_and_one_finding() -> None:
    remark = Remark(
        code="nvidia-driver-silent", layer=Layer.DRIVER, subject="nvidia-driver", message="no answer"
    )
    (finding,) = RULE.examine(subject(*TORCH, *RUNTIME[1:], remarks=(remark,)))
    assert finding.severity is Severity.UNKNOWN
    assert "--host" in finding.remedy


def test_a_driver_that_cannot_compile_the_ptx_of_a_newer_release() -> None:
    torch = package("torch", "2.7.0", gpu_architectures=("sm_80", "compute_80"))
    asked = (python(), torch, cuda("torch", "12.8"), driver("535.104.05", "12.2"))
    (finding,) = RULE.examine(subject(*asked, gpu("NVIDIA H100", "9.0")))
    assert finding.severity is Severity.WARNING
    assert "must compile its PTX of CUDA 12.8" in finding.message
    assert not list(RULE.examine(subject(*asked, gpu("NVIDIA A100", "8.0"))))


def test_a_lock_names_the_cuda_of_torch_by_the_runtime_beside_it() -> None:
    lock = snapshot(
        python(),
        package("torch", "2.6.0"),
        package("nvidia-cuda-runtime-cu12", "12.4.127"),
        kind="uv.lock",
        standing=Standing.DECIDED,
        complete=(Layer.PACKAGES,),
        deep=False,
    )
    (finding,) = RULE.examine(Subject(lock, snapshot(driver("450.80.02", "11.0"))))
    assert (finding.severity, finding.subject) == (Severity.ERROR, "torch")
    assert "CUDA 12.4" in finding.message
