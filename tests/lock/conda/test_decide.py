import shutil
from pathlib import Path

import pytest
import yaml

from samestack.compare.releases import packages_digest
from samestack.errors import InputError, OutsideError, RequestError
from samestack.lock.comment_table import comment_table
from samestack.lock.conda.contents import contents_for_this_machine
from samestack.lock.currency import currency
from samestack.lock.deciding import write
from samestack.lock.decision import LockOptions
from samestack.lock.reading import read_lock
from samestack.lock.unmet import UnmetError
from samestack.progress import SILENT
from samestack.project.manifest import Constraint, HostNeeds
from samestack.project.reading import read_project
from samestack.solve.answering import answered
from tests.lock.conda.deciding import (
    decided,
    locked,
    platform_packages,
    project,
    releases_of,
    without_indexing_times,
)


@pytest.fixture(autouse=True)
def host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONDA_OVERRIDE_GLIBC", "2.31")
    monkeypatch.setenv("CONDA_OVERRIDE_CUDA", "")


def test_the_lock_is_what_capture_reads(channel: Path, tmp_path: Path) -> None:
    decision = decided(project(tmp_path, channel, "python=3.10", "numpy"))
    write(decision)
    lock = read_lock(tmp_path / "pixi.lock")
    assert releases_of(lock.snapshot.stack) == {
        "libblas": "3.9.0",
        "numpy": "2.0.1",
        "python": "3.10.13",
    }
    assert lock.table == decision.table == comment_table(decision.data.decode())
    assert lock.table.digests == {"linux-64": packages_digest(lock.snapshot.stack)}
    assert lock.table.python == "3.10"
    assert lock.table.host == HostNeeds(glibc="2.17")
    document = yaml.safe_load(decision.data)
    # Not what this machine has: that would differ from one machine to the next.
    assert document["platforms"] == [{"name": "linux-64", "virtual-packages": ["__glibc=2.17"]}]


def test_the_lock_is_current_until_the_wishes_change(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "numpy")
    write(decided(tmp_path))
    lock = read_lock(tmp_path / "pixi.lock")
    assert currency(read_project(tmp_path), lock, LockOptions()).is_current
    project(tmp_path, channel, "python=3.10", "numpy", "openssl")
    assert not currency(read_project(tmp_path), lock, LockOptions()).is_current


def test_a_host_with_a_gpu_gets_another_build(
    channel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, channel, "python=3.10", "pytorch")
    assert "pytorch-2.1.0-cpu_0.tar.bz2" in platform_packages(decided(tmp_path), "linux-64")
    monkeypatch.setenv("CONDA_OVERRIDE_CUDA", "12.2")
    decision = decided(tmp_path)
    assert "pytorch-2.1.0-cuda118_1.tar.bz2" in platform_packages(decision, "linux-64")
    assert decision.table.host == HostNeeds(cuda="11.8", driver="450.80.02", glibc="2.28")


def test_the_manifest_says_what_every_host_offers(channel: Path, tmp_path: Path) -> None:
    manifest = '[tool.samestack.host]\ncuda = "12.2"\nglibc = "2.17"\n'
    project(tmp_path, channel, "python=3.10", "pytorch", manifest=manifest)
    decision = decided(tmp_path)
    # The build with CUDA needs a newer C library than every host has.
    assert "pytorch-2.1.0-cpu_0.tar.bz2" in platform_packages(decision, "linux-64")
    assert any("__cuda 12.2" in note and "__glibc 2.17" in note for note in decision.notes)
    project(tmp_path, channel, "python=3.10", "pytorch", manifest=manifest.replace("2.17", "2.31"))
    decision = decided(tmp_path)
    assert "pytorch-2.1.0-cuda118_1.tar.bz2" in platform_packages(decision, "linux-64")
    assert decision.table.host.cuda == "12.2"


def test_every_platform_of_the_manifest(channel: Path, tmp_path: Path) -> None:
    manifest = 'platforms = ["linux-64", "osx-arm64", "win-64"]\n'
    project(tmp_path, channel, "python=3.10", "libblas", manifest=manifest)
    decision = decided(tmp_path)
    assert set(decision.table.digests) == {"linux-64", "osx-arm64", "win-64"}
    for platform in decision.table.digests:
        assert "libblas-3.9.0-20_mkl.tar.bz2" in platform_packages(decision, platform)
    project(tmp_path, channel, "python=3.10", "numpy", manifest=manifest)
    with pytest.raises(UnmetError):
        decided(tmp_path)


def test_earlier_choices_are_kept_until_they_are_to_be_upgraded(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "numpy=1.26.4", "typing_extensions=4.9")
    locked(tmp_path)
    project(tmp_path, channel, "python=3.10", "numpy", "typing_extensions")
    assert releases_of(locked(tmp_path))["numpy"] == "1.26.4"
    after = releases_of(locked(tmp_path, LockOptions(upgrade=("typing-extensions",))))
    assert (after["numpy"], after["typing_extensions"]) == ("1.26.4", "4.12.0")
    assert releases_of(locked(tmp_path, LockOptions(upgrade_all=True)))["numpy"] == "2.0.1"


