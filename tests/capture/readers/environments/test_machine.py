"""``machine:`` reads this machine with the Pythons that are installed on it."""

import os
import sys
from pathlib import Path

import pytest

from samestack.capture.options import Options
from samestack.capture.readers.environments import machine
from samestack.model import Configuration, Host, Layer, Stack
from samestack.progress import Reporter


class Heard(Reporter):
    def __init__(self) -> None:
        self.total = 0
        self.steps: list[str] = []

    def started(self, work: str, total: int | None = None) -> None:
        assert work == "read Pythons"
        self.total = total or 0

    def advanced(self, detail: str, steps: int = 1) -> None:
        self.steps += [detail] * steps


def test_this_machine_as_a_whole() -> None:
    heard = Heard()
    observation = machine.read("", Options(reporter=heard))
    assert Stack.of(observation.components).digest.startswith("sha256:")
    assert len(Host.of(observation.components)) >= 2
    pythons = {one.at: one.version for one in observation.components if one.layer is Layer.PYTHON}
    assert len(heard.steps) == heard.total
    assert pythons.keys() <= set(heard.steps)


def test_a_python_in_a_usual_place_is_found_at_its_prefix() -> None:
    base = os.path.realpath(sys.base_prefix)
    usual = ("/usr", "/usr/local", str(Path("~/.pyenv/versions").expanduser()), "/opt")
    if not base.startswith(usual):
        pytest.skip(f"the Python of these tests is installed elsewhere: {base}")
    found = [one for one in machine.read("", Options()).components if one.layer is Layer.PYTHON]
    series = f"{sys.version_info.major}.{sys.version_info.minor}."
    assert [one for one in found if one.at.startswith(base) and f"{one.version}.".startswith(series)]


def test_configuration_is_read_by_allow_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MKL_CBWR", "AVX2")
    monkeypatch.setenv("DATABASE_PASSWORD", "hunter2")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    observation = machine.read("", Options())
    configuration = {one.name: one.version for one in Configuration.of(observation.components)}
    assert configuration["MKL_CBWR"] == "AVX2"
    assert "DATABASE_PASSWORD" not in configuration
    assert "hunter2" not in repr(observation)
