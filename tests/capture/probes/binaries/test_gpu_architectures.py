"""Which GPUs a library holds code for: of crafted containers, and of what nvcc writes."""

import io
import re
import shutil
import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.elf import Elf
from samestack.capture.probes.binaries.gpu_architectures import DeviceCode, device_code, gpu_architectures
from samestack.errors import InputError
from samestack.process import run
from tests.capture.elf_files import elf_file

PTX, MACHINE_CODE, INTERMEDIATE = 1, 2, 8
KERNEL = "__global__ void add(float *a, const float *b) { a[threadIdx.x] += b[threadIdx.x]; }\n"


def image(kind: int, architecture: int, *, flags: int = 0, size: int = 24, header_size: int = 64) -> bytes:
    header = struct.pack(
        "<HHIQIIHHIIIQ", kind, 0x101, header_size, size, 0, 0, 8, 1, architecture, 0, 0, flags
    )
    return header.ljust(header_size, b"\0") + b"\xee" * size


def container(*images: bytes) -> bytes:
    content = b"".join(images)
    return struct.pack("<IHHQ", 0xBA55ED50, 1, 16, len(content)) + content


def library(content: bytes, *, section: str = ".nv_fatbin") -> Elf:
    return Elf(io.BytesIO(elf_file(sections={section: content})), "libgpu.so")


def architectures(*elfs: Elf) -> tuple[str, ...]:
    return gpu_architectures([code for elf in elfs if (code := device_code(elf))])


def test_machine_code_and_ptx_are_told_apart() -> None:
    content = container(image(PTX, 90), image(MACHINE_CODE, 90), image(MACHINE_CODE, 80, header_size=112))
    assert architectures(library(content)) == ("sm_80", "sm_90", "compute_90")


def test_code_for_one_architecture_or_family_alone_is_named_so() -> None:
    content = container(image(MACHINE_CODE, 90, flags=0x100011), image(MACHINE_CODE, 100, flags=0x1200011))
    assert architectures(library(content)) == ("sm_90a", "sm_100f")


def test_intermediate_code_runs_nowhere_and_does_not_count() -> None:
    assert architectures(library(container(image(INTERMEDIATE, 90)))) == ()


def test_containers_stand_one_behind_the_other_padding_between_them() -> None:
    content = (
        container(image(MACHINE_CODE, 70)) + bytes(24) + container() + container(image(MACHINE_CODE, 75))
    )
    assert architectures(library(content + bytes(8))) == ("sm_70", "sm_75")


def test_relocatable_code_counts() -> None:
    assert architectures(library(container(image(MACHINE_CODE, 80)), section="__nv_relfatbin")) == ("sm_80",)


def test_a_library_without_gpu_code_has_none() -> None:
    assert device_code(library(b"x", section=".rodata")) is None
    assert device_code(library(b"")) is None


def test_the_file_with_the_most_code_speaks_for_all() -> None:
    large = library(container(*[image(MACHINE_CODE, 80, size=800)] * 9))
    small = library(container(image(PTX, 52), image(MACHINE_CODE, 89)))
    assert architectures(small, large) == ("sm_80",)


def test_a_stray_image_does_not_make_an_architecture() -> None:
    common = [image(MACHINE_CODE, 80)] * 100
    assert architectures(library(container(*common, *[image(PTX, 52)] * 4))) == ("sm_80",)
    assert architectures(library(container(*common, *[image(PTX, 52)] * 5))) == ("sm_80", "compute_52")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xee" * 40, "not a fat binary of a known layout"),
        (container(image(MACHINE_CODE, 80))[:-1], "not a fat binary of a known layout"),
        (container(image(MACHINE_CODE, 80)[:-1]), "longer than its container"),
        (
            container(image(MACHINE_CODE, 80, header_size=64)[:60] + bytes(4), b""),
            "longer than its container",
        ),
        (container(image(MACHINE_CODE, 8000)), "there is no GPU architecture 8000"),
        (bytes(1_700_000), "more than 200000 headers of GPU code"),
    ],
)
def test_what_is_wrong_is_named(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        device_code(library(content))
    assert caught.value.file == "libgpu.so"


@given(st.binary(max_size=300), st.lists(st.integers(min_value=0, max_value=1200), max_size=4))
def test_any_content_is_read_or_refused(content: bytes, numbers: list[int]) -> None:
    spoiled = bytearray(container(image(MACHINE_CODE, 80), image(PTX, 90)) + content)
    for number in numbers:
        spoiled[number % len(spoiled)] = number % 256
    with suppress(InputError):
        assert len(architectures(library(bytes(spoiled)))) <= len(spoiled) / 48


@given(
    st.lists(
        st.builds(DeviceCode, st.integers(min_value=0), st.just({"sm_80": 1, "compute_90": 3})), min_size=1
    )
)
def test_architectures_are_sorted_machine_code_first(codes: list[DeviceCode]) -> None:
    assert gpu_architectures(codes) == ("sm_80", "compute_90")


def nvcc_release() -> tuple[int, ...]:
    """The release of the CUDA compiler that is on the path; nothing where there is none."""
    if shutil.which("nvcc") is None:
        return ()
    found = re.search(r"release (\d+)\.(\d+)", run(["nvcc", "--version"]).output)
    return tuple(map(int, found.groups())) if found else ()


NVCC = nvcc_release()
needs_nvcc = pytest.mark.skipif(NVCC < (11, 8), reason="there is no nvcc of CUDA 11.8 or later here")


def compiled(directory: Path, *options: str, name: str = "kernel.so") -> Elf:
    """A library compiled by nvcc, without the CUDA runtime."""
    (directory / "kernel.cu").write_text(KERNEL)
    shared = () if "-c" in options else ("-shared", "-Xcompiler", "-fPIC", "-cudart", "none")
    run(["nvcc", *shared, *options, "-o", name, "kernel.cu"], directory=directory, timeout=120)
    return Elf(io.BytesIO((directory / name).read_bytes()), name)


def targets(*pairs: tuple[str, str]) -> list[str]:
    return [word for virtual, code in pairs for word in ("-gencode", f"arch=compute_{virtual},code={code}")]


@pytest.mark.service
@needs_nvcc
@pytest.mark.parametrize("compression", [("--no-compress",), ("-Xfatbin", "-compress-all")])
def test_what_nvcc_writes_is_read(tmp_path: Path, compression: tuple[str, ...]) -> None:
    pairs = targets(("75", "sm_75"), ("80", "[sm_80,sm_86]"), ("90", "[sm_90,compute_90]"))
    elf = compiled(tmp_path, *compression, *pairs)
    assert architectures(elf) == ("sm_75", "sm_80", "sm_86", "sm_90", "compute_90")
    assert elf.source.bytes_read < 10_000


@pytest.mark.service
@needs_nvcc
def test_relocatable_code_of_nvcc_is_read(tmp_path: Path) -> None:
    pairs = targets(("80", "[sm_80,compute_80]"), ("90", "lto_90"))
    assert architectures(compiled(tmp_path, "-c", "-rdc=true", *pairs, name="kernel.o")) == (
        "sm_80",
        "compute_80",
    )


@pytest.mark.service
@pytest.mark.skipif(NVCC < (12, 9), reason="there is no nvcc of CUDA 12.9 or later here")
def test_code_of_nvcc_for_one_architecture_or_family_alone_is_read(tmp_path: Path) -> None:
    pairs = targets(("90a", "[sm_90a,compute_90a]"), ("100f", "sm_100f"), ("120", "sm_120"))
    assert architectures(compiled(tmp_path, *pairs)) == ("sm_90a", "sm_100f", "sm_120", "compute_90a")
