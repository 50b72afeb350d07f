"""The CUDA of a lock, and the image of NVIDIA's that serves it."""

import pytest
from packaging.version import Version

from samestack.image.dockerfile.cuda import CudaNeed, cuda_image, cuda_need
from samestack.knowledge.accelerators import tensorflow_cuda


def test_a_tensorflow_that_wants_the_libraries_of_the_image() -> None:
    need = cuda_need([("numpy", "1.23.5"), ("tensorflow", "2.8.4")])
    assert need == CudaNeed(cuda="11.2", cudnn="8", is_in_the_lock=False)
    assert cuda_image(need, "2.17") == "nvidia/cuda:11.2.2-cudnn8-runtime-ubuntu20.04"


def test_a_torch_that_brings_them_along() -> None:
    need = cuda_need([("torch", "2.3.0+cu121"), ("nvidia-cublas-cu12", "12.1.3.1")])
    assert need == CudaNeed(cuda="12.1", is_in_the_lock=True)
    assert cuda_image(need, "2.28") == "nvidia/cuda:12.2.2-base-ubuntu22.04"


def test_a_torch_of_the_usual_index() -> None:
    need = cuda_need([("torch", "2.3.0"), ("nvidia-cuda-runtime-cu12", "12.1.105")])
    assert need == CudaNeed(cuda="12.1", is_in_the_lock=True)


def test_who_brings_them_along_counts_first() -> None:
    need = cuda_need([("tensorflow", "2.15.0"), ("nvidia-cuda-runtime-cu12", "12.2.140")])
    assert need is not None
    assert need.is_in_the_lock


def test_jax_wants_them_of_the_image() -> None:
    need = cuda_need([("jaxlib", "0.4.13+cuda12.cudnn89")])
    assert need == CudaNeed(cuda="12", cudnn="8", is_in_the_lock=False)
    assert cuda_image(need, "") == "nvidia/cuda:12.2.2-cudnn8-runtime-ubuntu22.04"


def test_the_highest_below_where_there_is_none_above() -> None:
    need = CudaNeed(cuda="12.3", cudnn="8", is_in_the_lock=False)
    assert cuda_image(need, "") == "nvidia/cuda:12.2.2-cudnn8-runtime-ubuntu22.04"


def test_an_older_distribution_is_passed_over_for_its_glibc() -> None:
    need = CudaNeed(cuda="11.2", cudnn="8", is_in_the_lock=False)
    assert cuda_image(need, "2.34") == "nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04"


@pytest.mark.parametrize("cuda", ["9.0", "10.1", "99"])
def test_a_cuda_without_an_image(cuda: str) -> None:
    assert cuda_image(CudaNeed(cuda=cuda, is_in_the_lock=False), "") is None


def test_nothing_that_uses_cuda() -> None:
    assert cuda_need([("numpy", "2.0"), ("tensorflow-cpu", "2.15.0"), ("torch", "2.3.0+cpu")]) is None


def test_every_tensorflow_from_cuda_11_on_has_an_image() -> None:
    for release, (cuda, _) in tensorflow_cuda().releases.items():
        if Version(cuda) >= Version("11"):
            need = cuda_need([("tensorflow", f"{release}.0")])
            assert need is not None
            assert cuda_image(need, "2.17"), release
