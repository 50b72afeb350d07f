"""CUDA, cuDNN, NCCL and their like as they come with Python distributions."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from samestack.capture.probes.binaries.build_texts import read_build_text, stated
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.tree import Tree
from samestack.model import Component, Ecosystem, Layer, Value


class BuildText(Struct, frozen=True):
    """Where a distribution wrote down what it was built with: a file, and its variables by component."""

    path: str
    variables: Mapping[str, str]


_TENSORFLOW = BuildText(
    "tensorflow/python/platform/build_info.py",
    {"cuda": "cuda_version", "cudnn": "cudnn_version", "tensorrt": "tensorrt_version"},
)
_BUILD_TEXTS: Final = {
    "torch": BuildText("torch/version.py", {"cuda": "cuda", "rocm": "hip"}),
    "tensorflow": _TENSORFLOW,
    "tensorflow-gpu": _TENSORFLOW,
    "tf-nightly": _TENSORFLOW,
    "onnxruntime-gpu": BuildText(
        "onnxruntime/capi/build_and_package_info.py", {"cuda": "cuda_version", "cudnn": "cudnn_version"}
    ),
    "paddlepaddle-gpu": BuildText(
        "paddle/version/__init__.py", {"cuda": "cuda_version", "cudnn": "cudnn_version"}
    ),
}

_NVIDIA = re.compile(r"nvidia-(?P<library>[a-z-]+?)(?:-cu\d{2})?")
_NVIDIA_LIBRARIES: Final = {
    "cuda-runtime": "cuda",
    **{
        name: name
        for name in (
            "cublas",
            "cudnn",
            "cufft",
            "curand",
            "cusolver",
            "cusparse",
            "cusparselt",
            "nccl",
            "nvshmem",
        )
    },
}
"""The libraries that compute, of those that NVIDIA publishes as distributions, and their components."""

_NAMED_CUDA = re.compile(r"(?:cupy|jax)-cuda(?P<digits>\d{2,3})x?(?:-plugin)?")
_LOCAL_CUDA = re.compile(r"(?:^|\.)cu(?:da)?(?P<digits>\d{2,3})(?!\d)")
_LOCAL_CUDNN = re.compile(r"(?:^|\.)cudnn(?P<digits>\d{1,3})(?!\d)")
_LOCAL_ROCM = re.compile(r"(?:^|\.)rocm(?P<version>\d[\d.]*)$")


def wheel_accelerators(tree: Tree, distribution: Distribution) -> tuple[Component, ...]:
    """What a distribution says of its accelerators: it is one, wrote one down, or is named for one.

    The first of these that speaks of a library counts.
    """
    build = _BUILD_TEXTS.get(distribution.name)
    text = read_build_text(tree, f"{distribution.site_directory}/{build.path}") if build else ""
    variables = build.variables if build else {}
    named = named_accelerators(distribution.name, distribution.version)
    spoken = {**named, **dict(_written(variables, text))}
    commit = stated("git_version", text)
    facts: dict[str, Value] = {} if commit is None else {"built_from": commit}
    return tuple(
        Component(
            layer=Layer.ACCELERATOR,
            ecosystem=Ecosystem.GENERIC,
            name=name,
            at=distribution.name,
            version=version,
            facts=facts,
        )
        for name, version in spoken.items()
    )


def named_accelerators(name: str, version: str | None) -> dict[str, str | None]:
    """What the name and the version of a distribution alone say of its accelerators."""
    return {**dict(_named(name, version)), **_distributed(name, version)}


def _distributed(name: str, version: str | None) -> dict[str, str | None]:
    match = _NVIDIA.fullmatch(name)
    if match is not None and match["library"] in _NVIDIA_LIBRARIES:
        return {_NVIDIA_LIBRARIES[match["library"]]: version}
    return {}


def _written(variables: Mapping[str, str], text: str) -> Iterator[tuple[str, str]]:
    for name, variable in variables.items():
        version = stated(variable, text)
        if version is not None:
            yield name, version


def _named(name: str, version: str | None) -> Iterator[tuple[str, str]]:
    """``torch 2.3.0+cu121``, ``jaxlib 0.4.13+cuda12.cudnn89``, ``cupy-cuda12x``."""
    _, _, local = (version or "").partition("+")
    cuda = _NAMED_CUDA.fullmatch(name) or _LOCAL_CUDA.search(local)
    if cuda is not None:
        yield "cuda", _cuda_version(cuda["digits"])
    if (cudnn := _LOCAL_CUDNN.search(local)) is not None:
        yield "cudnn", _dotted(cudnn["digits"], whole=1)
    if (rocm := _LOCAL_ROCM.search(local)) is not None:
        yield "rocm", rocm["version"]


def _cuda_version(digits: str) -> str:
    """``121`` is 12.1 and ``92`` is 9.2, but ``12`` is 12: CUDA 2 is from 2008."""
    return _dotted(digits, whole=1 if len(digits) == 2 and int(digits) >= 20 else 2)


def _dotted(digits: str, *, whole: int) -> str:
    """``121`` as ``12.1``: ``whole`` is how many digits the major version has."""
    return f"{digits[:whole]}.{digits[whole:]}" if len(digits) > whole else digits
