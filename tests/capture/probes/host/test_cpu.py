"""The processor, from what Linux writes of it on several architectures."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.host.cpu import read_cpu, x86_64_level
from samestack.capture.tree import MachineTree
from samestack.model import Component, Host
from tests.capture.probes.memory_tree import MemoryTree

V2 = "cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3"
V3 = f"{V2} avx avx2 bmi1 bmi2 f16c fma abm movbe xsave"
V4 = f"{V3} avx512f avx512bw avx512cd avx512dq avx512vl"
EPYC = "".join(
    f"processor\t: {number}\nvendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC 7763 64-Core Processor\n"
    f"flags\t\t: fpu sse sse2 smep sme sev {V3}\nbugs\t\t: spectre_v2\n\n"
    for number in range(128)
)
XEON = (
    "processor\t: 0\nmodel name\t: Intel(R) Xeon(R) Platinum 8480+\n"
    f"flags\t\t: {V4} avx512_vnni avx512_bf16 amx_bf16 amx_tile amx_int8 avx_vnni\n"
)
GRAVITON = (
    "processor\t: 0\nBogoMIPS\t: 2100.00\nFeatures\t: fp asimd asimdhp fphp asimddp sve i8mm bf16 paca\n"
    "CPU implementer\t: 0x41\nCPU part\t: 0xd40\n\n"
)
POWER = "processor\t: 0\ncpu\t\t: POWER9, altivec supported\nclock\t\t: 3800MHz\n\nmachine\t\t: PowerNV\n"
IBM_Z = (
    "vendor_id       : IBM/S390\n# processors    : 2\nfeatures\t: esan3 zarch vx vxd vxe nnpa\n"
    "processor 0: version = FF,  identification = 0A,  machine = 3931\n"
    "processor 1: version = FF,  identification = 0A,  machine = 3931\n"
)
RISC_V = "processor\t: 0\nhart\t\t: 1\nisa\t\t: rv64imafdc\nuarch\t\t: sifive,u74-mc\n\n"


def read(text: str, architecture: str) -> Component:
    (component,) = read_cpu(MemoryTree({"/proc/cpuinfo": text}), architecture).components
    return component


def test_an_epyc() -> None:
    cpu = read(EPYC, "x86_64")
    assert cpu.version == "AMD EPYC 7763 64-Core Processor"
    assert cpu.facts == {
        "architecture": "x86_64",
        "level": "v3",
        "logical_processors": 128,
        "instruction_sets": ("avx", "avx2", "f16c", "fma", "sse3", "sse4_1", "sse4_2", "ssse3"),
    }


def test_a_xeon_with_matrix_extensions() -> None:
    cpu = read(XEON, "x86_64")
    assert cpu.facts["level"] == "v4"
    sets = cpu.facts["instruction_sets"]
    assert isinstance(sets, tuple)
    assert {"avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "amx_bf16", "avx_vnni"} <= set(sets)


def test_an_arm_server() -> None:
    cpu = read(GRAVITON, "aarch64")
    assert cpu.version == "Neoverse-V1"
    assert cpu.facts["instruction_sets"] == ("asimd", "asimddp", "asimdhp", "bf16", "fphp", "i8mm", "sve")
    assert "level" not in cpu.facts


def test_an_arm_core_of_which_the_name_is_not_known() -> None:
    assert read(GRAVITON.replace("0xd40", "0xfff"), "aarch64").version == "implementer 0x41, part 0xfff"


@pytest.mark.parametrize(
    ("text", "architecture", "version", "count"),
    [
        (POWER, "ppc64le", "POWER9, altivec supported", 1),
        (IBM_Z, "s390x", "IBM/S390", 2),
        (RISC_V, "riscv64", "sifive,u74-mc", 1),
    ],
)
def test_other_architectures(text: str, architecture: str, version: str, count: int) -> None:
    cpu = read(text, architecture)
    assert (cpu.version, cpu.facts["logical_processors"]) == (version, count)


def test_without_proc_there_is_an_architecture() -> None:
    (cpu,) = read_cpu(MemoryTree({}), "x86_64").components
    assert (cpu.version, cpu.facts) == (None, {"architecture": "x86_64"})


@pytest.mark.parametrize(
    ("flags", "level"), [("", 1), (V2, 2), (V3, 3), (V4, 4), (V4.replace("bmi2", ""), 2)]
)
def test_levels_of_x86_64(flags: str, level: int) -> None:
    assert x86_64_level(frozenset(flags.split())) == level


def test_this_machine() -> None:
    (cpu,) = read_cpu(MachineTree(), os.uname().machine).components
    assert cpu.facts["architecture"] == os.uname().machine
    assert cpu.facts["logical_processors"] == os.cpu_count()


cut_off = st.builds(
    lambda text, start, end: text[start:end],
    st.sampled_from([EPYC, GRAVITON, IBM_Z]),
    st.integers(0, 50),
    st.integers(50, 500),
)


@given(st.text(max_size=300) | cut_off)
def test_whatever_it_holds_there_is_a_processor(text: str) -> None:
    assert len(Host((read(text, "x86_64"),))) == 1
