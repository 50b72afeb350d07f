"""The Pythons of this machine, and of homes that the tests lay out with links to them."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from samestack.envs.interpreters import Interpreter, all_interpreters, find_interpreter
from samestack.errors import OutsideError, RequestError
from samestack.process import run

SERIES = f"{sys.version_info.major}.{sys.version_info.minor}"
RELEASE = f"{SERIES}.{sys.version_info.micro}"
OWN = Path(sys.base_prefix)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of which samestack knows nothing, on a machine where nothing is on PATH."""
    for variable in (
        "PYENV_ROOT", "UV_PYTHON_INSTALL_DIR", "XDG_DATA_HOME", "ASDF_DATA_DIR", "MISE_DATA_DIR", "CONDA_EXE",
        "CONDA_PREFIX", "MAMBA_ROOT_PREFIX",
    ):  # fmt: skip
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS", "never")
    return tmp_path


def sources() -> dict[str, str]:
    """Who brought what below the home, by the path relative to that."""
    home = os.environ["HOME"]
    return {
        str(one.path.relative_to(home)): one.source
        for one in all_interpreters()
        if one.path.is_relative_to(home)
    }


def planted(prefix: Path, version: str = "") -> Path:
    """A prefix with the running Python's library, its executable copied, and headers of any version."""
    (prefix / "bin").mkdir(parents=True)
    shutil.copy(OWN / f"bin/python{SERIES}", prefix / f"bin/python{SERIES}")
    (prefix / "lib").mkdir()
    (prefix / f"lib/python{SERIES}").symlink_to(OWN / f"lib/python{SERIES}")
    for library in (OWN / "lib").glob("libpython*.so*"):
        (prefix / "lib" / library.name).symlink_to(library)
    if version:
        headers = prefix / f"include/python{SERIES}"
        headers.mkdir(parents=True)
        (headers / "patchlevel.h").write_text(f'#define PY_VERSION "{version}"\n')
    return prefix


def test_a_series_finds_an_interpreter_that_runs() -> None:
    found = find_interpreter(SERIES)
    assert found.series == SERIES
    told = run([found.path, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3], sys.prefix)"]).output
    version, prefix = told.split()
    assert found.version == version
    assert found.path == Path(prefix, "bin", found.path.name)


def test_every_interpreter_of_this_machine_runs_and_says_its_version() -> None:
    for one in all_interpreters():
        finished = run([one.path, "-I", "-c", "import platform; print(platform.python_version())"])
        assert finished.output.strip() == one.version


def test_they_come_newest_first_and_each_once() -> None:
    found = all_interpreters()
    series = [tuple(map(int, one.series.split("."))) for one in found if one.source != "conda"]
    assert series == sorted(series, reverse=True)
    real = [os.path.realpath(one.path) for one in found]
    assert len(real) == len(set(real))


@pytest.mark.parametrize("wanted", [RELEASE, f"python{SERIES}", str(OWN), str(OWN / "bin/python3")])
def test_a_release_a_name_a_prefix_and_a_path_find_it_too(wanted: str) -> None:
    assert find_interpreter(wanted).version == RELEASE


def test_an_environment_stands_for_the_python_that_it_is_of(tmp_path: Path) -> None:
    run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "v"])
    for path in (tmp_path / "v", tmp_path / "v/bin/python"):
        found = find_interpreter(str(path))
        assert found.path == OWN / f"bin/python{SERIES}"


def test_what_requires_python_says_narrows() -> None:
    assert find_interpreter("", requires=f">={RELEASE},<={RELEASE}").version == RELEASE
    with pytest.raises(OutsideError, match=rf"no Python {re.escape(SERIES)} that meets >={SERIES}\.99 on"):
        find_interpreter(SERIES, requires=f">={SERIES}.99", may_fetch=False)
    with pytest.raises(RequestError, match=f"is {re.escape(RELEASE)}, not one that meets >=3.99"):
        find_interpreter(str(OWN), requires=">=3.99")


@pytest.mark.parametrize("wanted", ["three", "2.7", "3.9.1.2", ">=3.9", "3.x", "python", "3."])
def test_what_names_no_python_is_refused(wanted: str) -> None:
    with pytest.raises(RequestError, match="names no Python") as caught:
        find_interpreter(wanted)
    assert "3.11" in str(caught.value.hint)


