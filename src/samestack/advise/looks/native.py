"""What a project needs that is not Python: R, compilers, CUDA, packages that only conda carries."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from samestack.advise.project_files import ProjectFiles
from samestack.advise.signal import Evidence, Signal, seen
from samestack.knowledge.special_packages import Need, special_package
from samestack.model import Component, Ecosystem, Layer, Snapshot

_CUDA_SOURCES: Final = r".*\.(cu|cuh)"
_SOURCES: Final = r".*\.(pyx|pxd|cpp|cc|c|f90|rs)|cmakelists\.txt|meson\.build|cargo\.toml"
_BUILD_FILES: Final = ("setup.py", "pyproject.toml", "CMakeLists.txt", "meson.build")
_CUDA_BUILD: Final = r"CUDAExtension|enable_language\(CUDA|project\(.*CUDA"
_EXTENSION: Final = (
    r"ext_modules|cythonize|CppExtension|pybind11|setuptools.rust|maturin|scikit.build|mesonpy"
    r"|numpy\.distutils"
)
_DEVELOPMENT_IMAGE: Final = r"^\s*FROM\s+\S*cuda\S*-devel|cuda-(nvcc|toolkit|command-line-tools)"
_R: Final = r".*\.(r|rmd|qmd)"
_FRAMEWORKS: Final = frozenset(
    {"torch", "tensorflow", "jax", "jaxlib", "onnxruntime-gpu", "paddlepaddle-gpu"}
)
_TOOLKIT = re.compile(r"cudatoolkit-dev|cuda(-toolkit|-nvcc.*|-compiler)?|tensorrt-dev")
_CUPY_WHEEL = re.compile(r"cupy-cuda\d+x?")


def native(files: ProjectFiles, declared: Snapshot | None) -> Iterator[Signal]:
    """The signals of sources and build files, and of what the project asks for."""
    components = tuple(declared.stack) if declared is not None else ()
    yield from seen("native-packages", _native_packages(components))
    yield from seen("r-language", _of_r(files, components))
    yield from seen("cuda-runtime", _runtime(components))
    toolkit = tuple(_of_cuda(files, components))
    yield from seen("cuda-toolkit", toolkit)
    if not toolkit:
        yield from seen("cuda-wheels", _frameworks(components))
    yield from seen("extension-modules", _extensions(files))


def _native_packages(components: Iterable[Component]) -> Iterator[Evidence]:
    for one in components:
        is_native = one.ecosystem is Ecosystem.CONDA and one.layer is Layer.SYSTEM
        if (is_native and not one.name.startswith("r-")) or _needs(one, Need.NATIVE):
            yield Evidence(file=_file(one), text=one.name)


def _of_r(files: ProjectFiles, components: Iterable[Component]) -> Iterator[Evidence]:
    yield from (Evidence(file=name) for name in files.named(_R))
    for one in components:
        if one.name.startswith("r-") or _needs(one, Need.R):
            yield Evidence(file=_file(one), text=one.name)


def _of_cuda(files: ProjectFiles, components: Iterable[Component]) -> Iterator[Evidence]:
    yield from (Evidence(file=name) for name in files.named(_CUDA_SOURCES))
    for name in files.top(*_BUILD_FILES):
        yield from files.lines(name, _CUDA_BUILD)
    for name in files.named(r"(.*[._-])?dockerfile([._-].*)?"):
        yield from files.lines(name, _DEVELOPMENT_IMAGE)
    for one in components:
        if _TOOLKIT.fullmatch(one.name) or _needs(one, Need.CUDA_TOOLKIT):
            yield Evidence(file=_file(one), text=one.name)


def _runtime(components: Iterable[Component]) -> Iterator[Evidence]:
    """CUDA's libraries as conda packages, without the compiler."""
    for one in components:
        is_of_conda = one.ecosystem is Ecosystem.CONDA and one.layer is Layer.ACCELERATOR
        if is_of_conda and not _TOOLKIT.fullmatch(one.name):
            yield Evidence(file=_file(one), text=one.name)


def _frameworks(components: Iterable[Component]) -> Iterator[Evidence]:
    for one in components:
        is_wheel = one.ecosystem is Ecosystem.PYPI
        if is_wheel and (one.name in _FRAMEWORKS or _CUPY_WHEEL.fullmatch(one.name)):
            yield Evidence(file=_file(one), text=one.label)


def _extensions(files: ProjectFiles) -> Iterator[Evidence]:
    """Modules that are compiled: a build file that says so, with sources beside it."""
    if files.named(_SOURCES):
        for name in files.top(*_BUILD_FILES):
            yield from files.lines(name, _EXTENSION)


def _needs(component: Component, need: Need) -> bool:
    known = special_package(component.name)
    return known is not None and known.need is need


def _file(component: Component) -> str:
    return str(component.circumstances.get("file", "")) or "what the project asks for:"
