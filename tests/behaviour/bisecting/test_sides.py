"""The two environments, whatever names them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from samestack.behaviour.bisecting.changes import PYTHON, changes_of, hybrid
from samestack.behaviour.bisecting.request import Request
from samestack.behaviour.bisecting.side import Side, Sides
from samestack.behaviour.bisecting.sides import notes_of, sides_of
from samestack.behaviour.bisecting.trials.description import Package
from samestack.cli.main import main
from samestack.errors import RequestError
from samestack.progress import SILENT
from tests.capture.real_environments import interpreter_of_series
from tests.lock.projects import alone
from tests.solve.local_index import LocalIndex
from tests.verify.breaking_index import add, project_of

PYTHON_HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
UV = Path(sys.executable).parent / "uv"


@pytest.fixture(scope="module", autouse=True)
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch, made = pytest.MonkeyPatch(), LocalIndex()
    for version, day in (("1.0", "2022-01-10"), ("2.0", "2022-03-10")):
        add(made, "alpha", version, "", day=day)
        add(made, "setuptools", version, "", day=day)
        add(made, "pip", version, "", day=day)
    add(made, "gone", "1.0", "", day="2022-01-10")
    with alone(made, patch, tmp_path_factory.mktemp("uv-cache")):
        yield
    patch.undo()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text("alpha==1.0\ngone\n")
    (tmp_path / "bad.txt").write_text("alpha==2.0\n")
    return tmp_path


def sides(good: str, bad: str, *, python: str = "", requirements: Path | None = None) -> Sides:
    request = Request(
        good=good,
        bad=bad,
        command=("true",),
        python=python,
        directory=Path.cwd(),
        requirements=requirements,
    )
    return sides_of(request, SILENT)


def changed(found: Sides) -> dict[str, tuple[str | None, str | None]]:
    return {
        name: (one.before.version if one.before else None, one.after.version if one.after else None)
        for name, one in changes_of(found).items()
    }


def made(name: str, *packages: str, interpreter: Path | str = PYTHON_HERE) -> Path:
    subprocess.run([UV, "venv", "--quiet", "--python", interpreter, name], check=True)
    subprocess.run([UV, "pip", "install", "--quiet", "--python", f"{name}/bin/python", *packages], check=True)
    return Path(name)


@pytest.mark.usefixtures("place")
def test_requirements_are_decided_and_what_is_on_one_side_only_is_a_change() -> None:
    found = sides("good.txt", "bad.txt", python=PYTHON_HERE)
    assert changed(found) == {"alpha": ("1.0", "2.0"), "gone": ("1.0", None)}
    assert found.good.packages["alpha"].hashes
    assert list(notes_of(found)) == []
    names = [one.requirement for one in hybrid(found, frozenset({"gone"})).packages]
    assert names == ["alpha==1.0"]
    assert hybrid(found, frozenset()) == found.good.environment
    assert hybrid(found, frozenset({"alpha", "gone"})) == found.bad.environment


@pytest.mark.usefixtures("place")
def test_requirements_of_two_days_have_what_there_was_then() -> None:
    Path("requirements.txt").write_text("alpha\n")
    found = sides("2022-02-01", "2022-04-01", python=PYTHON_HERE, requirements=Path("requirements.txt"))
    assert changed(found) == {"alpha": ("1.0", "2.0")}
    assert found.good.name == "requirements.txt as of 2022-02-01"


@pytest.mark.usefixtures("place")
def test_a_project_is_its_lock_and_a_saved_snapshot_what_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    project_of(Path("project"), "alpha==1.0", more=f'python = "{PYTHON_HERE}"\n')
    assert main(["lock", "project"]) == 0
    assert main(["capture", "project/pylock.toml", "-o", "lock.json"]) == 0
    capsys.readouterr()
    assert changed(sides("project", "bad.txt")) == {"alpha": ("1.0", "2.0")}
    assert changed(sides("project/pylock.toml", "bad.txt")) == {"alpha": ("1.0", "2.0")}
    assert changed(sides("lock.json", "bad.txt", python=PYTHON_HERE)) == {"alpha": ("1.0", "2.0")}


@pytest.mark.usefixtures("place")
def test_what_installers_put_into_an_environment_unasked_is_no_change() -> None:
    made("new", "alpha==2.0", "pip==2.0", "setuptools==2.0")
    assert changed(sides("good.txt", "venv:new")) == {"alpha": ("1.0", "2.0"), "gone": ("1.0", None)}
    Path("good.txt").write_text("alpha==2.0\nsetuptools==1.0\n")
    assert changed(sides("good.txt", "venv:new")) == {"setuptools": ("1.0", "2.0")}


@pytest.mark.usefixtures("place")
def test_the_interpreter_is_a_change_unless_one_is_asked_for() -> None:
    made("old", "alpha==1.0", interpreter=interpreter_of_series("3.10"))
    made("new", "alpha==1.0", interpreter=interpreter_of_series("3.12"))
    found = sides("old", "new")
    assert list(changed(found)) == [PYTHON]
    assert hybrid(found, frozenset({PYTHON})).python.startswith("3.12.")
    fixed = sides("old", "new", python="3.10")
    assert changed(fixed) == {}
    assert any("new is for Python 3.12" in note for note in notes_of(fixed))


@pytest.mark.usefixtures("place")
def test_an_interpreter_that_was_named_by_its_path_is_the_one_of_the_trials() -> None:
    path = str(interpreter_of_series("3.10"))
    found = sides("good.txt", "bad.txt", python="3.10")
    assert found.good.environment.python == found.good.python
    made("old", "alpha==1.0", interpreter=path)
    named = sides("old", "venv:old", python=path)
    assert named.good.environment.python == path
    assert named.good.python.startswith("3.10.")


@pytest.mark.usefixtures("place")
def test_a_project_of_this_machine_is_left_out_and_that_is_said() -> None:
    project_of(Path("own"))
    (Path("own") / "own.py").write_text("")
    made("new", "alpha==1.0")
    site = next(Path("new").glob("lib/python*/site-packages"))
    folder = site / "own-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: own\nVersion: 1.0\n")
    (folder / "direct_url.json").write_text(
        f'{{"url": "{Path("own").absolute().as_uri()}", "dir_info": {{"editable": true}}}}'
    )
    found = sides("venv:new", "bad.txt")
    assert "own" not in found.good.packages
    assert any("'own 1.0' is a directory of this machine" in note for note in notes_of(found))


@pytest.mark.usefixtures("place")
def test_sides_that_no_trial_can_be_made_of_are_refused() -> None:
    for name, version in (("good", "1.0"), ("bad", "2.0")):
        Path(name).mkdir()
        Path(name, "uv.lock").write_text(
            f'version = 1\n[[package]]\nname = "alpha"\nversion = "{version}"\n'
            'source = { registry = "https://x.test" }\n'
        )
    with pytest.raises(RequestError, match="no side says which Python"):
        sides("good/uv.lock", "bad/uv.lock")
    Path("environment.yml").write_text("dependencies:\n- numpy\n")
    with pytest.raises(RequestError, match="not of conda's"):
        sides("environment.yml", "bad.txt", python=PYTHON_HERE)
    with pytest.raises(RequestError, match="is no day"):
        sides("good.txt", "2022-01-01", requirements=Path("good.txt"))


def test_two_sides_that_differ_in_hashes_alone_are_the_same() -> None:
    package = Package(name="alpha", version="1.0", hashes=("sha256:" + "0" * 64,))
    side = Side(name="a", python="3.11.7", packages={"alpha": package})
    other = structs.replace(side, packages={"alpha": structs.replace(package, hashes=())})
    assert changes_of(Sides(side, other)) == {}
