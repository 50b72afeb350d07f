import pytest

from samestack.knowledge.conda_layers import conda_layer
from samestack.model import Layer


@pytest.mark.parametrize(
    ("name", "build", "layer"),
    [
        ("python", "h955ad1f_0_cpython", Layer.PYTHON),
        ("numpy", "py310h9d1ae3e_0", Layer.PACKAGES),
        ("pip", "pyhd8ed1ab_0", Layer.PACKAGES),
        ("requests", "py_0", Layer.PACKAGES),
        ("pytorch", "py3.10_cuda11.8_cudnn8.7.0_0", Layer.PACKAGES),
        ("tensorflow-base", "cuda120py310heceb7ac_3", Layer.PACKAGES),
        ("py-xgboost", "cuda118_pyh40095f8_4", Layer.PACKAGES),
        ("cuda-python", "py310h9d1ae3e_0", Layer.PACKAGES),
        ("tensorflow-gpu", "h30adc30_0", Layer.PACKAGES),
        ("libblas", "20_linux64_mkl", Layer.SYSTEM),
        ("mkl", "h6239696_62", Layer.SYSTEM),
        ("blas", "mkl", Layer.SYSTEM),
        ("libgcc-ng", "h807b86f_5", Layer.SYSTEM),
        ("openssl", "h7f98852_0", Layer.SYSTEM),
        ("ffmpeg", "h4ca8aae_0", Layer.SYSTEM),
        ("some-c-library", "h4ca8aae_0", Layer.SYSTEM),
        ("r-ggplot2", "r42hc72bb7e_0", Layer.SYSTEM),
        ("cudatoolkit", "h4ba93d1_12", Layer.ACCELERATOR),
        ("cuda-cudart", "0", Layer.ACCELERATOR),
        ("cuda-version", "h70ddcb2_3", Layer.ACCELERATOR),
        ("cudnn", "h0800d71_1", Layer.ACCELERATOR),
        ("nccl", "h0800d71_1", Layer.ACCELERATOR),
        ("libcublas", "0", Layer.ACCELERATOR),
        ("libcusparse-dev", "0", Layer.ACCELERATOR),
        ("pytorch-cuda", "h7e8668a_5", Layer.ACCELERATOR),
    ],
)
def test_the_layer_of_a_built_package(name: str, build: str, layer: Layer) -> None:
    assert conda_layer(name, build=build) is layer


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("numpy", Layer.PACKAGES),
        ("something-new", Layer.PACKAGES),
        ("librosa", Layer.PACKAGES),
        ("python", Layer.PYTHON),
        ("mkl", Layer.SYSTEM),
        ("ffmpeg", Layer.SYSTEM),
        ("gcc_linux-64", Layer.SYSTEM),
        ("cudatoolkit", Layer.ACCELERATOR),
        ("cuda-python", Layer.PACKAGES),
    ],
)
def test_the_layer_of_a_name_alone(name: str, layer: Layer) -> None:
    assert conda_layer(name) is layer


def test_what_depends_on_python_is_a_python_package() -> None:
    assert conda_layer("ruff", build="h7805a7d_0", depends=("libgcc >=13", "python >=3.10")) is Layer.PACKAGES
    assert conda_layer("ruff", build="h7805a7d_0", depends=("libgcc >=13", "pythonic")) is Layer.SYSTEM
