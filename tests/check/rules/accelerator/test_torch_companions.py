import pytest

from samestack.check.finding import Severity
from samestack.check.rules.accelerator.torch_companions import RULE
from samestack.check.subject import Subject
from samestack.model import Component
from tests.check.subjects import cuda, package, python, subject


def pair(torch: str, built_for: str, *others: Component) -> Subject:
    library = (cuda("torch", built_for),) if built_for else ()
    return subject(python(), package("torch", torch), *library, *others)


def variant(name: str, version: str, built_for: str) -> tuple[Component, ...]:
    return (package(name, version), cuda(name, built_for))


PLANTED = (
    pair("2.10.0", "12.8", package("torchaudio", "2.11.0")),
    pair("2.4.0", "12.1", package("torchvision", "0.18.0")),
    pair("2.3.0+cu121", "12.1", *variant("torchvision", "0.18.0+cu118", "11.8")),
    pair("2.0.1", "11.7", *variant("torchvision", "0.15.2+cu118", "11.8")),
    pair("2.8.0+cu128", "12.8", *variant("torchaudio", "2.8.0+cu126", "12.6")),
    pair("2.3.0", "12.1", package("torchvision", "0.18.0+cpu")),
    pair("2.3.0+cpu", "", *variant("torchvision", "0.18.0+cu121", "12.1")),
    pair("2.4.0", "12.1", package("torch-scatter", "2.1.2+pt23cu121")),
)
HEALTHY = (
    pair("2.3.0", "12.1", package("torchvision", "0.18.0"), package("torchaudio", "2.3.0")),
    pair("2.3.0+cu121", "12.1", *variant("torchvision", "0.18.0+cu121", "12.1")),
    pair("2.4.1+cu124", "12.4", *variant("torchvision", "0.19.1+cu121", "12.1")),
    pair("2.12.1", "13.0", package("torchaudio", "2.11.0")),
    pair("2.12.1+cu130", "13.0", *variant("torchaudio", "2.11.1+cu132", "13.2")),
    pair("2.3.0+cpu", "", package("torchvision", "0.18.0+cpu"), package("torchtext", "0.18.0+cpu")),
    pair("2.3.0", "12.1", package("torchtext", "0.18.0+cpu")),
    pair("2.3.0", "12.1", package("torch-scatter", "2.1.2+pt23cu121")),
    pair("9.0.0", "15.0", package("torchvision", "0.90.0")),
    subject(python(), package("torchvision", "0.18.0")),
)


@pytest.mark.parametrize(
    ("index", "severity", "said"),
    [
        (0, Severity.ERROR, "it was built for torch 2.11, and torch 2.10.0 is installed"),
        (1, Severity.ERROR, "it was built for torch 2.3, and torch 2.4.0 is installed"),
        (2, Severity.ERROR, "built for CUDA 11.8, and torch for CUDA 12.1: importing torchvision fails"),
        (3, Severity.ERROR, "built for CUDA 11.8, and torch for CUDA 11.7: importing torchvision fails"),
        (4, Severity.ERROR, "built for CUDA 12.6, and torch for CUDA 12.8: importing torchaudio fails"),
        (5, Severity.WARNING, "its operators do not run on tensors on the GPU"),
        (6, Severity.ERROR, "built for CUDA 12.1, and torch for the processor"),
        (7, Severity.ERROR, "it was built for torch 2.3, and torch 2.4.0 is installed"),
    ],
)
def test_what_each_pair_does(index: int, severity: Severity, said: str) -> None:
    (finding,) = RULE.examine(PLANTED[index])
    assert finding.severity is severity
    assert said in finding.message


def test_the_remedy_is_the_release_for_the_installed_torch() -> None:
    (finding,) = RULE.examine(PLANTED[1])
    assert finding.command == 'pip install "torchvision==0.19.*"'


def test_what_metadata_pins_is_left_to_the_requirements() -> None:
    pinned = package("torchvision", "0.18.0", requires=("numpy", "torch==2.3.0"))
    assert not list(RULE.examine(pair("2.4.0", "12.1", pinned)))
    open_ended = package("torchaudio", "2.11.1", requires=("torch>=2.11",))
    assert len(list(RULE.examine(pair("2.10.0", "12.8", open_ended)))) == 1


def test_the_variant_of_a_plain_wheel_is_read_from_what_it_needs() -> None:
    """torchvision of the index has no local version; its modules need the runtime of their CUDA."""
    read = package(
        "torchvision", "0.18.0", needs=("libc10.so", "libcudart.so.12"), gpu_architectures=("sm_50", "sm_90")
    )
    (finding,) = RULE.examine(pair("2.3.0+cu118", "11.8", read))
    assert "built for CUDA 12, and torch for CUDA 11.8" in finding.message
    assert not list(RULE.examine(pair("2.3.0", "12.1", read)))
