"""The verb sync: what it prints, how it ends, and how fast it sees that there is nothing to do."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samestack.cli.main import main
from samestack.solve.uv.uv_program import uv_program
from tests.envs.small_wheels import MANIFEST, lock_text, project, wheel

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
RELEASE = ".".join(map(str, sys.version_info[:3]))


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = [wheel(tmp_path / "wheels", "alpha", "1.0"), wheel(tmp_path / "wheels", "beta", "2.0")]
    manifest = f'{MANIFEST}\n[tool.samestack]\npython = "{PYTHON}"\n'
    made = project(tmp_path / "example", files, manifest=manifest)
    settle(made)
    monkeypatch.chdir(made)
    monkeypatch.setenv("COLUMNS", "100")
    return made


def settle(project: Path) -> None:
    """Let the files be older than what a sync trusts the clock for."""
    latest = max(path.stat().st_ctime_ns for path in project.iterdir() if path.is_file())
    while time.time_ns() - latest < 150_000_000:
        time.sleep(0.02)


def sync(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    found = main(["sync", *words])
    said = capsys.readouterr()
    assert found == status, said
    return said.out


def relock(directory: Path, *releases: tuple[str, str]) -> None:
    wheels = [wheel(directory.parent / "wheels", name, version) for name, version in releases]
    (directory / "pylock.toml").write_text(lock_text(wheels))


def test_a_new_environment_is_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    line = f".venv is what pylock.toml says: Python {RELEASE}, 2 packages"
    assert sync(capsys).startswith(f"{line[: line.index('Python')]}Python {PYTHON}.")
    assert sync(capsys).endswith(", 2 packages\n")


def test_a_plan_names_every_package(capsys: pytest.CaptureFixture[str], directory: Path) -> None:
    assert sync(capsys, "--dry-run") == (
        "  install    alpha  1.0\n  install    beta   2.0\n.venv is not there yet: 2 to install\n"
    )
    assert not (directory / ".venv").exists()
    sync(capsys)
    relock(directory, ("alpha", "1.1"), ("gamma", "3"))
    drifted = (
        "  upgrade    alpha  1.0 -> 1.1\n  remove     beta   2.0\n  install    gamma  3\n"
        ".venv has drifted: 1 to install, 1 to upgrade, 1 to remove\n"
    )
    assert sync(capsys, "--dry-run") == drifted
    assert sync(capsys, "--check", status=1) == drifted
    done = sync(capsys)
    assert done.startswith(drifted[: drifted.index(".venv")])
    assert done.endswith(", 2 packages; 1 installed, 1 upgraded, 1 removed\n")
    sync(capsys, "--check")


def test_another_python_is_a_reason(capsys: pytest.CaptureFixture[str], directory: Path) -> None:
    sync(capsys)
    (directory / "pyproject.toml").write_text(MANIFEST)
    (directory / "pylock.toml").write_text((directory / "pylock.toml").read_text() + _table("3.9"))
    said = sync(capsys, "--dry-run")
    assert "to be made anew: its Python is" in said
    assert said.endswith("its packages stay the same\n")


def _table(python: str) -> str:
    return f'\n[tool.samestack]\ncreated-by = "samestack 0"\npython = "{python}"\n'


def test_json_says_it_all(capsys: pytest.CaptureFixture[str], directory: Path) -> None:
    document = json.loads(sync(capsys, "--dry-run", "--format", "json"))
    assert document["schema"] == "samestack/sync/1"
    assert document["is_drifted"]
    assert not document["is_done"]
    assert document["environment"] == str(directory / ".venv")
    assert document["changes"][0] == {"action": "install", "name": "alpha", "after": "1.0"}
    document = json.loads(sync(capsys, "--format", "json"))
    assert document["is_done"]
    assert not json.loads(sync(capsys, "--format", "json"))["is_drifted"]


def test_a_lock_that_is_behind_is_a_warning_or_an_error(
    capsys: pytest.CaptureFixture[str], directory: Path
) -> None:
    manifest = (directory / "pyproject.toml").read_text()
    (directory / "pyproject.toml").write_text(manifest.replace('"alpha"', '"alpha>=1.5"'))
    assert main(["sync", "--locked"]) == 2
    assert "is behind the project" in capsys.readouterr().err
    assert not (directory / ".venv").exists()
    assert main(["sync"]) == 0
    assert "warning: pylock.toml is behind the project" in capsys.readouterr().err
    settle(directory)
    main(["sync"])
    assert "warning: pylock.toml is behind the project" in capsys.readouterr().err, "it is said every time"


def test_a_host_that_lacks_something_is_told_before_anything_is_made(
    capsys: pytest.CaptureFixture[str], directory: Path
) -> None:
    with (directory / "pylock.toml").open("a") as lock:
        lock.write(
            _table(PYTHON) + 'system-packages = ["libnowhere9"]\n[tool.samestack.host]\nglibc = "9.99"\n'
        )
    assert main(["sync"]) == 2
    said = capsys.readouterr().err
    assert "it needs glibc 9.99" in said
    assert "--ignore-host" in said
    assert not (directory / ".venv").exists()
    assert main(["sync", "--ignore-host"]) == 0


def test_an_unknown_python_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "--python", "3.2"]) in {2, 3}
    assert "3.2" in capsys.readouterr().err


def plain_sync(directory: Path, *options: str) -> tuple[str, set[str]]:
    """What the program prints in a process of its own, and which modules it needed."""
    script = (
        "import sys\nfrom samestack.cli.main import main\n"
        "status = main(['sync'])\nsys.stdout.flush()\nprint(*sys.modules, file=sys.stderr)\nsys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, *options, "-c", script], cwd=directory, capture_output=True, text=True, check=True
    )
    return done.stdout, set(done.stderr.split())


def test_where_nothing_has_changed_nothing_is_loaded(
    capsys: pytest.CaptureFixture[str], directory: Path
) -> None:
    first = sync(capsys)
    assert "2 installed" in first
    said, loaded = plain_sync(directory)
    assert said == first.partition(";")[0] + "\n"
    assert not loaded & {"msgspec", "argparse", "samestack.envs.syncing.sync"}


@pytest.mark.parametrize(
    "change",
    ["lock", "manifest", "installed", "removed", "interpreter", "journal"],
)
def test_where_something_has_changed_it_looks_closer(
    capsys: pytest.CaptureFixture[str], directory: Path, change: str
) -> None:
    sync(capsys)
    place = directory / ".venv"
    site = next(place.glob("lib/python*/site-packages"))
    if change == "lock":
        os.utime(directory / "pylock.toml")
    elif change == "manifest":
        (directory / "pyproject.toml").write_text((directory / "pyproject.toml").read_text())
    elif change == "installed":
        more = wheel(directory.parent / "wheels", "delta", "1")
        words = (uv_program(), "pip", "install", "--quiet", "--python", place / "bin/python", more)
        subprocess.run(words, check=True)
    elif change == "removed":
        shutil.rmtree(site / "alpha-1.0.dist-info")
    elif change == "interpreter":
        (place / "bin/python").unlink()
    else:
        (place / ".samestack/journal").touch()
    said, loaded = plain_sync(directory)
    assert "msgspec" in loaded
    assert "2 packages" in said
    sync(capsys, "--check")


def test_an_option_is_never_answered_from_memory(capsys: pytest.CaptureFixture[str], directory: Path) -> None:
    sync(capsys)
    sync(capsys, "--environment", "other")
    assert (directory / "other/pyvenv.cfg").exists()
