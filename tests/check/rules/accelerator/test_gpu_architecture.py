from samestack.check.finding import Severity
from samestack.check.rules.accelerator.gpu_architecture import RULE
from samestack.check.subject import Subject
from samestack.model import Component, Layer, Remark, Standing
from tests.check.recorded_hosts import on_recorded, unknown_host
from tests.check.subjects import cuda, driver, generic, gpu, package, python, snapshot, subject

OLD = ("sm_35", "sm_37", "sm_50", "sm_60", "sm_70", "sm_75", "sm_80", "sm_86")
"""As torch 1.13.0 of the index has them."""
NEW = ("sm_50", "sm_60", "sm_70", "sm_75", "sm_80", "sm_86", "sm_90")
NEWEST = ("sm_75", "sm_80", "sm_86", "sm_90", "sm_100", "sm_120", "compute_120")
DRIVER = driver("580.65.06", "13.0")


def torch(version: str, names: tuple[str, ...], built_for: str = "11.7") -> tuple[Component, ...]:
    return (python(), package("torch", version, gpu_architectures=names), cuda("torch", built_for))


PLANTED = (
    on_recorded("h200-driver-580.json", *torch("1.13.0", OLD)),
    subject(*torch("2.6.0", NEW, "12.4"), DRIVER, gpu("NVIDIA GeForce RTX 5090", "12.0")),
    subject(*torch("2.9.0", NEWEST, "13.0"), DRIVER, gpu("Tesla V100", "7.0")),
    unknown_host(*torch("1.13.0", OLD)),
)
HEALTHY = (
    on_recorded("h200-driver-580.json", *torch("2.3.0", NEW, "12.1")),
    on_recorded("v100-driver-450.json", *torch("1.13.0", OLD)),
    on_recorded("a100-driver-535.json", *torch("1.13.0", OLD)),
    subject(*torch("1.13.0", OLD), DRIVER, gpu("NVIDIA GeForce RTX 4090", "8.9")),
    subject(*torch("1.13.0", OLD)),  # certainly no GPU
)


def test_torch_1_13_on_hopper() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.severity is Severity.ERROR
    assert finding.message == (
        "torch 1.13.0: it holds no code for NVIDIA H200 (sm_90): the first use of it fails "
        "(no kernel image is available for execution on the device)"
    )
    assert finding.evidence[0] == ("code in torch: sm_35, sm_37, sm_50, sm_60, sm_70, sm_75, sm_80, sm_86")
    assert finding.remedy == "install torch 2.0.1 or later, built for CUDA 11.8 or later"


def test_blackwell_needs_torch_2_7() -> None:
    (finding,) = RULE.examine(PLANTED[1])
    assert finding.remedy == "install torch 2.7.0 or later, built for CUDA 12.8 or later"


def test_a_gpu_that_is_too_old_needs_a_build_for_an_older_cuda() -> None:
    (finding,) = RULE.examine(PLANTED[2])
    assert finding.severity is Severity.ERROR
    assert finding.remedy.startswith("install a build of torch for CUDA 12.6 or older")


def test_beside_a_gpu_that_does_it_is_a_warning() -> None:
    both = (
        gpu("NVIDIA A100", "8.0"),
        generic(Layer.HARDWARE, "gpu", "NVIDIA H100", "1", compute_capability="9.0"),
    )
    (finding,) = RULE.examine(subject(*torch("1.13.0", OLD), DRIVER, *both))
    assert finding.severity is Severity.WARNING
    assert "NVIDIA H100" in finding.message


def test_of_other_packages_it_is_only_noted_and_of_nvidia_s_own_nothing() -> None:
    """vllm holds kernels for Hopper alone beside others: the fact tells of the largest file."""
    others = (
        package("vllm", "0.9.0", gpu_architectures=("sm_90a",)),
        package("nvidia-cudnn-cu12", "9.1.0.70", gpu_architectures=("sm_90",)),
    )
    (finding,) = RULE.examine(subject(python(), *others, DRIVER, gpu("NVIDIA A100", "8.0")))
    assert (finding.subject, finding.severity) == ("vllm", Severity.NOTE)


def test_tensorflow_falls_back_to_the_processor() -> None:
    tensorflow = package("tensorflow", "2.15.0", gpu_architectures=("sm_60", "sm_70", "sm_80", "compute_90"))
    (finding,) = RULE.examine(subject(python(), tensorflow, DRIVER, gpu("Tesla K80", "3.7")))
    assert finding.severity is Severity.WARNING
    assert "it computes on the processor" in finding.message


def test_a_gpu_without_a_capability_and_a_silent_one_are_unknown() -> None:
    old = (python(), package("torch", "1.13.0", gpu_architectures=OLD))
    silent = Remark(code="gpu-silent", layer=Layer.HARDWARE, subject="gpu", message="1 of 2 did not answer")
    for asked in (
        subject(*old, DRIVER, generic(Layer.HARDWARE, "gpu", "NVIDIA A100", "0", vendor="nvidia")),
        subject(*old, DRIVER, gpu("NVIDIA A100", "8.0"), remarks=(silent,)),
    ):
        (finding,) = RULE.examine(asked)
        assert finding.severity is Severity.UNKNOWN


def lock(version: str, runtime: str) -> Subject:
    decided = snapshot(
        python(),
        package("torch", version),
        package("nvidia-cuda-runtime-cu12", runtime),
        kind="uv.lock",
        standing=Standing.DECIDED,
        complete=(Layer.PACKAGES,),
        deep=False,
    )
    return Subject(decided, snapshot(DRIVER, gpu("NVIDIA B200", "10.0")))


def test_without_binaries_the_table_of_pytorch_s_wheels_tells() -> None:
    (finding,) = RULE.examine(lock("2.6.0", "12.4.127"))
    assert finding.severity is Severity.WARNING
    assert "torch 2.7.0 or later, built for CUDA 12.8" in finding.remedy
    (finding,) = RULE.examine(lock("2.7.0", "12.6.77"))
    assert finding.severity is Severity.WARNING
    assert not list(RULE.examine(lock("2.7.0", "12.8.57")))
