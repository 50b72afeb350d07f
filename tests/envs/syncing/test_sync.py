"""Real environments, made and changed by real uv from small wheels."""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from samestack.compare.releases import packages_digest
from samestack.envs.managing.registry import registered_at
from samestack.envs.syncing.observing import observe
from samestack.envs.syncing.options import SyncOptions
from samestack.envs.syncing.plan import Action, action_of
from samestack.envs.syncing.sync import Synced, sync
from samestack.errors import InputError, OutsideError, RequestError
from samestack.progress import SILENT
from samestack.project.reading import read_project
from samestack.solve.uv.uv_program import uv_program
from tests.envs.small_wheels import MANIFEST, lock_text, many_files, pinned_text, project, wheel

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
PACKAGE = MANIFEST + '\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
HOLDING = """\
import fcntl, os, sys
fcntl.flock(os.open(".", os.O_RDONLY), fcntl.LOCK_EX)
print(flush=True)
sys.stdin.read()
"""


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    return tmp_path / "wheels"


@pytest.fixture
def example(tmp_path: Path, wheels: Path) -> Path:
    files = [wheel(wheels, "alpha", "1.0", command="alpha"), wheel(wheels, "beta", "2.0")]
    return project(tmp_path / "example", files)


def synced(directory: Path, **options: object) -> Synced:
    return sync(read_project(directory), SyncOptions(**{"python": PYTHON, **options}), SILENT)  # type: ignore[arg-type]


def relock(directory: Path, files: Sequence[Path], altered: str = "") -> None:
    (directory / "pylock.toml").write_text(lock_text(files, altered=altered))


def actions(done: Synced) -> dict[str, Action]:
    return {change.name: action_of(change) for change in done.survey.plan.changes}


def installed(directory: Path) -> dict[str, str]:
    """What the interpreter of the environment itself says."""
    script = "import importlib.metadata as m\nfor d in m.distributions(): print(d.name, d.version)"
    python = directory / ".venv/bin/python"
    said = subprocess.run([python, "-c", script], capture_output=True, text=True, check=True).stdout
    return dict(line.split() for line in said.splitlines())


def leftovers(directory: Path) -> list[str]:
    return [path.name for path in directory.iterdir() if path.name.startswith(".venv.")]


def contents(place: Path) -> dict[Path, bytes]:
    """All files but those that are samestack's."""
    files = (path for path in place.rglob("*") if path.is_file() and ".samestack" not in path.parts)
    return {path: path.read_bytes() for path in files}


def test_a_new_environment_is_made_whole_and_nothing_is_left_beside_it(example: Path) -> None:
    done = synced(example)
    assert installed(example) == {"alpha": "1.0", "beta": "2.0"}
    assert done.survey.plan.is_new
    assert actions(done) == {"alpha": Action.INSTALL, "beta": Action.INSTALL}
    assert not leftovers(example)
    said = subprocess.run([example / ".venv/bin/alpha"], capture_output=True, text=True, check=True).stdout
    assert said == "alpha 1.0\n"


def test_what_is_there_has_the_digest_of_the_lock(example: Path) -> None:
    found = synced(example).survey
    shutil.rmtree(found.place / ".samestack")  # so that it is read, not remembered
    observed = observe(found.place)
    assert observed is not None
    assert packages_digest(observed.stack) == packages_digest(found.locked)


def test_a_second_sync_finds_nothing_to_do(example: Path) -> None:
    synced(example)
    assert synced(example).survey.plan.is_empty


def test_a_switch_changes_what_differs_and_takes_away_what_is_not_locked(example: Path, wheels: Path) -> None:
    synced(example)
    marker = example / ".venv/marker"
    marker.touch()
    relock(example, [wheel(wheels, "alpha", "0.9"), wheel(wheels, "gamma", "1")])
    assert actions(synced(example)) == {
        "alpha": Action.DOWNGRADE,
        "beta": Action.REMOVE,
        "gamma": Action.INSTALL,
    }
    assert installed(example) == {"alpha": "0.9", "gamma": "1"}
    assert marker.exists(), "it was changed in its place"


def test_what_people_put_in_beside_the_lock_is_taken_away_but_for_the_seeds(
    example: Path, wheels: Path
) -> None:
    synced(example)
    extra = [wheel(wheels, "delta", "1"), wheel(wheels, "pip", "99"), wheel(wheels, "wheel", "1")]
    python = example / ".venv/bin/python"
    subprocess.run([uv_program(), "pip", "install", "--quiet", "--python", python, *extra], check=True)
    done = synced(example)
    assert actions(done) == {"delta": Action.REMOVE}
    assert installed(example) == {"alpha": "1.0", "beta": "2.0", "pip": "99", "wheel": "1"}


