"""Versions are found in the forms that builds write them in, and nothing else is taken for one."""

import pytest

from samestack.capture.probes.binaries.build_texts import read_build_text, stated
from tests.capture.probes.memory_tree import MemoryTree

COMMIT = "97ff6cfd9c86c5c09d7ce775ab64ec5c99230f5d"
TORCH = f"""from typing import Optional

__all__ = ['__version__', 'cuda', 'debug', 'git_version', 'hip']
__version__ = '2.3.0+cu121'
debug = False
cuda: Optional[str] = '12.1'
git_version = '{COMMIT}'
hip: Optional[str] = None
"""
TENSORFLOW = (
    "build_info = collections.OrderedDict([('cpu_compiler', '/usr/lib/llvm-17/bin/clang'), "
    "('cuda_compute_capabilities', ['sm_60', 'compute_90']), ('cuda_version', '12.3'), "
    "('cudnn_version', '8'), ('is_cuda_build', True)])"
)


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("cuda", TORCH, "12.1"),
        ("git_version", TORCH, COMMIT),
        ("hip", TORCH, None),
        ("cuda", "cuda = '11.7'\n", "11.7"),
        ("cuda_version", TENSORFLOW, "12.3"),
        ("cudnn_version", TENSORFLOW, "8"),
        ("tensorrt_version", TENSORFLOW, None),
        ("cuda_version", "package_name = 'onnxruntime-gpu'\ncuda_version = '13.0'\n", "13.0"),
        ("cuda_version", "cuda_version = 'False'\n", None),
        ("version", '"version": "0.3.31.188.0",', "0.3.31.188.0"),
        ("version", '"version": r"0.3.30",', "0.3.30"),
        ("version", "__version__ = '1.0'", None),
        ("cuda", "cuda = '12.1; import os'", None),
    ],
)
def test_a_stated_version_is_found(variable: str, text: str, value: str | None) -> None:
    assert stated(variable, text) == value


def test_a_text_that_is_not_there_or_too_large_is_empty() -> None:
    tree = MemoryTree({"/version.py": TORCH, "/large.py": "#" * 1_000_000})
    assert read_build_text(tree, "/version.py") == TORCH
    assert read_build_text(tree, "/large.py") == ""
    assert read_build_text(tree, "/nothing.py") == ""
