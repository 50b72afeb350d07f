"""Whether a lock is still what its project asks for, without a solver."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.lock.currency import currency, stale_reasons
from samestack.lock.decision import LockOptions
from samestack.lock.reading import read_lock
from samestack.lock.table_text import table_of
from samestack.project.reading import read_project
from samestack.solve.uv.uv_program import uv_program
from tests.lock.projects import MANIFEST, alone, locked, small_index, write_files


@pytest.fixture(scope="module", autouse=True)
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    patch = pytest.MonkeyPatch()
    with alone(small_index(), patch, tmp_path_factory.mktemp("uv-cache")) as found:
        yield found
    patch.undo()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    directory = write_files(tmp_path / "project", {"pyproject.toml": MANIFEST})
    locked(directory)
    return directory


def reasons(directory: Path, options: LockOptions | None = None) -> tuple[str, ...]:
    path = directory / "pylock.toml"
    return stale_reasons(read_project(directory), table_of(path), options or LockOptions(), path)


def test_a_lock_that_was_just_made_is_current(project: Path) -> None:
    assert reasons(project) == ()
    found = currency(read_project(project), read_lock(project / "pylock.toml"), LockOptions())
    assert found.is_current
    assert found.meets_wishes


def test_settings_of_other_tools_do_not_matter(project: Path) -> None:
    (project / "pyproject.toml").write_text(MANIFEST + "[tool.ruff]\nline-length = 100\n")
    assert reasons(project) == ()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (LockOptions(python="3.10"), "Python: 3.10 is wanted, and the lock has 3.9"),
        (LockOptions(platforms=("win-64",)), "the platforms: win-64 is wanted"),
        (LockOptions(extras=("gpu",)), "the extras: gpu is wanted, and the lock has none"),
        (LockOptions(groups=("test",)), "the groups: test is wanted, and the lock has none"),
        (LockOptions(as_of="2024-01-01"), "the day: 2024-01-01 is wanted, and the lock has none"),
        (LockOptions(urls=False), "keeping addresses: no is wanted, and the lock has yes"),
    ],
)
def test_other_terms_are_told(project: Path, options: LockOptions, expected: str) -> None:
    (reason,) = reasons(project, options)
    assert reason.startswith(expected)


def test_the_day_that_the_pins_told_is_kept_while_they_stand(tmp_path: Path) -> None:
    write_files(tmp_path, {"requirements.txt": "app==1.0\n"})
    options = LockOptions(as_of="auto", python="3.9", platforms=("linux-64",))
    assert locked(tmp_path, options).table.as_of == "2022-01-02"
    assert reasons(tmp_path, options) == ()


def test_what_is_still_met_is_told_from_what_is_not(project: Path) -> None:
    def judged(dependency: str) -> tuple[bool, bool, tuple[str, ...]]:
        (project / "pyproject.toml").write_text(MANIFEST.replace('"app"', dependency))
        found = currency(read_project(project), read_lock(project / "pylock.toml"), LockOptions())
        return found.is_current, found.meets_wishes, found.reasons

    assert judged('"app>=1"') == (False, True, ("pyproject.toml has changed since",))
    assert judged('"app", "fast; sys_platform == \'win32\'"')[:2] == (False, True)
    assert judged('"app<1.1"') == (
        False,
        False,
        ("pyproject.toml has changed since", "app<1.1 is asked for, and the lock has app 1.1"),
    )
    assert judged('"app", "fast"')[2][1] == "fast is asked for, and the lock has no fast"


def test_a_file_that_is_gone_or_new_is_told(tmp_path: Path) -> None:
    write_files(tmp_path, {"requirements.txt": "-r more.txt\n", "more.txt": "app\n"})
    locked(tmp_path, LockOptions(python="3.9", platforms=("linux-64",)))
    options = LockOptions(platforms=("linux-64",))
    (tmp_path / "more.txt").unlink()
    assert reasons(tmp_path, options) == ("more.txt is gone since",)
    write_files(tmp_path, {"more.txt": "app\n"})
    assert reasons(tmp_path, options) == ()
    (tmp_path / "requirements.txt").rename(tmp_path / "requirements.in")
    assert "requirements.in asks for packages now" in reasons(tmp_path, options)


def test_a_lock_of_another_tool_is_current_while_it_has_what_is_asked_for(project: Path) -> None:
    lock = project / "pylock.toml"
    lock.unlink()
    words = (
        "pip",
        "compile",
        "--universal",
        "--format=pylock.toml",
        "--python-version=3.9",
        "-q",
        "-o",
        lock,
    )
    subprocess.run([uv_program(), *words, "--no-python-downloads", "pyproject.toml"], cwd=project, check=True)
    assert currency(read_project(project), read_lock(lock), LockOptions()).is_current
    assert reasons(project) == ("pylock.toml does not tell what it was decided from",)
    (project / "pyproject.toml").write_text(MANIFEST.replace('"app"', '"app", "fast"'))
    found = currency(read_project(project), read_lock(lock), LockOptions())
    assert (found.is_current, found.meets_wishes) == (False, False)
