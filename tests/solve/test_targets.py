"""Which Python and which platform is solved for, and what is said of it."""

import pytest

from samestack.errors import RequestError
from samestack.model import Component, Ecosystem, Layer, Origin, Snapshot, Stack, Standing
from samestack.solve.targets import Candidate, candidate_of, chosen_target, manylinux_of
from samestack.solve.wish_files.asked import PythonWish

HERE = (Candidate("3.12.4", "that of venv:.venv"), Candidate("3.11.9", "the one that samestack runs on"))


def wish(specifier: str) -> PythonWish:
    return PythonWish(specifier, "requires-python of pyproject.toml")


def snapshot(*components: Component) -> Snapshot:
    origin = Origin(
        reference="host.json", kind="machine", standing=Standing.OBSERVED, captured_at="", captured_by=""
    )
    return Snapshot(origin=origin, stack=Stack.of(components))


def library(name: str, version: str, architecture: str = "x86_64") -> Component:
    return Component(
        layer=Layer.OS,
        ecosystem=Ecosystem.GENERIC,
        name=name,
        version=version,
        facts={"architecture": architecture},
    )


@pytest.mark.parametrize(
    ("specifiers", "chosen", "said"),
    [
        ([], "3.12.4", "that of venv:.venv"),
        ([">=3.9"], "3.12.4", "that of venv:.venv"),
        ([">=3.9", "<3.12"], "3.11.9", "the one that samestack runs on"),
        ([">=3.8,<3.11"], "3.8", "the oldest that requires-python of pyproject.toml allows"),
        ([">=3.9.5,<3.10"], "3.9.5", "the oldest"),
        (["==3.10.*"], "3.10", "the oldest"),
    ],
)
def test_the_python_is_one_that_is_allowed(specifiers: list[str], chosen: str, said: str) -> None:
    target, notes = chosen_target([wish(one) for one in specifiers], HERE)
    assert target.python == chosen
    assert said in notes[0]


def test_what_is_asked_for_is_taken() -> None:
    assert chosen_target([wish(">=3.9")], (), python="3.9")[1] == ()
    target, notes = chosen_target([wish(">=3.9")], (), python="3.8")
    assert target.python == "3.8"
    assert "though requires-python of pyproject.toml allows >=3.9 only" in notes[0]


@pytest.mark.parametrize(("specifier", "python"), [("<3", ""), (">=3.9", "three"), ("?", "3.9")])
def test_what_is_no_python_is_refused(specifier: str, python: str) -> None:
    with pytest.raises(RequestError):
        chosen_target([wish(specifier)], HERE, python=python)


@pytest.mark.parametrize(
    ("component", "platform"),
    [
        (library("glibc", "2.28"), "x86_64-manylinux_2_28"),
        (library("glibc", "2.30"), "x86_64-manylinux_2_28"),
        (library("glibc", "2.41"), "x86_64-manylinux_2_40"),
        (library("glibc", "2.17", "aarch64"), "aarch64-manylinux_2_17"),
        (library("musl", "1.2.4"), "x86_64-unknown-linux-musl"),
        (library("glibc", "2.5"), ""),
    ],
)
def test_the_platform_of_a_host_is_that_of_its_c_library(component: Component, platform: str) -> None:
    assert manylinux_of(snapshot(component)) == platform


def test_a_host_says_why() -> None:
    target, notes = chosen_target([], HERE, host=snapshot(library("glibc", "2.31")))
    assert target.platform == "x86_64-manylinux_2_31"
    assert "because host.json has glibc 2.31" in notes[1]
    with pytest.raises(RequestError, match="does not tell its C library"):
        chosen_target([], HERE, host=snapshot())


def test_a_platform_may_be_in_the_words_of_conda() -> None:
    assert chosen_target([], HERE, platform="linux-aarch64")[0].platform == "aarch64-unknown-linux-gnu"
    assert chosen_target([], HERE, platform="x86_64-manylinux_2_28")[0].platform == "x86_64-manylinux_2_28"


def test_an_environment_names_its_only_python() -> None:
    python = Component(layer=Layer.PYTHON, ecosystem=Ecosystem.GENERIC, name="python", version="3.10.1")
    assert [one.version for one in candidate_of(snapshot(python))] == ["3.10.1"]
    assert list(candidate_of(snapshot())) == []