def test_seeds_are_left_alone_in_an_environment_that_uv_made(example: Path, wheels: Path) -> None:
    uv, python = uv_program(), example / ".venv/bin/python"
    subprocess.run([uv, "venv", "--quiet", "--python", PYTHON, example / ".venv"], check=True)
    extra = [wheel(wheels, "pip", "99"), wheel(wheels, "delta", "1")]
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *extra], check=True)
    synced(example)
    assert installed(example) == {"alpha": "1.0", "beta": "2.0", "pip": "99"}


def test_a_wrong_hash_leaves_the_old_environment_as_it_was(example: Path, wheels: Path) -> None:
    synced(example)
    relock(example, [wheel(wheels, "alpha", "1.1"), wheel(wheels, "beta", "2.1")], altered="beta")
    with pytest.raises(OutsideError, match=r"pylock\.toml: .*[Hh]ash mismatch.*beta") as caught:
        synced(example)
    assert caught.value.hint is not None
    assert "not the one that was locked" in caught.value.hint
    assert installed(example) == {"alpha": "1.0", "beta": "2.0"}
    assert not (example / ".venv/.samestack/journal").exists()
    assert not leftovers(example)


def test_a_wrong_hash_leaves_nothing_where_nothing_was(example: Path, wheels: Path) -> None:
    relock(example, [wheel(wheels, "alpha", "1.0")], altered="alpha")
    with pytest.raises(OutsideError, match=r"[Hh]ash mismatch"):
        synced(example)
    assert sorted(path.name for path in example.iterdir()) == ["pylock.toml", "pyproject.toml"]


def test_a_tampered_wheel_is_refused(example: Path, wheels: Path) -> None:
    with (wheels / "alpha-1.0-py3-none-any.whl").open("ab") as file:
        file.write(b"tampered")
    with pytest.raises(OutsideError, match="alpha"):
        synced(example)
    assert not (example / ".venv").exists()


