"""Which groups and extras are wanted of a lock that has them all."""

from pathlib import Path

import pytest

from samestack.errors import InputError, RequestError
from samestack.lock.poetry.selection import Selection, selected, selection
from samestack.model import Component, Ecosystem, Layer, Stack
from samestack.project.manifest import Manifest, Project

MANIFEST = """
[project]
name = "a"
[project.optional-dependencies]
Fast_Mode = ["six"]
[dependency-groups]
lint = ["ruff"]
extra_docs = ["sphinx"]
[tool.poetry.extras]
old = ["idna"]
[tool.poetry.group.dev.dependencies]
pytest = "*"
[tool.poetry.group.docs]
optional = true
[tool.poetry.group.extra_docs]
optional = true
"""


def project(directory: Path, text: str = MANIFEST, **manifest: tuple[str, ...]) -> Project:
    (directory / "pyproject.toml").write_text(text)
    return Project(directory=directory, manifest=Manifest(**manifest))  # type: ignore[arg-type]


def test_groups_that_poetry_installs_unasked(tmp_path: Path) -> None:
    assert selection(project(tmp_path)) == Selection(groups=("dev", "lint"))


def test_what_is_asked_for_comes_on_top(tmp_path: Path) -> None:
    asking = project(tmp_path, extras=("fast-mode",), groups=("docs",))
    chosen = selection(asking, extras=["old"], groups=["Extra.Docs"])
    assert chosen == Selection(extras=("fast-mode", "old"), groups=("dev", "docs", "extra-docs", "lint"))


def test_development_dependencies_of_old(tmp_path: Path) -> None:
    text = '[tool.poetry.dev-dependencies]\npytest = "*"\n'
    assert selection(project(tmp_path, text)) == Selection(groups=("dev",))


def test_unknown_names(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no extra 'slow'") as caught:
        selection(project(tmp_path), extras=["slow"])
    assert caught.value.hint == "there are fast-mode, old"
    with pytest.raises(RequestError, match="not a package's name"):
        selection(project(tmp_path), groups=["-"])


def test_a_manifest_of_another_shape(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="optional"):
        selection(project(tmp_path, '[tool.poetry.group.docs]\noptional = "yes"\n'))


def test_selected() -> None:
    def package(name: str, *groups: str) -> Component:
        said = {"group": groups} if groups else {}
        return Component(
            layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name=name, version="1", circumstances=said
        )

    stack = Stack.of([package("a"), package("b", "dev", "docs"), package("c", "docs"), package("d", "old")])
    kept = selected(stack, Selection(extras=("old",), groups=("dev",)))
    assert [one.name for one in kept] == ["a", "b", "d"]
