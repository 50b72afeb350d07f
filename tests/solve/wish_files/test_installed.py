"""What is installed as wishes that hold."""

import pytest

from samestack.errors import RequestError
from samestack.model import Component, Ecosystem, Layer, Origin, Snapshot, Stack, Standing
from samestack.solve.wish_files.installed import installed_wishes


def package(name: str, version: str, *, at: str = "", source: str | None = None, **said: str) -> Component:
    return Component(
        layer=Layer.PACKAGES,
        ecosystem=Ecosystem.PYPI,
        name=name,
        version=version,
        at=at,
        source=source,
        circumstances=said,
    )


def snapshot(*components: Component) -> Snapshot:
    origin = Origin(
        reference="venv:x", kind="venv", standing=Standing.OBSERVED, captured_at="", captured_by=""
    )
    return Snapshot(origin=origin, stack=Stack.of(components))


def test_packages_of_the_index_are_fixed() -> None:
    asked = installed_wishes(snapshot(package("numpy", "1.25.2"), package("torch", "2.1.0+cu118")))
    assert [wish.text for wish in asked.wishes] == ["numpy==1.25.2", "torch==2.1.0"]
    assert all(wish.is_fixed and wish.is_constraint for wish in asked.wishes)
    assert asked.notes == ()


def test_what_is_of_no_index_is_named() -> None:
    asked = installed_wishes(
        snapshot(
            package("mine", "0.1", editable="/src/mine"),
            package("fork", "1.0", source="git+https://host.example/fork@abc"),
            package("numpy", "1.25.2"),
        )
    )
    assert [wish.text for wish in asked.wishes] == ["numpy==1.25.2"]
    assert "fork, mine" in asked.notes[0]


def test_several_pythons_are_one_too_many() -> None:
    with pytest.raises(RequestError, match="several Pythons"):
        installed_wishes(snapshot(package("numpy", "1", at="/a"), package("numpy", "2", at="/b")))
