import shutil
from pathlib import Path

import pytest

from samestack.compare.judge import judge
from samestack.compare.releases import packages_digest
from samestack.envs.conda.installer import CondaInstaller
from samestack.envs.installer import Installer
from samestack.envs.work import Work
from samestack.errors import InputError, OutsideError, RequestError
from samestack.lock.reading import read_lock
from samestack.model import Ecosystem, Stack
from samestack.process import run
from samestack.progress import Reporter
from samestack.project.reading import read_project
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program
from tests.conda_channel import add_package, index_channel
from tests.envs.conda.prefixes import answer, captured, fill, lock, work
from tests.lock.conda.deciding import project
from tests.solve.local_index import LocalIndex, served

pytestmark = pytest.mark.registry


class Counting(Reporter):
    """Notes what it hears."""

    def __init__(self) -> None:
        self.works: list[tuple[str, int | None]] = []
        self.details: list[str] = []

    def started(self, work: str, total: int | None = None) -> None:
        self.works.append((work, total))

    def advanced(self, detail: str, steps: int = 1) -> None:
        self.details += steps * [detail]


def of_index(stack: Stack) -> dict[str, str | None]:
    return {one.name: one.version for one in stack if one.ecosystem is Ecosystem.PYPI}


def test_a_prefix_is_what_its_lock_says(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "numpy", pip=["colorama", "six"])
    lock(tmp_path)
    installer: Installer = CondaInstaller(work(tmp_path))
    assert not installer.is_movable
    reporter = Counting()
    prefix = fill(tmp_path, reporter)
    locked, there = read_lock(tmp_path / "pixi.lock").snapshot, captured(prefix)
    assert packages_digest(there.stack) == packages_digest(locked.stack)
    comparison = judge(locked, there)
    assert [one for one in comparison.differences if one.relation == "differs"] == []
    assert there.remarks == ()
    assert ("installing conda's packages", 3) in reporter.works
    assert "numpy" in reporter.details
    assert Path(answer(prefix, "import numpy; print(numpy.__file__)")).is_relative_to(prefix)
    program = "import sys, sysconfig; print(sys.prefix, sysconfig.get_config_var('prefix'))"
    assert answer(prefix, program).split() == [str(prefix), str(prefix)]


def test_again_nothing_is_done(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "click", pip=["six"])
    lock(tmp_path)
    prefix = fill(tmp_path)
    before = {path: path.lstat().st_ctime_ns for path in prefix.rglob("*") if path.is_file()}
    fill(tmp_path)
    after = {path: path.lstat().st_ctime_ns for path in prefix.rglob("*") if path.is_file()}
    assert {path for path in before if before[path] != after.get(path)} <= {prefix / "conda-meta/history"}


def test_only_what_differs_is_changed(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "numpy", "click=8.1.3", pip=["six", "colorama"])
    lock(tmp_path)
    prefix = fill(tmp_path)
    array = prefix / "lib/python3.10/site-packages/numpy/__init__.py"
    inode = array.stat().st_ino
    project(tmp_path, channel, "python=3.10", "numpy", "click=8.1.7", pip=["six", "packaging"])
    lock(tmp_path)
    prefix = fill(tmp_path)
    assert array.stat().st_ino == inode
    assert of_index(captured(prefix).stack).keys() == {"six", "packaging"}
    assert answer(prefix, "import importlib.metadata as m; print(m.version('click'))") == "8.1.7"


def test_another_python_takes_everything_along(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "click", pip=["six"])
    lock(tmp_path)
    fill(tmp_path)
    project(tmp_path, channel, "python=3.9", "click", pip=["six"])
    lock(tmp_path)
    prefix = fill(tmp_path)
    assert answer(prefix, "import click, six, sys; print(sys.version_info[:2])") == "(3, 9)"
    assert not list(prefix.glob("lib/python3.10/site-packages/six*"))
    assert packages_digest(captured(prefix).stack) == packages_digest(
        read_lock(tmp_path / "pixi.lock").snapshot.stack
    )


def test_a_package_changes_sides(channel: Path, tmp_path: Path) -> None:
    for wishes, pip in ((["click=8.1.3"], []), ([], ["click==8.1.7"]), (["click=8.1.3"], [])):
        project(tmp_path, channel, "python=3.10", *wishes, pip=pip)
        lock(tmp_path)
        prefix = fill(tmp_path)
        (click,) = [one for one in captured(prefix).stack if one.name == "click"]
        assert click.ecosystem is (Ecosystem.PYPI if pip else Ecosystem.CONDA)
        assert answer(prefix, "import click; print(click.__version__)") == click.version


def test_what_pip_has_done_is_undone(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "click=8.1.3")
    lock(tmp_path)
    prefix = fill(tmp_path)
    words = ("pip", "install", "--quiet", "--python", prefix / "bin/python", "click==8.1.7", "six")
    run((uv_program(), *words), environment=index_settings(uv_program()).environment)
    assert of_index(captured(prefix).stack) != {}
    fill(tmp_path)
    there = captured(prefix)
    assert (of_index(there.stack), there.remarks) == ({}, ())
    assert answer(prefix, "import click; print(click.__version__)") == "8.1.3"