def test_deciding_again_changes_nothing(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "numpy", "pytorch")
    first = decided(tmp_path)
    write(first)
    assert decided(tmp_path).data == first.data


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2022-06-01", "1.26.4"), ("2024-08-01", "2.0.1"), ("", "2.0.1")]
)
def test_as_of_a_day(as_of: str, expected: str, channel: Path, tmp_path: Path) -> None:
    own = shutil.copytree(channel, tmp_path / "channel")
    without_indexing_times(own)
    project(tmp_path, own, "python=3.10", "numpy")
    decision = decided(tmp_path, LockOptions(as_of=as_of))
    assert f"numpy-{expected}-py310_0.tar.bz2" in platform_packages(decision, "linux-64")
    assert decision.table.as_of == as_of


def test_the_day_that_the_pins_tell(channel: Path, tmp_path: Path) -> None:
    own = shutil.copytree(channel, tmp_path / "channel")
    without_indexing_times(own)
    project(tmp_path, own, "python=3.10", "typing_extensions==4.9.0", "numpy")
    decision = decided(tmp_path, LockOptions(as_of="auto"))
    assert decision.table.as_of == "2022-03-02"
    assert "numpy-1.26.4-py310_0.tar.bz2" in platform_packages(decision, "linux-64")
    assert any("typing_extensions 4.9.0 was uploaded on 2022-03-01" in note for note in decision.notes)


def test_constraints_narrow_by_the_names_of_the_index(channel: Path, tmp_path: Path) -> None:
    constraints = (
        Constraint(requirement="numpy<2", reason="it breaks"),
        Constraint(requirement="typing-extensions<4.10", reason="it breaks"),
        Constraint(requirement="torch<2", reason="nobody asks for it"),
        Constraint(requirement="nothing<2", reason="there is no such package"),
    )
    project(tmp_path, channel, "python=3.10", "numpy", "typing_extensions")
    found = releases_of(locked(tmp_path, LockOptions(constraints=constraints)))
    assert (found["numpy"], found["typing_extensions"]) == ("1.26.4", "4.9.0")
    assert "pytorch" not in found


def test_constraints_of_the_manifest(channel: Path, tmp_path: Path) -> None:
    manifest = '[[tool.samestack.constraints]]\nrequirement = "numpy<2"\nreason = "it breaks"\n'
    project(tmp_path, channel, "python=3.10", "numpy", manifest=manifest)
    assert releases_of(locked(tmp_path))["numpy"] == "1.26.4"


@pytest.mark.parametrize("by", ["manifest", "option"])
def test_the_python_that_is_named(by: str, channel: Path, tmp_path: Path) -> None:
    manifest = 'python = "3.9"\n' if by == "manifest" else ""
    project(tmp_path, channel, "numpy", manifest=manifest)
    options = LockOptions(python="3.9" if by == "option" else "")
    decision = decided(tmp_path, options)
    assert "python-3.9.18-0_cpython.tar.bz2" in platform_packages(decision, "linux-64")
    assert decision.table.python == "3.9"


def test_a_conflict_is_explained(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "oldnumpy", "numpy>=2")
    with pytest.raises(UnmetError) as caught:
        decided(tmp_path)
    assert caught.value.exit_status == 1
    assert "numpy" in caught.value.said
    assert caught.value.question is not None
    (conflict,) = answered(caught.value.question, SILENT).conflicts
    assert {wish.text for wish in conflict.wishes} == {"oldnumpy", "numpy>=2"}
    assert not (tmp_path / "pixi.lock").exists()


def test_a_conflict_with_the_host_is_explained(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "pytorch=2.1=cuda118*")
    with pytest.raises(UnmetError) as caught:
        decided(tmp_path)
    assert caught.value.question is not None
    (conflict,) = answered(caught.value.question, SILENT).conflicts
    assert [wish.text for wish in conflict.wishes] == ["pytorch=2.1=cuda118*"]


def test_a_channel_of_the_project(channel: Path, tmp_path: Path) -> None:
    shutil.copytree(channel, tmp_path / "own")
    project(tmp_path, channel, "openssl", manifest='channels = ["./own"]\n')
    decision = decided(tmp_path)
    assert str(tmp_path / "own") in decision.data.decode()
    assert str(channel) not in decision.data.decode()


def test_a_channel_that_is_not_there(tmp_path: Path) -> None:
    project(tmp_path, tmp_path / "nowhere", "numpy")
    with pytest.raises(OutsideError, match="a channel cannot be read"):
        decided(tmp_path)


def test_a_lock_that_cannot_be_read_is_not_overlooked(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "openssl")
    (tmp_path / "pixi.lock").write_text("version: 99\n")
    with pytest.raises(InputError, match=r"pixi\.lock"):
        decided(tmp_path)
    assert "openssl" in releases_of(locked(tmp_path, LockOptions(upgrade_all=True)))


def test_what_is_to_be_upgraded_has_to_be_a_name(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "openssl")
    locked(tmp_path)
    with pytest.raises(RequestError, match="--upgrade"):
        decided(tmp_path, LockOptions(upgrade=("not a name",)))


def test_without_rattler_there_is_a_hint(
    channel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, channel, "openssl")
    locked(tmp_path)
    lock = read_lock(tmp_path / "pixi.lock")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    for ask in (lambda: decided(tmp_path), lambda: contents_for_this_machine(lock)):
        with pytest.raises(RequestError, match="py-rattler") as caught:
            ask()
        assert "samestack[conda]" in str(caught.value.hint)