def test_a_malformed_demand_is_refused() -> None:
    with pytest.raises(RequestError, match=r"'=> 3\.9' is no demand"):
        find_interpreter("", requires="=> 3.9")


def test_what_is_missing_is_told_with_what_is_there(home: Path) -> None:
    with pytest.raises(OutsideError, match=r"there is no Python 3\.42 on this machine; found are ") as caught:
        find_interpreter("3.42")
    assert RELEASE in caught.value.message
    assert "\n" not in caught.value.message
    assert "uv python install 3.42, or pyenv install 3.42" in str(caught.value.hint)


def test_uv_is_asked_to_fetch_it_and_why_it_cannot_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UV_PYTHON_DOWNLOADS")
    with pytest.raises(OutsideError, match=r"3\.42 on this machine, and uv could not fetch it \(.*3\.42"):
        find_interpreter("3.42")


@pytest.mark.parametrize(("variable", "value"), [("UV_PYTHON_DOWNLOADS", "never"), ("UV_OFFLINE", "1")])
def test_uv_is_not_asked_where_the_user_does_not_want_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.delenv("UV_PYTHON_DOWNLOADS")
    monkeypatch.setenv(variable, value)
    with pytest.raises(OutsideError, match=r"3\.42 on this machine; found are"):
        find_interpreter("3.42")


def test_a_path_where_nothing_is_and_one_that_is_no_python(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no Python at"):
        find_interpreter(str(tmp_path / "python"))
    with pytest.raises(RequestError, match="is no Python that environments can be made with"):
        find_interpreter("/bin/sh")


@pytest.mark.parametrize(
    ("place", "source"),
    [
        (".pyenv/versions/3.99.7", "pyenv"),
        (".local/share/uv/python/cpython-3.99.7-linux-x86_64-gnu", "uv"),
        (".asdf/installs/python/3.99.7", "asdf"),
        (".local/share/mise/installs/python/3.99.7", "mise"),
        ("miniforge3", "conda"),
        ("micromamba/envs/science", "conda"),
    ],
)
def test_the_directories_of_every_tool_are_looked_into(home: Path, place: str, source: str) -> None:
    planted(home / place)
    assert sources() == {f"{place}/bin/python{SERIES}": source}


def test_what_a_tool_is_told_by_its_variable_counts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted(home / "elsewhere/versions/mine")
    monkeypatch.setenv("PYENV_ROOT", str(home / "elsewhere"))
    planted(home / "uv/mine")
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(home / "uv"))
    found = {f"elsewhere/versions/mine/bin/python{SERIES}": "pyenv", f"uv/mine/bin/python{SERIES}": "uv"}
    assert sources() == found


def test_a_shim_is_no_interpreter(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shims = home / "shims"
    shims.mkdir()
    for name in ("python", "python3", f"python{SERIES}"):
        (shims / name).write_text("#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
        (shims / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(shims))
    assert not sources()
    with pytest.raises(RequestError, match="is no Python that environments can be made with"):
        find_interpreter(str(shims / "python3"))


def test_one_that_does_not_run_is_passed_over(home: Path) -> None:
    broken = planted(home / ".pyenv/versions/broken", f"{SERIES}.99") / f"bin/python{SERIES}"
    broken.write_bytes(broken.read_bytes()[:4096])
    liar = planted(home / ".pyenv/versions/liar", f"{SERIES}.98") / f"bin/python{SERIES}"
    shutil.copy("/bin/echo", liar)
    preferred = [one.path for one in all_interpreters() if one.version.startswith(SERIES)][:2]
    assert set(preferred) == {broken, liar}
    assert find_interpreter(SERIES).path not in preferred


def test_a_released_python_outside_conda_is_preferred(home: Path) -> None:
    planted(home / "miniforge3")
    found = find_interpreter(RELEASE)
    assert found.version == RELEASE
    assert found.source != "conda"
    assert isinstance(found, Interpreter)


def test_directories_that_are_not_ours_to_read_are_passed_over(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".pyenv/versions").mkdir(parents=True)
    (home / ".pyenv/versions").chmod(0)
    monkeypatch.setenv("PATH", f"{home}/.pyenv/versions:relative::{home}/nothing")
    assert not sources()
