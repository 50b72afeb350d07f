"""What is known of the Python and the system that wheels must fit."""

import pytest

from samestack.check.subject import Subject
from samestack.check.wheel_support import Target
from samestack.check.wheel_target import module_abis, target_of
from samestack.model import Component, Layer
from tests.check.subjects import generic, glibc, python, snapshot

MUSL = generic(Layer.OS, "musl", "1.2.4", architecture="x86_64")


def target(*components: Component, host: tuple[Component, ...] = ()) -> Target:
    subject = Subject(snapshot(*components), snapshot(*host) if host else None)
    return target_of(subject.pythons[0], subject)


@pytest.mark.parametrize(
    ("version", "abi", "abis", "modules"),
    [
        ("3.11.2", "cpython-311-x86_64-linux-gnu", ("cp311",), {"cpython-311"}),
        ("3.7.16", "cpython-37m-x86_64-linux-gnu", ("cp37m",), {"cpython-37m"}),
        ("3.11.2", "cpython-311d-x86_64-linux-gnu", ("cp311d", "cp311"), {"cpython-311d", "cpython-311"}),
        ("3.13.0", "cpython-313t-x86_64-linux-gnu", ("cp313t",), {"cpython-313t"}),
        ("3.10.14", "pypy310-pp73-x86_64-linux-gnu", ("pypy310_pp73",), {"pypy310-pp73"}),
        ("3.11.2", "", ("cp311",), {"cpython-311"}),
        ("3.7.16", "", ("cp37m",), {"cpython-37m"}),
    ],
)
def test_the_abis_are_those_of_its_modules(
    version: str, abi: str, abis: tuple[str, ...], modules: set[str]
) -> None:
    found = target(python(version, abi=abi))
    assert found.abis == abis
    assert module_abis(found) == modules


def test_the_architecture_is_the_interpreters_or_else_the_systems() -> None:
    arm = python("3.11.2", platform="arm-linux-gnueabihf")
    assert target(python("3.11.2", platform="i386-linux-gnu"), glibc()).architectures == {"i686"}
    assert target(arm, glibc()).architectures == {"armv6l", "armv7l", "armv8l"}
    assert target(python("3.11.2"), glibc()).architectures == {"x86_64"}
    assert target(python("3.11.2")).architectures == frozenset()


def test_the_c_library_is_that_of_the_host() -> None:
    found = target(python("3.11.2"), glibc("2.36"), host=(glibc("2.17"),))
    assert (found.c_library, found.c_library_version) == ("glibc", (2, 17))


def test_of_two_c_libraries_the_one_counts_that_the_interpreter_was_built_for() -> None:
    on_musl = python("3.11.2", platform="x86_64-linux-musl")
    assert target(on_musl, MUSL, glibc()).c_library == "musl"
    assert target(python("3.11.2", platform="x86_64-linux-gnu"), MUSL, glibc()).c_library == "glibc"
    assert target(python("3.11.2", platform="x86_64-linux-gnu"), MUSL).system == "musl 1.2"
    assert target(on_musl).system == "musl"
