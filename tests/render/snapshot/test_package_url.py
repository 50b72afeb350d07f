"""The package URL of a component, or none for what has no name to find it by."""

import pytest

from samestack.model import Component, Ecosystem, Layer
from samestack.render.snapshot.package_url import package_url


@pytest.mark.parametrize("name", ["", "/", " ", "\x85", "models/"])
@pytest.mark.parametrize("ecosystem", Ecosystem)
def test_what_has_no_name_has_no_package_url(ecosystem: Ecosystem, name: str) -> None:
    assert package_url(Component(layer=Layer.PACKAGES, ecosystem=ecosystem, name=name), None) is None
