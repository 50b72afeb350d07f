"""Locks by the real Poetry, on a small index of our own."""

import shutil
from pathlib import Path

import pytest

from samestack.compare.releases import packages_digest
from samestack.errors import InputError, OutsideError, RequestError
from samestack.lock.comment_table import comment_table, without_comment_table
from samestack.lock.decision import Decision, LockOptions
from samestack.lock.poetry.decide import decide
from samestack.lock.poetry.poetry_call import PoetryCall
from samestack.lock.poetry.poetry_program import poetry_program
from samestack.lock.reading import read_lock
from samestack.lock.unmet import UnmetError
from samestack.model import Layer
from samestack.progress import SILENT
from samestack.project.manifest import Constraint, Project
from samestack.project.reading import read_project
from tests.lock.poetry.poetry_projects import SERIES, project_of, put
from tests.solve.local_index import LocalIndex


def written(project: Project, options: LockOptions | None = None) -> Decision:
    decision = decide(project, options or LockOptions(), SILENT)
    decision.path.write_bytes(decision.data)
    return decision


def versions(path: Path) -> dict[str, str | None]:
    packages = read_lock(path).snapshot.stack.layer(Layer.PACKAGES)
    return {one.name: one.version for one in packages}


def poetry_says(project: Project, *words: str) -> int:
    """What the project's people get when they ask Poetry themselves."""
    directory = project.directory
    call = PoetryCall(
        program=poetry_program(directory),
        directory=directory,
        environment=directory,
        nowhere=directory / "nowhere",
    )
    return call.run(*words).status


def test_a_lock_is_poetrys_own_with_a_table(tmp_path: Path, address: str) -> None:
    project = project_of(tmp_path / "demo", address, "alpha")
    decision = decide(project, LockOptions(), SILENT)
    assert not decision.path.exists()
    assert sorted(path.name for path in project.directory.iterdir()) == ["pyproject.toml"]
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]
    decision.path.write_bytes(decision.data)
    assert poetry_says(project, "check", "--lock") == 0
    lock = read_lock(decision.path)
    assert lock.table == decision.table == comment_table(decision.data.decode())
    assert (lock.table.python, lock.table.platforms) == (SERIES, ("linux-64",))
    assert "Poetry 2" in lock.table.created_by
    assert lock.table.digests == {"linux-64": packages_digest(lock.snapshot.stack)}
    assert versions(decision.path) == {"alpha": "2.0", "beta": "2.0"}


def test_nothing_that_can_be_kept_changes(tmp_path: Path, address: str, index: LocalIndex) -> None:
    project = project_of(tmp_path, address, "alpha")
    before = written(project)
    put(index, "beta", "3.0")
    assert written(project).data == before.data
    written(project, LockOptions(upgrade=("beta",)))
    assert versions(before.path) == {"alpha": "2.0", "beta": "3.0"}
    put(index, "alpha", "4.0", "beta")
    written(project, LockOptions(upgrade_all=True))
    assert versions(before.path) == {"alpha": "4.0", "beta": "3.0"}


def test_an_upgrade_of_what_is_not_there_is_refused(tmp_path: Path, address: str) -> None:
    project = project_of(tmp_path, address, "alpha")
    written(project)
    with pytest.raises(RequestError, match=r"not dependencies of this project: delta"):
        decide(project, LockOptions(upgrade=("delta",)), SILENT)


def test_as_of_a_day(tmp_path: Path, address: str, index: LocalIndex) -> None:
    for file in index.of("beta"):
        index.details[file]["upload-time"] = (
            "2021-01-01T00:00:00Z" if "-1.0-" in file else "2022-06-01T12:00:00Z"
        )
    project = project_of(tmp_path, address, "beta")
    path = written(project).path
    decision = written(project, LockOptions(as_of="2022-05-30"))
    assert versions(path) == {"beta": "1.0"}
    assert decision.table.as_of == "2022-05-30"
    assert "of 2022-05-30 counts as well" in decision.notes[0]
    assert versions(written(project, LockOptions(as_of="2022-06-02")).path) == {"beta": "2.0"}


