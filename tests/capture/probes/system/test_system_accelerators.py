"""Toolkits and libraries of a system, read from roots that are laid out as real ones."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestack.capture.probes.system.system_accelerators import read_system_accelerators
from samestack.capture.tree import MachineTree, RootTree
from samestack.model import Ecosystem, Layer
from samestack.process import run

VERSION_JSON = '{"cuda": {"name": "CUDA SDK", "version": "12.1.1"}, "cuda_cudart": {"version": "12.1.105"}}'
LIBRARIES = "usr/lib/x86_64-linux-gnu"


def root(directory: Path, files: dict[str, str]) -> RootTree:
    """A root with these files; a text that begins with ``->`` makes a link."""
    for path, text in files.items():
        place = directory / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if text.startswith("->"):
            place.symlink_to(text[2:])
        else:
            place.write_text(text)
    return RootTree(directory)


def macros(prefix: str, **parts: int) -> str:
    """A header that states a version."""
    return "".join(f"#define {prefix}_{part} {number}\n" for part, number in parts.items())


def found(directory: Path, files: dict[str, str]) -> dict[tuple[str, str], str | None]:
    observation = read_system_accelerators(root(directory, files))
    assert observation.remarks == ()
    assert all(
        (one.layer, one.ecosystem) == (Layer.ACCELERATOR, Ecosystem.GENERIC) for one in observation.components
    )
    return {(one.name, one.at): one.version for one in observation.components}


@pytest.mark.parametrize(
    ("files", "version"),
    [
        ({"version.json": VERSION_JSON}, "12.1.1"),
        ({"version.txt": "CUDA Version 10.2.89\n"}, "10.2.89"),
        ({"include/cuda.h": "/* ... */\n#define CUDA_VERSION 11080\n"}, "11.8"),
        ({"include/cuda.h": "#define CUDA_VERSION 13000\n"}, "13.0"),
        ({"lib64/libcudart.so.12.1.105": "", "lib64/libcudart.so.12": "->libcudart.so.12.1.105"}, "12.1.105"),
        ({"version.json": "{", "version.txt": "CUDA Version 9.0.176"}, "9.0.176"),
        ({"version.json": '{"cuda": "12"}', "lib64/libcudart.so.9.2.148": ""}, "9.2.148"),
    ],
)
def test_a_toolkit_tells_its_version_in_one_of_four_ways(
    tmp_path: Path, files: dict[str, str], version: str
) -> None:
    assert found(tmp_path, {f"usr/local/cuda/{name}": text for name, text in files.items()}) == {
        ("cuda", ""): version
    }


def test_the_default_toolkit_is_told_from_others(tmp_path: Path) -> None:
    files = {
        "usr/local/cuda": "->/etc/alternatives/cuda",
        "etc/alternatives/cuda": "->/usr/local/cuda-12.1",
        "usr/local/cuda-12": "->cuda-12.1",
        "usr/local/cuda-12.1/version.json": VERSION_JSON,
        "usr/local/cuda-11.8/version.txt": "CUDA Version 11.8.0",
        "usr/local/cuda-backup/version.txt": "CUDA Version 8.0.61",
        "usr/local/cuda-9.0": "no directory",
    }
    assert found(tmp_path, files) == {("cuda", ""): "12.1.1", ("cuda", "/usr/local/cuda-11.8"): "11.8.0"}


def test_headers_tell_versions(tmp_path: Path) -> None:
    files = {
        "usr/include/cudnn_version.h": macros("CUDNN", MAJOR=8, MINOR=9, PATCHLEVEL=7),
        "usr/include/nccl.h": macros("NCCL", MAJOR=2, MINOR=19, PATCH=3),
    }
    assert found(tmp_path, files) == {("cudnn", ""): "8.9.7", ("nccl", ""): "2.19.3"}


def test_older_headers_of_cudnn_tell_versions(tmp_path: Path) -> None:
    header = macros("CUDNN", MAJOR=7, MINOR=6, PATCHLEVEL=5)
    files = {"usr/local/cuda/include/cudnn.h": header, "usr/include/cudnn.h": '#include "cudnn_version.h"\n'}
    assert found(tmp_path, files) == {("cudnn", ""): "7.6.5"}


def test_without_headers_the_libraries_tell_versions(tmp_path: Path) -> None:
    files = {
        f"{LIBRARIES}/libcudnn.so.9": "->libcudnn.so.9.1.0",
        f"{LIBRARIES}/libcudnn.so.9.1.0": "",
        f"{LIBRARIES}/libnccl.so.2": "->libnccl.so.2.20.5",
        f"{LIBRARIES}/libnccl.so.2.20.5": "",
    }
    assert found(tmp_path, files) == {("cudnn", ""): "9.1.0", ("nccl", ""): "2.20.5"}


def test_a_library_without_a_full_version_in_its_name_tells_none(tmp_path: Path) -> None:
    assert found(tmp_path, {f"{LIBRARIES}/libcudnn.so.9": "", f"{LIBRARIES}/libnccl.so.2": "->nothing"}) == {}


def test_rocm_tells_its_version(tmp_path: Path) -> None:
    assert found(tmp_path, {"opt/rocm": "->rocm-6.2.0", "opt/rocm-6.2.0/.info/version": "6.2.0-66\n"}) == {
        ("rocm", ""): "6.2.0-66"
    }


def test_a_system_without_any_has_none(tmp_path: Path) -> None:
    assert found(tmp_path, {"etc/os-release": "ID=debian\n"}) == {}


def test_links_that_lead_round_in_a_circle_are_no_toolkit(tmp_path: Path) -> None:
    files = {
        "usr/local/cuda": "->cuda",
        "usr/local/cuda-12/version.json": "->version.json",
        "usr/local/cuda-12/version.txt": "CUDA Version 12.0.1",
        f"{LIBRARIES}/libcudnn.so.9": "->libcudnn.so.9",
    }
    assert found(tmp_path, files) == {("cuda", "/usr/local/cuda-12"): "12.0.1"}


def test_a_named_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    (tmp_path / "usr/local/cuda").mkdir(parents=True)
    os.mkfifo(tmp_path / "usr/local/cuda/version.json")
    assert found(tmp_path, {}) == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.from_regex(r'\{"cuda": \{"version": [^}]*\}\}').map(str.encode))
def test_whatever_stands_in_the_files_is_read(tmp_path: Path, content: bytes) -> None:
    toolkit = tmp_path / "usr/local/cuda"
    (toolkit / "include").mkdir(parents=True, exist_ok=True)
    for name in ("version.json", "version.txt", "include/cuda.h"):
        (toolkit / name).write_bytes(content)
    for component in read_system_accelerators(RootTree(tmp_path)).components:
        assert (component.version or "").isascii()


@pytest.mark.service
@pytest.mark.skipif(shutil.which("nvcc") is None, reason="there is no nvcc here")
def test_this_machines_toolkit_is_the_one_of_its_compiler() -> None:
    release = run(["nvcc", "--version"]).output.partition("release ")[2].partition(",")[0]
    versions = [
        one.version or "" for one in read_system_accelerators(MachineTree()).components if one.name == "cuda"
    ]
    assert any(version.startswith(release) for version in versions)
