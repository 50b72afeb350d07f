"""Constraints, and the manifest that makes Poetry keep to them."""

import tomllib
from collections.abc import Mapping

import pytest

from samestack.errors import InputError
from samestack.lock.platforms import marker_environment
from samestack.lock.poetry.narrowing import GROUP, narrowed, violated
from samestack.model import Component, Ecosystem, Layer, Stack
from samestack.project.manifest import Constraint

ENVIRONMENTS: list[Mapping[str, str]] = [marker_environment("linux-64", "3.9")]


def constraint(text: str) -> Constraint:
    return Constraint(requirement=text, reason="to see")


def stack(*pins: tuple[str, str, str | None]) -> Stack:
    return Stack.of(
        Component(layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name=name, version=version, marker=marker)
        for name, version, marker in pins
    )


@pytest.mark.parametrize(
    ("text", "is_violated"),
    [
        ("numpy<2", True),
        ("NumPy<2", True),
        ("numpy>=2", False),
        ("numpy!=2.0rc1", False),
        ("pandas<1", False),
        ("numpy<2; python_version < '3.10'", True),
        ("numpy<2; python_version >= '3.10'", False),
        ("numpy<2; sys_platform == 'win32'", False),
        ("scipy<1; python_version < '3.10'", False),
    ],
)
def test_violated(text: str, *, is_violated: bool) -> None:
    locked = stack(("numpy", "2.1", None), ("scipy", "1.9", "sys_platform == 'win32'"))
    assert bool(violated([constraint(text)], locked, ENVIRONMENTS)) is is_violated


def table_of(manifest: str, *texts: str) -> object:
    document = tomllib.loads(narrowed(manifest, map(constraint, texts), "pyproject.toml"))
    return document["tool"]["poetry"]["group"][GROUP]["dependencies"]


def test_a_group_of_its_own() -> None:
    manifest = '[project]\nname = "a" # kept\n[tool.poetry.group.dev.dependencies]\nb = "*"\n'
    text = narrowed(manifest, [constraint("numpy<2")], "pyproject.toml")
    assert 'name = "a" # kept' in text
    groups = tomllib.loads(text)["tool"]["poetry"]["group"]
    assert groups == {
        "dev": {"dependencies": {"b": "*"}},
        GROUP: {"dependencies": {"numpy": {"version": "<2"}}},
    }


def test_several_for_one_package_hold_together() -> None:
    assert table_of("", "numpy<2", "numpy>1; python_version < '3'", "six") == {
        "numpy": {"version": "<2,>1"},
        "six": {"version": "*"},
    }


def test_the_source_of_a_package_stays() -> None:
    manifest = '[tool.poetry.dependencies]\nTorch = { version = "*", source = "wheels" }\nsix = "*"\n'
    assert table_of(manifest, "torch<2", "six<2") == {
        "torch": {"version": "<2", "source": "wheels"},
        "six": {"version": "<2"},
    }


def test_a_manifest_that_is_no_toml() -> None:
    with pytest.raises(InputError, match=r"pyproject\.toml"):
        narrowed("[project", [constraint("a<1")], "pyproject.toml")
