"""Bytecode is compiled once: environments that are made later take it over, where it is of their sources."""

import importlib.util
import marshal
from pathlib import Path

import pytest

from samestack.behaviour.bisecting.trials.running import run_trial
from tests.behaviour.bisecting.trials.trial_wheels import packages, said, trial, use_wheels
from tests.envs.small_wheels import wheel

WHERE = "import alpha; print(alpha.__cached__)"
VERSION = "import alpha; print(alpha.__version__)"


@pytest.fixture
def bytecode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a package that a trial has unpacked."""
    use_wheels(tmp_path / "wheels", monkeypatch, tmp_path / "cache")
    wheel(tmp_path / "wheels", "alpha", "1")
    said(run_trial(trial(VERSION, *packages(alpha="1"))))
    (file,) = (tmp_path / "cache").rglob("alpha/__pycache__/*.pyc")
    return file


def other_bytecode(header: bytes) -> bytes:
    """Of another program, so that it is seen which one runs."""
    return header + marshal.dumps(compile("__version__ = 'of the store'", "other.py", "exec"))


def test_a_real_environment_takes_over_what_was_compiled_of_the_same_sources(bytecode: Path) -> None:
    bytecode.write_bytes(other_bytecode(bytecode.read_bytes()[:16]))
    assert said(run_trial(trial(VERSION, *packages(alpha="1"), is_real=True))) == "of the store"


def test_what_is_of_other_sources_is_compiled_anew(bytecode: Path) -> None:
    older = importlib.util.MAGIC_NUMBER + bytes(12)
    bytecode.write_bytes(other_bytecode(older))
    assert said(run_trial(trial(VERSION, *packages(alpha="1"), is_real=True))) == "1"


def test_the_bytecode_is_the_environments_own(bytecode: Path) -> None:
    before = bytecode.read_bytes()
    place = said(run_trial(trial(WHERE, *packages(alpha="1"), is_real=True)))
    assert str(bytecode.parents[3]) not in place
    assert bytecode.read_bytes() == before
