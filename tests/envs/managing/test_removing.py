"""Environments that are removed, and all that is not."""

import subprocess
import sys
from pathlib import Path

import pytest

from samestack.envs.managing import registry
from samestack.envs.managing.named_environment import environment_named
from samestack.envs.managing.registry import Registered, registered_at
from samestack.envs.managing.removing import check_removable, remove
from samestack.envs.transaction import leftovers
from samestack.envs.transaction.exclusion import alone_in
from samestack.errors import OutsideError, RequestError
from samestack.process import run
from samestack.project.manifest import Backend


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an environment that is registered."""
    monkeypatch.setenv("SAMESTACK_STATE", str(tmp_path / "state"))
    project = tmp_path.resolve() / "recommender"
    project.mkdir()
    run([sys.executable, "-m", "venv", "--without-pip", project / ".venv"])
    registry.record(
        Registered(environment=str(project / ".venv"), backend=Backend.VENV, project=str(project))
    )
    return project


@pytest.fixture
def environment(project: Path) -> Path:
    return project / ".venv"


def test_it_is_gone_from_the_disk_and_from_the_list(environment: Path) -> None:
    remove(environment)
    assert list(environment.parent.iterdir()) == []
    assert registered_at(environment) is None


def test_it_is_named_by_its_path_its_project_and_that_ones_name(
    project: Path, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    for text in (".venv", str(environment), ".", str(project), "recommender", f"{environment}/", "./.venv/"):
        assert environment_named(text) == environment
    with pytest.raises(RequestError, match="'other' is no environment"):
        environment_named("other")


def test_a_name_that_two_projects_have_is_not_enough(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "copies/recommender/.venv"
    run([sys.executable, "-m", "venv", "--without-pip", other])
    registry.record(Registered(environment=str(other), backend=Backend.VENV, project=str(other.parent)))
    with pytest.raises(RequestError, match="2 environments are of projects called") as caught:
        environment_named("recommender")
    assert str(other) in str(caught.value.hint)


def test_the_environment_in_the_project_goes_before_its_clones(project: Path, tmp_path: Path) -> None:
    run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "clone"])
    clone = Registered(environment=str(tmp_path / "clone"), backend=Backend.VENV, project=str(project))
    registry.record(clone)
    assert environment_named("recommender") == project / ".venv"


def test_an_environment_where_the_manifest_says(project: Path, tmp_path: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.samestack]\nenvironment = "environments/gpu"\n')
    run([sys.executable, "-m", "venv", "--without-pip", project / "environments/gpu"])
    assert environment_named(str(project)) == project / "environments/gpu"


def test_while_something_runs_in_it_it_stays(environment: Path) -> None:
    with subprocess.Popen(
        [environment / "bin/python", "-c", "import sys; print(1, flush=True); sys.stdin.read()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(OutsideError, match=rf"is in use by process {process.pid} \("):
            remove(environment)
    assert (environment / "pyvenv.cfg").exists()
    remove(environment)


def test_while_a_sync_is_at_work_it_stays(environment: Path) -> None:
    with alone_in(environment.parent), pytest.raises(OutsideError, match="another"):
        remove(environment)
    assert (environment / "pyvenv.cfg").exists()


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["pyproject.toml"], r"a project is in it \(pyproject\.toml\)"),
        ([".git", "setup.py"], r"a project is in it \(\.git, setup\.py\)"),
    ],
)
def test_a_project_that_is_in_its_environment_is_not_deleted_with_it(
    environment: Path, names: list[str], reason: str
) -> None:
    for name in names:
        (environment / name).touch()
    with pytest.raises(RequestError, match=reason):
        remove(environment)


def test_one_that_samestack_did_not_make_must_be_nothing_else(environment: Path) -> None:
    registry.forget(environment)
    (environment / "notebooks").mkdir()
    with pytest.raises(RequestError, match=r"samestack did not make it, .* \(notebooks\)"):
        remove(environment)
    (environment / "notebooks").rmdir()
    remove(environment)
    assert not environment.exists()


def test_what_is_no_environment_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(RequestError, match="there is no environment"):
        remove(tmp_path / "data")


def test_conda_itself_is_not_removed(tmp_path: Path) -> None:
    for name in ("conda-meta", "condabin"):
        (tmp_path / "miniconda3" / name).mkdir(parents=True)
    with pytest.raises(RequestError, match="conda itself is in it"):
        remove(tmp_path / "miniconda3")


def test_a_link_is_not_taken_for_what_it_leads_to(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(environment)
    with pytest.raises(RequestError, match="is a link") as caught:
        remove(environment_named(str(tmp_path / "link")))
    assert str(environment) in str(caught.value.hint)


def test_the_environment_that_samestack_runs_in_is_not_removed() -> None:
    with pytest.raises(RequestError, match="samestack itself runs in it"):
        check_removable(Path(sys.prefix).resolve())


def test_what_an_interrupted_removal_left_is_deleted_by_the_next_sync(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(leftovers, "delete", interrupted)
        with pytest.raises(KeyboardInterrupt):
            remove(environment)
    assert not environment.exists()
    assert len(list(environment.parent.iterdir())) == 1
    leftovers.clean(environment)
    assert list(environment.parent.iterdir()) == []
