import shutil
import subprocess
from pathlib import Path

import pytest

from samestack.compare.releases import packages_digest
from samestack.lock.deciding import write
from samestack.lock.decision import LockOptions
from samestack.lock.reading import read_lock
from samestack.lock.unmet import UnmetError
from samestack.model import Ecosystem
from samestack.progress import SILENT
from samestack.project.manifest import Constraint
from samestack.solve.answering import answered
from tests.lock.conda.deciding import (
    decided,
    locked,
    platform_packages,
    project,
    releases_of,
    without_indexing_times,
)
from tests.solve.local_index import LocalIndex


def test_what_conda_brings_is_not_asked_of_the_index(
    channel: Path, index: LocalIndex, tmp_path: Path
) -> None:
    project(tmp_path, channel, "python=3.10", "numpy=1.26", pip=["framer", "numpy>=1.20"])
    stack = locked(tmp_path)
    of_index = {one.name: one.version for one in stack if one.ecosystem is Ecosystem.PYPI}
    # The newest release of framer needs a newer numpy than conda has been asked for.
    assert of_index == {"framer": "1.0", "tool": "1.1"}
    assert not any("numpy" in path for path in index.asked if path.endswith(".whl"))
    assert releases_of(stack)["numpy"] == "1.26.4"


def test_files_have_addresses_and_hashes(channel: Path, index: LocalIndex, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", pip=["tool"])
    decision = decided(tmp_path)
    write(decision)
    stack = read_lock(tmp_path / "pixi.lock").snapshot.stack
    (tool,) = [one for one in stack if one.name == "tool"]
    assert tool.facts["hashes"]
    assert tool.source is None
    assert "http://127.0.0.1" in decision.data.decode()
    assert decision.table.digests["linux-64"] == packages_digest(stack)


def test_without_addresses_there_are_names_and_hashes(
    channel: Path, index: LocalIndex, tmp_path: Path
) -> None:
    project(tmp_path, channel, "python=3.10", pip=["tool"])
    decision = decided(tmp_path, LockOptions(urls=False))
    write(decision)
    stack = read_lock(tmp_path / "pixi.lock").snapshot.stack
    (tool,) = [one for one in stack if one.name == "tool"]
    assert (tool.version, tool.source) == ("1.1", None)
    assert tool.facts["hashes"]
    assert "127.0.0.1" not in decision.data.decode()
    assert decision.table.digests["linux-64"] == packages_digest(stack)


def test_each_platform_has_its_own_wheel(channel: Path, index: LocalIndex, tmp_path: Path) -> None:
    manifest = 'platforms = ["linux-64", "osx-arm64", "win-64"]\n'
    project(tmp_path, channel, "python=3.10", pip=["compiled"], manifest=manifest)
    decision = decided(tmp_path)
    found = {platform: platform_packages(decision, platform)[-1] for platform in decision.table.digests}
    assert found == {
        "linux-64": "compiled-1.0-cp310-cp310-manylinux_2_28_x86_64.whl",
        "osx-arm64": "compiled-1.0-cp310-cp310-macosx_11_0_arm64.whl",
        "win-64": "compiled-1.0-cp310-cp310-win_amd64.whl",
    }
    assert decision.table.host.glibc == "2.28"


def test_an_old_host_gets_an_old_wheel(
    channel: Path, index: LocalIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONDA_OVERRIDE_GLIBC", "2.27")
    decision = decided(project(tmp_path, channel, "python=3.10", pip=["compiled"]))
    assert "compiled-1.0-cp310-cp310-manylinux_2_17_x86_64.whl" in platform_packages(decision, "linux-64")
    assert decision.table.host.glibc == "2.17"


@pytest.mark.parametrize(
    ("pip", "chosen"),
    [
        (["framer", "numpy<2"], ("numpy", "1.26.4")),
        # Only the metadata of the wheel tells what it demands of a package that conda calls otherwise.
        (["typer"], ("typing_extensions", "4.9.0")),
    ],
)
def test_conda_is_told_what_the_index_demands(
    pip: list[str], chosen: tuple[str, str], channel: Path, index: LocalIndex, tmp_path: Path
) -> None:
    name, version = chosen
    for release in ("1.26.4", "2.0.1"):
        index.add("numpy", release)
    for release in ("4.9.0", "4.12.0"):
        index.add("typing-extensions", release)
    project(tmp_path, channel, "python=3.10", name, pip=pip)
    assert releases_of(locked(tmp_path))[name] == version


def test_a_conflict_of_both_sides_is_explained(channel: Path, index: LocalIndex, tmp_path: Path) -> None:
    for release in ("1.26.4", "2.0.1"):
        index.add("numpy", release)
    project(tmp_path, channel, "python=3.10", "numpy=1.26", pip=["framer>=2"])
    with pytest.raises(UnmetError) as caught:
        decided(tmp_path)
    assert caught.value.question is not None
    (conflict,) = answered(caught.value.question, SILENT).conflicts
    assert conflict.contested == "numpy"
    assert {"framer>=2", "numpy==1.26.4"} == {wish.text for wish in conflict.wishes}


def test_earlier_choices_of_the_index_are_kept(channel: Path, index: LocalIndex, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", pip=["tool<1.1"])
    locked(tmp_path)
    project(tmp_path, channel, "python=3.10", pip=["tool"])
    assert releases_of(locked(tmp_path))["tool"] == "1.0"
    assert releases_of(locked(tmp_path, LockOptions(upgrade=("tool",))))["tool"] == "1.1"


def test_constraints_narrow_the_index_too(channel: Path, index: LocalIndex, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", pip=["tool"])
    only = Constraint(requirement="tool<1.1; python_version < '3.12'", reason="it breaks")
    decision = decided(tmp_path, LockOptions(constraints=(only,)))
    assert "tool-1.0-py3-none-any.whl" in platform_packages(decision, "linux-64")
    assert any("conda knows no markers" in note for note in decision.notes)


def test_as_of_a_day_for_the_index(channel: Path, index: LocalIndex, tmp_path: Path) -> None:
    own = shutil.copytree(channel, tmp_path / "channel")
    without_indexing_times(own)
    project(tmp_path, own, "python=3.10", pip=["tool"])
    decision = decided(tmp_path, LockOptions(as_of="2023-01-01"))
    assert "tool-1.0-py3-none-any.whl" in platform_packages(decision, "linux-64")


def test_dependencies_of_the_project_are_of_the_index(
    channel: Path, index: LocalIndex, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "ours"\nversion = "1"\nrequires-python = "<3.10"\ndependencies = ["tool"]\n'
        f'[tool.samestack]\nbackend = "conda"\nchannels = ["{channel.as_uri()}"]\n'
    )
    found = releases_of(locked(tmp_path))
    assert found == {"python": "3.9.18", "tool": "1.1"}


def test_a_commit_of_a_repository(channel: Path, index: LocalIndex, tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        '[project]\nname = "ours"\nversion = "3.1"\n'
    )
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x", *words], cwd=repository, check=True)
    project(tmp_path, channel, "python=3.10", pip=[f"ours @ git+{repository.as_uri()}"])
    stack = locked(tmp_path)
    (ours,) = [one for one in stack if one.name == "ours"]
    assert ours.source is not None
    assert ours.source.startswith("git+file://")
