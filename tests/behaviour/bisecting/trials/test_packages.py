"""Packages of locks and environments, as trials need them."""

import pytest

from samestack.behaviour.bisecting.trials.description import Package
from samestack.behaviour.bisecting.trials.packages import package_of
from samestack.errors import RequestError
from samestack.model import Component, Ecosystem, Layer


def component(**more: object) -> Component:
    said = {"version": "1.26.4", "ecosystem": Ecosystem.PYPI, **more}
    return Component(layer=Layer.PACKAGES, name="numpy", **said)  # type: ignore[arg-type]


def test_a_locked_package_keeps_its_hashes() -> None:
    found = package_of(component(facts={"hashes": ("sha256:1", "sha256:2")}))
    assert found == Package(name="numpy", version="1.26.4", hashes=("sha256:1", "sha256:2"))


def test_an_observed_package_has_none() -> None:
    assert package_of(component()) == Package(name="numpy", version="1.26.4")


def test_a_source_is_kept() -> None:
    source = "https://example.org/numpy-1.26.4-py3-none-any.whl"
    assert package_of(component(source=source)).requirement == f"numpy @ {source}"


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (component(version=None), "directory of this machine"),
        (component(circumstances={"editable": "/somewhere"}), "directory of this machine"),
        (component(source="file:///somewhere"), "directory of this machine"),
        (component(ecosystem=Ecosystem.CONDA), "package of conda"),
    ],
)
def test_what_no_trial_can_install_is_said(one: Component, words: str) -> None:
    with pytest.raises(RequestError, match=words):
        package_of(one)
