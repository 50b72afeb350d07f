"""Of a lock that knows groups and extras, a project gets those that it names."""

from pathlib import Path

from samestack.envs.syncing.selection import groups_of, verdicts_on, wanted_of
from samestack.lock.decision import Lock
from samestack.lock.lock_table import LockTable
from samestack.lock.platforms import marker_environment
from samestack.model import Component, Ecosystem, Layer, Origin, Snapshot, Stack, Standing
from samestack.project.manifest import Backend, Manifest, Project

HERE = marker_environment("linux-64", "3.9.18")


def package(name: str, *groups: str, marker: str | None = None) -> Component:
    return Component(
        layer=Layer.PACKAGES,
        ecosystem=Ecosystem.PYPI,
        name=name,
        version="1",
        marker=marker,
        circumstances={"group": groups} if groups else {},
    )


def names(
    *packages: Component, manifest: Manifest | None = None, table: LockTable | None = None
) -> list[str]:
    origin = Origin(
        reference="x", kind="uv.lock", standing=Standing.DECIDED, captured_at="", captured_by="test"
    )
    lock = Lock(
        path=Path("uv.lock"),
        kind="uv.lock",
        snapshot=Snapshot(origin=origin, stack=Stack.of(packages)),
        table=table or LockTable(),
    )
    verdicts = verdicts_on(lock.snapshot.stack, HERE, {})
    project = Project(directory=Path(), manifest=manifest or Manifest())
    groups = groups_of(project, lock, Backend.VENV)
    return [one.name for one in wanted_of(lock, groups, verdicts)]


def test_what_no_group_asks_for_is_always_there() -> None:
    assert names(package("alpha"), package("pytest", "test")) == ["alpha"]


def test_groups_and_extras_of_the_manifest_come_with_it() -> None:
    packages = (package("alpha"), package("pytest", "lint", "test"), package("cuda", "gpu"))
    assert names(*packages, manifest=Manifest(groups=("test",))) == ["alpha", "pytest"]
    assert names(*packages, manifest=Manifest(extras=("gpu",))) == ["alpha", "cuda"]


def test_those_that_the_lock_was_decided_with_too() -> None:
    assert names(package("pytest", "test"), table=LockTable(groups=("test",))) == ["pytest"]


def test_markers_decide() -> None:
    old, new = (
        package(name, marker=f"python_version {sign} '3.9'") for name, sign in (("a", "<"), ("b", ">="))
    )
    assert names(old, new) == ["b"]


def test_what_is_asked_for_twice_is_there_once() -> None:
    asked = (package("alpha", marker="sys_platform == 'linux'"), package("alpha", "test"))
    assert names(*asked, manifest=Manifest(groups=("test",))) == ["alpha"]


def test_what_was_asked_before_is_not_asked_again() -> None:
    stack = Stack.of((package("a", marker="python_version < '3'"), package("b", marker="nonsense")))
    known = {"python_version < '3'": True, "nonsense": False, "something else": True}
    assert verdicts_on(stack, HERE, known) == {"python_version < '3'": True, "nonsense": False}
    assert verdicts_on(stack, HERE, {"nonsense": False}) == {"python_version < '3'": False, "nonsense": False}
