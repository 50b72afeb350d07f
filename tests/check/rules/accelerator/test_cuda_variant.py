from samestack.check.finding import Severity
from samestack.check.rules.accelerator.cuda_variant import RULE
from tests.check.recorded_hosts import on_recorded, unknown_host
from tests.check.subjects import cuda, package, python, subject

CPU = package("torch", "2.3.0+cpu", provides=("libtorch_cpu.so",))
RUNTIME = (package("nvidia-cuda-runtime-cu12", "12.1.105"), cuda("nvidia-cuda-runtime-cu12", "12.1.105"))
PLAIN = package("torch", "2.3.0", provides=("libtorch_cpu.so",))

PLANTED = (
    on_recorded("a100-driver-535.json", python(), PLAIN),
    on_recorded("a100-driver-535.json", python(), CPU, *RUNTIME),
    on_recorded("a100-driver-535.json", python(), CPU),
    on_recorded("a100-driver-535.json", python(), package("tensorflow-cpu", "2.15.0")),
    subject(python(), package("torch", "2.3.0"), cuda("torch", "12.1")),
    unknown_host(python(), CPU),
)
HEALTHY = (
    on_recorded("a100-driver-535.json", python(), package("torch", "2.3.0"), cuda("torch", "12.1")),
    subject(python(), CPU),
    subject(python(), PLAIN),
    subject(python(), package("numpy", "1.26.4")),
)


def severities(index: int) -> list[Severity]:
    return [finding.severity for finding in RULE.examine(PLANTED[index])]


def test_a_build_for_the_processor_that_nobody_chose() -> None:
    """As on ARM machines, where the plain wheel of the index was the processor's for long."""
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.severity is Severity.WARNING
    assert finding.message == "torch 2.3.0: it is a build for the processor, and leaves the host's GPU unused"
    assert finding.evidence == ("host: gpu NVIDIA A100-SXM4-80GB, compute capability 8.0",)


def test_one_that_was_chosen_is_noted_unless_cuda_came_along_all_the_same() -> None:
    assert severities(1) == [Severity.WARNING]
    assert severities(2) == [Severity.NOTE]
    assert severities(3) == [Severity.NOTE]


def test_a_build_for_cuda_without_a_gpu_is_noted() -> None:
    (finding,) = RULE.examine(PLANTED[4])
    assert finding.severity is Severity.NOTE
    assert "the host has no NVIDIA GPU" in finding.message


def test_where_the_host_is_not_known_it_is_unknown() -> None:
    assert severities(5) == [Severity.UNKNOWN]
    assert not list(RULE.examine(unknown_host(python(), package("torch", "2.3.0"), cuda("torch", "12.1"))))


def test_a_healthy_one_is_not_even_noted() -> None:
    for asked in HEALTHY:
        assert not list(RULE.examine(asked))