def test_as_of_the_day_that_the_pins_tell(
    tmp_path: Path, address: str, index: LocalIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", address)
    for file in index.files:
        index.details[file]["upload-time"] = f"202{1 if '-1.0-' in file else 3}-01-01T20:00:00Z"
    project = project_of(tmp_path, address, "alpha==1.0")
    decision = written(project, LockOptions(as_of="auto"))
    assert versions(decision.path) == {"alpha": "1.0", "beta": "1.0"}
    assert decision.table.as_of == "2021-01-02"
    assert "alpha 1.0 was uploaded on 2021-01-01" in decision.notes


def test_constraints_hold_though_poetry_knows_none(tmp_path: Path, address: str) -> None:
    project = project_of(tmp_path, address, "alpha")
    constraints = (
        Constraint(requirement="beta<2", reason="alpha breaks"),
        Constraint(requirement="gamma<1", reason="nobody asks for it"),
        Constraint(requirement="alpha>1; python_version < '3'", reason="of another Python"),
    )
    decision = written(project, LockOptions(constraints=constraints))
    assert versions(decision.path) == {"alpha": "2.0", "beta": "1.0"}
    assert poetry_says(project, "check", "--lock") == 0
    assert len(decision.notes) == 1
    assert decision.notes[0].startswith("'beta<2' holds in this lock")
    assert b"samestack-constraints" not in decision.data
    again = written(project, LockOptions(constraints=constraints))
    assert (again.data, again.notes) == (decision.data, ())


def test_requirements_that_exclude_each_other(tmp_path: Path, address: str) -> None:
    project = project_of(tmp_path, address, "alpha", "beta>2")
    with pytest.raises(UnmetError) as caught:
        decide(project, LockOptions(), SILENT)
    assert "beta" in caught.value.said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pyproject.toml"]


def test_a_constraint_can_be_too_much(tmp_path: Path, address: str) -> None:
    project = project_of(tmp_path, address, "alpha", "beta>1")
    before = written(project).data
    constraints = (Constraint(requirement="beta<2", reason="to see"),)
    with pytest.raises(UnmetError):
        decide(project, LockOptions(constraints=constraints), SILENT)
    assert (tmp_path / "poetry.lock").read_bytes() == before


def test_an_index_that_is_not_there(tmp_path: Path) -> None:
    project = project_of(tmp_path, "http://user:secret@127.0.0.1:9/simple", "alpha")
    with pytest.raises(
        OutsideError, match=r"Poetry 2\S+: All attempts to connect to 127\.0\.0\.1:9 failed"
    ) as caught:
        decide(project, LockOptions(), SILENT)
    assert "secret" not in f"{caught.value.message}{caught.value.hint}"


def test_an_index_that_wants_a_password(tmp_path: Path, address: str, index: LocalIndex) -> None:
    index.user = "nobody"
    with pytest.raises(OutsideError) as caught:
        decide(project_of(tmp_path, address, "alpha"), LockOptions(), SILENT)
    assert "POETRY_KEYRING_ENABLED" in (caught.value.hint or "")


def test_credentials_stay_where_they_are(tmp_path: Path, address: str) -> None:
    project = project_of(tmp_path, address.replace("//", "//sarah:hunter2@"), "alpha")
    decision = written(project)
    assert b"hunter2" not in decision.data
    assert poetry_says(project, "check", "--lock") == 0
    assert written(project).data == decision.data


def test_projects_beside_and_within(tmp_path: Path, address: str) -> None:
    """Their paths are what they are from the project, not from where Poetry was called."""
    more = """
[tool.poetry.dependencies]
library = { path = "../library", develop = true }
inner = { path = "vendor/inner" }
"""
    project = project_of(tmp_path / "demo", address, "library", "inner", more=more)
    for place, name in (("library", "library"), ("demo/vendor/inner", "inner")):
        (tmp_path / place).mkdir(parents=True)
        text = f'[project]\nname = "{name}"\nversion = "0.3"\ndependencies = ["beta"]\n'
        (tmp_path / place / "pyproject.toml").write_text(text)
    decision = written(project)
    text = decision.data.decode()
    assert 'url = "../library"' in text
    assert 'url = "vendor/inner"' in text
    assert "locking" not in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo", "library"]
    assert poetry_says(project, "check", "--lock") == 0
    assert versions(decision.path) == {"beta": "2.0", "inner": "0.3", "library": "0.3"}
    assert sorted(decision.table.inputs) == [
        "../library/pyproject.toml",
        "pyproject.toml",
        "vendor/inner/pyproject.toml",
    ]
    # As Poetry itself writes it, in place.
    in_place = tmp_path / "demo" / "poetry.lock"
    in_place.unlink()
    assert poetry_says(project, "lock") == 0
    assert in_place.read_text() == without_comment_table(text)


def test_the_host_is_told_by_the_wheels(tmp_path: Path, address: str, index: LocalIndex) -> None:
    tags = {
        "manylinux_2_17_x86_64": "delta",
        "manylinux_2_28_x86_64": "epsilon",
        "win_amd64": "zeta",
    }
    for tag, name in tags.items():
        put(index, name, "1.0", tag=f"py3-none-{tag}")
    project = project_of(tmp_path, address, "delta", "epsilon; sys_platform == 'win32'", "zeta")
    assert decide(project, LockOptions(), SILENT).table.host.glibc == "2.17"


def test_groups_that_are_asked_for(tmp_path: Path, address: str) -> None:
    more = """
[tool.poetry.group.docs]
optional = true
[tool.poetry.group.docs.dependencies]
gamma = "*"
"""
    project = project_of(tmp_path, address, "beta", more=more)
    without = decide(project, LockOptions(), SILENT).table
    with_docs = decide(project, LockOptions(groups=("docs",)), SILENT).table
    assert without.digests != with_docs.digests
    assert with_docs.groups == ("docs",)
    with pytest.raises(RequestError, match="no group 'doc'"):
        decide(project, LockOptions(groups=("doc",)), SILENT)


def test_another_place_for_the_lock(tmp_path: Path, address: str) -> None:
    project = project_of(tmp_path / "demo", address, "beta")
    decision = decide(project, LockOptions(output=tmp_path / "other.lock"), SILENT)
    assert decision.path == tmp_path / "other.lock"
    assert decision.table.inputs.keys() == {"demo/pyproject.toml"}


def test_a_python_that_is_nowhere(tmp_path: Path, address: str) -> None:
    project = project_of(tmp_path, address, "beta")
    text = (tmp_path / "pyproject.toml").read_text()
    (tmp_path / "pyproject.toml").write_text(text.replace(">=3.9,<4", "~=3.99").replace(SERIES, "3.99"))
    project = read_project(tmp_path)
    with pytest.raises(OutsideError, match=r"none was found that is 3\.99 or ~=3\.99"):
        decide(project, LockOptions(), SILENT)


def test_a_manifest_that_poetry_refuses(tmp_path: Path, address: str) -> None:
    project = project_of(tmp_path, address, "beta", more='\n[tool.poetry.dependencies]\nalpha = "one"\n')
    with pytest.raises((OutsideError, InputError)) as caught:
        decide(project, LockOptions(), SILENT)
    assert "alpha" in caught.value.message or "one" in caught.value.message


def test_the_project_can_be_reached_through_a_link(tmp_path: Path, address: str) -> None:
    project_of(tmp_path / "real", address, "beta")
    (tmp_path / "link").symlink_to("real")
    decision = written(read_project(tmp_path / "link"))
    assert versions(decision.path) == {"beta": "2.0"}
    shutil.rmtree(tmp_path / "real")
