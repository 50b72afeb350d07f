"""What a distribution is built for: by what it is, by what it wrote down, by its name and version."""

import pytest

from samestack.capture.probes.binaries.wheel_accelerators import wheel_accelerators
from samestack.capture.probes.python.distribution import Distribution
from samestack.model import Layer
from tests.capture.probes.binaries.test_build_texts import COMMIT, TENSORFLOW, TORCH
from tests.capture.probes.memory_tree import MemoryTree

TREE = MemoryTree(
    {
        "/site/torch/version.py": TORCH,
        "/site/tensorflow/python/platform/build_info.py": TENSORFLOW,
        "/site/onnxruntime/capi/build_and_package_info.py": "cuda_version = '13.0'\n",
        "/site/paddle/version/__init__.py": "cuda_version    = '11.7'\ncudnn_version   = '8.4.1'\n",
    }
)
NOTHING = MemoryTree({})


def distribution(name: str, version: str | None) -> Distribution:
    return Distribution(
        name=name,
        version=version,
        site_directory="/site",
        metadata_directory=f"/site/{name}-{version}.dist-info",
    )


def accelerators(name: str, version: str | None, tree: MemoryTree = NOTHING) -> dict[str, str | None]:
    found = wheel_accelerators(tree, distribution(name, version))
    assert all((one.at, one.layer) == (name, Layer.ACCELERATOR) for one in found)
    return {one.name: one.version for one in found}


@pytest.mark.parametrize(
    ("name", "library"),
    [
        ("nvidia-cuda-runtime-cu12", "cuda"),
        ("nvidia-cuda-runtime", "cuda"),
        ("nvidia-cudnn-cu12", "cudnn"),
        ("nvidia-nccl-cu11", "nccl"),
        ("nvidia-cusparselt-cu13", "cusparselt"),
        ("nvidia-cublas", "cublas"),
    ],
)
def test_nvidias_distributions_are_the_libraries_they_hold(name: str, library: str) -> None:
    assert accelerators(name, "12.1.105") == {library: "12.1.105"}


@pytest.mark.parametrize("name", ["nvidia-ml-py", "nvidia-cuda-nvrtc-cu12", "nvidia-cudnn-frontend", "numpy"])
def test_other_distributions_are_none(name: str) -> None:
    assert accelerators(name, "1.0") == {}


@pytest.mark.parametrize(
    ("name", "version", "found"),
    [
        ("torch", "2.3.0", {"cuda": "12.1"}),
        ("torch", "2.3.0+cu118", {"cuda": "12.1"}),
        ("tensorflow", "2.17.1", {"cuda": "12.3", "cudnn": "8"}),
        ("onnxruntime-gpu", "1.31.1", {"cuda": "13.0"}),
        ("paddlepaddle-gpu", "2.6.2", {"cuda": "11.7", "cudnn": "8.4.1"}),
    ],
)
def test_what_the_build_wrote_down_is_read(name: str, version: str, found: dict[str, str]) -> None:
    assert accelerators(name, version, TREE) == found


def test_a_build_for_rocm_is_read() -> None:
    text = TORCH.replace("'12.1'", "None").replace(
        "hip: Optional[str] = None", "hip: Optional[str] = '6.2.41133-dd7f95766'"
    )
    assert accelerators("torch", "2.5.1", MemoryTree({"/site/torch/version.py": text})) == {
        "rocm": "6.2.41133-dd7f95766"
    }


def test_a_build_for_processors_alone_has_no_accelerator() -> None:
    text = TORCH.replace("'12.1'", "None")
    assert accelerators("torch", "2.3.0+cpu", MemoryTree({"/site/torch/version.py": text})) == {}


def test_the_commit_that_was_built_is_a_fact() -> None:
    (cuda,) = wheel_accelerators(TREE, distribution("torch", "2.3.0"))
    assert cuda.facts == {"built_from": COMMIT}


@pytest.mark.parametrize(
    ("name", "version", "found"),
    [
        ("torchvision", "0.14.0+cu117", {"cuda": "11.7"}),
        ("torch", "1.4.0+cu92", {"cuda": "9.2"}),
        ("flash-attn", "2.7.0+cu12torch2.3cxx11abifalse", {"cuda": "12"}),
        ("torch", "2.9.0+cu130", {"cuda": "13.0"}),
        ("torchaudio", "2.1.0+rocm5.6", {"rocm": "5.6"}),
        ("jaxlib", "0.4.13+cuda12.cudnn89", {"cuda": "12", "cudnn": "8.9"}),
        ("xgboost", "2.1.0+custom", {}),
        ("example", "1.0+abc.cu121.def", {"cuda": "12.1"}),
        ("example", "1.0+cu12345", {}),
        ("example", None, {}),
        ("cupy-cuda12x", "13.0", {"cuda": "12"}),
        ("cupy-cuda112", "10.0", {"cuda": "11.2"}),
        ("jax-cuda12-plugin", "0.6.2", {"cuda": "12"}),
        ("jax-cuda12-pjrt", "0.6.2", {}),
    ],
)
def test_names_and_local_versions_tell(name: str, version: str | None, found: dict[str, str]) -> None:
    assert accelerators(name, version) == found
