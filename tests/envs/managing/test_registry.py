"""The list of environments: what is noted, how long it is kept, and what cannot break it."""

import os
import threading
from pathlib import Path

import pytest

from samestack.envs.managing import registry, state
from samestack.envs.managing.registry import Registered
from samestack.project.manifest import Backend


@pytest.fixture(autouse=True)
def entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMESTACK_STATE", str(tmp_path / "state"))
    return tmp_path / "state/environments"


def environment(path: Path) -> Path:
    path.mkdir(parents=True)
    (path / "pyvenv.cfg").write_text("home = /usr/bin\n")
    return path


def entry(path: Path, **more: str) -> Registered:
    return Registered(environment=str(path), backend=Backend.VENV, python="3.11.7", **more)


def test_what_is_recorded_is_listed_with_its_times(tmp_path: Path) -> None:
    path = environment(tmp_path / "a")
    registry.record(entry(path, project="/p", lock="/p/pylock.toml", lock_digest="sha256:00"))
    (found,) = registry.registered_environments()
    assert (found.environment, found.python, found.project) == (str(path), "3.11.7", "/p")
    assert found.created == found.synced
    assert found.used >= found.synced
    assert found == registry.registered_at(path)


def test_an_environment_that_is_synced_again_keeps_when_it_was_created(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = environment(tmp_path / "a")
    monkeypatch.setattr(registry, "_now", lambda: "2026-01-01T00:00:00Z")
    registry.record(entry(path))
    monkeypatch.setattr(registry, "_now", lambda: "2026-02-01T00:00:00Z")
    registry.record(entry(path, lock="/new.toml"))
    (found,) = registry.registered_environments()
    assert (found.created, found.synced) == ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")
    assert found.lock == "/new.toml"


def test_the_last_used_comes_first(tmp_path: Path, entries: Path) -> None:
    paths = [environment(tmp_path / name) for name in "abc"]
    for path in paths:
        registry.record(entry(path))
    for file in entries.iterdir():
        os.utime(file, (0, 0))
    state.note_use(paths[1])
    found = registry.registered_environments()
    assert found[0].environment == str(paths[1])
    assert [one.used for one in found[1:]] == ["1970-01-01T00:00:00Z"] * 2


def test_a_vanished_environment_is_dropped(tmp_path: Path, entries: Path) -> None:
    kept, gone = environment(tmp_path / "kept"), environment(tmp_path / "gone")
    for path in (kept, gone):
        registry.record(entry(path))
    (gone / "pyvenv.cfg").unlink()
    assert [one.environment for one in registry.registered_environments()] == [str(kept)]
    assert len(list(entries.iterdir())) == 1


def test_one_environment_has_one_entry_whatever_path_leads_to_it(tmp_path: Path, entries: Path) -> None:
    path = environment(tmp_path / "a")
    (tmp_path / "link").symlink_to(tmp_path)
    registry.record(entry(path))
    registry.record(entry(tmp_path / "link/a"))
    assert len(list(entries.iterdir())) == 1
    registry.forget(tmp_path / "link/a")
    assert not registry.registered_environments()
    registry.forget(path)


def test_what_is_no_entry_is_thrown_away(tmp_path: Path, entries: Path) -> None:
    path = environment(tmp_path / "a")
    registry.record(entry(path))
    for number, text in enumerate(("", "{", "[]", '{"environment": "/etc", "backend": "venv"}', "\xff")):
        (entries / f"{number}.json").write_bytes(text.encode("latin-1"))
    assert [one.environment for one in registry.registered_environments()] == [str(path)]
    assert len(list(entries.iterdir())) == 1


def test_nothing_is_noted_where_that_is_not_wanted_or_not_possible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = environment(tmp_path / "a")
    (tmp_path / "file").touch()
    for chosen in ("", str(tmp_path / "file")):
        monkeypatch.setenv("SAMESTACK_STATE", chosen)
        registry.record(entry(path))
        state.note_use(path)
        registry.forget(path)
        assert registry.registered_at(path) is None
        assert registry.registered_environments() == ()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"SAMESTACK_STATE": "/s", "XDG_STATE_HOME": "/x", "HOME": "/h"}, "/s/environments"),
        ({"XDG_STATE_HOME": "/x", "HOME": "/h"}, "/x/samestack/environments"),
        ({"XDG_STATE_HOME": "x", "HOME": "/h"}, "/h/.local/state/samestack/environments"),
        ({"HOME": ""}, None),
        ({}, None),
    ],
)
def test_where_the_list_is(variables: dict[str, str], expected: str | None) -> None:
    assert state.state_directory(variables) == (None if expected is None else Path(expected))


def test_two_that_write_at_once_leave_one_whole_entry(tmp_path: Path) -> None:
    path = environment(tmp_path / "a")

    def write(number: int) -> None:
        for _ in range(50):
            registry.record(entry(path, lock=f"/{number}"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(50):
        assert len(registry.registered_environments()) <= 1
    for thread in threads:
        thread.join()
    found = registry.registered_at(path)
    assert found is not None
    assert found.lock in {f"/{number}" for number in range(4)}
