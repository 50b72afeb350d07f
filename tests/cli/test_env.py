"""The verb env, on environments of small wheels that a lock names."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from samestack.cli.env import EXPORTS
from samestack.cli.main import main
from samestack.codec import decode_snapshot
from samestack.compare.releases import packages_digest
from samestack.lock.exports.entry import FORMATS
from samestack.process import run
from tests.envs.wheel_lock import locked_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A synced project, on a machine on which samestack has made nothing else."""
    monkeypatch.setenv("SAMESTACK_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "100")
    project = locked_project(tmp_path / "recommender", alpha="1.0", beta="2.0")
    monkeypatch.chdir(project)
    assert main(["sync"]) == 0
    capsys.readouterr()
    return project


def listed(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, dict[str, object]]:
    """The JSON of the list, by the name of each environment's directory."""
    assert main(["env", "list", "--format", "json", *more]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "samestack/environments/1"
    return {Path(one["registered"]["environment"]).name: one for one in document["environments"]}


def digest(environment: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["capture", f"venv:{environment}", "--format", "json"]) == 0
    return packages_digest(decode_snapshot(capsys.readouterr().out.encode(), file="captured").stack)


def test_what_was_synced_is_listed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = listed(capsys).values()
    entry = one["registered"]
    assert isinstance(entry, dict)
    assert (entry["backend"], entry["project"]) == ("venv", str(project))
    assert entry["lock"] == str(project / "pylock.toml")
    assert entry["python"].count(".") == 2
    assert one["drift"] is None
    assert main(["env", "list"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("project      backend  Python")
    assert "recommender  venv     3." in said
    assert "\n1 environment: " in said


def test_an_empty_list_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAMESTACK_STATE", str(tmp_path))
    assert main(["env", "list"]) == 0
    assert capsys.readouterr().out == "samestack has made no environment that is still there\n"


def test_drift_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(capsys, "--drift")[".venv"]["drift"] == {"packages": [], "anew": "", "unknown": ""}
    shutil.rmtree(next((project / ".venv").glob("lib/python*/site-packages/alpha-1.0.dist-info")))
    assert listed(capsys, "--drift")[".venv"]["drift"] == {"packages": ["alpha"], "anew": "", "unknown": ""}
    assert main(["env", "list", "--drift"]) == 0
    assert "  1 package is not as its lock says: alpha\n" in capsys.readouterr().out
    (project / "pylock.toml").write_text("lock-version = ")
    told = listed(capsys, "--drift")[".venv"]["drift"]
    assert isinstance(told, dict)
    assert "pylock.toml" in told["unknown"]
    (project / "pylock.toml").unlink()
    told = listed(capsys, "--drift")[".venv"]["drift"]
    assert isinstance(told, dict)
    assert told["unknown"] == "no lock of it is known"


def test_a_clone_has_the_same_packages_and_shares_their_files(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["env", "clone", ".", str(tmp_path / "clone")]) == 0
    said = capsys.readouterr()
    assert said.out == f"made {tmp_path}/clone from its lock {project}/pylock.toml\n"
    assert said.err == ""
    assert digest(tmp_path / "clone", capsys) == digest(project / ".venv", capsys)
    assert listed(capsys)["clone"]["registered"]["project"] == str(project)  # type: ignore[index]
    module = next((tmp_path / "clone").glob("lib/python*/site-packages/alpha/__init__.py"))
    assert (
        run([tmp_path / "clone/bin/python", "-c", "import alpha; print(alpha.__file__)"]).output
        == f"{module}\n"
    )


def test_a_second_environment_costs_links_and_not_copies(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UV_LINK_MODE", "hardlink")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    clones = tmp_path / "one", tmp_path / "two"
    for clone in clones:
        assert main(["env", "clone", ".", str(clone)]) == 0
    capsys.readouterr()
    found = listed(capsys)
    shared = {one["size"]["shared"] for one in (found["one"], found["two"])}  # type: ignore[index]
    modules = [next(clone.glob("lib/python*/site-packages/alpha/__init__.py")).stat() for clone in clones]
    assert len({module.st_ino for module in modules}) == 1
    assert min(shared) >= modules[0].st_blocks * 512 > 0


def test_a_clone_is_what_the_lock_says_and_tells_where_its_model_is_not(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(next((project / ".venv").glob("lib/python*/site-packages/alpha-1.0.dist-info")))
    assert main(["env", "clone", ".venv", str(tmp_path / "clone")]) == 0
    warning = f"warning: {project}/.venv itself: 1 package is not as its lock says: alpha\n"
    assert capsys.readouterr().err == warning
    assert next((tmp_path / "clone").glob("lib/python*/site-packages/alpha-1.0.dist-info")).is_dir()


def test_a_clone_never_goes_over_something(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/file").touch()
    assert main(["env", "clone", ".", str(tmp_path / "there")]) == 2
    assert "something is there already" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["file"]


def test_an_environment_that_no_lock_is_known_of_is_cloned_by_its_releases(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pylock.toml").unlink()
    monkeypatch.setenv("UV_FIND_LINKS", str(project / "wheels"))
    monkeypatch.setenv("UV_NO_INDEX", "1")
    assert main(["env", "clone", ".venv", str(tmp_path / "clone")]) == 0
    said = capsys.readouterr()
    assert said.out == f"made {tmp_path}/clone from the releases that are in it\n"
    assert "no lock is known of it" in said.err
    assert digest(tmp_path / "clone", capsys) == digest(project / ".venv", capsys)
    assert "project" not in listed(capsys)["clone"]["registered"]  # type: ignore[operator]


def test_a_release_that_cannot_be_had_leaves_nothing(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pylock.toml").unlink()
    monkeypatch.setenv("UV_NO_INDEX", "1")
    shutil.rmtree(project / "wheels")
    assert main(["env", "clone", ".venv", str(tmp_path / "clones/one")]) == 3
    assert capsys.readouterr().err.startswith("error: the copy cannot be made: ")
    assert list((tmp_path / "clones").iterdir()) == []


def test_removing_has_to_be_meant(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["env", "remove", "recommender"]) == 2
    assert "to remove it, add --yes" in capsys.readouterr().err
    assert (project / ".venv/pyvenv.cfg").exists()
    assert main(["env", "remove", "recommender", "--yes"]) == 0
    assert capsys.readouterr().out.startswith(f"removed {project}/.venv (")
    assert not (project / ".venv").exists()
    assert listed(capsys) == {}
    assert main(["env", "remove", "recommender", "--yes"]) == 2


def test_the_lock_of_an_environment_is_exported(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["env", "export", "--to", "requirements"]) == 0
    pinned = capsys.readouterr().out
    assert "alpha==1.0 \\\n    --hash=sha256:" in pinned
    monkeypatch.chdir(tmp_path)
    for name in ("recommender", str(project), str(project / ".venv")):
        assert main(["env", "export", name, "--to", "requirements", "-o", "pinned.txt"]) == 0
        assert (tmp_path / "pinned.txt").read_text() == pinned


def test_what_has_no_lock_is_not_exported(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "plain"])
    assert main(["env", "export", str(tmp_path / "plain"), "--to", "requirements"]) == 2
    assert "it is not known which lock" in capsys.readouterr().err
    (project / "pylock.toml").unlink()
    assert main(["env", "export", "--to", "requirements"]) == 2
    assert "is gone" in capsys.readouterr().err


def test_every_format_of_a_lock_can_be_exported() -> None:
    assert set(EXPORTS) == set(FORMATS)


def test_an_action_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["env"])
    assert caught.value.code == 2
    assert "ACTION" in capsys.readouterr().err


def test_a_traceback_is_shown_where_it_is_asked_for_at_either_place(project: Path) -> None:
    for words in (["env", "--debug", "remove", "nothing"], ["env", "remove", "nothing", "--debug"]):
        with pytest.raises(Exception, match="'nothing' is no environment"):
            main(words)
