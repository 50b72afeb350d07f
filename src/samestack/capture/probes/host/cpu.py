"""The processor: its model, and the instruction sets by which numeric libraries choose their code."""

from collections.abc import Iterator
from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.probes.host.cpu_limit import read_cpu_limit
from samestack.capture.probes.text import shown_text
from samestack.capture.tree import Tree
from samestack.model import Component, Ecosystem, Layer, Value

_CPUINFO: Final = "/proc/cpuinfo"
_FIRST_CHARACTERS: Final = 16 * 1024
"""What certainly holds the first processor's lines."""
_LAST_CHARACTERS: Final = 4 * 1024
"""What certainly holds the lines that some architectures write once for all processors, at the end."""
_NUMERIC_X86: Final = frozenset({"sse3", "ssse3", "sse4_1", "sse4_2", "fma", "fma4", "f16c", "avx", "avx2"})
_NUMERIC_X86_FAMILIES: Final = ("avx_", "avx512", "avx10", "amx_")
_NUMERIC: Final = frozenset(
    {"neon", "vfpv4", "fphp", "fcma", "bf16", "i8mm"}  # Arm
    | {"vx", "vxd", "nnpa", "lsx", "lasx"}  # IBM Z, LoongArch
)
_NUMERIC_FAMILIES: Final = ("asimd", "sve", "sme", "vxe")  # on x86, sme is encryption of memory
"""Instruction sets, as Linux names them, by which BLAS, oneDNN, numpy and OpenCV choose their code."""

_LEVELS: Final = (
    frozenset(["cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3"]),
    frozenset(["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"]),
    frozenset(["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]),
)
"""What x86-64-v2, v3 and v4 each ask for beyond the level before (x86-64 psABI), as Linux names them."""

_ARM_CORES: Final = {
    ("0x41", "0xd07"): "Cortex-A57",
    ("0x41", "0xd08"): "Cortex-A72",
    ("0x41", "0xd0c"): "Neoverse-N1",
    ("0x41", "0xd40"): "Neoverse-V1",
    ("0x41", "0xd42"): "Cortex-A78AE",
    ("0x41", "0xd49"): "Neoverse-N2",
    ("0x41", "0xd4f"): "Neoverse-V2",
    ("0xc0", "0xac3"): "Ampere-1",
}
"""Names of server and Jetson cores, by implementer and part (Linux, ``arch/arm64/include/asm/cputype.h``)."""


def read_cpu(tree: Tree, architecture: str, *, is_ours: bool = True) -> Observation:
    """The processor as a component of layer hardware; its version is its model name.

    ``architecture`` is what uname calls it. How much of it this process may use is told where the processor
    ``is_ours``. On a machine of unequal cores the first one speaks for all.
    """
    text = tree.read(_CPUINFO).decode("utf-8", "replace") if tree.is_file(_CPUINFO) else ""
    fields = _first_values(text)
    flags = frozenset(_flags(fields))
    facts: dict[str, Value] = {"architecture": shown_text(architecture)}
    if sets := _numeric_sets(flags, architecture):
        facts["instruction_sets"] = sets
    if architecture == "x86_64" and flags:
        facts["level"] = f"v{x86_64_level(flags)}"
    if count := sum(_is_processor(name) for name, _ in _lines(text)):
        facts["logical_processors"] = count
    component = Component(
        layer=Layer.HARDWARE,
        ecosystem=Ecosystem.GENERIC,
        name="cpu",
        version=_model(fields),
        facts=facts,
        circumstances=read_cpu_limit(tree) if is_ours else {},
    )
    return Observation((component,))


def x86_64_level(flags: frozenset[str]) -> int:
    """The x86-64 micro-architecture level, 1 to 4, of a processor with these flags of Linux."""
    level = 1
    for needed in _LEVELS:
        if not needed <= flags:
            break
        level += 1
    return level


def _numeric_sets(flags: frozenset[str], architecture: str) -> tuple[str, ...]:
    is_x86 = architecture in {"x86_64", "i686"}
    names, families = (_NUMERIC_X86, _NUMERIC_X86_FAMILIES) if is_x86 else (_NUMERIC, _NUMERIC_FAMILIES)
    return tuple(sorted(flag for flag in flags if flag in names or flag.startswith(families)))


def _first_values(text: str) -> dict[str, str]:
    """Each field's first value: that of the first processor, and what is said once for all of them."""
    values: dict[str, str] = {}
    for name, value in _lines(text[:_FIRST_CHARACTERS] + "\n" + text[-_LAST_CHARACTERS:]):
        values.setdefault(name, value)
    return values


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Every line that has a colon: what stands before it, in lower case, and after it."""
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _is_processor(name: str) -> bool:
    word, _, number = name.partition(" ")
    return word == "processor" and (not number or number.isdecimal())  # IBM Z numbers them in the name


def _flags(fields: dict[str, str]) -> list[str]:
    flags = (fields.get("flags") or fields.get("features") or "").split()
    return [*flags, "sse3"] if "pni" in flags else flags  # the name that SSE3 had before Intel named it


def _model(fields: dict[str, str]) -> str | None:
    for name in ("model name", "cpu model", "uarch", "cpu"):
        if fields.get(name):
            return shown_text(fields[name])
    implementer, part = fields.get("cpu implementer", ""), fields.get("cpu part", "")
    if not implementer:
        return shown_text(fields["vendor_id"]) if fields.get("vendor_id") else None
    return _ARM_CORES.get((implementer, part)) or shown_text(f"implementer {implementer}, part {part}")
