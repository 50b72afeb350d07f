"""The settings that uv decides by are the project's own, with what a lock adds."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from samestack.errors import InputError
from samestack.lock.terms import Terms
from samestack.lock.uv.configuration import UvSettings, uv_settings, write_settings
from samestack.project.manifest import Constraint
from tests.lock.projects import write_files


def written(settings: UvSettings, directory: Path, *constraints: str) -> dict[str, Any]:
    terms = Terms(
        path=directory / "pylock.toml",
        python="3.9.2",
        platforms=("win-64",),
        constraints=tuple(Constraint(requirement=one, reason="why") for one in constraints),
    )
    aside = directory / "aside"
    aside.mkdir()
    write_settings(settings, terms, aside)
    found: dict[str, Any] = tomllib.loads((aside / "pyproject.toml").read_text())["tool"]["uv"]
    return found


def test_the_nearest_settings_hold(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "uv.toml": "prerelease = 'allow'\n",
            "a/pyproject.toml": "[tool.uv]\nno-index = true\n",
            "a/b/pyproject.toml": "[project]\nname = 'b'\n",
            "a/c/uv.toml": "offline = true\n",
            "a/c/pyproject.toml": "[tool.uv]\nno-index = true\n",
        },
    )
    assert uv_settings(tmp_path / "a/b") == UvSettings(
        file=tmp_path / "a/pyproject.toml", table={"no-index": True}
    )
    assert uv_settings(tmp_path / "a/b").names_indexes
    assert uv_settings(tmp_path / "a/c").table == {"offline": True}
    assert uv_settings(tmp_path / "x").table == {"prerelease": "allow"}
    assert not uv_settings(tmp_path / "x").names_indexes


def test_what_is_no_toml_is_named(tmp_path: Path) -> None:
    write_files(tmp_path, {"uv.toml": "prerelease =\n"})
    with pytest.raises(InputError, match=r"uv\.toml: not TOML"):
        uv_settings(tmp_path)


def test_constraints_and_environments_are_added(tmp_path: Path) -> None:
    own = UvSettings(
        file=tmp_path / "uv.toml",
        table={"constraint-dependencies": ["six<2"], "prerelease": "allow", "sources": {"a": {"path": "a"}}},
    )
    assert written(own, tmp_path, "numpy<2") == {
        "prerelease": "allow",
        "constraint-dependencies": ["six<2", "numpy<2"],
        "environments": [
            "python_version == '3.9' and sys_platform == 'win32' and platform_machine == 'AMD64'"
        ],
    }


def test_paths_in_settings_mean_the_same_from_elsewhere(tmp_path: Path) -> None:
    table = {
        "find-links": ["wheels", "https://example.com/links"],
        "index": [{"name": "own", "url": "./simple"}, {"url": "https://example.com/simple"}],
        "index-url": "mirror",
    }
    found = written(UvSettings(file=tmp_path / "sub/uv.toml", table=table), tmp_path)
    assert found["find-links"] == [str(tmp_path / "sub/wheels"), "https://example.com/links"]
    assert [one["url"] for one in found["index"]] == [
        str(tmp_path / "sub/simple"),
        "https://example.com/simple",
    ]
    assert found["index-url"] == str(tmp_path / "sub/mirror")
