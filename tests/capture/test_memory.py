"""An observation is given again exactly as long as nothing has changed that it was made from."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from samestack.capture import memory
from samestack.capture.memory import SETTLING_NANOSECONDS, observed, remembered
from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.tree import MachineTree
from samestack.model import Component, Ecosystem, Layer, Remark

OLD = 1_000_000_000.0


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMESTACK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    (site / "a/VERSION").write_text("1.0")
    (site / "link").symlink_to(tmp_path / "elsewhere")
    settle(site)
    return site


def settle(directory: Path, when: float = OLD) -> None:
    for path in (*directory.rglob("*"), directory):
        os.utime(path, (when, when), follow_symlinks=False)


class Probe:
    """Reads ``VERSION`` in every directory of a site, and whether a marker stands beside them."""

    def __init__(self, site: Path) -> None:
        self.site = str(site)
        self.calls = 0

    def __call__(self, tree: MachineTree) -> Observation:
        self.calls += 1
        found = tuple(
            Component(
                layer=Layer.PACKAGES,
                ecosystem=Ecosystem.PYPI,
                name=entry.name,
                version=tree.read(f"{entry.path}/VERSION").decode(),
                facts={
                    "is_marked": tree.is_file(f"{self.site}/marker"),
                    "is_linked": tree.is_file(f"{self.site}/link"),
                    "tags": ("x", "y"),
                },
            )
            for entry in tree.entries(self.site)
            if entry.is_directory
        )
        return Observation(found, (Remark(code="c", layer=Layer.PACKAGES, subject="s", message="m"),))


def test_what_has_not_changed_is_not_read_again(site: Path) -> None:
    probe = Probe(site)
    first = remembered(probe, "venv", str(site))
    assert remembered(probe, "venv", str(site)) == first
    assert probe.calls == 1


def write_same_size(site: Path) -> None:
    (site / "a/VERSION").write_text("2.0")


def replace_with_old_time(site: Path) -> None:
    (site / "new").write_text("3.0")
    (site / "new").rename(site / "a/VERSION")
    settle(site)


def add_package(site: Path) -> None:
    (site / "b").mkdir()
    (site / "b/VERSION").write_text("1.0")


def add_what_was_missing(site: Path) -> None:
    (site / "marker").touch()


def let_a_link_lead_somewhere(site: Path) -> None:
    (site.parent / "elsewhere").touch()


@pytest.mark.parametrize(
    "change",
    [write_same_size, replace_with_old_time, add_package, add_what_was_missing, let_a_link_lead_somewhere],
)
def test_what_has_changed_is_read_again(site: Path, change: Callable[[Path], None]) -> None:
    probe = Probe(site)
    before = remembered(probe, "venv")
    change(site)
    after = remembered(probe, "venv")
    assert probe.calls == 2
    assert after != before
    assert after == Probe(site)(MachineTree())


def test_another_key_is_another_observation(site: Path) -> None:
    probe = Probe(site)
    remembered(probe, "venv", "deep")
    remembered(probe, "venv", "plain")
    assert probe.calls == 2


def test_where_every_file_is_to_be_read_nothing_is_remembered(site: Path) -> None:
    probe = Probe(site)
    verified = Options(files=True)
    first = observed(probe, Options(), "venv", str(site))
    assert observed(probe, verified, "venv", str(site)) == first
    assert observed(probe, verified, "venv", str(site)) == first
    assert probe.calls == 3
    assert observed(probe, Options(), "venv", str(site)) == first
    assert probe.calls == 3
    observed(probe, Options(deep=True), "venv", str(site))
    assert probe.calls == 4


def test_a_memory_from_before_something_else_was_observed_is_not_used(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = Probe(site)
    remembered(probe, "venv")
    monkeypatch.setattr(memory, "OBSERVATION", memory.OBSERVATION + 1)
    remembered(probe, "venv")
    assert probe.calls == 2


def test_a_file_of_which_only_the_status_was_asked_is_watched(site: Path) -> None:
    def read(tree: MachineTree) -> Observation:
        status = tree.status(f"{site}/a/VERSION")
        size = "gone" if status is None else str(status.st_size)
        return Observation((), (Remark(code=size, layer=Layer.PACKAGES, subject="s", message="m"),))

    def told() -> str:
        return remembered(read, "venv").remarks[0].code

    assert told() == "3"
    (site / "a/VERSION").write_text("10.0")
    assert told() == "4"
    settle(site)
    assert told() == "4"
    (site / "a/VERSION").unlink()
    assert told() == "gone"


def test_what_changed_just_now_is_not_remembered(site: Path) -> None:
    (site / "a/VERSION").write_text("2.0")
    probe = Probe(site)
    remembered(probe, "venv")
    remembered(probe, "venv")
    assert probe.calls == 2
    assert SETTLING_NANOSECONDS > 0


def test_a_spoiled_memory_is_read_anew(site: Path, cache: Path) -> None:
    probe = Probe(site)
    first = remembered(probe, "venv")
    for path in (cache / "observations").iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    assert remembered(probe, "venv") == first
    assert probe.calls == 2


def test_without_a_cache_everything_is_read(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMESTACK_CACHE", "")
    probe = Probe(site)
    assert remembered(probe, "venv") == remembered(probe, "venv")
    assert probe.calls == 2


def test_an_error_is_not_remembered(site: Path) -> None:
    def fail(tree: MachineTree) -> Observation:
        tree.read(f"{site}/a/VERSION")
        raise FileNotFoundError(2, "gone", "x")

    with pytest.raises(FileNotFoundError):
        remembered(fail, "venv")
    probe = Probe(site)
    assert remembered(probe, "venv").components
