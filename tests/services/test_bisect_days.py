"""A project that imports on one day and no longer a month later: which release was it?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.behaviour.bisecting.bisection import Bisection
from samestack.behaviour.bisecting.entry import bisect
from samestack.behaviour.bisecting.request import Request
from samestack.progress import SILENT
from tests.capture.real_environments import interpreter_of_series

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
