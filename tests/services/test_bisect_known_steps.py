"""Library steps that are known to change answers, hidden among others, on the real index."""

import shutil
from collections.abc import Iterator
from math import log2
from pathlib import Path

import pytest

from samestack.behaviour.bisecting.bisection import Bisection
from samestack.behaviour.bisecting.entry import bisect
from samestack.behaviour.bisecting.request import Request
from samestack.progress import SILENT
from tests.capture.real_environments import interpreter_of_series
from tests.services.known_steps import KNOWN_STEPS, KnownStep

pytestmark = [pytest.mark.registry, pytest.mark.service]


@pytest.fixture
def large(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is unpacked goes where it can be removed."""
    directory = tmp_path_factory.mktemp("unpacked")
    monkeypatch.setenv("SAMESTACK_CACHE", str(directory))
    yield
    shutil.rmtree(directory, ignore_errors=True)


def pivots(found: Bisection) -> list[tuple[str, ...]]:
    assert found.verdict is not None, found.baseline
    return [one.pivots for one in found.verdict.culprits]


@pytest.mark.usefixtures("large")
def test_tensorflow_of_may_2022_ends_with_protobuf_alone(tmp_path: Path) -> None:
    interpreter_of_series("3.8")  # skips where the machine has none
    file = tmp_path / "requirements.txt"
    file.write_text("tensorflow==2.8.0\nopencv-python-headless==4.5.5.64\n")
    found = bisect(
        Request(
            good="2022-05-01",
            bad="2022-06-01",
            requirements=file,
            python="3.8",
            command=("python", "-c", "import tensorflow"),
            directory=tmp_path,
        ),
        SILENT,
    )
    assert found.is_proven
    assert pivots(found) == [("protobuf",)]
    assert [one.requirement for one in found.pins] == ["protobuf<4"]
    assert found.factors == ()  # the error is none that a machine could make


@pytest.mark.parametrize("step", KNOWN_STEPS, ids=lambda step: step.name.replace(" ", "-"))
def test_a_step_that_is_hidden_among_others_is_named_and_proved(tmp_path: Path, step: KnownStep) -> None:
    interpreter_of_series(step.python)
    (tmp_path / "good.txt").write_text(step.requirements(0))
    (tmp_path / "bad.txt").write_text(step.requirements(1))
    (tmp_path / "check.py").write_text(step.program)
    found = bisect(
        Request(
            good=str(tmp_path / "good.txt"),
            bad=str(tmp_path / "bad.txt"),
            python=step.python,
            command=("python", "check.py"),
            directory=tmp_path,
        ),
        SILENT,
    )
    assert len(found.changes) > 25
    assert pivots(found) == [step.culprits]
    assert found.is_proven
    assert found.verdict is not None
    count = len(step.culprits)
    assert found.verdict.trials <= 2 * count * (log2(len(found.changes)) + 2)
    assert {one.package for one in found.within} == set(step.culprits)
    assert len(found.pins) == 1  # of two that are bad together, one is enough
