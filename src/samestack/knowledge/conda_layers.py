"""The layer that a conda package belongs to: conda carries more than Python packages.

The rule, in this order:

1. ``python`` is the interpreter.
2. What was built for a Python is a Python package: its build string says so (``py310h9d1ae3e_0``,
   ``pyhd8ed1ab_0``), or it depends on ``python``.
3. The names of CUDA, ROCm and their libraries are the accelerator layer.
4. Whatever else has a build is a native package, of the system layer, unless ``python_names.tsv`` knows it.
5. Where only a name is known, as in an ``environment.yml``, it is a Python package unless the name stands in
   the list of native ones here.

The names are those of the recipes at https://github.com/conda-forge as of 2026-11.
"""

import re
from collections.abc import Iterable

from samestack.knowledge.python_names import pypi_name
from samestack.model import Layer

# Build hashes are hexadecimal, so "py" in a build string is always a Python.
# https://docs.conda.io/projects/conda-build/en/stable/resources/define-metadata.html#build-number-and-string
_PYTHON_BUILD = re.compile(r"py(?:\d|h[0-9a-f]{5}|_\d+$)")
_PYTHON_DEPENDENCIES = frozenset({"python", "python_abi"})
_PYTHON_BINDINGS = frozenset({"cuda-python", "cuda-bindings", "cuda-core", "cuda-pathfinder"})
_ACCELERATOR = re.compile(
    r"cuda|cuda-.+|cudatoolkit(?:-.+)?|(?:lib)?cudnn(?:-.+)?|nccl|libcu(?:blas|fft|file|rand|solver|sparse)(?:-.+)?"
    r"|(?:lib)?(?:cutensor|cusparselt|magma)(?:-.+)?|libnpp(?:-.+)?|libnv(?:jitlink|jpeg|ptxcompiler|fatbin)(?:-.+)?"
    r"|nvidia-gds|gds-tools|tensorrt|pytorch-(?:cuda|mutex)|rocm-.+|hip-.+|rccl|miopen(?:-.+)?"
)
_NATIVE = re.compile(
    r"_libgcc_mutex|_openmp_mutex|ld_impl_.+|sysroot_.+|.+_(?:linux|osx|win)-(?:64|aarch64|arm64|ppc64le)"
    r"|blas|(?:lib)?openblas(?:-.+)?|lib(?:c|f)?blas|liblapacke?|mkl|mkl-(?:devel|include)|blis|eigen|fftw|tbb"
    r"|lib(?:gcc|stdcxx|gfortran)5?(?:-ng)?|libgomp|(?:llvm|intel)-openmp|(?:c-|cxx-|fortran-)?compilers?|gcc|gxx"
    r"|cmake|make|ninja|pkg-config|binutils|llvmdev|clang|clangxx|rust|go|nodejs|openjdk|perl|r-.+"
    r"|openssl|ca-certificates|zlib(?:-ng)?|bzip2|xz|zstd|lz4-c|readline|ncurses|sqlite|libsqlite|tk|tzdata"
    r"|lib(?:ffi|uuid|expat|zlib|iconv|png|tiff|jpeg-turbo|webp|sndfile|curl|protobuf|opencv|torch|faiss|xml2)"
    r"|ffmpeg|hdf5|libhdf5|jpeg|openjpeg|freetype|fontconfig|cairo|glib|qt(?:-main)?|xorg-.+|sox|graphviz|pandoc"
    r"|boost-cpp|libboost|openmpi|mpich|ucx|git|git-lfs|curl|wget|tmux|vim"
)


def conda_layer(name: str, *, build: str | None = None, depends: Iterable[str] = ()) -> Layer:
    """The layer of the conda package ``name``; ``depends`` are the specifications of its dependencies."""
    if name == "python":
        return Layer.PYTHON
    if _is_for_python(build or "", depends) or name in _PYTHON_BINDINGS:
        return Layer.PACKAGES
    if _ACCELERATOR.fullmatch(name):
        return Layer.ACCELERATOR
    if _NATIVE.fullmatch(name):
        return Layer.SYSTEM
    return Layer.SYSTEM if build and not pypi_name(name).known else Layer.PACKAGES


def _is_for_python(build: str, depends: Iterable[str]) -> bool:
    return bool(_PYTHON_BUILD.search(build)) or any(
        specification.partition(" ")[0] in _PYTHON_DEPENDENCIES for specification in depends
    )
