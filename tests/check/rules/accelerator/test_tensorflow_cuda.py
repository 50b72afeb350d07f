from samestack.check.finding import Severity
from samestack.check.rules.accelerator.tensorflow_cuda import RULE
from samestack.check.subject import Subject
from samestack.model import Component, Ecosystem, Layer
from tests.check.recorded_hosts import recorded_host, unknown_host
from tests.check.subjects import cuda, generic, library, package, python, snapshot, subject

HOST = "a100-driver-535.json"


def tensorflow(version: str, built_for: str, cudnn: str) -> tuple[Component, ...]:
    return (
        python(),
        package("tensorflow", version),
        cuda("tensorflow", built_for),
        of_cudnn("tensorflow", cudnn),
    )


def of_cudnn(owner: str, version: str) -> Component:
    return library("cudnn", owner, version, layer=Layer.ACCELERATOR)


def wheels(suffix: str, runtime: str, cudnn: str) -> tuple[Component, ...]:
    names = (f"nvidia-cuda-runtime-{suffix}", f"nvidia-cudnn-{suffix}")
    return (
        package(names[0], runtime),
        cuda(names[0], runtime),
        package(names[1], cudnn),
        of_cudnn(names[1], cudnn),
    )


def on_host(*components: Component, system: tuple[Component, ...] = ()) -> Subject:
    return Subject(snapshot(*components, *system), recorded_host(HOST, *system))


def toolkit(runtime: str, cudnn: str, at: str = "") -> tuple[Component, ...]:
    return (generic(Layer.ACCELERATOR, "cuda", runtime, at), generic(Layer.ACCELERATOR, "cudnn", cudnn))


PLANTED = (
    on_host(*tensorflow("2.10.0", "11.2", "8")),
    on_host(*tensorflow("2.17.1", "12.3", "8")),
    on_host(*tensorflow("2.10.0", "11.2", "8"), system=toolkit("12.2.2", "8.9.7")),
    on_host(*tensorflow("2.18.0", "12.5.1", "9"), *wheels("cu12", "12.5.82", "9.1.0.70")),
    unknown_host(*tensorflow("2.10.0", "11.2", "8")),
)
HEALTHY = (
    on_host(*tensorflow("2.10.0", "11.2", "8"), system=toolkit("11.2.152", "8.1.0")),
    on_host(*tensorflow("2.10.0", "11.2", "8"), system=toolkit("11.8.0", "8.6.0", "/usr/local/cuda-11.8")),
    on_host(*tensorflow("2.17.1", "12.3", "8"), *wheels("cu12", "12.3.101", "8.9.7.29")),
    on_host(*tensorflow("2.18.0", "12.5.1", "9"), *wheels("cu12", "12.5.82", "9.3.0.75")),
    on_host(python(), package("tensorflow", "2.15.0")),  # a build without CUDA
    subject(*tensorflow("2.10.0", "11.2", "8")),  # certainly no GPU
)


def test_a_system_without_cuda_leaves_the_gpu_unused() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "tensorflow 2.10.0: it finds no CUDA 11.2 and cuDNN 8.1, so that it computes on the processor and "
        "leaves the host's GPU unused"
    )
    assert "tensorflow/tensorflow:2.10.0-gpu" in finding.remedy
    assert not finding.command


def test_later_releases_bring_it_along_by_an_extra() -> None:
    (finding,) = RULE.examine(PLANTED[1])
    assert finding.command == 'pip install "tensorflow[and-cuda]==2.17.1"'


def test_another_major_version_is_not_found() -> None:
    (finding,) = RULE.examine(PLANTED[2])
    assert "it finds no CUDA 11.2, so" in finding.message
    assert finding.evidence[0] == "built for CUDA 11.2; found: cuda 12.2.2 (system)"


def test_a_cudnn_of_an_older_minor_version_is_refused() -> None:
    (finding,) = RULE.examine(PLANTED[3])
    assert finding.severity is Severity.ERROR
    assert "built with cuDNN 9.3" in finding.message
    assert finding.command == 'pip install "nvidia-cudnn-cu12>=9.3,<10"'


def test_without_a_host_it_is_unknown() -> None:
    (finding,) = RULE.examine(PLANTED[4])
    assert finding.severity is Severity.UNKNOWN


def test_packages_of_conda_and_of_a_distribution_count() -> None:
    conda = tuple(
        Component(
            layer=Layer.ACCELERATOR, ecosystem=Ecosystem.CONDA, name=name, at="/opt/env", version=version
        )
        for name, version in (("cudatoolkit", "11.2.2"), ("cudnn", "8.1.0.77"))
    )
    assert not list(RULE.examine(on_host(*tensorflow("2.10.0", "11.2", "8"), *conda)))
    debian = tuple(
        Component(layer=Layer.SYSTEM, ecosystem=Ecosystem.DEBIAN, name=name, version=version)
        for name, version in (("libcudart11.0", "11.2.152~11.2.2-3"), ("libcudnn8", "8.1.0.77-1+cuda11.2"))
    )
    assert not list(RULE.examine(on_host(*tensorflow("2.10.0", "11.2", "8"), system=debian)))


def test_releases_that_no_table_knows_are_left_alone() -> None:
    assert not list(RULE.examine(on_host(*tensorflow("9.0.0", "15.0", "12"))))