def test_the_project_itself(channel: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
        '[project]\nname = "ours"\nversion = "1"\n[tool.setuptools]\npy-modules = ["ours"]\n'
        f'[tool.samestack]\nbackend = "conda"\nchannels = ["{channel.as_uri()}"]\n'
    )
    (tmp_path / "environment.yml").write_text("dependencies: [python=3.10]\n")
    (tmp_path / "ours.py").write_text("answer = 41\n")
    lock(tmp_path)
    prefix = fill(tmp_path)
    (tmp_path / "ours.py").write_text("answer = 42\n")
    assert answer(prefix, "import ours; print(ours.answer)") == "42"
    fill(tmp_path)
    assert of_index(captured(prefix).stack) == {"ours": "1"}
    fill(tmp_path, with_project=False)
    assert of_index(captured(prefix).stack) == {}


def test_a_second_environment_costs_links(channel: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        project(tmp_path / name, channel, "python=3.10", "numpy", pip=["six"])
        lock(tmp_path / name)
        fill(tmp_path / name)
    for file in ("lib/python3.10/site-packages/numpy/__init__.py", "lib/python3.10/os.py"):
        inodes = {(tmp_path / name / ".venv" / file).stat().st_ino for name in ("one", "two")}
        assert len(inodes) == 1


def test_a_lock_of_names_and_hashes(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", pip=["six"], manifest="urls = false\n")
    lock(tmp_path)
    assert "- pypi: ./six-" in (tmp_path / "pixi.lock").read_text()
    assert answer(fill(tmp_path), "import six; print(six.__name__)") == "six"


@pytest.mark.parametrize("urls", ["true", "false"])
def test_a_file_of_the_index_that_is_another_one(urls: str, channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", pip=["colorama"], manifest=f"urls = {urls}\n")
    lock(tmp_path)
    path = tmp_path / "pixi.lock"
    before, _, after = path.read_text().partition("  name: colorama\n")
    digest = after.partition("sha256: ")[2][:64]
    path.write_text(f"{before}  name: colorama\n{after.replace(digest, 64 * 'f')}")
    with pytest.raises(OutsideError, match=r"pixi\.lock") as caught:
        fill(tmp_path)
    assert "not the one that was locked" in str(caught.value.hint)


def test_an_archive_of_the_channel_that_is_another_one(channel: Path, tmp_path: Path) -> None:
    own = shutil.copytree(channel, tmp_path / "channel")
    project(tmp_path, own, "libblas")
    lock(tmp_path)
    add_package(own, "libblas-3.9.0-21_mkl", build_number=1, files={"lib/libblas.so.3": b"tampered"})
    with pytest.raises(OutsideError, match="its file is not the one that was locked"):
        fill(tmp_path)
    assert not (tmp_path / ".venv/lib").exists()


def test_an_archive_that_is_gone(channel: Path, tmp_path: Path) -> None:
    own = shutil.copytree(channel, tmp_path / "channel")
    project(tmp_path, own, "libblas")
    lock(tmp_path)
    shutil.rmtree(own)
    with pytest.raises(OutsideError, match="cannot be read: No such file"):
        fill(tmp_path)


def test_an_index_that_cannot_be_reached(
    channel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = LocalIndex()
    index.add("tool", "1.0")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    project(tmp_path, channel, "python=3.10", pip=["tool"])
    with served(index) as address:
        monkeypatch.setenv("UV_DEFAULT_INDEX", address)
        lock(tmp_path)
    index.files.clear()
    shutil.rmtree(tmp_path / "uv")
    with pytest.raises(OutsideError, match=r"pixi\.lock") as caught:
        fill(tmp_path)
    assert "network" in str(caught.value.hint)


def test_a_lock_of_another_platform(channel: Path, tmp_path: Path) -> None:
    add_package(tmp_path / "channel", "libblas-1.0-0", subdir="osx-arm64")
    index_channel(tmp_path / "channel")
    project(tmp_path, tmp_path / "channel", "libblas", manifest='platforms = ["osx-arm64"]\n')
    lock(tmp_path)
    with pytest.raises(RequestError, match="not for this machine's platform linux-64: it is for osx-arm64"):
        fill(tmp_path)


def test_a_lock_without_hashes(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", pip=["six"])
    lock(tmp_path)
    path = tmp_path / "pixi.lock"
    before, name, after = path.read_text().partition("  name: six\n")
    lines = [line for line in after.splitlines() if "sha256: " not in line or line.startswith("#")]
    path.write_text(before + name + "\n".join(lines) + "\n")
    with pytest.raises(InputError, match="no hash is given for six"):
        fill(tmp_path)


def test_packages_of_the_index_need_a_python(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "libblas", pip=["six"])
    lock(tmp_path)
    path = tmp_path / "pixi.lock"
    lines = path.read_text().splitlines()
    path.write_text(
        "\n".join(line for line in lines if "- conda:" not in line or "      -" not in line) + "\n"
    )
    with pytest.raises(InputError, match="no Python of conda's"):
        fill(tmp_path)


@pytest.mark.parametrize("text", ["", "version: 99\n", "version: 7\nenvironments: {}\npackages: []\n"])
def test_what_is_no_lock(text: str, tmp_path: Path) -> None:
    (tmp_path / "environment.yml").write_text("dependencies: [libblas]\n")
    path = tmp_path / "pixi.lock"
    path.write_text(text)
    with pytest.raises(InputError, match=r"pixi\.lock"):
        Work(project=read_project(tmp_path), lock=read_lock(path), locked=Stack())


def test_an_environment_without_a_python(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "libblas")
    lock(tmp_path)
    prefix = fill(tmp_path)
    assert (prefix / "lib/libblas.so.3").read_bytes() == b"new"
    assert (prefix / "conda-meta/history").is_file()
