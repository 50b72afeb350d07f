"""An outcome in words."""

from pathlib import Path

import pytest

from samestack.lock.lock_table import LockTable
from samestack.lock.outcome import Outcome, State
from samestack.model import Component, Ecosystem, Layer
from samestack.model.change import Change
from samestack.project.manifest import HostNeeds
from samestack.render.lock.lock_text import lock_text

TABLE = LockTable(
    python="3.9",
    platforms=("linux-64",),
    as_of="2022-03-01",
    digest="sha256:" + "ab" * 32,
    host=HostNeeds(glibc="2.17", driver="525.60.13", cuda="12"),
    system_packages=("libgl1",),
    verified="linux-64, Python 3.9.18",
)


def component(name: str, version: str | None, source: str | None = None) -> Component:
    return Component(
        layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name=name, version=version, source=source
    )


def test_a_lock_with_everything() -> None:
    old, new = component("lib", None, "git+https://example.com/lib@a"), component("lib", None, "git+b")
    changes = (
        Change(None, component("added", "1.0")),
        Change(old, new),
        Change(component("moved", "1.0"), component("moved", "2.0")),
        Change(component("no-longer-there", "1.0"), None),
    )
    outcome = Outcome(
        path=Path("pylock.toml"),
        state=State.CHANGED,
        table=TABLE,
        packages=4,
        changes=changes,
        notes=("Python is 3.9, that of .venv",),
    )
    assert (
        lock_text(outcome, width=100)
        == """\
pylock.toml has changed, 4 packages
  +  added            1.0
  ~  lib              no version, from another place
  ~  moved            1.0 -> 2.0
  -  no-longer-there  1.0
  for Python 3.9 on linux-64, as of 2022-03-01, sha256:abababababab
  a host needs glibc 2.17, driver 525.60.13 for CUDA 12, to use a GPU
  of the system it needs libgl1
  verified: built and imported on linux-64, Python 3.9.18
  - Python is 3.9, that of .venv
"""
    )


@pytest.mark.parametrize(
    ("state", "is_written", "expected"),
    [
        (State.NEW, True, "a.toml is new"),
        (State.NEW, False, "a.toml is new; nothing was written"),
        (State.UNCHANGED, True, "a.toml is as it was"),
        (State.CURRENT, True, "a.toml is current"),
        (State.STALE, True, "a.toml is not current"),
    ],
)
def test_the_headline(state: State, expected: str, *, is_written: bool) -> None:
    outcome = Outcome(path=Path("a.toml"), state=state, table=LockTable(), is_written=is_written)
    assert lock_text(outcome, width=100).splitlines()[0] == expected


def test_a_stale_lock_says_why_and_nothing_of_itself() -> None:
    outcome = Outcome(
        path=Path("a.toml"),
        state=State.STALE,
        table=TABLE,
        reasons=("x has changed since",),
    )
    assert lock_text(outcome, width=100) == "a.toml is not current\n  - x has changed since\n"


def test_colours_where_they_are_wanted() -> None:
    changes = (Change(None, component("added", "1.0")),)
    outcome = Outcome(path=Path("a.toml"), state=State.CHANGED, table=LockTable(), changes=changes)
    assert "\x1b[" in lock_text(outcome, width=100, has_styles=True)
    assert "\x1b[" not in lock_text(outcome, width=100)
