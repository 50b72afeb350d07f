"""Platforms in the words of markers."""

import pytest
from packaging.markers import Marker

from samestack.lock.platforms import environment_markers, marker_environment, platforms_or_all
from samestack.project.manifest import PLATFORMS


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_platform_has_an_environment_of_its_own(platform: str) -> None:
    environment = dict(marker_environment(platform, "3.9"))
    markers = environment_markers(PLATFORMS, "3.9")
    held = [
        name for name, marker in zip(PLATFORMS, markers, strict=True) if Marker(marker).evaluate(environment)
    ]
    assert held == [platform]


def test_a_series_stands_for_its_newest_release() -> None:
    environment = dict(marker_environment("linux-64", "3.9"))
    assert Marker("python_full_version >= '3.9.20'").evaluate(environment)
    assert not Marker("python_version < '3.9' or python_version > '3.9'").evaluate(environment)


def test_a_release_is_taken_as_it_is() -> None:
    environment = marker_environment("linux-64", "3.9.18")
    assert environment["python_full_version"] == "3.9.18"
    assert environment["python_version"] == "3.9"


def test_where_none_is_named_the_series_alone_counts() -> None:
    assert environment_markers((), "3.10.4") == ("python_version == '3.10'",)
    assert platforms_or_all(()) == PLATFORMS
    assert platforms_or_all(["osx-64"]) == ("osx-64",)
