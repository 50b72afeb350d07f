import pytest
from msgspec.structs import replace

from samestack.check.rules.binary.cpu_instructions import RULE
from samestack.check.subject import Subject
from samestack.model import Component, Ecosystem
from tests.check.subjects import cpu, package, python, snapshot, subject

CORE2 = ("sse3", "ssse3", "sse4_1")
WESTMERE = (*CORE2, "sse4_2")
SANDY_BRIDGE = (*WESTMERE, "avx")
HASWELL = (*SANDY_BRIDGE, "avx2", "f16c", "fma")


def on(sets: tuple[str, ...], *packages: Component) -> Subject:
    return subject(python(), *packages, cpu(*sets))


PLANTED = (
    on(WESTMERE, package("tensorflow", "2.15.0")),
    on(WESTMERE, package("jaxlib", "0.4.30")),
    on(SANDY_BRIDGE, package("polars", "1.20.0")),
    on(SANDY_BRIDGE, package("polars", "1.36.1"), package("polars-runtime-32", "1.36.1")),
    on(CORE2, package("numpy", "2.4.0")),
    on(CORE2, package("pyarrow", "18.0.0")),
    on(SANDY_BRIDGE, package("lancedb", "0.20.0")),
)
HEALTHY = (
    on(HASWELL, *(package(name, "9.9") for name in ("tensorflow", "jaxlib", "numpy", "pyarrow", "lancedb"))),
    on(HASWELL, package("polars", "1.20.0"), package("polars-runtime-32", "1.36.1")),
    on(SANDY_BRIDGE, package("polars-lts-cpu", "1.20.0"), package("tensorflow", "2.15.0")),
    on(
        SANDY_BRIDGE,
        package("polars", "1.36.1"),
        package("polars-runtime-32", "1.36.1"),
        package("polars-runtime-compat", "1.36.1"),
    ),
    on(CORE2, package("numpy", "2.3.5")),
    on(WESTMERE, package("tensorflow", "1.5.0")),
    on((), package("tensorflow", "2.15.0")),
    subject(python(), package("tensorflow", "2.15.0"), cpu("asimd", architecture="aarch64")),
    subject(python(), package("tensorflow", "2.15.0")),
    on(CORE2, package("numpy", "2.4.0", tags=("cp311-cp311-linux_x86_64",))),
    on(CORE2, replace(package("numpy", "2.4.0"), ecosystem=Ecosystem.CONDA)),
)


@pytest.mark.parametrize("case", range(len(PLANTED)))
def test_there_is_one_finding_with_its_source(case: int) -> None:
    (finding,) = RULE.examine(PLANTED[case])
    assert finding.sources
    assert "a processor, lacks" in finding.evidence[1]


def test_it_names_what_is_lacking_and_the_library_for_older_processors() -> None:
    (finding,) = RULE.examine(PLANTED[2])
    assert finding.message == (
        "polars 1.20.0: it needs AVX2, FMA, which the processor does not have, "
        "and crashes or refuses to start"
    )
    assert finding.command.endswith("pip install polars-lts-cpu")


def test_it_is_the_host_that_counts() -> None:
    wheel = snapshot(python(), package("numpy", "2.4.0"), cpu(*HASWELL))
    (finding,) = RULE.examine(Subject(wheel, snapshot(cpu(*CORE2))))
    assert "SSE4.2" in finding.message
