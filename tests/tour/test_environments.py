"""Environments of the tour are made aside and put in place: whole, or not at all."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samestack.errors import OutsideError
from samestack.tour.cast import Person
from samestack.tour.environments import build, is_built
from samestack.tour.interpreters import python_request

SERIES = f"{sys.version_info.major}.{sys.version_info.minor}"
PERSON = Person(name="anna", title="Anna's", python=SERIES, requirements="requirements.txt")


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.txt"
    path.write_text("six==1.16.0\n")
    return path


@pytest.mark.registry
def test_an_environment_is_built_once(tmp_path: Path, requirements: Path) -> None:
    environment = tmp_path / "anna"
    assert not is_built(environment, requirements)
    build(PERSON, requirements, environment)
    assert is_built(environment, requirements)
    asked = subprocess.run(
        [environment / "bin/python", "-c", "import six; print(six.__version__)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout == "1.16.0\n"
    requirements.write_text("six==1.17.0\n")
    assert not is_built(environment, requirements)


@pytest.mark.registry
def test_a_failure_leaves_the_old_environment_and_nothing_beside_it(
    tmp_path: Path, requirements: Path
) -> None:
    environment = tmp_path / "anna"
    environment.mkdir()
    (environment / "old").touch()
    requirements.write_text("six==0.0.0.999\n")
    with pytest.raises(OutsideError, match="uv ended with status 1"):
        build(PERSON, requirements, environment)
    assert {path.name for path in tmp_path.iterdir()} == {"anna", "requirements.txt"}
    assert (environment / "old").exists()


def test_ctrl_c_leaves_nothing_half_made(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from samestack.tour import environments as e\n"
        "from samestack.tour.cast import Person\n"
        "e.install_command = lambda *_: ('sleep', '60')\n"
        f"person = Person(name='anna', title='Anna', python='{SERIES}', requirements='r')\n"
        "e.build(person, Path('r'), Path('anna'))\n"
    )
    (tmp_path / "r").touch()
    process = subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (tmp_path / ".anna.building/pyvenv.cfg").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) != 0
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_a_missing_python_is_named_with_a_remedy(tmp_path: Path, requirements: Path) -> None:
    unknown = Person(name="zoe", title="Zoe's", python="3.99", requirements="requirements.txt")
    with pytest.raises(OutsideError, match=r"there is no Python 3\.99 for Zoe's machine") as caught:
        build(unknown, requirements, tmp_path / "zoe")
    assert "uv python install 3.99" in str(caught.value.hint)


def test_a_python_that_runs_is_asked_for_by_its_path() -> None:
    assert Path(python_request(SERIES)).name.startswith("python")
    assert python_request("3.99") == "3.99"
