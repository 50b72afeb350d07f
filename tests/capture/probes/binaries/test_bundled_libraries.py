"""Libraries in wheels are known by the names of their files, as real wheels have them."""

import hashlib

import pytest

from samestack.capture.probes.binaries.bundled_libraries import bundled_libraries
from samestack.capture.probes.binaries.compiled_files import CompiledFile
from samestack.model import Component, Ecosystem, Layer

A, B = f"sha256:{'a' * 64}", f"sha256:{'b' * 64}"


def libraries(*names: str) -> dict[str, str | None]:
    found = bundled_libraries("example", [CompiledFile(f"/site/example.libs/{name}", A) for name in names])
    return {component.name: component.version for component in found}


@pytest.mark.parametrize(
    ("file", "name", "version"),
    [
        ("libopenblasp-r0-2d23e62b.3.17.so", "openblas", "0.3.17"),
        ("libopenblas64_p-r0-0cf96a72.3.23.dev.so", "openblas", "0.3.23.dev"),
        ("libopenblas-r0-f650aae0.3.3.so", "openblas", "0.3.3"),
        ("libopenblasp-r0.3.21.so", "openblas", "0.3.21"),
        ("libopenblas.so.0", "openblas", None),
        ("libscipy_openblas64_-32a4b2a6.so", "openblas", None),
        ("libscipy_openblas-6cdc3b4a.so", "openblas", None),
        ("libmkl_rt.so.2", "mkl", None),
        ("libgomp-e985bcbb.so.1.0.0", "libgomp", None),
        ("libgomp.so.1", "libgomp", None),
        ("libiomp5.so", "libiomp5", None),
        ("libomp-a1b2c3d4.so", "libomp", None),
        ("libtbb-ca48af5c.so.12.6", "tbb", None),
        ("libdnnl.so.3", "onednn", None),
        ("libblis-0a1b2c3d.so.4", "blis", None),
        ("libcudart-e409450e.so.11.0", "cuda", "11.0"),
        ("libcudart.so.12", "cuda", "12"),
        ("libcudnn.so.8", "cudnn", "8"),
        ("libcudnn_ops_infer.so.8", "cudnn", "8"),
        ("libnccl.so.2", "nccl", "2"),
        ("libcublasLt.so.11", "cublas", "11"),
        ("libcusparseLt-f80c68d1.so.0", "cusparselt", None),
        ("libamdhip64.so.6", "rocm", "6"),
        ("libMIOpen.so.1", "miopen", "1"),
    ],
)
def test_libraries_are_known_by_their_names(file: str, name: str, version: str | None) -> None:
    assert libraries(file) == {name: version}


@pytest.mark.parametrize(
    "file",
    [
        "_core.cpython-311-x86_64-linux-gnu.so",
        "libgfortran-040039e1.so.5.0.0",
        "libquadmath-96973f99.so.0.0.0",
        "libtorch_cuda.so",
        "libtbbmalloc.so.2",
        "openblas.so",
        "my-libopenblas.so",
    ],
)
def test_other_files_are_none(file: str) -> None:
    assert libraries(file) == {}


def test_a_library_is_identified_by_its_content() -> None:
    (component,) = bundled_libraries(
        "numpy", [CompiledFile("/site/numpy.libs/libopenblasp-r0-2d23e62b.3.17.so", A)]
    )
    assert component == Component(
        layer=Layer.SYSTEM,
        ecosystem=Ecosystem.GENERIC,
        name="openblas",
        at="numpy",
        version="0.3.17",
        content=A,
        circumstances={"files": ("/site/numpy.libs/libopenblasp-r0-2d23e62b.3.17.so",)},
    )


def test_several_files_of_one_library_are_one_component() -> None:
    files = [
        CompiledFile("/site/torch/lib/libcudnn_ops.so.9", B),
        CompiledFile("/site/torch/lib/libcudnn.so.9", A),
    ]
    (component,) = bundled_libraries("torch", files)
    assert component.layer is Layer.ACCELERATOR
    together = hashlib.sha256(f"{A}\n{B}".encode())
    assert component.content == f"sha256:{together.hexdigest()}"
    assert bundled_libraries("torch", files[::-1])[0].content == component.content


def test_content_is_not_known_where_record_does_not_state_it() -> None:
    files = [CompiledFile("/site/torch/lib/libgomp.so.1", A), CompiledFile("/site/torch/lib/libgomp.so")]
    assert bundled_libraries("torch", files)[0].content is None
