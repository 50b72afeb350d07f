"""Environments that the real Poetry fills."""

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import structs

from samestack.capture.entry import capture
from samestack.envs.interpreters import Interpreter
from samestack.envs.poetry.installer import PoetryInstaller, install_words
from samestack.envs.work import Work
from samestack.errors import OutsideError, RequestError
from samestack.lock.decision import LockOptions
from samestack.lock.poetry.decide import decide
from samestack.lock.poetry.selection import Selection
from samestack.lock.reading import read_lock
from samestack.model import Layer, Reference
from samestack.progress import SILENT, Reporter
from samestack.project.manifest import Project
from samestack.project.reading import read_project
from tests.lock.poetry.poetry_projects import project_of
from tests.solve.local_index import LocalIndex

DOCS = """
[tool.poetry.group.docs]
optional = true
[tool.poetry.group.docs.dependencies]
gamma = "*"
"""


class Heard(Reporter):
    """A reporter that remembers."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def started(self, work: str, total: int | None = None) -> None:
        self.words.append(f"{total}: {work.partition(' (')[0]}")

    def advanced(self, detail: str, steps: int = 1) -> None:  # noqa: ARG002 - as it is called
        self.words.append(detail)


def locked(project: Project, options: LockOptions | None = None) -> Work:
    decision = decide(project, options or LockOptions(), SILENT)
    decision.path.write_bytes(decision.data)
    lock = read_lock(decision.path)
    interpreter = Interpreter(path=Path(sys.executable), version=sys.version.split()[0], source="tests")
    return Work(project=project, lock=lock, locked=lock.snapshot.stack, interpreter=interpreter)


def versions(place: Path) -> dict[str, str | None]:
    packages = capture(Reference.parse(f"venv:{place}")).stack.layer(Layer.PACKAGES)
    return {one.name: one.version for one in packages}


def test_an_environment_is_made_and_changed(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else is active, and whatever the user has told Poetry of environments."""
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "other"))
    monkeypatch.setenv("CONDA_DEFAULT_ENV", "base")
    monkeypatch.setenv("POETRY_VIRTUALENVS_IN_PROJECT", "true")
    project, place = project_of(tmp_path / "demo", address, "alpha"), tmp_path / "place"
    work = locked(project)
    heard = Heard()
    PoetryInstaller(work).create(place)
    PoetryInstaller(work).install(place, heard)
    assert versions(place) == {"alpha": "2.0", "beta": "2.0"}
    assert heard.words[0].startswith("2: install with Poetry 2")
    assert sorted(heard.words[1:]) == ["Installing alpha (2.0)", "Installing beta (2.0)"]
    assert run_in(place, "say-alpha") == "2.0\n"
    work = locked(project_of(tmp_path / "demo", address, "beta==1.0"))
    PoetryInstaller(work).install(place, SILENT)
    assert versions(place) == {"beta": "1.0"}
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == ["poetry.lock", "pyproject.toml"]


def run_in(place: Path, command: str) -> str:
    return subprocess.run([place / "bin" / command], capture_output=True, text=True, check=True).stdout


def test_its_commands_do_not_survive_a_move(tmp_path: Path, address: str) -> None:
    """Which is why the installer says so: what samestack believes of Poetry is still true."""
    work = locked(project_of(tmp_path / "demo", address, "beta"))
    installer = PoetryInstaller(work)
    installer.create(tmp_path / "place")
    installer.install(tmp_path / "place", SILENT)
    (tmp_path / "place").rename(tmp_path / "moved")
    with pytest.raises(OSError, match="say-beta"):
        run_in(tmp_path / "moved", "say-beta")
    assert PoetryInstaller.is_movable is False


def test_groups_and_the_project_itself(tmp_path: Path, address: str) -> None:
    more = f"{DOCS}\n[tool.poetry.group.dev.dependencies]\nbeta = '*'\n"
    directory = tmp_path / "demo"
    project_of(directory, address, more=more)
    manifest = directory / "pyproject.toml"
    manifest.write_text(manifest.read_text().replace("package-mode = false\n", ""))
    (directory / "demo.py").write_text("")
    place = tmp_path / "place"
    work = locked(read_project(directory))
    PoetryInstaller(work).create(place)
    PoetryInstaller(work).install(place, SILENT)
    assert versions(place) == {"beta": "2.0", "demo": "0.1"}
    work = structs.replace(locked(read_project(directory), LockOptions(groups=("docs",))), with_project=False)
    other = tmp_path / "other"
    PoetryInstaller(work).create(other)
    PoetryInstaller(work).install(other, SILENT)
    assert versions(other) == {"beta": "2.0", "gamma": "1.0"}


def test_files_that_were_not_locked(tmp_path: Path, address: str, index: LocalIndex) -> None:
    work = locked(project_of(tmp_path / "demo", address, "beta"))
    for file in index.of("beta"):
        index.files[file] += b"\0"
    PoetryInstaller(work).create(tmp_path / "place")
    with pytest.raises(OutsideError, match="beta") as caught:
        PoetryInstaller(work).install(tmp_path / "place", SILENT)
    assert "\n" not in caught.value.message
    assert versions(tmp_path / "place") == {}


def test_an_index_that_has_gone(tmp_path: Path, address: str, index: LocalIndex) -> None:
    work = locked(project_of(tmp_path / "demo", address, "beta"))
    index.status = 503
    PoetryInstaller(work).create(tmp_path / "place")
    with pytest.raises(OutsideError, match="503"):
        PoetryInstaller(work).install(tmp_path / "place", SILENT)


def test_a_lock_that_is_behind_its_manifest(tmp_path: Path, address: str) -> None:
    work = locked(project_of(tmp_path / "demo", address, "beta"))
    project_of(tmp_path / "demo", address, "beta", "gamma")
    PoetryInstaller(work).create(tmp_path / "place")
    with pytest.raises(OutsideError, match="changed significantly") as caught:
        PoetryInstaller(work).install(tmp_path / "place", SILENT)
    assert caught.value.hint == "make it anew with: samestack lock"


def test_a_lock_that_stands_elsewhere(tmp_path: Path, address: str) -> None:
    work = locked(project_of(tmp_path / "demo", address, "beta"))
    work.lock.path.rename(tmp_path / "poetry.lock")
    elsewhere = structs.replace(work, lock=read_lock(tmp_path / "poetry.lock"))
    with pytest.raises(RequestError, match=r"only the lock beside its pyproject\.toml"):
        PoetryInstaller(elsewhere)


def test_words() -> None:
    chosen = Selection(extras=("fast",), groups=("dev", "docs"))
    assert " ".join(install_words(2, chosen, with_project=True)) == "sync --only main,dev,docs --extras fast"
    assert (
        " ".join(install_words(1, Selection(), with_project=False)) == "install --sync --only main --no-root"
    )