def test_hashes_are_verified_whatever_the_user_has_set(
    example: Path, wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ``pylock.toml`` uv verifies in any case; a file of pins it does not."""
    monkeypatch.setenv("UV_NO_VERIFY_HASHES", "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(wheels))
    (example / "uv.toml").write_text("[pip]\nverify-hashes = false\n")
    text = pinned_text([wheels / "alpha-1.0-py3-none-any.whl"])
    (example / "locked.txt").write_text(re.sub("sha256:.*", f"sha256:{'0' * 64}", text))
    with pytest.raises(OutsideError, match=r"[Hh]ash"):
        synced(example, lock=example / "locked.txt")
    assert not (example / ".venv").exists()


def test_a_file_that_is_gone_is_one_line(example: Path, wheels: Path) -> None:
    (wheels / "beta-2.0-py3-none-any.whl").unlink()
    with pytest.raises(OutsideError, match="beta") as caught:
        synced(example)
    assert "\n" not in caught.value.message


def test_an_index_that_cannot_be_reached_is_one_line(
    example: Path, wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("UV_INDEX", "UV_FIND_LINKS", "UV_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://user:secret@127.0.0.1:9/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    (example / "locked.txt").write_text(pinned_text(sorted(wheels.glob("*.whl"))))
    with pytest.raises(OutsideError) as caught:
        synced(example, lock=example / "locked.txt")
    assert "\n" not in caught.value.message
    assert "secret" not in caught.value.message
    assert "look at the network" in (caught.value.hint or "")
    assert not (example / ".venv").exists()


def test_another_interpreter_makes_it_anew(example: Path) -> None:
    found = synced(example).survey
    configuration = found.place / "pyvenv.cfg"
    marker = found.place / "marker"
    marker.touch()
    (found.place / "bin/python").unlink()
    (found.place / "bin/python").symlink_to("/nowhere/python")
    done = synced(example)
    assert done.survey.plan.anew == "its interpreter is gone"
    assert installed(example) == {"alpha": "1.0", "beta": "2.0"}
    assert configuration.exists()
    assert not marker.exists()


def test_reinstalling_makes_it_anew(example: Path) -> None:
    place = synced(example).survey.place
    altered = next(place.glob("lib/python*/site-packages/alpha/__init__.py"))
    altered.unlink()
    assert synced(example).survey.plan.is_empty, "a missing file is for check --files to find"
    synced(example, reinstall=True)
    assert altered.exists()


def test_something_else_is_never_deleted(example: Path) -> None:
    (example / ".venv").mkdir()
    (example / ".venv/thesis.tex").touch()
    with pytest.raises(RequestError, match="something else than an environment"):
        synced(example)
    assert (example / ".venv/thesis.tex").exists()


def test_an_empty_directory_is_free(example: Path) -> None:
    (example / ".venv").mkdir()
    synced(example)
    assert installed(example) == {"alpha": "1.0", "beta": "2.0"}


def test_a_link_stays_one(example: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (example / ".venv").symlink_to(tmp_path / "disk/environment")
    synced(example)
    assert (example / ".venv").is_symlink()
    assert (tmp_path / "disk/environment/pyvenv.cfg").exists()
    assert installed(example) == {"alpha": "1.0", "beta": "2.0"}


def test_without_a_lock_it_says_how_to_make_one(example: Path) -> None:
    (example / "pylock.toml").unlink()
    with pytest.raises(RequestError, match="there is no lock yet") as caught:
        synced(example)
    assert caught.value.hint == "decide one with: samestack lock"


def test_a_second_sync_at_the_same_time_is_told_so(example: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING], cwd=example, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(OutsideError, match="another sync is at work"):
            synced(example)
        holder.communicate()
    synced(example)


@pytest.mark.registry
def test_a_project_that_is_a_package_is_installed_editable_and_is_no_drift(
    example: Path, wheels: Path
) -> None:
    (example / "pyproject.toml").write_text(PACKAGE)
    (example / "example.py").write_text("value = 1\n")
    done = synced(example)
    assert done.survey.plan.project == "example"
    assert installed(example) == {"alpha": "1.0", "beta": "2.0", "example": "1"}
    assert synced(example).survey.plan.is_empty
    script = "import example; print(example.__file__)"
    said = subprocess.run(
        [example / ".venv/bin/python", "-c", script], cwd="/", capture_output=True, text=True, check=True
    ).stdout
    assert said == f"{example}/example.py\n"
    relock(example, [wheel(wheels, "alpha", "1.5"), wheel(wheels, "beta", "2.0")])
    assert not synced(example).survey.plan.project
    assert installed(example) == {"alpha": "1.5", "beta": "2.0", "example": "1"}
    assert actions(synced(example, with_project=False)) == {"example": Action.REMOVE}
    assert installed(example) == {"alpha": "1.5", "beta": "2.0"}


def test_a_lock_of_pins_needs_the_files_in_an_index(
    example: Path, wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = sorted(wheels.glob("*.whl"))
    (example / "locked.txt").write_text(pinned_text(files))
    monkeypatch.setenv("UV_FIND_LINKS", str(wheels))
    synced(example, lock=example / "locked.txt")
    assert installed(example) == {"alpha": "1.0", "beta": "2.0"}


def test_a_lock_without_addresses_is_filled_from_the_wheels_beside_it(example: Path, wheels: Path) -> None:
    lock = example / "pylock.toml"
    lock.write_text(lock.read_text().replace(f'url = "{wheels.resolve().as_uri()}/', 'path = "'))
    assert "file:" not in lock.read_text()
    for file in wheels.glob("*.whl"):
        shutil.copy(file, example)
    synced(example)
    assert installed(example) == {"alpha": "1.0", "beta": "2.0"}


def test_pins_without_hashes_are_no_lock(example: Path) -> None:
    (example / "locked.txt").write_text("alpha==1.0\n")
    with pytest.raises(InputError, match="hashes"):
        synced(example, lock=example / "locked.txt")


def test_a_few_additions_leave_the_rest_unasked_for(
    example: Path, wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_FIND_LINKS", str(wheels))
    (example / "locked.txt").write_text(pinned_text(sorted(wheels.glob("*.whl"))))
    synced(example, lock=example / "locked.txt")
    (wheels / "beta-2.0-py3-none-any.whl").unlink()
    text = pinned_text([wheel(wheels, "alpha", "1.3")])
    beta = [line for line in (example / "locked.txt").read_text().splitlines() if line.startswith("beta")]
    (example / "locked.txt").write_text(text + beta[0] + "\n")
    assert actions(synced(example, lock=example / "locked.txt")) == {"alpha": Action.UPGRADE}
    assert installed(example) == {"alpha": "1.3", "beta": "2.0"}


def test_the_environment_is_registered(example: Path) -> None:
    place = synced(example).survey.place
    entry = registered_at(place)
    assert entry is not None
    assert entry.project == str(example)
    assert entry.lock == str(example / "pylock.toml")


def test_a_failure_halfway_brings_the_old_environment_back(example: Path, wheels: Path) -> None:
    """A directory stands where a file of the new release is to be: uv has taken the old one away by then."""
    files = [wheel(wheels, "alpha", "1.0", many_files("alpha", 20)), wheel(wheels, "beta", "2.0")]
    relock(example, files)
    place = synced(example).survey.place
    site = next(place.glob("lib/python*/site-packages"))
    before = {
        path: path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and ".samestack" not in path.parts
    }
    obstacle = site / "gamma.py"
    obstacle.mkdir()
    (obstacle / "in_the_way").touch()
    relock(
        example,
        [
            wheel(wheels, "alpha", "2.0", many_files("alpha", 9)),
            wheel(wheels, "gamma", "1", {"gamma.py": ""}),
        ],
    )
    with pytest.raises(OutsideError):
        synced(example)
    after = {
        path: path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and ".samestack" not in path.parts
    }
    after.pop(obstacle / "in_the_way")
    assert after == before
    assert not (place / ".samestack/journal").exists()
    shutil.rmtree(obstacle)
    synced(example)
    assert installed(example) == {"alpha": "2.0", "gamma": "1"}
